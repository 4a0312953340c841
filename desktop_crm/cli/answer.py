"""What a command answers: data for machines, and the same for people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

from desktop_crm.host.ids import id_text
from desktop_crm.services import labels
from desktop_crm.words import Exit, M, Money, Value, Words

Cell = Value | Path | bytes
"""What stands in a table: a value, a path, or the number of an entry."""

_ID_BYTES = 16


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under headings; nothing is printed where there are no rows."""

    heads: tuple[M, ...]
    rows: Sequence[Sequence[Cell]]
    title: M | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Names and values, one a line; empty values are left out."""

    rows: Sequence[tuple[M, Cell]]


Block = M | str | Table | Facts


@dataclass(frozen=True, slots=True)
class Answer:
    """`data` for machines; `shown` for people, on the output; `said` beside it, where messages go."""

    data: Any = field(repr=False)
    shown: tuple[Block, ...] = field(default=(), repr=False)
    said: tuple[M, ...] = ()
    code: Exit = Exit.DONE


def cell(value: Cell, words: Words) -> str:
    """A value as people read it."""
    if isinstance(value, bytes):
        return id_text(value)
    if isinstance(value, Path):
        return str(value)
    return words.value(labels.said(value))


def plain(value: Any, words: Words) -> Any:
    """A value as machines read it: ids as text, ISO dates, instants in UTC; messages in the reader's language."""
    if isinstance(value, dict):
        return {str(name): plain(one, words) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [plain(one, words) for one in value]
    if value is None or isinstance(value, bool | int | float):
        return value
    if isinstance(value, Money):
        return {"minor": value.minor, "currency": value.currency}
    return _text(value, words)


def _text(value: Any, words: Words) -> str:
    match value:
        case M():
            return words.say(value)
        case bytes():
            return id_text(value) if len(value) == _ID_BYTES else value.hex()
        case datetime():
            return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
        case date():
            return value.isoformat()
        case StrEnum():
            return value.value
        case _:
            return str(value)
