"""Keeping times: what is due and why, the queue that waits for a yes, the yes, and the job that looks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from desktop_crm.host.ids import id_text
from desktop_crm.privacy.retention import due_day, latest_start_due
from desktop_crm.records.audit import Verb
from desktop_crm.records.change import ChangeValue
from desktop_crm.records.contact import Contact, Stage
from desktop_crm.records.declare import Basis, declaration
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.erasure import ErasureMark
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.purchase import KeptInvoice, Purchase
from desktop_crm.records.retention import RetentionAnswer, RetentionItem, RetentionRule, RetentionRun
from desktop_crm.records.technical import JobRun
from desktop_crm.services.actor import PROGRAM
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.due import OVERDUE_AFTER
from desktop_crm.services.office import Office
from desktop_crm.services.people import storable
from desktop_crm.services.recording import tidy
from desktop_crm.services.removal import Held, held_of, take_out
from desktop_crm.storage.transaction import CHUNK, Reading, Writing
from desktop_crm.storage.where import before, eq, one_of, until
from desktop_crm.words import M, Problem, WayOut

JOB = "retention"
EVERY = timedelta(days=1)
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
    sender_id: bytes | None = None
    """Who ordered a delivery: a dispute with them holds it too."""

    @property
    def parties(self) -> set[bytes]:
        """The numbers under which somebody may have said that this must not be deleted."""
        return {self.row_id, self.person_id, self.sender_id or self.person_id}


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


class ClockJumped(Problem):
    """The date jumped since the last look: somebody has to say whether it is right."""

    def __init__(self, day: date) -> None:
        super().__init__(
            M("The date jumped since the last look. Before we tidy up: is today {day}?", day=day),
            safe=M("Nothing was listed or deleted."),
            todo=M("If the date is right, say so."),
            way_out=WayOut.DATE_IS_RIGHT,
        )


Start = Callable[[Any], date]


class _Look:
    """One look at all rules on one day."""

    def __init__(self, reading: Reading, zone: str, on: date) -> None:
        self._reading = reading
        self._zone = zone
        self._on = on

    def due(self, rule: RetentionRule) -> Iterator[Due]:
        if rule.record in _WITH_END:
            yield from self._ended(rule, *_WITH_END[rule.record])
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
            # Somebody who is only interested has a rule of their own, and waits once, not twice.
            sorts = [c for c in contacts if wanted or c.stage is not Stage.LEAD]
            contacts = [c for c in sorts if (c.id in bought or c.stage is Stage.CUSTOMER) is wanted]
        for contact in contacts:
            yield self._made(rule, contact.id, contact.id, start(contact))

    def _interactions(self, rule: RetentionRule, last: date) -> Iterator[Due]:
        for row in self._reading.stream(Interaction, before("happened_at", _end_of(last, self._zone))):
            yield self._made(rule, row.id, row.contact_id, _day(row.happened_at, self._zone))

    def _deliveries(self, rule: RetentionRule, last: date) -> Iterator[Due]:
        for row in self._reading.stream(DeliveryRecipient, until("deliver_on", last)):
            yield Due(rule, rule.record, row.id, row.id, due_day(rule, row.deliver_on), row.contact_id)

    def _ended(self, rule: RetentionRule, record: type[Any], person: str) -> Iterator[Due]:
        """What bears its end itself: it was set by the law of the day on which it was locked away."""
        for row in self._reading.stream(record, before("kept_until", self._on)):
            yield Due(rule, rule.record, row.id, getattr(row, person), row.kept_until + timedelta(days=1))


_WITH_END: dict[str, tuple[type[Any], str]] = {
    "kept_invoice": (KeptInvoice, "id"),
    "erasure_mark": (ErasureMark, "erasure_id"),
}
"""Records with their own end, and the column that stands for the person, whom nothing there may name."""
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
    ("erasure_mark", "objected"),
}


def rules_in_force(reading: Reading) -> list[RetentionRule]:
    """The rules whose entries are looked for at this stage."""
    return [r for r in reading.find(RetentionRule, order=("code",)) if (r.record, r.condition) in _HANDLED]


def due_entries(reading: Reading, zone: str, on: date) -> Iterator[Due]:
    """Every entry whose keeping time is over on a day, that nobody decided to keep beyond it."""
    decided = _Decided(reading, on)
    for due in _ended_times(reading, zone, on, rules_in_force(reading)):
        if (due.rule.code, due.row_id) not in decided.kept and not due.parties & decided.held:
            yield due


def _ended_times(reading: Reading, zone: str, on: date, rules: Iterable[RetentionRule]) -> Iterator[Due]:
    look = _Look(reading.whole(), zone, on)
    for rule in rules:
        yield from look.due(rule)


class _Decided:
    """What people decided about entries that are due, as far as it holds on a day."""

    def __init__(self, reading: Reading, on: date) -> None:
        answers = one_of("answer", (RetentionAnswer.KEEP, RetentionAnswer.HOLD))
        decided = [i for i in reading.find(RetentionItem, answers) if i.until is None or i.until >= on]
        self.kept = {(i.rule, i.row_id) for i in decided if i.answer is RetentionAnswer.KEEP}
        self.held = {i.row_id for i in decided if i.answer is RetentionAnswer.HOLD}


@act(Verb.LIST, RetentionRule)
def rules(office: Office) -> list[RetentionRule]:
    """The shop's keeping times."""
    return office.read(lambda reading: reading.find(RetentionRule, order=("code",)))


