"""What data may be used for, and the exact words in which people were asked and told."""

from datetime import datetime

from desktop_crm.records.declare import Basis, Category, Part, held, record
from desktop_crm.records.handling import BOOKKEEPING
from desktop_crm.words import M


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
