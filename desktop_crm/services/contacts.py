"""Adding, finding and opening people, and what happens between them and the shop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum
from zoneinfo import ZoneInfo

from desktop_crm.host.ids import id_text, parse_id
from desktop_crm.records.audit import Verb
from desktop_crm.records.company import Company
from desktop_crm.records.consent import ConsentEvent
from desktop_crm.records.contact import Contact, ContactAddress, ContactEmail, ContactPhone, ContactWebsite, Stage, Told
from desktop_crm.records.declare import Basis, Part, declaration
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.interaction import Channel, Interaction, InteractionKind
from desktop_crm.records.purchase import OpenMatter, Original, Purchase
from desktop_crm.records.request import PrivacyRequest
from desktop_crm.records.tag import ContactTag, Tag
from desktop_crm.services import people
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.office import Office
from desktop_crm.services.people import storable
from desktop_crm.storage import search
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq, one_of
from desktop_crm.words import Gone, M, Money, Problem, WayOut


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NewContact:
    """What is typed for a new person. A name and one way to reach them are enough."""

    name: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    address: str = ""
    company: str = ""
    birthday: str | None = None
    language: str | None = None
    stage: Stage = Stage.LEAD
    basis: Basis = Basis.CONTRACT
    source: str = ""
    informed_on: date | None = None
    informed_how: Told | None = None
    deceased: bool = False
    under_age: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NewPurchase:
    """What is typed for a purchase.

    `original`: whether the voucher itself is kept here, so that tax law binds it; `still_open`: what is not settled.
    """

    amount: Money
    bought_on: date
    invoice_no: str | None = None
    description: str | None = None
    original: Original = Original.ELSEWHERE
    still_open: OpenMatter | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class NewDelivery:
    """What is typed for a delivery to somebody else."""

    name: str
    deliver_on: date
    address: str | None = None
    phone: str | None = None
    card_text: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """One row of a search: the person, the words that stand in the list, and what kind of record was found."""

    id: bytes
    name: str
    reach: str
    company: str
    kind: str


@dataclass(frozen=True, slots=True, repr=False)
class Person:
    """Everything the record page shows of a contact."""

    contact: Contact
    company: str
    emails: tuple[ContactEmail, ...]
    phones: tuple[ContactPhone, ...]
    addresses: tuple[ContactAddress, ...]
    websites: tuple[ContactWebsite, ...]
    tags: tuple[str, ...]
    interactions: tuple[Interaction, ...]
    purchases: tuple[Purchase, ...]
    deliveries: tuple[DeliveryRecipient, ...]
    consents: tuple[ConsentEvent, ...]
    unseen: tuple[Part, ...]
    """What is not shown of this person to the role of whoever looks: empty does not mean that there is nothing."""


_KEPT_BY_US = frozenset({"id", "sort_name", "batch_id", "last_activity_on", "created_at", "changed_at"})


def company_id(writing: Writing, office: Office, name: str) -> bytes | None:
    """The company of that name, made if need be; None for no name."""
    name = storable(name)
    if not name:
        return None
    form = people.sort_form(name)
    known = writing.find(Company, eq("match", form))
    if known:
        return known[0].id
    made = Company(id=office.new_id(), name=name, match=form, created_at=office.clock.now())
    writing.insert(made)
    return made.id


@act(Verb.ADD, Contact)
def add(office: Office, new: NewContact, *, allow_erased: bool = False) -> bytes:
    """Add a person and return their number.

    Raises Problem without a name or a way to reach them, for somebody already here, and for somebody who was erased
    unless `allow_erased` says that they came back of their own accord.
    """
    name = storable(new.name)
    emails, phones = [storable(e) for e in new.emails if e.strip()], [storable(p) for p in new.phones if p.strip()]
    address, birthday = storable(new.address), storable(new.birthday or "") or None
    if not name or not (emails or phones or address):
        raise Problem(M("A person needs a name and one way to reach them: email, phone or address."))

    def work(writing: Writing, trace: Trace) -> bytes:
        forms = [people.email_form(e) for e in emails], [people.phone_form(p, office.shop.country) for p in phones]
        refuse_known(writing, name, *forms)
        if not allow_erased:
            made = people.marks(office.fingerprint, name=name, birthday=birthday, emails=forms[0], phones=forms[1])
            refuse_erased(writing, office, made)
        trace.person = trace.row = key = office.new_id()
        now = office.clock.now()
        writing.insert(
            Contact(
                id=key,
                name=name,
                sort_name=people.sort_form(name),
                company_id=company_id(writing, office, new.company),
                birthday=birthday,
                language=storable(new.language or "") or None,
                stage=new.stage,
                basis=new.basis,
                source=storable(new.source),
                informed_on=new.informed_on,
                informed_how=new.informed_how,
                deceased=new.deceased,
                under_age=new.under_age,
                last_activity_on=office.today(),
                created_at=now,
            )
        )
        for typed, form in zip(emails, forms[0], strict=True):
            writing.insert(ContactEmail(id=office.new_id(), contact_id=key, address=typed, match=form, created_at=now))
        for typed, form in zip(phones, forms[1], strict=True):
            writing.insert(ContactPhone(id=office.new_id(), contact_id=key, number=typed, match=form, created_at=now))
        if address:
            writing.insert(ContactAddress(id=office.new_id(), contact_id=key, street=address, created_at=now))
        return key

    return office.write(work, undoable=True)


def same_person(reading: Reading, name: str, emails: Sequence[str], phones: Sequence[str]) -> bytes | None:
    """Who is here under the same name with one of these addresses or numbers (in compared form), or None."""
    reached = {e.contact_id for e in reading.find(ContactEmail, one_of("match", emails))}
    reached |= {p.contact_id for p in reading.find(ContactPhone, one_of("match", phones))}
    same = [c for c in reading.find(Contact, one_of("id", reached)) if c.sort_name == people.sort_form(name)]
    return same[0].id if same else None


def refuse_known(reading: Reading, name: str, emails: Sequence[str], phones: Sequence[str]) -> None:
    """Raises Problem for somebody who is here already; addresses and numbers in compared form."""
    same = same_person(reading, name, emails, phones)
    if same is not None:
        raise Problem(
            M("This person is here already, as number {number}.", number=id_text(same)),
            safe=M("Nothing was added."),
            todo=M("Please open the entry that is there."),
        )


def refuse_erased(reading: Reading, office: Office, made: list[people.MarkOf]) -> None:
    """Raises Problem for somebody who was erased, known by one of these marks."""
    erased_at = people.erased_before(reading, made, office.today())
    if erased_at is not None:
        raise Problem(
            people.erased_warning(erased_at.astimezone(ZoneInfo(office.shop.zone)).date()),
            safe=M("Nothing was added."),
            todo=M("If they came back of their own accord, add them again and say so."),
            way_out=WayOut.CAME_BACK,
        )


def known_person(reading: Reading, person: bytes) -> Contact:
    """The contact of that number. Raises Problem if there is nobody."""
    contact = reading.get(Contact, person)
    if contact is None:
        raise Gone(M("Nobody here has this number or email address."))
    return contact


def _active(office: Office, writing: Writing, person: bytes, day: date) -> None:
    """Move the contact's clock forward, to today at most: it counts real contacts and purchases, never edits."""
    contact = known_person(writing, person)
    day = min(day, office.today())
    if day > contact.last_activity_on:
        writing.update(Contact, person, last_activity_on=day)


