"""The recovery sheet: the groups that open the customer file when the computer cannot."""

from __future__ import annotations

from datetime import UTC, datetime, time

from desktop_crm.documents.blocks import boxed
from desktop_crm.documents.finish import paper
from desktop_crm.documents.fonts import Face
from desktop_crm.documents.letterhead import small_head
from desktop_crm.documents.model import RecoverySheet, Shop
from desktop_crm.documents.page import Sheet, rounded
from desktop_crm.documents.recovery_words import SheetWords, Span, sheet_words
from desktop_crm.documents.styles import (
    AMBER_TINT,
    BODY,
    HEAD,
    INK,
    LEFT,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    SMALL,
    SOFT,
    STRONG,
    TABLE,
    TEAL,
    TEAL_LINE,
    WIDTH,
    Style,
)
from desktop_crm.privacy.gate import Released
from desktop_crm.words import Words

_TITLE = Style(Face.SERIF, 32, 40)
_LEAD = Style(Face.SANS, 11.2, 16.2)
_GROUP = Style(Face.MONO, 28, 34)
_CHECK = Style(Face.MONO, 20, 24, TEAL)
_NUMBER = Style(Face.SERIF, 15.5, 20, TEAL)
_BOX_TALL = 227.0
_PAD = 25.5


def recovery_sheet_pdf(sheet: Released[RecoverySheet], words: Words) -> bytes:
    """The sheet as a PDF. It is a key: whoever asks for it must not store it."""
    data = sheet.content
    told = sheet_words(data, words)
    made_at = datetime.combine(data.printed_on, time(), UTC)
    return paper(_sheet(told), told.title, words.language, made_at)


def _sheet(told: SheetWords) -> bytes:
    sheet = Sheet()
    sheet.draw(f"{TEAL} rg 0 {PAGE_HEIGHT - 8.5:.2f} {PAGE_WIDTH:.2f} 8.5 re f")
    small_head(sheet, Shop(told.shop), told.begun)
    _opening(sheet, told)
    _groups(sheet, told)
    _advice(sheet, told)
    _warning(sheet, told)
    _fields(sheet, told)
    sheet.footer(told.foot, None)
    return sheet.finish()


def _spans(spans: tuple[Span, ...], style: Style) -> list[tuple[str, Style]]:
    """A sentence of several parts, with a blank between them."""
    strong = Style(Face.BOLD, style.size, style.leading)
    last = len(spans) - 1
    return [(span.text + " " * (at < last), strong if span.strong else style) for at, span in enumerate(spans)]


def _opening(sheet: Sheet, told: SheetWords) -> None:
    sheet.y = sheet.stack(sheet.type.lines(told.title, _TITLE, WIDTH), LEFT, 120, WIDTH) + 3
    spans = _spans(told.lead, _LEAD)
    sheet.y = max(sheet.stack(sheet.type.flow(spans, WIDTH), LEFT, sheet.y, WIDTH) + 22, 223)


def _groups(sheet: Sheet, told: SheetWords) -> None:
    box_top = sheet.y
    sheet.y = box_top + _BOX_TALL
    sheet.draw(f"{INK} RG 1 w {rounded(LEFT, PAGE_HEIGHT - box_top - _BOX_TALL, WIDTH, _BOX_TALL, 8)} S")
    wide = (WIDTH - 2 * _PAD) / 4
    for at, group in enumerate(told.groups):
        x, top = LEFT + _PAD + wide * (at % 4), box_top + 25 + 71 * (at // 4)
        sheet.text(str(at + 1), SMALL, x, top)
        sheet.text(group, _GROUP, x, top + 33)
    line = box_top + 167.5
    sheet.rule(line, left=LEFT + _PAD, right=RIGHT - _PAD)
    sheet.text(told.check_name, SMALL, LEFT + _PAD, line + 17)
    sheet.text(told.check, _CHECK, LEFT + _PAD, line + 41)
    wide_note = WIDTH - 2 * _PAD - wide
    lines = sheet.type.lines(told.note, TABLE.coloured(SOFT), wide_note)
    sheet.stack(lines, LEFT + _PAD + wide, line + 9, wide_note)


def _advice(sheet: Sheet, told: SheetWords) -> None:
    wide = (WIDTH - 34) / 3
    ends = []
    top = sheet.y + 34
    for at, (title, text) in enumerate(told.advice):
        left = LEFT + (wide + 17) * at
        sheet.rule(top, TEAL, TEAL_LINE, left, left + wide)
        sheet.text(str(at + 1), _NUMBER, left, top + 23)
        sheet.text(title, STRONG, left + 17, top + 21.5)
        ends.append(sheet.stack(sheet.type.lines(text, TABLE.coloured(SOFT), wide), left, top + 32, wide))
    sheet.y = max(*ends, top + 82)


def _warning(sheet: Sheet, told: SheetWords) -> None:
    sheet.y += 38
    boxed(sheet, sheet.type.flow(_spans(told.warning, BODY), WIDTH - 22.6), LEFT, WIDTH, 11.3, AMBER_TINT)


def _fields(sheet: Sheet, told: SheetWords) -> None:
    """Lines to be filled in by hand."""
    wide = (WIDTH - 3 * 13.5) / 4
    for at, name in enumerate(told.fields):
        left = LEFT + (wide + 13.5) * at
        sheet.rule(705, SOFT, 0.5, left, left + wide)
        sheet.text(name, HEAD, left, 715)
