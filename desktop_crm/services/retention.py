"""Keeping times: what is due and why, the queue that waits for a yes, and the job that looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from desktop_crm.privacy.retention import due_day, latest_start_due
from desktop_crm.records.audit import Verb
from desktop_crm.records.contact import Contact, Stage
from desktop_crm.records.declare import Basis
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.purchase import KeptInvoice, Purchase
from desktop_crm.records.retention import RetentionAnswer, RetentionItem, RetentionRule
from desktop_crm.records.technical import JobRun
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.contacts import storable
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import CHUNK, Reading, Writing
from desktop_crm.storage.where import before, eq, one_of, until
from desktop_crm.words import M, Problem

JOB = "retention"
EVERY = timedelta(days=1)
OVERDUE_AFTER = timedelta(days=30)
JUMP = timedelta(days=45)
"""A clock that ran further than this since the last run is asked about before anything is listed."""


@dataclass(frozen=True, slots=True)
class Due:
    """An entry whose keeping time is over: under which rule, since when."""

    rule: RetentionRule
    record: str
    row_id: bytes
    person_id: bytes
    due_on: date


@dataclass(frozen=True, slots=True)
class Waiting:
    """A line of the review queue."""

    item: RetentionItem
    overdue: bool


@dataclass(frozen=True, slots=True)
class Run:
    """What a run found: entries due, how many of them are new in the queue, and those that are due no longer."""

    found: int
    new: int
    gone: int


def _day(instant: datetime, zone: str) -> date:
    return instant.astimezone(ZoneInfo(zone)).date()


def _end_of(day: date, zone: str) -> datetime:
    return datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)


Start = Callable[[Any], date]


class _Look:
    """One look at all rules on one day."""

    def __init__(self, reading: Reading, zone: str, on: date) -> None:
        self._reading = reading
        self._zone = zone
        self._on = on

    def due(self, rule: RetentionRule) -> Iterator[Due]:
        if rule.record == "kept_invoice":
            yield from self._invoices(rule)
            return
        last = latest_start_due(rule, self._on)
        if last is None:
            return
        find = {
            "contact": self._contacts,
            "interaction": self._interactions,
            "delivery_recipient": self._deliveries,
        }.get(rule.record)
        if find is not None:
            yield from find(rule, last)

    def _made(self, rule: RetentionRule, row_id: bytes, person: bytes, start: date) -> Due:
        return Due(rule, rule.record, row_id, person, due_day(rule, start))

    def _contacts(self, rule: RetentionRule, last: date) -> Iterator[Due]:
        start: Start = lambda c: c.last_activity_on  # noqa: E731 - one of two ways to count
        if rule.start == "created":
            start = lambda c: _day(c.created_at, self._zone)  # noqa: E731
            bound = before("created_at", _end_of(last, self._zone))
        else:
            bound = until("last_activity_on", last)
        chunk: list[Contact] = []
        for contact in self._reading.stream(Contact, bound, *_CONDITIONS.get(rule.condition, ())):
            chunk.append(contact)
            if len(chunk) == CHUNK:
                yield from self._of_condition(rule, chunk, start)
                chunk = []
        yield from self._of_condition(rule, chunk, start)

    def _of_condition(self, rule: RetentionRule, contacts: list[Contact], start: Start) -> Iterator[Due]:
        if rule.condition in ("without_purchase", "customer"):
            bought = {
                p.contact_id for p in self._reading.find(Purchase, one_of("contact_id", [c.id for c in contacts]))
            }
            wanted = rule.condition == "customer"
            contacts = [c for c in contacts if (c.id in bought or c.stage is Stage.CUSTOMER) is wanted]
        for contact in contacts:
            yield self._made(rule, contact.id, contact.id, start(contact))

    def _interactions(self, rule: RetentionRule, last: date) -> Iterator[Due]:
        for row in self._reading.stream(Interaction, before("happened_at", _end_of(last, self._zone))):
            yield self._made(rule, row.id, row.contact_id, _day(row.happened_at, self._zone))

    def _deliveries(self, rule: RetentionRule, last: date) -> Iterator[Due]:
        for row in self._reading.stream(DeliveryRecipient, until("deliver_on", last)):
            yield self._made(rule, row.id, row.id, row.deliver_on)

    def _invoices(self, rule: RetentionRule) -> Iterator[Due]:
        """A kept invoice bears its legal end itself: the law of the day on which it was locked away."""
        for row in self._reading.stream(KeptInvoice, before("kept_until", self._on)):
            yield Due(rule, rule.record, row.id, row.id, row.kept_until + timedelta(days=1))


_CONDITIONS = {
    "lead": (eq("stage", Stage.LEAD),),
    "unsorted": (eq("basis", Basis.UNSORTED),),
}
_HANDLED = {
    ("contact", "lead"),
    ("contact", "unsorted"),
    ("contact", "without_purchase"),
    ("contact", "customer"),
    ("interaction", "always"),
    ("delivery_recipient", "always"),
    ("kept_invoice", "always"),
}


def rules_in_force(reading: Reading) -> list[RetentionRule]:
    """The rules whose entries are looked for at this stage."""
    return [r for r in reading.find(RetentionRule, order=("code",)) if (r.record, r.condition) in _HANDLED]


def due_entries(reading: Reading, zone: str, on: date) -> Iterator[Due]:
    """Every entry whose keeping time is over on a day, that nobody decided to keep beyond it."""
    answers = one_of("answer", (RetentionAnswer.KEEP, RetentionAnswer.HOLD))
    decided = [i for i in reading.find(RetentionItem, answers) if i.until is None or i.until >= on]
    kept = {(i.rule, i.row_id) for i in decided if i.answer is RetentionAnswer.KEEP}
    held = {i.row_id for i in decided if i.answer is RetentionAnswer.HOLD}
    look = _Look(reading, zone, on)
    for rule in rules_in_force(reading):
        for due in look.due(rule):
            if (rule.code, due.row_id) not in kept and due.row_id not in held and due.person_id not in held:
                yield due


@act(Verb.LIST, RetentionItem)
def preview(office: Office, on: date | None = None) -> list[Due]:
    """What would be due on a day (default: today). Changes nothing."""
    zone, day = office.shop.zone, on or office.today()
    return office.read(lambda reading: list(due_entries(reading, zone, day)))


@act(Verb.CHECK, RetentionItem)
def run(office: Office, *, clock_is_right: bool = False) -> Run:
    """Put everything that is due into the review queue. Destroys nothing. Running it twice changes nothing.

    Raises Problem when the clock jumped, unless `clock_is_right` says that somebody looked.
    """
    zone, day = office.shop.zone, office.today()

    def work(writing: Writing, trace: Trace) -> Run:
        _check_clock(writing, office, clock_is_right)
        due = {(d.rule.code, d.row_id): d for d in due_entries(writing, zone, day)}
        queued = {(i.rule, i.row_id): i for i in writing.find(RetentionItem, eq("answer", RetentionAnswer.WAITING))}
        fresh = [d for key, d in due.items() if key not in queued]
        known = {(i.rule, i.row_id): i for i in writing.stream(RetentionItem)} if fresh else {}
        for one in fresh:
            _queue(office, writing, one, known.get((one.rule.code, one.row_id)))
        stale = [item.id for key, item in queued.items() if key not in due]
        for start in range(0, len(stale), CHUNK):
            writing.delete(RetentionItem, one_of("id", stale[start : start + CHUNK]))
        writing.put(JobRun(name=JOB, last_success=office.clock.now(), found=len(due)))
        trace.number = len(due)
        return Run(len(due), len(fresh), len(stale))

    return office.write(work)


def _check_clock(reading: Reading, office: Office, clock_is_right: bool) -> None:
    last = reading.get(JobRun, JOB)
    if last is None or clock_is_right:
        return
    gap = office.clock.now() - last.last_success
    if gap > JUMP or gap < -EVERY:
        raise Problem(
            M("The date jumped since the last look. Before we tidy up: is today {day}?", day=office.today()),
            safe=M("Nothing was listed or deleted."),
            todo=M("If the date is right, run it again and say so (--date-is-right)."),
        )


def _queue(office: Office, writing: Writing, due: Due, known: RetentionItem | None) -> None:
    if known is not None:
        # Kept until a day that is now over: it waits anew.
        writing.update(
            RetentionItem, known.id, answer=RetentionAnswer.WAITING, due_on=due.due_on, found_at=office.clock.now()
        )
        return
    writing.insert(
        RetentionItem(
            id=office.new_id(),
            person_id=due.person_id,
            rule=due.rule.code,
            record=due.record,
            row_id=due.row_id,
            due_on=due.due_on,
            found_at=office.clock.now(),
        )
    )


@act(Verb.LIST, RetentionItem)
def queue(office: Office) -> list[Waiting]:
    """What waits for a yes, the longest first; red after 30 days."""
    now = office.clock.now()

    def work(reading: Reading) -> list[Waiting]:
        items = reading.find(RetentionItem, eq("answer", RetentionAnswer.WAITING), order=("found_at", "id"))
        return [Waiting(item, now - item.found_at > OVERDUE_AFTER) for item in items]

    return office.read(work)


@act(Verb.CHANGE, RetentionItem)
def decide(
    office: Office, items: Iterable[bytes], answer: RetentionAnswer, *, reason: str, until: date | None = None
) -> int:
    """Keep or hold entries of the queue, with the reason and until when. Erasing is an act of its own."""
    if answer not in (RetentionAnswer.KEEP, RetentionAnswer.HOLD):
        raise Problem(M("Here entries are kept or held; erasing is done on the person."))
    reason = storable(reason)
    if not reason:
        raise Problem(M("Please give the reason."))
    chosen = list(items)

    def work(writing: Writing, trace: Trace) -> int:
        done = 0
        for key in chosen:
            done += writing.update(
                RetentionItem,
                key,
                answer=answer,
                reason=reason,
                until=until,
                decided_at=office.clock.now(),
                actor=office.actor,
            )
        trace.number = done
        return done

    return office.write(work)


def is_due(office: Office) -> bool:
    """Whether the daily look has not succeeded for a day: asked at start, at resume and every quarter of an hour."""
    last = office.read(lambda reading: reading.get(JobRun, JOB))
    return last is None or abs(office.clock.now() - last.last_success) >= EVERY