@act(Verb.LIST, RetentionItem)
def preview(office: Office, on: date | None = None) -> list[Due]:
    """What would be due on a day (default: today). Changes nothing."""
    zone, day = office.shop.zone, on or office.today()
    return office.read(lambda reading: list(due_entries(reading, zone, day)))


@act(Verb.CHECK, RetentionItem)
def run(office: Office, *, clock_is_right: bool = False) -> Run:
    """Put everything that is due into the review queue. Running it twice changes nothing.

    Destroys nothing but what is kept for a short time by its nature: drafts, changes to be taken back, finished tasks.
    Raises Problem when the clock jumped, unless `clock_is_right` says that somebody looked.
    """
    zone, day = office.shop.zone, office.today()

    def work(writing: Writing, trace: Trace) -> Run:
        check_clock(writing, office, clock_is_right)
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
        tidy(writing, office.clock.now())
        decided = _Decided(writing, day)
        kept = len(decided.kept) + len(decided.held)
        note_run(office, writing, found=len(due), new=len(fresh), gone=len(stale), kept=kept)
        trace.number = len(due)
        return Run(len(due), len(fresh), len(stale))

    return office.write(work)


def note_run(
    office: Office, writing: Writing, *, found: int = 0, new: int = 0, gone: int = 0, erased: int = 0, kept: int = 0
) -> None:
    """A line of the run log: how many, never who."""
    writing.insert(
        RetentionRun(
            id=office.new_id(),
            ran_at=office.clock.now(),
            found=found,
            new=new,
            gone=gone,
            erased=erased,
            kept=kept,
            actor=office.who.name,
        )
    )


def check_clock(reading: Reading, office: Office, clock_is_right: bool) -> None:
    """Raises ClockJumped if the clock went back or far ahead since the last look, unless somebody looked at it."""
    last = reading.get(JobRun, JOB)
    if last is None or clock_is_right:
        return
    gap = office.clock.now() - last.last_success
    if gap > JUMP or gap < -EVERY:
        raise ClockJumped(office.today())


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
    if answer not in _DECIDED:
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
                actor=office.who.name,
            )
        trace.number = done
        return done

    return office.write(work)


@act(Verb.CHANGE, RetentionItem)
def release(office: Office, items: Iterable[bytes]) -> int:
    """Take back that entries are kept or must not be deleted: they wait for a yes again, if they are still due."""
    chosen = list(dict.fromkeys(items))

    def work(writing: Writing, trace: Trace) -> int:
        decided = [item for item in _rows(writing, RetentionItem, "id", chosen) if item.answer in _DECIDED]
        for item in decided:
            writing.update(
                RetentionItem,
                item.id,
                answer=RetentionAnswer.WAITING,
                reason=None,
                until=None,
                decided_at=None,
                actor=None,
                found_at=office.clock.now(),
            )
        trace.number = len(decided)
        return trace.number

    return office.write(work)


_DECIDED = (RetentionAnswer.KEEP, RetentionAnswer.HOLD)


@act(Verb.LIST, RetentionItem)
def would_go(office: Office, items: Iterable[bytes]) -> list[RetentionItem]:
    """What a yes to these entries of the queue would delete. Changes nothing. Raises Problem as `carry_out` does."""
    chosen = list(dict.fromkeys(items))
    return office.read(lambda reading: _chosen(office, reading, chosen))


