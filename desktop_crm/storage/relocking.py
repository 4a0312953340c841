"""A copy of the customer file under another key: made page by page beside it, checked, and put in its place.

The copy and the swap were chosen over changing the file where it lies (`PRAGMA rekey`): it can be stopped at any page,
it tells how far it is, and the new file is proved before the old one goes.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop_crm.host.files import file_mode, not_written, sync_folder
from desktop_crm.storage.connection import DatabaseError, open_bare, open_copy
from desktop_crm.words import Exit, M, Problem

BESIDE = "-next"
_SIDE_FILES = ("", "-journal", "-wal", "-shm")
_AT_ONCE = 256
"""Pages between two moments at which it can be stopped."""

Told = Callable[[int, int], None]
"""Hears how many pages of how many are copied; what it raises stops the copying."""


def copy_beside(connection: Any, database: Path, key: bytes | bytearray, told: Told) -> Path:
    """A whole and checked copy under `key`. Nobody may write meanwhile. Raises Problem, and leaves nothing then."""
    beside = database.with_name(database.name + BESIDE)
    discard(database)
    try:
        os.close(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, file_mode(database.parent)))
        os.chmod(beside, file_mode(database.parent))
        _copy(connection, beside, key, told)
        _check(connection, beside, key)
        _through(beside)
    except OSError as error:
        discard(database)
        raise not_written(beside, error) from error
    except BaseException:
        discard(database)
        raise
    return beside


def put_in_place(beside: Path, database: Path) -> None:
    """The copy becomes the file, in one step. Every connection must be closed. Raises Problem before that step only."""
    log = database.with_name(f"{database.name}-wal")
    if log.exists() and log.stat().st_size:
        raise Problem(
            M("Something was written into the customer file meanwhile."),
            safe=M("Nothing was changed."),
            todo=M("Please try again."),
        )
    try:
        log.unlink(missing_ok=True)
        os.replace(beside, database)
        sync_folder(database.parent)
    except OSError as error:
        raise not_written(database, error) from error


def discard(database: Path) -> None:
    """Removes a copy that never took the file's place. Raises Problem."""
    try:
        for ending in _SIDE_FILES:
            database.with_name(database.name + BESIDE + ending).unlink(missing_ok=True)
    except OSError as error:
        raise not_written(database, error) from error


def _copy(connection: Any, beside: Path, key: bytes | bytearray, told: Told) -> None:
    made = open_copy(beside, key)
    try:
        connection.backup(made, pages=_AT_ONCE, progress=lambda _, left, total: told(total - left, total))
    finally:
        made.close()


def _check(connection: Any, beside: Path, key: bytes | bytearray) -> None:
    """Both checks, each on a connection of its own: one bad page spoils every later check on the same."""
    found = [_asked(beside, key, check) for check in ("cipher_integrity_check", "integrity_check", "user_version")]
    if found != [[], [("ok",)], connection.execute("PRAGMA user_version").fetchall()]:
        raise Problem(
            M("The copy of the customer file under the new key is not whole."),
            safe=M("The customer file is as it was, under its old key."),
            todo=M("Please look whether the disk is in order, and try again."),
            code=Exit.DAMAGED,
        )


def _asked(beside: Path, key: bytes | bytearray, check: str) -> list[Any]:
    bare = open_bare(beside, key)
    try:
        answer: list[Any] = bare.execute(f"PRAGMA {check}").fetchall()
    except DatabaseError:
        return [None]
    finally:
        bare.close()
    return answer


def _through(path: Path) -> None:
    """Everything on the disk, before anything depends on it."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
