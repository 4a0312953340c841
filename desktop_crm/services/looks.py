"""More of what is open already: the same look at a person, so no second line in the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from desktop_crm.records.audit import AuditEntry
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import after, eq

_STILL_OPEN = timedelta(hours=24)
"""So long after something was opened, more of it may be read as part of the same look."""
_SAME_LOOK = timedelta(hours=12)


def require_opened(office: Office, reading: Reading, person: bytes, by: Callable[..., object]) -> None:
    """RuntimeError where this role has not opened the person `by` this act within a day."""
    lately = after("at", office.clock.now() - _STILL_OPEN)
    opened = eq("person_id", person), eq("act", by.__name__), eq("actor", office.who.name)
    if not reading.whole().count(AuditEntry, *opened, lately):
        raise RuntimeError("more of a person is read than was opened")


def is_same_look(office: Office, looked_at: datetime) -> bool:
    """Whether what was opened then may be read again; what stands open for longer is better opened anew."""
    return office.clock.now() - looked_at < _SAME_LOOK