@act(Verb.ERASE, RetentionItem)
def carry_out(office: Office, items: Iterable[bytes]) -> int:
    """Delete these entries of the queue after a person's yes, all or none; returns how many.

    Notes, people an order was delivered to, kept invoices and do-not-bring-back marks. Raises Problem if one is not in
    the queue, due no longer, must not be deleted (dispute), or is a contact: they are erased as a whole, with papers.
    """
    chosen = list(dict.fromkeys(items))

    def work(writing: Writing, trace: Trace) -> int:
        going = _chosen(office, writing, chosen)
        rows = {(item.record, item.row_id) for item in going}
        take_out(office, writing, _held_with(writing, rows))
        # Invoices and marks must not be joined to the log: of them it only tells how many.
        people = {item.person_id if item.record in _OF_PEOPLE else None for item in going}
        trace.person = people.pop() if len(people) == 1 else None
        trace.number = len(rows)
        note_run(office, writing, erased=len(rows))
        return trace.number

    done = office.write(work)
    office.store.clean_up()
    return done


_OF_PEOPLE: dict[str, type[Any]] = {"interaction": Interaction, "delivery_recipient": DeliveryRecipient}
_GOING = {**_OF_PEOPLE, **{name: record for name, (record, _) in _WITH_END.items()}}
"""What a yes in the queue deletes."""


def _chosen(office: Office, reading: Reading, keys: Sequence[bytes]) -> list[RetentionItem]:
    items = _rows(reading, RetentionItem, "id", keys)
    if len(items) < len(keys):
        raise Problem(M("Some of these numbers are not in the queue."), safe=M("Nothing was deleted."))
    codes = {item.rule for item in items}
    rules = [rule for rule in rules_in_force(reading) if rule.code in codes]
    on = office.today()
    due = {(d.rule.code, d.row_id): d for d in _ended_times(reading, office.shop.zone, on, rules)}
    decided = _Decided(reading, on)
    for item in items:
        _check(item, due.get((item.rule, item.row_id)), decided)
    return items


def _check(item: RetentionItem, due: Due | None, decided: _Decided) -> None:
    """Raises Problem unless this entry may go now."""
    number = id_text(item.id)
    if due is not None and due.parties & decided.held:
        raise Problem(M("Entry {number} must not be deleted (dispute).", number=number), safe=M("Nothing was deleted."))
    if due is None or item.answer is not RetentionAnswer.WAITING:
        raise Problem(
            M("Entry {number} is kept, or not due any more.", number=number),
            safe=M("Nothing was deleted."),
            todo=M("Look for what is due once more, then choose again."),
            way_out=WayOut.LOOK_AGAIN,
        )
    if item.record not in _GOING:
        raise Problem(
            M("Entry {number} is a person: people are erased as a whole, with record and letter.", number=number),
            safe=M("Nothing was deleted."),
            todo=M("Look at the person first, then erase them as a whole."),
            way_out=WayOut.ERASE_WHOLE,
            about=id_text(item.row_id),
        )


def _held_with(reading: Reading, rows: Iterable[tuple[str, bytes]]) -> list[Held]:
    """These rows and what hangs on them: all of a person an order was delivered to, and every line of the queue."""
    keys: dict[str, list[bytes]] = {}
    for record, key in rows:
        keys.setdefault(record, []).append(key)
    held = held_of(reading, keys.pop("delivery_recipient", []))
    for name, mine in keys.items():
        held += [Held(declaration(_GOING[name]), row) for row in _rows(reading, _GOING[name], "id", mine)]
        lines = _rows(reading, RetentionItem, "row_id", mine)
        held += [Held(declaration(RetentionItem), line) for line in lines]
        # How it was before goes with it.
        held += [Held(declaration(ChangeValue), value) for value in _rows(reading, ChangeValue, "row_id", mine)]
    return held


def _rows(reading: Reading, record: type[Any], column: str, keys: Sequence[bytes]) -> list[Any]:
    chunks = (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))
    return [row for chunk in chunks for row in reading.find(record, one_of(column, chunk))]


def is_due(office: Office) -> bool:
    """Whether the daily look has not succeeded for a day: asked at start, at resume and every quarter of an hour."""
    last = office.read(lambda reading: reading.get(JobRun, JOB))
    return last is None or abs(office.clock.now() - last.last_success) >= EVERY


def look_daily(office: Office) -> Run | None:
    """Take the daily look under the program's own name, if it is due; None if it is not. Raises Problem."""
    program = Office(office.store, office.keys, office.clock, who=PROGRAM)
    if not is_due(program):
        return None
    found = run(program)
    office.remember_log()
    return found
