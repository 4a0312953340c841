"""On which ground each person is held: changing it with a reason, and who is held on none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from desktop_crm.privacy.basis import NO_YES, Evidence
from desktop_crm.records.audit import Verb
from desktop_crm.records.consent import ConsentEvent
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Basis
from desktop_crm.records.purchase import Purchase
from desktop_crm.services.acts import Trace, act, performing
from desktop_crm.services.consents import permissions
from desktop_crm.services.contacts import known_person
from desktop_crm.services.listing import collect, no_yes_left
from desktop_crm.services.office import Office
from desktop_crm.services.people import storable
from desktop_crm.storage import listing
from desktop_crm.storage.transaction import CHUNK, Reading, Writing
from desktop_crm.storage.where import eq, one_of
from desktop_crm.words import M, Problem


@dataclass(frozen=True, slots=True, repr=False)
class OnNone:
    """Somebody who is held on no ground: why, and what can be done."""

    person: bytes
    name: str
    why: M
    todo: M


@act(Verb.CHANGE, Contact)
def set_basis(office: Office, person: bytes, basis: Basis, reason: str) -> bytes | None:
    """Say on which ground a person is kept, and what shows it; the number of the change.

    Raises Problem without a reason, and for permission where no yes of the person counts.
    """
    reason = storable(reason)
    if not reason:
        raise Problem(M("Please say in a few words what shows it."), safe=M("Nothing was changed."))

    def work(writing: Writing, trace: Trace) -> None:
        known_person(writing, person)
        trace.person = trace.row = person
        if basis is Basis.CONSENT and not _has_yes(office, writing, person):
            raise Problem(NO_YES, safe=M("Nothing was changed."))
        writing.update(Contact, person, basis=basis, basis_note=reason, changed_at=office.clock.now())

    office.write(work, undoable=True)
    return performing().change


@act(Verb.LIST, Contact)
def evidence(office: Office, person: bytes) -> Evidence:
    """What the file shows of a person: an order, a yes that counts."""

    def work(reading: Reading) -> Evidence:
        order = bool(reading.whole().find(Purchase, eq("contact_id", person), limit=1))
        return Evidence(order, _has_yes(office, reading, person))

    return office.read(work)


@act(Verb.LIST, Contact)
def counts(office: Office) -> dict[Basis, int]:
    """How many people are held on each ground."""
    return office.read(lambda reading: {Basis(code): number for code, number in listing.by_basis(reading).items()})


@act(Verb.LIST, Contact)
def on_none(office: Office) -> list[OnNone]:
    """Everybody who is held on no ground, or by a permission that does not count any more, as far as that is seen."""

    def work(reading: Reading) -> list[OnNone]:
        unsorted = _told(reading, listing.UNSORTED, M("nobody has said why"), M("Say why, or erase."))
        if not reading.sees(ConsentEvent):
            return list(unsorted)
        why = M("kept by permission alone, and no yes counts")
        gone = _told(
            reading, no_yes_left(reading, office.clock.now()), why, M("Ask anew, say another reason, or erase.")
        )
        return [*unsorted, *gone]

    return office.read(work)


def _told(reading: Reading, group: listing.Group, why: M, todo: M) -> Iterator[OnNone]:
    everybody = collect(reading, group)
    for start in range(0, len(everybody), CHUNK):
        keys = everybody.ids(start, start + CHUNK)
        named = {row.id: row.name for row in reading.find(Contact, one_of("id", keys))}
        yield from (OnNone(key, named[key], why, todo) for key in keys)


def _has_yes(office: Office, reading: Reading, person: bytes) -> bool:
    """Whoever corrects people may know so much, and no more, of what they do not see."""
    return any(one.standing.allows for one in permissions(reading.whole(), person, office.clock.now()))
