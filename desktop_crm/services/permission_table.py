"""Who said yes or no, to what and when: people against purposes, and the history of one answer."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from desktop_crm.privacy.permission import Standing, as_said, standing
from desktop_crm.records.audit import Verb
from desktop_crm.records.consent import ConsentEvent, ConsentEvidence, ConsentScreen, ConsentState, EvidenceKind
from desktop_crm.records.contact import Contact
from desktop_crm.records.purpose import Purpose, Wording
from desktop_crm.services import informing, labels, who
from desktop_crm.services.acts import act
from desktop_crm.services.consents import permissions, purpose_by_code
from desktop_crm.services.listing import PeopleOrder, asked_now, asked_purposes, collect, nobody_waits
from desktop_crm.services.looks import require_opened
from desktop_crm.services.office import Office
from desktop_crm.services.signs import Badge, Tone, answer_badge
from desktop_crm.storage import listing
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq, one_of
from desktop_crm.words import Gone, M


class Filter(StrEnum):
    """Which people the table shows."""

    EVERYBODY = "everybody"
    SAID_YES = "said-yes"
    NOT_ASKED = "not-asked"
    SAID_NO = "said-no"
    TOO_OLD = "too-old"
    CLAIMED = "claimed"
    NOT_TOLD = "not-told"
    TOLD_EARLIER = "told-earlier"


TELLING = (Filter.NOT_TOLD, Filter.TOLD_EARLIER)
"""Those about whom it is asked whether they were told how their data is used."""
WORDS: dict[Filter, M] = {
    Filter.EVERYBODY: M("Everybody"),
    Filter.SAID_YES: M("Said yes"),
    Filter.NOT_ASKED: M("Not asked yet"),
    Filter.SAID_NO: M("Said no"),
    Filter.TOO_OLD: M("Too old, ask again"),
    Filter.CLAIMED: M("Claimed, no proof"),
    Filter.NOT_TOLD: M("Not told yet"),
    Filter.TOLD_EARLIER: M("Told of an earlier notice"),
}
_STATES: dict[Filter, tuple[ConsentState, ...]] = {
    Filter.SAID_YES: (ConsentState.GIVEN,),
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
    shown: str = ""
    """All that stood before the person, word for word, where it was kept; `text` is the question alone."""
    facts: tuple[tuple[M, M | str], ...] = ()
    """What else is on record: until when it counts, on which device, who was there, who agreed for a child."""
    proofs: tuple[Proven, ...] = ()


@dataclass(frozen=True, slots=True, repr=False)
class Proven:
    """A proof of an answer: a signature as lines of points, a scan with its kind of file, or what was read out."""

    kind: EvidenceKind
    note: str
    strokes: str
    media_type: str
    content: bytes


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
    office: Office,
    which: Filter = Filter.EVERYBODY,
    *,
    purpose: str | None = None,
    on_chunk: Callable[[bytes], object] = nobody_waits,
) -> PeopleOrder:
    """Everybody of a filter in the order of names, by all purposes in use or by the one of that code.

    `on_chunk` as for the list of contacts.
    """
    return office.read(
        lambda reading: collect(reading, _group(office, reading, _chosen(reading, purpose), which), on_chunk)
    )


@act(Verb.LIST, ConsentEvent)
def counts(office: Office, purpose: str | None = None) -> Counts:
    """How many people each filter leaves, by all purposes or by one, and how many say yes to each purpose in use."""

    def work(reading: Reading) -> Counts:
        purposes = asked_purposes(reading)
        stands = listing.combinations(reading, asked_now(purposes, office.clock.now()))
        looked_at = [at for at, one in enumerate(purposes) if purpose in (None, one.code)]
        numbers = {which: _any_of(stands, looked_at, states) for which, states in _STATES.items()}
        for plain in (Filter.EVERYBODY, Filter.NOT_ASKED, *TELLING):
            group = _group(office, reading, [purposes[at] for at in looked_at], plain)
            numbers[plain] = listing.count(reading, group)
        filters = (FilterCount(one, text, numbers[one]) for one, text in WORDS.items())
        columns = (PurposeCount(p.code, p.name, _yes(stands, at)) for at, p in enumerate(purposes))
        return Counts(tuple(filters), tuple(columns))

    return office.read(work)


_Stands = Mapping[tuple[ConsentState | None, ...], int]


def _any_of(stands: _Stands, looked_at: Sequence[int], states: Sequence[ConsentState]) -> int:
    """How many people stand in one of these states on any of the purposes looked at, by their places."""
    return sum(number for where, number in stands.items() if any(where[at] in states for at in looked_at))


def _yes(stands: _Stands, at: int) -> int:
    return sum(number for where, number in stands.items() if where[at] is ConsentState.GIVEN)


def _chosen(reading: Reading, purpose: str | None) -> list[Purpose]:
    return [one for one in asked_purposes(reading) if purpose in (None, one.code)]


def _group(office: Office, reading: Reading, purposes: Sequence[Purpose], which: Filter) -> listing.Group:
    if which is Filter.EVERYBODY:
        return listing.EVERYBODY
    if which in TELLING:
        return informing.group(office, reading, earlier=which is Filter.TOLD_EARLIER)
    if which is Filter.NOT_ASKED:
        return listing.never_asked([purpose.id for purpose in purposes])
    return listing.standing(asked_now(purposes, office.clock.now()), _STATES[which])


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
        lines=tuple(_line(office, reading, event, caller) for one in mine for event in one.events),
        told_on=contact.informed_on,
        told_how=labels.of(contact.informed_how) if contact.informed_how else None,
    )


def _line(office: Office, reading: Reading, event: ConsentEvent, caller: who.Caller) -> HistoryLine:
    wording = reading.get(Wording, event.wording_id) if event.wording_id else None
    badge = answer_badge(event.state)
    if event.state is ConsentState.GIVEN:
        badge = Badge(M("Said yes"), Tone.SUCCESS, "check")
    screen = reading.get(ConsentScreen, event.screen_id) if event.screen_id else None
    proofs = reading.find(ConsentEvidence, eq("screen_id", event.screen_id)) if event.screen_id else ()
    return HistoryLine(
        badge=badge,
        at=event.happened_at,
        how=labels.of(event.how),
        who=caller(event.actor),
        evidence=event.evidence or "",
        text=wording.text if wording else "",
        version=wording.version if wording else None,
        language=event.language or (wording.language if wording else None),
        shown=screen.text if screen else "",
        facts=tuple(_facts(office, event)),
        proofs=tuple(
            Proven(one.kind, one.note or "", one.strokes or "", one.media_type or "", one.content or b"")
            for one in proofs
        ),
    )


def _facts(office: Office, event: ConsentEvent) -> Iterator[tuple[M, M | str]]:
    """What else is on record of an answer, as label and value."""
    if event.ends_at is not None:
        day = event.ends_at.astimezone(ZoneInfo(office.shop.zone)).date()
        yield M("Counts until"), M("{day}", day=day)
    if event.explicit:
        yield M("Asked explicitly"), M("yes")
    for label, value in (
        (M("On which device"), event.device),
        (M("Witness"), event.witness),
        (M("Parent or guardian who agreed"), event.guardian),
    ):
        if value:
            yield label, value
