"""What an erasure takes, what loses the name, and what stays by which law: decided before anything is done."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from desktop_crm.privacy.erasure import Fate, fate
from desktop_crm.privacy.presets import Keeping, load_preset
from desktop_crm.privacy.terms import kept_until
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import SearchColumn, Section
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.erasure import Ground
from desktop_crm.services import labels
from desktop_crm.services.office import Office
from desktop_crm.services.proof import details_of
from desktop_crm.services.removal import Held, held_of, shared_texts, with_dependants
from desktop_crm.storage import search
from desktop_crm.storage.search_index import terms
from desktop_crm.storage.transaction import Reading
from desktop_crm.words import M, Problem


@dataclass(frozen=True, slots=True)
class Stay:
    """Original invoices that stay locked under one law until one day; their numbers stand in the letter alone."""

    law: str
    until: date
    numbers: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """What an erasure takes, by part of the file; what loses the name; what stays, by which law and until when."""

    gone: tuple[tuple[M, int], ...]
    nameless: int
    stays: tuple[Stay, ...]
    mentions: tuple[bytes, ...] = ()
    """Other people in whose notes or purchases this person's name, email or phone stands: for a person to decide."""

    @property
    def entries(self) -> int:
        """How many entries go or lose the name."""
        return sum(number for _, number in self.gone) + self.nameless


@dataclass(frozen=True, slots=True)
class ErasureOrder:
    """What is asked for. `keep_mark`: keep a do-not-bring-back mark, unless the person declines it."""

    ground: Ground = Ground.NO_LONGER_NEEDED
    asked_on: date | None = None
    keep_mark: bool = True


@dataclass(frozen=True, slots=True)
class ErasurePlan:
    """Everything of one person, sorted by what becomes of it."""

    person: bytes
    people: tuple[bytes, ...]
    held: tuple[Held, ...]
    nameless: tuple[Held, ...]
    sealed: tuple[tuple[Held, date], ...]
    details: tuple[str, ...]
    law: Keeping
    mentions: tuple[bytes, ...]

    def gone(self) -> Counter[Section]:
        """How many rows go whole, by part of the file."""
        staged = {id(one.row) for one in self.nameless} | {id(one.row) for one, _ in self.sealed}
        going = (one.told.section for one in self.held if id(one.row) not in staged)
        return Counter(section for section in going if section is not None)


def plan_of(office: Office, reading: Reading, person: bytes) -> ErasurePlan:
    """Sort everything of a person by what becomes of it. Raises Problem if there is nobody."""
    if reading.get(Contact, person) is None and reading.get(DeliveryRecipient, person) is None:
        raise Problem(M("Nobody here has this number or email address."))
    law = load_preset(office.shop.country, office.shop.region).keeping("invoice")
    everybody = with_dependants(reading, [person])
    held = held_of(reading, everybody)
    nameless, sealed = [], []
    for one in held:
        what = fate(one.told, one.row)
        until = _end(one, law) if what is Fate.SEALED else None
        if until is not None and until >= office.today():
            sealed.append((one, until))
        elif what is not Fate.GOES:
            # An original whose legal time is over may go like any other purchase.
            nameless.append(one)
    details = details_of(held, shared_texts(reading, held))
    mentions = _mentions(reading, everybody, held)
    return ErasurePlan(person, tuple(everybody), tuple(held), tuple(nameless), tuple(sealed), details, law, mentions)


def _mentions(reading: Reading, everybody: list[bytes], held: list[Held]) -> tuple[bytes, ...]:
    """Whose entries name one of these people: free text of others is theirs, so it is shown and not cut."""
    names = (SearchColumn.NAME, SearchColumn.EMAIL, SearchColumn.PHONE)
    texts = {
        value
        for one in held
        for column in one.told.columns
        if column.searchable in names and (value := getattr(one.row, column.name)) and len(terms(value)) > 1
    }
    hits = [hit for text in texts for hit in search.mentioning(reading.connection, text)]
    return tuple(sorted({hit.subject for hit in hits} - set(everybody)))


def _end(one: Held, law: Keeping) -> date:
    return kept_until(one.row.bought_on, law.length, law.unit, law.anchor)


def preview_of(plan: ErasurePlan) -> Preview:
    """What people are shown of a plan."""
    counts = plan.gone()
    gone = tuple((labels.SECTIONS[s], counts[s]) for s in Section if counts[s])
    stays: dict[date, list[str]] = {}
    for one, until in plan.sealed:
        stays.setdefault(until, []).append(one.row.invoice_no or "")
    return Preview(
        gone,
        len(plan.nameless),
        tuple(Stay(plan.law.law, until, tuple(numbers)) for until, numbers in sorted(stays.items())),
        plan.mentions,
    )
