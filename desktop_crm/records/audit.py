"""The activity log: who did what, when; numbers and field names, never values."""

from datetime import datetime
from enum import StrEnum

from desktop_crm.records.declare import Category, Part, Section, Subject, held, record
from desktop_crm.records.handling import ACTIVITY_LOG, BOOKKEEPING
from desktop_crm.words import M


class Verb(StrEnum):
    """What kind of act it was."""

    LIST = "list"
    VIEW = "view"
    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"
    ERASE = "erase"
    EXPORT = "export"
    CHECK = "check"
    BACK_UP = "back-up"
    SET_UP = "set-up"
    SIGN_IN = "sign-in"


class LogGroup(StrEnum):
    """Kinds of acts by which the log is narrowed down."""

    LOOKED = "looked"
    CHANGED = "changed"
    ANSWERS = "answers"
    HANDED_OUT = "handed-out"
    ERASED = "erased"
    SAFETY = "safety"


@record(
    M("Line of the activity log"),
    M("Activity log"),
    subjects=(Subject("person_id"),),
    section=Section.LOOKS,
    part=Part.LOG,
    key="seq",
    append_only=True,
    indexes=(("person_id", "at"), ("at",)),
)
class AuditEntry:
    """One act. Each line seals the one before with a key that is not in the database."""

    seq: int = held(M("Line"), Category.NONE, ACTIVITY_LOG)
    at: datetime = held(M("When"), Category.LOG, ACTIVITY_LOG)
    actor: str = held(M("Who"), Category.LOG, ACTIVITY_LOG)
    act: str = held(M("Why"), Category.LOG, ACTIVITY_LOG)
    verb: Verb = held(M("What was done"), Category.LOG, ACTIVITY_LOG)
    record: str = held(M("Kind of record"), Category.LOG, ACTIVITY_LOG)
    person_id: bytes | None = held(M("Person"), Category.NONE, ACTIVITY_LOG, default=None)
    row_id: bytes | None = held(M("Entry"), Category.NONE, ACTIVITY_LOG, default=None)
    fields: str = held(M("Fields"), Category.LOG, ACTIVITY_LOG, default="")
    number: int = held(M("How many"), Category.LOG, ACTIVITY_LOG, default=1)
    previous: bytes = held(M("Seal of the line before"), Category.NONE, ACTIVITY_LOG)
    seal: bytes = held(M("Seal"), Category.NONE, ACTIVITY_LOG)


@record(
    M("Note of a tidied activity log"),
    M("Notes of the tidied activity log"),
    subjects=(),
    section=None,
    part=Part.LOG,
    key="first",
    append_only=True,
    unlinked="it tells who tidied up the log, and of no customer",
)
class LogCheckpoint:
    """Stands in for a stretch of lines whose time was up: a sealed link of the chain, with when and by whom they went.

    What proves that nothing else went is how new the newest of them was, against the months in force on that day.
    """

    first: int = held(M("First line"), Category.NONE, BOOKKEEPING)
    last: int = held(M("Last line"), Category.NONE, BOOKKEEPING)
    ordinary: int = held(M("Ordinary lines"), Category.NONE, BOOKKEEPING)
    newest_ordinary: datetime | None = held(M("Newest ordinary line"), Category.NONE, BOOKKEEPING, default=None)
    lasting: int = held(M("Lines of safety and erasure"), Category.NONE, BOOKKEEPING)
    newest_lasting: datetime | None = held(
        M("Newest line of safety and erasure"), Category.NONE, BOOKKEEPING, default=None
    )
    months: int = held(M("Months in force"), Category.NONE, BOOKKEEPING)
    made_at: datetime = held(M("When"), Category.NONE, BOOKKEEPING)
    actor: str = held(M("Who"), Category.LOG, ACTIVITY_LOG)
    line: int = held(M("Line that tells of it"), Category.NONE, BOOKKEEPING)
    before: bytes = held(M("Seal of the line before"), Category.NONE, BOOKKEEPING)
    after: bytes = held(M("Seal of the last line"), Category.NONE, BOOKKEEPING)
    seal: bytes = held(M("Seal"), Category.NONE, BOOKKEEPING)


@record(
    M("Confirmation of what the log notes"),
    M("Confirmations of what the log notes"),
    subjects=(),
    section=None,
    part=Part.LOG,
    append_only=True,
    unlinked="it tells of somebody who works here, and of no customer",
)
class LogNotice:
    """Somebody who works here read what the activity log notes about them, and confirmed it."""

    id: bytes = held(M("Number"), Category.NONE, BOOKKEEPING)
    reader: str = held(M("Who"), Category.LOG, ACTIVITY_LOG)
    version: int = held(M("Version"), Category.NONE, BOOKKEEPING)
    language: str = held(M("Language"), Category.NONE, BOOKKEEPING)
    read_at: datetime = held(M("When"), Category.LOG, ACTIVITY_LOG)
