"""Says in plain words why a file does not open. SQLCipher itself has one and the same error for most of the reasons."""

from __future__ import annotations

from pathlib import Path

from desktop_crm.storage.connection import DatabaseError, open_bare
from desktop_crm.storage.residue.pages import PAGE, PageCipher, read_log, salt_of
from desktop_crm.words import Exit, M, Problem

_COUNT_OF_PAGES = slice(28, 32)
"""Where page 1 tells how many pages the file has (SQLite database file format, 1.3)."""


def _problem(what: M, todo: M | None = None) -> Problem:
    return Problem(
        what,
        safe=M("Nothing was changed or deleted."),
        todo=todo
        or M("Please copy the whole folder to a safe place first, then bring back a safety copy or ask for help."),
        code=Exit.DAMAGED,
    )


def _cut_off() -> Problem:
    return _problem(M("The customer file has been cut off: its end is missing."))


def _log_of(database: Path) -> Path:
    return database.with_name(f"{database.name}-wal")


def has_log(database: Path) -> bool:
    """Whether changes wait beside the main file."""
    log = _log_of(database)
    return log.exists() and log.stat().st_size > 0


def check_before_opening(database: Path, key: bytes | bytearray) -> None:
    """Refuse what would open as something it is not, or what the very try to open would change. Raises Problem."""
    if not database.exists():
        raise _problem(M("The customer file is missing, but its key is here."))
    size = database.stat().st_size
    if size == 0:
        # SQLite opens an empty file as a fresh database, with every check in order.
        raise _problem(M("The customer file is empty (0 bytes). It must have been emptied or only half copied."))
    with database.open("rb") as file:
        if file.read(15) == b"SQLite format 3":
            raise _problem(M("The customer file is not encrypted. This program did not write it."))
    # A crash may leave half a page at the end while the log still has all of it.
    if size % PAGE and not has_log(database):
        raise _cut_off()
    if not is_of(database, key):
        raise why_not(database, key)


def is_of(database: Path, key: bytes | bytearray) -> bool:
    """Whether the first page, or any in the log, bears the seal of this key.

    SQLite takes the log into the main file on closing, whatever the key: it must not even open a file of another key.
    """
    cipher = PageCipher(bytes(key), salt_of(database).ljust(16, b"\0"))
    with database.open("rb") as file:
        if cipher.sound(file.read(PAGE).ljust(PAGE, b"\0"), 1):
            return True
    if not has_log(database):
        return False
    with _log_of(database).open("rb") as file:
        return any(stored.sound for chunk in read_log(file, cipher) for stored in chunk.pages)


def why_not(database: Path, key: bytes | bytearray) -> Problem:
    """The reason a file with a proven key does not open."""
    size = database.stat().st_size
    pages = max(size // PAGE, 1)
    bad = bad_pages(database, key)
    if bad >= pages:
        return _problem(
            M("This customer file and this key do not belong together, or the first bytes of the file are damaged."),
            M("Please look whether the file was swapped or copied here from another computer."),
        )
    if bad:
        return _problem(M("The customer file is damaged: {bad} of {pages} pages.", bad=bad, pages=pages))
    if _told_pages(database, key) > pages or size % PAGE:
        return _cut_off()
    return _problem(M("The customer file is damaged: its parts contradict each other."))


def at_fault(database: Path, key: bytes | bytearray, otherwise: Problem) -> Problem:
    """Why a copy of the file is not whole: the file itself, where it is damaged. Everything must be written into it."""
    damaged = bad_pages(database, key) or contradictions(database, key)
    return why_not(database, key) if damaged else otherwise


def _told_pages(database: Path, key: bytes | bytearray) -> int:
    with database.open("rb") as file:
        page = file.read(PAGE)
    content = PageCipher(bytes(key), page[:16]).decrypt([(1, page)])[16:]
    return int.from_bytes(content[_COUNT_OF_PAGES], "big")


def contradictions(database: Path, key: bytes | bytearray) -> int:
    """How many contradictions SQLite finds. After `bad_pages`: it says nothing of pages that fail their seal."""
    connection = open_bare(database, key)
    try:
        found = connection.execute("PRAGMA integrity_check").fetchall()
        broken = connection.execute("PRAGMA foreign_key_check").fetchall()
        return len([row for row in found if row[0] != "ok"]) + len(broken)
    except DatabaseError:
        # A cut file does not let itself be looked through.
        return 1
    finally:
        connection.close()


def bad_pages(database: Path, key: bytes | bytearray) -> int:
    """How many pages fail their seal. On a fresh connection: one bad page spoils every later check on the same."""
    connection = open_bare(database, key)
    try:
        return len(connection.execute("PRAGMA cipher_integrity_check").fetchall())
    except DatabaseError:
        return 1
    finally:
        connection.close()
