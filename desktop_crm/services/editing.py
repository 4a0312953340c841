"""The whole form of a contact: adding, correcting, and checking what is typed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from desktop_crm.intake.checking import normal_email, phone_e164
from desktop_crm.intake.days import read_day
from desktop_crm.intake.names import display_name
from desktop_crm.intake.reasons import DATE_SHORT_YEAR
from desktop_crm.records.audit import Verb
from desktop_crm.records.company import Company
from desktop_crm.records.contact import Contact, ContactAddress, ContactEmail, ContactPhone, ContactWebsite, Stage, Told
from desktop_crm.records.declare import Basis, declaration
from desktop_crm.records.tag import ContactTag, Tag
from desktop_crm.records.use import MendingCause
from desktop_crm.services import mending, people
from desktop_crm.services.acts import Trace, act, performing
from desktop_crm.services.contacts import company_id, known_person, refuse_erased, refuse_known, same_person
from desktop_crm.services.entries import tag_id
from desktop_crm.services.office import Office
from desktop_crm.services.people import storable
from desktop_crm.services.removal import Held, delete_unused, shared_of
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq, one_of
from desktop_crm.words import M, Problem

MONTH_FIRST = frozenset({"US", "PH"})
_TEXTS = (
    *("prefix", "given", "middle", "family", "suffix", "nickname"),
    *("department", "job_title", "language", "basis_note"),
)
"""Fields of the form that are empty in the file where nothing is typed."""
_AS_THEY_ARE = ("stage", "basis", "informed_on", "informed_how", "deceased", "under_age")
_NAMELESS = M("A person needs a name and one way to reach them: email, phone or address.")


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class Line:
    """An email address, phone number or web address in the form; `id` is the row it was read from, if any."""

    text: str
    label: str = ""
    id: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class AddressLine:
    """A postal address in the form; `id` is the row it was read from, if any."""

    street: str = ""
    extra: str = ""
    po_box: str = ""
    postal_code: str = ""
    city: str = ""
    region: str = ""
    country: str = ""
    label: str = ""
    id: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class ContactForm:
    """Everything that can be typed about a contact.

    An empty `name` is put together from its parts. `birthday` as typed or as stored, with or without the year.
    """

    name: str = ""
    prefix: str = ""
    given: str = ""
    middle: str = ""
    family: str = ""
    suffix: str = ""
    nickname: str = ""
    company: str = ""
    department: str = ""
    job_title: str = ""
    emails: tuple[Line, ...] = ()
    phones: tuple[Line, ...] = ()
    addresses: tuple[AddressLine, ...] = ()
    websites: tuple[Line, ...] = ()
    birthday: str = ""
    language: str = ""
    stage: Stage = Stage.LEAD
    basis: Basis = Basis.CONTRACT
    source: str = ""
    informed_on: date | None = None
    informed_how: Told | None = None
    tags: tuple[str, ...] = ()
    deceased: bool = False
    under_age: bool = False
    basis_note: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Concerns:
    """What should be looked at before a form is saved: the same person here, an earlier erasure."""

    known: bytes | None
    erased_on: date | None


# What is typed, checked as somebody leaves a field


def check_name(text: str) -> M | None:
    """What is odd about a typed name, or None."""
    return M("This is very long for a name.") if len(text.strip()) > people.LONGEST_NAME else None


def check_email(text: str) -> M | None:
    """What is wrong with a typed email address, or None. An empty field is right."""
    if not text.strip() or normal_email(text.strip()) is not None:
        return None
    return M("This does not look like an email address.")


def check_phone(text: str, country: str) -> M | None:
    """What is wrong with a typed phone number, or None. An empty field is right. `country`: the shop's."""
    if not text.strip() or phone_e164(text.strip(), country) is not None:
        return None
    return M("This does not look like a phone number.")


def check_website(text: str) -> M | None:
    """What is wrong with a typed web address, or None. An empty field is right."""
    text = text.strip()
    host = text.split("://", 1)[-1].split("/", 1)[0]
    if not text or ("." in host.strip(".") and not any(sign.isspace() for sign in text)):
        return None
    return M("This does not look like a web address.")


def odd_in(form: ContactForm, before: ContactForm, country: str) -> list[M]:
    """What does not look right in a form and did not stand there `before`. It is kept as typed."""
    emails = set(_texts(form.emails)) - set(_texts(before.emails))
    phones = set(_texts(form.phones)) - set(_texts(before.phones))
    return people.doubts(emails, phones, country, form.name if form.name != before.name else "")


def check_birthday(text: str, country: str, today: date) -> M | None:
    """What is wrong with a typed birthday, or None; the year may be left out. An empty field is right."""
    day = _birthday(text, country)
    if day is None:
        return None
    if not day:
        return M("This is not readable as a day. Write it like 24.3.1961, or 24.3. without the year.")
    if day > today.isoformat():
        return M("This day is still to come.")
    return None


