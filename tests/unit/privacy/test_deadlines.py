"""Until when a privacy request is answered: the worked examples of the law sheet, and what always holds."""

import subprocess
import sys
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.privacy.deadlines import Deadline, Pause, answer_due, extended_due, grace_end, latest_grace_end
from desktop_crm.privacy.terms import later
from desktop_crm.words import M, Problem, Words

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
PLACES = st.sampled_from(
    [("DE", "SN"), ("DE", "BY"), ("DE", ""), ("AT", ""), ("FR", "6AE"), ("ES", "MD"), ("GB", "SCT")]
)


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("received", "unmoved", "due"),
    [
        ("2027-01-31", "2027-02-28", "2027-03-01"),
        ("2026-08-31", "2026-09-30", "2026-09-30"),
        ("2026-12-01", "2027-01-01", "2027-01-04"),
        ("2028-01-31", "2028-02-29", "2028-02-29"),
        ("2026-11-25", "2026-12-25", "2026-12-28"),
        ("2026-11-21", "2026-12-21", "2026-12-21"),
    ],
)
def test_the_answer_in_saxony(received: str, unmoved: str, due: str) -> None:
    deadline = answer_due(day(received), "DE", "SN")
    assert (deadline.unmoved, deadline.due) == (day(unmoved), day(due))


@pytest.mark.parametrize(
    ("received", "unmoved", "due"),
    [
        ("2027-01-31", "2027-04-30", "2027-04-30"),
        ("2026-08-31", "2026-11-30", "2026-11-30"),
        ("2026-11-30", "2027-02-28", "2027-03-01"),
    ],
)
def test_an_extension_is_counted_from_receipt(received: str, unmoved: str, due: str) -> None:
    deadline = extended_due(day(received), "DE", "SN")
    assert (deadline.unmoved, deadline.due) == (day(unmoved), day(due))


def test_the_region_decides() -> None:
    received = day("2026-10-18")  # 18 November 2026, a Wednesday: a holiday in Saxony only
    assert answer_due(received, "DE", "SN").due == day("2026-11-19")
    assert answer_due(received, "DE", "Sachsen").due == day("2026-11-19")
    assert answer_due(received, "DE", "BE").due == day("2026-11-18")
    assert answer_due(received, "DE").due == day("2026-11-18")


def test_other_laws_count_days_and_do_not_move() -> None:
    assert answer_due(day("2026-11-21"), "BR").due == day("2026-12-06")
    assert answer_due(day("2026-11-25"), "CH", "ZH").due == day("2026-12-25")
    with pytest.raises(Problem):
        extended_due(day("2026-11-25"), "CH")


def test_local_feasts_of_a_country_without_regions_move_nothing() -> None:
    received = day("2026-05-29")  # 29 June is the feast of Rome
    assert answer_due(received, "IT", "RM").due == day("2026-06-29")


def said(deadline: Deadline, language: str = "en") -> str:
    return Words(language).say(deadline.reason)


def test_the_reason_is_told() -> None:
    assert said(answer_due(day("2027-01-31"), "DE", "SN")) == (
        "1 month from 31 Jan 2027, when it came in. That month has no day 31, so its last day counts. "
        "28 Feb 2027, a Sunday, is no working day, so the next one counts."
    )
    assert "1 Jan 2027, a public holiday, is no working day" in said(answer_due(day("2026-12-01"), "DE", "SN"))
    assert "16 Jan 2027, a Saturday, is" in said(answer_due(day("2026-12-16"), "DE", "SN"))
    assert said(extended_due(day("2026-11-02"), "DE", "SN")) == "3 months from 2 Nov 2026, when it came in."
    assert said(answer_due(day("2026-11-21"), "BR")) == "15 days from 21 Nov 2026, when it came in."
    assert "no region is known" in said(answer_due(day("2026-11-21"), "DE"))


def test_the_reason_is_told_in_german() -> None:
    assert said(answer_due(day("2027-01-31"), "DE", "SN"), "de") == (
        "1 Monat ab Eingang am 31.01.2027. Den Tag 31 gibt es in jenem Monat nicht, daher zählt sein letzter Tag. "
        "28.02.2027, ein Sonntag, ist kein Arbeitstag, daher zählt der nächste."
    )


