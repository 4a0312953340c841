"""Permission given, refused, taken back: a ledger to which lines are only added."""

from datetime import datetime
from enum import StrEnum

from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Category, Part, Section, Subject, held, record
from desktop_crm.records.handling import LINEAGE, PERMISSION
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Notice, Purpose, Wording
from desktop_crm.words import M


class ConsentState(StrEnum):
    """States of ISO/IEC TS 27560 (requested … invalidated), and `claimed`: a list says yes, the proof is missing."""

    REQUESTED = "requested"
    GIVEN = "given"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"
    INVALIDATED = "invalidated"
    CLAIMED = "claimed"


class ConsentHow(StrEnum):
    """How the person said it."""

    SCREEN = "screen"
    PAPER = "paper"
    PHONE = "phone"
    EMAIL = "email"
    POST = "post"
    IMPORT = "import"
    NOT_NOTED = "not-noted"
    """Taken back, and nobody entered how."""


@record(
    M("Permission"),
    M("Permissions"),
    subjects=(Subject("contact_id"),),
    section=Section.CONSENTS,
    part=Part.CONSENTS,
    append_only=True,
    indexes=(("contact_id", "happened_at"), ("purpose_id", "contact_id", "happened_at", "state"), ("batch_id",)),
)
class ConsentEvent:
    """One thing said about one purpose. The state is derived from the last one, never stored."""

    id: bytes = held(M("Number"), Category.NONE, PERMISSION)
    contact_id: bytes = held(M("Contact"), Category.NONE, PERMISSION, references=Contact)
    purpose_id: bytes = held(M("What it is for"), Category.CONSENT, PERMISSION, references=Purpose)
    channel: Channel = held(M("Channel"), Category.CONSENT, PERMISSION)
    state: ConsentState = held(M("Answer"), Category.CONSENT, PERMISSION)
    how: ConsentHow = held(M("How it was said"), Category.CONSENT, PERMISSION)
    wording_id: bytes | None = held(M("Wording"), Category.CONSENT, PERMISSION, references=Wording, default=None)
    notice_id: bytes | None = held(M("Privacy notice"), Category.CONSENT, PERMISSION, references=Notice, default=None)
    happened_at: datetime = held(M("When"), Category.CONSENT, PERMISSION)
    recorded_at: datetime = held(M("Entered on"), Category.CONSENT, PERMISSION)
    actor: str = held(M("Recorded by"), Category.LOG, PERMISSION)
    evidence: str | None = held(M("Where the proof lies"), Category.CONSENT, PERMISSION, mentions=True, default=None)
    batch_id: bytes | None = held(M("List brought in"), Category.NONE, LINEAGE, default=None)
    previous: bytes = held(M("Seal of the line before"), Category.NONE, PERMISSION)
    seal: bytes = held(M("Seal"), Category.NONE, PERMISSION)
