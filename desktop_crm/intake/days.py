"""Reads birthdays as lists write them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import NamedTuple

from desktop_crm.intake import reasons
from desktop_crm.words import M


class Day(NamedTuple):
    """What was read: an ISO day, `--MM-DD`, or None; `reason` tells why part or all of the value is lost."""

    iso: str | None
    reason: M | None = None


_ISO = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?:[T ][\d:.,Z+-]*)?").fullmatch
_NO_YEAR = re.compile(r"--(\d\d)-?(\d\d)(?:T.*)?").fullmatch
_NUMBERS = re.compile(r"(\d{1,4})[./ -] ?(\d{1,2})[./ -] ?(\d{2,4})?(?: 0?0:00(?::00)?)?").fullmatch
_NAMED = re.compile(
    r"(?:(\d{1,2})(?:\.|st|nd|rd|th|er|º)? (?:de )?)?([^\W\d_]{3,})\.?,?(?: de)? ?(\d{1,4})?,? ?(\d{4})?"
).fullmatch
_PARTIAL = re.compile(r"\d{4}(?:-\d\d)?|--\d\d|---\d\d").fullmatch
_EMPTY = frozenset({"0.0.00", "0/0/00", "0.0.0000", "0/0/0000", "00.00.0000", "00/00/0000", "0000-00-00"})
_OMITTED_YEAR = 1604
_FIRST_YEAR = 1850
_LONGEST = 40
_SERIAL = re.compile(r"[1-9]\d{3,4}(?:\.0)?").fullmatch
_MONTHS = {
    **dict.fromkeys(("jan", "ene", "sty", "gen", "janv", "janner", "jän"), 1),
    **dict.fromkeys(("feb", "fév", "lut", "fev"), 2),
    **dict.fromkeys(("mar", "mär", "mrz", "mrt", "maa"), 3),
    **dict.fromkeys(("apr", "avr", "abr", "kwi"), 4),
    **dict.fromkeys(("may", "mai", "maj", "mag", "mei"), 5),
    **dict.fromkeys(("jun", "juin", "cze", "giu"), 6),
    **dict.fromkeys(("jul", "juil", "lip", "lug"), 7),
    **dict.fromkeys(("aug", "aoû", "ago", "sie", "aou"), 8),
    **dict.fromkeys(("sep", "wrz", "set"), 9),
    **dict.fromkeys(("oct", "okt", "paź", "ott", "paz"), 10),
    **dict.fromkeys(("nov", "lis"), 11),
    **dict.fromkeys(("dec", "dez", "déc", "dic", "gru"), 12),
}


def read_day(text: str, *, month_first: bool = False, serials: bool = False) -> Day:
    """Reads a birthday. `month_first` for 12/26/1960; `serials` where day numbers of Excel may stand in the cell."""
    if len(text) > _LONGEST:
        return Day(None, reasons.DATE_UNREADABLE)
    text = " ".join(text.split())
    if text in _EMPTY:
        return Day(None, reasons.DATE_EMPTY)
    if match := _ISO(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _NO_YEAR(text):
        return _day(None, int(match[1]), int(match[2]))
    if match := _NUMBERS(text):
        return _from_numbers(match[1], match[2], match[3], month_first=month_first)
    if serials and _SERIAL(text):
        return Day((date(1899, 12, 30) + timedelta(days=int(float(text)))).isoformat())
    if _PARTIAL(text):
        return Day(None, reasons.DATE_NO_DAY)
    return _from_names(text)


def _from_numbers(first: str, second: str, third: str | None, *, month_first: bool) -> Day:
    if len(first) > 2:
        return _day(int(first), int(second), int(third or 0)) if len(first) == 4 else Day(None, reasons.DATE_UNREADABLE)
    day, month = (int(second), int(first)) if month_first else (int(first), int(second))
    if month > 12 >= day:
        day, month = month, day
    if third is None or len(third) == 2:
        without_year = _day(None, month, day)
        return Day(without_year.iso, reasons.DATE_SHORT_YEAR) if third and without_year.iso else without_year
    return _day(int(third), month, day)


def _from_names(text: str) -> Day:
    """`26. Dezember 1960`, `26 Dec`, `Dec 26, 1960`."""
    match = _NAMED(text)
    if match is None:
        return Day(None, reasons.DATE_UNREADABLE)
    before, name, after, year = match.groups()
    month = _MONTHS.get(name[:4].casefold()) or _MONTHS.get(name[:3].casefold())
    if month is None:
        return Day(None, reasons.DATE_UNREADABLE)
    if before:
        return _day(int(after) if after else None, month, int(before))
    return _day(int(year) if year else None, month, int(after)) if after else Day(None, reasons.DATE_NO_DAY)


def _day(year: int | None, month: int, day: int) -> Day:
    try:
        date(year or 2000, month, day)
    except ValueError:
        return Day(None, reasons.DATE_UNREADABLE)
    if year is None or year == _OMITTED_YEAR:
        return Day(f"--{month:02d}-{day:02d}")
    return Day(f"{year}-{month:02d}-{day:02d}") if year >= _FIRST_YEAR else Day(None, reasons.DATE_UNREADABLE)


def months_first(values: list[str], country: str) -> bool:
    """Whether a column of dates puts the month first: told by a number above 12, else by the shop's country."""
    pairs = [(int(m[1]), int(m[2])) for m in map(_NUMBERS, values) if m and len(m[1]) <= 2]
    if any(first > 12 for first, _ in pairs):
        return False
    return any(second > 12 for _, second in pairs) or country in {"US", "PH"}
