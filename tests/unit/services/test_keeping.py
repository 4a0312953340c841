"""The page about keeping times: plain rules, the queue rule by rule, what must stay, and what was tidied."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from desktop_crm.records.contact import Stage
from desktop_crm.records.retention import RetentionAnswer
from desktop_crm.services import contacts, keeping, retention
from desktop_crm.services.office import Office
from desktop_crm.words import Problem, Words
from tests.counting import waiting_entries
from tests.privacy.shop import TickingClock
from tests.unit.services.test_retention import person

WORDS = Words("en", "Europe/Berlin")
LONG_AGO = datetime(2020, 3, 5, 12, tzinfo=UTC)


def rows(office: Office) -> dict[str, list[keeping.QueueRow]]:
    return {group.code: list(group.rows) for group in keeping.queue_view(office)}


@pytest.fixture
def waiting(office: Office, clock: TickingClock) -> tuple[bytes, bytes]:
    """Somebody who is only interested, and a customer with an old note; both wait for a yes."""
    lead, customer = person(office), person(office, stage=Stage.CUSTOMER)
    contacts.note(office, customer, "Zwetschgenrot", happened_at=LONG_AGO)
    clock.to(date(2027, 3, 1))
    retention.run(office, clock_is_right=True)
    return lead, customer


@pytest.mark.usefixtures("waiting")
def test_a_rule_is_a_plain_sentence_with_its_source_and_reach(office: Office) -> None:
    told = {rule.code: rule for rule in keeping.rules_view(office)}
    lead, invoice = told["lead"], told["kept-invoice"]
    assert WORDS.say(lead.sentence) == "Interested, never ordered: 90 days, counted from: last contact"
    assert (WORDS.say(lead.law), lead.touches_now, lead.habit) == ("our habit", 1, True)
    assert (WORDS.say(invoice.law), invoice.touches_now) == ("§ 147 AO, § 14b UStG", 0)
    assert told["service-note"].touches_now == 1
    assert all(rule.source and rule.as_of for rule in told.values())


def test_a_rule_can_be_tried_for_a_day_to_come(office: Office) -> None:
    person(office)
    assert keeping.touches_by(office, date(2027, 2, 19))["lead"] == 0
    assert keeping.touches_by(office, date(2027, 2, 20))["lead"] == 1
    assert waiting_entries(office) == 0


def test_the_queue_tells_who_what_and_since_when(office: Office, waiting: tuple[bytes, bytes]) -> None:
    lead, customer = waiting
    queue = rows(office)
    assert waiting_entries(office) == 2
    (first,), (note,) = queue["lead"], queue["service-note"]
    assert (first.person, first.name, first.since) == (lead, "Person 0", date(2027, 2, 20))
    assert WORDS.say(first.line) == "Last heard of on 21 Nov 2026"
    assert (note.person, note.name, WORDS.say(note.line)) == (customer, "Person 1", "note of 5 Mar 2020")
    assert (first.whole_person, note.whole_person) == (True, False)


@pytest.mark.usefixtures("waiting")
def test_what_waits_for_a_month_is_overdue(office: Office, clock: TickingClock) -> None:
    assert [group.overdue for group in keeping.queue_view(office)] == [0, 0]
    clock.to(date(2027, 4, 1))
    assert [group.overdue for group in keeping.queue_view(office)] == [1, 1]


@pytest.mark.usefixtures("waiting")
def test_what_was_kept_until_a_day_comes_back_with_its_reason(office: Office, clock: TickingClock) -> None:
    (item,) = [row.item for row in rows(office)["lead"]]
    retention.decide(office, [item], RetentionAnswer.KEEP, reason="Hochzeit im Mai", until=date(2027, 6, 1))
    assert "lead" not in rows(office)
    clock.to(date(2027, 6, 2))
    retention.run(office, clock_is_right=True)
    (back,) = rows(office)["lead"]
    assert (back.item, back.kept_until, back.kept_why) == (item, date(2027, 6, 1), "Hochzeit im Mai")
    assert back.since == date(2027, 6, 2), "until then nobody waited for a yes"


@pytest.mark.usefixtures("waiting")
def test_what_must_not_be_deleted_is_listed_until_it_is_released(office: Office) -> None:
    (item,) = [row.item for row in rows(office)["lead"]]
    retention.decide(office, [item], RetentionAnswer.HOLD, reason="Streit um Rechnung 7")
    (held,) = keeping.held(office)
    assert (held.name, held.reason, held.since, held.until) == (
        "Person 0",
        "Streit um Rechnung 7",
        date(2027, 3, 1),
        None,
    )
    assert WORDS.say(held.who) == "Owner"
    assert retention.release(office, [item]) == 1
    assert (keeping.held(office), [row.item for row in rows(office)["lead"]]) == ([], [item])
    assert retention.release(office, [item]) == 0, "it was released already"


@pytest.mark.usefixtures("waiting")
def test_a_hold_that_is_over_is_no_hold(office: Office, clock: TickingClock) -> None:
    (item,) = [row.item for row in rows(office)["lead"]]
    retention.decide(office, [item], RetentionAnswer.HOLD, reason="Streit", until=date(2027, 3, 5))
    clock.to(date(2027, 3, 5))
    assert len(keeping.held(office)) == 1
    clock.to(date(2027, 3, 6))
    assert keeping.held(office) == []


def test_a_yes_says_whom_it_erases_whole(office: Office, waiting: tuple[bytes, bytes]) -> None:
    lead, _ = waiting
    items = [row.item for group in keeping.queue_view(office) for row in group.rows]
    going = keeping.going(office, items)
    assert (going.people, len(going.entries)) == ((lead,), 1)
    with pytest.raises(Problem, match="is a person"):
        retention.carry_out(office, items)
    assert retention.carry_out(office, going.entries) == 1
    assert [row.person for some in rows(office).values() for row in some] == [lead]


@pytest.mark.usefixtures("waiting")
def test_every_look_and_every_yes_is_in_the_run_log(office: Office) -> None:
    (note,) = [row.item for row in rows(office)["service-note"]]
    retention.carry_out(office, [note])
    assert [(run.found, run.new, run.erased) for run in keeping.runs(office)] == [(0, 0, 1), (2, 2, 0)]
    assert len(keeping.runs(office, limit=1)) == 1
