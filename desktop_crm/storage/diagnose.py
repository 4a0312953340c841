"""Says in plain words why a file does not open. SQLCipher itself has one and the same error for most of the reasons."""

from __future__ import annotations

from pathlib import Path

from desktop_crm.storage.connection import DatabaseError, open_bare
from desktop_crm.words import Exit, M, Problem

_PAGE = 4096


def _problem(what: M, todo: M | None = None) -> Problem:
    return Problem(
        what,
        safe=M("Nothing was changed or deleted."),
        todo=todo
        or M("Please copy the whole folder to a safe place first, then bring back a safety copy or ask for help."),
        code=Exit.DAMAGED,
    )


def check_before_opening(database: Path) -> None:
    """Refuse what would open as something it is not. Raises Problem."""
    if not database.exists():
        raise _problem(M("The customer file is missing, but its key is here."))
    size = database.stat().st_size
    if size == 0:
        # SQLite opens an empty file as a fresh database, with every check in order.
        raise _problem(M("The customer file is empty (0 bytes). It must have been emptied or only half copied."))
    with database.open("rb") as file:
        if file.read(15) == b"SQLite format 3":
            raise _problem(M("The customer file is not encrypted. This program did not write it."))
    if size % _PAGE:
        raise _problem(M("The customer file has been cut off: its end is missing."))


def why_not(database: Path, key: bytes | bytearray) -> Problem:
    """The reason a file with a proven key does not open."""
    pages = max(database.stat().st_size // _PAGE, 1)
    bad = bad_pages(database, key)
    if bad >= pages:
        return _problem(
            M("This customer file and this key do not belong together."),
            M("Please look whether the file was swapped or copied here from another computer."),
        )
    if bad:
        return _problem(M("The customer file is damaged: {bad} of {pages} pages.", bad=bad, pages=pages))
    return _problem(M("The customer file has been cut off: its end is missing."))


def bad_pages(database: Path, key: bytes | bytearray) -> int:
    """How many pages fail their seal. On a fresh connection: one bad page spoils every later check on the same."""
    connection = open_bare(database, key)
    try:
        return len(connection.execute("PRAGMA cipher_integrity_check").fetchall())
    except DatabaseError:
        return 1
    finally:
        connection.close()
