"""Who said yes or no, to what and when: people against purposes, and the history of one answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from desktop_crm.privacy.permission import Standing, as_said, standing
from desktop_crm.records.audit import Verb
from desktop_crm.records.consent import ConsentEvent, ConsentState
from desktop_crm.records.contact import Contact
from desktop_crm.records.purpose import Purpose, Wording
from desktop_crm.services import labels, who
from desktop_crm.services.acts import act
from desktop_crm.services.consents import permissions, purpose_by_code
from desktop_crm.services.listing import PeopleOrder, asked_now, asked_purposes, collect, nobody_waits
from desktop_crm.services.looks import require_opened
from desktop_crm.services.office import Office
from desktop_crm.services.signs import Badge, Tone, answer_badge
from desktop_crm.storage import listing
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import one_of
from desktop_crm.words import Gone, M


class Filter(StrEnum):
    """Which people the table shows."""

    EVERYBODY = "everybody"
    NOT_ASKED = "not-asked"
    SAID_NO = "said-no"
    TOO_OLD = "too-old"
    CLAIMED = "claimed"


WORDS: dict[Filter, M] = {
    Filter.EVERYBODY: M("Everybody"),
    Filter.NOT_ASKED: M("Not asked yet"),
    Filter.SAID_NO: M("Said no"),
    Filter.TOO_OLD: M("Too old, ask again"),
    Filter.CLAIMED: M("Claimed, no proof"),
}
_STATES: dict[Filter, tuple[ConsentState, ...]] = {
    Filter.SAID_NO: (ConsentState.REFUSED, ConsentState.WITHDRAWN),
    Filter.TOO_OLD: (ConsentState.EXPIRED, ConsentState.INVALIDATED),
    Filter.CLAIMED: (ConsentState.CLAIMED,),
}


_TAKEN_BACK_FROM = (ConsentState.GIVEN, ConsentState.EXPIRED, ConsentState.INVALIDATED, ConsentState.CLAIMED)


@dataclass(frozen=True, slots=True)
class FilterCount:
    """A filter with its words, and how many people it leaves."""

    filter: Filter
    text: M
    number: int


@dataclass(frozen=True, slots=True)
class PurposeCount:
    """A column of the table: a purpose in use, and how many people say yes to it."""

    code: str
    name: str
    yes: int


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures above the table."""

    filters: tuple[FilterCount, ...]
    purposes: tuple[PurposeCount, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """Where one person stands on one purpose, and since which day."""

    state: ConsentState | None
    badge: Badge
    since: date | None


@dataclass(frozen=True, slots=True, repr=False)
class TableRow:
    """One person against every purpose in use, by its code."""

    id: bytes
    name: str
    cells: Mapping[str, Cell]


@dataclass(frozen=True, slots=True, repr=False)
class HistoryLine:
    """One thing that was said: what, when, how and to whom, and the exact words, where there were any."""

    badge: Badge
    at: datetime
    how: M
    who: M
    evidence: str
    text: str
    version: int | None
    language: str | None


@dataclass(frozen=True, slots=True, repr=False)
class History:
    """All that one person said about one purpose, the newest first, and where they stand.

    `can_withdraw`: there is a yes, proved or claimed, that can be taken back.
    """

    person: bytes
    name: str
    code: str
    purpose: str
    cell: Cell
    can_withdraw: bool
    lines: tuple[HistoryLine, ...]
    told_on: date | None
    told_how: M | None


@act(Verb.LIST, ConsentEvent)
def people(
    office: Office, which: Filter = Filter.EVERYBODY, *, on_chunk: Callable[[bytes], object] = nobody_waits
) -> PeopleOrder:
    """Everybody of a filter in the order of names; `on_chunk` as for the list of contacts."""
    return office.read(lambda reading: collect(reading, _group(office, reading, which), on_chunk))


@act(Verb.LIST, ConsentEvent)
def counts(office: Office) -> Counts:
    """How many people each filter leaves, and how many say yes to each purpose in use."""

    def work(reading: Reading) -> Counts:
        purposes = asked_purposes(reading)
        asked = _asked(office, purposes)
        stands = listing.tally(reading, asked)
        numbers = dict(zip(_STATES, listing.people_in(reading, asked, list(_STATES.values())), strict=True))
        for plain in (Filter.EVERYBODY, Filter.NOT_ASKED):
            numbers[plain] = listing.count(reading, _group(office, reading, plain))
        filters = (FilterCount(one, text, numbers[one]) for one, text in WORDS.items())
        columns = (PurposeCount(p.code, p.name, stands.get((p.id, ConsentState.GIVEN), 0)) for p in purposes)
        return Counts(tuple(filters), tuple(columns))

    return office.read(work)


def _asked(office: Office, purposes: Sequence[Purpose]) -> list[listing.Asked]:
    return asked_now(purposes, office.clock.now())


def _group(office: Office, reading: Reading, which: Filter) -> listing.Group:
    purposes = asked_purposes(reading)
    if which is Filter.EVERYBODY:
        return listing.EVERYBODY
    if which is Filter.NOT_ASKED:
        return listing.never_asked([purpose.id for purpose in purposes])
    return listing.standing(_asked(office, purposes), _STATES[which])


@act(Verb.LIST, ConsentEvent)
def row_states(office: Office, ids: Sequence[bytes]) -> list[TableRow]:
    """The rows of these people, in this order; whoever is not here any more is left out."""

    def work(reading: Reading) -> list[TableRow]:
        purposes, zone = asked_purposes(reading), ZoneInfo(office.shop.zone)
        names = {contact.id: contact.name for contact in reading.find(Contact, one_of("id", ids))}
        stands = standings(reading, names, purposes, office.clock.now())
        return [
            TableRow(key, names[key], {p.code: _cell(stands[key][p.code], zone) for p in purposes})
            for key in ids
            if key in names
        ]

    return office.read(work)


def standings(
    reading: Reading, people: Iterable[bytes], purposes: Sequence[Purpose], now: datetime
) -> dict[bytes, dict[str, Standing]]:
    """Where people stand on purposes, by the code of each, exactly: by the order in which things were said."""
    said: dict[bytes, list[ConsentEvent]] = {key: [] for key in people}
    for event in reading.find(ConsentEvent, one_of("contact_id", said)):
        said[event.contact_id].append(event)
    ordered = {key: as_said(lines) for key, lines in said.items()}
    return {key: {p.code: _stands(lines, p, now) for p in purposes} for key, lines in ordered.items()}


def _stands(lines: Sequence[ConsentEvent], purpose: Purpose, now: datetime) -> Standing:
    mine = (line for line in lines if line.purpose_id == purpose.id)
    return standing(mine, now=now, valid_days=purpose.valid_days, renewed_at=purpose.renewed_at)


def _cell(stands: Standing, zone: ZoneInfo) -> Cell:
    since = stands.since.astimezone(zone).date() if stands.since else None
    return Cell(stands.state, answer_badge(stands.state), since)


@act(Verb.VIEW, ConsentEvent)
def history(office: Office, person: bytes, code: str) -> History:
    """All that a person said about a purpose, with the words they read. Leaves a line in the log.

    Raises Problem if there is nobody, or no such purpose.
    """
    found = office.read(lambda reading: _history(office, reading, person, code))
    office.looked(person)
    return found


@act(Verb.LIST, ConsentEvent)
def read_again(office: Office, person: bytes, code: str) -> History:
    """The history that is open already, after something was changed: the same look, so no second line in the log.

    RuntimeError where this role has not opened it within a day. Raises Problem as `history` does.
    """

    def work(reading: Reading) -> History:
        found = _history(office, reading, person, code)
        require_opened(office, reading, person, history)
        return found

    return office.read(work)


def _history(office: Office, reading: Reading, person: bytes, code: str) -> History:
    contact = reading.get(Contact, person)
    if contact is None:
        raise Gone(M("Nobody here has this number or email address."))
    purpose = purpose_by_code(reading, code)
    mine = [one for one in permissions(reading, person, office.clock.now()) if one.purpose.id == purpose.id]
    stands = mine[0].standing if mine else Standing(None, None)
    caller = who.by_name(office, reading)
    return History(
        person=person,
        name=contact.name,
        code=code,
        purpose=purpose.name,
        cell=_cell(stands, ZoneInfo(office.shop.zone)),
        can_withdraw=stands.state in _TAKEN_BACK_FROM,
        lines=tuple(_line(reading, event, caller) for one in mine for event in one.events),
        told_on=contact.informed_on,
        told_how=labels.of(contact.informed_how) if contact.informed_how else None,
    )


def _line(reading: Reading, event: ConsentEvent, caller: who.Caller) -> HistoryLine:
    wording = reading.get(Wording, event.wording_id) if event.wording_id else None
    badge = answer_badge(event.state)
    if event.state is ConsentState.GIVEN:
        badge = Badge(M("Said yes"), Tone.SUCCESS, "check")
    return HistoryLine(
        badge=badge,
        at=event.happened_at,
        how=labels.of(event.how),
        who=caller(event.actor),
        evidence=event.evidence or "",
        text=wording.text if wording else "",
        version=wording.version if wording else None,
        language=wording.language if wording else None,
    )
