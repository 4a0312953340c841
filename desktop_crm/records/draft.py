"""What was typed and not saved yet: kept in the encrypted file, so that a lock or a power cut loses nothing."""

from datetime import datetime

from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Category, Part, Section, Subject, held, record
from desktop_crm.records.handling import DRAFTS
from desktop_crm.words import M


@record(
    M("Draft"),
    M("Drafts"),
    subjects=(Subject("contact_id"),),
    section=Section.SHORT,
    part=Part.CONTACTS,
    unique=(("author", "place", "contact_id", "field"),),
    indexes=(("contact_id",), ("saved_at",)),
)
class Draft:
    """The text of one field of one form. Without a contact where the form is for a new one."""

    id: bytes = held(M("Number"), Category.NONE, DRAFTS)
    contact_id: bytes | None = held(M("Contact"), Category.NONE, DRAFTS, references=Contact, default=None)
    author: str = held(M("Typed by"), Category.NONE, DRAFTS)
    """Who typed it, as in the activity log; nobody else is shown it before it is saved."""
    place: str = held(M("Form"), Category.LOG, DRAFTS)
    field: str = held(M("Field"), Category.LOG, DRAFTS)
    text: str = held(M("What was typed"), Category.HISTORY, DRAFTS, mentions=True)
    saved_at: datetime = held(M("Typed on"), Category.HISTORY, DRAFTS)
