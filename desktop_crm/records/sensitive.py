"""Details that are kept apart: encrypted once more, masked until somebody asks, shown to few."""

from datetime import date, datetime
from enum import StrEnum

from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Category, Part, Section, Subject, held, record
from desktop_crm.records.handling import APART, VERY_PRIVATE
from desktop_crm.records.sealed import Sealed
from desktop_crm.words import M


class ApartKind(StrEnum):
    """What a detail that is kept apart is."""

    BANK = "bank-account"
    HEALTH = "health"
    """Health, also indirectly, such as an allergy: a special category, held by explicit agreement alone."""
    IDENTITY = "identity-number"
    OTHER = "other"


@record(
    M("Detail kept apart"),
    M("Details kept apart"),
    subjects=(Subject("contact_id"),),
    section=Section.DETAILS,
    part=Part.SENSITIVE,
    indexes=(("contact_id",),),
)
class SensitiveDetail:
    """One such detail. Health stands in a column of its own, because it rests on another ground."""

    id: bytes = held(M("Number"), Category.NONE, APART)
    contact_id: bytes = held(M("Contact"), Category.NONE, APART, references=Contact)
    kind: ApartKind = held(M("Kind of detail"), Category.IDENTITY, APART, provided=True)
    text: Sealed | None = held(M("Kept apart"), Category.IDENTITY, APART, provided=True, sensitive=True, default=None)
    health: Sealed | None = held(
        M("Health, kept apart"), Category.LIFE, VERY_PRIVATE, provided=True, sensitive=True, default=None
    )
    agreed_on: date | None = held(M("Explicitly agreed on"), Category.CONSENT, VERY_PRIVATE, default=None)
    """When the person said yes to this very detail; never empty for health."""
    actor: str = held(M("Recorded by"), Category.LOG, APART)
    created_at: datetime = held(M("Entered on"), Category.HISTORY, APART)
