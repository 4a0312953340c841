"""Keeping times: what waits for a yes, why, and from which day; nothing goes by itself."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from desktop_crm.records.contact import Contact, Stage
from desktop_crm.records.declare import Basis
from desktop_crm.records.purchase import KeptInvoice, Original
from desktop_crm.records.registry import inventory
from desktop_crm.records.retention import RetentionAnswer, RetentionItem, RetentionRule
from desktop_crm.services import contacts, erasing, retention
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.storage.where import eq
from desktop_crm.words import Money, Problem
from tests.privacy.shop import ShopFile, TickingClock, opened

TODAY = date(2026, 11, 21)
DAY = timedelta(days=1)


def person(office: Office, **values: Any) -> bytes:
    number = office.read(lambda reading: reading.count(Contact))
    new = contacts.NewContact(name=f"Person {number}", emails=(f"p{number}@x.example",), **values)
    return contacts.add(office, new)


def due(office: Office, on: date, code: str | None = None) -> set[tuple[str, bytes]]:
    return {(d.rule.code, d.row_id) for d in retention.preview(office, on) if code in (None, d.rule.code)}


def codes(office: Office, on: date, row: bytes) -> set[str]:
    return {code for code, key in due(office, on) if key == row}


def first_due(office: Office, code: str, row: bytes, expected: date) -> None:
    """Due from that day on, and not the day before."""
    assert (code, row) not in due(office, expected - DAY)
    assert (code, row) in due(office, expected)
    (found,) = [d for d in retention.preview(office, expected) if (d.rule.code, d.row_id) == (code, row)]
    assert found.due_on == expected


def buy(office: Office, who: bytes, on: date, **values: Any) -> bytes:
    return contacts.purchase(office, who, Money(100, "EUR"), bought_on=on, **values)


# The rules, on the days around their ends


def test_an_interested_person_is_due_after_ninety_days(office: Office) -> None:
    first_due(office, "lead", person(office), date(2027, 2, 20))


def test_a_person_without_purchase_is_due_after_two_years(office: Office) -> None:
    first_due(office, "contact-without-purchase", person(office, stage=Stage.FORMER), date(2028, 11, 21))


def test_a_customer_is_due_three_years_after_the_end_of_the_year(office: Office) -> None:
    who = person(office)
    buy(office, who, TODAY)
    first_due(office, "customer", who, date(2030, 1, 1))
    assert codes(office, date(2029, 12, 31), who) == set()


def test_a_customer_by_standing_needs_no_purchase_here(office: Office) -> None:
    who = person(office, stage=Stage.CUSTOMER)
    assert codes(office, date(2035, 1, 1), who) == {"customer"}


def test_who_bought_is_no_lead_whatever_their_standing_says(office: Office) -> None:
    who = person(office, stage=Stage.FORMER)
    buy(office, who, TODAY)
    assert codes(office, date(2029, 12, 31), who) == set()
    assert codes(office, date(2030, 1, 1), who) == {"customer"}


def test_unsorted_people_are_due_for_sorting_after_thirty_days(office: Office) -> None:
    who = person(office, basis=Basis.UNSORTED, stage=Stage.CUSTOMER)
    first_due(office, "unsorted", who, date(2026, 12, 22))
    contacts.note(office, who, "ein Anruf sortiert niemanden")
    assert ("unsorted", who) in due(office, date(2026, 12, 22))
    contacts.change(office, who, {"basis": Basis.CONTRACT})
    assert due(office, date(2026, 12, 22), "unsorted") == set()


def test_days_are_those_of_the_shop(office: Office, clock: TickingClock) -> None:
    """23:30 UTC in November is the next day in Leipzig."""
    clock.at = datetime(2026, 11, 21, 23, 30, tzinfo=UTC)
    first_due(office, "unsorted", person(office, basis=Basis.UNSORTED), date(2026, 12, 23))


def test_what_began_at_midnight_belongs_to_the_new_day(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    midnight = datetime(2026, 11, 21, 23, 0, tzinfo=UTC)
    monkeypatch.setattr(TickingClock, "now", lambda _self: midnight)
    first_due(office, "unsorted", person(office, basis=Basis.UNSORTED), date(2026, 12, 23))


def test_a_note_is_due_three_years_after_it_happened(office: Office) -> None:
    who = person(office, stage=Stage.CUSTOMER)
    row = contacts.note(office, who, "alt", happened_at=datetime(2024, 2, 29, 12, tzinfo=UTC))
    first_due(office, "service-note", row, date(2027, 3, 1))
    (found,) = [d for d in retention.preview(office, date(2027, 3, 1)) if d.row_id == row]
    assert found.person_id == who


def test_a_recipient_is_due_ninety_days_after_the_delivery(office: Office) -> None:
    who = person(office, stage=Stage.CUSTOMER)
    row = contacts.deliver(office, who, name="Gerda", deliver_on=date(2026, 12, 1))
    first_due(office, "delivery-recipient", row, date(2027, 3, 2))


@pytest.mark.parametrize(("country", "expected"), [("DE", 2035), ("AT", 2034), ("FR", 2037)])
def test_a_kept_invoice_is_due_on_the_day_after_its_legal_end(file: ShopFile, country: str, expected: int) -> None:
    file.country = country
    with opened(file) as office:
        who = person(office)
        buy(office, who, date(2026, 11, 17), original=Original.HERE)
        erasing.erase(office, who, file.folder.path.parent / "out", ErasureOrder())
        (kept,) = office.read(lambda reading: reading.find(KeptInvoice))
        first_due(office, "kept-invoice", kept.id, date(expected, 1, 1))


def test_the_rules_are_the_shops_own_once_it_began(office: Office) -> None:
    who = person(office)

    def longer(writing: Any) -> None:
        (rule,) = writing.find(RetentionRule, eq("code", "lead"))
        writing.update(RetentionRule, rule.id, length=10)

    office.store.write(longer)
    first_due(office, "lead", who, date(2026, 12, 2))


# The clock of a contact


def test_the_clock_moves_with_contact_and_purchase_never_with_an_edit(office: Office, clock: TickingClock) -> None:
    who = person(office)

    def last() -> date:
        return office.read(lambda reading: reading.find(Contact, eq("id", who)))[0].last_activity_on

    clock.to(date(2027, 1, 10))
    contacts.change(office, who, {"nickname": "Nick"})
    contacts.show(office, who)
    contacts.find(office, "Person")
    assert last() == TODAY
    contacts.note(office, who, "Anruf")
    assert last() == date(2027, 1, 10)
    contacts.note(office, who, "nachgetragen", happened_at=datetime(2026, 12, 1, tzinfo=UTC))
    buy(office, who, date(2026, 12, 24))
    assert last() == date(2027, 1, 10), "never back"
    clock.to(date(2027, 1, 12))
    buy(office, who, date(2027, 1, 12))
    assert last() == date(2027, 1, 12)
    clock.to(date(2027, 2, 1))
    contacts.deliver(office, who, name="Gerda", deliver_on=date(2027, 2, 3))
    assert last() == date(2027, 2, 1)


# The review queue


def items(office: Office) -> list[RetentionItem]:
    return office.read(lambda reading: reading.find(RetentionItem, order=("id",)))


def counts(office: Office) -> dict[str, int]:
    """How many rows every table has, but for what the run itself keeps."""
    own = {"retention_item", "retention_run", "job_run", "audit_entry", "change", "change_value"}
    return office.read(lambda r: {d.name: r.count(d.record) for d in inventory() if d.name not in own})


def test_a_run_lists_and_deletes_nothing(office: Office, clock: TickingClock) -> None:
    who, other = person(office), person(office, basis=Basis.UNSORTED, stage=Stage.CUSTOMER)
    contacts.note(office, other, "Notiz")
    before = counts(office)
    assert retention.run(office) == retention.Run(0, 0, 0)
    clock.to(date(2026, 12, 22))
    assert retention.run(office) == retention.Run(1, 1, 0)
    clock.to(date(2026, 12, 22), hour=20)
    assert retention.run(office) == retention.Run(1, 0, 0)
    clock.to(date(2040, 1, 1))
    retention.run(office, clock_is_right=True)
    assert counts(office) == before
    assert {i.person_id for i in items(office)} == {who, other}


def test_running_twice_changes_nothing(office: Office, clock: TickingClock) -> None:
    for _ in range(3):
        person(office)
    clock.to(date(2027, 6, 1))
    first = retention.run(office)
    listed = items(office)
    second = retention.run(office)
    assert (first.found, first.new, second) == (3, 3, retention.Run(3, 0, 0))
    assert items(office) == listed


def test_who_comes_back_leaves_the_queue(office: Office, clock: TickingClock) -> None:
    who = person(office)
    clock.to(date(2027, 6, 1))
    retention.run(office)
    contacts.note(office, who, "war wieder da")
    assert retention.run(office) == retention.Run(0, 0, 1)
    assert items(office) == []


def test_what_waits_longer_than_thirty_days_is_overdue(office: Office, clock: TickingClock) -> None:
    person(office)
    clock.to(date(2027, 3, 1))
    retention.run(office)
    assert [w.overdue for w in retention.queue(office)] == [False]
    clock.to(date(2027, 3, 31))
    assert [w.overdue for w in retention.queue(office)] == [False]
    clock.to(date(2027, 4, 1))
    assert [w.overdue for w in retention.queue(office)] == [True]


def _decided(office: Office, clock: TickingClock, answer: RetentionAnswer, until: date | None = None) -> bytes:
    who = person(office)
    clock.to(date(2027, 3, 1))
    retention.run(office, clock_is_right=True)
    assert retention.decide(office, [items(office)[0].id], answer, reason="Garantiefall", until=until) == 1
    return who


def test_kept_until_a_day_it_waits_anew_from_the_day_after(office: Office, clock: TickingClock) -> None:
    who = _decided(office, clock, RetentionAnswer.KEEP, date(2027, 3, 20))
    assert retention.queue(office) == []
    (kept,) = items(office)
    assert (kept.reason, kept.actor, kept.until) == ("Garantiefall", "owner", date(2027, 3, 20))
    clock.to(date(2027, 3, 20))
    assert retention.run(office).found == 0
    assert due(office, date(2027, 3, 20)) == set()
    clock.to(date(2027, 3, 21))
    assert retention.run(office) == retention.Run(1, 1, 0)
    (again,) = retention.queue(office)
    assert (again.item.id, again.item.person_id) == (kept.id, who)


def test_kept_for_one_rule_is_still_due_under_another(office: Office, clock: TickingClock) -> None:
    who = person(office, basis=Basis.UNSORTED)
    clock.to(date(2026, 12, 25))
    retention.run(office)
    retention.decide(office, [items(office)[0].id], RetentionAnswer.KEEP, reason="wird sortiert")
    assert codes(office, date(2027, 3, 1), who) == {"lead"}


def test_a_hold_covers_everything_of_a_person(office: Office, clock: TickingClock) -> None:
    who = person(office)
    contacts.note(office, who, "alt", happened_at=datetime(2020, 1, 1, tzinfo=UTC))
    clock.to(date(2027, 3, 1))
    retention.run(office, clock_is_right=True)
    held = next(i for i in items(office) if i.row_id == who)
    retention.decide(office, [held.id], RetentionAnswer.HOLD, reason="Rechtsstreit")
    assert due(office, date(2050, 1, 1)) == set()
    assert retention.run(office).found == 0


def test_a_hold_until_a_day_ends_with_it(office: Office, clock: TickingClock) -> None:
    who = _decided(office, clock, RetentionAnswer.HOLD, date(2027, 3, 20))
    assert codes(office, date(2027, 3, 20), who) == set()
    assert codes(office, date(2027, 3, 21), who) == {"lead"}


@pytest.mark.parametrize("answer", [RetentionAnswer.KEEP, RetentionAnswer.HOLD])
def test_nothing_is_kept_until_a_day_that_is_over(office: Office, clock: TickingClock, answer: RetentionAnswer) -> None:
    person(office)
    clock.to(date(2027, 3, 1))
    retention.run(office, clock_is_right=True)
    (item,) = items(office)
    with pytest.raises(Problem, match="already over"):
        retention.decide(office, [item.id], answer, reason="Streit", until=date(2027, 2, 28))
    assert items(office) == [item]
    assert retention.decide(office, [item.id], answer, reason="Streit", until=date(2027, 3, 1)) == 1


@pytest.mark.parametrize("answer", [RetentionAnswer.ERASE, RetentionAnswer.ANONYMISE, RetentionAnswer.WAITING])
def test_here_nothing_is_erased(office: Office, answer: RetentionAnswer) -> None:
    with pytest.raises(Problem):
        retention.decide(office, [], answer, reason="weg")


@pytest.mark.parametrize("reason", ["", "   "])
def test_a_decision_needs_a_reason(office: Office, reason: str) -> None:
    with pytest.raises(Problem):
        retention.decide(office, [], RetentionAnswer.KEEP, reason=reason)


# The clock of the computer


@pytest.mark.parametrize("to", [date(2027, 2, 1), date(2026, 11, 18), date(1970, 1, 2), date(2106, 1, 1)])
def test_a_jump_of_the_clock_is_asked_about(office: Office, clock: TickingClock, to: date) -> None:
    person(office)
    retention.run(office)
    before = (items(office), counts(office))
    clock.to(to)
    with pytest.raises(Problem):
        retention.run(office)
    assert (items(office), counts(office)) == before
    assert retention.run(office, clock_is_right=True).found == len(due(office, to))


@pytest.mark.parametrize("to", [date(2026, 11, 21), date(2026, 12, 20), date(2027, 1, 4)])
def test_a_holiday_is_no_jump(office: Office, clock: TickingClock, to: date) -> None:
    retention.run(office)
    clock.to(to, hour=20)
    retention.run(office)


def test_the_look_is_due_once_a_day_and_after_a_clock_was_set_back(office: Office, clock: TickingClock) -> None:
    assert retention.is_due(office)
    retention.run(office)
    assert not retention.is_due(office)
    clock.at += timedelta(hours=23, minutes=59)
    assert not retention.is_due(office)
    clock.at += timedelta(minutes=2)
    assert retention.is_due(office)
    clock.at -= timedelta(days=3)
    assert retention.is_due(office)


def test_a_run_that_failed_is_due_again(office: Office, clock: TickingClock, monkeypatch: pytest.MonkeyPatch) -> None:
    person(office)
    clock.to(date(2027, 6, 1))

    def fails(*_args: object) -> None:
        raise OSError("disk")

    monkeypatch.setattr(retention, "_queue", fails)
    with pytest.raises(OSError, match="disk"):
        retention.run(office)
    assert retention.is_due(office)
    assert items(office) == []
