"""Which safety copies are kept: many of the last days, few of the weeks before, none older than the longest time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Thinning:
    """How many days and weeks have a copy, and after how many days a copy goes in any case."""

    daily: int = 7
    weekly: int = 4
    longest: int = 35


_USUAL = Thinning()


def to_keep(
    places: Mapping[str, Iterable[datetime]], now: datetime, zone: str, rule: Thinning = _USUAL
) -> set[tuple[str, datetime]]:
    """Those of the copies in each place that stay: the newest of each of the last days and weeks that have any.

    The newest of all stays however old it is: it goes when there is a newer one.
    """
    every = {(place, made) for place, copies in places.items() for made in copies}
    kept = {(place, made) for place, copies in places.items() for made in _in_one_place(copies, now, zone, rule)}
    return kept | {max(every, key=lambda one: one[1])} if every else set()


def _in_one_place(made: Iterable[datetime], now: datetime, zone: str, rule: Thinning) -> set[datetime]:
    here = ZoneInfo(zone)
    young = [one for one in sorted(made, reverse=True) if now - one <= timedelta(days=rule.longest)]
    days = _newest_of_each(young, lambda one: one.astimezone(here).date(), rule.daily)
    weeks = _newest_of_each(young, lambda one: one.astimezone(here).isocalendar()[:2], rule.weekly)
    return days | weeks


def _newest_of_each(
    newest_first: Iterable[datetime], period: Callable[[datetime], object], number: int
) -> set[datetime]:
    newest: dict[object, datetime] = {}
    for one in newest_first:
        newest.setdefault(period(one), one)
    return set(list(newest.values())[:number])
