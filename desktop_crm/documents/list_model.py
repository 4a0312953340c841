"""What a list of people is made of: plain values, so that asking for one costs no more than saying so."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from desktop_crm.documents.model import Shop
from desktop_crm.privacy.gate import Released
from desktop_crm.words import M, Value


class ListForm(StrEnum):
    """As what a list leaves."""

    CSV = "csv"
    XLSX = "xlsx"
    VCARD = "vcf"
    LABELS = "labels"
    CALLS = "calls"
    ADDRESSES = "addresses"
    """Email addresses one below the other, for the field of those who do not see each other."""


@dataclass(frozen=True, slots=True)
class Labels:
    """A sheet of labels on A4: how many beside and below each other, and where the first one lies; millimetres."""

    code: str
    across: int
    down: int
    wide: float
    tall: float
    left: float
    top: float
    apart: float = 0.0


LABELS = (
    Labels("3x7", 3, 7, 63.5, 38.1, 7.2, 15.15, 2.5),
    Labels("3x8", 3, 8, 70.0, 37.0, 0.0, 0.5),
    Labels("2x7", 2, 7, 99.1, 38.1, 4.65, 15.15, 2.5),
)


@dataclass(frozen=True, slots=True, repr=False)
class Listed:
    """One person as a list has them: what they are called, and the one way they are reached by."""

    name: str
    company: str = ""
    email: str = ""
    phone: str = ""
    address: tuple[str, ...] = ()
    parts: dict[str, str] = field(default_factory=dict)
    """The parts of the name and the address as a vCard wants them."""


@dataclass(frozen=True, slots=True, repr=False)
class About:
    """What a list is: of which shop, what for, when made, and what whoever uses it has to keep in mind."""

    shop: Shop
    number: str
    purpose: Value
    made_at: datetime
    keep_in_mind: tuple[M, ...] = ()
    labels: Labels = LABELS[0]
    begin_at: int = 1
    """On which label of the first sheet to begin."""


People = Released[tuple[Listed, ...]]
