"""Labels for people, and which person bears which."""

from datetime import datetime

from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Category, Part, Section, Subject, held, record
from desktop_crm.records.handling import BOOKKEEPING, CUSTOMER, LINEAGE, SHARED
from desktop_crm.words import M


@record(M("Label"), M("Labels"), subjects=(), section=None, part=Part.CONTACTS, unique=(("match",),))
class Tag:
    """A label, shared by the people who bear it; it goes with the last of them."""

    id: bytes = held(M("Number"), Category.NONE, SHARED)
    name: str = held(M("Label"), Category.NONE, SHARED)
    match: str = held(M("Compared form"), Category.NONE, SHARED, derived=True)
    created_at: datetime = held(M("Entered on"), Category.NONE, BOOKKEEPING)


@record(
    M("Label of a person"),
    M("Labels of people"),
    subjects=(Subject("contact_id"),),
    section=Section.DETAILS,
    part=Part.CONTACTS,
    part_of=Contact,
    indexes=(("contact_id",), ("tag_id",)),
)
class ContactTag:
    """A person bears a label."""

    id: bytes = held(M("Number"), Category.NONE, CUSTOMER)
    contact_id: bytes = held(M("Contact"), Category.NONE, CUSTOMER, references=Contact)
    tag_id: bytes = held(M("Label"), Category.HISTORY, CUSTOMER, references=Tag)
    batch_id: bytes | None = held(M("List brought in"), Category.NONE, LINEAGE, default=None)
    created_at: datetime = held(M("Entered on"), Category.HISTORY, CUSTOMER)
