"""Takes a whole list back out: the people it brought, unless somebody has worked with them since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from desktop_crm.records.audit import Verb
from desktop_crm.records.batch import ImportBatch, ImportFill
from desktop_crm.records.contact import Contact
from desktop_crm.records.erasure import ErasingNow
from desktop_crm.records.registry import inventory
from desktop_crm.records.retention import RetentionItem
from desktop_crm.records.technical import SearchEntry
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.office import Office
from desktop_crm.services.removal import take_out
from desktop_crm.storage.transaction import CHUNK, Reading, Writing
from desktop_crm.storage.where import eq, one_of
from desktop_crm.words import M, Problem

_NO_WORK = (RetentionItem, SearchEntry, ImportFill)
"""Rows the program makes by itself do not mean that somebody has worked with a person."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing a list did: people taken out, entries taken back from others, edited people who stay."""

    removed: int
    taken_back: int
    stay: tuple[bytes, ...]


@act(Verb.REMOVE, ImportBatch)
def undo_import(office: Office, batch: bytes, *, also_edited: bool = False) -> Undone:
    """Undo one list. People somebody has worked with since stay, unless `also_edited`. Raises Problem if it is none."""

    def work(writing: Writing, trace: Trace) -> Undone:
        stored = writing.get(ImportBatch, batch)
        if stored is None:
            raise Problem(M("No list was brought in under this number."))
        if stored.undone_at is not None:
            raise Problem(M("This list was taken back already."), safe=M("Nothing was changed."))
        brought = [c.id for c in writing.stream(Contact, eq("batch_id", batch))]
        edited = set() if also_edited else _worked_with(writing, batch)
        gone = [key for key in brought if key not in edited]
        for start in range(0, len(gone), CHUNK):
            take_out(office, writing, gone[start : start + CHUNK])
        taken_back = _take_back(office, writing, batch, keep=edited)
        writing.update(ImportBatch, batch, undone_at=office.clock.now(), file_mark=None)
        trace.row, trace.number = batch, len(gone)
        return Undone(len(gone), taken_back, tuple(key for key in brought if key in edited))

    return office.write(work)


def _worked_with(reading: Reading, batch: bytes) -> set[bytes]:
    """Whom somebody has edited, or who has an entry that did not come with the list."""
    edited: set[bytes] = set()
    for chunk in _chunks(reading, batch):
        edited |= {c.id for c in chunk if c.changed_at is not None}
        keys = [c.id for c in chunk]
        for told in inventory():
            columns = [s.column for s in told.subjects if s.column in {"contact_id", "person_id"}]
            if told.record in _NO_WORK or told.name == "audit_entry" or not columns:
                continue
            for row in reading.find(told.record, one_of(columns[0], keys)):
                if getattr(row, "batch_id", None) != batch:
                    edited.add(getattr(row, columns[0]))
    return edited


def _chunks(reading: Reading, batch: bytes) -> Iterator[list[Contact]]:
    chunk: list[Contact] = []
    for contact in reading.stream(Contact, eq("batch_id", batch)):
        chunk.append(contact)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    yield chunk


def _take_back(office: Office, writing: Writing, batch: bytes, keep: set[bytes]) -> int:
    """Rows the list added to people who were here before, and the fields it filled."""
    done = 0
    for fill in writing.find(ImportFill, eq("batch_id", batch)):
        contact = writing.get(Contact, fill.contact_id)
        if contact is not None and contact.changed_at is None:
            writing.update(Contact, fill.contact_id, **{fill.field: None})
            done += 1
    writing.delete(ImportFill, eq("batch_id", batch))
    opened = ErasingNow(id=office.new_id())
    writing.insert(opened)
    for record in _parts_with_batch():
        rows = [r for r in writing.find(record, eq("batch_id", batch)) if r.contact_id not in keep]
        keys: Sequence[bytes] = [r.id for r in rows]
        for start in range(0, len(keys), CHUNK):
            done += writing.delete(record, one_of("id", keys[start : start + CHUNK]))
    writing.delete(ErasingNow, eq("id", opened.id))
    return done


def _parts_with_batch() -> tuple[type[Any], ...]:
    parts = (d for d in inventory() if d.record not in (Contact, ImportFill) and d.subjects)
    return tuple(d.record for d in parts if any(c.name == "batch_id" for c in d.columns))
