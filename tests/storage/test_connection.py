"""The recipe of every connection: what was measured to leave nothing behind is asserted, not hoped for."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.storage import connection
from desktop_crm.storage.store import Store
from desktop_crm.words import Exit, Problem
from tests.storage.people import contact

Open = Callable[[Path, bytes], Any]
BOTH = pytest.mark.parametrize("open_it", [connection.open_writer, connection.open_reader])


@BOTH
def test_the_recipe_holds(store: Store, key: bytes, open_it: Open) -> None:
    opened = open_it(store.database, key)
    wanted = {
        "secure_delete": 1,
        "temp_store": 2,
        "journal_mode": "wal",
        "synchronous": 2,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cipher_use_hmac": "1",
        "query_only": 1,
    }
    assert {name: opened.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted
    opened.close()


@BOTH
@pytest.mark.parametrize(
    ("setting", "wrong"),
    [
        ("secure_delete", 0),
        ("secure_delete", 2),
        ("temp_store", 1),
        ("journal_mode", "delete"),
        ("synchronous", 1),
        ("foreign_keys", 0),
        ("trusted_schema", 1),
        ("cipher_use_hmac", "0"),
    ],
)
def test_a_setting_that_is_not_as_it_must_be_stops_the_program(
    store: Store, key: bytes, monkeypatch: pytest.MonkeyPatch, open_it: Open, setting: str, wrong: object
) -> None:
    real = connection._pragma
    monkeypatch.setattr(connection, "_pragma", lambda c, name: wrong if name == setting else real(c, name))
    with pytest.raises(Problem) as told:
        open_it(store.database, key)
    assert told.value.code is Exit.DAMAGED
    assert told.value.what.values == {"name": setting}


@pytest.mark.parametrize(
    ("setting", "statement"),
    [
        ("secure_delete", "PRAGMA secure_delete = OFF"),
        ("temp_store", "PRAGMA temp_store = FILE"),
        ("synchronous", "PRAGMA synchronous = NORMAL"),
        ("foreign_keys", "PRAGMA foreign_keys = OFF"),
        ("trusted_schema", "PRAGMA trusted_schema = ON"),
    ],
)
def test_the_check_sees_what_a_connection_really_does(
    store: Store, key: bytes, monkeypatch: pytest.MonkeyPatch, setting: str, statement: str
) -> None:
    real = connection._settle

    def unsettled(opened: Any) -> None:
        real(opened)
        opened.execute(statement)

    monkeypatch.setattr(connection, "_settle", unsettled)
    with pytest.raises(Problem) as told:
        connection.open_reader(store.database, key)
    assert told.value.what.values == {"name": setting}


def test_an_engine_built_to_sort_on_disk_is_refused(store: Store, key: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_IN_MEMORY", {"TEMP_STORE=9"})
    with pytest.raises(Problem) as told:
        connection.open_reader(store.database, key)
    assert told.value.what.values == {"name": "TEMP_STORE"}


@pytest.mark.parametrize("size", [0, 16, 31, 33, 64])
@pytest.mark.parametrize("open_it", [connection.open_writer, connection.open_reader, connection.open_bare])
def test_a_key_of_another_length_is_refused_before_anything_is_opened(database: Path, open_it: Open, size: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        open_it(database, bytes(size))
    assert not database.exists()


def test_63_digits_are_refused(database: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """SQLCipher would take them for a passphrase without a word."""

    class Short(bytes):
        def __bytes__(self) -> bytes:
            return self

        def hex(self, *_: object, **__: object) -> str:
            return super().hex()[:63]

    monkeypatch.setattr(connection, "bytes", Short, raising=False)
    with pytest.raises(ValueError, match="32 bytes"):
        connection.open_writer(database, Short(32))
    assert not database.exists()


def test_the_file_is_encrypted_from_its_first_byte(store: Store) -> None:
    store.write(lambda writing: writing.insert(contact("Xylophonquark Testowska")))
    files = [path for path in store.database.parent.iterdir() if not path.name.endswith("-shm")]
    assert len(files) == 2
    for path in files:
        content = path.read_bytes()
        assert content
        assert b"SQLite format 3" not in content
        assert b"xylophonquark" not in content.lower()
    store.checkpoint()
    assert b"xylophonquark" not in store.database.read_bytes().lower()


@pytest.mark.skipif(os.name != "posix", reason="rights of Windows are inherited from the folder")
def test_only_this_account_may_read_the_files(database: Path, key: bytes) -> None:
    before = os.umask(0)
    try:
        made = Store(database, key, create=True)
        made.write(lambda writing: writing.insert(contact("A")))
    finally:
        os.umask(before)
    assert {path.name: oct(path.stat().st_mode & 0o777) for path in database.parent.iterdir()} == {
        database.name + ending: "0o600" for ending in ("", "-wal", "-shm")
    }
    made.close()


@BOTH
@pytest.mark.parametrize(
    "statement",
    [
        "INSERT INTO setting VALUES ('a', 'b')",
        "UPDATE contact SET name = 'b'",
        "DELETE FROM audit_entry",
        "CREATE TABLE more (x)",
        "DROP TABLE contact",
    ],
)
def test_writing_outside_of_a_transaction_of_ours_is_refused(
    store: Store, key: bytes, open_it: Open, statement: str
) -> None:
    opened = open_it(store.database, key)
    with pytest.raises(connection.OperationalError, match="readonly"):
        opened.execute(statement)
    opened.close()


def test_the_writer_refuses_again_after_each_transaction(store: Store) -> None:
    def refused() -> None:
        with pytest.raises(connection.OperationalError, match="readonly"):
            store._writer.execute("DELETE FROM setting")

    refused()
    store.write(lambda writing: writing.insert(contact("A")))
    refused()
    with pytest.raises(ZeroDivisionError):
        store.write(lambda _: 1 // 0)
    refused()


@BOTH
def test_no_foreign_code_can_be_loaded(store: Store, key: bytes, open_it: Open) -> None:
    opened = open_it(store.database, key)
    with pytest.raises(connection.OperationalError, match="not authorized"):
        opened.execute("SELECT load_extension('/nowhere/code')")
    opened.close()


def _open_files() -> set[str]:
    found = set()
    for link in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(OSError):
            found.add(os.readlink(link))
    return found


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux lists the open files of a process there")
@pytest.mark.parametrize(("place", "files"), [("MEMORY", 0), ("FILE", 1)])
def test_sorting_much_opens_no_temporary_file_unless_told_to(store: Store, place: str, files: int) -> None:
    with store._readers.one() as opened:
        opened.execute("PRAGMA cache_size = 10")
        if place == "FILE":
            opened.execute("PRAGMA temp_store = FILE")
        rows = opened.execute(
            "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 60000) "
            "SELECT hex(randomblob(50)) AS word FROM n ORDER BY word"
        )
        rows.fetchone()
        assert len([name for name in _open_files() if "etilqs" in name]) == files
        rows.fetchall()
