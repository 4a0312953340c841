"""What whoever reads may see. Applied to every reading, in one place, so that no list or search can forget it."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_crm.records.declare import Declaration
from desktop_crm.storage.where import Condition, one_of


@dataclass(frozen=True, slots=True)
class Sight:
    """Rows of hidden records are absent, but for those about the people whose case is open."""

    hidden: frozenset[type] = frozenset()
    cases: frozenset[bytes] = frozenset()

    def conditions(self, told: Declaration) -> tuple[Condition, ...]:
        """What is added to every query for rows of this record."""
        if told.record not in self.hidden:
            return ()
        if self.cases and told.subjects:
            return (one_of(told.subjects[0].column, self.cases),)
        return (one_of(told.key, ()),)


WHOLE = Sight()
"""Everything is seen: so the writing thread works, whose acts are checked by the right to do them."""
