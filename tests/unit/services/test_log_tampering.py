"""The real file is changed past the program: the check says what was done, and at which line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest

from desktop_crm.privacy.log_chain import Break, Fault
from desktop_crm.records.audit import AuditEntry
from desktop_crm.services import contacts, inspection
from desktop_crm.storage import connection
from desktop_crm.storage.connection import DatabaseError
from tests.privacy.shop import ShopFile

LAST = 9
"""Setting up, eight people."""
_COLUMNS = "seq, at, actor, act, verb, record, person_id, row_id, fields, number, previous, seal"


@pytest.fixture
def closed(file: ShopFile) -> ShopFile:
    """A file whose log has 9 lines; the end was remembered at closing."""
    office = file.begin()
    for n in range(8):
        contacts.add(office, contacts.NewContact(name=f"Person {n}", emails=(f"p{n}@x.example",)))
    office.close()
    return file


@contextmanager
def raw(file: ShopFile) -> Iterator[Any]:
    """The database itself, by another program that has its key."""
    office = file.open()
    key = bytes(office.keys.database_key)
    office.close()
    opened = connection.open_writer(file.folder.database, key)
    opened.execute("PRAGMA query_only = OFF")
    try:
        yield opened
    finally:
        opened.close()


def tamper(file: ShopFile, *statements: str) -> None:
    with raw(file) as database:
        for name in ("audit_entry_no_update", "audit_entry_no_delete"):
            database.execute(f"DROP TRIGGER {name}")
        for sql in statements:
            database.execute(sql)


def check(file: ShopFile) -> tuple[Break, ...]:
    office = file.open()
    try:
        return inspection.check_log(office).breaks
    finally:
        office.close()


def test_an_untouched_file_is_whole(closed: ShopFile) -> None:
    assert check(closed) == ()


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET actor = 'program' WHERE seq = 4",
        "UPDATE audit_entry SET at = '2020-01-01T00:00:00.000000Z' WHERE seq = 4",
        "UPDATE audit_entry SET person_id = NULL WHERE seq = 4",
        "UPDATE audit_entry SET verb = 'no verb of ours', at = 'never' WHERE seq = 4",
        "UPDATE audit_entry SET seal = zeroblob(32) WHERE seq = 4",
        "UPDATE audit_entry SET previous = zeroblob(32) WHERE seq = 4",
    ],
)
def test_a_changed_line_is_named(closed: ShopFile, sql: str) -> None:
    tamper(closed, sql)
    assert check(closed) == (Break(Fault.CHANGED, 4, 4),)


def test_several_changed_lines_are_all_named(closed: ShopFile) -> None:
    tamper(closed, "UPDATE audit_entry SET act = 'note' WHERE seq IN (3, 7)")
    assert check(closed) == (Break(Fault.CHANGED, 3, 3), Break(Fault.CHANGED, 7, 7))


@pytest.mark.parametrize(("first", "last"), [(1, 1), (1, 3), (4, 4), (4, 6)])
def test_missing_lines_are_named(closed: ShopFile, first: int, last: int) -> None:
    tamper(closed, f"DELETE FROM audit_entry WHERE seq BETWEEN {first} AND {last}")
    assert check(closed) == (Break(Fault.MISSING, first, last),)


def test_an_emptied_log_is_told_where_no_end_was_remembered_outside(closed: ShopFile) -> None:
    tamper(closed, "DELETE FROM audit_entry")
    closed.keystore.delete(f"audit-head {closed.folder.headers()[0].log_id}")
    assert check(closed) == (Break(Fault.BEGUN_ANEW, 1, 1),)


@pytest.mark.parametrize("many", [1, 2])
def test_missing_lines_are_named_where_the_others_were_numbered_anew(closed: ShopFile, many: int) -> None:
    tamper(
        closed,
        f"DELETE FROM audit_entry WHERE seq BETWEEN 4 AND {3 + many}",
        "UPDATE audit_entry SET seq = -seq WHERE seq > 4",
        f"UPDATE audit_entry SET seq = -seq - {many} WHERE seq < 0",
    )
    assert check(closed)[0] == Break(Fault.MISSING, 4, 3 + many)


@pytest.mark.parametrize(("one", "other"), [(3, 4), (2, 7), (1, 9)])
def test_swapped_lines_are_named(closed: ShopFile, one: int, other: int) -> None:
    tamper(
        closed,
        f"UPDATE audit_entry SET seq = 900 WHERE seq = {one}",
        f"UPDATE audit_entry SET seq = {one} WHERE seq = {other}",
        f"UPDATE audit_entry SET seq = {other} WHERE seq = 900",
    )
    assert check(closed)[0] == Break(Fault.SWAPPED, one, other)
    assert all(one.fault is not Fault.MISSING for one in check(closed))


@pytest.mark.parametrize("at", [2, 5])
def test_a_line_put_between_is_named(closed: ShopFile, at: int) -> None:
    tamper(
        closed,
        f"UPDATE audit_entry SET seq = -seq WHERE seq >= {at}",
        "UPDATE audit_entry SET seq = -seq + 1 WHERE seq < 0",
        f"INSERT INTO audit_entry ({_COLUMNS}) SELECT {at}, {_COLUMNS[5:]} FROM audit_entry WHERE seq = {at + 2}",
    )
    assert check(closed)[0] == Break(Fault.PUT_IN, at, at)


def test_a_line_put_before_the_first_is_named(closed: ShopFile) -> None:
    tamper(closed, f"INSERT INTO audit_entry ({_COLUMNS}) SELECT 0, {_COLUMNS[5:]} FROM audit_entry WHERE seq = 5")
    assert check(closed) == (Break(Fault.PUT_IN, 0, 0),)


def test_a_line_put_behind_the_end_is_named(closed: ShopFile) -> None:
    with raw(closed):
        pass
    tamper(closed, f"INSERT INTO audit_entry ({_COLUMNS}) SELECT 12, {_COLUMNS[5:]} FROM audit_entry WHERE seq = 11")
    assert check(closed)[0].first == 12


@pytest.mark.parametrize("left", [0, 1, LAST - 1])
def test_a_cut_end_is_named(closed: ShopFile, left: int) -> None:
    office = closed.open()
    office.close()
    end = LAST + 1
    with raw(closed):
        end += 1
    office = closed.open()
    key = bytes(office.keys.database_key)
    office.close()
    end += 1
    opened = connection.open_writer(closed.folder.database, key)
    opened.execute("PRAGMA query_only = OFF")
    opened.execute("DROP TRIGGER audit_entry_no_delete")
    opened.execute("DELETE FROM audit_entry WHERE seq > ?", (left,))
    opened.close()
    breaks = check(closed)
    assert breaks[-1].fault is Fault.CUT
    assert breaks[-1].last == end


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET actor = 'x' WHERE seq = 4",
        "DELETE FROM audit_entry WHERE seq = 4",
        "DELETE FROM audit_entry",
        "UPDATE log_checkpoint SET actor = 'x'",
        "DELETE FROM log_notice",
    ],
)
def test_the_tables_themselves_refuse_change(closed: ShopFile, sql: str) -> None:
    with raw(closed) as database:
        database.execute(
            "INSERT INTO log_checkpoint VALUES (90, 91, 2, NULL, 0, NULL, 12, 'x', 'owner', 92, x'00', x'00', x'00')"
        )
        database.execute("INSERT INTO log_notice VALUES (x'00', 'owner', 1, 'en', 'x')")
        with pytest.raises(DatabaseError, match="append-only"):
            database.execute(sql)


def test_the_line_of_an_act_is_there_or_the_act_did_not_happen(file: ShopFile) -> None:
    office = file.begin()
    before = office.read(lambda reading: reading.count(AuditEntry))
    refused: Callable[..., Any] = lambda: contacts.add(office, contacts.NewContact(name=""))  # noqa: E731
    with pytest.raises(Exception, match="name"):
        refused()
    assert office.read(lambda reading: reading.count(AuditEntry)) == before
    office.close()
