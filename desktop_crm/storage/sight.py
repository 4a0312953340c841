"""What whoever reads may see. Applied to every reading, in one place, so that no list or search can forget it."""

from __future__ import annotations

from typing import Any

from desktop_crm.cheap import fixed
from desktop_crm.records.declare import Declaration, declaration
from desktop_crm.storage.rows import codec
from desktop_crm.storage.where import Condition, compose, none_of, one_of


@fixed
class Sight:
    """Rows of hidden records are absent, but for those of `by_case` about the people whose case is open."""

    hidden: frozenset[type] = frozenset()
    cases: frozenset[bytes] = frozenset()
    by_case: frozenset[type] = frozenset()

    def conditions(self, told: Declaration) -> tuple[Condition, ...]:
        """What is added to every query for rows of this record."""
        if told.record not in self.hidden:
            return self._of_carried(told)
        if self.cases and told.subjects and told.record in self.by_case:
            return (one_of(told.subjects[0].column, self.cases), *self._of_carried(told))
        return (one_of(told.key, ()),)

    def _of_carried(self, told: Declaration) -> tuple[Condition, ...]:
        """Of rows that hold values of others: those that hold nothing hidden."""
        if told.carries is None or not self.hidden:
            return ()
        return (none_of(told.carries, sorted(declaration(record).name for record in self.hidden)),)

    def table(self, told: Declaration) -> str:
        """The rows of this record, as a query names where it reads from.

        What is bound elsewhere stands in the text here: only ids and names of records, which the program made.
        """
        conditions = self.conditions(told)
        if not conditions:
            return told.name
        where, bound = compose(codec(told.record), conditions)
        for value in bound:
            where = where.replace("?", _literal(value), 1)
        return f"(SELECT * FROM {told.name}{where})"


def _literal(value: Any) -> str:
    if isinstance(value, bytes):
        return f"x'{value.hex()}'"
    if isinstance(value, str) and value.isidentifier():
        return f"'{value}'"
    raise TypeError("only ids and names of records are written into a query")


WHOLE = Sight()
"""Everything is seen: so the writing thread works, whose acts are checked by the right to do them."""
