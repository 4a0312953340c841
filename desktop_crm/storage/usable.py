"""What the gate has to know of many people at once: one row each, read past what whoever asks may see.

Nothing of it comes out but whether somebody may be used for something, and why not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True, slots=True)
class Stored:
    """What is stored of somebody, apart from what stands against a use; equal for most people."""

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
    reading: Reading, asked: Asked, channel: Channel, people: Sequence[bytes] | None
) -> Iterator[tuple[bytes, bytes | None, str | None, Stored]]:
    """Of everybody, or of these people: id, the last answer and when it was said, the facts."""
    before, bound = stands_on([asked])
    held = VALUES.get(channel)
    reachable = f"EXISTS (SELECT 1 FROM {declaration(held).name} v WHERE v.contact_id = c.id)" if held else "1"
    text = f"""{before}
        SELECT c.id, s.id, s.happened_at, s.state, s.explicit, s.guardian IS NOT NULL, c.deceased, c.under_age,
            c.basis = '{Basis.UNSORTED.value}', c.informed_on IS NOT NULL, {reachable},
            EXISTS (SELECT 1 FROM purchase p WHERE p.contact_id = c.id)
        FROM contact c LEFT JOIN stands s ON s.contact_id = c.id {{where}}"""
    made: dict[tuple[Any, ...], Stored] = {}
    for keys in _chunks(people):
        where = f"WHERE c.id IN ({', '.join('?' * len(keys))})" if keys else ""
        query = text.replace("{where}", where).replace("{consent_event}", "consent_event")
        for key, answer, said_at, *facts in reading.connection.execute(query, (*bound, *keys)):
            told = tuple(facts)
            if told not in made:
                state, *rest = told
                made[told] = Stored(ConsentState(state) if state else None, *map(bool, rest))
            yield key, answer, said_at, made[told]


def _chunks(people: Sequence[bytes] | None) -> Iterator[Sequence[bytes]]:
    """Once with nobody, for everybody; else these people some at a time."""
    if people is None:
        yield ()
        return
    for start in range(0, len(people), CHUNK):
        yield people[start : start + CHUNK]


def set_back(reading: Reading) -> list[bytes]:
    """People between two of whose answers the clock was set back: which came last, only their own lines tell."""
    rows = reading.connection.execute(
        "SELECT DISTINCT later.contact_id FROM consent_event later JOIN consent_event earlier "
        "ON earlier.contact_id = later.contact_id AND earlier.seal = later.previous "
        "WHERE later.previous <> ? AND later.happened_at < earlier.happened_at",
        (CHAIN_START,),
    )
    return [row[0] for row in rows.fetchall()]
