"""Asking again: who, when, by which way, and who is left alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from desktop_crm.records.consent import ConsentEvent, ConsentHow, ConsentState
from desktop_crm.records.contact import Contact
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Purpose, PurposeKind
from desktop_crm.records.technical import JobRun
from desktop_crm.records.use import Objection, Outcome, Restriction, Wish
from desktop_crm.services import consents, contacts, locks, renewals
from desktop_crm.services.office import Office
from desktop_crm.services.renewals import OPEN, DueRow, Turn
from desktop_crm.storage.where import eq
from desktop_crm.words import Problem
from tests.privacy.shop import TickingClock

NEWS = "newsletter"
A_YEAR = timedelta(days=365)


def add(office: Office, name: str) -> bytes:
    made = contacts.NewContact(
        name=name, emails=(f"{name}@x.example",), phones=("0341 123456",), address=f"Hauptstraße 1, 04109 {name}"
    )
    return contacts.add(office, made)


def said_yes(office: Office, name: str = "Eva", purpose: str = NEWS) -> bytes:
    person = add(office, name)
    consents.give(office, person, purpose)
    return person


def put(office: Office, row: Any) -> None:
    office.store.write(lambda writing: writing.insert(row))


def rows(office: Office, turns: Sequence[Turn] = tuple(Turn), **more: Any) -> list[DueRow]:
    return list(renewals.due(office, turns, **more).rows)


def one(office: Office) -> DueRow:
    (row,) = rows(office)
    return row


def lines(office: Office, person: bytes) -> list[ConsentEvent]:
    return office.read(lambda reading: reading.find(ConsentEvent, eq("contact_id", person), order=("happened_at",)))


def renew(office: Office, code: str = NEWS) -> None:
    asked = consents.purpose(office, code)
    office.store.write(lambda writing: writing.update(Purpose, asked.id, renewed_at=office.clock.now()))


def test_sixty_days_before_the_end_it_is_time_to_ask(office: Office, clock: TickingClock) -> None:
    person = said_yes(office)
    clock.at += A_YEAR - timedelta(days=61)
    assert rows(office) == []
    assert [row.person for row in rows(office, within=62)] == [person]
    clock.at += timedelta(days=2)
    row = one(office)
    assert (row.turn, row.ends_on) == (Turn.ENDING, date(2027, 11, 21))


def test_whoever_objects_to_advertising_is_not_asked_about_a_loyalty_card_either(
    office: Office, clock: TickingClock
) -> None:
    person, asked = said_yes(office), consents.purpose(office, NEWS)
    office.store.write(lambda writing: writing.update(Purpose, asked.id, kind=PurposeKind.LOYALTY))
    locks.object_to(office, person, None)
    clock.at += A_YEAR
    assert one(office).turn is Turn.BARRED
    assert renewals.due(office).open == 0


def test_while_a_yes_counts_the_way_it_was_said_to_is_open_and_afterwards_not(
    office: Office, clock: TickingClock
) -> None:
    said_yes(office)
    clock.at += A_YEAR - timedelta(days=1)
    assert set(one(office).ways) == {Channel.COUNTER, Channel.PHONE, Channel.POST, Channel.EMAIL}
    clock.at += timedelta(days=1)
    row = one(office)
    assert row.turn is Turn.TOO_OLD
    assert set(row.ways) == {Channel.COUNTER, Channel.PHONE, Channel.POST}
    assert "advertising" in row.why.text


def test_a_yes_of_the_first_form_runs_out_by_the_days_of_its_purpose(office: Office, clock: TickingClock) -> None:
    person, asked, now = add(office, "Eva"), consents.purpose(office, NEWS), office.clock.now()
    event = ConsentEvent(
        id=office.new_id(),
        contact_id=person,
        purpose_id=asked.id,
        channel=Channel.EMAIL,
        state=ConsentState.GIVEN,
        how=ConsentHow.SCREEN,
        happened_at=now,
        recorded_at=now,
        actor="owner",
        previous=bytes(32),
        seal=bytes(32),
        form=1,
    )
    put(office, consents.sealed(office.ledger_key, event))
    clock.at += A_YEAR - timedelta(days=30)
    assert one(office).turn is Turn.ENDING
    clock.at += timedelta(days=31)
    assert one(office).turn is Turn.TOO_OLD


def test_a_yes_to_other_words_is_asked_anew_but_not_by_email(office: Office) -> None:
    said_yes(office)
    renew(office)
    row = one(office)
    assert row.turn is Turn.NEW_WORDS
    assert Channel.EMAIL not in row.ways


def test_what_ends_first_comes_first_and_only_so_many_are_read(office: Office, clock: TickingClock) -> None:
    first = said_yes(office, "Zoe")
    clock.at += timedelta(days=1)
    second = said_yes(office, "Anna")
    clock.at += A_YEAR
    assert [row.person for row in rows(office)] == [first, second]
    found = renewals.due(office, limit=1)
    assert [row.person for row in found.rows] == [first]
    assert found.open == 2


def test_a_no_since_then_takes_somebody_off_the_list(office: Office, clock: TickingClock) -> None:
    person = said_yes(office)
    clock.at += A_YEAR
    consents.withdraw(office, person, NEWS)
    assert rows(office) == []
    with pytest.raises(Problem):
        renewals.mark_asked(office, [(person, NEWS)], ConsentHow.POST)
    assert lines(office, person)[-1].state is ConsentState.WITHDRAWN


@pytest.mark.parametrize(
    ("purpose", "against", "outcome", "barred"),
    [
        (NEWS, None, Outcome.OPEN, True),
        (NEWS, NEWS, Outcome.UPHELD, True),
        (NEWS, NEWS, Outcome.REJECTED, False),
        (NEWS, "birthday-card", Outcome.OPEN, False),
    ],
)
def test_whoever_objected_is_not_asked(
    office: Office, clock: TickingClock, purpose: str, against: str | None, outcome: Outcome, barred: bool
) -> None:
    person = said_yes(office, purpose=purpose)
    clock.at += A_YEAR
    about = consents.purpose(office, against).id if against else None
    objection = Objection(
        id=office.new_id(),
        contact_id=person,
        purpose_id=about,
        how=ConsentHow.PHONE,
        since=office.clock.now(),
        actor="owner",
        outcome=outcome,
    )
    put(office, objection)
    assert (one(office).turn is Turn.BARRED) is barred
    assert renewals.due(office).open == (not barred)


def test_the_locked_and_the_dead_are_not_asked(office: Office, clock: TickingClock) -> None:
    locked, dead = said_yes(office, "Eva"), said_yes(office, "Otto")
    restriction = Restriction(
        id=office.new_id(), contact_id=locked, reason="bestritten", since=office.clock.now(), actor="owner"
    )
    put(office, restriction)
    contacts.change(office, dead, {"deceased": True})
    clock.at += A_YEAR
    assert rows(office, OPEN) == []
    assert {row.turn for row in rows(office)} == {Turn.BARRED}
    office.store.write(lambda writing: writing.update(Restriction, restriction.id, lifted_at=office.clock.now()))
    assert [row.person for row in rows(office, OPEN)] == [locked]


def test_a_wish_or_a_missing_address_closes_a_way(office: Office, clock: TickingClock) -> None:
    person = contacts.add(office, contacts.NewContact(name="Eva", phones=("0341 123456",)))
    consents.give(office, person, NEWS)
    clock.at += A_YEAR
    assert set(one(office).ways) == {Channel.COUNTER, Channel.PHONE}
    wish = Wish(
        id=office.new_id(), contact_id=person, channel=Channel.PHONE, actor="owner", created_at=office.clock.now()
    )
    put(office, wish)
    assert one(office).ways == (Channel.COUNTER,)


def test_who_was_asked_is_noted_with_the_words_and_left_alone_for_half_a_year(
    office: Office, clock: TickingClock
) -> None:
    people = [said_yes(office, name) for name in ("Eva", "Otto")]
    clock.at += A_YEAR
    done = renewals.mark_asked(office, [(who, NEWS) for who in people], ConsentHow.POST)
    assert (done.asked, done.left_out) == (2, 0)
    line = lines(office, people[0])[-1]
    assert (line.state, line.how) == (ConsentState.REQUESTED, ConsentHow.POST)
    assert line.wording_id is not None
    found = renewals.due(office, (Turn.ASKED,))
    assert (found.open, len(found.rows)) == (0, 2)
    assert found.rows[0].asked_on == office.today()
    clock.at += timedelta(days=184)
    assert renewals.due(office).open == 2


def test_nobody_is_noted_as_asked_by_a_way_that_is_not_open(office: Office, clock: TickingClock) -> None:
    old = said_yes(office, "Eva")
    clock.at += A_YEAR
    fresh = said_yes(office, "Otto")
    clock.at += A_YEAR - timedelta(days=10)
    done = renewals.mark_asked(office, [(old, NEWS), (fresh, NEWS)], ConsentHow.EMAIL)
    assert (done.asked, done.left_out) == (1, 1)
    assert lines(office, old)[-1].state is ConsentState.GIVEN
    assert lines(office, fresh)[-1].state is ConsentState.REQUESTED


def test_a_yes_after_being_asked_starts_anew(office: Office, clock: TickingClock) -> None:
    person = said_yes(office)
    clock.at += A_YEAR
    renewals.mark_asked(office, [(person, NEWS)], ConsentHow.POST)
    consents.give(office, person, NEWS)
    assert rows(office) == []


def test_the_figure_of_the_day_is_counted_once_a_day(office: Office, clock: TickingClock) -> None:
    said_yes(office)
    clock.at += A_YEAR
    assert renewals.count_daily(office) == 1
    assert renewals.count_daily(office) is None
    run = office.read(lambda reading: reading.get(JobRun, renewals.JOB))
    assert run is not None
    assert run.found == 1
    clock.at += timedelta(days=1)
    assert renewals.count_daily(office) == 1


def test_a_purpose_nobody_asks_for_is_in_no_queue(office: Office, clock: TickingClock) -> None:
    said_yes(office)
    clock.at += A_YEAR
    assert rows(office, purpose="birthday-card") == []
    with pytest.raises(Problem):
        renewals.due(office, purpose="unknown")
    assert office.read(lambda reading: reading.count(Contact)) == 1
