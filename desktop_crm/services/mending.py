"""Copies that left the shop and are no longer right: what somebody has to see to, until each is mended."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from desktop_crm.records.audit import Verb
from desktop_crm.records.contact import Contact, ContactAddress, ContactEmail, ContactPhone
from desktop_crm.records.purpose import Purpose
from desktop_crm.records.use import DisclosedPerson, Disclosure, Leaving, Mending, MendingCause, Restriction
from desktop_crm.services import labels
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.office import Office
from desktop_crm.services.people import place_match
from desktop_crm.services.signs import dotted
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import Condition, eq, one_of
from desktop_crm.words import Gone, M, Problem

LASTING = (Leaving.FILE, Leaving.LABELS, Leaving.PRINT, Leaving.COPIED)
"""What lies somewhere after it left; a call or a letter is over when it is done."""
_MOST = 200


@dataclass(frozen=True, slots=True, repr=False)
class ToMend:
    """One copy that is not right any more for one person: why, what it was, for whom, when it left."""

    id: bytes
    person: bytes
    name: str
    cause: MendingCause
    form: Leaving
    purpose: str
    number: str
    recipient: str
    left_on: date
    since: date


@act(Verb.LIST, Mending)
def to_mend(office: Office, person: bytes | None = None) -> list[ToMend]:
    """Copies that wait to be mended, those first that wait longest; of everybody or of one person."""
    return office.read(lambda reading: _open(office, reading, person))


@act(Verb.CHANGE, Mending)
def mended(office: Office, entries: Sequence[bytes]) -> int:
    """Somebody saw to these copies; returns how many were still open. Raises Problem for one there is none of."""

    def work(writing: Writing, trace: Trace) -> int:
        rows = [writing.get(Mending, key) for key in entries]
        there = [row for row in rows if row is not None]
        if len(there) < len(entries):
            raise Gone(M("There is no such copy to be mended."))
        open_ = [row for row in there if row.done_at is None]
        for row in open_:
            writing.update(Mending, row.id, done_at=office.clock.now(), done_by=office.who.name)
        trace.number = len(open_)
        if len({row.contact_id for row in there}) == 1:
            trace.person, trace.row = there[0].contact_id, there[0].id
        return len(open_)

    return office.write(work)


def what(one: ToMend) -> M:
    """Which copy it is: its form, what it was for, its number if it has one."""
    return dotted(part for part in (labels.of(one.form), one.purpose, one.number) if part) or M("list")


def number_to_mend(reading: Reading) -> int:
    """How many copies wait to be mended."""
    return reading.count(Mending, eq("done_at", None))


def _open(office: Office, reading: Reading, person: bytes | None) -> list[ToMend]:
    mine = (eq("contact_id", person),) if person is not None else ()
    rows = reading.find(Mending, eq("done_at", None), *mine, order=("opened_at", "id"), limit=_MOST)
    zone = ZoneInfo(office.shop.zone)
    left = {one.id: one for one in reading.find(Disclosure, one_of("id", {row.disclosure_id for row in rows}))}
    names = {one.id: one.name for one in reading.find(Contact, one_of("id", {row.contact_id for row in rows}))}
    purposes = {one.id: one.name for one in reading.find(Purpose)}
    return [
        ToMend(
            row.id,
            row.contact_id,
            names.get(row.contact_id, ""),
            row.cause,
            left[row.disclosure_id].form,
            purposes.get(left[row.disclosure_id].purpose_id or b"", ""),
            left[row.disclosure_id].number or "",
            left[row.disclosure_id].recipient or "",
            left[row.disclosure_id].left_at.astimezone(zone).date(),
            row.opened_at.astimezone(zone).date(),
        )
        for row in rows
    ]


def over(
    office: Office, writing: Writing, person: bytes, cause: MendingCause, purposes: Collection[bytes] | None = None
) -> None:
    """Something ended or was corrected: each copy out there that has this person in it waits to be mended.

    `purposes`: only what left for one of these; None: whatever left.
    """
    used = writing.find(DisclosedPerson, eq("contact_id", person))
    if not used or (purposes is not None and not purposes):
        return
    waits = {(one.disclosure_id, one.cause) for one in writing.find(Mending, *_waiting(person))}
    for left in writing.find(Disclosure, one_of("id", {one.disclosure_id for one in used}), order=("left_at",)):
        lasts = left.form in LASTING or left.recipient is not None
        meant = purposes is None or left.purpose_id in purposes
        if lasts and meant and (left.id, cause) not in waits:
            now = office.clock.now()
            writing.insert(
                Mending(id=office.new_id(), contact_id=person, disclosure_id=left.id, cause=cause, opened_at=now)
            )


def _waiting(person: bytes) -> tuple[Condition, ...]:
    return eq("contact_id", person), eq("done_at", None)


def what_left(reading: Reading, person: bytes) -> frozenset[tuple[str, str]]:
    """The values of a person that lists carry, each with its kind: one that is not there any more was corrected."""
    mine, contact = eq("contact_id", person), reading.get(Contact, person)
    values = {("name", contact.name)} if contact is not None else set()
    values |= {("email", one.match) for one in reading.find(ContactEmail, mine)}
    values |= {("phone", one.match) for one in reading.find(ContactPhone, mine)}
    values |= {("address", place_match(one)) for one in reading.find(ContactAddress, mine)}
    return frozenset(values)


def locked(reading: Reading, people: Collection[bytes]) -> set[bytes]:
    """Those of these people whose data is kept and not used."""
    rows = reading.find(Restriction, eq("lifted_at", None), one_of("contact_id", people))
    return {row.contact_id for row in rows}


def refuse_locked(reading: Reading, person: bytes) -> None:
    """Raises Problem where a person's data is kept and must not be used or changed."""
    if locked(reading, [person]):
        raise Problem(
            M("The data of this person is locked: it is kept, and not used or changed."),
            safe=M("Nothing was changed."),
            todo=M("If it may be used again, lift the lock first."),
        )
