"""Erases a person: shows what goes, does it in one transaction, searches every page, writes the papers."""

from __future__ import annotations

import contextlib
import json
import secrets
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from desktop_crm.host.ids import random_id
from desktop_crm.privacy.chain import CHAIN_START, is_whole, seal
from desktop_crm.privacy.erasure import nameless_values
from desktop_crm.privacy.presets import Keeping
from desktop_crm.privacy.terms import Anchor, Unit, kept_until
from desktop_crm.records.audit import Verb
from desktop_crm.records.batch import ImportBatch
from desktop_crm.records.contact import Contact, ContactEmail, ContactPhone
from desktop_crm.records.erasure import Erasure, ErasureCount, ErasureMark, ErasurePlace, ErasureProof, Ground
from desktop_crm.records.purchase import KeptInvoice, Purchase
from desktop_crm.records.retention import RetentionRule
from desktop_crm.records.technical import Setting
from desktop_crm.services import outside, people
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.erasure_papers import Farewell, letter_papers, record_papers
from desktop_crm.services.erasure_plan import (
    ErasureOrder,
    ErasurePlan,
    Preview,
    asked_for,
    plan_of,
    preview_of,
    with_surroundings,
)
from desktop_crm.services.ledger_lines import remember_erasures
from desktop_crm.services.letterheads import addressee, name_of
from desktop_crm.services.numbering import next_number
from desktop_crm.services.office import Office
from desktop_crm.services.proof import Progress, Searched, search
from desktop_crm.services.removal import Held, take_out
from desktop_crm.services.requests import COPIES, open_of
from desktop_crm.services.retention import note_run
from desktop_crm.services.saving import Saved, check_folder, save
from desktop_crm.services.traces import forget_traces
from desktop_crm.services.unmade import papers_made, wait_for_papers
from desktop_crm.storage.migrate import migrations
from desktop_crm.storage.search_index import terms
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq, one_of
from desktop_crm.words import M, Problem, WayOut

_NAMELESS = "sale"
_SEALED = "kept_invoice"
LEDGER_HEAD = "ledger.head"


STEPS = (
    M("Taking out the entries"),
    M("Final search through every page of the file"),
    M("Making the papers"),
)
"""What an erasure does, step by step. Until the first is done it can be stopped, and everything is as before."""
Tell = Callable[[int, int, M], None]
"""Gets the number of the step that begins, of how many, and what it does."""


@dataclass(frozen=True, slots=True)
class Erased:
    """An erasure that was done: its number, what the final search found, and the papers.

    The `copies` of the preview are those that nobody said were deleted.
    """

    number: str
    preview: Preview
    searched: Searched
    papers: tuple[Saved, ...]


@act(Verb.VIEW, Erasure, whole=True)
def preview(office: Office, person: bytes) -> Preview:
    """What erasing this person would take and leave, what is still running, and what lies outside this program.

    Changes nothing. Raises Problem if there is nobody.
    """
    shown = office.read(lambda reading: with_surroundings(office, reading, plan_of(office, reading, person)))
    office.looked(person)
    return shown


@act(Verb.LIST, Contact)
def name_matches(office: Office, person: bytes, typed: str) -> bool:
    """Whether somebody typed this person's name: plain letters will do, capitals and hyphens do not matter."""
    name = office.read(lambda reading: name_of(reading, person))
    return _letters(typed) == _letters(name) != ""


def _letters(name: str) -> str:
    """The bare letters of a name; all of its signs where it has no letters."""
    return "".join(terms(name) or name.split())


