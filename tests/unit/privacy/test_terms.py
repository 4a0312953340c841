"""Keeping times by the calendar."""

from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.privacy.terms import Anchor, Unit, due_from, ends, kept_until, later

DAYS = st.dates(date(1990, 1, 1), date(2100, 12, 31))
UNITS = st.sampled_from([*Unit])
ANCHORS = st.sampled_from([*Anchor])
YEAR_ENDS = st.sampled_from([(12, 31), (3, 31), (6, 30), (9, 30), (2, 28), (2, 29), (4, 5), (1, 1)])


@dataclass(frozen=True)
class Years:
    """A term of years from the end of the calendar year."""

    length: int
    unit: str = "years"
    anchor: str = "calendar_year_end"


@pytest.mark.parametrize(
    ("start", "length", "unit", "end"),
    [
        ("2027-01-31", 1, "months", "2027-02-28"),
        ("2028-01-31", 1, "months", "2028-02-29"),
        ("2026-11-30", 3, "months", "2027-02-28"),
        ("2026-10-31", 1, "months", "2026-11-30"),
        ("2026-12-31", 2, "months", "2027-02-28"),
        ("2028-02-29", 1, "years", "2029-02-28"),
        ("2028-02-29", 4, "years", "2032-02-29"),
        ("2026-11-21", 90, "days", "2027-02-19"),
        ("2026-02-28", 1, "months", "2026-03-28"),
        ("2026-11-21", 0, "months", "2026-11-21"),
    ],
)
def test_later_by_the_calendar(start: str, length: int, unit: str, end: str) -> None:
    assert later(date.fromisoformat(start), length, unit) == date.fromisoformat(end)


def test_an_invoice_of_november_2026_is_kept_until_the_end_of_2034() -> None:
    assert kept_until(date(2026, 11, 21), 8, "years", "calendar_year_end") == date(2034, 12, 31)
    assert due_from(date(2026, 11, 21), 8, "years", "calendar_year_end") == date(2035, 1, 1)
    assert ends(date(2026, 11, 21), Years(8)) == date(2034, 12, 31)


def test_the_end_of_2026_releases_2018() -> None:
    for day in (date(2018, 1, 1), date(2018, 12, 31)):
        assert kept_until(day, 8, "years", "calendar_year_end") == date(2026, 12, 31)
    assert kept_until(date(2019, 1, 1), 8, "years", "calendar_year_end") == date(2027, 12, 31)


@pytest.mark.parametrize(
    ("event", "year_end", "last"),
    [
        (date(2026, 6, 30), (6, 30), date(2034, 6, 30)),
        (date(2026, 7, 1), (6, 30), date(2035, 6, 30)),
        (date(2026, 11, 21), (2, 29), date(2035, 2, 28)),
        (date(2028, 2, 29), (2, 29), date(2036, 2, 29)),
        (date(2028, 3, 1), (2, 29), date(2037, 2, 28)),
        (date(2026, 11, 21), (12, 31), date(2034, 12, 31)),
    ],
)
def test_fiscal_years(event: date, year_end: tuple[int, int], last: date) -> None:
    assert kept_until(event, 8, "years", "fiscal_year_end", year_end) == last


def test_months_from_a_year_end_end_with_a_month() -> None:
    assert kept_until(date(2026, 5, 4), 18, "months", "fiscal_year_end", (6, 30)) == date(2027, 12, 31)
    assert kept_until(date(2026, 5, 4), 2, "months", "calendar_year_end") == date(2027, 2, 28)


def test_the_calendar_year_does_not_ask_for_the_fiscal_one() -> None:
    assert kept_until(date(2026, 11, 21), 3, "years", "calendar_year_end", (6, 30)) == date(2029, 12, 31)


def test_a_date_far_away_never_falls_due() -> None:
    for anchor in Anchor:
        for unit in Unit:
            assert due_from(date(9999, 12, 31), 3, unit, anchor, (6, 30)) == date.max
    assert later(date(9990, 1, 1), 10, "years") == date.max
    assert later(date(2026, 1, 1), 10**9, "days") == date.max


@pytest.mark.parametrize(
    ("length", "unit", "anchor", "year_end"),
    [
        (-1, "days", "event", (12, 31)),
        (1, "weeks", "event", (12, 31)),
        (1, "days", "birthday", (12, 31)),
        (1, "days", "fiscal_year_end", (2, 30)),
    ],
)
def test_nonsense_is_refused(length: int, unit: str, anchor: str, year_end: tuple[int, int]) -> None:
    with pytest.raises(ValueError, match=r"negative|is not a valid|day (is )?out of range|day 30 must be"):
        kept_until(date(2026, 11, 21), length, unit, anchor, year_end)


@given(DAYS, st.integers(0, 400))
def test_months_land_in_the_right_month_and_never_past_the_day(start: date, months: int) -> None:
    end = later(start, months, "months")
    assert (end.year * 12 + end.month) - (start.year * 12 + start.month) == months
    assert end.day == start.day or (end.day < start.day and (end + timedelta(days=1)).day == 1)


@given(DAYS, st.integers(0, 60))
def test_twelve_months_are_a_year(start: date, years: int) -> None:
    assert later(start, years * 12, "months") == later(start, years, "years")


@given(DAYS, st.integers(0, 40), UNITS, ANCHORS, YEAR_ENDS)
def test_due_is_the_day_after(event: date, length: int, unit: Unit, anchor: Anchor, year_end: tuple[int, int]) -> None:
    until = kept_until(event, length, unit, anchor, year_end)
    assert until >= event
    assert due_from(event, length, unit, anchor, year_end) - until == timedelta(days=1)


@given(DAYS, st.integers(0, 400), st.integers(0, 40), UNITS, ANCHORS, YEAR_ENDS)
def test_the_later_event_never_goes_first(
    event: date, gap: int, length: int, unit: Unit, anchor: Anchor, year_end: tuple[int, int]
) -> None:
    after = kept_until(event + timedelta(days=gap), length, unit, anchor, year_end)
    assert kept_until(event, length, unit, anchor, year_end) <= after


@given(DAYS, st.integers(1, 12), st.integers(0, 20))
def test_fiscal_years_end_on_their_day(event: date, month: int, years: int) -> None:
    end = (later(date(2028, month, 1), 1, "months") - timedelta(days=1)).day
    until = kept_until(event, years, "years", "fiscal_year_end", (month, end))
    assert until.month == month
    assert (until + timedelta(days=1)).day == 1
    assert later(event, years, "years") <= until <= later(event, years + 1, "years")
