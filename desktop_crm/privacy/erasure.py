"""What goes, what stays and why, when a person is erased: derived from the declarations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from desktop_crm.records.declare import Category, Column, Declaration, OnErasure, SearchColumn


class Fate(StrEnum):
    """What becomes of one row."""

    GOES = "goes"
    NAMELESS = "nameless"
    SEALED = "sealed"


@dataclass(frozen=True, slots=True)
class ErasureStep:
    """One kind of record, and the column that names the person."""

    told: Declaration
    column: str


@dataclass(frozen=True, slots=True)
class SharedLink:
    """A column by which a person uses a shared row, such as a company."""

    told: Declaration
    column: Column


def _fates(told: Declaration) -> set[OnErasure]:
    return {c.handling.on_erasure for c in told.columns}


def erasure_plan(inventory: Iterable[Declaration]) -> tuple[ErasureStep, ...]:
    """The records to go through, those that refer to others first. Records that are kept whole are not among them."""
    steps = [
        ErasureStep(told, subject.column)
        for told in inventory
        for subject in told.subjects
        if OnErasure.KEEP not in _fates(told)
    ]
    return tuple(reversed(steps))


def shared_links(inventory: Iterable[Declaration]) -> tuple[SharedLink, ...]:
    """The references from people to rows that go with the last person who uses them."""
    told_by_record = {told.record: told for told in inventory}
    return tuple(
        SharedLink(told, column)
        for told in told_by_record.values()
        if told.subjects
        for column in told.columns
        if column.references in told_by_record
        and OnErasure.UNLINK_OR_DELETE_WITH_LAST in _fates(told_by_record[column.references])
    )


def fate(told: Declaration, row: Any) -> Fate:
    """What becomes of one row of a person who is erased."""
    if told.stages is None:
        return Fate.GOES
    return Fate.SEALED if told.stages.sealed_if(row) else Fate.NAMELESS


def nameless_values(told: Declaration, row: Any) -> dict[str, Any]:
    """The values of a row that may live on without the person."""
    return {c.name: getattr(row, c.name) for c in told.columns if c.handling.on_erasure is OnErasure.ANONYMISE}


def needles(told: Declaration, row: Any) -> list[str]:
    """The texts of a row that must not be found anywhere once the person is erased."""
    return [
        value
        for column in told.columns
        if column.category not in (Category.NONE, Category.LOG) and column.kind is str
        if isinstance(value := getattr(row, column.name), str) and value
    ]


def phone_texts(told: Declaration, row: Any) -> list[str]:
    """The phone numbers of a row; they are indexed by their digits, so they must not be found as such either."""
    columns = (c for c in told.columns if c.searchable is SearchColumn.PHONE)
    return [value for c in columns if (value := getattr(row, c.name))]
