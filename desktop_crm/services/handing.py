"""Handing out: lists for one use, and reaching one person. Each goes through the gate, and is noted."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from desktop_crm.documents.list_model import LABELS, About, Labels, Listed, ListForm, People
from desktop_crm.privacy.channels import ChannelRule
from desktop_crm.privacy.gate import to_be_used
from desktop_crm.privacy.use import IntendedUse, Reason, Verdict, closed
from desktop_crm.records.audit import Verb
from desktop_crm.records.company import Company
from desktop_crm.records.consent import ConsentEvent
from desktop_crm.records.contact import Contact, ContactAddress, ContactEmail, ContactPhone
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Purpose
from desktop_crm.records.tag import ContactTag, Tag
from desktop_crm.records.use import DisclosedPerson, Disclosure, Leaving
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.consents import purpose_by_code
from desktop_crm.services.labels import joined
from desktop_crm.services.letterheads import address_lines, on_envelope, shop_on_paper
from desktop_crm.services.listing import names_of
from desktop_crm.services.numbering import next_number
from desktop_crm.services.office import Office
from desktop_crm.services.people import sort_form
from desktop_crm.services.purposes import ALWAYS
from desktop_crm.services.saving import Saved, check_folder, save
from desktop_crm.services.using import REASONS, Checked, intended, verdicts
from desktop_crm.storage.transaction import CHUNK, Reading, Writing
from desktop_crm.storage.usable import VALUES
from desktop_crm.storage.where import eq, one_of
from desktop_crm.words import M, Problem

SERVICE = min(ALWAYS)
"""The purpose for which one person is rung or written to, unless another is meant: what they asked for."""
FORMS: dict[Channel, tuple[ListForm, ...]] = {
    Channel.EMAIL: (ListForm.ADDRESSES, ListForm.CSV, ListForm.XLSX, ListForm.VCARD),
    Channel.PHONE: (ListForm.CALLS, ListForm.CSV, ListForm.XLSX, ListForm.VCARD),
    Channel.MESSENGER: (ListForm.CSV, ListForm.XLSX, ListForm.VCARD),
    Channel.POST: (ListForm.LABELS, ListForm.CSV, ListForm.XLSX, ListForm.VCARD),
}
"""As what a list for a channel can leave, the usual one first."""
_LEAVING: dict[ListForm, Leaving] = {
    ListForm.LABELS: Leaving.LABELS,
    ListForm.CALLS: Leaving.PRINT,
    ListForm.ADDRESSES: Leaving.COPIED,
}
_ENDINGS = {ListForm.LABELS: "pdf", ListForm.CALLS: "pdf", ListForm.ADDRESSES: "txt"}
_NAMED = 100
"""So many people are named for each reason; the rest is counted."""


@dataclass(frozen=True, slots=True)
class ListOrder:
    """What somebody wants a list for. `recipient`: who gets it, None for the shop itself.

    `people`: of these alone; `label`: of those who bear this label; of everybody where both are None.
    """

    purpose: str
    channel: Channel
    recipient: str | None = None
    people: frozenset[bytes] | None = field(default=None, repr=False)
    label: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Shape:
    """As what a list leaves, and for labels on which sheet, from which label on."""

    form: ListForm
    labels: Labels = LABELS[0]
    begin_at: int = 1


@dataclass(frozen=True, slots=True, repr=False)
class LeftOut:
    """Who is left out of a list for one reason; `names` are the first of them."""

    reason: Reason
    why: M
    number: int
    names: tuple[tuple[bytes, str], ...]


@dataclass(frozen=True, slots=True, repr=False)
class Preview:
    """What a list would hold: how many people, who is left out and why, what to keep in mind while using it."""

    number: int
    left_out: tuple[LeftOut, ...]
    keep_in_mind: tuple[M, ...]

    @property
    def without(self) -> int:
        """How many people are left out."""
        return sum(one.number for one in self.left_out)


@dataclass(frozen=True, slots=True, repr=False)
class Handed:
    """A list that left: its number, how many people are in it, who is not, and the file, if it is one."""

    number: str
    people: int
    preview: Preview
    content: bytes
    saved: Saved | None = None


@act(Verb.LIST, ConsentEvent)
def preview_list(office: Office, order: ListOrder) -> Preview:
    """Whom a list would hold, and who is left out, with the reasons. Raises Problem if there is no such purpose."""
    return office.read(lambda reading: _preview(reading, _checked(office, reading, order)))


@act(Verb.EXPORT, Contact)
def make_list(office: Office, order: ListOrder, shape: Shape, out: Path) -> Handed:
    """Make a list and write it into a folder; who is in it is noted. Nothing is written where nobody may be in it.

    Raises Problem where the form is none for the channel, nobody may be used, or the folder cannot be written to.
    """
    check_folder(out)
    handed = _handed(office, order, shape)
    name = f"{handed.number}.{_ENDINGS.get(shape.form, shape.form.value)}"
    try:
        (saved,) = save(out, {name: handed.content})
    except Problem:
        office.write(lambda writing, _trace: _forget(writing, handed.number))
        raise
    return Handed(handed.number, handed.people, handed.preview, handed.content, saved)


@act(Verb.EXPORT, Contact)
def copy_addresses(office: Office, order: ListOrder) -> Handed:
    """The email addresses of a list, for copying; noted as `make_list` notes it."""
    return _handed(office, order, Shape(ListForm.ADDRESSES))


@act(Verb.VIEW, Contact)
def reach_person(
    office: Office, person: bytes, channel: Channel, value: bytes | None = None, purpose: str = SERVICE
) -> None:
    """Somebody is about to ring or write to one person, at one of their values; noted as a use of their data.

    Raises Problem with the reason where it is not allowed; then nothing is noted.
    """

    def work(writing: Writing, trace: Trace) -> None:
        use = intended(office, purpose_by_code(writing, purpose), channel, now=True)
        checked = verdicts(office, writing, use, [person])
        verdict = checked.verdicts.get(person, Verdict(False, Reason.NO_WAY))
        if not verdict.allowed or value in checked.barred:
            raise not_reached(verdict.reason if not verdict.allowed else Reason.WISH)
        form = Leaving.CALL if channel is Channel.PHONE else Leaving.EMAIL
        _note(office, writing, checked, form, {person: verdict}, None)
        trace.person = trace.row = person

    office.write(work)


def not_reached(reason: Reason) -> Problem:
    """What is said where somebody is not to be reached."""
    return Problem(
        M("This person is not reached this way now: {why}.", why=REASONS[reason]), safe=M("Nothing was sent.")
    )


def _checked(office: Office, reading: Reading, order: ListOrder) -> Checked:
    use = intended(office, purpose_by_code(reading, order.purpose), order.channel, order.recipient)
    people: Collection[bytes] | None = order.people
    if order.label is not None:
        worn = _bearing(reading, order.label)
        people = worn if order.people is None else worn & order.people
    return verdicts(office, reading, use, people)


def _bearing(reading: Reading, label: str) -> set[bytes]:
    """Who bears a label. Raises Problem if there is no such label."""
    found = reading.find(Tag, eq("match", sort_form(label)))
    if not found:
        raise Problem(M("Nobody bears this label."))
    return {row.contact_id for row in reading.find(ContactTag, eq("tag_id", found[0].id))}


def _preview(reading: Reading, checked: Checked) -> Preview:
    left_out = []
    for reason, people in checked.left_out.items():
        names = names_of(reading, people[:_NAMED])
        told = sorted(names.items(), key=lambda one: one[1].casefold())
        left_out.append(LeftOut(reason, REASONS[reason], len(people), tuple(told)))
    return Preview(len(checked.usable), tuple(left_out), tuple(keep_in_mind(checked.use)))


def keep_in_mind(use: IntendedUse) -> Iterator[M]:
    """What the country asks of whoever uses a list, in sentences."""
    rule = use.rule
    if closed(use) is not None or not use.advertises or rule is None:
        return
    if use.channel is Channel.PHONE and rule.proof_years:
        yield M(
            "The proof of each yes is kept for {n} year from the last call.",
            "The proof of each yes is kept for {n} years from the last call.",
            n=rule.proof_years,
        )
    if rule.hours:
        yield M("Ring only at these times: {hours}.", hours=_hours(rule))
    if use.channel in (Channel.EMAIL, Channel.MESSENGER):
        yield M("Tell in each message how to stop it.")
    if not rule.checked:
        yield M("No source for your country is at hand, so the strict rule stands: let your adviser check it.")


def _hours(rule: ChannelRule) -> str:
    return ", ".join(f"{one.begin:%H:%M}–{one.end:%H:%M}" for one in rule.hours)


def _handed(office: Office, order: ListOrder, shape: Shape) -> Handed:
    from desktop_crm.documents.people_list import list_file

    if shape.form not in FORMS.get(order.channel, ()):
        raise Problem(M("A list for this way of reaching people cannot be made in this form."), safe=_NOTHING)

    def work(writing: Writing, trace: Trace) -> tuple[str, Preview, People, IntendedUse]:
        checked = _checked(office, writing, order)
        usable = {key: verdict for key, verdict in checked.verdicts.items() if verdict.allowed}
        preview = _preview(writing, checked)
        if not usable:
            raise _nobody(preview)
        released = to_be_used(_rows(office, writing, checked, list(usable)), checked.verdicts)
        number = next_number(writing, "L", office.today().year)
        trace.row = _note(office, writing, checked, _LEAVING.get(shape.form, Leaving.FILE), usable, number)
        trace.number = len(usable)
        return number, preview, released, checked.use

    number, preview, released, use = office.write(work)
    about = About(
        shop=shop_on_paper(office.shop),
        number=number,
        purpose=use.purpose.name,
        made_at=office.clock.now(),
        keep_in_mind=preview.keep_in_mind,
        labels=shape.labels,
        begin_at=shape.begin_at,
    )
    return Handed(number, preview.number, preview, list_file(shape.form, released, about, office.words))


_NOTHING = M("Nothing was written.")


def _nobody(preview: Preview) -> Problem:
    why = joined([M("{n} × {why}", n=one.number, why=one.why) for one in preview.left_out])
    said = M("Nobody may be on this list: {why}.", why=why) if preview.left_out else M("There is nobody for this list.")
    return Problem(said, safe=_NOTHING)


def _note(
    office: Office,
    writing: Writing,
    checked: Checked,
    form: Leaving,
    usable: Mapping[bytes, Verdict],
    number: str | None,
) -> bytes:
    """Note what leaves, and each person in it with the yes that was used."""
    left, now, use = office.new_id(), office.clock.now(), checked.use
    writing.insert(
        Disclosure(
            id=left,
            left_at=now,
            form=form,
            purpose_id=use.purpose.id,
            channel=use.channel,
            recipient=use.recipient,
            people=len(usable),
            left_out=len(checked.verdicts) - len(usable),
            actor=office.who.name,
            number=number,
        )
    )
    rows = [
        DisclosedPerson(
            id=office.new_id(), contact_id=key, disclosure_id=left, consent_id=verdict.consent_id, used_at=now
        )
        for key, verdict in usable.items()
    ]
    writing.insert_many(DisclosedPerson, rows)
    return left


def _forget(writing: Writing, number: str) -> None:
    """The file could not be written after all: nothing left."""
    for row in writing.find(Disclosure, eq("number", number)):
        writing.delete(DisclosedPerson, eq("disclosure_id", row.id))
        writing.delete(Disclosure, eq("id", row.id))


def _rows(office: Office, reading: Reading, checked: Checked, people: Sequence[bytes]) -> dict[bytes, Listed]:
    """Of each person the name and the first value of the channel that they do not want left alone, by name."""
    found: dict[bytes, tuple[str, Listed]] = {}
    for start in range(0, len(people), CHUNK):
        chunk = people[start : start + CHUNK]
        contacts = reading.find(Contact, one_of("id", chunk))
        companies = {
            one.id: one.name for one in reading.find(Company, one_of("id", {c.company_id for c in contacts} - {None}))
        }
        values = _values(reading, checked, chunk)
        for contact in contacts:
            row = _listed(office, contact, companies.get(contact.company_id or b"", ""), values.get(contact.id))
            found[contact.id] = (contact.sort_name, row)
    return {key: row for key, (_, row) in sorted(found.items(), key=lambda one: one[1][0])}


def _values(reading: Reading, checked: Checked, people: Iterable[bytes]) -> dict[bytes, Any]:
    record = VALUES.get(checked.use.channel)
    first: dict[bytes, Any] = {}
    if record is not None:
        for row in reading.find(record, one_of("contact_id", people), order=("created_at", "id")):
            if row.id not in checked.barred:
                first.setdefault(row.contact_id, row)
    return first


_NAME = ("family", "given", "middle", "prefix", "suffix")
_PLACE = ("po_box", "extra", "street", "city", "region", "postal_code", "country")


def _listed(office: Office, contact: Contact, company: str, value: Any) -> Listed:
    parts = {name: text for name in _NAME if (text := getattr(contact, name))}
    address: tuple[str, ...] = ()
    if isinstance(value, ContactAddress):
        address = on_envelope((contact.name, *address_lines(value)), office.shop, office.words)[1:]
        parts |= {name: text for name in _PLACE if (text := getattr(value, name))}
    return Listed(
        name=contact.name,
        company=company if company != contact.name else "",
        email=value.address if isinstance(value, ContactEmail) else "",
        phone=value.number if isinstance(value, ContactPhone) else "",
        address=address,
        parts=parts,
    )


@act(Verb.LIST, Purpose)
def purposes_to_use(office: Office) -> list[Purpose]:
    """The purposes in use, for which lists can be made."""
    return office.read(lambda reading: reading.find(Purpose, eq("active", True), order=("name",)))