@act(Verb.LIST, Contact)
def who_is(office: Office, text: str) -> bytes:
    """The number of the person meant by a typed number or email address. Raises Problem if it is nobody or several."""
    return office.read(lambda reading: people.resolve(reading, text))


@act(Verb.LIST, Contact)
def find(office: Office, text: str, *, limit: int = 50) -> list[Found]:
    """People found by any word of name, email, phone, company or note; near misses when there is little else."""

    def work(reading: Reading) -> list[Found]:
        key = parse_id(text)
        if key is not None:
            return rows_of(reading, [key])
        hits = search.found(reading, text, limit, lambda: office.vocabulary(reading))
        return rows_of(reading, list(dict.fromkeys(hit.subject for hit in hits))[:limit])

    return office.read(work)


@act(Verb.LIST, Contact)
def named(office: Office, ids: Sequence[bytes]) -> list[Found]:
    """The list rows of these people, in this order; numbers of nobody are left out."""
    return office.read(lambda reading: rows_of(reading, ids))


def rows_of(reading: Reading, ids: Sequence[bytes]) -> list[Found]:
    """The list rows of these people, in this order; numbers of nobody are left out."""
    contacts = {c.id: c for c in reading.find(Contact, one_of("id", ids))}
    others = {r.id: r for r in reading.find(DeliveryRecipient, one_of("id", [i for i in ids if i not in contacts]))}
    reach: dict[bytes, str] = {}
    for phone in reading.find(ContactPhone, one_of("contact_id", contacts)):
        reach.setdefault(phone.contact_id, phone.number)
    for email in reading.find(ContactEmail, one_of("contact_id", contacts)):
        if "@" not in reach.get(email.contact_id, ""):
            reach[email.contact_id] = email.address
    companies = {
        c.id: c.name for c in reading.find(Company, one_of("id", {c.company_id for c in contacts.values()} - {None}))
    }
    rows = []
    for key in ids:
        if contact := contacts.get(key):
            company = companies.get(contact.company_id or b"", "")
            rows.append(Found(key, contact.name, reach.get(key, ""), company, "contact"))
        elif other := others.get(key):
            rows.append(Found(key, other.name, other.phone or "", "", "delivery_recipient"))
    return rows


