"""A made-up row of any record, with a text of its own in each field."""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import Enum
from typing import Any

from desktop_crm.records.declare import Column, Declaration


def value_of(column: Column) -> Any:
    if issubclass(column.kind, Enum):
        return next(iter(column.kind))
    if issubclass(column.kind, datetime):
        return datetime(2026, 11, 21, 9, tzinfo=UTC)
    if issubclass(column.kind, date):
        return date(2026, 11, 21)
    if issubclass(column.kind, bytes):
        return column.name.encode()
    return f"text of {column.name}" if column.kind is str else 1


def row_of(told: Declaration, **values: Any) -> Any:
    return told.record(**{c.name: value_of(c) for c in told.columns} | values)
