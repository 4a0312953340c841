"""The papers of an erasure: the record that names nobody, from the ledger, and the letter that is not kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from desktop_crm import __version__
from desktop_crm.documents import model
from desktop_crm.privacy.gate import AboutOnePerson, names_nobody, to_the_person
from desktop_crm.privacy.presets import load_preset
from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.declare import Section
from desktop_crm.records.erasure import Erasure, ErasureCount, ErasureMark, ErasurePlace, ErasureProof, Ground
from desktop_crm.records.safety_copy import CopyState, SafetyCopy
from desktop_crm.services import labels, who
from desktop_crm.services.erasure_plan import Preview, Stay
from desktop_crm.services.ledger_lines import still_in
from desktop_crm.services.letterheads import authority_on_paper, on_envelope, shop_on_paper
from desktop_crm.services.office import Office
from desktop_crm.services.proof import Searched
from desktop_crm.services.thinning import Thinning
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq
from desktop_crm.words import M, Problem, Words

_NOWHERE_ELSE = M("Paper, mailbox and other programs are not searched by this program, nor are copies others made.")

_SEEN_TO = M("Seen to by a person, who ticked it off.")


@dataclass(frozen=True, slots=True)
class Farewell:
    """What the letter to an erased person says; it lives no longer than the letter takes to write."""

    person: bytes
    number: str
    addressee: tuple[str, ...]
    preview: Preview
    searched: Searched
    asked_on: date
    ground: Ground

    @property
    def asked(self) -> bool:
        """Whether the person wished it; at the end of a keeping time nobody did."""
        return _asked(self.ground)


def _asked(ground: Ground) -> bool:
    return ground is not Ground.KEEPING_TIME


def _gone(counts: Sequence[ErasureCount]) -> tuple[tuple[M, int], ...]:
    by_section = {c.record: c.number for c in counts if not c.stays}
    return tuple((labels.SECTIONS[s], by_section[s.value]) for s in Section if s.value in by_section)


def record_papers(office: Office, words: Words, number: str) -> dict[str, bytes]:
    """PDF and JSON of the erasure record. Raises Problem if there is no such number."""
    from desktop_crm.documents.erasure_record import erasure_record_files

    record = names_nobody(office.read(lambda reading: _record(office, reading, words, number)))
    paper, machine = erasure_record_files(record, words)
    return {f"erasure-{number}.pdf": paper, f"erasure-{number}.json": machine}


def _record(office: Office, reading: Reading, words: Words, number: str) -> model.ErasureRecord:
    found = reading.find(Erasure, eq("number", number))
    if not found:
        raise Problem(M("There is no erasure with this number."))
    entry = found[0]
    counts = reading.find(ErasureCount, eq("erasure_id", entry.id))
    logged = reading.whole().find(AuditEntry, eq("row_id", entry.id), order=("seq",), limit=1)
    return model.ErasureRecord(
        number=number,
        asked_on=entry.asked_on if _asked(entry.ground) else None,
        done_at=entry.done_at,
        ground=labels.of(entry.ground),
        article=labels.ARTICLES[entry.ground],
        actor=who.by_role(reading)(entry.actor),
        gone=_gone(counts),
        stays=tuple(model.Stays(_originals(c), c.number, labels.law(c.law), c.until) for c in counts if c.stays),
        search=_searched(reading, entry),
        elsewhere=_elsewhere(reading, entry),
        log_entry=logged[0].seq if logged else 0,
        seal=entry.seal.hex(),
        version=__version__,
        shop=shop_on_paper(office.shop),
        made_at=entry.done_at,
        language=words.language,
        zone=words.zone,
        anonymised=tuple((labels.nameless(c.number), c.number) for c in counts if c.record == "sale"),
    )


def _originals(count: ErasureCount) -> M:
    return M("original invoice", "original invoices", n=count.number)


def _searched(reading: Reading, entry: Erasure) -> model.FinalSearch:
    proofs = reading.find(ErasureProof, eq("erasure_id", entry.id), order=("-searched_at",), limit=1)
    if not proofs:
        # The program was stopped between the erasure and the search: the details are gone, so it cannot be made up for.
        return model.FinalSearch(0, 0, 0, 0, pending=True)
    last = proofs[0]
    return model.FinalSearch(last.pages, last.details, last.found, last.shared, last.pending)


def _elsewhere(reading: Reading, entry: Erasure) -> tuple[model.Elsewhere, ...]:
    marks = reading.find(ErasureMark, eq("erasure_id", entry.id))
    lines = [model.Elsewhere(_named(one), _SEEN_TO, one.done_on) for one in _places(reading, entry)]
    lines.append(model.Elsewhere(M("Safety copies"), *_in_copies(reading, entry)))
    lines.append(model.Elsewhere(M("Outside this program"), _NOWHERE_ELSE))
    if marks:
        kept = M(
            "{n} pseudonymous trace, kept until:",
            "{n} pseudonymous traces, kept until:",
            n=len(marks),
        )
        lines.append(model.Elsewhere(M("Do-not-bring-back mark"), kept, marks[0].kept_until))
    return tuple(lines)


def _in_copies(reading: Reading, entry: Erasure) -> tuple[M, date | None]:
    """How many safety copies still hold the person just now, and by when the last of them is closed for good."""
    kept = reading.find(SafetyCopy, eq("state", CopyState.KEPT))
    holding = [row for row in kept if still_in(row, [entry])]
    if not holding:
        return M("None that this program made and knows of holds the person."), None
    last = max(row.made_at for row in holding) + timedelta(days=Thinning().longest)
    return (
        M(
            "{n} safety copy still holds the person. It is written anew without them as soon as it can be reached; at "
            "the latest its key is destroyed on:",
            "{n} safety copies still hold the person. They are written anew without them as soon as they can be "
            "reached; at the latest their keys are destroyed on:",
            n=len(holding),
        ),
        last.date(),
    )


def _copies_in_letter(reading: Reading, entry: Erasure) -> M | None:
    said, until = _in_copies(reading, entry)
    return None if until is None else M("{said} {day}.", said=said, day=until)


def _places(reading: Reading, entry: Erasure) -> list[ErasurePlace]:
    return reading.find(ErasurePlace, eq("erasure_id", entry.id), order=("done_on", "place"))


def _named(place: ErasurePlace) -> M:
    return M("{place}", place=place.place)


def letter_papers(office: Office, words: Words, farewell: Farewell) -> dict[str, bytes]:
    """The letter to the person, under the same number. It is handed out and not kept."""
    from desktop_crm.documents.customer_letter import customer_letter_pdf

    preview, searched = farewell.preview, farewell.searched
    letter = model.CustomerLetter(
        number=farewell.number,
        made_at=office.clock.now(),
        asked_on=farewell.asked_on if farewell.asked else None,
        language=words.language,
        zone=words.zone,
        shop=shop_on_paper(office.shop),
        addressee=on_envelope(farewell.addressee, office.shop, words),
        gone=preview.gone,
        stays=tuple(
            model.Stays(
                _invoices(stay),
                len(stay.numbers),
                labels.law(stay.law),
                stay.until,
            )
            for stay in preview.stays
        ),
        search=model.FinalSearch(searched.pages, searched.details, searched.found, searched.shared, searched.pending),
        mark=_mark_sentence(office, farewell.number),
        elsewhere=_elsewhere_in_letter(office, farewell.number),
        authority=authority_on_paper(load_preset(office.shop.country, office.shop.region)),
        anonymised=((labels.nameless(preview.nameless), preview.nameless),) if preview.nameless else (),
    )
    released = to_the_person(AboutOnePerson(farewell.person, letter), asked_by=farewell.person)
    return {f"letter-{farewell.number}.pdf": customer_letter_pdf(released, words)}


def _elsewhere_in_letter(office: Office, number: str) -> M:
    """What was seen to by hand, and that nothing else was searched."""

    def work(reading: Reading) -> tuple[list[ErasurePlace], M | None]:
        entry = reading.find(Erasure, eq("number", number))[0]
        return _places(reading, entry), _copies_in_letter(reading, entry)

    places, copies = office.read(work)
    rest = _NOWHERE_ELSE if copies is None else M("{copies} {rest}", copies=copies, rest=_NOWHERE_ELSE)
    if not places:
        return rest
    return M("Seen to by hand: {places}. {rest}", places=labels.joined([*map(_named, places)]), rest=rest)


def _invoices(stay: Stay) -> M:
    known = [number for number in stay.numbers if number]
    if len(known) < len(stay.numbers):
        return M("{n} original invoice", "{n} original invoices", n=len(stay.numbers))
    return M("Invoice {numbers}", "Invoices {numbers}", numbers=", ".join(known), n=len(known))


def _mark_sentence(office: Office, number: str) -> M | None:
    def marks(reading: Reading) -> list[ErasureMark]:
        entry = reading.find(Erasure, eq("number", number))[0]
        return reading.find(ErasureMark, eq("erasure_id", entry.id))

    kept = office.read(marks)
    if not kept:
        return None
    return M(
        "So that an old list does not bring you back, we keep until {day} a trace that cannot be turned back (a "
        "pseudonym), made from: {what}. After that date it is deleted.",
        day=kept[0].kept_until,
        what=labels.joined([words for kind, words in labels.MADE_OF.items() if any(m.kind is kind for m in kept)]),
    )
