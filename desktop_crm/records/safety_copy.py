"""The catalogue of safety copies: where each lies, how old it is, and whether it was found whole."""

from datetime import datetime
from enum import StrEnum

from desktop_crm.records.declare import Category, Part, held, record
from desktop_crm.records.handling import BOOKKEEPING
from desktop_crm.words import M


class CopyKind(StrEnum):
    """What sort of copy it is."""

    COPY = "copy"
    """One file with a key of its own."""
    SET_ASIDE = "set-aside"
    """The customer file as it was before a safety copy was brought back."""


class CopyState(StrEnum):
    """What has become of a safety copy."""

    KEPT = "kept"
    EXPIRED = "expired"
    """Its key was destroyed; where the file could be reached, it was deleted too."""
    GONE = "gone"
    """Its place was looked at, and the file was not there any more."""


class CopyCheck(StrEnum):
    """How the last opening of a safety copy ended."""

    NOT_YET = "not-yet"
    FINE = "fine"
    DAMAGED = "damaged"


@record(
    M("Safety copy"), M("Safety copies"), subjects=(), section=None, part=Part.COPIES, indexes=(("state", "made_at"),)
)
class SafetyCopy:
    """One copy of the customer file. Its key is not here but in the file of copy keys, so that no copy holds keys."""

    id: bytes = held(M("Number"), Category.NONE, BOOKKEEPING)
    kind: CopyKind = held(M("Kind"), Category.NONE, BOOKKEEPING)
    made_at: datetime = held(M("Made on"), Category.NONE, BOOKKEEPING)
    folder: str = held(M("Folder"), Category.NONE, BOOKKEEPING)
    file_name: str = held(M("File"), Category.NONE, BOOKKEEPING)
    size: int = held(M("Size"), Category.NONE, BOOKKEEPING)
    state: CopyState = held(M("State"), Category.NONE, BOOKKEEPING)
    last_seen: datetime | None = held(M("Last seen"), Category.NONE, BOOKKEEPING, default=None)
    checked_at: datetime | None = held(M("Checked on"), Category.NONE, BOOKKEEPING, default=None)
    result: CopyCheck = held(M("Check"), Category.NONE, BOOKKEEPING)
    erased_until: datetime = held(M("Without those erased until"), Category.NONE, BOOKKEEPING)
    for_sheet: bool = held(M("Opens with the recovery sheet"), Category.NONE, BOOKKEEPING)
