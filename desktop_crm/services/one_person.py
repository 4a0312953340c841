"""Brings one person back out of a safety copy, with a preview: what was lost, never what was erased."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from desktop_crm.host.ids import parse_id
from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.records.batch import ImportFill
from desktop_crm.records.change import Change, ChangeValue
from desktop_crm.records.consent import ConsentEvent
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import declaration
from desktop_crm.records.draft import Draft
from desktop_crm.records.registry import inventory
from desktop_crm.records.retention import RetentionItem
from desktop_crm.records.safety_copy import SafetyCopy
from desktop_crm.services import apart, labels, people
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.copy_box import Access, Tell, opened, quiet, require_same, work_folder
from desktop_crm.services.erasing import marks_of
from desktop_crm.services.ledger_lines import folder_of, lines_of
from desktop_crm.services.listing import search
from desktop_crm.services.office import Office
from desktop_crm.services.removal import held_of, with_dependants
from desktop_crm.services.replaying import replay
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.vault.swapping import LOOKING
from desktop_crm.words import M, Money, Problem, Value

_LEFT = frozenset({AuditEntry, Change, ChangeValue, Draft, ImportFill, RetentionItem})
"""What tells of the customer file of then: it is not brought back with somebody."""


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One entry of somebody in the copy: its kind, what it says, and whether it is here, but other than then."""

    key: bytes
    kind: M
    values: tuple[Value, ...]
    is_here: bool


@dataclass(frozen=True, slots=True, repr=False)
class Return:
    """What would come back of somebody: rows that are not here, by kind, and rows that are other than here."""

    person: bytes
    name: str
    is_here: bool
    rows: tuple[Any, ...]
    other: tuple[Any, ...]

    def alone(self, entries: Collection[bytes]) -> Return:
        """Of all this, these entries alone. Raises Problem where one is not among them, or belongs to nobody here."""
        rows = tuple(row for row in self.rows if _key(row) in entries)
        other = tuple(row for row in self.other if _key(row) in entries)
        if len(rows) + len(other) != len(set(entries)):
            raise Problem(
                M("One of these entries does not come back: it is here as it was, or not in the copy."),
                safe=M("Nothing was changed."),
            )
        if not self.is_here and not any(isinstance(row, Contact) for row in rows):
            raise Problem(
                M("The person is not here any more, and a single entry would belong to nobody."),
                safe=M("Nothing was changed."),
                todo=M("Bring the whole person back."),
            )
        return replace(self, rows=rows, other=other)

    @property
    def parts(self) -> tuple[tuple[M, int], ...]:
        """How many entries of each kind come back."""
        return _by_kind(self.rows)

    @property
    def other_parts(self) -> tuple[tuple[M, int], ...]:
        """How many entries of each kind are other than here."""
        return _by_kind(self.other)


_MOST = 20
_FEW = 3
"""So many values tell which entry is meant."""


@act(Verb.LIST, SafetyCopy, whole=True)
def look_in_copy(office: Office, access: Access, text: str, *, tell: Tell = quiet) -> list[Return]:
    """Who in a safety copy is found by these words or this number, and what would come back of each.

    Whoever was erased since the copy was made is not found. Raises Problem for a copy that cannot be opened.
    """
    with _inside(office, access, tell) as inside:
        key = parse_id(text)
        keys = [key] if key is not None else search(inside, text, limit=_MOST)
        found = (_would_return(office, inside, one) for one in keys)
        return [one for one in found if one is not None]


@act(Verb.VIEW, SafetyCopy, whole=True)
def entries_in_copy(office: Office, one: Return) -> tuple[Entry, ...]:
    """Each entry that could come back by itself, those that are not here any more first. Leaves a line in the log."""
    both = [*((row, False) for row in one.rows), *((row, True) for row in one.other)]
    office.looked(one.person, one.person, number=len(both))
    return tuple(Entry(_key(row), declaration(type(row)).label, _says(row), is_here) for row, is_here in both)


@act(Verb.ADD, SafetyCopy, whole=True)
def bring_back_person(
    office: Office,
    access: Access,
    person: bytes,
    *,
    also_other: bool = False,
    only: Collection[bytes] | None = None,
    tell: Tell = quiet,
) -> Return:
    """Bring somebody back out of a safety copy.

    Entries that are not here any more come back as they were. `also_other`: entries that are other here become what
    they were then; permissions never do, because what was said since counts. `only`: these entries, as
    they were then, and nothing else. Raises Problem for somebody erased.
    """
    with _inside(office, access, tell) as inside:
        coming = _would_return(office, inside, person)
        if coming is None:
            raise Problem(M("Nobody of that number is in the safety copy."), safe=M("Nothing was changed."))
        coming = coming.alone(only) if only is not None else coming
        office.store.read(lambda reading: _refuse_erased(office, reading, inside, person))
        needed = inside.store.read(lambda reading: _needed(reading, [*coming.rows, *coming.other]))

    def work(writing: Writing, trace: Trace) -> None:
        trace.person, trace.number = person, len(coming.rows)
        stand_ins = _enter_needed(writing, needed)
        for row in coming.rows:
            writing.insert(_pointed(row, stand_ins))
        for row in coming.other if also_other or only is not None else ():
            told = declaration(type(row))
            now = _pointed(row, stand_ins)
            values = {c.name: getattr(now, c.name) for c in told.columns if c.name != told.key}
            writing.update(type(row), _key(row), **values)
        apart.take_over(office, writing, access.sensitive)

    office.write(work)
    return coming


