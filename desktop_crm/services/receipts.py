"""Receipts: what somebody answered, on one page to take home and in two forms for machines."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from desktop_crm.documents import model
from desktop_crm.privacy.gate import AboutOnePerson, to_the_person
from desktop_crm.privacy.presets import load_preset
from desktop_crm.privacy.receipt import Known, numbers, receipt_of
from desktop_crm.records.audit import Verb
from desktop_crm.records.consent import ConsentEvent
from desktop_crm.records.purpose import Notice, Purpose, PurposeData, Wording
from desktop_crm.services import labels
from desktop_crm.services.acts import act
from desktop_crm.services.consents import purpose_by_code
from desktop_crm.services.letterheads import authority_on_paper, language_of, name_of, shop_on_paper
from desktop_crm.services.office import Office
from desktop_crm.services.saving import Saved, check_folder, save
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq
from desktop_crm.words import M, Problem, Words


@dataclass(frozen=True, slots=True, repr=False)
class Receipted:
    """A receipt that was written: its number, how many answers stand on it, its files."""

    number: str
    answers: int
    papers: tuple[Saved, ...]


@act(Verb.ADD, ConsentEvent)
def receipt(
    office: Office, person: bytes, out: Path, *, number: str | None = None, purpose: str | None = None
) -> Receipted:
    """Write the receipt of the answers given last (about a purpose), or the one of that number: PDF, JSON, JSON-LD.

    It belongs to taking answers down, so whoever may do that may hand it over.

    Raises Problem if there is nobody or no such receipt, or the folder cannot be written to.
    """
    check_folder(out)
    paper, words = office.read(lambda reading: _paper(office, reading, person, number, purpose))
    from desktop_crm.documents.receipt import receipt_files

    files = receipt_files(to_the_person(AboutOnePerson(person, paper), asked_by=person), words)
    name = f"receipt-{paper.receipt.number}"
    papers = save(out, {f"{name}.{ending}": content for ending, content in files.items()})
    lines = paper.receipt.answers
    office.looked(person, lines[-1].line.id, len(lines))
    return Receipted(str(paper.receipt.number), len(lines), tuple(papers))


def _paper(
    office: Office, reading: Reading, person: bytes, number: str | None, purpose: str | None
) -> tuple[model.ReceiptPaper, Words]:
    name = name_of(reading, person)
    lines = reading.find(ConsentEvent, eq("contact_id", person))
    known = numbers(lines, purpose_by_code(reading, purpose).id if purpose is not None else None)
    made = receipt_of(lines, _chosen(known, number), _known(reading), office.clock.now())
    shop = office.shop
    words = Words(language_of(reading, person, shop.language), shop.zone)
    paper = model.ReceiptPaper(
        receipt=made,
        name=name,
        shop=shop_on_paper(shop),
        authority=authority_on_paper(load_preset(shop.country, shop.region)),
        made_at=office.clock.now(),
        language=words.language,
        zone=words.zone,
        said=labels.of,
        articles=labels.ARTICLES,
    )
    return paper, words


def _chosen(known: list[UUID], number: str | None) -> UUID:
    if not known:
        raise Problem(
            M("This person has not answered anything here yet, so there is no receipt."),
            safe=M("Nothing was written."),
        )
    if number is None:
        return known[-1]
    found = [one for one in known if str(one) == number.strip().lower()]
    if not found:
        raise Problem(M("This person has no receipt of that number."), safe=M("Nothing was written."))
    return found[0]


def _known(reading: Reading) -> Known:
    return Known(
        purposes={one.id: one for one in reading.find(Purpose)},
        wordings={one.id: one for one in reading.find(Wording)},
        notices={one.id: one for one in reading.find(Notice)},
        data=reading.find(PurposeData),
    )
