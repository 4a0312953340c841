"""Takes back what was done: one act, whole or not at all, for 30 days, unless somebody went on from there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from desktop_crm.records.audit import Verb
from desktop_crm.records.change import Change, ChangeValue, ChangeVerb
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Declaration, OnErasure, declaration
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.purchase import Purchase
from desktop_crm.records.registry import RECORDS, inventory
from desktop_crm.records.retention import RetentionAnswer, RetentionItem
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.office import Office
from desktop_crm.services.recording import KEPT, before_of, mark, mark_of_row
from desktop_crm.services.removal import Held, delete_unused, held_of, holds_on, shared_of
from desktop_crm.storage.connection import IntegrityError
from desktop_crm.storage.rows import codec
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import after, eq
from desktop_crm.words import M, Problem

_ENTERED = (Interaction, Purchase, DeliveryRecipient)
"""What moves a contact's clock forward."""


@act(Verb.CHANGE, Change)
def undo(office: Office, change: bytes) -> None:
    """Take one change back, with everything that followed from it.

    Raises Problem when 30 days are over, it was taken back already, or a row was changed since; then nothing is done.
    """

    def work(writing: Writing, trace: Trace) -> None:
        done = writing.get(Change, change)
        if done is None or done.undone_at is not None or office.clock.now() - done.happened_at > KEPT:
            raise Problem(M("This can no longer be taken back."), safe=M("Nothing was changed."))
        trace.person, trace.row = done.contact_id, change
        undoing = _Undo(office, writing, done)
        # What was before is now again: the old values are needed no more.
        writing.delete(ChangeValue, eq("change_id", change))
        if undoing.takes_person:
            writing.delete(Change, eq("contact_id", done.contact_id))
        else:
            writing.update(Change, change, undone_at=office.clock.now())
        trace.number = undoing.carry_out()

    try:
        office.write(work)
    except IntegrityError:
        raise _gone_on() from None


@act(Verb.LIST, Change)
def last_of(office: Office, row: bytes) -> bytes | None:
    """The number of the newest change of a row that can still be taken back, or None."""

    def work(reading: Reading) -> bytes | None:
        numbers = {value.change_id for value in reading.find(ChangeValue, eq("row_id", row))}
        changes = [change for key in numbers if (change := reading.get(Change, key)) is not None]
        found = _newest(office, reading, changes)
        return found.id if found else None

    return office.read(work)


def _newest(office: Office, reading: Reading, changes: Sequence[Change]) -> Change | None:
    """The newest that is neither undone nor too old, and of which an erasure has left something."""
    for change in sorted(changes, key=lambda one: (one.happened_at, one.id), reverse=True):
        fresh = change.undone_at is None and office.clock.now() - change.happened_at <= KEPT
        if fresh and reading.count(ChangeValue, eq("change_id", change.id)):
            return change
    return None


def _gone_on() -> Problem:
    return Problem(
        M("This was changed again since, so it cannot be taken back."),
        safe=M("Nothing was changed."),
        todo=M("Please correct it by hand."),
    )


def without_reviews(office: Office, writing: Writing, people: Sequence[bytes], row: bytes) -> None:
    """Take a row that goes out of the reviews of keeping times. Raises Problem if it must not be deleted (dispute)."""
    whole = {*people, row}
    if any(item.row_id in whole for item in holds_on(writing, list(whole), office.today())):
        raise Problem(
            M("This must not be deleted (dispute)."),
            safe=M("Nothing was deleted."),
            todo=M("When the dispute is over, end it first."),
        )
    writing.delete(RetentionItem, eq("row_id", row))


def is_shared(told: Declaration) -> bool:
    """Whether rows of this kind are used by several people and go with the last of them."""
    return OnErasure.UNLINK_OR_DELETE_WITH_LAST in {c.handling.on_erasure for c in told.columns}


