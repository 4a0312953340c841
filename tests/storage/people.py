"""Rows of made-up people, with no more in them than a test says."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime
from typing import Any

from desktop_crm.privacy.folding import digits, fold
from desktop_crm.records.company import Company
from desktop_crm.records.contact import Contact, ContactEmail, ContactPhone
from desktop_crm.records.interaction import Interaction, InteractionKind

NOW = datetime(2026, 11, 17, 9, 30, tzinfo=UTC)
_numbers = itertools.count(1)


def key() -> bytes:
    """A number that no other row of this run has."""
    return next(_numbers).to_bytes(16, "big")


def contact(name: str, **fields: Any) -> Contact:
    made = {"id": key(), "sort_name": fold(name), "last_activity_on": date(2026, 11, 17), "created_at": NOW}
    return Contact(name=name, **{**made, **fields})


def email(person: bytes, address: str) -> ContactEmail:
    return ContactEmail(id=key(), contact_id=person, address=address, match=fold(address), created_at=NOW)


def phone(person: bytes, number: str, match: str | None = None) -> ContactPhone:
    return ContactPhone(id=key(), contact_id=person, number=number, match=match or digits(number), created_at=NOW)


def company(name: str) -> Company:
    return Company(id=key(), name=name, match=fold(name), created_at=NOW)


def note(person: bytes, text: str) -> Interaction:
    return Interaction(
        id=key(),
        contact_id=person,
        kind=InteractionKind.NOTE,
        happened_at=NOW,
        text=text,
        actor="owner",
        created_at=NOW,
    )
