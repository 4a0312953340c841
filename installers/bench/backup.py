"""Making a safety copy, opening it again, and bringing it back, against copying the file of the database."""

from __future__ import annotations

import os
import shutil
import statistics
from collections.abc import Iterator

from desktop_crm.services import bringing_back, copies
from desktop_crm.services.bringing_back import Present
from desktop_crm.services.ledger_lines import folder_of
from desktop_crm.vault.folder import VaultFolder
from installers.bench.customer_file import CustomerFile
from installers.bench.measure import Figure, rounds
from installers.bench.workshop import Workshop

_AGAINST = "copying the file and fsync"


def measure(shop: Workshop) -> Iterator[Figure]:
    """The copy is tidied, proved page by page, written, and proved once more where it lies."""
    for size in shop.daily:
        yield from _figures(shop, shop.filled(size))


def _figures(shop: Workshop, file: CustomerFile) -> Iterator[Figure]:
    stick = shop.folder / "stick"
    stick.mkdir(exist_ok=True)
    office, folder = file.office, folder_of(file.office)
    office.store.checkpoint()
    row = copies.make_copy(office, stick)

    def plain() -> None:
        shutil.copyfile(office.store.database, stick / "plain")
        with (stick / "plain").open("rb+") as written:
            os.fsync(written.fileno())

    def bring_back() -> None:
        into = VaultFolder(shop.folder / "back")
        present = Present(folder, office, office.keys)
        bringing_back.make_ready(copies.access_of(office, row), into, present, None, clock=office.clock)
        shutil.rmtree(into.path)

    taken = rounds(
        shop.options.long_runs,
        plain,
        lambda: copies.make_copy(office, stick),
        lambda: copies.check_copy(office, row.id),
        bring_back,
    )
    base, made, checked, back = (statistics.median(one) for one in taken)
    shutil.rmtree(stick)
    for name, what, value in (
        ("backup", "making a safety copy", made),
        ("backup-check", "opening and checking a safety copy", checked),
        ("backup-restore", "making a safety copy ready beside", back),
    ):
        yield Figure(name, what, file.size, value, "s", base, _AGAINST)
