"""The data that nobody has to give, and that a purpose may need."""

from __future__ import annotations

from collections.abc import Mapping

from desktop_crm.records.declare import declaration
from desktop_crm.records.registry import RECORDS
from desktop_crm.words import M

_FIELDS = (
    "contact_email.address",
    "contact_phone.number",
    "contact_address.street",
    "contact_website.url",
    "contact.birthday",
    "contact.prefix",
    "contact.nickname",
    "contact.job_title",
    "contact.department",
    "contact.language",
    "sensitive_detail.health",
)
_WHOLE = frozenset({"contact_address.street"})
"""A field that stands for all of its record."""


def _label(field: str) -> M:
    record, _, column = field.partition(".")
    told = next(told for told in map(declaration, RECORDS) if told.name == record)
    return told.label if field in _WHOLE else told.column(column).label


NEEDABLE: Mapping[str, M] = {field: _label(field) for field in _FIELDS}
"""Each with what it is called."""
