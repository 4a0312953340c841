"""Takes a whole list back out: the people it brought, unless somebody has worked with them since."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from desktop_crm.intake.reading import Progress
from desktop_crm.privacy.permission import as_said
from desktop_crm.privacy.rights import allowed
from desktop_crm.records.audit import Verb
from desktop_crm.records.batch import ImportBatch, ImportFill
from desktop_crm.records.consent import ConsentEvent, ConsentHow, ConsentState
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Part, declaration
from desktop_crm.records.erasure import ErasingNow
from desktop_crm.records.purchase import Original, Purchase
from desktop_crm.records.purpose import Purpose
from desktop_crm.records.registry import inventory
from desktop_crm.records.retention import RetentionAnswer, RetentionItem
from desktop_crm.records.technical import SearchEntry
from desktop_crm.records.use import DisclosedPerson
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.bounds import not_allowed
from desktop_crm.services.consents import Said, enter, last_answer
from desktop_crm.services.office import Office
from desktop_crm.services.removal import Held, delete_unused, held_of, holds_on, shared_of, take_out, with_dependants
from desktop_crm.storage.transaction import CHUNK, Reading, Writing
from desktop_crm.storage.where import eq, one_of
from desktop_crm.words import M, Problem

_NO_WORK = (SearchEntry,)
"""Rows the program makes by itself do not mean that somebody has worked with a person."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What undoing a list did: people taken out, entries taken back from others, edited people who stay."""

    removed: int
    taken_back: int
    stay: tuple[bytes, ...]


class _Told:
    """How far it is; being told is also where a long job is stopped, and then all of it is as before."""

    def __init__(self, progress: Progress | None, total: int) -> None:
        self._progress = progress
        self._done = 0
        self._total = total

    def go_on(self, number: int = 0) -> None:
        """So many more are done; never all of them before the end."""
        self._done = min(self._done + number, self._total - 1)
        self._tell(self._done)

    def end(self) -> None:
        """All is done: from here on nothing stops it."""
        self._tell(self._total)

    def _tell(self, done: int) -> None:
        if self._progress is not None:
            self._progress(done, self._total)


@act(Verb.REMOVE, ImportBatch, for_good=True)
def undo_import(office: Office, batch: bytes, *, also_edited: bool = False, progress: Progress | None = None) -> Undone:
    """Undo one list. People somebody has worked with since stay, unless `also_edited`.

    Whoever may not be deleted (a dispute) and whose original invoice is kept here stays in any case: people are
    erased, with their papers, by `erase`. Raises Problem if there is no such list. What `progress` raises stops it
    with everything as before; once it was told the end, it is not asked any more. Whole people go, for good: only
    whoever may erase them may do it, and not everybody who may bring in a list.
    """
    if not allowed(office.who.rights, Verb.ERASE, Part.CONTACTS):
        raise not_allowed()

    def work(writing: Writing, trace: Trace) -> Undone:
        stored = writing.get(ImportBatch, batch)
        if stored is None:
            raise Problem(M("No list was brought in under this number."))
        if stored.undone_at is not None and not also_edited:
            raise Problem(M("This list was taken back already."), safe=M("Nothing was changed."))
        brought = [c.id for c in writing.stream(Contact, eq("batch_id", batch))]
        told = _Told(progress, 2 * len(brought) + writing.count(ImportFill, eq("batch_id", batch)) + 1)
        edited = _bound(writing, brought, office.today()) if also_edited else _worked_with(writing, batch, told)
        gone = [key for key in brought if key not in edited]
        for start in range(0, len(gone), CHUNK):
            take_out(office, writing, held_of(writing, with_dependants(writing, gone[start : start + CHUNK])))
            told.go_on(CHUNK)
        taken_back = _take_back(office, writing, batch, edited, told)
        writing.update(ImportBatch, batch, undone_at=office.clock.now(), file_mark=None)
        trace.row, trace.number = batch, len(gone)
        told.end()
        return Undone(len(gone), taken_back, tuple(key for key in brought if key in edited))

    undone = office.write(work)
    office.store.clean_up()
    return undone


@act(Verb.LIST, ImportBatch)
def would_stay(office: Office, batch: bytes, *, progress: Progress | None = None) -> list[str]:
    """What those people of a list are called who would stay: somebody has worked with them since."""

    def work(reading: Reading) -> list[str]:
        told = _Told(progress, reading.count(Contact, eq("batch_id", batch)) + 1)
        keys = sorted(_worked_with(reading.whole(), batch, told))
        chunks = (keys[start : start + CHUNK] for start in range(0, len(keys), CHUNK))
        names = (contact.name for chunk in chunks for contact in reading.find(Contact, one_of("id", chunk)))
        return sorted(names, key=str.casefold)

    return office.read(work)


def _bound(reading: Reading, people: Sequence[bytes], today: date) -> set[bytes]:
    """Who may not be taken out without more ado: on hold, or with an original invoice kept here."""
    bound: set[bytes] = set()
    for start in range(0, len(people), CHUNK):
        chunk = people[start : start + CHUNK]
        bound |= {item.person_id for item in holds_on(reading, chunk, today)}
        bought = reading.find(Purchase, one_of("contact_id", chunk), eq("original", Original.HERE))
        bound |= {row.contact_id for row in bought}
    return bound


