"""What would be different if a safety copy took the place of the present customer file, kind by kind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.change import Change, ChangeValue
from desktop_crm.records.declare import Declaration
from desktop_crm.records.erasure import ErasingNow
from desktop_crm.records.registry import inventory
from desktop_crm.records.retention import RetentionRun
from desktop_crm.records.safety_copy import SafetyCopy
from desktop_crm.records.staff import Role, RoleRight, SpareCode, Staff
from desktop_crm.records.technical import JobRun, SearchEntry, Setting
from desktop_crm.storage.transaction import Reading
from desktop_crm.words import M

_OWN = frozenset({AuditEntry, Change, ChangeValue, ErasingNow, JobRun, RetentionRun, SafetyCopy, SearchEntry, Setting})
"""What the program keeps for itself: different in every copy, and nobody's work."""
_STAYING = frozenset({Role, RoleRight, SpareCode, Staff})
"""What is taken over from the present file."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Of one kind: how many come back, how many are other than now, how many of now would not be there any more."""

    record: str
    what: M
    added: int
    changed: int
    missing: int


def differences(present: Reading, copy: Reading) -> tuple[Difference, ...]:
    """Each kind of entry that would be different."""
    told = [one for one in inventory() if one.record not in _OWN | _STAYING]
    found = (_difference(one, _marks(present, one), _marks(copy, one)) for one in told)
    return tuple(one for one in found if one.added or one.changed or one.missing)


def _difference(told: Declaration, present: Mapping[object, int], copy: Mapping[object, int]) -> Difference:
    both = present.keys() & copy.keys()
    changed = sum(present[key] != copy[key] for key in both)
    return Difference(told.name, told.plural, len(copy) - len(both), changed, len(present) - len(both))


def _marks(reading: Reading, told: Declaration) -> dict[object, int]:
    """Every row by its key, as a number that changes with its content."""
    return {getattr(row, told.key): hash(row) for row in reading.stream(told.record)}
