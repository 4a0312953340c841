"""What stands against a use of somebody's data, and what left the shop, to whom and what for."""

from datetime import datetime
from enum import StrEnum

from desktop_crm.records.consent import ConsentEvent, ConsentHow
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Category, Part, Section, Subject, held, record
from desktop_crm.records.handling import PERMISSION, RIGHTS
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Purpose
from desktop_crm.words import M


class RestrictionGround(StrEnum):
    """Why data may be found but not used (Art. 18(1) GDPR)."""

    DISPUTED = "disputed"
    """The person says that it is wrong, until that is checked."""
    UNLAWFUL = "unlawful"
    """It should not be here, and the person wants it kept all the same."""
    CLAIMS = "claims"
    """The shop needs it no more, the person does, for claims."""
    OBJECTED = "objected"
    """The person objected, until that is weighed."""


class Outcome(StrEnum):
    """What became of an objection."""

    OPEN = "open"
    UPHELD = "upheld"
    REJECTED = "rejected"
    TAKEN_BACK = "taken-back"


class Leaving(StrEnum):
    """In which form data left."""

    FILE = "file"
    LABELS = "labels"
    LETTER = "letter"
    EMAIL = "email"
    CALL = "call"
    PRINT = "print"
    COPIED = "copied"


class MendingCause(StrEnum):
    """Why a copy that left has to be mended."""

    WITHDRAWN = "withdrawn"
    OBJECTED = "objected"
    CORRECTED = "corrected"


@record(
    M("Restriction"),
    M("Restrictions"),
    subjects=(Subject("contact_id"),),
    section=Section.RIGHTS,
    part=Part.CONSENTS,
    indexes=(("contact_id",),),
)
class Restriction:
    """While it lasts the person can be found, and nothing of theirs be used (Art. 18 GDPR)."""

    id: bytes = held(M("Number"), Category.NONE, RIGHTS)
    contact_id: bytes = held(M("Contact"), Category.NONE, RIGHTS, references=Contact)
    ground: RestrictionGround | None = held(M("Ground"), Category.RIGHTS, RIGHTS, default=None)
    reason: str = held(M("Reason"), Category.RIGHTS, RIGHTS, mentions=True)
    since: datetime = held(M("Since"), Category.RIGHTS, RIGHTS)
    actor: str = held(M("Recorded by"), Category.LOG, RIGHTS)
    lifted_at: datetime | None = held(M("Lifted on"), Category.RIGHTS, RIGHTS, default=None)
    lifted_by: str | None = held(M("Lifted by"), Category.LOG, RIGHTS, default=None)


@record(
    M("Objection"),
    M("Objections"),
    subjects=(Subject("contact_id"),),
    section=Section.RIGHTS,
    part=Part.CONSENTS,
    indexes=(("contact_id",),),
)
class Objection:
    """To all advertising, which needs no reason and is final; or to one purpose, which is weighed (Art. 21 GDPR)."""

    id: bytes = held(M("Number"), Category.NONE, RIGHTS)
    contact_id: bytes = held(M("Contact"), Category.NONE, RIGHTS, references=Contact)
    purpose_id: bytes | None = held(M("Against"), Category.RIGHTS, RIGHTS, references=Purpose, default=None)
    """None: against all advertising."""
    how: ConsentHow = held(M("How it was said"), Category.RIGHTS, RIGHTS)
    reason: str | None = held(M("Reason"), Category.RIGHTS, RIGHTS, mentions=True, default=None)
    since: datetime = held(M("Since"), Category.RIGHTS, RIGHTS)
    actor: str = held(M("Recorded by"), Category.LOG, RIGHTS)
    outcome: Outcome = held(M("Outcome"), Category.RIGHTS, RIGHTS)
    assessment: str | None = held(M("How it was weighed"), Category.RIGHTS, RIGHTS, mentions=True, default=None)
    ended_at: datetime | None = held(M("Ended on"), Category.RIGHTS, RIGHTS, default=None)
    ended_by: str | None = held(M("Ended by"), Category.LOG, RIGHTS, default=None)


