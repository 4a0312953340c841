"""The page of one contact: who it is, what stands out, what happened, and why each detail is held."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from zoneinfo import ZoneInfo

from desktop_crm.documents import model
from desktop_crm.records.audit import Verb
from desktop_crm.records.batch import ImportBatch
from desktop_crm.records.consent import ConsentEvent, ConsentState
from desktop_crm.records.contact import Contact, ContactAddress, ContactEmail, ContactPhone, ContactWebsite, Stage
from desktop_crm.records.declare import Basis, declaration
from desktop_crm.records.purchase import Original, Purchase
from desktop_crm.records.request import PrivacyRequest, RequestKind
from desktop_crm.records.retention import RetentionAnswer, RetentionItem
from desktop_crm.services import labels
from desktop_crm.services.access import FROM_YOU, Collector
from desktop_crm.services.acts import act
from desktop_crm.services.consents import Permission, permissions
from desktop_crm.services.contacts import Person, person_of
from desktop_crm.services.keeping_times import KeepingTimes
from desktop_crm.services.keeping_words import sentence
from desktop_crm.services.listing import DUE
from desktop_crm.services.locks import Against, AgainstKind, against
from desktop_crm.services.looks import require_opened
from desktop_crm.services.office import Office
from desktop_crm.services.role_words import PARTS
from desktop_crm.services.signs import Badge, Tone, answer_badge, answer_word, in_days
from desktop_crm.services.timeline import Entry, Page, Timeline
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq
from desktop_crm.words import M, Value, Words

FROM_THE_PERSON = M("from the person")
"""Where something comes from that is marked with nothing else."""


class DetailKind(StrEnum):
    """What a detail is, so that the window knows what can be done with it."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    WEBSITE = "website"
    BIRTHDAY = "birthday"
    COMPANY = "company"
    LANGUAGE = "language"
    OTHER = "other"
    TOLD = "told"


@dataclass(frozen=True, slots=True, repr=False)
class Why:
    """Why a detail is held: what for, on which ground, where from, since when, and how long."""

    purpose: M
    basis: M
    source: M | str
    since: date
    keep: M


@dataclass(frozen=True, slots=True, repr=False)
class Detail:
    """One detail as it stands beside the line of time. `row` and `column` of `record` is where it is stored."""

    kind: DetailKind
    icon: str
    label: M | str
    value: Value
    why: Why
    record: str
    row: bytes
    column: str


@dataclass(frozen=True, slots=True, repr=False)
class Stand:
    """Where the person stands on one purpose, since when, and since when not to be asked again."""

    code: str
    name: str
    badge: Badge
    since: date | None


@dataclass(frozen=True, slots=True, repr=False)
class KeepLine:
    """How long a part is kept: what, until when if that is known, and by which rule."""

    what: M
    until: date | None
    why: M


@dataclass(frozen=True, slots=True, repr=False)
class RecordPage:
    """All of a contact's page but what is older than `history` holds. `request` is the number of an open request."""

    person: bytes
    name: str
    since: date
    line: M | str
    stage: Stage
    tags: tuple[str, ...]
    badges: tuple[Badge, ...]
    details: tuple[Detail, ...]
    consents: tuple[Stand, ...]
    keeping: tuple[KeepLine, ...]
    planned: tuple[Entry, ...]
    history: Page
    request: str | None
    request_kind: RequestKind | None
    held: bool
    """Whether somebody said that this must not be deleted."""
    deceased: bool
    under_age: bool
    unseen: M | None
    """Which parts are not shown to this role, as a list of words; None where all are."""
    against: tuple[Against, ...] = ()
    """What the person said against the use of their data, and still stands."""

    @property
    def lock(self) -> Against | None:
        """The lock under which everything of this person is kept and not used."""
        return next((one for one in self.against if one.kind is AgainstKind.LOCK), None)


@dataclass(frozen=True, slots=True, repr=False)
class HeldSection:
    """One kind of what is held: its name, and for each entry what it says, where from, since and until when."""

    title: M
    entries: tuple[HeldEntry, ...]


@dataclass(frozen=True, slots=True, repr=False)
class HeldEntry:
    """One stored entry with all its values, each as people read it."""

    facts: tuple[tuple[M, str], ...]
    source: M | str | None
    since: date | None
    until: date | None


@act(Verb.VIEW, Contact)
def open_record(office: Office, person: bytes) -> RecordPage:
    """Open a contact's page. Leaves a line in the log. Raises Problem if there is nobody."""
    page = office.read(lambda reading: _Maker(office, reading, person).page())
    office.looked(person, person)
    return page


@act(Verb.LIST, Contact)
def read_again(office: Office, person: bytes) -> RecordPage:
    """The page that is open already, after something on it was changed: the same look, so no second line in the log.

    RuntimeError where this role has not opened it within a day. Raises Problem if there is nobody any more.
    """

    def work(reading: Reading) -> RecordPage:
        page = _Maker(office, reading, person).page()
        require_opened(office, reading, person, open_record)
        return page

    return office.read(work)


