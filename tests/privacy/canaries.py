"""People made of nothing but canaries: derived from the declarations, so that no table and no field is forgotten."""

from __future__ import annotations

import random
import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any

from desktop_crm.records.declare import Category, Column, Declaration, OnErasure, SearchColumn, declaration
from desktop_crm.records.registry import inventory
from desktop_crm.records.technical import SearchEntry
from desktop_crm.services import apart
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Writing
from desktop_crm.storage.where import eq

LETTERS = string.ascii_lowercase + string.digits


@dataclass(frozen=True)
class Planted:
    """One value that was planted: whose, where, and whether its person may see it."""

    text: str
    told: Declaration
    column: Column
    person: bytes
    row: Any

    @property
    def place(self) -> str:
        return f"{self.told.name}.{self.column.name}"

    @property
    def searchable_text(self) -> bool:
        """A random text, so that finding it anywhere proves something."""
        return (self.column.kind is str or self.column.sensitive) and self.text != ""


@dataclass
class Planter:
    """Fills the declared fields of people. Seeded: the same run again plants the same."""

    office: Office
    seed: int
    fixed: Mapping[str, Any] = field(default_factory=dict)
    planted: list[Planted] = field(default_factory=list)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        self._shared: dict[tuple[type, bytes], bytes] = {}

    def word(self) -> str:
        """Random from the first letter on: full-text leaves leave out what words have in common there."""
        return self._random.choice(string.ascii_lowercase) + "".join(self._random.choices(LETTERS, k=17))

    def number(self) -> str:
        return "".join(self._random.choices("123456789", k=17))

    def person(self, key: bytes) -> bytes:
        """One row of everything that can be about a person, all in one transaction."""
        self.office.store.write(lambda writing: self._all(writing, key))
        return key

    def _all(self, writing: Writing, key: bytes) -> None:
        apart.prepare(self.office, writing)
        for told in personal_records():
            self._row(writing, told, key)

    def _row(self, writing: Writing, told: Declaration, person: bytes) -> None:
        subject = told.subjects[0].column
        values = {c.name: self._value(writing, told, c, person) for c in told.columns}
        values.update({name: value for name, value in self.fixed.items() if name in values})
        values[subject] = person
        sealed = {c.name: self._sealed(told, c, values) for c in told.columns if c.sensitive}
        row = told.record(**(values | sealed))
        writing.insert(row)
        for column in told.columns:
            value = values[column.name]
            if column.category is not Category.NONE and value is not None:
                self.planted.append(Planted(value if _is_canary(column) else "", told, column, person, row))

    def _sealed(self, told: Declaration, column: Column, values: Mapping[str, Any]) -> bytes:
        return apart.sealed(self.office, told.record, column.name, values[told.key], values[column.name])

    def _value(self, writing: Writing, told: Declaration, column: Column, person: bytes) -> Any:
        if column.references is not None:
            return self._referred(writing, declaration(column.references), person)
        if column.name == "batch_id":
            return self._referred(writing, next(d for d in inventory() if d.name == "import_batch"), person)
        return self._plain(column, keyed=column.name == told.key)

    def _plain(self, column: Column, *, keyed: bool = False) -> Any:
        kind = column.kind
        if issubclass(kind, Enum):
            return self._random.choice(list(kind))
        if kind is str or column.sensitive:
            return self._text(column)
        if kind is bool:
            return True
        if kind is int:
            return self._random.randrange(1_000_000, 9_000_000)
        if kind is bytes:
            return self.office.new_id() if keyed else self._random.randbytes(32)
        if issubclass(kind, datetime):
            return datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=self._random.randrange(20_000_000))
        assert issubclass(kind, date)
        return date(2025, 1, 1) + timedelta(days=self._random.randrange(600))

    def _text(self, column: Column) -> str:
        if column.name == "currency":
            return "EUR"
        if column.category is Category.LOG:
            return "owner"
        if column.searchable is SearchColumn.PHONE:
            return self.number()
        return self.word()

    def _referred(self, writing: Writing, told: Declaration, person: bytes) -> bytes:
        """A row of its own for each person, and one person's always the same; what a shop has already is used."""
        if told.subjects and told.subjects[0].column == told.key:
            return person
        kept = (told.record, person)
        if kept not in self._shared:
            self._shared[kept] = self._existing(writing, told, person) or self._made(writing, told, person)
        return self._shared[kept]

    def _existing(self, writing: Writing, told: Declaration, person: bytes) -> bytes | None:
        if told.subjects:
            own: bytes = getattr(writing.find(told.record, eq(told.subjects[0].column, person))[0], told.key)
            return own
        shared = OnErasure.UNLINK_OR_DELETE_WITH_LAST in {c.handling.on_erasure for c in told.columns}
        rows = [] if shared or told.name == "import_batch" else writing.find(told.record, limit=1)
        return getattr(rows[0], told.key) if rows else None

    def _made(self, writing: Writing, told: Declaration, person: bytes) -> bytes:
        values = {c.name: self._value(writing, told, c, person) for c in told.columns}
        row = told.record(**values)
        writing.insert(row)
        for column in told.columns:
            if column.handling.on_erasure is OnErasure.UNLINK_OR_DELETE_WITH_LAST and column.kind is str:
                self.planted.append(Planted(values[column.name], told, column, person, row))
        key: bytes = values[told.key]
        return key

    def of(self, person: bytes) -> list[Planted]:
        """What was planted in this person's rows."""
        return [p for p in self.planted if p.person == person]

    def texts(self, person: bytes) -> set[str]:
        return {p.text for p in self.of(person) if p.searchable_text}

    def kept_apart(self, person: bytes) -> set[str]:
        """Of these, what is encrypted once more, so that no page holds it even while it is here."""
        return {p.text for p in self.of(person) if p.column.sensitive}


def _is_canary(column: Column) -> bool:
    return (
        (column.kind is str or column.sensitive) and column.category is not Category.LOG and column.name != "currency"
    )


def personal_records() -> Iterator[Declaration]:
    """Every record about a person that is neither kept on purpose nor made by the program from others."""
    for told in inventory():
        kept = OnErasure.KEEP in {c.handling.on_erasure for c in told.columns}
        if told.subjects and not kept and told.record is not SearchEntry:
            yield told


def visible(planted: Iterable[Planted]) -> set[str]:
    """The texts a person must see: not computed, and not hidden for the sake of another one."""
    shown = set()
    for one in planted:
        hidden = one.told.subjects and one.column.name in one.told.subjects[0].hides
        if one.searchable_text and not one.column.derived and not hidden:
            shown.add(one.text)
    return shown


def hidden(planted: Iterable[Planted]) -> set[str]:
    """The texts that belong to the other person of a row."""
    return {
        one.text
        for one in planted
        if one.searchable_text and one.told.subjects and one.column.name in one.told.subjects[0].hides
    }
