"""What somebody has to do, by when, and for whom."""

from datetime import date, datetime

from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Category, Part, SearchColumn, Section, Subject, held, record
from desktop_crm.records.handling import TASKS
from desktop_crm.words import M


@record(
    M("Task"),
    M("Tasks"),
    subjects=(Subject("contact_id"),),
    section=Section.NOTES,
    part=Part.CONTACTS,
    indexes=(("contact_id",), ("done_at", "due_on")),
)
class Task:
    """One line and a date. It may be about nobody: vases have to be bought, too."""

    id: bytes = held(M("Number"), Category.NONE, TASKS)
    contact_id: bytes | None = held(M("Contact"), Category.NONE, TASKS, references=Contact, default=None)
    text: str = held(M("What to do"), Category.HISTORY, TASKS, searchable=SearchColumn.NOTE, mentions=True)
    due_on: date | None = held(M("Due on"), Category.HISTORY, TASKS, default=None)
    due_time: str | None = held(M("At"), Category.HISTORY, TASKS, default=None)
    call: bool = held(M("To be rung"), Category.HISTORY, TASKS, default=False)
    done_at: datetime | None = held(M("Done on"), Category.HISTORY, TASKS, default=None)
    actor: str = held(M("Written by"), Category.LOG, TASKS)
    created_at: datetime = held(M("Entered on"), Category.HISTORY, TASKS)
