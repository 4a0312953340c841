"""What an answer will hold, part by part, before it is made: how much, and where a person should look first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo

from desktop_crm.documents import model
from desktop_crm.host.ids import id_text
from desktop_crm.privacy.access import AccessStep, access_plan
from desktop_crm.privacy.terms import Unit, later
from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.records.contact import Contact, ContactAddress, ContactEmail, ContactPhone, ContactWebsite
from desktop_crm.records.declare import Section
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.purchase import Purchase
from desktop_crm.records.registry import inventory
from desktop_crm.records.request import PrivacyRequest, RequestKind
from desktop_crm.records.tag import ContactTag
from desktop_crm.services import labels, outside, who
from desktop_crm.services.access import Collector
from desktop_crm.services.acts import act
from desktop_crm.services.contacts import rows_of
from desktop_crm.services.keeping_times import KeepingTimes
from desktop_crm.services.letterheads import name_of
from desktop_crm.services.office import Office
from desktop_crm.services.record_page import HeldSection, as_held
from desktop_crm.services.requests import open_of
from desktop_crm.storage.naming import named_in, stands_in
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq
from desktop_crm.words import M

LOOKS_MONTHS = 12
"""So far back an answer tells who looked."""


class Part(StrEnum):
    """The parts of an answer, in the order in which they are shown."""

    DETAILS = "details"
    PERMISSION = "permission"
    ORDERS = "orders"
    NOTES = "notes"
    DELIVERIES = "deliveries"
    LOOKS = "looks"
    EARLIER = "earlier"
    REVIEWS = "reviews"
    GENERAL = "general"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True, repr=False)
class NamesAnother:
    """An entry of this person in whose text another person is named."""

    record: str
    row: bytes
    text: str
    other: str


@dataclass(frozen=True, slots=True, repr=False)
class FoundPart:
    """One part: how many entries, what they are; `named`: please look; `ticked`: of so many places, how many."""

    part: Part
    title: M
    number: int
    summary: M
    named: tuple[NamesAnother, ...] = ()
    ticked: int | None = None

    @property
    def please_look(self) -> bool:
        """Whether a person should look before the answer is made."""
        return bool(self.named)


@act(Verb.VIEW, PrivacyRequest, whole=True)
def found(office: Office, person: bytes) -> tuple[FoundPart, ...]:
    """What the answer to this person will hold. The entries counted in the log are those the answer will list."""

    def work(reading: Reading) -> tuple[tuple[FoundPart, ...], PrivacyRequest | None]:
        name_of(reading, person)
        asked = open_of(reading, person, (RequestKind.ACCESS, RequestKind.PORTABILITY))
        return _Look(office, reading, person).parts(), asked[0] if asked else None

    parts, asked = office.read(work)
    office.looked(person, asked.id if asked else None, sum(one.number for one in parts if one.part in ENTRIES))
    return parts


@act(Verb.VIEW, PrivacyRequest, whole=True)
def part_entries(office: Office, person: bytes, part: Part) -> list[HeldSection]:
    """One part entry by entry, as the answer will tell it; nothing for a part that has none. Raises Problem."""

    def work(reading: Reading) -> list[HeldSection]:
        name_of(reading, person)
        return as_held(_Look(office, reading, person).sections(part), office.words)

    held = office.read(work)
    office.looked(person, person, number=sum(len(section.entries) for section in held))
    return held


ENTRIES = (Part.DETAILS, Part.PERMISSION, Part.ORDERS, Part.NOTES, Part.DELIVERIES, Part.EARLIER, Part.REVIEWS)
"""Parts whose numbers are entries of the answer."""
_GENERAL = (M("what for"), M("why we may"), M("where from"), M("how long"), M("given to"), M("their rights"))
_DETAILS: tuple[tuple[type[Any], M], ...] = (
    (Contact, M("name")),
    (ContactPhone, M("phone")),
    (ContactEmail, M("email")),
    (ContactAddress, M("address")),
    (ContactWebsite, M("website")),
    (ContactTag, M("labels")),
)


class _Look:
    """Looks through everything about one person, in one state of the file."""

    def __init__(self, office: Office, reading: Reading, person: bytes) -> None:
        self._office = office
        self._reading = reading
        self._person = person
        self._today = office.today()
        self._zone = ZoneInfo(office.shop.zone)
        self._times = KeepingTimes(office.shop, reading, person, self._today)
        self._plan = access_plan(inventory())

    def parts(self) -> tuple[FoundPart, ...]:
        """Every part, in the order of `Part`."""
        named = self._named()
        return (
            self._details(),
            self._permission(named),
            self._orders(named),
            self._entries(Part.NOTES, Section.NOTES, M("Notes and timeline"), M("What was noted and agreed"), named),
            self._deliveries(named),
            self._looks(),
            self._earlier(),
            *self._reviews(named),
            FoundPart(Part.GENERAL, M("General information"), len(_GENERAL), labels.joined(_GENERAL)),
            self._outside(),
        )

    def sections(self, part: Part) -> list[model.Section]:
        """The entries of a part, kind by kind."""
        closed = {id_text(one.id) for one in self._requests() if one.closed_at is not None}
        own = {step.told.name for step in self._steps_of(part)}
        return [
            replace(section, entries=entries)
            for section in Collector(self._office, self._reading, self._person).everything()
            if section.key in own and (entries := tuple(_belonging(part, section.entries, closed)))
        ]

    def _steps_of(self, part: Part) -> list[AccessStep]:
        if part is Part.DELIVERIES:
            return [step for step in self._plan if step.told.record is DeliveryRecipient]
        return [
            step
            for section in _SECTIONS.get(part, ())
            for step in self._steps(section)
            if step.told.record is not DeliveryRecipient
        ]

    def _steps(self, section: Section) -> list[AccessStep]:
        return [step for step in self._plan if step.told.section is section]

    def _count(self, steps: Sequence[AccessStep]) -> int:
        return sum(self._reading.count(step.told.record, eq(step.subject.column, self._person)) for step in steps)

    def _entries(self, part: Part, section: Section, title: M, summary: M, named: Sequence[NamesAnother]) -> FoundPart:
        """A part that is one section of the answer, told by `summary` unless others are named there."""
        steps = self._steps(section)
        mine = _of(named, steps)
        number = self._count(steps)
        return FoundPart(part, title, number, _told(mine) or (summary if number else _NOTHING), mine)

    def _details(self) -> FoundPart:
        steps = self._steps(Section.DETAILS)
        there = [words for record, words in _DETAILS if self._reading.count(record, eq(_column(record), self._person))]
        what = labels.joined(there) if there else _NOTHING
        return FoundPart(Part.DETAILS, labels.SECTIONS[Section.DETAILS], self._count(steps), what)

    def _permission(self, named: Sequence[NamesAnother]) -> FoundPart:
        summary = M("With the wording shown and all answers")
        return self._entries(Part.PERMISSION, Section.CONSENTS, M("Permission"), summary, named)

    def _orders(self, named: Sequence[NamesAnother]) -> FoundPart:
        steps = [step for step in self._steps(Section.ORDERS) if step.told.record is not DeliveryRecipient]
        mine, number = _of(named, steps), self._count(steps)
        summary = _told(mine) or self._invoices() or (M("Nothing that the law keeps") if number else _NOTHING)
        return FoundPart(Part.ORDERS, labels.SECTIONS[Section.ORDERS], number, summary, mine)

    def _invoices(self) -> M | None:
        rows = self._reading.find(Purchase, eq("contact_id", self._person))
        ends = [until for row in rows if (until := self._times.invoice_until(row)) and until >= self._today]
        if not ends:
            return None
        return M(
            "{n} invoice must be kept until {day}", "{n} invoices must be kept until {day}", n=len(ends), day=max(ends)
        )

    def _deliveries(self, named: Sequence[NamesAnother]) -> FoundPart:
        steps = [step for step in self._plan if step.told.record is DeliveryRecipient]
        mine, number = _of(named, steps), self._count(steps)
        summary = (
            M("Names of those who got them are covered") if self._times.contact else M("What was delivered to them")
        )
        return FoundPart(Part.DELIVERIES, M("Deliveries"), number, summary if number else _NOTHING, mine)

    def _looks(self) -> FoundPart:
        lines = [
            (line.at.astimezone(self._zone).date(), line.actor)
            for line in self._reading.find(AuditEntry, eq("person_id", self._person), order=("seq",))
        ]
        lines = [(day, actor) for day, actor in lines if later(day, LOOKS_MONTHS, Unit.MONTHS) >= self._today]
        if not lines:
            return FoundPart(Part.LOOKS, M("Who looked"), 0, M("Nobody in the last 12 months"))
        roles = list(dict.fromkeys(map(who.by_role(self._reading), sorted({actor for _, actor in lines}))))
        n, whom = len(lines), labels.joined(roles)
        told = M("{n} time: {who}, since {day}", "{n} times: {who}, since {day}", n=n, who=whom, day=lines[0][0])
        return FoundPart(Part.LOOKS, M("Who looked"), n, told)

    def _earlier(self) -> FoundPart:
        answered = [one for one in self._requests() if one.closed_at is not None]
        days = [one.closed_at.astimezone(self._zone).date() for one in answered if one.closed_at]
        summary = M("The last on {day}", day=max(days)) if days else M("This is the first time")
        return FoundPart(Part.EARLIER, M("Earlier answers"), len(answered), summary)

    def _requests(self) -> list[PrivacyRequest]:
        return self._reading.find(PrivacyRequest, eq("person_id", self._person))

    def _reviews(self, named: Sequence[NamesAnother]) -> Iterator[FoundPart]:
        """The rest: this request itself, reviews, fields that lists filled, places looked through, earlier values."""
        steps = [*self._steps(Section.RIGHTS), *self._steps(Section.SHORT)]
        answered = sum(one.closed_at is not None for one in self._requests())
        rest = self._count(steps) - answered
        if rest:
            mine = _of(named, steps)
            summary = _told(mine) or M("This request, reviews, and what lists filled in")
            yield FoundPart(Part.REVIEWS, labels.SECTIONS[Section.RIGHTS], rest, summary, mine)

    def _outside(self) -> FoundPart:
        kinds = (RequestKind.ACCESS, RequestKind.PORTABILITY)
        places = outside.of(self._reading, self._person, outside.since(self._reading, self._person, self._today, kinds))
        names = (
            labels.joined([M("{place}", place=place.name) for place in places])
            if places
            else M("No places entered yet")
        )
        ticked = sum(place.done_on is not None for place in places)
        return FoundPart(Part.OUTSIDE, M("Not in this app"), len(places), names, ticked=ticked)

    # Who else is named

    def _named(self) -> list[NamesAnother]:
        """The entries in whose text, as far as this person may see it, the name of somebody else stands."""
        texts = list(self._texts())
        hits = named_in(self._reading, [text for _, _, text in texts])
        others = {hit.owner for hit in hits if self._person not in (hit.owner, hit.subject)}
        names = {row.name for row in rows_of(self._reading, list(others))}
        return [
            NamesAnother(record, row, text, name)
            for record, row, text in texts
            for name in sorted(names)
            if stands_in(name, text)
        ]

    def _texts(self) -> Iterator[tuple[str, bytes, str]]:
        for step in self._plan:
            columns = [column.name for column in step.shown if column.mentions]
            rows = self._reading.find(step.told.record, eq(step.subject.column, self._person)) if columns else []
            for row, name in ((row, name) for row in rows for name in columns):
                if text := getattr(row, name):
                    yield step.told.name, getattr(row, step.told.key), text


_NOTHING = M("Nothing")
_SECTIONS = {
    Part.DETAILS: (Section.DETAILS,),
    Part.PERMISSION: (Section.CONSENTS,),
    Part.ORDERS: (Section.ORDERS,),
    Part.NOTES: (Section.NOTES,),
    Part.EARLIER: (Section.RIGHTS,),
    Part.REVIEWS: (Section.RIGHTS, Section.SHORT),
}
"""Which sections of the answer a part shows."""


def _belonging(part: Part, entries: Iterable[model.Entry], closed: set[str]) -> Iterator[model.Entry]:
    """Requests that were answered stand under *Earlier answers*, the one that is open with the rest."""
    for entry in entries:
        if part not in (Part.EARLIER, Part.REVIEWS) or (entry.id in closed) is (part is Part.EARLIER):
            yield entry


def _column(record: type[Any]) -> str:
    return "id" if record is Contact else "contact_id"


def _of(named: Sequence[NamesAnother], steps: Sequence[AccessStep]) -> tuple[NamesAnother, ...]:
    kinds = {step.told.name for step in steps}
    return tuple(one for one in named if one.record in kinds)


def _told(named: Sequence[NamesAnother]) -> M | None:
    entries = len({one.row for one in named})
    if not entries:
        return None
    return M("{n} entry also names another person", "{n} entries also name another person", n=entries)
