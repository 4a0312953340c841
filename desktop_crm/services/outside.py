"""The places outside this program where customers' data lies too: kept as a list, ticked off person by person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from desktop_crm.records.audit import Verb
from desktop_crm.records.place import Place, PlaceCheck
from desktop_crm.records.request import RequestKind
from desktop_crm.services import labels
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.letterheads import name_of
from desktop_crm.services.office import Office
from desktop_crm.services.people import storable
from desktop_crm.services.requests import open_of
from desktop_crm.services.who import Caller, by_name
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.words import M, Problem


@dataclass(frozen=True, slots=True)
class Outside:
    """A place, and when a person's data there was last seen to, and by whom; None: not yet."""

    id: bytes
    name: str
    done_on: date | None
    who: M | None = None


@act(Verb.LIST, Place)
def places(office: Office) -> list[Place]:
    """The places outside this program, in the order in which they were entered."""
    return office.read(_places)


def _places(reading: Reading) -> list[Place]:
    return reading.find(Place, order=("created_at", "id"))


@act(Verb.LIST, PlaceCheck)
def of_person(office: Office, person: bytes, *kinds: RequestKind) -> list[Outside]:
    """Every place, ticked where this person's data was seen to since they asked for it, or else today.

    `kinds` are the requests that count; without any, all of them.
    """

    def work(reading: Reading) -> list[Outside]:
        return of(reading, person, since(reading, person, office.today(), kinds), by_name(office, reading))

    return office.read(work)


def since(reading: Reading, person: bytes, today: date, kinds: Sequence[RequestKind] = ()) -> date:
    """From which day on a tick counts: what was seen to before the person asked may have filled again."""
    asked = open_of(reading, person, kinds or tuple(RequestKind))
    return min((request.received_on for request in asked), default=today)


def of(reading: Reading, person: bytes, day: date, caller: Caller = labels.role) -> list[Outside]:
    """Every place with the person's newest tick from a day on; `caller` says who made it."""
    checks = reading.find(PlaceCheck, eq("person_id", person), order=("done_on",))
    newest = {check.place_id: check for check in checks if check.done_on >= day}
    return [
        Outside(place.id, place.name, check.done_on, caller(check.actor))
        if (check := newest.get(place.id))
        else Outside(place.id, place.name, None)
        for place in _places(reading)
    ]


def ticked(reading: Reading, person: bytes, day: date) -> list[Outside]:
    """The places that were ticked off for a person from a day on."""
    return [one for one in of(reading, person, day) if one.done_on is not None]


@act(Verb.ADD, Place)
def add_place(office: Office, name: str) -> bytes:
    """Add a place. Raises Problem without a name, or when it is on the list already."""

    def work(writing: Writing, trace: Trace) -> bytes:
        trace.row = office.new_id()
        writing.insert(Place(id=trace.row, name=_new_name(writing, name), created_at=office.clock.now()))
        return trace.row

    return office.write(work)


def _new_name(reading: Reading, name: str) -> str:
    name = storable(name)
    if not name:
        raise Problem(M("Please give the place a name, such as order book or mailbox."))
    if any(place.name.casefold() == name.casefold() for place in _places(reading)):
        raise Problem(M("This place is on the list already."), safe=M("Nothing was changed."))
    return name


@act(Verb.CHANGE, Place)
def rename_place(office: Office, place: bytes, name: str) -> None:
    """Call a place differently. Raises Problem as `add_place` does."""

    def work(writing: Writing, trace: Trace) -> None:
        trace.row = _known(writing, place).id
        writing.update(Place, place, name=_new_name(writing, name))

    office.write(work)


def _known(reading: Reading, place: bytes) -> Place:
    found = reading.get(Place, place)
    if found is None:
        raise Problem(M("There is no such place any more."), safe=M("Nothing was changed."))
    return found


@act(Verb.REMOVE, Place)
def remove_place(office: Office, place: bytes) -> None:
    """Take a place off the list, with every tick that was made for it."""

    def work(writing: Writing, trace: Trace) -> None:
        trace.row = _known(writing, place).id
        writing.delete(PlaceCheck, eq("place_id", place))
        writing.delete(Place, eq("id", place))

    office.write(work)


@act(Verb.CHANGE, PlaceCheck)
def tick(office: Office, person: bytes, place: bytes, done: bool = True) -> None:
    """Tick off, today, that a person's data in a place was seen to; or take the newest tick back."""

    def work(writing: Writing, trace: Trace) -> None:
        name_of(writing, person)
        _known(writing, place)
        mine = writing.find(PlaceCheck, eq("person_id", person), eq("place_id", place), order=("done_on",))
        check = PlaceCheck(
            id=office.new_id(), person_id=person, place_id=place, done_on=office.today(), actor=office.who.name
        )
        if not done:
            writing.delete_rows(PlaceCheck, mine[-1:])
        elif not mine or mine[-1].done_on < check.done_on:
            writing.insert(check)
        trace.person = person

    office.write(work)