@contextlib.contextmanager
def _inside(office: Office, access: Access, tell: Tell) -> Iterator[Office]:
    """The copy, open beside, without those who were erased since. Raises Problem for one of another shop."""
    require_same(access, office.keys)
    lines = office.store.read(lines_of)
    living = office.store.read(lambda reading: {row.id for row in reading.stream(Contact)})
    with (
        work_folder(folder_of(office).path / LOOKING) as work,
        opened(access, work, office.clock, office.who.in_copy, tell) as inside,
    ):
        replay(inside, lines, living.__contains__)
        yield inside


def _would_return(office: Office, inside: Office, person: bytes) -> Return | None:
    """What would come back of somebody; None if nobody of that number is in the copy."""
    held = inside.store.read(lambda reading: _rows_of(reading, person))
    contact = next((row for row in held if isinstance(row, Contact)), None)
    if contact is None:
        return None

    def work(reading: Reading) -> Return:
        is_here = reading.get(Contact, person) is not None
        rows, other = _sorted(reading, held, is_here)
        return Return(person, contact.name, is_here, tuple(rows), tuple(other))

    return office.store.read(work)


def _says(row: Any) -> tuple[Value, ...]:
    """The first few values of a row, as people read them; what is kept apart only as such."""
    values: list[Value] = []
    for column in declaration(type(row)).columns:
        value = getattr(row, column.name)
        if not column.personal or column.references is not None or value in (None, ""):
            continue
        if column.name == "amount_minor":
            values.append(Money(value, row.currency))
        elif column.sensitive:
            values.append(apart.MASK)
        elif column.name != "currency" and isinstance(value, (str, date)):
            values.append(labels.said(value))
    return tuple(values[:_FEW])


def _by_kind(rows: Iterable[Any]) -> tuple[tuple[M, int], ...]:
    counted = Counter(type(row) for row in rows)
    return tuple((told.plural, counted[told.record]) for told in inventory() if counted[told.record])


def _rows_of(reading: Reading, person: bytes) -> list[Any]:
    """Everything of somebody that can come back, those first to which others refer."""
    everybody = with_dependants(reading, [person])
    return [one.row for one in reversed(held_of(reading, everybody)) if one.told.record not in _LEFT]


def _sorted(reading: Reading, rows: Sequence[Any], is_here: bool) -> tuple[list[Any], list[Any]]:
    fresh, other = [], []
    for row in rows:
        # The ledger of permissions is one chain: a line between others would break it.
        if is_here and isinstance(row, ConsentEvent):
            continue
        now = reading.get(type(row), _key(row))
        if now is None:
            fresh.append(row)
        elif now != row and not declaration(type(row)).append_only:
            other.append(row)
    return fresh, other


def _refuse_erased(office: Office, reading: Reading, inside: Office, person: bytes) -> None:
    """Somebody erased is not in the copy any more; who bears their marks is asked for here once more."""
    contact = inside.store.read(lambda then: then.get(Contact, person))
    if contact is None or reading.get(Contact, person) is not None:
        return
    made = inside.store.read(lambda then: marks_of(inside, then, contact))
    on = people.erased_before(reading, made, office.today())
    if on is not None:
        raise Problem(
            M("Someone with these details was erased on {day}. They are not brought back.", day=on.date()),
            safe=M("Nothing was changed."),
        )


def _needed(reading: Reading, rows: Iterable[Any]) -> list[Any]:
    """What these rows refer to besides people: companies, labels, wordings; those first to which others refer."""
    found: dict[tuple[type[Any], bytes], Any] = {}
    for row in rows:
        for column in declaration(type(row)).columns:
            key = getattr(row, column.name)
            if column.references is None or column.references is Contact or key is None:
                continue
            target = reading.get(column.references, key)
            if target is not None and (column.references, key) not in found:
                found |= {(type(one), _key(one)): one for one in _needed(reading, [target])}
                found[(column.references, key)] = target
    return list(found.values())


def _enter_needed(writing: Writing, needed: Iterable[Any]) -> dict[tuple[type[Any], bytes], bytes]:
    """Add what is not here; where the like of it is here under another number, that is taken instead."""
    stand_ins: dict[tuple[type[Any], bytes], bytes] = {}
    for one in needed:
        record, key = type(one), _key(one)
        if writing.get(record, key) is not None:
            continue
        row = _pointed(one, stand_ins)
        like = _like(writing, row)
        if like is None:
            writing.insert(row)
        else:
            stand_ins[(record, key)] = _key(like)
    return stand_ins


def _like(reading: Reading, row: Any) -> Any:
    for group in declaration(type(row)).unique:
        found = reading.find(type(row), *(eq(name, getattr(row, name)) for name in group))
        if found:
            return found[0]
    return None


def _pointed(row: Any, stand_ins: Mapping[tuple[type[Any], bytes], bytes]) -> Any:
    """The row, referring to what is here."""
    other = {
        c.name: stand_ins[(c.references, getattr(row, c.name))]
        for c in declaration(type(row)).columns
        if c.references is not None and (c.references, getattr(row, c.name)) in stand_ins
    }
    return replace(row, **other) if other else row


def _key(row: Any) -> Any:
    return getattr(row, declaration(type(row)).key)
