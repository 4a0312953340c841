"""What happened between the shop and a person."""

from datetime import datetime
from enum import StrEnum

from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Category, Part, SearchColumn, Section, Subject, held, record
from desktop_crm.records.handling import LINEAGE, SERVICE
from desktop_crm.words import M


class InteractionKind(StrEnum):
    """What it was."""

    NOTE = "note"
    CALL = "call"
    EMAIL = "email"
    MEETING = "meeting"
    VISIT = "visit"


class Channel(StrEnum):
    """Which way it came, or may come."""

    COUNTER = "counter"
    PHONE = "phone"
    POST = "post"
    EMAIL = "email"
    MESSENGER = "messenger"
    WEBSITE = "website"


@record(
    M("Note or event"),
    M("Notes and events"),
    subjects=(Subject("contact_id"),),
    section=Section.NOTES,
    part=Part.NOTES,
    indexes=(("contact_id", "happened_at"), ("batch_id",)),
)
class Interaction:
    """A note, call, email, meeting or visit."""

    id: bytes = held(M("Number"), Category.NONE, SERVICE)
    contact_id: bytes = held(M("Contact"), Category.NONE, SERVICE, references=Contact)
    kind: InteractionKind = held(M("Kind"), Category.HISTORY, SERVICE, default=InteractionKind.NOTE)
    channel: Channel | None = held(M("By"), Category.HISTORY, SERVICE, default=None)
    happened_at: datetime = held(M("When"), Category.HISTORY, SERVICE)
    text: str = held(M("What it says"), Category.HISTORY, SERVICE, searchable=SearchColumn.NOTE, mentions=True)
    actor: str = held(M("Written by"), Category.LOG, SERVICE)
    batch_id: bytes | None = held(M("List brought in"), Category.NONE, LINEAGE, default=None)
    created_at: datetime = held(M("Entered on"), Category.HISTORY, SERVICE)
