"""How the acts around safety copies are made to run (for `test_acts`)."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from desktop_crm.records.safety_copy import SafetyCopy
from desktop_crm.services import (
    adopting,
    bringing_back,
    copies,
    copies_daily,
    copies_page,
    one_person,
    replaying,
    resealing,
)
from desktop_crm.services.office import Office


class Scene(Protocol):
    """What a case needs of the scene."""

    @property
    def office(self) -> Office: ...
    @property
    def person(self) -> bytes: ...
    @property
    def folder(self) -> Path: ...
    @property
    def copy(self) -> SafetyCopy: ...


PREPARED = {
    "copies.check_copy": "copy",
    "copies.erase_in_copy": "copy",
    "copies.expire": "copy",
    "copies_daily.see_copies": "copy",
    "resealing.reseal": "copy",
    "one_person.look_in_copy": "copy",
    "one_person.bring_back_person": "copy",
}
NO_ACTS = {
    "bringing_back.make_ready": "works beside; what it does in the copy are acts",
    "adopting.place_of_asides": "a path",
    "adopting.unknown": "a part of acts: lines for what lies there",
    "resealing.seal_for_sheet": "calls acts",
    "copies.access_of": "the key of one file; opens nothing by itself",
    "copies.row_of": "a part of acts: one line of the catalogue, which names nobody",
    "copies_daily.look_after": "calls acts, under the program's own name",
    "reaching.reach": "the keys of one file; opens nothing by itself",
}
CASES: dict[str, Callable[[Scene], object]] = {
    "copies.make_copy": lambda s: s.copy,
    "copies.check_copy": lambda s: copies.check_copy(s.office, s.copy.id),
    "copies.erase_in_copy": lambda s: copies.erase_in_copy(s.office, s.copy.id),
    "copies.expire": lambda s: copies.expire(s.office, [s.copy.id]),
    "copies_daily.see_copies": lambda s: copies_daily.see_copies(s.office),
    "copies_page.copies_page": lambda s: copies_page.copies_page(s.office),
    "adopting.adopt": lambda s: adopting.adopt(s.office),
    "resealing.reseal": lambda s: resealing.reseal(s.office, s.copy.id),
    "resealing.not_for_sheet": lambda s: resealing.not_for_sheet(s.office),
    "one_person.look_in_copy": lambda s: one_person.look_in_copy(s.office, copies.access_of(s.office, s.copy), "Eva"),
    "one_person.entries_in_copy": lambda s: one_person.entries_in_copy(
        s.office, one_person.Return(s.person, "Eva", True, (), ())
    ),
    "one_person.bring_back_person": lambda s: one_person.bring_back_person(
        s.office, copies.access_of(s.office, s.copy), s.person
    ),
    "replaying.replay": lambda s: replaying.replay(s.office, [], None),
    "bringing_back.note_brought_back": lambda s: bringing_back.note_brought_back(s.office),
}
