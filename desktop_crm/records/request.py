"""The register of privacy requests: what people asked for, and what became of it."""

from datetime import date, datetime
from enum import StrEnum

from desktop_crm.records.declare import Category, Part, Section, Subject, held, record
from desktop_crm.records.handling import RIGHTS
from desktop_crm.records.interaction import Channel
from desktop_crm.words import M


class RequestKind(StrEnum):
    """The rights of Art. 15–21 GDPR."""

    ACCESS = "access"
    PORTABILITY = "portability"
    RECTIFICATION = "rectification"
    ERASURE = "erasure"
    RESTRICTION = "restriction"
    OBJECTION = "objection"
    WITHDRAWAL = "withdrawal"


class IdentityCheck(StrEnum):
    """What was looked at to be sure who asks. Never a copy of it."""

    KNOWN = "known"
    LAST_ORDER = "last-order"
    CALL_BACK = "call-back"
    DOCUMENT = "document"
    KNOWN_ADDRESS = "known-address"


@record(
    M("Privacy request"),
    M("Privacy requests"),
    subjects=(Subject("person_id"),),
    section=Section.RIGHTS,
    part=Part.REQUESTS,
    unique=(("number",),),
    indexes=(("person_id",), ("due_on",)),
)
class PrivacyRequest:
    """One request of one person, from its receipt to its answer."""

    id: bytes = held(M("Number"), Category.NONE, RIGHTS)
    number: str = held(M("Reference"), Category.RIGHTS, RIGHTS)
    person_id: bytes = held(M("Contact"), Category.NONE, RIGHTS)
    kind: RequestKind = held(M("What was asked"), Category.RIGHTS, RIGHTS)
    channel: Channel = held(M("By"), Category.RIGHTS, RIGHTS)
    received_on: date = held(M("Received on"), Category.RIGHTS, RIGHTS)
    due_on: date = held(M("Answer by"), Category.RIGHTS, RIGHTS)
    closed_at: datetime | None = held(M("Answered on"), Category.RIGHTS, RIGHTS, default=None)
    paper_sha256: bytes | None = held(M("Check sum of the paper"), Category.NONE, RIGHTS, default=None)
    created_at: datetime = held(M("Entered on"), Category.RIGHTS, RIGHTS)
    identity_how: IdentityCheck | None = held(M("How we made sure who asks"), Category.RIGHTS, RIGHTS, default=None)
    identity_on: date | None = held(M("Made sure on"), Category.RIGHTS, RIGHTS, default=None)
    wait_until: date | None = held(M("Waits until"), Category.RIGHTS, RIGHTS, default=None)
    delete_copy_on: date | None = held(M("Our copy of the paper goes on"), Category.RIGHTS, RIGHTS, default=None)
