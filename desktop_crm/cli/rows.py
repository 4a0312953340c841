"""Stored rows for people and for machines, derived from their declarations."""

from __future__ import annotations

from datetime import date
from typing import Any

from desktop_crm.cli.answer import Cell
from desktop_crm.records.declare import declaration
from desktop_crm.words import M

_SEALS = ("previous", "seal")


def as_data(row: Any) -> dict[str, Any]:
    """Every column that was entered or decided, by its machine name; computed ones are left out."""
    columns = (c.name for c in declaration(type(row)).columns if not c.derived and c.name not in _SEALS)
    return {name: getattr(row, name) for name in columns}


def as_facts(row: Any) -> list[tuple[M, Cell]]:
    """Every column that says something about a person, under its label; empty ones are left out."""
    shown = (c for c in declaration(type(row)).columns if c.personal and c.references is None)
    return [
        (c.label, _birthday(value) if c.name == "birthday" else value)
        for c in shown
        if (value := getattr(row, c.name)) not in (None, "", False)
    ]


def _birthday(stored: str) -> Cell:
    """A stored birthday for people; the year may not be known."""
    if stored.startswith("--"):
        month, day = stored[2:].split("-")
        return M("{day}.{month}., year not known", day=str(int(day)), month=str(int(month)))
    return date.fromisoformat(stored)
