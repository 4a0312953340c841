"""Permissions: the overview as it opens, who is to be asked again, and two years by month, for everybody's answers."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import timedelta
from functools import partial

from desktop_crm.privacy.chain import CHAIN_START
from desktop_crm.records.consent import ConsentEvent, ConsentHow, ConsentState
from desktop_crm.records.contact import Contact
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Purpose
from desktop_crm.services import consents, permission_months, permission_table, purposes, renewals
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import CHUNK, Writing
from installers.bench import bare
from installers.bench.customer_file import CustomerFile
from installers.bench.measure import Figure, Work, medians
from installers.bench.workshop import Workshop

ASKED = ("birthday-card", "newsletter", "photos")
_ROWS = 100
_STATES = (ConsentState.GIVEN,) * 6 + (
    ConsentState.REFUSED,
    ConsentState.WITHDRAWN,
    ConsentState.REQUESTED,
    ConsentState.CLAIMED,
)
_YEARS = 730
_LAST = (
    "SELECT contact_id, purpose_id, state, ends_at, max(happened_at) FROM consent_event "
    "WHERE state <> 'requested' GROUP BY contact_id, purpose_id"
)
_ORDER = "SELECT id FROM contact ORDER BY sort_name, id"
_FIGURES = f"SELECT purpose_id, state, count(*) FROM ({_LAST}) GROUP BY purpose_id, state"  # noqa: S608 - fixed
_DUE = f"SELECT purpose_id, count(*) FROM ({_LAST}) WHERE state = 'given' AND ends_at <= ? GROUP BY 1"  # noqa: S608
_MONTHS = "SELECT purpose_id, substr(happened_at, 1, 7), state, count(*) FROM consent_event GROUP BY 1, 2, 3"


def measure(shop: Workshop) -> Iterator[Figure]:
    """At every everyday size, with one answer or more of nearly everybody to each of three purposes."""
    for size in shop.daily:
        file = shop.filled(size)
        answered(file)
        yield from _figures(file, shop.options.runs)


def answered(file: CustomerFile) -> None:
    """Let people have answered, over two years; the seals are left out, which nobody checks here."""
    office = file.office
    purposes.use(office, ASKED)
    asked = [one for one in consents.purposes(office) if one.code in ASKED]
    office.store.write(partial(_answer, office, asked, random.Random(file.size)))  # noqa: S311 - no secret
    office.store.checkpoint()


def _answer(office: Office, asked: list[Purpose], chance: random.Random, writing: Writing) -> None:
    made: list[ConsentEvent] = []
    for person in [contact.id for contact in writing.stream(Contact)]:
        for purpose in asked:
            days = sorted((chance.randrange(_YEARS) for _ in range(chance.choice((0, 1, 1, 1, 2)))), reverse=True)
            made += [_event(office, person, purpose, chance.choice(_STATES), back) for back in days]
        if len(made) >= CHUNK:
            writing.insert_many(ConsentEvent, made)
            made = []
    writing.insert_many(ConsentEvent, made)


def _event(office: Office, person: bytes, purpose: Purpose, state: ConsentState, back: int) -> ConsentEvent:
    at = office.clock.now() - timedelta(days=back)
    return ConsentEvent(
        id=office.new_id(),
        contact_id=person,
        purpose_id=purpose.id,
        channel=Channel(purpose.channel),
        state=state,
        how=ConsentHow.SCREEN,
        happened_at=at,
        recorded_at=at,
        actor=office.who.name,
        ends_at=consents.runs_out(purpose, state, at),
        previous=CHAIN_START,
        seal=CHAIN_START,
    )


def _figures(file: CustomerFile, runs: int) -> Iterator[Figure]:
    office, path = file.office, file.folder / "answered.db"
    bare.export(office.store.database, file.key, path)
    plain = bare.connect(path, None)
    soon = (office.clock.now() + timedelta(days=renewals.WITHIN)).isoformat()
    pairs: tuple[tuple[str, str, Work, Work, float | None], ...] = (
        ("overview", "permissions, overview opens", lambda: _open(office), lambda: _bare_open(plain), 300),
        (
            "overview-figures",
            "permissions, figures",
            lambda: permission_table.counts(office),
            _all(plain, _FIGURES),
            None,
        ),
        ("ask-again", "permissions, whom to ask again", lambda: renewals.due(office), _all(plain, _DUE, soon), None),
        ("by-month", "permissions, by month", lambda: permission_months.by_month(office), _all(plain, _MONTHS), None),
    )
    for name, what, own, reference, limit in pairs:
        value, bare_value = medians(runs, own, reference)
        against = "bare query, no key"
        yield Figure(name, what, file.size, value * 1e3, "ms", bare_value * 1e3, against, limit=limit)
    plain.close()


def _open(office: Office) -> None:
    """What the page asks for at first: whom it lists, and the rows that are seen."""
    consents.purposes(office)
    permission_table.row_states(office, permission_table.people(office).ids(0, _ROWS))


def _bare_open(connection: bare.Connection) -> None:
    people = [row[0] for row in connection.execute(_ORDER).fetchall()][:_ROWS]
    marks = ", ".join("?" * len(people))
    connection.execute(f"SELECT * FROM consent_event WHERE contact_id IN ({marks})", people).fetchall()  # noqa: S608


def _all(connection: bare.Connection, statement: str, *bound: str) -> Work:
    return lambda: connection.execute(statement, bound).fetchall()
