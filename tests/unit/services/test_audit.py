"""The activity log tells of every tampering it promises to."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.privacy.chain import CHAIN_START
from desktop_crm.records.audit import AuditEntry
from desktop_crm.services import access, contacts, inspection
from desktop_crm.services.office import Office
from desktop_crm.storage.rows import codec
from desktop_crm.storage.transaction import Writing
from tests.privacy.shop import ShopFile

TRIGGERS = ("audit_entry_no_update", "audit_entry_no_delete")


@pytest.fixture
def busy(office: Office) -> Office:
    for n in range(6):
        contacts.add(office, contacts.NewContact(name=f"Person {n}", emails=(f"p{n}@x.example",)))
    office.remember_log()
    return office


def tamper(office: Office, work: Callable[[Any], None]) -> None:
    """What somebody with the key and another program can do: past the triggers."""

    def whole(writing: Writing) -> None:
        for trigger in TRIGGERS:
            writing.connection.execute(f"DROP TRIGGER {trigger}")
        work(writing.connection)

    office.store.write(whole)


def test_an_untouched_log_is_whole(busy: Office) -> None:
    checked = inspection.check_log(busy)
    assert checked.whole
    assert checked.lines == 7


COLUMNS = [c.name for c in codec(AuditEntry).told.columns]


@pytest.mark.parametrize("column", [name for name in COLUMNS if name not in {"seq", "previous", "seal"}])
def test_an_edited_line_is_found(busy: Office, column: str) -> None:
    kind = codec(AuditEntry).told.column(column).kind
    value: Any = 99 if kind is int else b"x" * 16 if kind is bytes else "2020-01-01T00:00:00.000000Z"
    if column == "verb":
        value = "list"
    tamper(busy, lambda c: c.execute(f"UPDATE audit_entry SET {column} = ? WHERE seq = 4", (value,)))
    assert inspection.check_log(busy).broken_at == 4


def test_a_removed_line_is_found(busy: Office) -> None:
    tamper(busy, lambda c: c.execute("DELETE FROM audit_entry WHERE seq = 3"))
    assert inspection.check_log(busy).broken_at == 3


@pytest.mark.parametrize("renumbered", [True, False])
def test_lines_in_another_order_are_found(busy: Office, renumbered: bool) -> None:
    def swap(connection: Any) -> None:
        for old, new in ((3, 900), (4, 3), (900, 4)):
            connection.execute("UPDATE audit_entry SET seq = ? WHERE seq = ?", (new, old))
        if renumbered:
            links = {3: 2, 4: 3, 5: 4}
            for seq, before in links.items():
                connection.execute(
                    "UPDATE audit_entry SET previous = (SELECT seal FROM audit_entry WHERE seq = ?) WHERE seq = ?",
                    (before, seq),
                )

    tamper(busy, swap)
    assert inspection.check_log(busy).broken_at == 3


def test_an_inserted_line_is_found(busy: Office) -> None:
    def insert(writing: Writing) -> None:
        last = writing.get(AuditEntry, 7)
        assert last is not None
        writing.insert(replace(last, seq=8, previous=last.seal))

    busy.store.write(insert)
    assert inspection.check_log(busy).broken_at == 8


@pytest.mark.parametrize("count", [1, 3])
def test_a_cut_end_is_found(busy: Office, count: int) -> None:
    tamper(busy, lambda c: c.execute("DELETE FROM audit_entry WHERE seq > ?", (7 - count,)))
    checked = inspection.check_log(busy)
    assert checked.broken_at is None, "what is left fits together"
    assert checked.cut
    assert not checked.whole


def test_a_cut_end_that_grew_again_is_found(busy: Office) -> None:
    tamper(busy, lambda c: c.execute("DELETE FROM audit_entry WHERE seq > 5"))
    for n in range(4):
        contacts.add(busy, contacts.NewContact(name=f"Neu {n}", emails=(f"neu{n}@x.example",)))
    checked = inspection.check_log(busy)
    assert (checked.broken_at, checked.cut) == (None, True)


def cut_and_go_on(file: ShopFile) -> None:
    """Somebody cuts the end off; then the program is used and closed."""
    office = file.begin()
    for n in range(3):
        contacts.add(office, contacts.NewContact(name=f"Person {n}", emails=(f"p{n}@x.example",)))
    office.close()
    office = file.open()
    tamper(office, lambda c: c.execute("DELETE FROM audit_entry WHERE seq > 2"))
    for n in range(5):
        contacts.add(office, contacts.NewContact(name=f"Neu {n}", emails=(f"neu{n}@x.example",)))
    assert not office.log_cut_seen
    office.close()
    assert office.log_cut_seen


def test_a_cut_end_stays_known_after_closing(file: ShopFile) -> None:
    cut_and_go_on(file)
    for n in range(2):
        again = file.open()
        try:
            assert inspection.check_log(again).cut
            assert again.log_cut_seen
            assert any(f.damage and not f.sound for f in inspection.check_up(again))
            contacts.find(again, "Neu")
            contacts.add(again, contacts.NewContact(name="Eva", emails=(f"eva{n}@x.example",)))
        finally:
            again.close()


def test_a_whole_log_moves_its_remembered_end_on(file: ShopFile) -> None:
    office = file.begin()
    office.close()
    (item,) = [name for name in file.keystore.items if "audit" in name]
    before = file.keystore.items[item]
    again = file.open()
    contacts.add(again, contacts.NewContact(name="Eva", emails=("eva@x.example",)))
    again.close()
    assert file.keystore.items[item] != before
    assert not again.log_cut_seen


def test_the_end_is_remembered_when_something_is_handed_out(file: ShopFile, tmp_path: Path) -> None:
    office = file.begin()
    person = contacts.add(office, contacts.NewContact(name="Eva", emails=("eva@x.example",)))
    before = {name: value for name, value in file.keystore.items.items() if "audit" in name}
    contacts.show(office, person)
    assert {name: value for name, value in file.keystore.items.items() if "audit" in name} == before
    access.access_report(office, person, tmp_path / "out")
    after = {name: value for name, value in file.keystore.items.items() if "audit" in name}
    assert after != before
    office.close()


def test_a_log_sealed_anew_without_the_key_is_found(busy: Office) -> None:
    """Whoever has the database but not the root key can compute a plain chain, and no other."""

    def recompute(connection: Any) -> None:
        previous = CHAIN_START
        for values in connection.execute(
            f"SELECT {codec(AuditEntry).columns} FROM audit_entry ORDER BY seq"
        ).fetchall():
            digest = hashlib.sha256(previous)
            for value in values[:-2]:
                data = b"" if value is None else value if isinstance(value, bytes) else str(value).encode()
                digest.update(len(data).to_bytes(8, "big") + data)
            connection.execute(
                "UPDATE audit_entry SET previous = ?, seal = ? WHERE seq = ?", (previous, digest.digest(), values[0])
            )
            previous = digest.digest()

    tamper(busy, recompute)
    assert inspection.check_log(busy).broken_at == 1


def test_the_end_is_remembered_at_closing_and_a_longer_log_is_fine(file: ShopFile) -> None:
    office = file.begin()
    office.close()
    again = file.open()
    try:
        contacts.add(again, contacts.NewContact(name="Eva", emails=("eva@x.example",)))
        assert inspection.check_log(again).whole
    finally:
        again.close()


def test_without_a_remembered_end_the_log_is_checked_by_itself(file: ShopFile) -> None:
    office = file.begin()
    office.close()
    for item in [name for name in file.keystore.items if "audit" in name]:
        file.keystore.delete(item)
    again = file.open()
    try:
        assert inspection.check_log(again).whole
    finally:
        again.close()


def test_closing_twice_is_no_harm(file: ShopFile) -> None:
    office = file.begin()
    office.close()
    office.close()
    file.open().close()