def _birthday(text: str, country: str) -> str | None:
    """The stored form of a typed day; None for nothing typed, empty for what cannot be read."""
    text = text.strip()
    if not text:
        return None
    for attempt in (text, f"{text}."):
        day = read_day(attempt, month_first=country in MONTH_FIRST)
        if day.iso is not None and day.reason is not DATE_SHORT_YEAR:
            return day.iso
    return ""


# The form


@act(Verb.VIEW, Contact)
def form_of(office: Office, person: bytes) -> ContactForm:
    """The form of a contact as it is now. Raises Problem if there is nobody."""
    form = office.read(lambda reading: _form(reading, person))
    office.looked(person, person)
    return form


@act(Verb.LIST, Contact)
def concerns(office: Office, form: ContactForm, person: bytes | None = None) -> Concerns:
    """What to look at before saving a form; `person` is whose form it is, None for somebody new."""
    form = _typed(office, form)

    def work(reading: Reading) -> Concerns:
        forms = _forms(office, form)
        erased = (
            people.erased_before(reading.whole(), _marks(office, form, *forms), office.today())
            if person is None
            else None
        )
        known = same_person(reading, form.name, *forms)
        return Concerns(
            known if known != person else None,
            erased.astimezone(ZoneInfo(office.shop.zone)).date() if erased else None,
        )

    return office.read(work)


@act(Verb.ADD, Contact)
def new_contact(office: Office, form: ContactForm, *, allow_erased: bool = False) -> bytes:
    """Add the person of a form and return their number. Raises Problem as `contacts.add` does."""
    form = _typed(office, form)
    if not (form.emails or form.phones or form.addresses):
        raise Problem(_NAMELESS)

    def work(writing: Writing, trace: Trace) -> bytes:
        forms = _forms(office, form)
        refuse_known(writing, form.name, *forms)
        if not allow_erased:
            refuse_erased(writing, office, _marks(office, form, *forms))
        trace.person = trace.row = key = office.new_id()
        made, now = _values(office, writing, form), office.clock.now()
        writing.insert(Contact(id=key, last_activity_on=office.today(), created_at=now, **made))
        _save_rows(office, writing, key, form)
        return key

    return office.write(work, undoable=True)


@act(Verb.CHANGE, Contact)
def edit(office: Office, person: bytes, form: ContactForm) -> bytes | None:
    """Save the whole form of a contact; the number of the change, None if nothing is other than before.

    Raises Problem without a name or for a birthday that cannot be read; then nothing is saved.
    """
    form = _typed(office, form)

    def work(writing: Writing, trace: Trace) -> None:
        contact = known_person(writing, person)
        mending.refuse_locked(writing, person)
        trace.person = trace.row = person
        mine, left = eq("contact_id", person), mending.what_left(writing, person)
        used = shared_of([Held(declaration(type(row)), row) for row in (contact, *writing.find(ContactTag, mine))])
        values = {n: v for n, v in _values(office, writing, form).items() if getattr(contact, n) != v}
        if values:
            writing.update(Contact, person, **values)
        _save_rows(office, writing, person, form)
        if writing.changes:
            writing.update(Contact, person, changed_at=office.clock.now())
        if not left <= mending.what_left(writing, person):
            mending.over(office, writing, person, MendingCause.CORRECTED)
        for target, keys in used.items():
            delete_unused(writing, target, keys)

    office.write(work, undoable=True)
    return performing().change


def _typed(office: Office, form: ContactForm) -> ContactForm:
    """The form without blanks and empty lines, named and with the birthday as it is stored. Raises Problem."""
    bare: dict[str, Any] = {name: storable(getattr(form, name)) for name in (*_TEXTS, "name", "company", "source")}
    composed = " ".join(
        part
        for part in (bare["prefix"], display_name(bare["given"], bare["middle"], bare["family"]), bare["suffix"])
        if part
    )
    name = bare["name"] or composed
    if not name:
        raise Problem(_NAMELESS)
    bare["name"] = name
    wrong = check_birthday(form.birthday, office.shop.country, office.today())
    if wrong is not None:
        raise Problem(wrong, safe=M("Nothing was saved."))
    return replace(
        form,
        **bare,
        birthday=_birthday(form.birthday, office.shop.country) or "",
        emails=_filled(form.emails),
        phones=_filled(form.phones),
        websites=_filled(form.websites),
        addresses=_placed(form.addresses),
        tags=tuple(dict.fromkeys(tag for text in form.tags if (tag := storable(text)))),
    )


def _filled(lines: Iterable[Line]) -> tuple[Line, ...]:
    bare = (replace(line, text=storable(line.text), label=storable(line.label)) for line in lines)
    return tuple(line for line in bare if line.text)


def _placed(lines: Iterable[AddressLine]) -> tuple[AddressLine, ...]:
    made = []
    for line in lines:
        texts = {name: storable(getattr(line, name)) for name in _ADDRESS}
        if any(text for name, text in texts.items() if name != "label"):
            made.append(AddressLine(id=line.id, **texts))
    return tuple(made)


