"""A person the shop deals with, and the ways to reach them."""

from datetime import date, datetime
from enum import StrEnum

from desktop_crm.records.company import Company
from desktop_crm.records.declare import Basis, Category, Part, SearchColumn, Section, Subject, held, record
from desktop_crm.records.handling import CUSTOMER, LINEAGE
from desktop_crm.words import M


class Stage(StrEnum):
    """Where a person stands with the shop."""

    LEAD = "lead"
    CUSTOMER = "customer"
    FORMER = "former"
    SUPPLIER = "supplier"


class Told(StrEnum):
    """How a person was informed about the use of their data (Art. 13 GDPR)."""

    COUNTER = "counter"
    PAPER = "paper"
    EMAIL = "email"
    SPOKEN = "spoken"


@record(
    M("Contact"),
    M("Contacts"),
    subjects=(Subject("id"),),
    section=Section.DETAILS,
    part=Part.CONTACTS,
    indexes=(("sort_name", "id"), ("last_activity_on",), ("batch_id",), ("company_id",)),
)
class Contact:
    """A person. Needs a name and one way to reach them, nothing more."""

    id: bytes = held(M("Number"), Category.NONE, CUSTOMER)
    name: str = held(M("Name"), Category.IDENTITY, CUSTOMER, searchable=SearchColumn.NAME, provided=True)
    sort_name: str = held(M("Sorting form of the name"), Category.IDENTITY, CUSTOMER, derived=True)
    prefix: str | None = held(M("Title"), Category.IDENTITY, CUSTOMER, provided=True, default=None)
    given: str | None = held(M("First name"), Category.IDENTITY, CUSTOMER, provided=True, default=None)
    middle: str | None = held(M("Middle name"), Category.IDENTITY, CUSTOMER, provided=True, default=None)
    family: str | None = held(M("Last name"), Category.IDENTITY, CUSTOMER, provided=True, default=None)
    suffix: str | None = held(M("Name suffix"), Category.IDENTITY, CUSTOMER, provided=True, default=None)
    nickname: str | None = held(
        M("Nickname"), Category.IDENTITY, CUSTOMER, searchable=SearchColumn.NAME, provided=True, default=None
    )
    company_id: bytes | None = held(
        M("Company"),
        Category.IDENTITY,
        CUSTOMER,
        searchable=SearchColumn.COMPANY,
        references=Company,
        provided=True,
        default=None,
    )
    department: str | None = held(M("Department"), Category.IDENTITY, CUSTOMER, provided=True, default=None)
    job_title: str | None = held(M("Job title"), Category.IDENTITY, CUSTOMER, provided=True, default=None)
    birthday: str | None = held(M("Birthday"), Category.LIFE, CUSTOMER, provided=True, default=None)
    language: str | None = held(M("Language"), Category.LIFE, CUSTOMER, provided=True, default=None)
    stage: Stage = held(M("Standing"), Category.HISTORY, CUSTOMER, default=Stage.LEAD)
    basis: Basis = held(M("Why we may keep this"), Category.RIGHTS, CUSTOMER, default=Basis.CONTRACT)
    source: str = held(M("Where from"), Category.HISTORY, LINEAGE, default="")
    informed_on: date | None = held(M("Told how we use data, on"), Category.RIGHTS, CUSTOMER, default=None)
    informed_how: Told | None = held(M("Told how we use data, how"), Category.RIGHTS, CUSTOMER, default=None)
    deceased: bool = held(M("Deceased"), Category.LIFE, CUSTOMER, default=False)
    under_age: bool = held(M("Under age"), Category.LIFE, CUSTOMER, default=False)
    batch_id: bytes | None = held(M("List brought in"), Category.NONE, LINEAGE, default=None)
    last_activity_on: date = held(M("Last contact"), Category.HISTORY, CUSTOMER)
    created_at: datetime = held(M("Entered on"), Category.HISTORY, CUSTOMER)
    changed_at: datetime | None = held(M("Changed on"), Category.HISTORY, CUSTOMER, default=None)
    basis_note: str | None = held(M("What shows it"), Category.RIGHTS, CUSTOMER, mentions=True, default=None)
    """Which order, deal, duty or good reason it is, in the words of whoever said on which ground a person is kept."""


