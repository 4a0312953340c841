"""The activity log: who did what, when; numbers and field names, never values."""

from datetime import datetime
from enum import StrEnum

from desktop_crm.records.declare import Category, Section, Subject, held, record
from desktop_crm.records.handling import ACTIVITY_LOG
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


@record(
    M("Line of the activity log"),
    M("Activity log"),
    subjects=(Subject("person_id"),),
    section=Section.LOOKS,
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