_ADDRESS = ("street", "extra", "po_box", "postal_code", "city", "region", "country", "label")


def _texts(lines: Iterable[Line]) -> list[str]:
    return [line.text for line in lines]


def _forms(office: Office, form: ContactForm) -> tuple[list[str], list[str]]:
    """Addresses and numbers in the forms in which they are compared."""
    phones = [people.phone_form(number, office.shop.country) for number in _texts(form.phones)]
    return [people.email_form(address) for address in _texts(form.emails)], phones


def _marks(office: Office, form: ContactForm, emails: Sequence[str], phones: Sequence[str]) -> list[people.MarkOf]:
    return people.marks(office.fingerprint, name=form.name, birthday=form.birthday, emails=emails, phones=phones)


def _values(office: Office, writing: Writing, form: ContactForm) -> dict[str, Any]:
    """The columns of the contact itself."""
    return {
        "name": form.name,
        "sort_name": people.sort_form(form.name),
        "company_id": company_id(writing, office, form.company),
        "birthday": form.birthday or None,
        "source": form.source,
        **{name: getattr(form, name) or None for name in _TEXTS},
        **{name: getattr(form, name) for name in _AS_THEY_ARE},
    }


def _save_rows(office: Office, writing: Writing, person: bytes, form: ContactForm) -> None:
    """Bring the rows beside the contact to what the form says; what is the same stays as it is."""
    rows = _Rows(office, writing, person)
    country = office.shop.country
    rows.save(
        ContactEmail,
        [(line.id, {"address": line.text, "label": line.label or None}) for line in form.emails],
        lambda typed: {"match": people.email_form(typed["address"])},
    )
    rows.save(
        ContactPhone,
        [(line.id, {"number": line.text, "label": line.label or None}) for line in form.phones],
        lambda typed: {"match": people.phone_form(typed["number"], country)},
    )
    rows.save(ContactWebsite, [(line.id, {"url": line.text, "label": line.label or None}) for line in form.websites])
    rows.save(ContactAddress, [(line.id, {n: getattr(line, n) or None for n in _ADDRESS}) for line in form.addresses])
    rows.save(ContactTag, [(None, {"tag_id": tag_id(writing, office, name)}) for name in form.tags])


class _Rows:
    """The rows of one kind of a person, brought to what was typed."""

    def __init__(self, office: Office, writing: Writing, person: bytes) -> None:
        self._office = office
        self._writing = writing
        self._person = person

    def save(
        self,
        record: type[Any],
        wanted: Sequence[tuple[bytes | None, Mapping[str, Any]]],
        computed: Any = lambda _: {},
    ) -> None:
        """Keep, change, add and delete rows; `computed` makes of typed columns those that follow from them."""
        there = {row.id: row for row in self._writing.find(record, eq("contact_id", self._person))}
        new = []
        for key, typed in wanted:
            row = there.pop(key, None) if key is not None else _alike(there, typed)
            if row is None:
                new.append(typed)
            elif any(getattr(row, name) != value for name, value in typed.items()):
                self._writing.update(record, row.id, **typed, **computed(typed))
        self._writing.delete_rows(record, list(there.values()))
        for typed in new:
            self._add(record, {**typed, **computed(typed)})

    def _add(self, record: type[Any], values: Mapping[str, Any]) -> None:
        key, now = self._office.new_id(), self._office.clock.now()
        self._writing.insert(record(id=key, contact_id=self._person, created_at=now, **values))


def _alike(there: dict[bytes, Any], typed: Mapping[str, Any]) -> Any:
    """Take out the row that says the same, if there is one."""
    for key, row in there.items():
        if all(getattr(row, name) == value for name, value in typed.items()):
            return there.pop(key)
    return None


def _form(reading: Reading, person: bytes) -> ContactForm:
    contact = known_person(reading, person)
    mine = eq("contact_id", person)
    company = reading.get(Company, contact.company_id) if contact.company_id else None
    plain: dict[str, Any] = {name: getattr(contact, name) or "" for name in _TEXTS}
    plain |= {name: getattr(contact, name) for name in _AS_THEY_ARE}
    tags = reading.find(Tag, one_of("id", [t.tag_id for t in reading.find(ContactTag, mine)]), order=("match",))
    return ContactForm(
        name=contact.name,
        company=company.name if company else "",
        birthday=contact.birthday or "",
        source=contact.source,
        emails=tuple(Line(text=e.address, label=e.label or "", id=e.id) for e in reading.find(ContactEmail, mine)),
        phones=tuple(Line(text=p.number, label=p.label or "", id=p.id) for p in reading.find(ContactPhone, mine)),
        websites=tuple(Line(text=w.url, label=w.label or "", id=w.id) for w in reading.find(ContactWebsite, mine)),
        addresses=tuple(
            AddressLine(id=a.id, **{n: getattr(a, n) or "" for n in _ADDRESS})
            for a in reading.find(ContactAddress, mine)
        ),
        tags=tuple(tag.name for tag in tags),
        **plain,
    )
