"""Whoever acts: a person who works here, the owner, the program by itself, or somebody unknown."""

from __future__ import annotations

from dataclasses import field, replace
from datetime import date
from typing import Final

from desktop_crm.cheap import fixed
from desktop_crm.privacy.rights import EVERYTHING, NOTHING, Deed, Rights, grants, hidden, opened_by_case
from desktop_crm.records.declare import Part
from desktop_crm.storage.sight import Sight


@fixed
class Actor:
    """Who acts, and what they may do and see."""

    name: str
    """What stands in the activity log: a word for a role, or the number of a person who works here. Never a name."""
    rights: Rights = field(repr=False)
    staff: bytes | None = None
    """The id of the row of a person who works here."""
    until: date | None = None
    """The last day on which this person may do anything."""
    cases: frozenset[bytes] = field(default=frozenset(), repr=False)
    """The people whose notes and purchases are open to this person besides; `Office.read` looks anew each time."""

    @property
    def sight(self) -> Sight:
        """What is absent for this actor."""
        return Sight(hidden(self.rights), self.cases, opened_by_case())

    @property
    def in_copy(self) -> Actor:
        """The same inside a copy that an act, which was allowed, opens beside: who was erased is erased in it first."""
        return replace(self, rights=EVERYTHING)


OWNER: Final = Actor("owner", EVERYTHING)
"""Whoever opens the file by the computer account, the one password or the recovery sheet."""
PROGRAM: Final = Actor("program", grants((Deed.VIEW,), Part) | {(Deed.CHANGE, Part.COPIES)})
"""The program by itself looks, checks and makes safety copies; it changes nothing, and throws away only what is old by
its nature: see `recording.tidy` and `copies.look_after`."""
UNKNOWN: Final = Actor("unknown", NOTHING)
"""Whoever tried to come in and did not."""
