"""Data to take along (GDPR Art. 20): what a person told the shop, as JSON, as a table and as a vCard."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from desktop_crm.documents.blocks import Spans, answers, sentence
from desktop_crm.documents.finish import Attachment, paper
from desktop_crm.documents.formats import fact_text
from desktop_crm.documents.letterhead import information, letterhead, running_head, signature, window
from desktop_crm.documents.machine import Json, instant, shop, written
from desktop_crm.documents.model import Fact, TakeAlong
from desktop_crm.documents.page import Sheet
from desktop_crm.documents.spreadsheet import table_csv
from desktop_crm.documents.styles import BODY, HERO, LEFT, WIDTH
from desktop_crm.documents.text import plain_unicode
from desktop_crm.documents.vcard import Card, Values, vcard
from desktop_crm.privacy.gate import Released
from desktop_crm.words import M, Words

COLUMNS: dict[str, dict[str, str]] = {
    "contact": {
        "name": "Name",
        "prefix": "Name Prefix",
        "given": "First Name",
        "middle": "Middle Name",
        "family": "Last Name",
        "suffix": "Name Suffix",
        "nickname": "Nickname",
        "company": "Organization Name",
        "department": "Organization Department",
        "job_title": "Organization Title",
        "birthday": "Birthday",
        "language": "Language",
    },
    "contact_email": {"label": "E-mail {n} - Label", "address": "E-mail {n} - Value"},
    "contact_phone": {"label": "Phone {n} - Label", "number": "Phone {n} - Value"},
    "contact_address": {
        "label": "Address {n} - Label",
        "street": "Address {n} - Street",
        "extra": "Address {n} - Extended Address",
        "po_box": "Address {n} - PO Box",
        "postal_code": "Address {n} - Postal Code",
        "city": "Address {n} - City",
        "region": "Address {n} - Region",
        "country": "Address {n} - Country",
    },
    "contact_website": {"label": "Website {n} - Label", "url": "Website {n} - Value"},
    "sensitive_detail": {"kind": "Apart {n} - Label", "text": "Apart {n} - Value", "health": "Apart {n} - Health"},
}
"""Headings of the table, as Google's address book writes them and most programs read them."""


@dataclass(frozen=True, slots=True, repr=False)
class TakeAlongFiles:
    """The three files: everything for programs, a table for spreadsheets, a card for address books."""

    machine: bytes
    table: bytes
    card: bytes

    def named(self, number: str) -> dict[str, bytes]:
        """The files under their names, which bear the number and nobody's name."""
        endings = {"json": self.machine, "csv": self.table, "vcf": self.card}
        return {f"take-along-{number}.{ending}": content for ending, content in endings.items()}


def take_along_files(taken: Released[TakeAlong]) -> TakeAlongFiles:
    """The files. The same data gives the same bytes.

    Raises:
        ValueError: the data is not what the schema of its JSON asks for.
        KeyError: a kind of detail has no heading in the table.
    """
    data = taken.content
    return TakeAlongFiles(written(_json(data), "take-along"), table_csv(_table(data)), vcard(_card(data)))


def take_along_paper(taken: Released[TakeAlong], files: TakeAlongFiles, words: Words) -> bytes:
    """A letter that shows the same and bears the files inside, so that one password can lock all of it."""
    data = taken.content
    title = words.say(M("Data to take along {number}", number=data.number))
    abouts = {
        "json": ("application/json", M("Everything, for programs")),
        "csv": ("text/csv", M("The same as a table, for spreadsheets")),
        "vcf": ("text/vcard", M("The same as a card, for address books and telephones")),
    }
    attached = []
    for name, content in files.named(data.number).items():
        mime, about = abouts[name.rpartition(".")[2]]
        attached.append(Attachment(name, content, words.say(about), mime))
    return paper(_Letter(data, words).written(), title, data.language, data.made_at, *attached)


