"""What was changed and how it was before, for as long as it can be taken back."""

from datetime import datetime
from enum import StrEnum

from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Category, Part, Section, Subject, held, record
from desktop_crm.records.handling import UNDO
from desktop_crm.words import M


class ChangeVerb(StrEnum):
    """What happened to a row or to one field of it."""

    ADD = "add"
    CHANGE = "change"
    FOLLOW = "follow"
    """It changed because something else was done: nobody typed it."""
    REMOVE = "remove"


@record(
    M("Change that can be taken back"),
    M("Changes that can be taken back"),
    subjects=(Subject("contact_id"),),
    section=Section.SHORT,
    part=Part.CONTACTS,
    indexes=(("contact_id",), ("happened_at",)),
)
class Change:
    """One act that can be taken back. Without a contact where it was about several people or about nobody."""

    id: bytes = held(M("Number"), Category.NONE, UNDO)
    contact_id: bytes | None = held(M("Contact"), Category.NONE, UNDO, references=Contact, default=None)
    act: str = held(M("What was done"), Category.LOG, UNDO)
    happened_at: datetime = held(M("When"), Category.HISTORY, UNDO)
    actor: str = held(M("Done by"), Category.LOG, UNDO)
    undone_at: datetime | None = held(M("Taken back on"), Category.HISTORY, UNDO, default=None)


@record(
    M("Earlier value"),
    M("Earlier values"),
    subjects=(
        Subject("contact_id", hides=("shielded",)),
        Subject("other_id", hides=("contact_id",)),
    ),
    section=Section.SHORT,
    part=Part.CONTACTS,
    indexes=(("change_id",), ("contact_id",), ("other_id",), ("row_id",)),
    carries="record",
)
class ChangeValue:
    """One row that was added, or one field as it was before it was changed or removed.

    The value stands in one of three columns: `old`; `shielded` where it is about the third person `other_id` and is
    not the contact's to see; `form` where it is an id or computed from others. In none of them: the field was empty.
    """

    id: bytes = held(M("Number"), Category.NONE, UNDO)
    change_id: bytes = held(M("Change"), Category.NONE, UNDO, references=Change)
    contact_id: bytes | None = held(M("Contact"), Category.NONE, UNDO, references=Contact, default=None)
    other_id: bytes | None = held(M("The other person"), Category.NONE, UNDO, default=None)
    record: str = held(M("Kind of record"), Category.LOG, UNDO)
    row_id: bytes = held(M("Entry"), Category.NONE, UNDO)
    verb: ChangeVerb = held(M("What happened"), Category.LOG, UNDO)
    field: str = held(M("Field"), Category.LOG, UNDO)
    old: str | None = held(M("Before"), Category.HISTORY, UNDO, mentions=True, default=None)
    shielded: str | None = held(M("Before, of the other person"), Category.HISTORY, UNDO, mentions=True, default=None)
    form: str | None = held(M("Before, as the program has it"), Category.HISTORY, UNDO, derived=True, default=None)
    after: bytes | None = held(M("Mark of the new value"), Category.NONE, UNDO, default=None)
