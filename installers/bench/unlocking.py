"""Opening a closed customer file, by the computer's key and by a password, and changing its lock."""

from __future__ import annotations

import os
import shutil
import statistics
from collections.abc import Callable, Iterator
from pathlib import Path

from desktop_crm.host.clock import SystemClock
from desktop_crm.services import setup, ways
from desktop_crm.services.office import Office
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.slots import Stretching
from installers.bench import bare
from installers.bench.customer_file import PASSPHRASE, CustomerFile
from installers.bench.measure import Figure, medians, seconds
from installers.bench.workshop import Workshop

_SALT = bytes(16)
ABOVE_MS = 150
"""So much more than the bare open it may take."""
_ROWS = "SELECT * FROM contact ORDER BY sort_name, id LIMIT 50"


def measure(shop: Workshop) -> Iterator[Figure]:
    """On a copy of the file, each time closed in between."""
    file = shop.filled(max(shop.daily))
    file.office.store.checkpoint()
    folder = VaultFolder(shop.folder / "unlock")
    left_out = shutil.ignore_patterns("*.lock", "*-wal", "*-shm")
    shutil.copytree(file.office.store.database.parent, folder.path, ignore=left_out)
    yield from _unlocking(shop, file, folder)
    yield from _relocking(shop, file, folder)
    shutil.rmtree(folder.path)


def _unlocking(shop: Workshop, file: CustomerFile, folder: VaultFolder) -> Iterator[Figure]:
    runs = max(shop.options.runs, 3)
    clock = SystemClock()
    by_key = _opened(runs, lambda: setup.open_office(folder, clock=clock, keystore=file.keys, passphrase=None))
    by_password = _opened(runs, lambda: setup.open_office(folder, clock=clock, keystore=None, passphrase=PASSPHRASE))
    floor, stretching = medians(
        runs, lambda: _bare(folder.database, file.key), lambda: Stretching(_SALT).stretch(PASSPHRASE)
    )
    note = f"{(by_key - floor) * 1e3:.0f} ms above it; key store in memory, a real one adds 20 to 40 ms"
    what, bare_ms = "unlock by the computer's key", floor * 1e3
    against, limit = "raw key and the first 50 rows", bare_ms + ABOVE_MS
    yield Figure("unlock-key", what, file.size, by_key * 1e3, "ms", bare_ms, against, limit=limit, note=note)
    what = "unlock by password"
    yield Figure(
        "unlock-password", what, file.size, by_password * 1e3, "ms", stretching * 1e3, "Argon2id alone", goal=1.5
    )


def _opened(runs: int, unlock: Callable[[], Office]) -> float:
    """Seconds until it is open; closing is not counted."""
    taken = []
    for _ in range(runs):
        made: list[Office] = []
        taken.append(seconds(lambda: made.append(unlock())))  # noqa: B023 - run at once
        made[0].close()
    return statistics.median(taken)


def _bare(database: Path, key: bytes) -> None:
    connection = bare.connect(database, key)
    connection.execute(_ROWS).fetchall()
    connection.close()


def _relocking(shop: Workshop, file: CustomerFile, folder: VaultFolder) -> Iterator[Figure]:
    office = setup.open_office(folder, clock=SystemClock(), keystore=file.keys, passphrase=None)
    copy = folder.path / "copy"
    own, reference = medians(
        max(shop.options.long_runs, 1), lambda: ways.change_lock(office, folder), lambda: _copied(folder.database, copy)
    )
    office.close()
    copy.unlink()
    yield Figure("relock", "changing the lock", file.size, own, "s", reference, "copying the file, through to the disk")


def _copied(database: Path, copy: Path) -> None:
    shutil.copyfile(database, copy)
    with copy.open("rb+") as file:
        os.fsync(file.fileno())
