"""Arithmetic of keeping times and terms, by the calendar: a month is never thirty days.

A term that starts with an event does not count the day of the event and ends on the same day number, or on the last
day of a shorter month (Regulation (EEC, Euratom) 1182/71, Art. 3; § 187 para. 1 and § 188 of the German civil code).
A term that starts with the end of a year counts from the first day of the next year (§ 187 para. 2).
"""

import calendar
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol

from desktop_crm.words import M

OUR_HABIT = M("our habit")
"""Said instead of a law where a keeping time follows from none."""


class Unit(StrEnum):
    """What a length counts."""

    DAYS = "days"
    MONTHS = "months"
    YEARS = "years"


class Anchor(StrEnum):
    """From when a keeping time runs: the event itself, or the end of the year in which it falls."""

    EVENT = "event"
    CALENDAR_YEAR_END = "calendar_year_end"
    FISCAL_YEAR_END = "fiscal_year_end"


class Term(Protocol):
    """A length of time and where it starts: a retention rule or a statutory keeping time."""

    @property
    def length(self) -> int: ...
    @property
    def unit(self) -> str: ...
    @property
    def anchor(self) -> str: ...


CALENDAR_YEAR = (12, 31)
"""Month and day on which a fiscal year ends that is the calendar year."""

_DAY = timedelta(days=1)


def later(start: date, length: int, unit: str) -> date:
    """The day `length` days, months or years after `start`; a day a month does not have becomes its last day.

    A day beyond the year 9999 becomes the last day there is: a mistyped far date then never falls due.

    Raises:
        ValueError: a negative length, or a unit that is none.
    """
    if length < 0:
        raise ValueError("a term cannot be negative")
    if Unit(unit) is Unit.DAYS:
        return start + timedelta(days=min(length, (date.max - start).days))
    months = start.month - 1 + length * (12 if Unit(unit) is Unit.YEARS else 1)
    year, month = start.year + months // 12, months % 12 + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(start.day, _last_day(year, month)))


def kept_until(
    event: date, length: int, unit: str, anchor: str, fiscal_year_end: tuple[int, int] = CALENDAR_YEAR
) -> date:
    """The last day on which something is kept.

    An invoice of November 2026 with eight years from the end of the calendar year is kept until 2034-12-31.

    Args:
        event: the day that starts the term.
        length: how many `unit` (days, months, years).
        anchor: `event`, `calendar_year_end` or `fiscal_year_end`.
        fiscal_year_end: month and day of the last day of the shop's fiscal year; 29 February means the end of
            February in each year.

    Raises:
        ValueError: an unknown unit or anchor, a negative length, or a month and day that are no date.
    """
    if Anchor(anchor) is Anchor.EVENT:
        return later(event, length, unit)
    end = CALENDAR_YEAR if Anchor(anchor) is Anchor.CALENDAR_YEAR_END else fiscal_year_end
    return _from_year_end(_year_end(event, end), length, unit)


def due_from(
    event: date, length: int, unit: str, anchor: str, fiscal_year_end: tuple[int, int] = CALENDAR_YEAR
) -> date:
    """The first day on which something may go: the day after `kept_until`. Same arguments, same errors."""
    return later(kept_until(event, length, unit, anchor, fiscal_year_end), 1, Unit.DAYS)


def ends(start: date, rule: Term, fiscal_year_end: tuple[int, int] = CALENDAR_YEAR) -> date:
    """The last day on which a rule keeps something that started on `start`; it may go from the day after."""
    return kept_until(start, rule.length, rule.unit, rule.anchor, fiscal_year_end)


def _from_year_end(end: date, length: int, unit: str) -> date:
    """The last day of a term that starts on the day after the end of a year."""
    if end == date.max:
        return date.max
    after = later(end + _DAY, length, unit)
    return after if after == date.max else after - _DAY


def _year_end(event: date, end: tuple[int, int]) -> date:
    """The last day of the year, ending each time on month and day `end`, in which `event` falls."""
    this = _day_in(event.year, end)
    if event <= this:
        return this
    return _day_in(event.year + 1, end) if event.year < date.max.year else date.max


def _day_in(year: int, end: tuple[int, int]) -> date:
    """That month and day of a year, 29 February in a common year being the 28th."""
    month, day = end
    if (month, day) != (2, 29):
        return date(year, month, day)
    return date(year, month, _last_day(year, month))


def _last_day(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]
