"""Keeps how rows were before an act changed them, so that the act can be taken back for 30 days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from desktop_crm.records.change import Change, ChangeValue, ChangeVerb
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Column, Declaration, declaration
from desktop_crm.records.draft import Draft
from desktop_crm.records.task import Task
from desktop_crm.services.acts import Act
from desktop_crm.storage.rows import codec
from desktop_crm.storage.transaction import CHUNK, Image, Reading, Writing
from desktop_crm.storage.where import before, one_of

if TYPE_CHECKING:
    from desktop_crm.services.office import Office

KEPT = timedelta(days=30)
"""How long a change can be taken back, and a draft waits."""
DONE_KEPT = timedelta(days=365)
"""How long a finished task is kept."""
_BY_ITSELF = frozenset({"changed_at"})
"""Columns that change with every edit of others."""


def remember(office: Office, writing: Writing, act: Act, images: Iterable[Image]) -> bytes | None:
    """Note what an act did to rows; the number of the change, or None if nothing is other than before.

    RuntimeError for a ledger: what is said there is said, and only another line can say otherwise.
    """
    touched = [image for image in _joined(images) if image.before != image.after]
    if any(declaration(image.record).append_only for image in touched):
        raise RuntimeError(f"the act {act.name} writes to a ledger and cannot be taken back")
    if not touched:
        return None
    values = _Values(office, writing, act, touched)
    key, now = office.new_id(), office.clock.now()
    writing.insert(Change(id=key, contact_id=values.one, act=act.name, happened_at=now, actor=office.who.name))
    writing.insert_many(ChangeValue, [row for image in touched for row in values.of(image, key)])
    return key


def _joined(images: Iterable[Image]) -> list[Image]:
    """Each row once: as it was at first and as it was left."""
    first: dict[tuple[type[Any], object], Image] = {}
    for image in images:
        row = image.before if image.before is not None else image.after
        key = (image.record, getattr(row, declaration(image.record).key))
        known = first.get(key)
        first[key] = Image(image.record, known.before if known else image.before, image.after)
    return list(first.values())


class _Values:
    """Makes the lines of one change."""

    def __init__(self, office: Office, reading: Reading, act: Act, touched: Sequence[Image]) -> None:
        self._office = office
        self._reading = reading
        self._act = act
        self._touched = touched
        people = {self._whose(image.record, row)[0] for image in touched for row in (image.before, image.after) if row}
        people.discard(None)
        self.one = people.pop() if len(people) == 1 else None
        """The only contact this change is about."""

    def _whose(self, record: type[Any], row: Any) -> tuple[bytes | None, bytes | None]:
        """The contact a row is about, and the third person: an order that goes to somebody else is the buyer's."""
        told = declaration(record)
        if not told.subjects:
            return None, None
        first: bytes | None = getattr(row, told.subjects[0].column)
        if len(told.subjects) > 1:
            return first, getattr(row, told.key)
        if first is None or self._reading.get(Contact, first) is not None:
            return first, None
        return None, first

    def of(self, image: Image, change: bytes) -> Iterator[ChangeValue]:
        """The lines of one row."""
        told = declaration(image.record)
        row = image.before if image.before is not None else image.after
        contact, other = self._whose(image.record, row)
        line = partial(
            ChangeValue,
            change_id=change,
            contact_id=contact or self.one,
            other_id=other,
            record=told.name,
            row_id=getattr(row, told.key),
        )
        if image.before is None:
            yield line(
                id=self._office.new_id(), verb=ChangeVerb.ADD, field="", after=mark_of_row(self._office, image.after)
            )
            return
        theirs = {c.name for c in told.columns} if other is not None and contact is None else _hidden(told)
        for column in told.columns:
            if _differs(image, column.name):
                said, form = self._texts(told, column, image.before)
                yield line(
                    id=self._office.new_id(),
                    verb=self._verb(image, column),
                    field=column.name,
                    old=None if column.name in theirs else said,
                    shielded=said if column.name in theirs else None,
                    form=form,
                    after=None if image.after is None else mark(self._office, column.name, image.after),
                )

    def _verb(self, image: Image, column: Column) -> ChangeVerb:
        if image.after is None:
            return ChangeVerb.REMOVE
        follows = image.record is Contact and self._act.record is not Contact
        return ChangeVerb.FOLLOW if follows or column.name in _BY_ITSELF else ChangeVerb.CHANGE

    def _texts(self, told: Declaration, column: Column, row: Any) -> tuple[str | None, str | None]:
        """The value as its person may read it, and, where that is not what was stored, as it was stored."""
        value = getattr(row, column.name)
        text = codec(told.record).text(column.name, value)
        if not column.personal:
            return None, text
        if column.references is not None and value is not None:
            return self._called(column.references, value), text
        return text, None

    def _called(self, record: type[Any], key: bytes) -> str | None:
        gone = (image.before for image in self._touched if image.record is record and image.before is not None)
        row = next((row for row in gone if row.id == key), None) or self._reading.get(record, key)
        name: str | None = getattr(row, "name", None)
        return name


def _differs(image: Image, column: str) -> bool:
    """Whether a column has to be remembered: it is other than before, or it goes and was not empty."""
    old = getattr(image.before, column)
    return old is not None if image.after is None else old != getattr(image.after, column)


def _hidden(told: Declaration) -> set[str]:
    """The columns that the first person of a row must not see."""
    return set(told.subjects[0].hides) if told.subjects else set()


def mark(office: Office, column: str, row: Any) -> bytes:
    """A mark by which the value of a column is known again."""
    text = codec(type(row)).text(column, getattr(row, column))
    return office.fingerprint("change", f"{column}={text!r}")


def mark_of_row(office: Office, row: Any) -> bytes:
    """A mark by which a whole row is known again."""
    made = codec(type(row))
    return office.fingerprint("change", repr([made.text(name, getattr(row, name)) for name in made.names]))


def before_of(value: ChangeValue) -> str | None:
    """The text of what was there before."""
    return next((text for text in (value.form, value.shielded, value.old) if text is not None), None)


def tidy(writing: Writing, now: datetime) -> None:
    """Throw away what is kept for a short time only: changes and drafts after 30 days, tasks a year after."""
    old = [change.id for change in writing.find(Change, before("happened_at", now - KEPT))]
    for start in range(0, len(old), CHUNK):
        writing.delete(ChangeValue, one_of("change_id", old[start : start + CHUNK]))
        writing.delete(Change, one_of("id", old[start : start + CHUNK]))
    writing.delete(Draft, before("saved_at", now - KEPT))
    writing.delete(Task, before("done_at", now - DONE_KEPT))
