"""Permission: only lines are added, and the state follows from them."""

from __future__ import annotations

import hashlib
from dataclasses import fields, replace
from datetime import date, datetime, timedelta
from enum import Enum

import pytest

from desktop_crm.privacy.chain import CHAIN_START, in_order
from desktop_crm.privacy.permission import event_seal
from desktop_crm.records.consent import ConsentEvent, ConsentHow, ConsentState
from desktop_crm.records.declare import Basis
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Notice, Purpose, Wording
from desktop_crm.services import asking, consents, contacts
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Writing
from desktop_crm.storage.where import eq
from desktop_crm.words import Problem
from tests.privacy.shop import TickingClock


@pytest.fixture
def person(office: Office) -> bytes:
    return contacts.add(office, contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",)))


def permission(office: Office, person: bytes, code: str = "newsletter") -> consents.Permission:
    (found,) = [p for p in consents.of_person(office, person) if p.purpose.code == code]
    return found


def state(office: Office, person: bytes, code: str = "newsletter") -> ConsentState | None:
    return permission(office, person, code).standing.state


def events(office: Office, person: bytes) -> list[ConsentEvent]:
    return office.read(lambda reading: reading.find(ConsentEvent, eq("contact_id", person)))


def test_nobody_has_agreed_before_being_asked(office: Office, person: bytes) -> None:
    found = consents.of_person(office, person)
    assert {p.purpose.code for p in found} == {"birthday-card", "newsletter", "photos"}
    assert all(p.standing.state is None and not p.standing.allows for p in found)


def test_each_answer_is_a_line_and_the_last_one_counts(office: Office, person: bytes) -> None:
    for refused, expected in ((False, ConsentState.GIVEN), (True, ConsentState.REFUSED), (False, ConsentState.GIVEN)):
        consents.give(office, person, "newsletter", refused=refused)
        assert state(office, person) is expected
        assert permission(office, person).standing.allows is not refused
    consents.withdraw(office, person, "newsletter")
    assert state(office, person) is ConsentState.WITHDRAWN
    assert len(events(office, person)) == 4
    assert state(office, person, "photos") is None, "one purpose says nothing of another"


def test_a_yes_holds_the_exact_words_and_notice(office: Office, person: bytes) -> None:
    consents.give(office, person, "newsletter", how=ConsentHow.PAPER, evidence="Ordner 3")
    (event,) = events(office, person)
    wording = office.read(lambda reading: reading.get(Wording, event.wording_id))
    notice = office.read(lambda reading: reading.get(Notice, event.notice_id))
    assert wording
    assert notice
    assert (wording.language, notice.language, wording.version) == ("de", "de", 1)
    assert wording.text_sha256 == hashlib.sha256(wording.text.encode()).digest()
    assert (event.how, event.evidence, event.actor) == (ConsentHow.PAPER, "Ordner 3", "owner")


def test_an_english_speaker_is_recorded_with_english_words(office: Office) -> None:
    person = contacts.add(office, contacts.NewContact(name="Eve", emails=("eve@x.example",), language="en"))
    consents.give(office, person, "newsletter")
    (event,) = events(office, person)
    wording = office.read(lambda reading: reading.get(Wording, event.wording_id))
    assert wording
    assert wording.language == "en"


def test_later_words_do_not_change_what_was_agreed_to(office: Office, person: bytes) -> None:
    consents.give(office, person, "newsletter")
    before = events(office, person)
    asked = permission(office, person).purpose

    def reword(writing: Writing) -> None:
        text = "Ganz neue Worte"
        writing.insert(
            Wording(
                id=office.new_id(),
                purpose_id=asked.id,
                language="de",
                version=2,
                text=text,
                text_sha256=hashlib.sha256(text.encode()).digest(),
                created_at=office.clock.now(),
            )
        )

    office.store.write(reword)
    assert events(office, person) == before
    old = office.read(lambda reading: reading.get(Wording, before[0].wording_id))
    assert old
    assert old.version == 1
    consents.give(office, person, "newsletter")
    newest = office.read(lambda reading: reading.get(Wording, permission(office, person).events[0].wording_id))
    assert newest
    assert (newest.version, newest.text) == (2, "Ganz neue Worte")


def test_a_yes_runs_out(office: Office, person: bytes, clock: TickingClock) -> None:
    days = permission(office, person).purpose.valid_days
    assert days
    given = clock.at
    consents.give(office, person, "newsletter")
    clock.at = given + timedelta(days=days, seconds=-1)
    assert state(office, person) is ConsentState.GIVEN
    clock.at = given + timedelta(days=days, seconds=1)
    assert state(office, person) is ConsentState.EXPIRED
    assert not permission(office, person).standing.allows
    assert len(events(office, person)) == 1, "expiry is derived, not written"
    consents.give(office, person, "newsletter")
    assert state(office, person) is ConsentState.GIVEN


def test_taking_back_is_always_possible(office: Office, person: bytes) -> None:
    consents.withdraw(office, person, "newsletter")
    assert state(office, person) is ConsentState.WITHDRAWN
    consents.withdraw(office, person, "newsletter")
    assert len(events(office, person)) == 2


def test_a_no_where_nobody_is_asked_is_not_noted_as_if_it_counted(office: Office, person: bytes) -> None:
    with pytest.raises(Problem):
        consents.withdraw(office, person, "orders")
    with pytest.raises(Problem):
        consents.give(office, person, "orders", refused=True)
    assert events(office, person) == []


def test_taking_back_counts_even_if_the_clock_was_set_back(office: Office, person: bytes, clock: TickingClock) -> None:
    consents.give(office, person, "newsletter")
    clock.to(date(2026, 11, 20))
    consents.withdraw(office, person, "newsletter")
    assert state(office, person) is ConsentState.WITHDRAWN


def test_answers_within_one_instant_keep_their_order(
    office: Office, person: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = office.clock.now()
    monkeypatch.setattr(TickingClock, "now", lambda _self: at)
    for n in range(12):
        consents.give(office, person, "newsletter", refused=n % 2 == 0)
        assert state(office, person) is (ConsentState.REFUSED if n % 2 == 0 else ConsentState.GIVEN)


def test_a_purpose_that_needs_no_permission_asks_none(office: Office, person: bytes) -> None:
    with pytest.raises(Problem):
        consents.give(office, person, "orders")
    assert events(office, person) == []


@pytest.mark.parametrize("code", ["", "unknown", "Newsletter"])
def test_an_unknown_purpose_is_refused_and_the_known_ones_named(office: Office, person: bytes, code: str) -> None:
    with pytest.raises(Problem) as refused:
        consents.give(office, person, code)
    assert "newsletter" in str(refused.value.what.values["known"])


def test_nobody_agrees_for_somebody_who_is_not_here(office: Office) -> None:
    with pytest.raises(Problem):
        consents.give(office, office.new_id(), "newsletter")


def test_the_lines_of_a_person_are_sealed_to_each_other(office: Office, person: bytes) -> None:
    other = contacts.add(office, contacts.NewContact(name="Otto", emails=("otto@x.example",)))
    for code in ("newsletter", "photos", "newsletter", "birthday-card"):
        consents.give(office, person, code)
        consents.give(office, other, code)
    lines = events(office, person)
    assert len(in_order(lines)) == len(lines) == 4
    assert all(line.seal == event_seal(office.ledger_key, line) for line in lines)


_SEALED = [f.name for f in fields(ConsentEvent) if f.name not in {"seal", "batch_id"}]


@pytest.mark.parametrize("name", _SEALED)
def test_a_changed_line_does_not_bear_its_seal(office: Office, person: bytes, name: str) -> None:
    consents.give(office, person, "newsletter", evidence="Ordner 3")
    (line,) = events(office, person)
    value = getattr(line, name)
    changed: object = "anders"
    if isinstance(value, Enum):
        changed = next(other for other in type(value) if other is not value)
    elif isinstance(value, datetime):
        changed = value + timedelta(microseconds=1)
    elif isinstance(value, bytes):
        changed = b"x" * len(value)
    elif isinstance(value, bool):
        changed = not value
    elif isinstance(value, int):
        changed = value + 1
    assert event_seal(office.ledger_key, replace(line, **{name: changed})) != line.seal  # type: ignore[arg-type]


def test_the_claim_of_a_list_allows_nothing(office: Office, person: bytes) -> None:
    wanted = permission(office, person).purpose

    def claim(writing: Writing) -> None:
        now = office.clock.now()
        writing.insert(
            consents.sealed(
                office.ledger_key,
                ConsentEvent(
                    id=office.new_id(),
                    contact_id=person,
                    purpose_id=wanted.id,
                    channel=Channel(wanted.channel),
                    state=ConsentState.CLAIMED,
                    how=ConsentHow.IMPORT,
                    happened_at=now,
                    recorded_at=now,
                    actor="owner",
                    previous=CHAIN_START,
                    seal=CHAIN_START,
                ),
            )
        )

    office.store.write(claim)
    assert state(office, person) is ConsentState.CLAIMED
    assert not permission(office, person).standing.allows
    consents.give(office, person, "newsletter", evidence="Karteikarte im Ordner 3")
    assert permission(office, person).standing.allows


def test_an_answer_is_a_sign_of_life(office: Office, person: bytes, clock: TickingClock) -> None:
    clock.to(date(2027, 5, 6))
    consents.withdraw(office, person, "newsletter")
    assert contacts.show(office, person).contact.last_activity_on == date(2027, 5, 6)


def test_purposes_are_those_of_the_shop(office: Office) -> None:
    found = {p.code: p.basis for p in office.read(lambda reading: reading.find(Purpose))}
    assert found == {
        "orders": Basis.CONTRACT,
        "newsletter": Basis.CONSENT,
        "birthday-card": Basis.CONSENT,
        "photos": Basis.CONSENT,
    }


def test_the_dead_are_not_asked_and_a_no_is_noted_all_the_same(office: Office) -> None:
    person = contacts.add(office, contacts.NewContact(name="Tot", emails=("tot@muster.example",), deceased=True))
    asked = asking.questions(office, person).questions
    assert not any(one.may_ask for one in asked)
    with pytest.raises(Problem):
        asking.take_answers(office, person, [(asked[0], asking.Answer.YES)], ConsentHow.SCREEN)
    with pytest.raises(Problem):
        consents.give(office, person, "newsletter")
    consents.give(office, person, "newsletter", refused=True)
    assert [one.state for one in events(office, person)] == [ConsentState.REFUSED]
