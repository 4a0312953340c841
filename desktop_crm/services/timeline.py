"""What happened with a person, what was said and what is planned, in one line of time, the newest first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

from desktop_crm.records.consent import ConsentEvent, ConsentState
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import declaration
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.interaction import Interaction, InteractionKind
from desktop_crm.records.purchase import Original, Purchase
from desktop_crm.records.purpose import Purpose, Wording
from desktop_crm.records.request import PrivacyRequest, RequestKind
from desktop_crm.records.task import Task
from desktop_crm.services import labels
from desktop_crm.services.signs import Tone, dotted
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import Condition, after, before, eq
from desktop_crm.words import M, Money, Value, Words

PAGE = 60
"""Entries of each kind that are read at once."""
_EVER = datetime(1, 1, 2, tzinfo=UTC)


class Kind(StrEnum):
    """What an entry is."""

    TASK = "task"
    DELIVERY = "delivery"
    PURCHASE = "purchase"
    NOTE = "note"
    CALL = "call"
    EMAIL = "email"
    MEETING = "meeting"
    VISIT = "visit"
    ANSWER = "answer"
    REQUEST = "request"
    TOLD = "told"


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One entry. `when` is a day where no time is known, and None for a task without a day; `text` is free text.

    `row` of the record `record` is what is edited or taken out; only `removable` ones can be. `number` is that of a
    privacy request; `unsettled`: an invoice is not paid yet, a voucher not used.
    """

    kind: Kind
    icon: str
    tone: Tone
    title: M | str
    sub: M | str | None
    when: date | datetime | None
    text: str
    record: str
    row: bytes
    planned: bool = False
    removable: bool = False
    number: str = ""
    unsettled: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """Some entries, whole days, the newest first; `older` is the day before which there is more, or None."""

    entries: tuple[Entry, ...]
    older: date | None


@dataclass(frozen=True, slots=True)
class _Source:
    """A kind of record on the line of time: its column of time, and what an entry says of a row."""

    record: type[Any]
    column: str
    owner: str
    entry: Callable[[Timeline, Any], Entry]


