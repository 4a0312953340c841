"""Details that are kept apart: a bank account, an allergy. Listed masked, opened one by one, each time with a line."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from desktop_crm.privacy.rights import allowed
from desktop_crm.records.audit import Verb
from desktop_crm.records.declare import Part, declaration
from desktop_crm.records.sensitive import ApartKind, SensitiveDetail
from desktop_crm.services import apart
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.contacts import known_person
from desktop_crm.services.office import Office
from desktop_crm.services.people import storable
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.words import M, Problem

MOST: Final = 2000
"""Letters of one detail: no place for whole letters."""


@dataclass(frozen=True, slots=True)
class NewDetail:
    """What is typed for a detail; for health also the day on which the person agreed to exactly this."""

    kind: ApartKind
    text: str = field(repr=False)
    agreed_on: date | None = None


@dataclass(frozen=True, slots=True)
class Masked:
    """A detail as it is listed: of what kind, and since when; what it says is not in it."""

    id: bytes
    kind: ApartKind
    since: date
    agreed_on: date | None


def may_see(office: Office) -> bool:
    """Whether whoever works may see such details; else nothing of them is shown, not even that there are some."""
    return allowed(office.who.rights, Verb.LIST, Part.SENSITIVE)


def may_change(office: Office) -> bool:
    """Whether whoever works may enter and take out such details."""
    return allowed(office.who.rights, Verb.ADD, Part.SENSITIVE)


@act(Verb.LIST, SensitiveDetail)
def masked(office: Office, person: bytes) -> list[Masked]:
    """A person's details, kind by kind, without what they say."""
    zone = ZoneInfo(office.shop.zone)
    found = office.read(lambda reading: reading.find(SensitiveDetail, eq("contact_id", person), order=("id",)))
    rows = sorted(found, key=lambda row: list(ApartKind).index(row.kind))
    return [Masked(row.id, row.kind, row.created_at.astimezone(zone).date(), row.agreed_on) for row in rows]


@act(Verb.ADD, SensitiveDetail)
def add_detail(office: Office, person: bytes, new: NewDetail) -> bytes:
    """Keep a detail apart; returns its number. Cannot be undone but by taking it out: no earlier value is kept.

    Raises Problem without a text, for health without the person's explicit yes, and where this way in has no key.
    """
    text = _checked(office, new)

    def work(writing: Writing, trace: Trace) -> bytes:
        known_person(writing, person)
        apart.prepare(office, writing)
        trace.person, trace.row, trace.fields = person, office.new_id(), (_column(new.kind),)
        value = {_column(new.kind): apart.sealed(office, SensitiveDetail, _column(new.kind), trace.row, text)}
        writing.insert(
            SensitiveDetail(
                id=trace.row,
                contact_id=person,
                kind=new.kind,
                agreed_on=new.agreed_on,
                actor=office.who.name,
                created_at=office.clock.now(),
                **value,
            )
        )
        return trace.row

    return office.write(work)


@act(Verb.VIEW, SensitiveDetail)
def reveal(office: Office, detail: bytes) -> str:
    """What one detail says. Each time it leaves a line in the log. Raises Problem as `apart.opened` does."""
    row = office.read(lambda reading: _there(reading, detail))
    column = declaration(SensitiveDetail).column(_column(row.kind))
    text = apart.opened(office, row, column)
    office.looked(row.contact_id, row.id, fields=(column.name,))
    return text


@act(Verb.REMOVE, SensitiveDetail, for_good=True)
def remove_detail(office: Office, detail: bytes) -> None:
    """Take a detail out, for good: no earlier value is kept."""

    def work(writing: Writing, trace: Trace) -> None:
        row = _there(writing, detail)
        trace.person, trace.row, trace.fields = row.contact_id, row.id, (_column(row.kind),)
        writing.delete(SensitiveDetail, eq("id", detail))

    office.write(work)


def _checked(office: Office, new: NewDetail) -> str:
    text = storable(new.text)
    if not text:
        raise Problem(M("There is nothing to keep apart."), safe=M("Nothing was saved."))
    if len(text) > MOST:
        raise Problem(M("A detail kept apart has {n} letters at most.", n=MOST), safe=M("Nothing was saved."))
    if new.kind is ApartKind.HEALTH and new.agreed_on is None:
        raise Problem(
            M("Details about health are kept only if the person agreed to exactly this."),
            safe=M("Nothing was saved."),
            todo=M(
                "Ask the person and enter the day of their yes. Is it needed for one order only? Then leave it out."
            ),
        )
    if new.agreed_on is not None and new.agreed_on > office.today():
        raise Problem(M("The day on which the person agreed has not come yet."), safe=M("Nothing was saved."))
    return text


def _column(kind: ApartKind) -> str:
    return "health" if kind is ApartKind.HEALTH else "text"


def _there(reading: Reading, detail: bytes) -> SensitiveDetail:
    row = reading.get(SensitiveDetail, detail)
    if row is None:
        raise Problem(M("This detail is not there any more."), safe=M("Nothing was changed."))
    return row
