"""The gate: who of everybody may be written to, beside plain SQL that joins people with their last answer."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from functools import partial

from desktop_crm.privacy.chain import CHAIN_START
from desktop_crm.records.consent import ConsentEvent, ConsentHow, ConsentState
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Purpose
from desktop_crm.services import using
from desktop_crm.services.consents import runs_out, sealed
from desktop_crm.storage.transaction import Writing
from desktop_crm.storage.where import eq
from installers.bench.bare import Connection, connect
from installers.bench.customer_file import CustomerFile
from installers.bench.measure import Figure, medians
from installers.bench.workshop import Workshop

_PURPOSE = "newsletter"
_STATES = (ConsentState.GIVEN, ConsentState.GIVEN, ConsentState.REFUSED, ConsentState.WITHDRAWN)
_CHUNK = 2_000
_LIMIT, _UP_TO = 1_000.0, 100_000
"""Milliseconds it may take among so many people."""


def measure(shop: Workshop) -> Iterator[Figure]:
    """At each size; three of four people have answered, half of those twice."""
    for size in shop.options.sizes:
        file = shop.filled(size)
        file.office.store.write(partial(_answer, file))
        own = partial(using.check, file.office, _PURPOSE, Channel.EMAIL)
        with contextlib.closing(connect(file.office.store.database, file.key)) as same:
            taken, bare = medians(max(shop.options.runs, 3), own, partial(_plain, same))
        limit = _LIMIT if size <= _UP_TO else None
        against = "bare SQL with a key"
        yield Figure("gate", "who may be written to", size, taken * 1e3, "ms", bare * 1e3, against, limit=limit)


_PLAIN = """
    SELECT c.id, e.id, e.state FROM contact c LEFT JOIN
        (SELECT id, contact_id, state, max(happened_at || hex(id)) FROM consent_event GROUP BY contact_id) e
        ON e.contact_id = c.id
    WHERE NOT c.deceased AND EXISTS (SELECT 1 FROM contact_email v WHERE v.contact_id = c.id)"""


def _plain(same: Connection) -> None:
    same.execute(_PLAIN).fetchall()


def _answer(file: CustomerFile, writing: Writing) -> None:
    (purpose,) = writing.find(Purpose, eq("code", _PURPOSE))
    people = [row[0] for row in file.plain().execute("SELECT id FROM contact ORDER BY id").fetchall()]
    rows: list[ConsentEvent] = []
    for at, person in enumerate(people):
        previous = CHAIN_START
        for turn in range((0, 1, 1, 2)[at % 4]):
            rows.append(_event(file, purpose, person, _STATES[(at + turn) % len(_STATES)], previous))
            previous = rows[-1].seal
        if len(rows) >= _CHUNK:
            writing.insert_many(ConsentEvent, rows)
            rows = []
    writing.insert_many(ConsentEvent, rows)


def _event(file: CustomerFile, purpose: Purpose, person: bytes, state: ConsentState, previous: bytes) -> ConsentEvent:
    office, now = file.office, file.office.clock.now()
    event = ConsentEvent(
        id=office.new_id(),
        contact_id=person,
        purpose_id=purpose.id,
        channel=Channel(purpose.channel),
        state=state,
        how=ConsentHow.SCREEN,
        happened_at=now,
        recorded_at=now,
        actor=office.who.name,
        ends_at=runs_out(purpose, state, now),
        previous=previous,
        seal=CHAIN_START,
    )
    return sealed(office.ledger_key, event)
