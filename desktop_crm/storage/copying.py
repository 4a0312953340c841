"""Copies an open customer file into another encrypted file while people go on working, and proves the copy."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, TypeVar

from desktop_crm.host.files import PRIVATE_FILE, not_written
from desktop_crm.records.registry import inventory
from desktop_crm.storage import diagnose
from desktop_crm.storage.connection import DatabaseError, open_single, settle_single
from desktop_crm.storage.migrate import version
from desktop_crm.storage.schema import SEARCH_TABLE
from desktop_crm.storage.store import Store, stopped, trouble
from desktop_crm.storage.transaction import Reading
from desktop_crm.words import Exit, M, Problem

T = TypeVar("T")
Tell = Callable[[int, int], object]
"""Gets the pages done and all pages. What it raises stops the work."""

_PAGES = 512
_TRIES = 3
"""An erasure that must overwrite old pages asks readers to make room; the copy is then begun again."""


@dataclass(frozen=True, slots=True)
class Snapshot(Generic[T]):
    """One state of a customer file: rows by record, its version, and what else was asked of that same state."""

    counts: Mapping[str, int]
    schema: int
    also: T


def copy_of(store: Store, target: Path, key: bytes, also: Callable[[Reading], T], tell: Tell) -> Snapshot[T]:
    """Write the present state into `target`, encrypted with `key`, with nothing beside it and nothing left over in it.

    Whoever calls this proves the copy where it comes to lie: see `prove`. Raises Problem, leaving no file, where the
    disk refuses.
    """
    try:
        snapshot = _taken(store, target, key, also, tell)
    except BaseException:
        remove_with_sides(target)
        raise
    return snapshot


def at_fault(store: Store, otherwise: Problem) -> Problem:
    """Why a copy of the file is not whole: the file itself, where it is damaged; else what was found."""
    told = [otherwise]

    def look(database: Path, key: bytes | bytearray) -> int:
        told.append(diagnose.at_fault(database, key, otherwise))
        return len(told)

    store.damage(look)
    return told[-1]


def prove(database: Path, key: bytes, counts: Mapping[str, int]) -> None:
    """Read every page, each check on a connection of its own, and count the rows. Raises Problem (exit 5)."""
    # One bad page spoils every later check on the same connection, so the seals come first.
    if _asked(database, key, "PRAGMA cipher_integrity_check"):
        raise _not_right()
    if _asked(database, key, "PRAGMA integrity_check") != [("ok",)]:
        raise _not_right()
    if _asked(database, key, "PRAGMA foreign_key_check"):
        raise _not_right()
    if any(found != counts[name] for name, found in counts_in(database, key, counts).items()):
        raise _not_right()


def counts_in(database: Path, key: bytes, names: Mapping[str, int]) -> dict[str, int]:
    """How many rows the tables of these names have. Raises Problem (exit 5) if one is not there."""
    known = [told.name for told in inventory() if told.name in names]
    if not known:
        return {}
    columns = ", ".join(f"(SELECT count(*) FROM {name})" for name in known)
    (row,) = _asked(database, key, f"SELECT {columns}")
    return dict(zip(known, row, strict=True))


def remove_with_sides(database: Path) -> None:
    """Remove a database file that is no longer wanted, with all that SQLite may have put beside it."""
    for ending in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + ending).unlink(missing_ok=True)


def _taken(store: Store, target: Path, key: bytes, also: Callable[[Reading], T], tell: Tell) -> Snapshot[T]:
    for _ in range(_TRIES):
        _make_empty(target)
        with contextlib.suppress(_MakeRoom):
            snapshot = store.read(lambda reading: _poured(store, reading, target, key, also, tell))
            _tidy(target, key)
            return snapshot
    raise stopped()


class _MakeRoom(Exception):
    """Somebody has to overwrite old pages and waits for this reader."""


def _poured(
    store: Store, reading: Reading, target: Path, key: bytes, also: Callable[[Reading], T], tell: Tell
) -> Snapshot[T]:
    before = store.interruptions

    def step(_status: int, left: int, pages: int) -> None:
        if store.interruptions != before:
            raise _MakeRoom
        tell(pages - left, pages)

    counts = {told.name: reading.count(told.record) for told in inventory()}
    snapshot = Snapshot(counts, version(reading.connection), also(reading))
    into = open_single(target, key)
    try:
        reading.connection.backup(into, pages=_PAGES, progress=step)
    finally:
        into.close()
    return snapshot


def _tidy(target: Path, key: bytes) -> None:
    """No words of forgotten rows in the full-text index, no old bytes between rows, no log beside the file."""
    try:
        connection = open_single(target, key)
        try:
            settle_single(connection)
            connection.execute(f"INSERT INTO {SEARCH_TABLE} ({SEARCH_TABLE}) VALUES ('optimize')")
            connection.execute("VACUUM")
        finally:
            connection.close()
    except DatabaseError as error:
        told = trouble(error)
        raise told if isinstance(told, Problem) else _not_right() from None


def _make_empty(target: Path) -> None:
    remove_with_sides(target)
    try:
        target.touch(PRIVATE_FILE, exist_ok=False)
    except OSError as error:
        raise not_written(target, error) from None


def _asked(database: Path, key: bytes, question: str) -> list[Any]:
    try:
        connection = open_single(database, key)
        try:
            found: list[Any] = connection.execute(question).fetchall()
            return found
        finally:
            connection.close()
    except DatabaseError:
        raise _not_right() from None


def _not_right() -> Problem:
    return Problem(
        M("The copy is not right: it cannot be read as a whole, or rows are missing in it."),
        safe=M("Your customer file was not touched."),
        todo=M("Take another safety copy, and make a new one soon."),
        code=Exit.DAMAGED,
    )
