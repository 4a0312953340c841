"""All that the page about keeping times shows, asked in one go."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from desktop_crm.records.retention import RetentionRun
from desktop_crm.services import keeping
from desktop_crm.services.keeping import HeldRow, QueueGroup, QueueRow, RuleView
from desktop_crm.services.office import Office
from desktop_crm.services.who import Caller, by_name
from desktop_crm.words import M


@dataclass(frozen=True, slots=True, repr=False)
class Group:
    """What waits together: under one rule, or kept until the same day that is over now."""

    key: str
    title: M
    rows: tuple[QueueRow, ...]

    @property
    def overdue(self) -> int:
        """How many wait longer than 30 days."""
        return sum(row.overdue for row in self.rows)


@dataclass(frozen=True, slots=True, repr=False)
class Standing:
    """The four tabs."""

    today: date
    groups: tuple[Group, ...]
    rules: Sequence[RuleView]
    runs: Sequence[RetentionRun]
    held: Sequence[HeldRow]
    caller: Caller
    """Who did it, by name or by role."""

    @property
    def waiting(self) -> int:
        """How many entries wait for a yes."""
        return sum(len(group.rows) for group in self.groups)

    @property
    def counted(self) -> tuple[object, ...]:
        """What the counts of the rules depend on; counting anew takes seconds in a large file."""
        return (self.today, self.waiting, len(self.held), self.runs[0].id if self.runs else b"")


@dataclass(frozen=True, slots=True)
class Touched:
    """How many entries each rule touches today, and by New Year, by its code."""

    now: Mapping[str, int]
    new_year: Mapping[str, int]


def standing(office: Office) -> Standing:
    """What the services know. Runs on a worker thread."""
    return Standing(
        office.today(),
        tuple(grouped(keeping.queue_view(office))),
        keeping.rules_view(office, counting=False),
        keeping.runs(office),
        keeping.held(office),
        office.read(partial(by_name, office)),
    )


def touched(office: Office) -> Touched:
    """The counts of the rules. Times that run from the end of a year are over on the first day of the next one."""
    today = office.today()
    return Touched(keeping.touches_by(office, today), keeping.touches_by(office, date(today.year + 1, 1, 1)))


def grouped(groups: Sequence[QueueGroup]) -> list[Group]:
    """The groups of the rules, those with entries that wait long first; what was kept until a day stands at the end."""
    kept: defaultdict[date, list[QueueRow]] = defaultdict(list)
    found: list[Group] = []
    for group in groups:
        rows = tuple(row for row in group.rows if row.kept_until is None)
        if rows:
            found.append(Group(group.code, group.title, rows))
        for row in group.rows:
            if row.kept_until is not None:
                kept[row.kept_until].append(row)
    found.sort(key=lambda one: one.overdue == 0)
    until = (
        Group(day.isoformat(), M("You kept these until {day}", day=day), tuple(rows))
        for day, rows in sorted(kept.items())
    )
    return [*found, *until]