class Timeline:
    """The line of time of one person in one state of the file."""

    def __init__(self, reading: Reading, person: bytes, *, today: date, words: Words) -> None:
        self._reading = reading
        self._person = person
        self._today = today
        self._words = words
        self._zone = ZoneInfo(words.zone)
        self._purposes = {purpose.id: purpose.name for purpose in reading.find(Purpose)}
        self._wording = cache(lambda key: reading.get(Wording, key))

    def planned(self) -> list[Entry]:
        """Open tasks and coming deliveries, the next one first, those without a day last."""
        mine = eq("contact_id", self._person)
        tasks = self._reading.find(Task, mine, eq("done_at", None), order=("due_on", "due_time", "id"))
        coming = self._reading.find(DeliveryRecipient, mine, after("deliver_on", self._today - timedelta(days=1)))
        made = [*map(self._task, tasks), *map(self._delivery, coming)]
        return sorted(made, key=lambda entry: (entry.when is None, str(entry.when)))

    def page(self, before_day: date | None = None, size: int = PAGE) -> Page:
        """The newest whole days before a day, with about so many entries of each kind."""
        rows = {source: self._rows(source, before_day, None, size) for source in _SOURCES}
        ends = [self._day(getattr(found[-1], source.column)) for source, found in rows.items() if len(found) == size]
        end = max(ends, default=None)
        if end is not None:
            rows = {source: self._rows(source, before_day, end, -1) for source in _SOURCES}
        made = [(row, source.entry(self, row)) for source, found in rows.items() for row in found]
        made += [(row, entry) for row, entry in self._told() if self._within(entry.when, before_day, end)]
        ordered = sorted(made, key=lambda one: self._moment(*one), reverse=True)
        return Page(tuple(entry for _, entry in ordered), end)

    def _rows(self, source: _Source, before_day: date | None, first_day: date | None, limit: int) -> list[Any]:
        column = source.column
        dated = not issubclass(declaration(source.record).column(column).kind, datetime)
        conditions: list[Condition] = [eq(source.owner, self._person)]
        if source.record is DeliveryRecipient:
            conditions.append(before(column, self._today))
        if before_day is not None:
            conditions.append(before(column, before_day if dated else self._start(before_day)))
        if first_day is not None:
            step = timedelta(days=1) if dated else timedelta(microseconds=1)
            conditions.append(after(column, (first_day if dated else self._start(first_day)) - step))
        elif not dated:
            conditions.append(after(column, _EVER))
        return self._reading.find(source.record, *conditions, order=(f"-{column}", "-id"), limit=limit)

    def _start(self, day: date) -> datetime:
        return datetime.combine(day, time(), self._zone).astimezone(UTC)

    def _day(self, when: date | datetime) -> date:
        return when.astimezone(self._zone).date() if isinstance(when, datetime) else when

    def _moment(self, row: Any, entry: Entry) -> tuple[datetime, bytes]:
        """Where an entry stands. One that has a day but no time: where it was entered, or at the beginning of the day.

        So what was entered just now stands above everything else of today.
        """
        when = entry.when
        if isinstance(when, datetime):
            return when, entry.row
        day = when or self._today
        return (row.created_at if self._day(row.created_at) == day else self._start(day)), entry.row

    def _within(self, when: date | datetime | None, before_day: date | None, first_day: date | None) -> bool:
        day = self._day(when) if when is not None else self._today
        return (before_day is None or day < before_day) and (first_day is None or day >= first_day)

    def _told(self) -> Iterator[tuple[Contact, Entry]]:
        contact = self._reading.get(Contact, self._person)
        if contact is not None and contact.informed_on is not None:
            how = labels.of(contact.informed_how) if contact.informed_how else None
            title = M("Told how we use data")
            day = contact.informed_on
            yield contact, Entry(Kind.TOLD, "info", Tone.INFO, title, how, day, "", "contact", contact.id)

    # What an entry says

    def _interaction(self, row: Interaction) -> Entry:
        kind = Kind(row.kind.value)
        icon, tone, title = _INTERACTIONS[row.kind]
        sub = labels.of(row.channel) if row.channel is not None and row.kind is InteractionKind.NOTE else None
        return Entry(kind, icon, tone, title, sub, row.happened_at, row.text, "interaction", row.id, removable=True)

    def _purchase(self, row: Purchase) -> Entry:
        parts: list[Value] = [M("Order {number}", number=row.invoice_no)] if row.invoice_no else []
        parts.append(Money(row.amount_minor, row.currency))
        if row.still_open is not None:
            parts.append(labels.of(row.still_open))
        title: M | str = row.description or M("Order")
        return Entry(
            Kind.PURCHASE,
            "bag",
            Tone.NEUTRAL,
            title,
            dotted(parts),
            row.bought_on,
            "",
            "purchase",
            row.id,
            removable=row.original is not Original.HERE,
            unsettled=row.still_open is not None,
        )

    def _delivery(self, row: DeliveryRecipient) -> Entry:
        coming = row.deliver_on >= self._today
        tone = Tone.ACCENT if coming else Tone.NEUTRAL
        return Entry(
            Kind.DELIVERY,
            "truck",
            tone,
            M("Delivery to {name}", name=row.name),
            row.address,
            row.deliver_on,
            row.card_text or "",
            "delivery_recipient",
            row.id,
            planned=coming,
            removable=True,
        )

    def _task(self, row: Task) -> Entry:
        open_ = row.done_at is None
        late = row.due_on is not None and row.due_on < self._today
        tone = (Tone.WARNING if late else Tone.ACCENT) if open_ else Tone.NEUTRAL
        at = M("{day}, {time}", day=row.due_on, time=row.due_time) if row.due_on and row.due_time else None
        sub = at if open_ else M("done")
        icon = "phone" if row.call else "task"
        when = row.due_on if open_ else row.done_at
        title = M("Task: {text}", text=row.text)
        return Entry(Kind.TASK, icon, tone, title, sub, when, "", "task", row.id, planned=open_, removable=True)

    def _answer(self, row: ConsentEvent) -> Entry:
        purpose = self._purposes.get(row.purpose_id, "")
        parts: list[Value] = [labels.of(row.how)]
        if row.wording_id is not None:
            parts.append(self._read(row.wording_id))
        tone = Tone.SUCCESS if row.state is ConsentState.GIVEN else Tone.NEUTRAL
        title = said(row.state, purpose)
        return Entry(Kind.ANSWER, "pen", tone, title, dotted(parts), row.happened_at, "", "consent_event", row.id)

    def _read(self, key: bytes) -> M | None:
        """Which words were put before the person."""
        wording = self._wording(key)
        if wording is None:
            return None
        from desktop_crm.documents.formats import language

        return M("wording {n} ({language})", n=wording.version, language=language(self._words, wording.language))

    def _request(self, row: PrivacyRequest) -> Entry:
        parts: list[Value] = [labels.of(row.channel)]
        if row.identity_how is not None:
            parts.append(labels.of(row.identity_how))
        closed = row.closed_at is not None
        if closed:
            parts.append(M("answered on {day}", day=row.closed_at and self._day(row.closed_at)))
        else:
            parts.append(M("answer by {day}", day=row.due_on))
        return Entry(
            Kind.REQUEST,
            "inbox",
            Tone.NEUTRAL if closed else Tone.WARNING,
            ASKED[row.kind],
            dotted(parts),
            row.received_on,
            "",
            "privacy_request",
            row.id,
            number=row.number,
        )