@act(Verb.VIEW, Contact)
def show(office: Office, person: bytes, *, history: int = 500) -> Person:
    """Open a person's record with up to `history` of the newest events. Leaves a line in the log."""
    shown = office.read(lambda reading: person_of(reading, person, history))
    office.looked(person, person)
    return shown


def person_of(reading: Reading, person: bytes, history: int) -> Person:
    """The same, inside another act. Raises Problem if there is nobody."""
    contact = known_person(reading, person)
    mine = eq("contact_id", person)
    company = reading.get(Company, contact.company_id) if contact.company_id else None
    tags = [t.tag_id for t in reading.find(ContactTag, mine)]
    return Person(
        contact=contact,
        company=company.name if company else "",
        emails=tuple(reading.find(ContactEmail, mine)),
        phones=tuple(reading.find(ContactPhone, mine)),
        addresses=tuple(reading.find(ContactAddress, mine)),
        websites=tuple(reading.find(ContactWebsite, mine)),
        tags=tuple(t.name for t in reading.find(Tag, one_of("id", tags))),
        interactions=tuple(reading.find(Interaction, mine, order=("-happened_at",), limit=history)),
        purchases=tuple(reading.find(Purchase, mine, order=("-bought_on",), limit=history)),
        deliveries=tuple(reading.find(DeliveryRecipient, mine)),
        consents=tuple(reading.find(ConsentEvent, mine, order=("happened_at",))),
        unseen=tuple(declaration(record).part for record in _MAY_BE_UNSEEN if not reading.sees(record, person)),
    )


_MAY_BE_UNSEEN = (Interaction, Purchase, ConsentEvent, PrivacyRequest)


@act(Verb.ADD, Interaction)
def note(
    office: Office,
    person: bytes,
    text: str,
    *,
    kind: InteractionKind = InteractionKind.NOTE,
    channel: Channel | None = None,
    happened_at: datetime | None = None,
) -> bytes:
    """Write down a note, call, email, meeting or visit."""
    text = storable(text)
    if not text:
        raise Problem(M("There is nothing to note."))

    def work(writing: Writing, trace: Trace) -> bytes:
        at = happened_at or office.clock.now()
        _active(office, writing, person, at.astimezone(ZoneInfo(office.shop.zone)).date())
        trace.person, trace.row = person, office.new_id()
        writing.insert(
            Interaction(
                id=trace.row,
                contact_id=person,
                kind=kind,
                channel=channel,
                happened_at=at,
                text=text,
                actor=office.who.name,
                created_at=office.clock.now(),
            )
        )
        return trace.row

    return office.write(work, undoable=True)