@act(Verb.LIST, Contact)
def older(office: Office, person: bytes, before: date) -> Page:
    """What happened before a day, as part of the look at the page that is open. RuntimeError as `read_again`."""

    def work(reading: Reading) -> Page:
        require_opened(office, reading, person, open_record)
        return Timeline(reading, person, today=office.today(), words=office.words).page(before)

    return office.read(work)


@act(Verb.VIEW, Contact, whole=True)
def what_we_hold(office: Office, person: bytes) -> list[HeldSection]:
    """Every stored value of a person by kind, straight from the declarations, as a copy of their data has it."""

    def work(reading: Reading) -> list[HeldSection]:
        person_of(reading, person, 0)
        return as_held(Collector(office, reading, person).everything(), office.words)

    held = office.read(work)
    office.looked(person, person, number=sum(len(section.entries) for section in held))
    return held


def as_held(sections: Iterable[model.Section], words: Words) -> list[HeldSection]:
    """Parts of a copy of somebody's data, as they are shown on the screen."""
    return list(_held(sections, words))


def _held(sections: Iterable[model.Section], words: Words) -> Iterator[HeldSection]:
    from desktop_crm.documents.formats import fact_text

    for section in sections:
        entries = []
        for entry in section.entries:
            facts = ((fact.label, fact_text(words, fact)) for fact in entry.facts)
            told = tuple(fact for fact in facts if fact[1])
            source = FROM_THE_PERSON if entry.source == FROM_YOU else entry.source
            entries.append(HeldEntry(told, source, entry.since, entry.until))
        yield HeldSection(section.title, tuple(entries))


class _Maker:
    """Makes the page from one state of the file."""

    def __init__(self, office: Office, reading: Reading, person: bytes) -> None:
        self._office = office
        self._reading = reading
        self._key = person
        self._person = person_of(reading, person, 0)
        self._contact = self._person.contact
        self._zone = ZoneInfo(office.shop.zone)
        self._times = KeepingTimes(office.shop, reading, person, office.today())
        self._said = permissions(reading, person, office.clock.now())
        self._against = against(reading, person, self._zone)
        open_ = eq("person_id", person), eq("closed_at", None)
        self._request = next(iter(reading.find(PrivacyRequest, *open_, order=("due_on",), limit=1)), None)

    def page(self) -> RecordPage:
        contact, reading = self._contact, self._reading
        time = Timeline(reading, self._key, today=self._office.today(), words=self._office.words)
        holds = reading.find(RetentionItem, eq("person_id", self._key), eq("answer", RetentionAnswer.HOLD))
        return RecordPage(
            person=self._key,
            name=contact.name,
            since=contact.created_at.astimezone(self._zone).date(),
            line=_line(self._person),
            stage=contact.stage,
            tags=tuple(sorted(self._person.tags)),
            badges=tuple(self._badges()),
            details=tuple(details_of(self._reading, self._person, self._times, self._office.words)),
            consents=tuple(self._stand(one) for one in self._said),
            keeping=tuple(self._keeping()),
            planned=tuple(time.planned()),
            history=time.page(),
            request=self._request.number if self._request else None,
            request_kind=self._request.kind if self._request else None,
            held=any(item.until is None or item.until >= self._office.today() for item in holds),
            deceased=contact.deceased,
            under_age=contact.under_age,
            unseen=labels.joined([PARTS[part] for part in self._person.unseen]) if self._person.unseen else None,
            against=self._against,
        )

    def _stand(self, one: Permission) -> Stand:
        since = one.standing.since.astimezone(self._zone).date() if one.standing.since else None
        return Stand(one.purpose.code, one.purpose.name, answer_badge(one.standing.state), since)

    def _badges(self) -> Iterator[Badge]:
        basis = self._contact.basis
        sees = self._reading.sees(ConsentEvent)
        if sees and basis is Basis.CONSENT and not any(one.standing.allows for one in self._said):
            yield Badge(M("No reason any more"), Tone.WARNING, "help")
        else:
            yield Badge(M("Reason: {basis}", basis=_SHORT_BASIS.get(basis, labels.of(basis))), Tone.INFO, "bag")
        yield from (one.badge for one in self._against if one.badge is not None)
        yield from self._answers()
        until = self._times.contact_until
        if until is not None:
            yield Badge(M("Keep until {year}", year=str(until.year)), Tone.VIOLET, "clock")
        if self._request is not None:
            days = (self._request.due_on - self._office.today()).days
            what = DUE.get(self._request.kind, M("Answer due"))
            tone = Tone.DANGER if days < 0 else Tone.WARNING
            yield Badge(M("{what} {when}", what=what, when=in_days(days)), tone, "inbox")

    def _answers(self) -> Iterator[Badge]:
        """What may be done, and what may be asked. A no stands below, among the answers, where all stand in full."""
        open_ones = [one for one in self._said if one.standing.state is None]
        for one in self._said:
            badge, answer = answer_badge(one.standing.state), answer_word(one.standing.state)
            if one.standing.state is not ConsentState.REFUSED and (one not in open_ones or len(open_ones) == 1):
                purpose = _SHORT_PURPOSES.get(one.purpose.code, one.purpose.name)
                yield Badge(M("{purpose}: {answer}", purpose=purpose, answer=answer), badge.tone, badge.icon)
        if len(open_ones) > 1:
            badge = answer_badge(None)
            yield Badge(M("{n} not asked yet", "{n} not asked yet", n=len(open_ones)), badge.tone, badge.icon)

    def _keeping(self) -> Iterator[KeepLine]:
        rule = self._times.rule
        if rule is not None:
            yield KeepLine(M("Record"), self._times.contact_until, sentence(rule))
        here = self._reading.find(Purchase, eq("contact_id", self._key), eq("original", Original.HERE))
        ends = [end for row in here if (end := self._times.invoice_until(row)) is not None]
        if ends:
            yield KeepLine(M("Invoices"), max(ends), labels.law(self._times.invoice_law.law))


