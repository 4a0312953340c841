"""Brings a file of an older version to the present one, by numbered SQL that is never changed afterwards."""

from __future__ import annotations

import shutil
from functools import cache
from pathlib import Path
from typing import Any

from desktop_crm.host.files import PRIVATE_FILE, not_written
from desktop_crm.records.registry import inventory
from desktop_crm.storage.schema import technical_tables
from desktop_crm.words import Exit, M, Problem

_FOLDER = Path(__file__).parent / "migrations"
APPLICATION_ID = 0x44434D31
"""Marks the file as ours inside its encryption ("DCM1")."""
_ASIDE = ".version-"


@cache
def migrations() -> tuple[Path, ...]:
    """The migration files in their order: `0001_name.sql` brings version 0 to 1."""
    files = tuple(sorted(_FOLDER.glob("[0-9][0-9][0-9][0-9]_*.sql")))
    if [int(f.name[:4]) for f in files] != list(range(1, len(files) + 1)):
        raise RuntimeError("the migration files are not numbered without gaps")
    return files


def version(connection: Any) -> int:
    """The version of an open file; 0 for a new one."""
    found: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return found


def migrate(connection: Any, database: Path) -> bool:
    """Bring the file to the present version; True if anything was done.

    The old file is copied first and the copy removed after success. Raises Problem for a file of a newer program.
    """
    have = version(connection)
    files = migrations()
    if have > len(files):
        raise Problem(
            M("This customer file was made by a newer version of this program."),
            safe=M("Nothing was changed."),
            todo=M("Please install the newest version and open the file with it."),
            code=Exit.DAMAGED,
        )
    if 0 < have < len(files):
        _copy_aside(database, have)
    for number in range(have, len(files)):
        _apply(connection, files[number].read_text(encoding="utf-8"), number + 1)
    # Also one that a crash just after the change left: whoever is erased later would stay in it.
    for copy in database.parent.glob(f"{database.name}{_ASIDE}*"):
        copy.unlink()
    return have < len(files)


def _copy_aside(database: Path, have: int) -> None:
    """A copy of the encrypted file as it is, for the case that the change is interrupted beyond repair."""
    copy = database.with_name(f"{database.name}{_ASIDE}{have}")
    try:
        copy.touch(PRIVATE_FILE)
        shutil.copyfile(database, copy)
    except OSError as error:
        copy.unlink(missing_ok=True)
        raise not_written(copy, error) from None


def _apply(connection: Any, sql: str, number: int) -> None:
    connection.execute("PRAGMA query_only = OFF")
    try:
        connection.executescript(
            f"BEGIN IMMEDIATE;\n{sql}\nPRAGMA application_id = {APPLICATION_ID};\n"
            f"PRAGMA user_version = {number};\nCOMMIT;"
        )
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    finally:
        connection.execute("PRAGMA query_only = ON")


def check_tables(connection: Any) -> None:
    """Refuse a file with undeclared or missing tables: their data would escape report and erasure. Raises Problem."""
    rows = connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT GLOB 'sqlite_*'")
    actual = {row[0] for row in rows.fetchall()}
    expected = {told.name for told in inventory()} | technical_tables()
    if actual != expected:
        raise Problem(
            M(
                "The customer file has tables this program does not know, or lacks some: {names}.",
                names=", ".join(sorted(actual ^ expected)),
            ),
            safe=M("Nothing was changed."),
            todo=M("Please keep the file and open a copy from before, or ask for help."),
            code=Exit.DAMAGED,
        )
