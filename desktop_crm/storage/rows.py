"""Turns rows of the database into the frozen records of the program and back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from enum import Enum
from functools import lru_cache
from itertools import chain
from operator import attrgetter
from typing import Any, Generic, TypeVar

from desktop_crm.records.declare import Column, Declaration, declaration
from desktop_crm.records.sealed import Sealed

R = TypeVar("R")

AT_ONCE = 100
"""Rows in one statement. SQLite works without Python's lock only while a statement runs, and a window that waits for
the lock needs longer to wake than the insert of one row takes: row by row it stood still for 70 ms (measured)."""


@lru_cache(maxsize=256)
def instant_text(value: datetime) -> str:
    """An instant as it is stored: UTC with microseconds and Z, so that text order is time order."""
    return value.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _to_sql(kind: type) -> Callable[[Any], Any] | None:
    if issubclass(kind, datetime):
        return instant_text
    if issubclass(kind, date):
        return date.isoformat
    if issubclass(kind, Enum):
        return attrgetter("value")
    return int if issubclass(kind, bool) else None


def _from_sql(kind: type) -> Callable[[Any], Any] | None:
    if issubclass(kind, datetime):
        return datetime.fromisoformat
    if issubclass(kind, date):
        return date.fromisoformat
    return kind if issubclass(kind, (Enum, bool, Sealed)) else None


def marks(columns: Sequence[str], rows: int = 1) -> str:
    """The places for the values of so many rows in a statement."""
    return ", ".join([f"({', '.join('?' * len(columns))})"] * rows)


def insert_rows(connection: Any, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Insert rows of plain values, many with each statement."""
    into = f"INSERT INTO {table} ({', '.join(columns)}) VALUES "
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        connection.execute(into + marks(columns, len(some)), tuple(chain.from_iterable(some)))


class RowCodec(Generic[R]):
    """Statements and conversions of one record, derived from its declaration."""

    def __init__(self, record: type[R]) -> None:
        self.told: Declaration = declaration(record)
        self.record = record
        self.names = tuple(c.name for c in self.told.columns)
        self.columns = ", ".join(self.names)
        self.insert = f"INSERT INTO {self.told.name} ({self.columns}) VALUES {marks(self.names)}"
        self.select = f"SELECT {self.columns} FROM {self.told.name}"
        # attrgetter of one name gives the bare value instead of a tuple, so the key is asked for twice.
        self._values = attrgetter(self.names[0], *self.names)
        self._encoders = _converters(self.told.columns, _to_sql)
        self._decoders = _converters(self.told.columns, _from_sql)

    def encode(self, row: R) -> tuple[Any, ...]:
        """A record as the parameters of `insert`."""
        values = list(self._values(row)[1:])
        for at, convert in self._encoders:
            if values[at] is not None:
                values[at] = convert(values[at])
        return tuple(values)

    def decode(self, values: Sequence[Any]) -> R:
        """A row of `select` as a record."""
        made = list(values)
        for at, convert in self._decoders:
            if made[at] is not None:
                made[at] = convert(made[at])
        return self.record(**dict(zip(self.names, made, strict=True)))

    def parameter(self, name: str, value: Any) -> Any:
        """One value as it is stored in the column of that name; KeyError for a name that is not declared."""
        return self.parameters(name, (value,))[0]

    def parameters(self, name: str, values: Sequence[Any]) -> list[Any]:
        """The same for many values of one column."""
        convert = _to_sql(self.told.column(name).kind)
        return list(values) if convert is None else [v if v is None else convert(v) for v in values]

    def text(self, name: str, value: Any) -> str | None:
        """One value of a row as text, whatever its type, for keeping it apart from its row."""
        stored = self.parameter(name, value)
        if stored is None or isinstance(stored, str):
            return stored
        return stored.hex() if isinstance(stored, bytes) else str(stored)

    def value(self, name: str, text: str | None) -> Any:
        """The value again that `text` was made of."""
        kind = self.told.column(name).kind
        if text is None:
            return None
        if issubclass(kind, bytes):
            return kind.fromhex(text)
        convert = _from_sql(kind)
        stored = int(text) if issubclass(kind, int) else text
        return stored if convert is None else convert(stored)


def _converters(
    columns: Sequence[Column], choose: Callable[[type], Callable[[Any], Any] | None]
) -> tuple[tuple[int, Callable[[Any], Any]], ...]:
    chosen = ((at, choose(column.kind)) for at, column in enumerate(columns))
    return tuple((at, convert) for at, convert in chosen if convert is not None)


_CODECS: dict[type, RowCodec[Any]] = {}


def codec(record: type[R]) -> RowCodec[R]:
    """The codec of a record, made once."""
    if record not in _CODECS:
        _CODECS[record] = RowCodec(record)
    return _CODECS[record]
