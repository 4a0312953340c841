"""What the gate has to know of many people at once: one row each, read past what whoever asks may see.

Nothing of it comes out but whether somebody may be used for something, and why not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_crm.privacy.chain import CHAIN_START
from desktop_crm.records.consent import ConsentState
from desktop_crm.records.contact import ContactAddress, ContactEmail, ContactPhone
from desktop_crm.records.declare import Basis, declaration
from desktop_crm.records.interaction import Channel
from desktop_crm.storage.listing import Asked, stands_on
from desktop_crm.storage.transaction import CHUNK, Reading

VALUES: dict[Channel, type[Any]] = {
    Channel.EMAIL: ContactEmail,
    Channel.PHONE: ContactPhone,
    Channel.MESSENGER: ContactPhone,
    Channel.POST: ContactAddress,
}
"""What somebody is reached by on a channel; by the others there is nothing to have."""


@dataclass(frozen=True, slots=True, eq=False)
class Stored:
    """What is stored of somebody, apart from what stands against a use; one and the same for most people."""

    state: ConsentState | None
    explicit: bool
    guardian: bool
    deceased: bool
    under_age: bool
    unsorted: bool
    told: bool
    reachable: bool
    customer: bool


def stored(
    reading: Reading, asked: Asked, channel: Channel, people: Sequence[bytes] | None, born_after: date
) -> Iterator[tuple[bytes, bytes | None, str | None, Stored]]:
    """Of everybody, or of these people: id, the last answer and when it was said, the facts.

    Whoever was born after that day is under age; whoever's year of birth is not known, if it is noted.
    Answers are put to people here: joined by SQLite, 100,000 take a third longer (measured).
    """
    held = VALUES.get(channel)
    reachable = f"EXISTS (SELECT 1 FROM {declaration(held).name} v WHERE v.contact_id = c.id)" if held else "1"
    text = (
        "SELECT c.id, c.deceased "
        "+ 2 * CASE length(c.birthday) WHEN 10 THEN c.birthday > ? ELSE c.under_age END "
        f"+ 4 * (c.basis = '{Basis.UNSORTED.value}') "
        f"+ 8 * (c.informed_on IS NOT NULL) + 16 * {reachable} "
        "+ 32 * EXISTS (SELECT 1 FROM purchase p WHERE p.contact_id = c.id) FROM contact c"
    )
    made: dict[tuple[Any, ...], Stored] = {}
    for keys in _chunks(people):
        answers = _answers(reading, asked, keys)
        only = f" WHERE c.id IN ({', '.join('?' * len(keys))})" if keys else ""
        for key, facts in reading.connection.execute(text + only, (born_after.isoformat(), *keys)):
            _, answer, said_at, state, said = answers.get(key, _NEVER)
            told = (state, said, facts)
            if told not in made:
                made[told] = _stored(*told)
            yield key, answer, said_at, made[told]


_NEVER = (None, None, None, None, 0)


def _stored(state: str | None, said: int, facts: int) -> Stored:
    bits = (bool(facts & 1 << at) for at in range(6))
    return Stored(ConsentState(state) if state else None, bool(said & 1), bool(said & 2), *bits)


def _answers(reading: Reading, asked: Asked, people: Sequence[bytes]) -> dict[bytes, tuple[Any, ...]]:
    """The last answer of each who gave one: person, id, when it was said, the state by now, explicit and guardian."""
    before, bound = stands_on([asked])
    only = f" WHERE contact_id IN ({', '.join('?' * len(people))})" if people else ""
    query = (
        f"{before} SELECT contact_id, id, happened_at, state, explicit + 2 * (guardian IS NOT NULL) FROM stands{only}"
    )
    rows = reading.connection.execute(query.replace("{consent_event}", "consent_event"), (*bound, *people))
    return {row[0]: row for row in rows}


def _chunks(people: Sequence[bytes] | None) -> Iterator[Sequence[bytes]]:
    """Once with nobody, for everybody; else these people some at a time."""
    if people is None:
        yield ()
        return
    for start in range(0, len(people), CHUNK):
        yield people[start : start + CHUNK]


def set_back(reading: Reading, people: Sequence[bytes] | None) -> set[bytes]:
    """People whose answers stand in another order by time than in their chain, which alone tells what came last.

    The clock was set back between two of them, or they are of the same moment.
    """
    text = (
        "SELECT later.contact_id FROM consent_event later JOIN consent_event earlier "
        "ON earlier.contact_id = later.contact_id AND earlier.seal = later.previous "
        "WHERE later.previous <> ? AND (later.happened_at, later.id) < (earlier.happened_at, earlier.id)"
    )
    found: set[bytes] = set()
    for keys in _chunks(people):
        only = f" AND later.contact_id IN ({', '.join('?' * len(keys))})" if keys else ""
        found.update(row[0] for row in reading.connection.execute(text + only, (CHAIN_START, *keys)).fetchall())
    return found
