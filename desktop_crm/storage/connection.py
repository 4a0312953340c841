"""The one door to the database: the only file that opens a connection, and it asserts the recipe each time.

The settings and their reasons were measured: an erasure leaves nothing behind only with all of them.
"""

from __future__ import annotations

import contextlib
import re
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as sqlcipher

from desktop_crm.words import Exit, M, Problem

Connection = sqlcipher.Connection
DatabaseError = sqlcipher.DatabaseError
OperationalError = sqlcipher.OperationalError
IntegrityError = sqlcipher.IntegrityError

_RAW_KEY = re.compile(r"[0-9a-f]{64}")
_CACHE_KIB = 65536
BUSY_MS = 5000
_EXPECTED: tuple[tuple[str, tuple[int | str, ...]], ...] = (
    ("secure_delete", (1,)),
    ("temp_store", (2,)),
    ("journal_mode", ("wal",)),
    ("synchronous", (2,)),
    ("foreign_keys", (1,)),
    ("trusted_schema", (0,)),
    ("cipher_use_hmac", (1, "1")),
)

_IN_MEMORY = {"TEMP_STORE=2", "TEMP_STORE=3"}
"""Built otherwise, SQLite writes what it sorts to the system's temporary folder, in clear."""


def _pragma(connection: Any, name: str) -> Any:
    row = connection.execute(f"PRAGMA {name}").fetchone()
    return row[0] if row else None


def _raw(path: str, key: bytes | bytearray) -> Any:
    """A connection that has been given its key and nothing else yet. `path` may be a file address with settings."""
    text = bytes(key).hex()
    # SQLCipher takes anything but 64 hex digits for a passphrase, silently.
    if not _RAW_KEY.fullmatch(text):
        raise ValueError("a database key has 32 bytes")
    connection = sqlcipher.connect(path, isolation_level=None, check_same_thread=False, uri=path.startswith("file:"))
    connection.enable_load_extension(False)
    connection.execute("PRAGMA cipher_log_level = NONE")
    connection.execute(f"PRAGMA key = \"x'{text}'\"")
    return connection


def _settle(connection: Any) -> None:
    connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
    connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute(f"PRAGMA cache_size = -{_CACHE_KIB}")


def _assert_recipe(connection: Any, *, single: bool = False) -> None:
    expectations = {**dict(_EXPECTED), "journal_mode": ("delete",)} if single else dict(_EXPECTED)
    wrong = [name for name, expected in expectations.items() if _pragma(connection, name) not in expected]
    built = {row[0] for row in connection.execute("PRAGMA compile_options").fetchall()}
    if not built & _IN_MEMORY:
        wrong.append("TEMP_STORE")
    if wrong:
        raise Problem(
            M("This program was put together wrongly: the setting {name} is not as it must be.", name=wrong[0]),
            safe=M("Your customer file was not touched."),
            todo=M("Please install the program anew."),
            code=Exit.DAMAGED,
        )


def open_writer(path: Path, key: bytes | bytearray) -> Any:
    """The writing connection. Raises DatabaseError when key and file do not fit, Problem when the recipe is broken."""
    connection = _raw(str(path), key)
    try:
        _settle(connection)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 1000")
        _assert_recipe(connection)
        # A full disk has no room for it; the data are readable all the same.
        with contextlib.suppress(OperationalError):
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


def open_reader(path: Path, key: bytes | bytearray) -> Any:
    """A connection that can only read."""
    connection = _raw(str(path), key)
    try:
        _settle(connection)
        connection.execute("PRAGMA query_only = ON")
        _assert_recipe(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def open_single(path: Path, key: bytes | bytearray) -> Any:
    """A connection to a copy that lies by itself, or to an empty file that is to become one: see `settle_single`."""
    connection = _raw(str(path), key)
    try:
        _settle(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def settle_single(connection: Any) -> None:
    """From now on nothing lies beside the file, and what is deleted in it is overwritten. Raises Problem."""
    connection.execute("PRAGMA journal_mode = DELETE")
    _assert_recipe(connection, single=True)


def open_copy(path: Path, key: bytes | bytearray) -> Any:
    """A connection to an empty file that becomes a copy under this key.

    A crash leaves a file nobody needs, so there is no journal; whoever needs it writes it through to the disk first.
    """
    connection = _raw(str(path), key)
    connection.execute("PRAGMA journal_mode = OFF")
    connection.execute("PRAGMA synchronous = OFF")
    return connection


def open_bare(path: Path, key: bytes | bytearray) -> Any:
    """A connection for examining the main file as it lies there: it writes nothing, not even on closing."""
    return _raw(f"{path.absolute().as_uri()}?immutable=1", key)
