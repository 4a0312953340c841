"""The small closed set of conditions from which every query is composed. Values are always bound."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from desktop_crm.cheap import fixed
from desktop_crm.storage.rows import RowCodec


@fixed
class Condition:
    """A column compared with values."""

    column: str
    template: str
    values: tuple[Any, ...]


def eq(column: str, value: Any) -> Condition:
    """Equal; with None: empty."""
    return Condition(column, "{} IS ?", (value,))


def one_of(column: str, values: Iterable[Any]) -> Condition:
    """One of these; none of them where there are none."""
    bound = tuple(values)
    return Condition(column, f"{{}} IN ({', '.join('?' * len(bound))})", bound)


def none_of(column: str, values: Iterable[Any]) -> Condition:
    """None of these; whatever there is where there are none."""
    bound = tuple(values)
    return Condition(column, f"{{}} NOT IN ({', '.join('?' * len(bound))})", bound)


def before(column: str, value: Any) -> Condition:
    """Smaller, for days and instants: earlier."""
    return Condition(column, "{} < ?", (value,))


def until(column: str, value: Any) -> Condition:
    """Smaller or equal."""
    return Condition(column, "{} <= ?", (value,))


def after(column: str, value: Any) -> Condition:
    """Greater, for days and instants: later."""
    return Condition(column, "{} > ?", (value,))


def compose(codec: RowCodec[Any], conditions: Iterable[Condition]) -> tuple[str, list[Any]]:
    """The WHERE clause (with a leading blank, or empty) and its parameters. KeyError for an undeclared column."""
    clauses: list[str] = []
    bound: list[Any] = []
    for condition in conditions:
        bound += codec.parameters(condition.column, condition.values)
        clauses.append(condition.template.format(codec.told.column(condition.column).name))
    return (" WHERE " + " AND ".join(clauses) if clauses else ""), bound
