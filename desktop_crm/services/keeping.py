"""The page about keeping times: the rules in plain words, what waits for a yes, what must stay, what was tidied."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from desktop_crm.records.audit import Verb
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Basis, declaration
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.erasure import ErasureMark
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.purchase import KeptInvoice
from desktop_crm.records.retention import RetentionAnswer, RetentionItem, RetentionRule, RetentionRun
from desktop_crm.services import labels, who
from desktop_crm.services.acts import act
from desktop_crm.services.contacts import rows_of
from desktop_crm.services.due import OVERDUE_AFTER
from desktop_crm.services.keeping_words import WHAT_THEN, kind_of_rule, length, sentence
from desktop_crm.services.office import Office
from desktop_crm.services.retention import due_entries, rules_in_force
from desktop_crm.storage.transaction import CHUNK, Reading
from desktop_crm.storage.where import eq, one_of
from desktop_crm.words import M


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule in plain words: what it is about, how long, what then, and where it comes from."""

    code: str
    what: M
    how_long: M
    sentence: M
    then: M
    law: M
    source: str
    as_of: date
    habit: bool
    touches_now: int


@dataclass(frozen=True, slots=True, repr=False)
class QueueRow:
    """An entry that waits for a yes. `person` is None where nobody may be named: kept invoices and marks.

    `since` is the day it waits from; `kept_until` and `kept_why` tell of an entry that somebody kept until a day that
    is over now.
    """

    item: bytes
    record: str
    person: bytes | None
    name: str
    line: M
    since: date
    overdue: bool
    kept_until: date | None
    kept_why: str

    @property
    def whole_person(self) -> bool:
        """Whether a yes erases a person, with record and letter, and not just this entry."""
        return self.record == "contact"


@dataclass(frozen=True, slots=True, repr=False)
class QueueGroup:
    """What waits under one rule, the longest first."""

    code: str
    title: M
    rows: tuple[QueueRow, ...]

    @property
    def overdue(self) -> int:
        """How many wait longer than 30 days."""
        return sum(row.overdue for row in self.rows)


@dataclass(frozen=True, slots=True, repr=False)
class HeldRow:
    """An entry that must not be deleted: whose, why, since and until when; without `until` until it is released."""

    item: bytes
    person: bytes | None
    name: str
    line: M
    reason: str
    since: date | None
    until: date | None
    who: M


@dataclass(frozen=True, slots=True)
class Going:
    """What a yes to entries of the queue means: people to be erased as a whole, and entries that go by themselves."""

    people: tuple[bytes, ...]
    entries: tuple[bytes, ...]


@act(Verb.LIST, RetentionRule)
def rules_view(office: Office, *, counting: bool = True) -> list[RuleView]:
    """The rules that are looked after, each with how many entries it touches today: not counted, it is at once."""

    def work(reading: Reading) -> list[RuleView]:
        now = _touched(office, reading, office.today()) if counting else Counter[str]()
        return [_rule(rule, now[rule.code]) for rule in rules_in_force(reading)]

    return office.read(work)


@act(Verb.LIST, RetentionRule)
def touches_by(office: Office, day: date) -> Mapping[str, int]:
    """How many entries each rule would touch on a day, by its code. Changes nothing."""
    return office.read(lambda reading: _touched(office, reading, day))


def _touched(office: Office, reading: Reading, day: date) -> Counter[str]:
    return Counter(due.rule.code for due in due_entries(reading, office.shop.zone, day))


def _rule(rule: RetentionRule, touches: int) -> RuleView:
    what = kind_of_rule(rule)
    return RuleView(
        code=rule.code,
        what=what,
        how_long=sentence(rule),
        sentence=M("{what}: {how_long}", what=what, how_long=sentence(rule)),
        then=WHAT_THEN[rule.action],
        law=labels.law(None if rule.habit else rule.law),
        source=rule.source,
        as_of=rule.as_of,
        habit=rule.habit,
        touches_now=touches,
    )


def _title(rule: RetentionRule) -> M:
    return M("{what}: {length}", what=kind_of_rule(rule), length=length(rule.length, rule.unit))


@act(Verb.LIST, RetentionItem)
def queue_view(office: Office) -> list[QueueGroup]:
    """What waits for a yes, rule by rule; in each the longest first."""
    now = office.clock.now()

    def work(reading: Reading) -> list[QueueGroup]:
        items = reading.find(RetentionItem, eq("answer", RetentionAnswer.WAITING), order=("due_on", "id"))
        told = _Told(office, reading, items)
        groups: dict[str, list[QueueRow]] = {rule.code: [] for rule in rules_in_force(reading)}
        for item in items:
            groups.setdefault(item.rule, []).append(told.row(item, overdue=now - item.found_at > OVERDUE_AFTER))
        rules = {rule.code: rule for rule in reading.find(RetentionRule)}
        return [QueueGroup(code, _title(rules[code]), tuple(rows)) for code, rows in groups.items() if rows]

    return office.read(work)