def _worked_with(reading: Reading, batch: bytes, told: _Told) -> set[bytes]:
    """Whom somebody has edited, or who has an entry that did not come with the list."""
    edited: set[bytes] = set()
    for chunk in _chunks(reading, batch):
        edited |= {c.id for c in chunk if c.changed_at is not None}
        keys = [c.id for c in chunk]
        for held in inventory():
            columns = [s.column for s in held.subjects if s.column in {"contact_id", "person_id"}]
            if held.record in _NO_WORK or held.name == "audit_entry" or not columns:
                continue
            for row in reading.find(held.record, one_of(columns[0], keys)):
                if isinstance(row, RetentionItem) and row.answer is RetentionAnswer.WAITING:
                    continue
                if getattr(row, "batch_id", None) != batch:
                    edited.add(getattr(row, columns[0]))
        told.go_on(len(chunk))
    return edited


def _chunks(reading: Reading, batch: bytes) -> Iterator[list[Contact]]:
    chunk: list[Contact] = []
    for contact in reading.stream(Contact, eq("batch_id", batch)):
        chunk.append(contact)
        if len(chunk) == CHUNK:
            yield chunk
            chunk = []
    yield chunk


def _take_back(office: Office, writing: Writing, batch: bytes, keep: set[bytes], told: _Told) -> int:
    """Rows the list added to people who were here before, and the fields it filled."""
    filled = _empty_fields(writing, batch, told)
    added = _added(writing, batch, keep, told)
    opened = ErasingNow(id=office.new_id())
    writing.insert(opened)
    for record, rows in added.items():
        keys: Sequence[bytes] = [row.id for row in rows]
        for start in range(0, len(keys), CHUNK):
            writing.delete(record, one_of("id", keys[start : start + CHUNK]))
            told.go_on()
    writing.delete(ErasingNow, eq("id", opened.id))
    _void(office, writing, batch, keep)
    taken = [Held(declaration(record), row) for record, rows in added.items() for row in rows]
    for target, shared in shared_of([*filled, *taken]).items():
        delete_unused(writing, target, shared)
    return len(filled) + len(taken)


def _empty_fields(writing: Writing, batch: bytes, told: _Told) -> list[Held]:
    """Empty the fields the list filled, unless the contact was edited since; returns the contacts as they were."""
    emptied = []
    for fill in writing.find(ImportFill, eq("batch_id", batch)):
        contact = writing.get(Contact, fill.contact_id)
        if contact is not None and (contact.changed_at is None or contact.changed_at < fill.created_at):
            writing.update(Contact, fill.contact_id, **{fill.field: None})
            emptied.append(Held(declaration(Contact), contact))
        told.go_on(1)
    writing.delete(ImportFill, eq("batch_id", batch))
    return emptied


def _added(reading: Reading, batch: bytes, keep: set[bytes], told: _Told) -> dict[type[Any], list[Any]]:
    """The rows the list brought, by record, but for people who stay, lines others are sealed to, and every no."""
    linked = _built_upon(reading, batch, told)
    return {
        record: [
            row
            for row in reading.find(record, eq("batch_id", batch))
            if row.contact_id not in keep and row.id not in linked and not _is_no(row)
        ]
        for record in _parts_with_batch()
    }


def _is_no(row: Any) -> bool:
    """Taking a no back would make an earlier yes valid again."""
    return isinstance(row, ConsentEvent) and row.state is ConsentState.REFUSED


def _built_upon(reading: Reading, batch: bytes, told: _Told) -> set[bytes]:
    """Lines of the consent ledger to which later ones are sealed, or by which somebody was used, and those before."""
    kept: set[bytes] = set()
    for person in {line.contact_id for line in reading.find(ConsentEvent, eq("batch_id", batch))}:
        lines = as_said(reading.find(ConsentEvent, eq("contact_id", person)))
        used = {row.consent_id for row in reading.find(DisclosedPerson, eq("contact_id", person))}
        while lines and lines[-1].batch_id == batch and not _is_no(lines[-1]) and lines[-1].id not in used:
            lines.pop()
        kept |= {line.id for line in lines}
        told.go_on()
    return kept


def _void(office: Office, writing: Writing, batch: bytes, keep: set[bytes]) -> None:
    """A yes of the list that has to stay in the ledger counts no more."""
    evidence = office.words.say(M("The list was taken back out"))
    for line in writing.find(ConsentEvent, eq("batch_id", batch), eq("state", ConsentState.GIVEN)):
        purpose = writing.get(Purpose, line.purpose_id)
        if purpose is None or line.contact_id in keep:
            continue
        last, _ = last_answer(writing, line.contact_id, purpose, office.clock.now())
        if last is not None and last.id == line.id:
            said = [Said(purpose, ConsentState.INVALIDATED)]
            enter(office, writing, Trace(), line.contact_id, said, how=ConsentHow.IMPORT, evidence=evidence)


def _parts_with_batch() -> tuple[type[Any], ...]:
    parts = (d for d in inventory() if d.record not in (Contact, ImportFill) and d.subjects)
    return tuple(d.record for d in parts if any(c.name == "batch_id" for c in d.columns))