@act(Verb.ERASE, Erasure, whole=True)
def erase(
    office: Office,
    person: bytes,
    out: Path,
    order: ErasureOrder,
    *,
    progress: Progress | None = None,
    tell: Tell | None = None,
) -> Erased:
    """Erase a person now, in one transaction; then search every page and write record and letter to `out`.

    Raises Problem before anything is done when there is nobody, a copy they asked for is not handed over, or `out`
    cannot be written to. When the disk fails after the erasure, the Problem says that it is done; the record can then
    be written again by its number.

    Args:
        progress: gets the bytes searched and all bytes during the final search.
        tell: gets each step. If it raises during the first one, everything is as before; later nothing stops.
    """
    check_folder(out)
    steps = _Steps(tell)
    words = office.words
    steps.begin(1)
    lines = office.read(lambda reading: addressee(reading, person))
    order = office.read(lambda reading: _dated(office, reading, person, order))
    plan, number = office.write(lambda writing, trace: _carry_out(office, writing, trace, person, order, steps))
    steps.begin(2)
    shown = preview_of(plan)
    shown = replace(shown, copies=tuple(name for name in shown.copies if name not in order.copies_gone))
    remember_erasures(office)
    searched = _searched(office, plan.details, progress)
    office.write(lambda writing, trace: _note_proof(office, writing, trace, number, searched))
    office.reserve.take_back()
    steps.begin(3)
    farewell = Farewell(person, number, lines, shown, searched, order.asked_on or office.today(), order.ground)
    letter = letter_papers(office, words, farewell)
    try:
        papers = save(out, {**record_papers(office, words, number), **letter})
    except Problem as problem:
        raise _without_papers(number, problem) from None
    with contextlib.suppress(Problem):  # all is done; at worst the record is offered once more
        office.write(lambda writing, _: papers_made(writing, number))
    return Erased(number, shown, searched, tuple(papers))


class _Steps:
    """Tells the steps of an erasure. Until the first one is committed, whoever listens may stop it by raising."""

    def __init__(self, tell: Tell | None) -> None:
        self._tell = tell

    def begin(self, number: int) -> None:
        """Tell that a step begins; from the second on nobody stops it any more."""
        if self._tell is None:
            return
        with contextlib.suppress(*((Problem,) if number > 1 else ())):
            self._tell(number, len(STEPS), STEPS[number - 1])

    def last_chance(self) -> None:
        """Told once more at the end of the transaction, so that it can still be taken back."""
        self.begin(1)


def _dated(office: Office, reading: Reading, person: bytes, order: ErasureOrder) -> ErasureOrder:
    """The order with the day on which the erasure was asked for: as told, as entered in the register, or today."""
    asked = asked_for(reading, person)
    return replace(order, asked_on=order.asked_on or (asked.received_on if asked else office.today()))


def _searched(office: Office, details: tuple[str, ...], progress: Progress | None) -> Searched:
    """The person is gone already, so a search that cannot be finished is told as such and stops nothing."""
    try:
        return search(office, details, progress=progress)
    except Problem:
        return Searched(pages=0, details=len(details), shared=0, found=0, pending=True)


def _unseen_mentions(number: int) -> Problem:
    return Problem(
        M(
            "{n} entry of another person names this person. What becomes of it has to be decided first.",
            "{n} entries of other people name this person. What becomes of them has to be decided first.",
            n=number,
        ),
        safe=M("Nothing was erased."),
        todo=M("Look at these entries, change them or leave them, then say that you did."),
        way_out=WayOut.LOOKED_AT_MENTIONS,
    )


def _copy_open() -> Problem:
    return Problem(
        M("This person asked for a copy of their data, and it is not handed over yet."),
        safe=M("Nothing was erased."),
        todo=M("Hand it over first, or say that the person no longer wants it."),
        way_out=WayOut.COPY_GIVEN_UP,
    )


def _without_papers(number: str, problem: Problem) -> Problem:
    return Problem(
        M(
            "The erasure is done, as number {number}, but its papers were not written. {why}",
            number=number,
            why=problem.what,
        ),
        safe=M("The record can be written again at any time; the letter to the person cannot."),
        todo=M("Please write the record again, into another folder."),
        code=problem.code,
        way_out=WayOut.RECORD_AGAIN,
        about=number,
    )


@act(Verb.EXPORT, Erasure)
def erasure_record(office: Office, number: str, out: Path) -> list[Saved]:
    """Write the record of an earlier erasure again, from the ledger. The letter cannot be: nobody is named there."""
    check_folder(out)
    papers = save(out, record_papers(office, office.words, number))
    office.write(lambda writing, _: papers_made(writing, number))
    return papers


