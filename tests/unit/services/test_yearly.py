"""The questions about the shop itself: when they are asked, and what an answer is worth."""

from __future__ import annotations

from datetime import timedelta

from desktop_crm.records.technical import Setting, YearlyQuestion
from desktop_crm.services import health, today
from desktop_crm.services.office import Office
from desktop_crm.services.yearly import FIRST_AFTER, YEARLY, Answer, answer_yearly, yearly
from tests.privacy.shop import clock_of


def due(office: Office) -> set[YearlyQuestion]:
    return {one.question for one in yearly(office) if one.due}


def test_a_new_shop_is_left_alone_for_a_month(office: Office) -> None:
    assert due(office) == set()
    assert not today.today(office).safety.yearly
    clock_of(office).at += FIRST_AFTER
    assert due(office) == set(YearlyQuestion)
    assert today.today(office).safety.yearly


def test_an_answer_counts_for_a_year(office: Office) -> None:
    clock_of(office).at += FIRST_AFTER
    for question in YearlyQuestion:
        answer_yearly(office, question, in_order=question is not YearlyQuestion.STICKS)
    assert due(office) == set()
    found = {one.finding.key: one.finding for one in health.look_over(office, parts=frozenset({health.Part.SHOP}))}
    assert {key for key, finding in found.items() if not finding.sound} == {"asked-sticks"}
    assert not any(finding.unknown for finding in found.values())
    clock_of(office).at += YEARLY - timedelta(days=1)
    assert due(office) == set()
    clock_of(office).at += timedelta(days=1)
    assert due(office) == set(YearlyQuestion)
    again = health.look_over(office, parts=frozenset({health.Part.SHOP}))
    assert all(one.finding.unknown for one in again)


def test_the_last_answer_holds(office: Office) -> None:
    answer_yearly(office, YearlyQuestion.ROOM, in_order=False)
    answer_yearly(office, YearlyQuestion.ROOM, in_order=True)
    assert yearly(office)[0].answer == Answer(office.today(), True)


def test_an_answer_that_cannot_be_read_counts_as_none(office: Office) -> None:
    for spoilt in ("", "yes", "2026-13-40 yes", "2026-11-21 perhaps", "2026-11-21 yes no"):
        office.store.write(lambda w, text=spoilt: w.put(Setting(name="yearly.room", value=text)))  # type: ignore[misc]
        assert yearly(office)[0].answer is None, spoilt
