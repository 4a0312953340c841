"""Whose yes runs out, ran out, or no longer covers the words of today: how many, and those whose turn comes first."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from heapq import nsmallest
from typing import Any

from desktop_crm.records.use import Outcome
from desktop_crm.storage.listing import ask
from desktop_crm.storage.rows import instant_text
from desktop_crm.storage.transaction import CHUNK, Reading

STAGES = ("ending", "too-old", "new-words", "asked", "barred")
"""Still counts, ran out, was said to other words; was asked lately; must not be asked. Each is in one of them."""


@dataclass(frozen=True, slots=True)
class Renewed:
    """A purpose whose yeses are asked for anew, with its moments.

    `now` and `soon`: what ends until then. The same less the days of the purpose, for lines of the first form:
    `too_old`, `soon_old`, and `days`; None: they do not age. `rested`: who was asked after it is left alone.
    """

    purpose: bytes
    now: datetime
    soon: datetime
    rested: datetime
    days: int | None = None
    too_old: datetime | None = None
    soon_old: datetime | None = None
    renewed_at: datetime | None = None
    advertising: bool = True
    """Whether an objection to all advertising is one to this."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One person with one purpose, and where they stand in the queue."""

    person: bytes
    purpose: bytes
    stage: str


_QUEUE = f"""
WITH about (purpose_id, now, soon, rested, days, too_old, soon_old, renewed_at, advertising) AS (VALUES {{marks}}),
last AS (
    SELECT contact_id, purpose_id, state, form, happened_at, ends_at, max(happened_at || hex(id))
    FROM {{{{consent_event}}}} WHERE state <> 'requested' GROUP BY contact_id, purpose_id
),
due AS (
    SELECT last.*, about.*,
        state = 'expired' OR state = 'given' AND (ends_at <= now OR form = 1 AND happened_at <= too_old) AS is_over,
        ifnull(substr(ends_at, 1, 10), date(substr(happened_at, 1, 10), '+' || days || ' days')) AS ends_on,
        (SELECT max(e.happened_at) FROM {{{{consent_event}}}} e WHERE e.contact_id = last.contact_id
            AND e.purpose_id = last.purpose_id AND e.state = 'requested') AS asked_at
    FROM last JOIN about USING (purpose_id) WHERE state IN ('expired', 'invalidated') OR state = 'given'
        AND (ends_at <= soon OR form = 1 AND happened_at <= soon_old OR happened_at < renewed_at)
),
queue AS (
    SELECT due.contact_id, due.purpose_id, ends_on, CASE
        WHEN c.deceased
            OR EXISTS (SELECT 1 FROM {{{{restriction}}}} r WHERE r.contact_id = c.id AND r.lifted_at IS NULL)
            OR EXISTS (
                SELECT 1 FROM {{{{objection}}}} o WHERE o.contact_id = c.id AND o.ended_at IS NULL
                AND o.outcome IN ('{Outcome.OPEN}', '{Outcome.UPHELD}')
                AND (o.purpose_id = due.purpose_id OR o.purpose_id IS NULL AND due.advertising)
            ) THEN 'barred'
        WHEN asked_at > happened_at AND asked_at > rested THEN 'asked'
        WHEN is_over THEN 'too-old'
        WHEN state = 'invalidated' OR happened_at < renewed_at THEN 'new-words'
        ELSE 'ending' END AS stage
    FROM due JOIN {{{{contact}}}} c ON c.id = due.contact_id
)
"""


def queue(
    reading: Reading, about: Sequence[Renewed], stages: Sequence[str], limit: int
) -> tuple[Counter[str], list[Turn]]:
    """How many stand in each stage, and those of some stages whose turn it is: what ends first, then what never ends.

    In one reading, since it goes through everybody's answers. `limit` below 0: all of them.
    """
    numbers, first = Counter[str](), list[tuple[str, bytes, bytes, str]]()
    if not about:
        return numbers, []
    before, bound = _queue(about)
    rows = ask(reading, f"{before} SELECT ifnull(ends_on, '~'), contact_id, purpose_id, stage FROM queue", bound)
    while chunk := rows.fetchmany(CHUNK):
        numbers.update(row[3] for row in chunk)
        first += (row for row in chunk if row[3] in stages)
        if 0 <= limit < len(first):
            first = nsmallest(limit, first)
    return numbers, [Turn(*row[1:]) for row in sorted(first)]


def _queue(about: Sequence[Renewed]) -> tuple[str, tuple[Any, ...]]:
    marks = ", ".join(["(?, ?, ?, ?, ?, ?, ?, ?, ?)"] * len(about))
    return _QUEUE.format(marks=marks), tuple(value for one in about for value in _values(one))


def _values(one: Renewed) -> Iterator[Any]:
    yield one.purpose
    yield from map(instant_text, (one.now, one.soon, one.rested))
    yield one.days
    yield from (instant_text(at) if at else None for at in (one.too_old, one.soon_old, one.renewed_at))
    yield one.advertising


@dataclass(frozen=True, slots=True)
class MonthCount:
    """How often something came about in a month (of UTC, `2026-11`): given, refused, withdrawn, expired."""

    purpose: bytes
    month: str
    what: str
    number: int


_MONTHS = """
WITH said AS (
    SELECT purpose_id, state, happened_at, form, ends_at,
        lead(happened_at) OVER (PARTITION BY contact_id, purpose_id ORDER BY happened_at, id) AS next
    FROM {consent_event} WHERE state <> 'requested'
),
told AS (
    SELECT purpose_id, state AS what, happened_at AS at FROM said
    WHERE state IN ('given', 'refused', 'withdrawn', 'expired')
    UNION ALL
    SELECT purpose_id, 'expired', coalesce(ends_at, CASE WHEN form = 1 THEN
        strftime('%Y-%m-%dT%H:%M:%f', happened_at, '+' || valid_days || ' days') END) AS at
    FROM said JOIN {purpose} p ON p.id = purpose_id
    WHERE state = 'given' AND at <= ? AND (next IS NULL OR next > at)
)
SELECT purpose_id, substr(at, 1, 7) AS month, what, count(*) FROM told WHERE at >= ? GROUP BY 1, 2, 3
"""


def by_month(reading: Reading, since: datetime, now: datetime) -> list[MonthCount]:
    """What was said, and what ran out unanswered, in each month since then."""
    rows = ask(reading, _MONTHS, (instant_text(now), instant_text(since)))
    return [MonthCount(*row) for row in rows.fetchall()]