class _Undo:
    """One change on its way back: removed rows come again, fields get their old values, added rows go."""

    def __init__(self, office: Office, writing: Writing, change: Change) -> None:
        self._office = office
        self._writing = writing
        self._change = change
        self._rows: dict[tuple[type[Any], bytes], list[ChangeValue]] = {}
        records = {told.name: told.record for told in inventory()}
        for value in writing.find(ChangeValue, eq("change_id", change.id), order=("id",)):
            self._rows.setdefault((records[value.record], value.row_id), []).append(value)

    @property
    def takes_person(self) -> bool:
        """Whether the contact itself was added, and goes again with everything that is known of it."""
        of_contact = self._rows.get((Contact, self._change.contact_id or b""), ())
        return any(value.verb is ChangeVerb.ADD for value in of_contact)

    def carry_out(self) -> int:
        """Do it; returns how many rows were touched. Raises Problem when somebody went on from there."""
        if not self._rows:
            raise _gone_on()
        self._refuse_if_changed()
        if self.takes_person:
            self._refuse_if_more_came()
        order = sorted(self._rows, key=lambda key: RECORDS.index(key[0]))
        used = shared_of(self._present())
        for record, key in order:
            self._bring_back(record, key)
        for record, key in reversed(order):
            self._take_away(record, key)
        for record, key in order:
            self._restore(record, key)
        for target, keys in used.items():
            delete_unused(self._writing, target, keys)
        return len(order)

    def _present(self) -> list[Held]:
        """The rows as they are now."""
        found = ((record, self._writing.get(record, key)) for record, key in self._rows)
        return [Held(declaration(record), row) for record, row in found if row is not None]

    def _of(self, record: type[Any], key: bytes, *verbs: ChangeVerb) -> list[ChangeValue]:
        return [value for value in self._rows[record, key] if value.verb in verbs]

    def _refuse_if_changed(self) -> None:
        """Raises Problem unless every row is as the change left it. Shared rows have a life of their own."""
        for (record, key), values in self._rows.items():
            row = self._writing.get(record, key)
            if not is_shared(declaration(record)) and not all(self._as_left(row, value) for value in values):
                raise _gone_on()

    def _refuse_if_more_came(self) -> None:
        """Raises Problem if anything was entered for the added person since; what waits for a yes nobody entered."""
        for one in held_of(self._writing, [self._change.contact_id or b""]):
            record, key = type(one.row), getattr(one.row, one.told.key)
            waits = isinstance(one.row, RetentionItem) and one.row.answer is RetentionAnswer.WAITING
            if (record, key) not in self._rows and not waits:
                raise _gone_on()

    def _as_left(self, row: Any, value: ChangeValue) -> bool:
        if value.verb is ChangeVerb.FOLLOW:
            return True
        if value.verb is ChangeVerb.REMOVE:
            return row is None
        if row is None:
            return False
        now = mark_of_row(self._office, row) if value.verb is ChangeVerb.ADD else mark(self._office, value.field, row)
        return now == value.after

    def _bring_back(self, record: type[Any], key: bytes) -> None:
        gone = self._of(record, key, ChangeVerb.REMOVE)
        if not gone or self._writing.get(record, key) is not None:
            return
        made = codec(record)
        texts = {value.field: before_of(value) for value in gone}
        if any(not column.optional and column.name not in texts for column in made.told.columns):
            raise _gone_on()
        self._writing.insert(record(**{name: made.value(name, texts.get(name)) for name in made.names}))

    def _take_away(self, record: type[Any], key: bytes) -> None:
        """Delete an added row; a shared one goes later, if nobody uses it."""
        added = self._of(record, key, ChangeVerb.ADD)
        if added and not is_shared(declaration(record)):
            people = [value.contact_id for value in added if value.contact_id is not None]
            without_reviews(self._office, self._writing, people, key)
            self._writing.delete(record, eq(declaration(record).key, key))

    def _restore(self, record: type[Any], key: bytes) -> None:
        made, row = codec(record), self._writing.get(record, key)
        changed = self._of(record, key, ChangeVerb.CHANGE)
        if row is not None:
            changed += [v for v in self._of(record, key, ChangeVerb.FOLLOW) if self._still_follows(row, v)]
        if changed:
            values = {value.field: made.value(value.field, before_of(value)) for value in changed}
            self._writing.update(record, key, **values)

    def _still_follows(self, row: Any, value: ChangeValue) -> bool:
        """Whether what followed from the change may go back with it: nothing was entered for the person since."""
        if mark(self._office, value.field, row) != value.after:
            return False
        mine, later = eq("contact_id", value.row_id), after("created_at", self._change.happened_at)
        return value.field == "changed_at" or not any(self._writing.count(record, mine, later) for record in _ENTERED)