def test_a_country_whose_holidays_are_unknown_gets_weekends_and_is_told() -> None:
    deadline = answer_due(day("2026-11-25"), "ZZ")  # 25 December 2026 is a Friday
    assert deadline.due == day("2026-12-25")
    assert "only weekends are counted" in said(deadline)
    assert answer_due(day("2026-11-26"), "ZZ").due == day("2026-12-28")


def test_years_beyond_the_calendar_are_told_too() -> None:
    assert "only weekends are counted" in said(answer_due(day("2150-03-03"), "DE", "SN"))


def test_a_pause_adds_its_days_before_the_move() -> None:
    paused = answer_due(day("2026-11-02"), "DE", "SN", [Pause(day("2026-11-05"), day("2026-11-15"))])
    assert (paused.unmoved, paused.due) == (day("2026-12-12"), day("2026-12-14"))
    assert "10 days of waiting for proof" in said(paused)


def test_overlapping_pauses_count_once() -> None:
    pauses = [Pause(day("2026-11-05"), day("2026-11-15")), Pause(day("2026-11-10"), day("2026-11-12"))]
    assert answer_due(day("2026-11-02"), "DE", "SN", pauses).unmoved == day("2026-12-12")


def test_a_late_question_revives_nothing() -> None:
    late = [Pause(day("2026-12-03"), day("2027-02-01"))]
    assert answer_due(day("2026-11-02"), "DE", "SN", late) == answer_due(day("2026-11-02"), "DE", "SN")


@pytest.mark.parametrize(
    "pause", [Pause(date(2026, 11, 9), date(2026, 11, 8)), Pause(date(2026, 11, 1), date(2026, 11, 8))]
)
def test_impossible_pauses_are_refused(pause: Pause) -> None:
    with pytest.raises(ValueError, match="pause"):
        answer_due(day("2026-11-02"), "DE", "SN", [pause])


def test_grace_ends_three_days_before_the_answer() -> None:
    deadline = answer_due(day("2026-11-21"), "DE", "SN")
    assert latest_grace_end(deadline) == day("2026-12-18")
    assert grace_end(day("2026-11-21"), 30, deadline) == day("2026-12-18")
    assert grace_end(day("2026-11-21"), 7, deadline) == day("2026-11-28")
    assert grace_end(day("2026-11-21"), 0, deadline) == day("2026-11-21")
    assert grace_end(day("2026-12-20"), 30, deadline) == day("2026-12-20")


@given(DAYS, PLACES)
def test_a_deadline_is_a_working_day_soon_after_the_bare_month(received: date, place: tuple[str, str]) -> None:
    deadline = answer_due(received, *place)
    assert deadline.unmoved == later(received, 1, "months")
    assert deadline.due.weekday() < 5
    assert timedelta(0) <= deadline.due - deadline.unmoved <= timedelta(days=5)


@given(DAYS, PLACES)
def test_an_extension_never_stacks(received: date, place: tuple[str, str]) -> None:
    assert extended_due(received, *place).unmoved == later(received, 3, "months")
    assert extended_due(received, *place).due > answer_due(received, *place).due


@given(DAYS, st.integers(0, 20))
def test_without_a_region_never_later(received: date, land: int) -> None:
    lands = ("BW", "BY", "BE", "BB", "HB", "HH", "HE", "MV", "NI", "NW", "RP", "SL", "SN", "ST", "SH", "TH")
    assert answer_due(received, "DE").due <= answer_due(received, "DE", lands[land % 16]).due


@given(DAYS, st.integers(0, 40), st.integers(0, 40))
def test_a_pause_never_shortens(received: date, after: int, days: int) -> None:
    asked = received + timedelta(days=after)
    paused = answer_due(received, "DE", "SN", [Pause(asked, asked + timedelta(days=days))])
    bare = answer_due(received, "DE", "SN")
    assert paused.unmoved - bare.unmoved in (timedelta(0), timedelta(days=days))
    assert paused.due >= bare.due


def test_the_holiday_library_is_loaded_only_when_asked() -> None:
    code = "import sys, desktop_crm.privacy.deadlines; sys.exit('holidays' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_reason_holds_no_value_in_its_name() -> None:
    assert "2027" not in repr(answer_due(day("2027-01-31"), "DE", "SN").reason)
    assert isinstance(answer_due(day("2027-01-31"), "DE", "SN").reason, M)