_SHORT_BASIS = {Basis.CONTRACT: M("orders")}
_SHORT_PURPOSES: dict[str, M | str] = {
    "newsletter": M("Newsletter"),
    "birthday-card": M("Birthday card"),
    "photos": M("Photos"),
}
"""All that stands out of a person stands in one line; in full these stand below, among the answers."""


def _line(person: Person) -> M | str:
    job = person.contact.job_title
    if person.company:
        return f"{person.company}, {job}" if job else person.company
    return job or labels.of(person.contact.stage)


def details_of(reading: Reading, person: Person, times: KeepingTimes, words: Words) -> Iterator[Detail]:
    """The details of a person in the order of the page, each with why it is held."""
    from desktop_crm.documents import formats

    detail = _Reasons(reading, person.contact, times, words).detail
    kind: Callable[[str], str] = lambda label: formats.kind(words, label)  # noqa: E731 - used four times below
    for phone in person.phones:
        yield detail(DetailKind.PHONE, "phone", phone, "number", phone.number, kind(phone.label or ""))
    for email in person.emails:
        yield detail(DetailKind.EMAIL, "mail", email, "address", email.address, kind(email.label or ""))
    for address in person.addresses:
        label = kind(address.label or "") or declaration(ContactAddress).label
        yield detail(DetailKind.ADDRESS, "pin", address, "street", _place(address, words), label)
    for site in person.websites:
        yield detail(DetailKind.WEBSITE, "link", site, "url", site.url, kind(site.label or ""))
    contact = person.contact
    if contact.birthday:
        birthday = formats.birthday(words, contact.birthday)
        yield detail(DetailKind.BIRTHDAY, "cake", contact, "birthday", birthday)
    if person.company:
        yield detail(DetailKind.COMPANY, "building", contact, "company_id", person.company)
    if contact.language:
        yield detail(DetailKind.LANGUAGE, "globe", contact, "language", formats.language(words, contact.language))
    for column in ("department", "job_title", "nickname"):
        if value := getattr(contact, column):
            yield detail(DetailKind.OTHER, "id", contact, column, value)
    if contact.informed_on:
        how = labels.of(contact.informed_how) if contact.informed_how else None
        told = M("{day}, {how}", day=contact.informed_on, how=how) if how else M("{day}", day=contact.informed_on)
        yield detail(DetailKind.TOLD, "info", contact, "informed_on", told, M("Told how we use data"))


def _place(address: ContactAddress, words: Words) -> str:
    from desktop_crm.documents import formats

    town = " ".join(part for part in (address.postal_code, address.city) if part)
    country = formats.country(words, address.country) if address.country else None
    parts = (address.street, address.extra, address.po_box, town, address.region, country)
    return ", ".join(part for part in parts if part)


_Row = Contact | ContactAddress | ContactEmail | ContactPhone | ContactWebsite


class _Reasons:
    """Tells of stored values why they are held."""

    def __init__(self, reading: Reading, contact: Contact, times: KeepingTimes, words: Words) -> None:
        self._reading = reading
        self._contact = contact
        self._times = times
        self._zone = ZoneInfo(words.zone)

    def detail(self, kind: DetailKind, icon: str, row: _Row, column: str, value: Value, label: M | str = "") -> Detail:
        told = declaration(type(row))
        shown = label or told.column(column).label
        return Detail(kind, icon, shown, value, self._why(row, column), told.name, row.id, column)

    def _why(self, row: _Row, column: str) -> Why:
        handling = declaration(type(row)).column(column).handling
        rule = self._times.rule
        return Why(
            purpose=handling.purpose,
            basis=labels.of(handling.basis),
            source=self._source(row),
            since=row.created_at.astimezone(self._zone).date(),
            keep=sentence(rule, self._times.contact_until) if rule is not None else handling.keep.words,
        )

    def _source(self, row: _Row) -> M | str:
        batch = self._reading.get(ImportBatch, row.batch_id) if row.batch_id else None
        if batch is not None and batch.source:
            return batch.source
        return (self._contact.source if row is self._contact else "") or FROM_THE_PERSON
