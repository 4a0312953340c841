"""Bringing an older file to the present version: with a copy before, all of it or nothing, never backwards."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.records.contact import Contact
from desktop_crm.storage import connection, migrate
from desktop_crm.storage.store import Store
from desktop_crm.storage.where import eq
from desktop_crm.words import Exit, Problem
from tests.storage.people import contact

Next = Callable[[str], None]
CHANGE = "UPDATE contact SET nickname = 'changed';\n"


@pytest.fixture
def next_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Next]:
    """Gives the program one more migration, with the SQL that is passed."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrate.migrations()[0].parent, folder)

    def add(sql: str) -> None:
        have = len(list(folder.glob("*.sql")))
        (folder / f"{have + 1:04}_next.sql").write_text(sql, encoding="utf-8")
        monkeypatch.setattr(migrate, "_FOLDER", folder)
        migrate.migrations.cache_clear()

    yield add
    monkeypatch.undo()
    migrate.migrations.cache_clear()


@pytest.fixture
def old(store: Store, database: Path) -> Path:
    """A file of the present version with one person in it."""
    store.write(lambda writing: writing.insert(contact("Łucja Kowalska")))
    store.close()
    return database


def _names(database: Path, key: bytes) -> list[tuple[str, str | None]]:
    opened = Store(database, key)
    try:
        return opened.read(lambda reading: [(c.name, c.nickname) for c in reading.find(Contact)])
    finally:
        opened.close()


def _version(database: Path, key: bytes) -> int:
    raw = connection.open_reader(database, key)
    try:
        return migrate.version(raw)
    finally:
        raw.close()


def test_an_older_file_comes_to_the_present_version(old: Path, key: bytes, next_version: Next) -> None:
    before = _version(old, key)
    next_version(CHANGE)
    assert _names(old, key) == [("Łucja Kowalska", "changed")]
    assert _version(old, key) == before + 1
    assert [path.name for path in old.parent.iterdir()] == [old.name]


def test_several_versions_are_made_up_for_at_once(old: Path, key: bytes, next_version: Next) -> None:
    next_version(CHANGE)
    next_version("UPDATE contact SET nickname = nickname || ' twice';\n")
    assert _names(old, key) == [("Łucja Kowalska", "changed twice")]


def test_the_copy_made_before_opens_with_the_old_program(
    old: Path, key: bytes, next_version: Next, monkeypatch: pytest.MonkeyPatch
) -> None:
    original, before = old.read_bytes(), _version(old, key)
    copies: list[bytes] = []
    real = migrate._apply

    def watched(opened: Any, sql: str, number: int) -> None:
        copy = old.with_name(f"{old.name}.version-{before}")
        assert copy.stat().st_mode & 0o777 == 0o600
        copies.append(copy.read_bytes())
        real(opened, sql, number)

    monkeypatch.setattr(migrate, "_apply", watched)
    next_version(CHANGE)
    Store(old, key).close()
    assert copies == [original]


@pytest.mark.parametrize(
    "broken", ["SELECT nothing FROM nowhere;\n", "INSERT INTO erasing_now VALUES (NULL);\n", "this is no SQL\n"]
)
def test_a_change_that_fails_in_the_middle_leaves_the_old_version(
    old: Path, key: bytes, next_version: Next, broken: str
) -> None:
    before = _version(old, key)
    next_version(f"{CHANGE}DELETE FROM setting;\n{broken}DROP TABLE sale;\n")
    with pytest.raises(connection.DatabaseError):
        Store(old, key)
    assert _version(old, key) == before
    migrate._FOLDER.joinpath(f"{before + 1:04}_next.sql").unlink()
    migrate.migrations.cache_clear()
    assert _names(old, key) == [("Łucja Kowalska", None)]


def test_a_copy_that_a_crash_left_behind_goes_at_the_next_start(old: Path, key: bytes) -> None:
    left = old.with_name(f"{old.name}.version-1")
    left.write_bytes(old.read_bytes())
    assert _names(old, key) == [("Łucja Kowalska", None)]
    assert not left.exists()


def test_nothing_is_changed_when_there_is_no_room_for_the_copy(
    old: Path, key: bytes, next_version: Next, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: object, target: Path) -> None:
        target.write_bytes(b"half")
        raise OSError(errno.ENOSPC, "")

    next_version(CHANGE)
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "copyfile", full)
        with pytest.raises(Problem):
            Store(old, key)
    assert [path.name for path in old.parent.iterdir()] == [old.name]
    assert _names(old, key) == [("Łucja Kowalska", "changed")]


def test_a_file_of_a_newer_program_is_told_as_such_and_stays_as_it_is(old: Path, key: bytes) -> None:
    raw = connection.open_writer(old, key)
    raw.execute("PRAGMA query_only = OFF")
    raw.execute("PRAGMA user_version = 4711")
    raw.close()
    before = {path.name: path.read_bytes() for path in old.parent.iterdir()}
    with pytest.raises(Problem) as told:
        Store(old, key)
    assert told.value.code is Exit.DAMAGED
    assert "newer version" in told.value.what.text
    assert {path.name: path.read_bytes() for path in old.parent.iterdir()} == before


def test_migrations_with_a_gap_in_their_numbers_are_a_bug(next_version: Next) -> None:
    next_version(CHANGE)
    migrate.migrations()[-1].rename(migrate._FOLDER / "0099_late.sql")
    migrate.migrations.cache_clear()
    with pytest.raises(RuntimeError):
        migrate.migrations()


def test_a_new_file_bears_our_mark_inside_its_encryption(old: Path, key: bytes) -> None:
    raw = connection.open_reader(old, key)
    assert raw.execute("PRAGMA application_id").fetchone()[0] == migrate.APPLICATION_ID
    raw.close()
    opened = Store(old, key)
    assert opened.read(lambda reading: reading.count(Contact, eq("name", "Łucja Kowalska"))) == 1
    opened.close()
