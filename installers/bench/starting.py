"""The command line from nothing to an answer, each time in a fresh process."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from desktop_crm.vault import opening
from desktop_crm.vault.folder import VaultFolder
from installers.bench.customer_file import PASSPHRASE
from installers.bench.measure import Figure, medians
from installers.bench.workshop import Workshop

ROOT = Path(__file__).resolve().parents[2]
_FLOOR = """
import sys
from sqlcipher3 import dbapi2
database, key = sys.stdin.read().split("\\n")
connection = dbapi2.connect(database)
connection.execute(f"PRAGMA key = \\"x'{key}'\\"")
print(len(connection.execute("SELECT * FROM contact ORDER BY sort_name, id LIMIT 50").fetchall()))
"""
_FAMILIAR = "schmid"
_SCREEN = Path(__file__).with_name("screen.json")


def program(arguments: list[str], told: str, compiled: Path) -> str:
    """Runs Python with these arguments, tells it something on its input, and gives back what it wrote.

    As in a finished installation, what was compiled once is kept: in the folder `compiled`.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "PYTHONPYCACHEPREFIX": str(compiled)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    on_no_screen = sys.platform == "linux" and not {"DISPLAY", "WAYLAND_DISPLAY"} & environment.keys()
    if on_no_screen and environment.get("QT_QPA_PLATFORM", "offscreen") == "offscreen":
        # Qt would make up a screen of 800 × 800, in which our window is smaller than the bare one beside it.
        environment["QT_QPA_PLATFORM"] = f"offscreen:configfile={_SCREEN}"
    command = [sys.executable, *arguments]
    done = subprocess.run(command, input=told, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        raise RuntimeError(f"a measured process ended with {done.returncode}: {done.stderr}")
    return done.stdout


def measure(shop: Workshop) -> Iterator[Figure]:
    """`find` with a password, whose stretching is slow on purpose, against that and the least a process can do."""
    file = shop.filled(max(shop.daily))
    file.office.store.checkpoint()
    folder = shop.folder / "start"
    shutil.copytree(
        file.office.store.database.parent, folder, ignore=shutil.ignore_patterns("*.lock", "*-wal", "*-shm")
    )
    least = f"{folder / file.office.store.database.name}\n{file.key.hex()}"
    find = ["-P", "-m", "desktop_crm", "--data-dir", str(folder), "--passphrase-stdin", "find", _FAMILIAR]
    program(find, PASSPHRASE + "\n", shop.compiled)
    program(["-c", _FLOOR], least, shop.compiled)
    started, floor, nothing, stretching = medians(
        max(shop.options.runs, 3),
        lambda: program(find, PASSPHRASE + "\n", shop.compiled),
        lambda: program(["-c", _FLOOR], least, shop.compiled),
        lambda: program(["-c", "pass"], "", shop.compiled),
        lambda: opening.open_with_passphrase(VaultFolder(folder), PASSPHRASE),
    )
    shutil.rmtree(folder)
    own, note = started - stretching, f"less {stretching * 1e3:.0f} ms for the password"
    what = "cold start: desktop-crm find"
    yield Figure(
        "start", what, file.size, own * 1e3, "ms", floor * 1e3, "raw key and the first 50 rows", goal=None, note=note
    )
    yield Figure("start-python", what, file.size, own * 1e3, "ms", nothing * 1e3, "python -c pass", note=note)
