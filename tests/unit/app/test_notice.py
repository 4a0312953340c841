"""What a locked program still says: numbers and days, true on the day it is said."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from desktop_crm.app.notice import lines
from desktop_crm.services.due import DueCounts
from desktop_crm.words import Words

TODAY = date(2026, 11, 21)


def said(counts: DueCounts, day: date = TODAY) -> list[str]:
    return [Words("en").say(line) for line in lines(counts, day)]


@pytest.mark.parametrize(
    ("days", "line"),
    [
        ((-2, -1, 5), "2 answers are late"),
        ((0, 4), "1 answer is due today"),
        ((1,), "One answer is due in 1 day"),
        ((3, 9), "One answer is due in 3 days"),
    ],
)
def test_the_next_answer_is_told_by_its_days(days: tuple[int, ...], line: str) -> None:
    counts = DueCounts(tuple(TODAY + timedelta(day) for day in days), (), 0)
    assert said(counts) == [line]


def test_what_is_far_away_is_not_told_until_it_is_near() -> None:
    counts = DueCounts((TODAY + timedelta(20),), (), 0)
    assert said(counts) == []
    assert said(counts, TODAY + timedelta(17)) == ["One answer is due in 3 days"]


def test_answers_come_before_tasks_and_tasks_before_what_waits() -> None:
    counts = DueCounts((TODAY,), (TODAY - timedelta(1), TODAY, TODAY + timedelta(1)), 14)
    assert said(counts) == ["1 answer is due today", "2 tasks for today", "14 entries wait for your yes"]


def test_nothing_due_says_nothing() -> None:
    assert said(DueCounts((), (), 0)) == []
