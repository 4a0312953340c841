"""Lists brought in: where from, why, and what each changed."""

from datetime import datetime

from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Basis, Category, Part, Section, Subject, held, record
from desktop_crm.records.handling import BOOKKEEPING, LINEAGE
from desktop_crm.words import M


@record(M("List brought in"), M("Lists brought in"), subjects=(), section=None, part=Part.CONTACTS)
class ImportBatch:
    """One list that was brought in whole. The file's name is not kept, only a keyed mark of its contents."""

    id: bytes = held(M("Number"), Category.NONE, BOOKKEEPING)
    source: str = held(M("Where the list is from"), Category.NONE, BOOKKEEPING)
    basis: Basis = held(M("Why we may keep this"), Category.NONE, BOOKKEEPING)
    file_mark: bytes | None = held(M("Mark of the file"), Category.NONE, BOOKKEEPING, default=None)
    rows_read: int = held(M("People read"), Category.NONE, BOOKKEEPING)
    added: int = held(M("Added"), Category.NONE, BOOKKEEPING)
    updated: int = held(M("Completed"), Category.NONE, BOOKKEEPING)
    skipped: int = held(M("Left out"), Category.NONE, BOOKKEEPING)
    actor: str = held(M("Brought in by"), Category.NONE, BOOKKEEPING)
    created_at: datetime = held(M("Brought in on"), Category.NONE, BOOKKEEPING)
    undone_at: datetime | None = held(M("Undone on"), Category.NONE, BOOKKEEPING, default=None)


@record(
    M("Field completed by a list"),
    M("Fields completed by lists"),
    subjects=(Subject("contact_id"),),
    section=Section.RIGHTS,
    part=Part.CONTACTS,
    indexes=(("batch_id",), ("contact_id",)),
)
class ImportFill:
    """A list filled an empty field of a contact already here; so that it can be emptied again."""

    id: bytes = held(M("Number"), Category.NONE, LINEAGE)
    batch_id: bytes = held(M("List brought in"), Category.NONE, LINEAGE)
    contact_id: bytes = held(M("Contact"), Category.NONE, LINEAGE, references=Contact)
    field: str = held(M("Field"), Category.LOG, LINEAGE)
    created_at: datetime = held(M("Entered on"), Category.HISTORY, LINEAGE)