@act(Verb.LIST, RetentionItem)
def held(office: Office) -> list[HeldRow]:
    """What must not be deleted (dispute), today; what ended first stands first."""
    today, zone = office.today(), ZoneInfo(office.shop.zone)

    def work(reading: Reading) -> list[HeldRow]:
        found = reading.find(RetentionItem, eq("answer", RetentionAnswer.HOLD), order=("decided_at", "id"))
        items = [item for item in found if item.until is None or item.until >= today]
        told, caller = _Told(office, reading, items), who.by_name(office, reading)
        return [
            HeldRow(
                item=item.id,
                person=told.person(item),
                name=told.name(item),
                line=told.line(item),
                reason=item.reason or "",
                since=item.decided_at.astimezone(zone).date() if item.decided_at else None,
                until=item.until,
                who=caller(item.actor or ""),
            )
            for item in items
        ]

    return office.read(work)


@act(Verb.LIST, RetentionItem)
def going(office: Office, items: Iterable[bytes]) -> Going:
    """What a yes to these entries means: whom to erase as a whole (`erasing.erase`), and what `carry_out` deletes."""
    chosen = list(dict.fromkeys(items))

    def work(reading: Reading) -> Going:
        found = [item for some in _chunks(chosen) for item in reading.find(RetentionItem, one_of("id", some))]
        people = dict.fromkeys(item.row_id for item in found if item.record == "contact")
        return Going(tuple(people), tuple(item.id for item in found if item.record != "contact"))

    return office.read(work)


@act(Verb.LIST, RetentionRun)
def runs(office: Office, limit: int = 50) -> list[RetentionRun]:
    """The newest looks at the keeping times and yeses: how many, never who."""
    return office.read(lambda reading: reading.find(RetentionRun, order=("-ran_at",), limit=limit))


def _chunks(keys: Sequence[bytes]) -> Iterable[Sequence[bytes]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


class _Told:
    """Says of entries of the queue whose they are and what they are, in one line each."""

    def __init__(self, office: Office, reading: Reading, items: Sequence[RetentionItem]) -> None:
        self._zone = ZoneInfo(office.shop.zone)
        self._sees = reading.sees
        self._rows = {
            row.id: row
            for record, (table, _) in self._LINES.items()
            for some in _chunks([item.row_id for item in items if item.record == record])
            for row in reading.find(table, one_of("id", some))
        }
        people = list(dict.fromkeys(item.person_id for item in items if item.record in self._NAMED))
        self._names = {row.id: row.name for some in _chunks(people) for row in rows_of(reading, some)}

    def row(self, item: RetentionItem, *, overdue: bool) -> QueueRow:
        """The entry as a line of the queue."""
        return QueueRow(
            item=item.id,
            record=item.record,
            person=self.person(item),
            name=self.name(item),
            line=self.line(item),
            since=item.due_on if item.until is None else max(item.due_on, item.until + timedelta(days=1)),
            overdue=overdue,
            kept_until=item.until,
            kept_why=item.reason or "",
        )

    def person(self, item: RetentionItem) -> bytes | None:
        """Whose it is; nobody's where no name may stand."""
        return item.person_id if item.record in self._NAMED else None

    def name(self, item: RetentionItem) -> str:
        """What the person is called."""
        return self._names.get(item.person_id, "") if item.record in self._NAMED else ""

    def line(self, item: RetentionItem) -> M:
        """What the entry is; nothing more than its kind where it is gone already."""
        row = self._rows.get(item.row_id)
        if not self._sees(self._LINES[item.record][0]):
            return declaration(self._LINES[item.record][0]).label
        if row is None:
            return M("Not there any more")
        return self._LINES[item.record][1](self, row)

    def _contact(self, row: Contact) -> M:
        if row.basis is Basis.UNSORTED:
            return M("Brought in on {day}, not sorted yet", day=row.created_at.astimezone(self._zone).date())
        return M("Last heard of on {day}", day=row.last_activity_on)

    def _note(self, row: Interaction) -> M:
        return M("{kind} of {day}", kind=labels.of(row.kind), day=row.happened_at.astimezone(self._zone).date())

    def _delivery(self, row: DeliveryRecipient) -> M:
        return M("Got a delivery on {day}", day=row.deliver_on)

    def _invoice(self, row: KeptInvoice) -> M:
        return M("Locked invoice of {day}", day=row.bought_on)

    def _mark(self, row: ErasureMark) -> M:
        return M("Do-not-bring-back mark, kept until {day}", day=row.kept_until)

    _LINES: dict[str, tuple[type[Any], Callable[[Any, Any], M]]] = {  # noqa: RUF012 - a table of the class's own methods
        "contact": (Contact, _contact),
        "interaction": (Interaction, _note),
        "delivery_recipient": (DeliveryRecipient, _delivery),
        "kept_invoice": (KeptInvoice, _invoice),
        "erasure_mark": (ErasureMark, _mark),
    }
    _NAMED = frozenset({"contact", "interaction", "delivery_recipient"})
