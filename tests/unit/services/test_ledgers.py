"""The ledgers of permissions and erasures tell of every tampering they promise to; an opening makes up for a crash."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.privacy.chain import CHAIN_START
from desktop_crm.privacy.permission import event_seal
from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.records.consent import ConsentEvent
from desktop_crm.records.erasure import Erasure, ErasureProof
from desktop_crm.records.purpose import Wording
from desktop_crm.services import consents, contacts, erasing, inspection, setup, undoing
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.services.shop import load_shop
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.vault.folder import VaultFolder
from tests.privacy.shop import ShopFile
from tests.unit.services.lists import bring, find, write

PERMISSIONS = "permissions"
ERASURES = "erasures"
CODES = ("newsletter", "photos", "newsletter", "birthday-card")


def sound(office: Office, what: str) -> bool:
    (found,) = [f for f in inspection.check_up(office) if f.key == what]
    assert found.damage
    return found.sound


def tamper(office: Office, table: str, *statements: tuple[str, tuple[Any, ...]]) -> None:
    """What somebody with the key of the database and another program can do: past the triggers."""

    def work(writing: Writing) -> None:
        for ending in ("no_update", "no_delete"):
            writing.connection.execute(f"DROP TRIGGER IF EXISTS {table}_{ending}")
        for statement, values in statements:
            writing.connection.execute(statement, values)

    office.store.write(work)


def add(office: Office, number: int) -> bytes:
    return contacts.add(office, contacts.NewContact(name=f"Person {number}", emails=(f"p{number}@x.example",)))


@pytest.fixture
def people(office: Office) -> list[bytes]:
    made = [add(office, n) for n in range(3)]
    for code in CODES:
        for person in made:
            consents.give(office, person, code, evidence="Ordner 3")
    return made


def said(office: Office, person: bytes) -> list[ConsentEvent]:
    """The lines of a person, in the order they were said."""
    return sorted(find(office, ConsentEvent, contact_id=person), key=lambda line: line.happened_at)


def test_untouched_permissions_are_whole(office: Office, people: list[bytes]) -> None:
    assert sound(office, PERMISSIONS)
    consents.withdraw(office, people[1], "newsletter")
    assert sound(office, PERMISSIONS)


@pytest.mark.parametrize("at", range(4))
def test_a_changed_answer_is_found(office: Office, people: list[bytes], at: int) -> None:
    line = said(office, people[1])[at]
    tamper(office, "consent_event", ("UPDATE consent_event SET state = 'refused' WHERE id = ?", (line.id,)))
    assert not sound(office, PERMISSIONS)


@pytest.mark.parametrize("at", range(4))
def test_a_removed_answer_is_found_the_last_one_too(office: Office, people: list[bytes], at: int) -> None:
    line = said(office, people[2])[at]
    tamper(office, "consent_event", ("DELETE FROM consent_event WHERE id = ?", (line.id,)))
    assert not sound(office, PERMISSIONS)


def test_all_answers_of_a_person_removed_are_found(office: Office, people: list[bytes]) -> None:
    tamper(office, "consent_event", ("DELETE FROM consent_event WHERE contact_id = ?", (people[0],)))
    assert not sound(office, PERMISSIONS)


def test_answers_sealed_anew_without_the_key_are_found(office: Office, people: list[bytes]) -> None:
    """The one who changes a line seals it and all that follow anew, with a key of their own."""
    previous = CHAIN_START
    statements: list[tuple[str, tuple[Any, ...]]] = []
    for line in said(office, people[0]):
        forged = replace(line, evidence="gar nichts", previous=previous)
        previous = event_seal(b"x" * 32, forged)
        statements.append(
            (
                "UPDATE consent_event SET evidence = ?, previous = ?, seal = ? WHERE id = ?",
                (forged.evidence, forged.previous, previous, line.id),
            )
        )
    tamper(office, "consent_event", *statements)
    assert not sound(office, PERMISSIONS)


def test_an_answer_of_another_person_does_not_fit(office: Office, people: list[bytes]) -> None:
    line = said(office, people[0])[-1]
    tamper(office, "consent_event", ("UPDATE consent_event SET contact_id = ? WHERE id = ?", (add(office, 9), line.id)))
    assert not sound(office, PERMISSIONS)


def test_erased_people_and_lists_taken_back_leave_permissions_whole(
    office: Office, people: list[bytes], tmp_path: Path
) -> None:
    listed = write(tmp_path, "Anna,Eins,anna@x.example,,,,,,,,,yes", "Person,0,p0@x.example,,,,,,,,,no")
    batch = bring(office, listed).batch
    assert batch is not None
    assert sound(office, PERMISSIONS)
    undoing.undo_import(office, batch)
    erasing.erase(office, people[1], tmp_path / "out", ErasureOrder())
    assert sound(office, PERMISSIONS)
    assert sound(office, ERASURES)


def test_answers_are_compared_a_part_at_a_time(
    office: Office, people: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consents, "CHUNK", 5)
    assert sound(office, PERMISSIONS)
    last = said(office, people[2])[-1]
    tamper(office, "consent_event", ("DELETE FROM consent_event WHERE id = ?", (last.id,)))
    assert not sound(office, PERMISSIONS)


def test_after_a_break_new_answers_come_last(office: Office, people: list[bytes]) -> None:
    """A taken back permission counts even where an earlier line was removed by somebody."""
    first = said(office, people[0])[0]
    tamper(office, "consent_event", ("DELETE FROM consent_event WHERE id = ?", (first.id,)))
    consents.withdraw(office, people[0], "newsletter")
    (newsletter,) = [p for p in consents.of_person(office, people[0]) if p.purpose.code == "newsletter"]
    assert not newsletter.standing.allows


# Erasures


@pytest.fixture
def erased(office: Office, people: list[bytes], tmp_path: Path) -> list[str]:
    return [erasing.erase(office, person, tmp_path / "out", ErasureOrder()).number for person in people]


def test_an_untouched_ledger_is_whole(office: Office, erased: list[str]) -> None:
    assert sound(office, ERASURES)
    assert len(erased) == 3


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("erasure", "UPDATE erasure SET ground = 'objects' WHERE number = ?"),
        ("erasure", "UPDATE erasure SET subject = zeroblob(16) WHERE number = ?"),
        ("erasure", "DELETE FROM erasure WHERE number = ?"),
        (
            "erasure_count",
            "UPDATE erasure_count SET number = 7 WHERE erasure_id = (SELECT id FROM erasure WHERE number = ?)",
        ),
        ("erasure_count", "DELETE FROM erasure_count WHERE erasure_id = (SELECT id FROM erasure WHERE number = ?)"),
        (
            "erasure_count",
            "INSERT INTO erasure_count SELECT zeroblob(16), id, 'rights', 1, 0, NULL, NULL "
            "FROM erasure WHERE number = ?",
        ),
        (
            "erasure_count",
            "INSERT INTO erasure_count SELECT zeroblob(16), zeroblob(16), 'rights', 1, 0, NULL, NULL "
            "FROM erasure WHERE number = ?",
        ),
    ],
)
@pytest.mark.parametrize("at", range(3))
def test_a_tampered_ledger_is_found(office: Office, erased: list[str], table: str, change: str, at: int) -> None:
    tamper(office, table, (change, (erased[at],)))
    assert not sound(office, ERASURES)


def test_an_emptied_ledger_is_found(office: Office, erased: list[str]) -> None:
    tamper(office, "erasure_count", ("DELETE FROM erasure_count", ()))
    tamper(office, "erasure", ("DELETE FROM erasure", ()))
    assert erased
    assert not sound(office, ERASURES)


# Opening


@pytest.fixture
def closed(file: ShopFile) -> Iterator[Callable[[], Office]]:
    """Opens the file, and closes what was opened."""
    opened: list[Office] = []

    def open_again() -> Office:
        if opened:
            opened[-1].close()
        opened.append(file.open() if opened else file.begin())
        return opened[-1]

    yield open_again
    opened[-1].close()


def test_an_erasure_without_a_search_is_made_up_for_once_whichever_it_is(
    closed: Callable[[], Office], tmp_path: Path
) -> None:
    office = closed()
    numbers = [erasing.erase(office, add(office, n), tmp_path / "out", ErasureOrder()).number for n in range(3)]
    middle = find(office, Erasure, number=numbers[1])[0].id
    tamper(office, "erasure_proof", ("DELETE FROM erasure_proof WHERE erasure_id = ?", (middle,)))
    for _ in range(2):
        office = closed()
        (proof,) = find(office, ErasureProof, erasure_id=middle)
        assert proof.pending
        assert len(find(office, AuditEntry, act="note_unfinished_searches")) == 1


def test_opening_does_not_read_a_ledger_that_is_complete(
    closed: Callable[[], Office], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = closed()
    erasing.erase(office, add(office, 1), tmp_path / "out", ErasureOrder())
    read: list[type] = []
    stream = Reading.stream

    def watched(self: Reading, record: type[Any], *conditions: Any, **more: Any) -> Iterator[Any]:
        read.append(record)
        return stream(self, record, *conditions, **more)

    monkeypatch.setattr(Reading, "stream", watched)
    closed()
    assert not {Erasure, ErasureProof} & set(read)


def test_opening_with_the_recovery_sheet_is_a_line_of_the_log(office: Office, file: ShopFile, tmp_path: Path) -> None:
    folder = VaultFolder(tmp_path / "other")
    shop = office.read(load_shop)
    begun = setup.begin(folder, shop, clock=file.clock, keystore=None, passphrase="ein langer Satz zum Öffnen")
    begun.office.close()
    again = setup.recover(
        folder, begun.recovery_code, clock=file.clock, keystore=None, passphrase="ein anderer Satz zum Öffnen"
    )
    try:
        lines = again.read(lambda reading: reading.find(AuditEntry, eq("act", "note_recovery")))
        assert [(line.verb, line.seq, line.person_id) for line in lines] == [(Verb.SET_UP, 2, None)]
        assert inspection.check_log(again).whole
    finally:
        again.close()


@pytest.mark.parametrize(
    ("language", "expected"),
    [("en-GB", "en"), ("en_US", "en"), ("EN", "en"), ("de-AT", "de"), ("pl", "de"), ("english", "de"), (None, "de")],
)
def test_the_words_agreed_to_are_in_the_language_of_the_person(
    office: Office, language: str | None, expected: str
) -> None:
    person = contacts.add(office, contacts.NewContact(name="Eve", emails=("eve@x.example",), language=language))
    consents.give(office, person, "newsletter")
    (line,) = find(office, ConsentEvent, contact_id=person)
    (wording,) = find(office, Wording, id=line.wording_id)
    assert wording.language == expected
