"""How the acts around details kept apart are made to run (for `test_acts`)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from desktop_crm.records.sensitive import ApartKind
from desktop_crm.services import sensitive
from desktop_crm.services.office import Office
from desktop_crm.services.sensitive import NewDetail

IBAN = NewDetail(ApartKind.BANK, "DE02 1203 0000 0000 2020 51")


class Scene(Protocol):
    """What a case needs of the scene."""

    @property
    def office(self) -> Office: ...
    @property
    def person(self) -> bytes: ...
    @property
    def apart(self) -> bytes: ...


NO_ACTS = {
    "apart.change_key": "a part of `change_lock`: writes inside the writing it is given",
    "apart.opened": "a part of acts: the value of a row that was read by them",
    "apart.prepare": "a part of acts: writes inside the writing it is given",
    "apart.seal_anew": "a part of acts: writes inside the writing it is given",
    "apart.sealed": "arithmetic",
    "apart.share_key": "a part of acts: writes inside the writing it is given",
    "apart.take_over": "a part of `bring_back_person`: writes inside the writing it is given",
    "sensitive.may_change": "a question about rights; touches nobody's data",
    "sensitive.may_see": "a question about rights; touches nobody's data",
}
"""Functions that take the office and are no acts, each with its reason."""
PREPARED = {"sensitive.reveal": "apart", "sensitive.remove_detail": "apart"}
CASES: dict[str, Callable[[Scene], object]] = {
    "sensitive.masked": lambda s: sensitive.masked(s.office, s.person),
    "sensitive.add_detail": lambda s: sensitive.add_detail(s.office, s.person, IBAN),
    "sensitive.reveal": lambda s: sensitive.reveal(s.office, s.apart),
    "sensitive.remove_detail": lambda s: sensitive.remove_detail(s.office, s.apart),
}