@act(Verb.ADD, Purchase)
def purchase(
    office: Office,
    person: bytes,
    amount: Money,
    *,
    bought_on: date,
    invoice_no: str | None = None,
    description: str | None = None,
    original: Original = Original.ELSEWHERE,
    still_open: OpenMatter | None = None,
) -> bytes:
    """Enter a purchase; see `NewPurchase`."""
    bought = NewPurchase(
        amount=amount,
        bought_on=bought_on,
        invoice_no=invoice_no,
        description=description,
        original=original,
        still_open=still_open,
    )

    def work(writing: Writing, trace: Trace) -> bytes:
        trace.person, trace.row = person, _enter_purchase(office, writing, person, bought)
        return trace.row

    return office.write(work, undoable=True)


@act(Verb.ADD, DeliveryRecipient)
def deliver(
    office: Office,
    person: bytes,
    *,
    name: str,
    deliver_on: date,
    address: str | None = None,
    phone: str | None = None,
    card_text: str | None = None,
) -> bytes:
    """Note to whom an order goes: a third person, never marketed to, gone 90 days after the delivery."""
    to = NewDelivery(name=name, deliver_on=deliver_on, address=address, phone=phone, card_text=card_text)

    def work(writing: Writing, trace: Trace) -> bytes:
        trace.person, trace.row = person, _enter_delivery(office, writing, person, to)
        return trace.row

    return office.write(work, undoable=True)


@act(Verb.ADD, Purchase)
def order(office: Office, person: bytes, bought: NewPurchase, to: NewDelivery) -> bytes:
    """Enter a purchase and to whom it goes: both or neither, and taken back together. Returns the purchase."""

    def work(writing: Writing, trace: Trace) -> bytes:
        trace.person, trace.row = person, _enter_purchase(office, writing, person, bought)
        _enter_delivery(office, writing, person, to)
        return trace.row

    return office.write(work, undoable=True)


def _enter_purchase(office: Office, writing: Writing, person: bytes, bought: NewPurchase) -> bytes:
    _active(office, writing, person, bought.bought_on)
    key = office.new_id()
    writing.insert(
        Purchase(
            id=key,
            contact_id=person,
            bought_on=bought.bought_on,
            amount_minor=bought.amount.minor,
            currency=bought.amount.currency,
            invoice_no=storable(bought.invoice_no) if bought.invoice_no else None,
            description=storable(bought.description) if bought.description else None,
            original=bought.original,
            created_at=office.clock.now(),
            still_open=bought.still_open,
        )
    )
    if known_person(writing, person).stage is Stage.LEAD:
        writing.update(Contact, person, stage=Stage.CUSTOMER)
    return key


def _enter_delivery(office: Office, writing: Writing, person: bytes, to: NewDelivery) -> bytes:
    name = storable(to.name)
    if not name:
        raise Problem(M("Please say who gets the delivery."))
    _active(office, writing, person, office.today())
    key = office.new_id()
    writing.insert(
        DeliveryRecipient(
            id=key,
            contact_id=person,
            name=name,
            address=storable(to.address) if to.address else None,
            phone=storable(to.phone) if to.phone else None,
            card_text=storable(to.card_text) if to.card_text else None,
            deliver_on=to.deliver_on,
            created_at=office.clock.now(),
        )
    )
    return key


@act(Verb.CHANGE, Contact)
def change(office: Office, person: bytes, fields: Mapping[str, object]) -> None:
    """Change fields of a contact; a new name changes its sorting form along. ValueError for what the program sets."""
    if _KEPT_BY_US & fields.keys():
        raise ValueError("these fields follow from others")

    def work(writing: Writing, trace: Trace) -> None:
        known_person(writing, person)
        trace.person = trace.row = person
        values = {n: storable(v) if isinstance(v, str) and not isinstance(v, Enum) else v for n, v in fields.items()}
        if isinstance(name := values.get("name"), str):
            if not storable(name):
                raise Problem(M("A person needs a name and one way to reach them: email, phone or address."))
            values.update(name=storable(name), sort_name=people.sort_form(name))
        writing.update(Contact, person, changed_at=office.clock.now(), **values)

    office.write(work)
