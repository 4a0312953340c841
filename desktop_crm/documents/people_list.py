"""Lists of people for one use: tables, address books, sheets of labels, a list of calls. Names and one way, no more."""

from __future__ import annotations

import io
from collections.abc import Callable

from desktop_crm.documents.blocks import sentence
from desktop_crm.documents.finish import paper
from desktop_crm.documents.fonts import Face
from desktop_crm.documents.letterhead import small_head
from desktop_crm.documents.list_model import About, Listed, ListForm, People
from desktop_crm.documents.page import Sheet
from desktop_crm.documents.spreadsheet import table_csv
from desktop_crm.documents.styles import (
    BODY_SOFT,
    LEFT,
    MM,
    PAGE_HEIGHT,
    STRONG,
    TABLE,
    TABLE_STRONG,
    TITLE,
    WIDTH,
    Style,
)
from desktop_crm.documents.table import Column, Row, Table
from desktop_crm.documents.text import plain_unicode
from desktop_crm.documents.vcard import Card, vcard
from desktop_crm.words import M, Words

_PAD = 4 * MM
_ON_LABEL = Style(Face.SANS, 10.5, 13.5)


def list_file(form: ListForm, people: People, about: About, words: Words) -> bytes:
    """The list as one file."""
    return _WRITERS[form](people, about, words)


def _heads(people: People) -> list[tuple[M, Callable[[Listed], str]]]:
    """The columns that anybody fills."""
    every: list[tuple[M, Callable[[Listed], str]]] = [
        (M("Name"), lambda one: one.name),
        (M("Company"), lambda one: one.company),
        (M("Email"), lambda one: one.email),
        (M("Phone"), lambda one: one.phone),
        (M("Address"), lambda one: "\n".join(one.address)),
    ]
    return [head for head in every if any(head[1](one) for one in people.content)]


def _csv(people: People, _about: About, words: Words) -> bytes:
    heads = _heads(people)
    rows = [[value(one) for _, value in heads] for one in people.content]
    return table_csv([[words.say(title) for title, _ in heads], *rows])


def _xlsx(people: People, about: About, words: Words) -> bytes:
    """Cells of text alone: nothing in them is ever computed."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell

    book = Workbook(write_only=True)
    book.properties.creator = "Desktop CRM"
    page = book.create_sheet(about.number)
    heads = _heads(people)
    for texts in (
        [words.say(title) for title, _ in heads],
        *([value(one) for _, value in heads] for one in people.content),
    ):
        cells = []
        for text in texts:
            cell = WriteOnlyCell(page, plain_unicode(text))
            cell.data_type = "s"
            cells.append(cell)
        page.append(cells)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _vcard(people: People, _about: About, _words: Words) -> bytes:
    return b"".join(vcard(_card(one)) for one in people.content)


def _card(one: Listed) -> Card:
    return Card(
        {"name": one.name, "company": one.company, **one.parts},
        emails=({"address": one.email},) if one.email else (),
        phones=({"number": one.phone},) if one.phone else (),
        addresses=(one.parts,) if one.address else (),
    )


def _addresses(people: People, _about: About, _words: Words) -> bytes:
    return "".join(f"{plain_unicode(one.email)}\r\n" for one in people.content if one.email).encode()


def _labels(people: People, about: About, words: Words) -> bytes:
    """Sheets of labels, from the label on which the first sheet begins."""
    sheet, grid = Sheet(bottom=PAGE_HEIGHT), about.labels
    each = grid.across * grid.down
    for at, one in enumerate(people.content, about.begin_at - 1):
        if at and at % each == 0:
            sheet.turn()
        down, across = divmod(at % each, grid.across)
        x = (grid.left + across * (grid.wide + grid.apart)) * MM + _PAD
        top, width = (grid.top + down * grid.tall) * MM + _PAD, grid.wide * MM - 2 * _PAD
        room = grid.tall * MM - 2 * _PAD
        lines = [line for text in (one.name, *one.address) for line in sheet.type.lines(text, _ON_LABEL, width)]
        sheet.stack(lines[: int(room // _ON_LABEL.leading)], x, top, width)
    return paper(sheet.finish(), words.say(M("Labels {number}", number=about.number)), words.language, about.made_at)


def _calls(people: People, about: About, words: Words) -> bytes:
    say = words.say
    title = say(M("List of calls {number}", number=about.number))
    sheet = Sheet(lambda page: small_head(page, about.shop, title))
    small_head(sheet, about.shop, say(M("Made on {day}", day=about.made_at)))
    sheet.y = sheet.stack(sheet.type.lines(title, TITLE, WIDTH), LEFT, sheet.y + 14, WIDTH) + 4
    sentence(sheet, say(M("What for: {purpose}", purpose=about.purpose)), STRONG)
    for text in about.keep_in_mind:
        sentence(sheet, say(text), BODY_SOFT)
    sheet.y += 12
    heads = (M("Name"), M("Phone"), M("Rung on"), M("What was said"))
    widths = (WIDTH * 0.3, WIDTH * 0.25, WIDTH * 0.15, WIDTH * 0.3)
    table = Table(sheet, [Column(say(head), width) for head, width in zip(heads, widths, strict=True)], pad=8)
    table.write(_call(one) for one in people.content)
    sheet.footer(about.number, lambda page, total: say(M("Page {page} of {total}", page=page, total=total)))
    return paper(sheet.finish(), title, words.language, about.made_at)


def _call(one: Listed) -> Row:
    name = ((one.name, TABLE_STRONG), (one.company, TABLE)) if one.company else ((one.name, TABLE_STRONG),)
    return Row((name, ((one.phone, TABLE),), (("", TABLE),), (("", TABLE),)))


_WRITERS: dict[ListForm, Callable[[People, About, Words], bytes]] = {
    ListForm.CSV: _csv,
    ListForm.XLSX: _xlsx,
    ListForm.VCARD: _vcard,
    ListForm.LABELS: _labels,
    ListForm.CALLS: _calls,
    ListForm.ADDRESSES: _addresses,
}