def _carry_out(
    office: Office, writing: Writing, trace: Trace, person: bytes, order: ErasureOrder, steps: _Steps
) -> tuple[ErasurePlan, str]:
    plan = plan_of(office, writing, person)
    if plan.mentions and not order.mentions_seen:
        raise _unseen_mentions(len(plan.mentions))
    if not order.given_up and any(open_of(writing, one, COPIES) for one in plan.people):
        raise _copy_open()
    ticked = outside.ticked(writing, person, order.asked_on or office.today())
    marks = _marks(office, writing, plan) if order.keep_mark else []
    take_plan_out(office, writing, plan)
    entry, counts, places = _ledger_entry(office, writing, plan, order, ticked)
    writing.insert(entry)
    writing.insert_many(ErasureCount, counts)
    writing.insert_many(ErasurePlace, places)
    until_day = _mark_end(office, writing)
    writing.insert_many(
        ErasureMark,
        [
            ErasureMark(id=random_id(), erasure_id=entry.id, kind=m.kind, mark=m.mark, kept_until=until_day)
            for m in marks
        ],
    )
    wait_for_papers(writing, entry.number)
    if order.ground is Ground.KEEPING_TIME:
        note_run(office, writing, erased=1)
    trace.person, trace.row, trace.number = person, entry.id, len(plan.held)
    steps.last_chance()
    return plan, entry.number


def take_plan_out(office: Office, writing: Writing, plan: ErasurePlan) -> None:
    """Take everything of a person out, as the plan has it: what loses the name, and what stays locked, is made anew."""
    buyer = addressee(writing, plan.person)
    take_out(office, writing, plan.held)
    for one in secrets.SystemRandom().sample(plan.nameless, len(plan.nameless)):
        assert one.told.stages is not None  # noqa: S101 - only staged rows get here
        writing.insert(one.told.stages.nameless(id=random_id(), **nameless_values(one.told, one.row)))
    for one, until in plan.sealed:
        writing.insert(_kept_invoice(one.row, until, buyer, plan.law))
    forget_traces(writing, plan.held, plan.details)
    _forget_files(writing, plan.held)


def _kept_invoice(row: Purchase, until: date, buyer: Sequence[str], law: Keeping) -> KeptInvoice:
    return KeptInvoice(
        id=random_id(),
        buyer_name=buyer[0],
        buyer_address=", ".join(buyer[1:]),
        bought_on=row.bought_on,
        amount_minor=row.amount_minor,
        currency=row.currency,
        invoice_no=row.invoice_no,
        description=row.description,
        law=law.law,
        kept_until=until,
    )


def _forget_files(writing: Writing, held: Iterable[Held]) -> None:
    """A list's mark could tell that an erased person was on it, to whoever still has the file."""
    batches = {key for one in held if (key := getattr(one.row, "batch_id", None)) is not None}
    for batch in writing.find(ImportBatch, one_of("id", batches)) if batches else ():
        writing.update(ImportBatch, batch.id, file_mark=None)


def _marks(office: Office, reading: Reading, plan: ErasurePlan) -> list[people.MarkOf]:
    contact = reading.get(Contact, plan.person)
    return marks_of(office, reading, contact) if contact is not None else []


def marks_of(office: Office, reading: Reading, contact: Contact) -> list[people.MarkOf]:
    """The marks by which somebody would be known again."""
    mine = eq("contact_id", contact.id)
    return people.marks(
        office.fingerprint,
        name=contact.name,
        birthday=contact.birthday,
        emails=[e.match for e in reading.find(ContactEmail, mine)],
        phones=[p.match for p in reading.find(ContactPhone, mine)],
    )


def _mark_end(office: Office, reading: Reading) -> date:
    """Until when the marks are kept: by the shop's rule, 3 years from the end of the year where there is none."""
    rules = reading.find(RetentionRule, eq("code", "ledger"))
    if rules:
        return kept_until(office.today(), rules[0].length, rules[0].unit, rules[0].anchor)
    return kept_until(office.today(), 3, Unit.YEARS, Anchor.CALENDAR_YEAR_END)


