"""Permissions over time: how often somebody said yes or no, took it back, or let it run out, month by month."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime
from enum import StrEnum

from desktop_crm.records.audit import Verb
from desktop_crm.records.consent import ConsentEvent
from desktop_crm.services.acts import act
from desktop_crm.services.listing import asked_purposes
from desktop_crm.services.office import Office
from desktop_crm.storage import renewing
from desktop_crm.storage.transaction import Reading
from desktop_crm.words import M

MONTHS = 24
"""So many months are shown, this one included."""


class What(StrEnum):
    """What is counted."""

    GIVEN = "given"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


WORDS: dict[What, M] = {
    What.GIVEN: M("Said yes"),
    What.WITHDRAWN: M("Said no or took it back"),
    What.EXPIRED: M("Ran out"),
}
_COUNTED = {"given": What.GIVEN, "refused": What.WITHDRAWN, "withdrawn": What.WITHDRAWN, "expired": What.EXPIRED}


@dataclass(frozen=True, slots=True)
class Month:
    """One month by its first day, with how often each came about."""

    first: date
    numbers: tuple[tuple[What, int], ...]

    def of(self, what: What) -> int:
        """How often that came about."""
        return dict(self.numbers)[what]


@dataclass(frozen=True, slots=True)
class Months:
    """The months up to now, the oldest first, and the purposes there are to choose from, by code and name."""

    months: tuple[Month, ...]
    purposes: tuple[tuple[str, str], ...]

    @property
    def empty(self) -> bool:
        """Whether nothing came about at all."""
        return not any(number for month in self.months for _, number in month.numbers)


@act(Verb.LIST, ConsentEvent)
def by_month(office: Office, purpose: str | None = None) -> Months:
    """The last 24 months, for all purposes in use together or for the one of that code."""
    firsts = _firsts(office.today())

    def work(reading: Reading) -> Months:
        asked = asked_purposes(reading)
        chosen = {one.id for one in asked if purpose in (None, one.code)}
        since = datetime(firsts[0].year, firsts[0].month, 1, tzinfo=UTC)
        counted = Counter[tuple[str, What]]()
        for one in renewing.by_month(reading, since, office.clock.now()):
            if one.purpose in chosen:
                counted[one.month, _COUNTED[one.what]] += one.number
        months = (Month(day, tuple((what, counted[f"{day:%Y-%m}", what]) for what in What)) for day in firsts)
        return Months(tuple(months), tuple((one.code, one.name) for one in asked))

    return office.read(work)


def _firsts(today: date) -> list[date]:
    last = today.year * 12 + today.month - 1
    return [date(month // 12, month % 12 + 1, 1) for month in range(last - MONTHS + 1, last + 1)]