@record(
    M("Wish about a value"),
    M("Wishes about values"),
    subjects=(Subject("contact_id"),),
    section=Section.RIGHTS,
    part=Part.CONSENTS,
    indexes=(("contact_id",), ("value_id",)),
)
class Wish:
    """What a person wants of one way to reach them: `no post`, or `this number only for deliveries`."""

    id: bytes = held(M("Number"), Category.NONE, PERMISSION)
    contact_id: bytes = held(M("Contact"), Category.NONE, PERMISSION, references=Contact)
    channel: Channel = held(M("Channel"), Category.RIGHTS, PERMISSION)
    value_id: bytes | None = held(M("Which one"), Category.RIGHTS, PERMISSION, default=None)
    """An email address, phone number or address of the person; None: the whole channel."""
    only_service: bool = held(M("Only for orders and deliveries"), Category.RIGHTS, PERMISSION, default=False)
    """False: not at all."""
    note: str | None = held(M("In their words"), Category.RIGHTS, PERMISSION, mentions=True, default=None)
    actor: str = held(M("Recorded by"), Category.LOG, PERMISSION)
    created_at: datetime = held(M("Entered on"), Category.RIGHTS, PERMISSION)


@record(
    M("Handing out"),
    M("What was handed out"),
    subjects=(),
    section=None,
    part=Part.CONSENTS,
    indexes=(("left_at",),),
)
class Disclosure:
    """Something that left the customer file: in which form, to whom, what for."""

    id: bytes = held(M("Number"), Category.NONE, RIGHTS)
    left_at: datetime = held(M("When"), Category.NONE, RIGHTS)
    form: Leaving = held(M("In which form"), Category.NONE, RIGHTS)
    purpose_id: bytes | None = held(M("What for"), Category.NONE, RIGHTS, references=Purpose, default=None)
    channel: Channel | None = held(M("Channel"), Category.NONE, RIGHTS, default=None)
    recipient: str | None = held(M("To whom"), Category.NONE, RIGHTS, default=None)
    """None: it stayed in the shop."""
    people: int = held(M("People"), Category.NONE, RIGHTS)
    left_out: int = held(M("People left out"), Category.NONE, RIGHTS)
    actor: str = held(M("By"), Category.NONE, RIGHTS)
    number: str | None = held(M("Number of the list"), Category.NONE, RIGHTS, default=None)
    """By which a list is found again that has to be mended."""


@record(
    M("Use of your data"),
    M("Uses of your data"),
    subjects=(Subject("contact_id"),),
    section=Section.RIGHTS,
    part=Part.CONSENTS,
    indexes=(("contact_id",), ("disclosure_id",)),
)
class DisclosedPerson:
    """One person whose data was in what left. The use of a permission is a row here, with that permission."""

    id: bytes = held(M("Number"), Category.NONE, RIGHTS)
    contact_id: bytes = held(M("Contact"), Category.NONE, RIGHTS, references=Contact)
    disclosure_id: bytes = held(M("What was handed out"), Category.RIGHTS, RIGHTS, references=Disclosure)
    consent_id: bytes | None = held(M("Permission used"), Category.NONE, RIGHTS, references=ConsentEvent, default=None)
    used_at: datetime = held(M("When"), Category.RIGHTS, RIGHTS)


@record(
    M("Copy to be mended"),
    M("Copies to be mended"),
    subjects=(Subject("contact_id"),),
    section=Section.RIGHTS,
    part=Part.CONSENTS,
    indexes=(("contact_id",), ("done_at",)),
)
class Mending:
    """A copy that left and is no longer right for this person: somebody has to see to it."""

    id: bytes = held(M("Number"), Category.NONE, RIGHTS)
    contact_id: bytes = held(M("Contact"), Category.NONE, RIGHTS, references=Contact)
    disclosure_id: bytes = held(M("What was handed out"), Category.RIGHTS, RIGHTS, references=Disclosure)
    cause: MendingCause = held(M("Why"), Category.RIGHTS, RIGHTS)
    opened_at: datetime = held(M("Since"), Category.RIGHTS, RIGHTS)
    done_at: datetime | None = held(M("Mended on"), Category.RIGHTS, RIGHTS, default=None)
    done_by: str | None = held(M("Mended by"), Category.LOG, RIGHTS, default=None)
