"""Works done in a process of their own, to see how much memory they take: one is named, the rest comes on the input."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from desktop_crm.host.clock import SystemClock
from desktop_crm.services import contacts
from desktop_crm.services.importing import bring_in
from desktop_crm.services.office import Office
from desktop_crm.storage.store import Store
from desktop_crm.vault.keys import KEY_BYTES, Keys
from installers.bench import bare
from installers.bench.customer_file import begin
from installers.bench.importing import ORDER


def bring_in_list(folder: str, path: str) -> None:
    """A list into a new customer file."""
    office = begin(Path(folder))
    bring_in(office, Path(path), ORDER)
    office.close()


def bare_bring_in(folder: str, path: str) -> None:
    """The same cells into one table with a full-text index, 2,000 at a time."""
    Path(folder).mkdir()
    connection = bare.connect(Path(folder) / "bare.db", bytes(KEY_BYTES))
    columns = "first, last, company, email, phone, note"
    connection.execute(f"CREATE TABLE person (id INTEGER PRIMARY KEY, {columns})")
    connection.execute(f"CREATE VIRTUAL TABLE words USING fts5 ({columns}, content='person', content_rowid='id')")
    connection.execute("BEGIN")
    with Path(path).open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        while chunk := list(islice(rows, 2000)):
            connection.executemany(f"INSERT INTO person ({columns}) VALUES (?, ?, ?, ?, ?, ?)", chunk)  # noqa: S608 - fixed names
    connection.execute("INSERT INTO words (words) VALUES ('rebuild')")
    connection.execute("COMMIT")
    connection.close()


def find(database: str, key: str, typed: str) -> None:
    """Searches through the service."""
    secret = bytearray.fromhex(key)
    office = Office(Store(Path(database), secret), Keys("bench", secret, bytearray(KEY_BYTES)), SystemClock())
    for text in typed.split():
        contacts.find(office, text)
    office.close()


def bare_find(database: str, key: str, typed: str) -> None:
    """Searches with plain SQL."""
    connection = bare.connect(Path(database), bytes.fromhex(key))
    for text in typed.split():
        bare.type_ahead_list(connection, text)
    connection.close()


def peak_megabytes() -> float:
    """The most this process held so far.

    Linux tells it of this program alone; what `getrusage` tells there includes the process that started this one.
    """
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return int(line.split()[1]) / 1024
    import resource

    unit = 1024**2 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


WORKS: dict[str, Callable[..., None]] = {
    "bring-in": bring_in_list,
    "bare-bring-in": bare_bring_in,
    "find": find,
    "bare-find": bare_find,
}

if __name__ == "__main__":
    WORKS[sys.argv[1]](**json.load(sys.stdin))
    print(peak_megabytes())
