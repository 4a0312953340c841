"""The list of contacts: everybody's ids in the order of names, the rows that are seen, and what typing finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from desktop_crm.cheap import fixed
from desktop_crm.host.ids import id_text, parse_id
from desktop_crm.records.audit import Verb
from desktop_crm.records.company import Company
from desktop_crm.records.consent import ConsentEvent, ConsentState
from desktop_crm.records.contact import Contact, Stage
from desktop_crm.records.declare import Basis
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.purchase import Purchase
from desktop_crm.records.purpose import Purpose
from desktop_crm.records.request import PrivacyRequest, RequestKind
from desktop_crm.records.retention import RetentionAnswer, RetentionItem
from desktop_crm.records.tag import Tag
from desktop_crm.services import labels
from desktop_crm.services.acts import act
from desktop_crm.services.office import Office
from desktop_crm.services.people import sort_form
from desktop_crm.services.signs import Badge, Tone, near
from desktop_crm.storage import listing
from desktop_crm.storage import search as index
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq, one_of
from desktop_crm.words import M

ID = 16
"""Bytes of an id."""
LABEL = "label:"
"""What comes before the id of a label in the key of its chip."""


class Chip(StrEnum):
    """What the list of contacts can be narrowed to; a label has a key of its own (`LABEL` and its id)."""

    ALL = "all"
    NEVER_ASKED = "never-asked"
    TIDY_UP = "tidy-up"
    REASON_MISSING = "reason-missing"
    REASON_GONE = "reason-gone"


class PeopleOrder:
    """Ids of people in the order of a list, packed: a million take 16 MB, and no row is in memory."""

    def __init__(self, packed: bytes = b"") -> None:
        self._packed = bytearray(packed)

    def __len__(self) -> int:
        return len(self._packed) // ID

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PeopleOrder) and self._packed == other._packed

    __hash__ = None  # type: ignore[assignment]  # it grows

    def __iter__(self) -> Iterator[bytes]:
        return (self.id_at(place) for place in range(len(self)))

    def append(self, packed: bytes) -> None:
        """Add ids at the end, 16 bytes each."""
        self._packed += packed

    def id_at(self, place: int) -> bytes:
        """Who stands at a place, counted from 0. IndexError beyond the end."""
        if not 0 <= place < len(self):
            raise IndexError
        return bytes(self._packed[place * ID : (place + 1) * ID])

    def ids(self, start: int, stop: int) -> list[bytes]:
        """Who stands from one place up to before another, as far as there are people."""
        return [self.id_at(place) for place in range(max(start, 0), min(stop, len(self)))]

    def index_of(self, person: bytes) -> int | None:
        """At which place somebody stands, or None."""
        at = self._packed.find(person)
        while at >= 0 and at % ID:
            at = self._packed.find(person, at + 1)
        return at // ID if at >= 0 else None


@fixed
class ChipCount:
    """A chip above the list: its key, its words (a label's are the shop's own), and how many people it leaves."""

    key: str
    text: M | str
    number: int


@fixed
class ListRow:
    """One row of the list: the name, one line about the person, and at most one sign."""

    id: bytes
    name: str
    line: M | str
    tag: Badge | None
    stage: Stage


def nobody_waits(_: bytes) -> None:
    """Nobody wants to see the first people before the last ones are read."""


@act(Verb.LIST, Contact)
def order(office: Office, chip: str = Chip.ALL, *, on_chunk: Callable[[bytes], object] = nobody_waits) -> PeopleOrder:
    """Everybody of a chip in the order of names. ValueError for a chip there is none of.

    `on_chunk` gets the ids as they are read, 16 bytes each, 2,000 people at a time, and may raise to end the reading.
    """
    return office.read(lambda reading: collect(reading, _group(office, reading, chip), on_chunk))


def collect(reading: Reading, group: listing.Group, on_chunk: Callable[[bytes], object] = nobody_waits) -> PeopleOrder:
    """Everybody of a group in the order of names."""
    whole = PeopleOrder()
    for chunk in listing.ids(reading, group):
        whole.append(chunk)
        on_chunk(chunk)
    return whole


@act(Verb.LIST, Contact)
def chip_counts(office: Office) -> list[ChipCount]:
    """The chips with how many people each leaves: the fixed ones, then the labels somebody bears, by name."""

    def work(reading: Reading) -> list[ChipCount]:
        chips = {key: text for key, text in _CHIPS.items() if reading.sees(_NEEDED.get(key, Contact))}
        fixed = [
            ChipCount(key, text, listing.count(reading, _group(office, reading, key))) for key, text in chips.items()
        ]
        borne = listing.tag_counts(reading)
        tags = sorted(reading.find(Tag, one_of("id", borne)), key=lambda tag: (tag.match, tag.id))
        return [*fixed, *(ChipCount(LABEL + id_text(tag.id), tag.name, borne[tag.id]) for tag in tags)]

    return office.read(work)


_CHIPS: dict[Chip, M] = {
    Chip.ALL: M("All"),
    Chip.NEVER_ASKED: M("Never asked"),
    Chip.TIDY_UP: M("Tidy-up"),
    Chip.REASON_MISSING: M("Reason missing"),
    Chip.REASON_GONE: M("No reason any more"),
}


_NEEDED: dict[Chip, type] = {
    Chip.NEVER_ASKED: ConsentEvent,
    Chip.TIDY_UP: RetentionItem,
    Chip.REASON_GONE: ConsentEvent,
}
"""What has to be seen for a chip to say anything."""


def _group(office: Office, reading: Reading, chip: str) -> listing.Group:
    if chip.startswith(LABEL) and (tag := parse_id(chip.removeprefix(LABEL))):
        return listing.tagged(tag)
    match Chip(chip):
        case Chip.NEVER_ASKED:
            return never_asked(reading)
        case Chip.TIDY_UP:
            return listing.WAITING
        case Chip.REASON_MISSING:
            return listing.UNSORTED
        case Chip.REASON_GONE:
            return no_yes_left(reading, office.clock.now())
        case _:
            return listing.EVERYBODY


def asked_purposes(reading: Reading) -> list[Purpose]:
    """The purposes in use that people are asked about, by code."""
    return reading.find(Purpose, eq("basis", Basis.CONSENT), eq("active", True), order=("code",))


def never_asked(reading: Reading) -> listing.Group:
    """Everybody who was never asked about any purpose in use."""
    return listing.never_asked([purpose.id for purpose in asked_purposes(reading)])


def asked_now(purposes: Iterable[Purpose], now: datetime) -> list[listing.Asked]:
    """What makes a yes to these purposes too old at a moment."""
    return [
        listing.Asked(p.id, now, now - timedelta(days=p.valid_days) if p.valid_days else None, p.renewed_at)
        for p in purposes
    ]


def no_yes_left(reading: Reading, now: datetime) -> listing.Group:
    """Everybody kept by permission alone of whom no yes counts: taken back, run out, never proved."""
    asked = asked_now(asked_purposes(reading), now)
    return listing.by_permission_without(listing.standing(asked, [ConsentState.GIVEN]))


def names_of(reading: Reading, ids: Iterable[bytes]) -> dict[bytes, str]:
    """What people are called: contacts, and those an order went to. Numbers of nobody are left out."""
    keys = list(ids)
    others = {row.id: row.name for row in reading.find(DeliveryRecipient, one_of("id", keys))}
    return others | {row.id: row.name for row in reading.find(Contact, one_of("id", keys))}


@act(Verb.LIST, Contact)
def search(office: Office, text: str, *, limit: int = 200) -> list[bytes]:
    """Contacts found as one types: those whose name begins so, then by any word, then near misses.

    As many as `limit` means that there may be more.
    """

    def work(reading: Reading) -> list[bytes]:
        key, form = parse_id(text), sort_form(text.strip())
        if key is not None or not form:
            return list(listing.known(reading, [key] if key else []))
        begin = listing.named_like(reading, form, limit)
        hits = index.found(reading, text, limit, lambda: office.vocabulary(reading))
        subjects = [hit.subject for hit in hits]
        contacts = listing.known(reading, subjects)
        return list(dict.fromkeys([*begin, *(key for key in subjects if key in contacts)]))[:limit]

    return office.read(work)


@act(Verb.LIST, Contact)
def rows(office: Office, ids: Sequence[bytes]) -> list[ListRow]:
    """The rows of these people, in this order; whoever is not here any more is left out."""

    def work(reading: Reading) -> list[ListRow]:
        seen = _Seen(reading, ids, office.today(), office.shop.zone)
        return [seen.row(seen.contacts[key]) for key in ids if key in seen.contacts]

    return office.read(work)


class _Seen:
    """What the rows of some people need, read at once."""

    def __init__(self, reading: Reading, ids: Sequence[bytes], today: date, zone: str) -> None:
        self._today = today
        self._zone = ZoneInfo(zone)
        self.contacts = {contact.id: contact for contact in reading.find(Contact, one_of("id", ids))}
        keys = list(self.contacts)
        companies = {contact.company_id for contact in self.contacts.values()} - {None}
        self._companies = {c.id: c.name for c in reading.find(Company, one_of("id", companies))}
        self._bought = listing.newest(reading, Purchase, "bought_on", keys)
        self._talked = listing.latest(reading, Interaction, "happened_at", keys)
        self._asking = _firsts(reading.find(PrivacyRequest, one_of("person_id", keys), eq("closed_at", None)))
        # Which of them wait is asked here: asked of the file, it goes through everything that waits.
        items = reading.find(RetentionItem, one_of("person_id", keys))
        self._waiting = {item.person_id for item in items if item.answer is RetentionAnswer.WAITING}

    def row(self, contact: Contact) -> ListRow:
        return ListRow(contact.id, contact.name, self._line(contact), self._tag(contact), contact.stage)

    def _line(self, contact: Contact) -> M | str:
        if company := self._companies.get(contact.company_id or b""):
            return f"{company}, {contact.job_title}" if contact.job_title else company
        last = self._last(contact.id)
        bought = self._bought.get(contact.id)
        if bought is None:
            return M("Last contact: {day}", day=last) if last else labels.of(contact.stage)
        what = bought.description or M("Order of {day}", day=near(bought.bought_on, self._today))
        if bought.still_open is not None:
            return M("{what} · {open}", what=what, open=labels.of(bought.still_open))
        return M("{what} · last contact: {day}", what=what, day=last) if last else what

    def _last(self, person: bytes) -> M | None:
        at = self._talked.get(person)
        return near(datetime.fromisoformat(at).astimezone(self._zone).date(), self._today) if at else None

    def _tag(self, contact: Contact) -> Badge | None:
        if request := self._asking.get(contact.id):
            return Badge(DUE.get(request.kind, M("Request open")), Tone.WARNING, "inbox")
        if contact.id in self._waiting:
            return Badge(M("Tidy-up"), Tone.VIOLET, "clock")
        if contact.basis is Basis.UNSORTED:
            return Badge(M("Reason missing"), Tone.NEUTRAL, "help")
        return None


DUE = {
    RequestKind.ACCESS: M("Copy due"),
    RequestKind.PORTABILITY: M("Copy due"),
    RequestKind.ERASURE: M("Erasure due"),
    RequestKind.RECTIFICATION: M("Correction due"),
}
"""What a person waits for, in two words."""


def _firsts(requests: Iterable[PrivacyRequest]) -> dict[bytes, PrivacyRequest]:
    """Of several open requests of a person, the one that is due first."""
    return {one.person_id: one for one in sorted(requests, key=lambda one: one.due_on, reverse=True)}
