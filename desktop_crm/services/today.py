"""The first page of the day: what the shop has to do, what else waits, and what is coming."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.records.contact import Contact, ContactPhone
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.purchase import KeptInvoice, OpenMatter, Purchase
from desktop_crm.records.request import PrivacyRequest, RequestKind
from desktop_crm.records.retention import RetentionAnswer, RetentionItem
from desktop_crm.records.task import Task
from desktop_crm.services import informing, labels
from desktop_crm.services.acts import act
from desktop_crm.services.due import OVERDUE_AFTER, celebrated_on
from desktop_crm.services.greeting import greeting
from desktop_crm.services.listing import asked_purposes, names_of, never_asked
from desktop_crm.services.mending import locked, number_to_mend
from desktop_crm.services.office import Office
from desktop_crm.services.recovery_sheet import SheetDue, sheet_due
from desktop_crm.services.renewals import last_counted
from desktop_crm.services.settings import SHEET_CHECKED_ON, value_of
from desktop_crm.services.signs import Tone, dotted, in_days, near
from desktop_crm.services.starting import came_by_sheet, key_keeper
from desktop_crm.services.unmade import unmade
from desktop_crm.services.using import may_be_thought_of
from desktop_crm.services.ways import LockDue, lock_state
from desktop_crm.services.yearly import asked
from desktop_crm.storage import listing
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import after, before, eq, one_of, until
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M

SOON = 7
"""An answer that is due within so many days stands above everything else."""
AHEAD = 6
"""So many days, and so many dated things, are shown beyond today."""
BIRTHDAYS_AHEAD = 3
INVOICE_PATIENCE = timedelta(days=14)
"""So long an invoice may be open before somebody rings about it."""
_RELEASED_AHEAD = timedelta(days=60)
_CARD = "birthday-card"
_MOST = 50
_MOST_INVOICES = _MOST_COPIES = 5
_MOST_BIRTHDAYS = 10
_MOST_UNDATED = 20
_LOOKED_BACK = 3000
"""So many lines of the log are gone through for who was opened last."""
_OPENED = ("open_record", "show")
_LAST_TIME = "99"


class ItemKind(StrEnum):
    """What an item is, which says where its button leads."""

    REQUEST = "request"
    OUR_COPY = "our-copy"
    UNMADE = "unmade"
    IDENTITY = "identity"
    DELIVERY = "delivery"
    TASK = "task"
    INVOICE = "invoice"
    BIRTHDAY = "birthday"
    MENDING = "mending"
    TIDY_UP = "tidy-up"
    ASK_AGAIN = "ask-again"
    NEVER_ASKED = "never-asked"
    NOT_TOLD = "not-told"


@dataclass(frozen=True, slots=True, repr=False)
class Item:
    """One line of the page. `button` says what is done about it, if anything; only the first line is `primary`.

    `person` can be opened, `row` is the task, `number` the request, `phone` what is rung: each where there is one.
    `stands_for` so many of its kind.
    """

    kind: ItemKind
    icon: str
    tone: Tone
    title: M | str
    sub: M | str | None
    button: M | None
    time: str | None = None
    person: bytes | None = None
    row: bytes | None = None
    number: str | None = None
    phone: str | None = None
    late: bool = False
    urgent: bool = False
    primary: bool = False
    stands_for: int = 1


@dataclass(frozen=True, slots=True, repr=False)
class Coming:
    """Something with a date after today."""

    day: date
    text: M | str
    tone: Tone
    person: bytes | None = None
    number: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class DayAhead:
    """One of the next days with how much of each kind there is."""

    day: date
    counts: tuple[tuple[Tone, M], ...]


@dataclass(frozen=True, slots=True, repr=False)
class OpenedLast:
    """A person this role opened lately, and when."""

    person: bytes
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Safety:
    """What is to be said about the safety of the file: the recovery sheet, whether the log was cut, who has the key."""

    sheet: SheetDue
    sheet_checked_on: date | None
    log_cut: bool
    key: M
    by_sheet: bool = False
    """Opened with the recovery sheet where people sign in by name: somebody may need a password here."""
    lock: LockDue = LockDue.NO
    yearly: bool = False
    """Whether a question that is asked once a year waits for an answer."""


@dataclass(frozen=True, slots=True, repr=False)
class TodayPage:
    """The whole page. `subtitle` is None on a day with nothing to do."""

    day: date
    greeting: M
    subtitle: M | None
    shop: tuple[Item, ...]
    waiting: tuple[Item, ...]
    undated: tuple[Item, ...]
    """Tasks that have no day: nothing else would bring them back to mind."""
    coming: tuple[Coming, ...]
    days: tuple[DayAhead, ...]
    opened: tuple[OpenedLast, ...]
    safety: Safety
    empty: bool
    """Whether there is nobody in the file yet."""


@act(Verb.LIST, Contact)
def today(office: Office) -> TodayPage:
    """What there is to do today, work before duty, unless an answer is late or due within a week."""
    folder, signed_in = VaultFolder(office.store.database.parent), office.who.staff is not None
    by_sheet, key = came_by_sheet(folder, signed_in=signed_in), key_keeper(folder, signed_in=signed_in)
    due, lock = sheet_due(office), lock_state(office)

    def work(reading: Reading) -> TodayPage:
        day = _Day(office, reading)
        shop, waiting, undated = _with_primary(*day.items(), list(day.undated()))
        checked = value_of(reading, SHEET_CHECKED_ON)
        yearly = any(one.due for one in asked(office, reading))
        return TodayPage(
            day=day.today,
            greeting=greeting(office, reading),
            subtitle=_subtitle(shop),
            shop=shop,
            waiting=waiting,
            undated=undated,
            coming=tuple(day.coming()),
            days=tuple(day.ahead()),
            opened=tuple(_opened(office, reading)),
            safety=Safety(due, checked, office.log_cut_seen, key, by_sheet, lock.due, yearly),
            empty=not reading.find(Contact, limit=1),
        )

    return office.read(work)


@act(Verb.LIST, Contact)
def opened_last(office: Office) -> tuple[OpenedLast, ...]:
    """The people this role opened last, also days ago; those who are still here."""
    return office.read(lambda reading: tuple(_opened(office, reading)))


def _with_primary(*lists: list[Item]) -> list[tuple[Item, ...]]:
    """The lists, in which the first item of all bears the one primary button."""
    first = next((items for items in lists if items), None)
    if first is not None:
        first[0] = replace(first[0], primary=True)
    return [tuple(items) for items in lists]


def _subtitle(shop: Iterable[Item]) -> M | None:
    numbers = Counter[ItemKind]()
    rings = 0
    for item in shop:
        if item.phone is None:
            numbers[item.kind] += item.stands_for
        else:
            rings += 1
    parts = [words(numbers[kind]) for kind, words in _COUNTED.items() if numbers[kind]]
    if rings:
        parts.append(M("{n} call", "{n} calls", n=rings))
    return labels.joined(parts) if parts else None


class _Day:
    """Collects one day from one state of the file."""

    def __init__(self, office: Office, reading: Reading) -> None:
        self._office = office
        self._reading = reading
        self.today = office.today()
        self._end = self.today + timedelta(days=AHEAD)
        self._deliveries = reading.find(
            DeliveryRecipient, after("deliver_on", self.today - timedelta(days=1)), until("deliver_on", self._end)
        )
        self._tasks = reading.find(Task, eq("done_at", None), until("due_on", self._end), order=("due_on", "due_time"))
        self._undated = reading.find(
            Task, eq("done_at", None), eq("due_on", None), order=("created_at", "id"), limit=_MOST_UNDATED + 1
        )
        self._requests = reading.find(PrivacyRequest, eq("closed_at", None), order=("due_on", "number"), limit=_MOST)
        self._invoices = reading.find(
            Purchase,
            eq("still_open", OpenMatter.INVOICE),
            until("bought_on", self.today - INVOICE_PATIENCE),
            order=("bought_on", "id"),
            limit=_MOST_INVOICES,
        )
        self._birthdays = self._with_a_card()
        tasks = (*self._tasks, *self._undated)
        ring = {task.contact_id for task in tasks if task.contact_id} | {one.contact_id for one in self._invoices}
        buyers = {row.contact_id for row in self._deliveries}
        self._names = names_of(reading, ring | buyers | {one.person_id for one in self._requests})
        ring -= locked(reading, ring)
        self._phones = {row.contact_id: row.number for row in reading.find(ContactPhone, one_of("contact_id", ring))}

    def _with_a_card(self) -> list[tuple[date, Contact]]:
        """Whose birthday is today or on one of the next days, and who wants a card for it, by day."""
        purposes = [purpose for purpose in asked_purposes(self._reading) if purpose.code == _CARD]
        if not purposes:
            return []
        days = {key: day for day in self._days(0) for key in celebrated_on(day)}
        born = listing.born_on(self._reading, list(days))
        may = may_be_thought_of(self._office, self._reading, purposes[0], [one.id for one in born])
        wanted = [one for one in born if one.id in may]
        return sorted(((days[(one.birthday or "")[-5:]], one) for one in wanted), key=lambda found: found[0])

    def _days(self, first: int) -> list[date]:
        return [self.today + timedelta(days=n) for n in range(first, AHEAD + 1)]

    def items(self) -> tuple[list[Item], list[Item]]:
        """What stands under the shop, and what also waits."""
        asked = [self._asked(one) for one in self._requests]
        shop = [*self._deliver(), *self._to_do(), *self._ring(), *self._celebrate()]
        shop.sort(key=lambda item: (not item.late, item.time or _LAST_TIME))
        urgent = [item for item in asked if item.urgent]
        waiting = [item for item in asked if not item.urgent]
        return [*urgent, *shop], [*waiting, *self._duties()]

    def _asked(self, one: PrivacyRequest) -> Item:
        days = (one.due_on - self.today).days
        wants = WANTS[one.kind](self._names.get(one.person_id, M("Somebody")))
        unknown = one.identity_how is None
        sub = M("Answer by {day}, {when}", day=one.due_on, when=in_days(days))
        if one.wait_until is not None and one.wait_until > self.today:
            sub = M("{sub} · waits until {day}", sub=sub, day=one.wait_until)
        return Item(
            ItemKind.IDENTITY if unknown else ItemKind.REQUEST,
            "id" if unknown else "copy",
            Tone.DANGER if days < 0 else (Tone.INFO if unknown else Tone.WARNING),
            M("Who is asking? {wants}", wants=wants) if unknown else wants,
            sub,
            M("Check") if unknown else M("Continue"),
            person=one.person_id,
            number=one.number,
            late=days < 0,
            urgent=days <= SOON,
        )

    def _deliver(self) -> Iterator[Item]:
        for row in self._deliveries:
            if row.deliver_on == self.today:
                sub = dotted((row.address, M("ordered by {name}", name=self._names.get(row.contact_id, ""))))
                title = M("Delivery to {name}", name=row.name)
                yield Item(
                    ItemKind.DELIVERY, "truck", Tone.ACCENT, title, sub, M("Show"), person=row.contact_id, row=row.id
                )

    def _to_do(self) -> Iterator[Item]:
        for row in self._tasks:
            if row.due_on is not None and row.due_on <= self.today:
                yield self._task(row, (row.due_on - self.today).days)

    def _task(self, row: Task, days: int) -> Item:
        phone = self._phones.get(row.contact_id or b"") if row.call else None
        return Item(
            ItemKind.TASK,
            "phone" if row.call else "task",
            Tone.WARNING if days < 0 else Tone.INFO,
            row.text,
            dotted((self._names.get(row.contact_id or b""), in_days(days) if days < 0 else None)),
            M("Call") if phone else M("Done"),
            time=row.due_time if days == 0 else None,
            person=row.contact_id,
            row=row.id,
            phone=phone,
            late=days < 0,
        )

    def undated(self) -> Iterator[Item]:
        """Tasks without a day, those first that wait longest."""
        for row in self._undated[:_MOST_UNDATED]:
            yield self._task(row, 0)
        if len(self._undated) > _MOST_UNDATED:
            title = M("There are more tasks without a day")
            yield Item(ItemKind.TASK, "task", Tone.NEUTRAL, title, M("They move up when one of these is done."), None)

    def _ring(self) -> Iterator[Item]:
        for row in self._invoices:
            weeks = (self.today - row.bought_on).days // 7
            long = M("open for {n} week", "open for {n} weeks", n=weeks)
            what = M("Invoice {number}", number=row.invoice_no) if row.invoice_no else M("Invoice")
            phone = self._phones.get(row.contact_id)
            yield Item(
                ItemKind.INVOICE,
                "phone" if phone else "bag",
                Tone.INFO,
                M("Ask {name} about an invoice", name=self._names.get(row.contact_id, "")),
                dotted((what, long)),
                M("Call") if phone else M("Show"),
                person=row.contact_id,
                row=row.id,
                phone=phone,
            )

    def _celebrate(self) -> Iterator[Item]:
        last = self.today + timedelta(days=BIRTHDAYS_AHEAD)
        soon = [(day, contact) for day, contact in self._birthdays if day <= last]
        card = M("Said yes to a birthday card")
        for day, contact in soon[:_MOST_BIRTHDAYS]:
            title = M("{name} has a birthday: {day}", name=contact.name, day=near(day, self.today))
            yield Item(ItemKind.BIRTHDAY, "cake", Tone.SUCCESS, title, card, M("Show"), person=contact.id)
        rest = len(soon) - _MOST_BIRTHDAYS
        if rest > 0:
            title = M("{n} more birthday until {day}", "{n} more birthdays until {day}", n=rest, day=last)
            yield Item(ItemKind.BIRTHDAY, "cake", Tone.SUCCESS, title, card, None, stands_for=rest)

    def _duties(self) -> Iterator[Item]:
        yield from self._without_papers()
        yield from self._our_copies()
        yield from self._to_mend()
        yield from self._standing()

    def _without_papers(self) -> Iterator[Item]:
        """Erasures that were cut short once the person was gone: the letter is lost, the record is not."""
        sub = M("Done without its papers; the letter is lost.")
        for number in unmade(self._reading):
            title = M("Erasure {number} was cut short", number=number)
            yield Item(ItemKind.UNMADE, "shield", Tone.WARNING, title, sub, M("Make the record"), number=number)

    def _our_copies(self) -> Iterator[Item]:
        """Our copies of answers whose time is over; they lie outside the file, where only people can delete them."""
        due = until("delete_copy_on", self.today)
        for one in self._reading.find(PrivacyRequest, due, order=("delete_copy_on", "number"), limit=_MOST_COPIES):
            title = M("Delete your copy of the answer {number}", number=one.number)
            sub = M("In the papers folder, to go since {day}", day=one.delete_copy_on)
            yield Item(
                ItemKind.OUR_COPY,
                "file",
                Tone.VIOLET,
                title,
                sub,
                M("Deleted"),
                person=one.person_id,
                number=one.number,
            )

    def _to_mend(self) -> Iterator[Item]:
        """Lists that left and are no longer right for somebody."""
        number = number_to_mend(self._reading)
        if number:
            title = M("{n} copy out there is to be mended", "{n} copies out there are to be mended", n=number)
            sub = M("Permission taken back, objected, or corrected since it left")
            yield Item(ItemKind.MENDING, "copy", Tone.WARNING, title, sub, M("Look"))

    def _standing(self) -> Iterator[Item]:
        waits = eq("answer", RetentionAnswer.WAITING)
        queue = self._reading.count(RetentionItem, waits)
        if queue:
            title = M("{n} entry waits for your yes", "{n} entries wait for your yes", n=queue)
            sub = M("Past their keeping time · nothing goes until you say so")
            overdue = before("found_at", self._office.clock.now() - OVERDUE_AFTER)
            late = self._reading.count(RetentionItem, waits, overdue) > 0
            yield Item(ItemKind.TIDY_UP, "clock", Tone.VIOLET, title, sub, M("Look"), late=late)
        yield from self._ask_again()
        unasked = listing.count(self._reading, never_asked(self._reading))
        if unasked:
            title = M(
                "{n} person was never asked for permission", "{n} people were never asked for permission", n=unasked
            )
            sub = M("Ask at the counter when they come in")
            yield Item(ItemKind.NEVER_ASKED, "pen", Tone.NEUTRAL, title, sub, M("Show"))
        if told := informing.duty(self._office, self._reading):
            yield Item(ItemKind.NOT_TOLD, "info", Tone.NEUTRAL, *told, M("Show"))

    def _ask_again(self) -> Iterator[Item]:
        """As it was counted last: once a day, and after each asking."""
        if n := last_counted(self._reading):
            title = M("{n} permission ends soon or counts no more", "{n} permissions end soon or count no more", n=n)
            sub = M("Ask again: best while the yes still counts")
            yield Item(ItemKind.ASK_AGAIN, "refresh", Tone.NEUTRAL, title, sub, M("Show"))

    def coming(self) -> list[Coming]:
        """The next things that have a date."""
        made = [*self._dated(), *self._answers(), *self._released()]
        return sorted(made, key=lambda one: one.day)[:AHEAD]

    def _dated(self) -> Iterator[Coming]:
        later = after("deliver_on", self.today)
        for row in self._reading.find(DeliveryRecipient, later, order=("deliver_on", "id"), limit=AHEAD):
            yield Coming(row.deliver_on, M("Delivery to {name}", name=row.name), Tone.ACCENT, row.contact_id)
        open_ = eq("done_at", None), after("due_on", self.today)
        for task in self._reading.find(Task, *open_, order=("due_on", "due_time"), limit=AHEAD):
            if task.due_on is not None:
                yield Coming(task.due_on, M("Task: {text}", text=task.text), Tone.INFO, task.contact_id)

    def _answers(self) -> Iterator[Coming]:
        for one in self._requests:
            if one.due_on > self.today:
                text = M("Answer for {name}", name=self._names.get(one.person_id, M("somebody")))
                tone = Tone.WARNING if (one.due_on - self.today).days <= 2 * SOON else Tone.NEUTRAL
                yield Coming(one.due_on, text, tone, one.person_id, one.number)

    def _released(self) -> Iterator[Coming]:
        """Days on which invoices that a law kept may go."""
        ends = after("kept_until", self.today - timedelta(days=1)), until("kept_until", self.today + _RELEASED_AHEAD)
        days = [row.kept_until for row in self._reading.find(KeptInvoice, *ends)]
        for day in sorted(set(days)):
            number = days.count(day)
            yield Coming(
                day, M("{n} invoice may go after this day", "{n} invoices may go after this day", n=number), Tone.VIOLET
            )

    def ahead(self) -> Iterator[DayAhead]:
        """The next days, each with its counts."""
        for day in self._days(1):
            counts = (
                (Tone.ACCENT, ItemKind.DELIVERY, sum(row.deliver_on == day for row in self._deliveries)),
                (Tone.INFO, ItemKind.TASK, sum(row.due_on == day for row in self._tasks)),
                (Tone.SUCCESS, ItemKind.BIRTHDAY, sum(on == day for on, _ in self._birthdays)),
            )
            told = [(tone, _COUNTED[kind](number)) for tone, kind, number in counts if number]
            if answers := sum(one.due_on == day for one in self._requests):
                told.append((Tone.WARNING, M("{n} answer due", "{n} answers due", n=answers)))
            yield DayAhead(day, tuple(told))


def _opened(office: Office, reading: Reading) -> list[OpenedLast]:
    """The five people this role opened last, as far back as is worth looking."""
    log = reading.whole()
    last = log.greatest(AuditEntry, "seq") or 0
    mine = eq("actor", office.who.name), one_of("act", _OPENED), after("seq", last - _LOOKED_BACK)
    newest: dict[bytes, datetime] = {}
    for line in log.find(AuditEntry, *mine, order=("-seq",), limit=200):
        if line.person_id is not None:
            newest.setdefault(line.person_id, line.at)
    names = names_of(reading, newest)
    return [OpenedLast(key, names[key], at) for key, at in newest.items() if key in names][:5]


_COUNTED: dict[ItemKind, Callable[[int], M]] = {
    ItemKind.DELIVERY: lambda n: M("{n} delivery", "{n} deliveries", n=n),
    ItemKind.TASK: lambda n: M("{n} task", "{n} tasks", n=n),
    ItemKind.BIRTHDAY: lambda n: M("{n} birthday", "{n} birthdays", n=n),
}
WANTS: dict[RequestKind, Callable[[M | str], M]] = {
    RequestKind.ACCESS: lambda name: M("{name} wants a copy of their data", name=name),
    RequestKind.PORTABILITY: lambda name: M("{name} wants data to take along", name=name),
    RequestKind.RECTIFICATION: lambda name: M("{name} wants something corrected", name=name),
    RequestKind.ERASURE: lambda name: M("{name} wants to be erased", name=name),
    RequestKind.RESTRICTION: lambda name: M("{name} wants us to keep, but not use", name=name),
    RequestKind.OBJECTION: lambda name: M("{name} wants us to stop using this", name=name),
    RequestKind.WITHDRAWAL: lambda name: M("{name} took a permission back", name=name),
}
"""What people want, in a sentence."""