def _ledger_entry(
    office: Office, writing: Writing, plan: ErasurePlan, order: ErasureOrder, ticked: Iterable[outside.Outside]
) -> tuple[Erasure, list[ErasureCount], list[ErasurePlace]]:
    entry = Erasure(
        id=random_id(),
        number=next_number(writing, "E", office.today().year),
        subject=plan.person,
        ground=order.ground,
        asked_on=order.asked_on or office.today(),
        done_at=office.clock.now(),
        actor=office.who.name,
        schema=len(migrations()),
        previous=ledger_head(writing),
        seal=CHAIN_START,
    )
    counts = _counts(entry, plan)
    places = [
        ErasurePlace(id=random_id(), erasure_id=entry.id, place=one.name, done_on=one.done_on)
        for one in ticked
        if one.done_on is not None
    ]
    entry = replace(entry, seal=ledger_seal(office.ledger_key, entry, counts, places))
    writing.put(Setting(name=LEDGER_HEAD, value=entry.seal.hex()))
    return entry, counts, places


def ledger_seal(
    key: bytes, entry: Erasure, counts: Iterable[ErasureCount], places: Iterable[ErasurePlace] = ()
) -> bytes:
    """The seal a line of the ledger must bear; it covers the line, its counts and the places that were seen to.

    Final searches come later and marks go when their time is up, so both are outside the seal.
    """
    return seal(
        key,
        "erasure",
        entry.previous,
        entry.id,
        entry.number,
        entry.subject,
        entry.ground,
        entry.asked_on.isoformat(),
        entry.done_at.isoformat(),
        entry.actor,
        str(entry.schema),
        *sorted(map(_said, counts)),
        *sorted(json.dumps([place.place, place.done_on.isoformat()]) for place in places),
    )


def _said(count: ErasureCount) -> str:
    until = count.until.isoformat() if count.until is not None else None
    return json.dumps([count.record, count.number, count.stays, count.law, until])


def ledger_head(reading: Reading) -> bytes:
    """The seal of the last line of the ledger, kept apart so that an erasure need not read the whole ledger."""
    head = reading.get(Setting, LEDGER_HEAD)
    return bytes.fromhex(head.value) if head is not None else CHAIN_START


def ledger_is_whole(reading: Reading, key: bytes) -> bool:
    """Whether the lines of the ledger, with what belongs to them, form one chain that ends at the remembered head."""
    counts: defaultdict[bytes, list[ErasureCount]] = defaultdict(list)
    for count in reading.stream(ErasureCount):
        counts[count.erasure_id].append(count)
    places: defaultdict[bytes, list[ErasurePlace]] = defaultdict(list)
    for place in reading.stream(ErasurePlace):
        places[place.erasure_id].append(place)
    lines = reading.find(Erasure)
    last = ledger_head(reading)
    ends = any(line.seal == last for line in lines) if lines else last == CHAIN_START
    return (
        ends
        and is_whole(lines, lambda line: ledger_seal(key, line, counts[line.id], places[line.id]))
        and counts.keys() | places.keys() <= {line.id for line in lines}
    )


def _counts(entry: Erasure, plan: ErasurePlan) -> list[ErasureCount]:
    shown = preview_of(plan)
    rows = [(section.value, number, False, None, None) for section, number in plan.gone().items()]
    if shown.nameless:
        rows.append((_NAMELESS, shown.nameless, False, None, None))
    stays = [(_SEALED, len(s.numbers), True, s.law, s.until) for s in shown.stays]
    return [
        ErasureCount(
            id=random_id(), erasure_id=entry.id, record=record, number=number, stays=stay, law=law, until=until
        )
        for record, number, stay, law, until in (*rows, *stays)
    ]


def _note_proof(office: Office, writing: Writing, trace: Trace, number: str, searched: Searched) -> None:
    entry = writing.find(Erasure, eq("number", number))[0]
    writing.insert(
        ErasureProof(
            id=random_id(),
            erasure_id=entry.id,
            searched_at=office.clock.now(),
            pages=searched.pages,
            details=searched.details,
            shared=searched.shared,
            found=searched.found,
            pending=searched.pending,
        )
    )
    trace.row = entry.id
