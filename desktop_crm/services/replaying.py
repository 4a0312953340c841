"""Erases in a copy of the customer file who was erased since it was made, and carries the ledger over."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from desktop_crm.records.audit import Verb
from desktop_crm.records.contact import Contact
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.erasure import Erasure, ErasureCount, ErasureMark, ErasurePlace, MarkKind
from desktop_crm.records.technical import Setting
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.erasing import LEDGER_HEAD, ledger_head, ledger_seal, marks_of, take_plan_out
from desktop_crm.services.erasure_plan import plan_of
from desktop_crm.services.ledger_lines import LedgerLine
from desktop_crm.services.numbering import at_least, next_number
from desktop_crm.services.office import Office
from desktop_crm.services.proof import search
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq

_SURE = frozenset({MarkKind.EMAIL, MarkKind.NAME_AND_BIRTHDAY})
"""Marks that tell one person. A telephone number is often shared by a family or an office."""

Lives = Callable[[bytes], bool]


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many people were erased again: by their number, and by a do-not-bring-back mark; what a search still found.

    `alike`: how many more have the telephone number of somebody who was erased; they stay, and somebody should look.
    """

    by_number: int
    by_mark: int
    alike: int
    found: int

    @property
    def people(self) -> int:
        """How many people in all."""
        return self.by_number + self.by_mark


@act(Verb.BACK_UP, Erasure, whole=True)
def replay(office: Office, lines: Sequence[LedgerLine], lives: Lives | None) -> Replayed:
    """Bring a copy that is open beside to the state of the ledger: everybody in it who was erased since is erased.

    Args:
        lives: whether somebody of that number is in the present customer file, and so may have the marks of somebody
            who was erased; None where there is no present file to ask.
    """

    def work(writing: Writing, trace: Trace) -> tuple[Replayed, tuple[str, ...]]:
        details: list[str] = []
        fresh = _in_order(writing, lines)
        by_number = sum(_erased(office, writing, line.entry.subject, details) for line in fresh)
        for line in fresh:
            _enter(office, writing, line)
        sure, alike = _by_mark(office, writing, fresh, lives)
        by_mark = sum(_erased(office, writing, person, details) for person in sure)
        trace.number = by_number + by_mark
        return Replayed(by_number, by_mark, len(alike), 0), tuple(details)

    done, details = office.write(work)
    if not details:
        return done
    return replace(done, found=search(office, details).found)


def _in_order(reading: Reading, lines: Iterable[LedgerLine]) -> list[LedgerLine]:
    """The lines that this ledger has not got yet: first those that continue it, as they are sealed to each other."""
    known = {entry.id for entry in reading.find(Erasure)}
    missing = [line for line in lines if line.entry.id not in known]
    after = {line.entry.previous: line for line in missing}
    ordered: list[LedgerLine] = []
    head = ledger_head(reading)
    while head in after:
        ordered.append(after.pop(head))
        head = ordered[-1].entry.seal
    mine = {line.entry.id for line in ordered}
    return [*ordered, *(line for line in missing if line.entry.id not in mine)]


def _erased(office: Office, writing: Writing, person: bytes, details: list[str]) -> bool:
    """Take somebody out; False where nobody of that number is in the copy."""
    if writing.get(Contact, person) is None and writing.get(DeliveryRecipient, person) is None:
        return False
    plan = plan_of(office, writing, person, heed_holds=False)
    take_plan_out(office, writing, plan)
    details += plan.details
    return True


def _enter(office: Office, writing: Writing, line: LedgerLine) -> None:
    """A line of the ledger, sealed to the last one here; where it was made after that one, it stays as it was."""
    entry = line.entry
    if writing.find(Erasure, eq("subject", entry.subject)):
        return
    if writing.find(Erasure, eq("number", entry.number)):
        entry = replace(entry, number=next_number(writing, "E", entry.done_at.year))
    at_least(writing, entry.number)
    head = ledger_head(writing)
    if entry.previous != head or entry.number != line.entry.number:
        entry = replace(entry, previous=head)
        counts, places = _of(line, ErasureCount), _of(line, ErasurePlace)
        entry = replace(entry, seal=ledger_seal(office.ledger_key, entry, counts, places))
    writing.insert(entry)
    for part in line.parts:
        writing.insert(part)
    writing.put(Setting(name=LEDGER_HEAD, value=entry.seal.hex()))


def _of(line: LedgerLine, record: type[Any]) -> list[Any]:
    return [part for part in line.parts if isinstance(part, record)]


def _by_mark(
    office: Office, reading: Reading, lines: Iterable[LedgerLine], lives: Lives | None
) -> tuple[list[bytes], set[bytes]]:
    """Who bears a mark of somebody erased since, under another number: those to erase, and those only alike."""
    today = office.today()
    marks: dict[bytes, MarkKind] = {
        one.mark: one.kind for line in lines for one in _of(line, ErasureMark) if one.kept_until >= today
    }
    if not marks:
        return [], set()
    sure, alike = [], set()
    for contact in reading.find(Contact):
        kinds = {marks[one.mark] for one in marks_of(office, reading, contact) if one.mark in marks}
        if not kinds or (lives is not None and lives(contact.id)):
            continue
        if kinds & _SURE:
            sure.append(contact.id)
        else:
            alike.add(contact.id)
    return sure, alike