@record(
    M("Email address"),
    M("Email addresses"),
    subjects=(Subject("contact_id"),),
    section=Section.DETAILS,
    part=Part.CONTACTS,
    part_of=Contact,
    indexes=(("contact_id",), ("match",)),
)
class ContactEmail:
    """An email address of a contact, as typed, with the form in which it is compared."""

    id: bytes = held(M("Number"), Category.NONE, CUSTOMER)
    contact_id: bytes = held(M("Contact"), Category.NONE, CUSTOMER, references=Contact)
    address: str = held(M("Email"), Category.REACH, CUSTOMER, searchable=SearchColumn.EMAIL, provided=True)
    match: str = held(M("Compared form"), Category.REACH, CUSTOMER, derived=True)
    label: str | None = held(M("Kind of email address"), Category.REACH, CUSTOMER, provided=True, default=None)
    batch_id: bytes | None = held(M("List brought in"), Category.NONE, LINEAGE, default=None)
    created_at: datetime = held(M("Entered on"), Category.HISTORY, CUSTOMER)


@record(
    M("Phone number"),
    M("Phone numbers"),
    subjects=(Subject("contact_id"),),
    section=Section.DETAILS,
    part=Part.CONTACTS,
    part_of=Contact,
    indexes=(("contact_id",), ("match",)),
)
class ContactPhone:
    """A phone number of a contact, as typed, with its international form (E.164) where there is one."""

    id: bytes = held(M("Number"), Category.NONE, CUSTOMER)
    contact_id: bytes = held(M("Contact"), Category.NONE, CUSTOMER, references=Contact)
    number: str = held(M("Phone"), Category.REACH, CUSTOMER, searchable=SearchColumn.PHONE, provided=True)
    match: str = held(M("Compared form"), Category.REACH, CUSTOMER, searchable=SearchColumn.PHONE, derived=True)
    label: str | None = held(M("Kind of phone number"), Category.REACH, CUSTOMER, provided=True, default=None)
    batch_id: bytes | None = held(M("List brought in"), Category.NONE, LINEAGE, default=None)
    created_at: datetime = held(M("Entered on"), Category.HISTORY, CUSTOMER)


@record(
    M("Address"),
    M("Addresses"),
    subjects=(Subject("contact_id"),),
    section=Section.DETAILS,
    part=Part.CONTACTS,
    part_of=Contact,
    indexes=(("contact_id",),),
)
class ContactAddress:
    """A postal address of a contact."""

    id: bytes = held(M("Number"), Category.NONE, CUSTOMER)
    contact_id: bytes = held(M("Contact"), Category.NONE, CUSTOMER, references=Contact)
    street: str | None = held(M("Street"), Category.REACH, CUSTOMER, provided=True, default=None)
    extra: str | None = held(M("Address line 2"), Category.REACH, CUSTOMER, provided=True, default=None)
    po_box: str | None = held(M("PO box"), Category.REACH, CUSTOMER, provided=True, default=None)
    postal_code: str | None = held(M("Postcode"), Category.REACH, CUSTOMER, provided=True, default=None)
    city: str | None = held(M("Town"), Category.REACH, CUSTOMER, provided=True, default=None)
    region: str | None = held(M("Region"), Category.REACH, CUSTOMER, provided=True, default=None)
    country: str | None = held(M("Country"), Category.REACH, CUSTOMER, provided=True, default=None)
    label: str | None = held(M("Kind of address"), Category.REACH, CUSTOMER, provided=True, default=None)
    batch_id: bytes | None = held(M("List brought in"), Category.NONE, LINEAGE, default=None)
    created_at: datetime = held(M("Entered on"), Category.HISTORY, CUSTOMER)


@record(
    M("Website"),
    M("Websites"),
    subjects=(Subject("contact_id"),),
    section=Section.DETAILS,
    part=Part.CONTACTS,
    part_of=Contact,
    indexes=(("contact_id",),),
)
class ContactWebsite:
    """A web address of a contact."""

    id: bytes = held(M("Number"), Category.NONE, CUSTOMER)
    contact_id: bytes = held(M("Contact"), Category.NONE, CUSTOMER, references=Contact)
    url: str = held(M("Website"), Category.REACH, CUSTOMER, provided=True)
    label: str | None = held(M("Kind of website"), Category.REACH, CUSTOMER, provided=True, default=None)
    batch_id: bytes | None = held(M("List brought in"), Category.NONE, LINEAGE, default=None)
    created_at: datetime = held(M("Entered on"), Category.HISTORY, CUSTOMER)
