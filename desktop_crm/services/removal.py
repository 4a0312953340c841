"""Takes everything of some people out of the customer file: the one way, for erasing and for undoing a list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_crm.privacy.erasure import ErasureStep, erasure_plan, shared_links
from desktop_crm.records.consent import SignUpList
from desktop_crm.records.declare import Declaration
from desktop_crm.records.erasure import ErasingNow
from desktop_crm.records.registry import inventory
from desktop_crm.records.retention import RetentionAnswer, RetentionItem
from desktop_crm.records.technical import SearchEntry
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import CHUNK, Reading, Writing
from desktop_crm.storage.where import eq, one_of


@dataclass(frozen=True, slots=True)
class Held:
    """A row that belongs to somebody who is taken out."""

    told: Declaration
    row: Any


def _steps() -> tuple[ErasureStep, ...]:
    """The search entries go by themselves, with their rows."""
    return tuple(step for step in erasure_plan(inventory()) if step.told.record is not SearchEntry)


def _chunked(keys: Sequence[bytes]) -> Iterator[Sequence[bytes]]:
    return (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))


def with_dependants(reading: Reading, people: Iterable[bytes]) -> list[bytes]:
    """These people, and those who are here only because of them: whom their orders were delivered to."""
    everybody = list(people)
    for step in _steps():
        own = {s.column for s in step.told.subjects}
        if step.told.key in own and step.column != step.told.key:
            for chunk in _chunked(list(everybody)):
                everybody += [row.id for row in reading.find(step.told.record, one_of(step.column, chunk))]
    return everybody


def held_of(reading: Reading, people: Sequence[bytes]) -> list[Held]:
    """Every row of these people, each once, in an order in which they can be deleted: those first that refer."""
    found: dict[tuple[str, bytes], Held] = {}
    for step in _steps():
        for chunk in _chunked(people):
            for row in reading.find(step.told.record, one_of(step.column, chunk)):
                found.setdefault((step.told.name, getattr(row, step.told.key)), Held(step.told, row))
    return list(found.values())


def holds_on(reading: Reading, people: Sequence[bytes], today: date) -> list[RetentionItem]:
    """What says "do not delete" about these people or one of their rows, today."""
    found = reading.find(RetentionItem, one_of("person_id", people), eq("answer", RetentionAnswer.HOLD))
    return [item for item in found if item.until is None or item.until >= today]


def take_out(office: Office, writing: Writing, held: Sequence[Held]) -> None:
    """Delete these rows, read by `held_of` in this transaction, and shared rows nobody uses any more.

    Opens the append-only tables for as long as this transaction needs it.
    """
    shared = shared_of(held)
    by_record: dict[type[Any], list[Any]] = {}
    for one in held:
        by_record.setdefault(one.told.record, []).append(one.row)
    with opened_ledgers(office, writing):
        for record, rows in by_record.items():
            writing.delete_rows(record, rows)
        for target, keys in shared.items():
            delete_unused(writing, target, keys)
        for key in shared.get(SignUpList, ()):
            if writing.get(SignUpList, key) is not None:
                # The picture of a list shows everybody who signed it: nobody can blacken one line.
                writing.update(SignUpList, key, content=None)


@contextmanager
def opened_ledgers(office: Office, writing: Writing) -> Iterator[None]:
    """Rows of append-only tables can be deleted inside this, and nowhere else. What fails inside is rolled back."""
    opened = ErasingNow(id=office.new_id())
    writing.insert(opened)
    yield
    writing.delete(ErasingNow, eq("id", opened.id))


def shared_of(held: Iterable[Held]) -> dict[type[Any], set[bytes]]:
    """The keys of the shared rows that these rows use, by record."""
    used: dict[type[Any], set[bytes]] = {}
    links = shared_links(inventory())
    for one in held:
        for link in links:
            key = getattr(one.row, link.column.name) if link.told is one.told else None
            if key is not None and link.column.references is not None:
                used.setdefault(link.column.references, set()).add(key)
    return used


def delete_unused(writing: Writing, target: type[Any], keys: set[bytes]) -> None:
    """Delete those of these shared rows that nobody uses any more."""
    columns = [
        (link.told.record, link.column.name) for link in shared_links(inventory()) if link.column.references is target
    ]
    for key in keys:
        if not any(writing.count(record, eq(column, key)) for record, column in columns):
            writing.delete(target, eq("id", key))


def shared_texts(reading: Reading, held: Iterable[Held]) -> list[str]:
    """The names of the shared rows these people use; they are theirs too until somebody else uses them."""
    return [row.name for target, keys in shared_of(held).items() for row in reading.find(target, one_of("id", keys))]
