"""How the acts around what is held of people, and on which basis, are made to run (for `test_acts`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from desktop_crm.records.declare import Basis
from desktop_crm.services import asked_for, basis, contacts
from desktop_crm.services.office import Office


class Scene(Protocol):
    """What a case needs of the scene."""

    @property
    def office(self) -> Office: ...
    @property
    def person(self) -> bytes: ...


NO_ACTS: dict[str, str] = {}
"""Functions that take the office and are no acts, each with its reason."""
CASES: dict[str, Callable[[Scene], object]] = {
    "contacts.named": lambda s: contacts.named(s.office, [s.person]),
    "asked_for.asked_fields": lambda s: asked_for.asked_fields(s.office),
    "basis.set_basis": lambda s: basis.set_basis(s.office, s.person, Basis.LEGITIMATE_INTEREST, "Supplier"),
    "basis.evidence": lambda s: basis.evidence(s.office, s.person),
    "basis.counts": lambda s: basis.counts(s.office),
    "basis.on_none": lambda s: basis.on_none(s.office),
}