def said(state: ConsentState, purpose: str) -> M:
    """What a person answered about a purpose."""
    match state:
        case ConsentState.GIVEN:
            return M("Said yes: {purpose}", purpose=purpose)
        case ConsentState.REFUSED:
            return M("Said no: {purpose}", purpose=purpose)
        case ConsentState.WITHDRAWN:
            return M("Took back the yes: {purpose}", purpose=purpose)
        case ConsentState.CLAIMED:
            return M("A list says yes, proof missing: {purpose}", purpose=purpose)
        case ConsentState.REQUESTED:
            return M("Said not now: {purpose}", purpose=purpose)
        case _:
            return M("No longer valid: {purpose}", purpose=purpose)


ASKED = {
    RequestKind.ACCESS: M("Asked for a copy of their data"),
    RequestKind.PORTABILITY: M("Asked for data to take along"),
    RequestKind.RECTIFICATION: M("Asked for a correction"),
    RequestKind.ERASURE: M("Asked to be erased"),
    RequestKind.RESTRICTION: M("Asked us to keep, but not use"),
    RequestKind.OBJECTION: M("Asked us to stop using this"),
    RequestKind.WITHDRAWAL: M("Took a permission back"),
}
"""What a person asked for, as it stands on the line of time."""
_INTERACTIONS = {
    InteractionKind.NOTE: ("note", Tone.ACCENT, M("Note")),
    InteractionKind.CALL: ("phone", Tone.INFO, M("Call")),
    InteractionKind.EMAIL: ("mail", Tone.INFO, M("Email")),
    InteractionKind.MEETING: ("users", Tone.INFO, M("Meeting")),
    InteractionKind.VISIT: ("building", Tone.INFO, M("Visit")),
}
_SOURCES: Sequence[_Source] = (
    _Source(Interaction, "happened_at", "contact_id", Timeline._interaction),
    _Source(Purchase, "bought_on", "contact_id", Timeline._purchase),
    _Source(DeliveryRecipient, "deliver_on", "contact_id", Timeline._delivery),
    _Source(Task, "done_at", "contact_id", Timeline._task),
    _Source(ConsentEvent, "happened_at", "contact_id", Timeline._answer),
    _Source(PrivacyRequest, "received_on", "person_id", Timeline._request),
)
