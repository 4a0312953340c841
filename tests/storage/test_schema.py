"""The tables of a new file are the declared ones, by name, column, type, reference, index and trigger."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.records.declare import Column, declaration
from desktop_crm.records.registry import inventory
from desktop_crm.storage import connection
from desktop_crm.storage.migrate import check_tables
from desktop_crm.storage.store import Store
from desktop_crm.words import Exit, Problem

_FULL_TEXT = ("search_text", "search_word", "search_text_data", "search_text_idx", "search_text_config")


@pytest.fixture
def opened(store: Store, key: bytes) -> Any:
    """A connection that may change tables, beside the open file."""
    raw = connection.open_writer(store.database, key)
    raw.execute("PRAGMA query_only = OFF")
    yield raw
    raw.close()


def _type(column: Column) -> str:
    """Independent of the program's own choice: numbers, bytes, and text for everything else."""
    if issubclass(column.kind, int):
        return "INTEGER"
    if issubclass(column.kind, bytes):
        return "BLOB"
    assert issubclass(column.kind, str | date | datetime)
    return "TEXT"


def test_the_tables_are_exactly_the_declared_ones(opened: Any) -> None:
    names = {row[0] for row in opened.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    assert names == {told.name for told in inventory()} | set(_FULL_TEXT)


def test_every_column_is_as_declared(opened: Any) -> None:
    for told in inventory():
        found = opened.execute(f"PRAGMA table_xinfo ({told.name})").fetchall()
        columns = [
            (name, kind, bool(filled), bool(is_key), hidden) for _, name, kind, filled, _, is_key, hidden in found
        ]
        assert columns == [(c.name, _type(c), not c.optional, c.name == told.key, 0) for c in told.columns], told.name


def test_every_table_takes_only_values_of_its_types(opened: Any) -> None:
    strict = {row[1]: row[5] for row in opened.execute("PRAGMA table_list").fetchall()}
    assert {told.name for told in inventory() if not strict[told.name]} == set()


def test_every_reference_is_as_declared(opened: Any) -> None:
    for told in inventory():
        rows = opened.execute(f"PRAGMA foreign_key_list ({told.name})").fetchall()
        found = {(row[3], row[2], row[4]) for row in rows}
        wanted = {
            (c.name, declaration(c.references).name, declaration(c.references).key)
            for c in told.columns
            if c.references
        }
        assert found == wanted, told.name


def test_every_index_is_as_declared(opened: Any) -> None:
    for told in inventory():
        found = {"c": set(), "u": set()}  # type: dict[str, set[tuple[str, ...]]]
        for _, name, _, origin, partial in opened.execute(f"PRAGMA index_list ({told.name})").fetchall():
            assert not partial
            columns = tuple(row[2] for row in opened.execute(f"PRAGMA index_info ({name})").fetchall())
            found.setdefault(origin, set()).add(columns)
        assert found["c"] == set(told.indexes), told.name
        assert found["u"] == set(told.unique), told.name


def test_append_only_tables_and_no_others_have_triggers(opened: Any) -> None:
    rows = opened.execute("SELECT tbl_name FROM sqlite_schema WHERE type = 'trigger'").fetchall()
    assert sorted(row[0] for row in rows) == sorted(told.name for told in inventory() if told.append_only for _ in "ud")
    assert opened.execute("SELECT count(*) FROM sqlite_schema WHERE type = 'view'").fetchone()[0] == 0


def test_append_only_tables_refuse_change_and_removal_but_while_an_erasure_runs(opened: Any) -> None:
    opened.execute("PRAGMA foreign_keys = OFF")
    for told in inventory():
        if not told.append_only:
            continue
        values = {c.name: {"INTEGER": 7, "BLOB": b"7", "TEXT": "7"}[_type(c)] for c in told.columns}
        opened.execute(f"INSERT INTO {told.name} VALUES ({', '.join('?' * len(values))})", tuple(values.values()))
        for statement in (f"UPDATE {told.name} SET {told.key} = {told.key}", f"DELETE FROM {told.name}"):
            with pytest.raises(connection.IntegrityError, match="append-only"):
                opened.execute(statement)
        opened.execute("INSERT INTO erasing_now VALUES (x'01')")
        with pytest.raises(connection.IntegrityError, match="append-only"):
            opened.execute(f"UPDATE {told.name} SET {told.key} = {told.key}")
        assert opened.execute(f"DELETE FROM {told.name}").rowcount == 1
        opened.execute("DELETE FROM erasing_now")


def test_the_full_text_index_overwrites_what_it_forgets(opened: Any) -> None:
    assert opened.execute("SELECT v FROM search_text_config WHERE k = 'secure-delete'").fetchone() == (1,)
    made = opened.execute("SELECT sql FROM sqlite_schema WHERE name = 'search_text'").fetchone()[0]
    assert "contentless" not in made


@pytest.mark.parametrize("change", ["CREATE TABLE loyalty (x)", "CREATE TABLE sqliteish (x)", "DROP TABLE sale"])
def test_a_file_with_other_tables_is_refused(
    store: Store, opened: Any, database: Path, key: bytes, change: str
) -> None:
    opened.execute(change)
    opened.close()
    store.close()
    with pytest.raises(Problem) as told:
        Store(database, key)
    assert told.value.code is Exit.DAMAGED
    assert change.split()[2] in str(told.value.what.values)


def test_the_tables_of_a_new_file_pass(opened: Any) -> None:
    check_tables(opened)
