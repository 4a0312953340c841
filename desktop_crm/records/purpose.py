"""What data may be used for, and the exact words in which people were asked and told."""

from datetime import datetime
from enum import StrEnum

from desktop_crm.records.declare import Basis, Category, Part, held, record
from desktop_crm.records.handling import BOOKKEEPING
from desktop_crm.words import M


class PurposeKind(StrEnum):
    """What a use of data comes down to; the rules of channels and of objections ask for it."""

    SERVICE = "service"
    """Answering, delivering, invoicing: what the person asked for."""
    ADVERTISING = "advertising"
    PUBLICATION = "publication"
    LOYALTY = "loyalty"
    RECRUITMENT = "recruitment"
    OTHER = "other"


class SpecialGround(StrEnum):
    """The conditions of Art. 9(2) GDPR under which very private data may be used, in their order."""

    EXPLICIT = "explicit"
    EMPLOYMENT = "employment"
    VITAL = "vital"
    MEMBERS = "members"
    MADE_PUBLIC = "made-public"
    CLAIMS = "claims"
    PUBLIC_INTEREST = "public-interest"
    HEALTH_CARE = "health-care"
    PUBLIC_HEALTH = "public-health"
    RESEARCH = "research"


@record(M("Purpose"), M("Purposes"), subjects=(), section=None, part=Part.CONSENTS, unique=(("code",),))
class Purpose:
    """One use of data, with the basis it stands on."""

    id: bytes = held(M("Number"), Category.NONE, BOOKKEEPING)
    code: str = held(M("Code"), Category.NONE, BOOKKEEPING)
    name: str = held(M("What it is for"), Category.NONE, BOOKKEEPING)
    basis: Basis = held(M("Why we may"), Category.NONE, BOOKKEEPING)
    channel: str = held(M("Channel"), Category.NONE, BOOKKEEPING)
    valid_days: int | None = held(M("A yes is valid for days"), Category.NONE, BOOKKEEPING, default=None)
    created_at: datetime = held(M("Entered on"), Category.NONE, BOOKKEEPING)
    active: bool = held(M("In use"), Category.NONE, BOOKKEEPING, earlier=True, default=True)
    kind: PurposeKind | None = held(M("Kind of use"), Category.NONE, BOOKKEEPING, default=None)
    balancing: str | None = held(M("Why our interest weighs more"), Category.NONE, BOOKKEEPING, default=None)
    """The balancing note that legitimate interest needs (Art. 6(1)(f) GDPR)."""
    special: SpecialGround | None = held(
        M("Condition for what is very private"), Category.NONE, BOOKKEEPING, default=None
    )
    """The condition of Art. 9(2) GDPR; with it, permission is asked explicitly."""
    recipients: str | None = held(M("Who gets the data"), Category.NONE, BOOKKEEPING, default=None)
    renewed_at: datetime | None = held(M("Asked anew since"), Category.NONE, BOOKKEEPING, default=None)
    """When the question last changed its meaning: a yes said before does not cover the new words."""
    what_for: str | None = held(M("What is done with the data"), Category.NONE, BOOKKEEPING, default=None)
    """In a sentence. None in files from before it was stored: the ready-made sentence holds."""


@record(
    M("Data a purpose needs"),
    M("Data that purposes need"),
    subjects=(),
    section=None,
    part=Part.CONSENTS,
    unique=(("purpose_id", "field"),),
)
class PurposeData:
    """One kind of data a purpose needs: a field nobody has to fill is shown only where a purpose asks for it."""

    id: bytes = held(M("Number"), Category.NONE, BOOKKEEPING)
    purpose_id: bytes = held(M("Purpose"), Category.NONE, BOOKKEEPING, references=Purpose)
    field: str = held(M("Field"), Category.NONE, BOOKKEEPING)
    """As `contact.birthday`: the record and its column."""
    required: bool = held(M("Cannot do without it"), Category.NONE, BOOKKEEPING, default=False)


@record(
    M("Wording"),
    M("Wordings"),
    subjects=(),
    section=None,
    part=Part.CONSENTS,
    append_only=True,
    unique=(("purpose_id", "language", "version"),),
)
class Wording:
    """One version of the question people are asked, in one language. Never changed: a new text is a new version."""

    id: bytes = held(M("Number"), Category.NONE, BOOKKEEPING)
    purpose_id: bytes = held(M("Purpose"), Category.NONE, BOOKKEEPING, references=Purpose)
    language: str = held(M("Language"), Category.NONE, BOOKKEEPING)
    version: int = held(M("Version"), Category.NONE, BOOKKEEPING)
    text: str = held(M("Text"), Category.NONE, BOOKKEEPING)
    text_sha256: bytes = held(M("Check sum of the text"), Category.NONE, BOOKKEEPING)
    created_at: datetime = held(M("Valid from"), Category.NONE, BOOKKEEPING)


@record(
    M("Privacy notice"),
    M("Privacy notices"),
    subjects=(),
    section=None,
    part=Part.CONSENTS,
    append_only=True,
    unique=(("language", "version"),),
)
class Notice:
    """One version of the privacy notice (Art. 13 GDPR), in one language."""

    id: bytes = held(M("Number"), Category.NONE, BOOKKEEPING)
    language: str = held(M("Language"), Category.NONE, BOOKKEEPING)
    version: int = held(M("Version"), Category.NONE, BOOKKEEPING)
    text: str = held(M("Text"), Category.NONE, BOOKKEEPING)
    created_at: datetime = held(M("Valid from"), Category.NONE, BOOKKEEPING)