def _json(data: TakeAlong) -> Json:
    return {
        "format": "desktop-crm data to take along",
        "format_version": 1,
        "number": data.number,
        "made_at": instant(data.made_at),
        "language": data.language,
        "zone": data.zone,
        "program": data.program,
        "shop": shop(data.shop),
        "details": data.details(),
        "data": {kind.record: [_raw(facts) for facts in kind.rows] for kind in data.kinds},
    }


def _raw(facts: Iterable[Fact]) -> Json:
    """The values of one row as they were told."""
    return {fact.name: _value(fact) for fact in facts}


def _value(fact: Fact) -> str | int | float | bool:
    match fact.value:
        case bool() | int() | float():
            return fact.value
        case datetime():
            return instant(fact.value)
        case date():
            return fact.value.isoformat()
    return plain_unicode(str(fact.value))


def _table(data: TakeAlong) -> list[list[str]]:
    """One line for the person below one of headings; of what there are several, each has its columns."""
    cells = [(heading, value) for kind in data.kinds for heading, value in _cells(kind.record, kind.rows)]
    return [[heading for heading, _ in cells], [value for _, value in cells]]


def _cells(record: str, rows: Iterable[Iterable[Fact]]) -> Iterator[tuple[str, str]]:
    for n, facts in enumerate(rows, 1):
        for fact in facts:
            yield COLUMNS[record][fact.name].format(n=n), str(_value(fact))


def _card(data: TakeAlong) -> Card:
    def rows(record: str) -> list[Values]:
        found = (facts for kind in data.kinds if kind.record == record for facts in kind.rows)
        return [{fact.name: str(_value(fact)) for fact in facts} for facts in found]

    # What is kept apart is in the other two: cards are handed on from telephone to telephone.
    (person, *_) = rows("contact") or [{}]
    return Card(person, *map(rows, ("contact_email", "contact_phone", "contact_address", "contact_website")))


class _Letter:
    """The letter while it is written."""

    def __init__(self, data: TakeAlong, words: Words) -> None:
        self._data = data
        self._words = words
        number = self._say(M("Data to take along no. {number}", number=data.number))
        self._sheet = Sheet(lambda sheet: running_head(sheet, data.shop, number))

    def _say(self, message: M) -> str:
        return self._words.say(message)

    def written(self) -> bytes:
        """The pages as a raw PDF."""
        data, sheet = self._data, self._sheet
        letterhead(sheet, data.shop, self._words)
        window(sheet, data.shop, data.addressee)
        made = self._words.instant(data.made_at, long=True).rsplit(",", 1)[0]
        information(sheet, ((self._say(M("Date")), made), (self._say(M("Our reference")), data.number)))
        sheet.y = 250
        title = sheet.type.lines(self._say(M("Your data to take along")), HERO, WIDTH)
        sheet.y = sheet.stack(title, LEFT, sheet.y, WIDTH) + 6
        about = M(
            "This is what you told us about yourself. Inside this file lie three more that another shop or your "
            "telephone can read: all of it for programs (JSON), a table (CSV) and a card (vCard). In the table an "
            "apostrophe stands before what a spreadsheet would take for a formula; the other two are unchanged."
        )
        sentence(sheet, self._say(about))
        sheet.y += 9
        answers(sheet, self._rows(), 150)
        sheet.y += 11
        signature(sheet, data.shop, self._say(M("Kind regards")), None)
        foot = self._say(M("Data to take along no. {number}", number=data.number))
        sheet.footer(foot, self._page if sheet.page > 1 else None)
        return sheet.finish()

    def _page(self, page: int, total: int) -> str:
        return self._say(M("Page {page} of {total}", page=page, total=total))

    def _rows(self) -> Iterator[tuple[str, Spans]]:
        for facts in (facts for kind in self._data.kinds for facts in kind.rows):
            for fact in facts:
                yield self._say(fact.label), ((fact_text(self._words, fact), BODY),)
