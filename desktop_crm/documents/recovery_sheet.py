"""The recovery sheet: the groups that open the customer file when the computer cannot."""

from __future__ import annotations

from datetime import UTC, datetime, time

from desktop_crm.documents.blocks import boxed
from desktop_crm.documents.finish import paper
from desktop_crm.documents.fonts import Face
from desktop_crm.documents.letterhead import small_head
from desktop_crm.documents.model import RecoverySheet, Shop
from desktop_crm.documents.page import Sheet, rounded
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
from desktop_crm.words import M, Words

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
    made_at = datetime.combine(data.printed_on, time(), UTC)
    return paper(_sheet(data, words), words.say(M("Recovery sheet")), words.language, made_at)


def _sheet(data: RecoverySheet, words: Words) -> bytes:
    sheet = Sheet()
    sheet.draw(f"{TEAL} rg 0 {PAGE_HEIGHT - 8.5:.2f} {PAGE_WIDTH:.2f} 8.5 re f")
    begun = M("Customer file “{shop}”, begun {day}", shop=data.shop, day=words.day(data.begun_on, long=True))
    small_head(sheet, Shop(data.shop), words.say(begun))
    _opening(sheet, words)
    _groups(sheet, data, words)
    _advice(sheet, words)
    _warning(sheet, words)
    _fields(sheet, words)
    printed = words.day(data.printed_on, long=True)
    foot = M("Recovery sheet · printed {day} · Desktop CRM {version}", day=printed, version=data.version)
    sheet.footer(words.say(foot), None)
    return sheet.finish()


def _opening(sheet: Sheet, words: Words) -> None:
    sheet.y = sheet.stack(sheet.type.lines(words.say(M("Recovery sheet")), _TITLE, WIDTH), LEFT, 120, WIDTH) + 3
    strong = Style(Face.BOLD, _LEAD.size, _LEAD.leading)
    spans = (
        (words.say(M("If this computer breaks or forgets its key,")) + " ", _LEAD),
        (words.say(M("only this sheet")) + " ", strong),
        (words.say(M("opens your customer list. Nobody can make a second one for you, not even us.")), _LEAD),
    )
    sheet.y = max(sheet.stack(sheet.type.flow(spans, WIDTH), LEFT, sheet.y, WIDTH) + 22, 223)


def _groups(sheet: Sheet, data: RecoverySheet, words: Words) -> None:
    box_top = sheet.y
    sheet.y = box_top + _BOX_TALL
    sheet.draw(f"{INK} RG 1 w {rounded(LEFT, PAGE_HEIGHT - box_top - _BOX_TALL, WIDTH, _BOX_TALL, 8)} S")
    wide = (WIDTH - 2 * _PAD) / 4
    for at, group in enumerate(data.groups):
        x, top = LEFT + _PAD + wide * (at % 4), box_top + 25 + 71 * (at // 4)
        sheet.text(str(at + 1), SMALL, x, top)
        sheet.text(group, _GROUP, x, top + 33)
    line = box_top + 167.5
    sheet.rule(line, left=LEFT + _PAD, right=RIGHT - _PAD)
    sheet.text(words.say(M("Check group")), SMALL, LEFT + _PAD, line + 17)
    sheet.text(data.check, _CHECK, LEFT + _PAD, line + 41)
    note = M(
        "Capitals or small letters, with or without spaces: all the same. The letters I, L, O and U do not occur: what "
        "looks like one is a 1, a 0 or a V. The check group finds slips of the pen."
    )
    wide_note = WIDTH - 2 * _PAD - wide
    sheet.stack(
        sheet.type.lines(words.say(note), TABLE.coloured(SOFT), wide_note), LEFT + _PAD + wide, line + 9, wide_note
    )


def _advice(sheet: Sheet, words: Words) -> None:
    advice = (
        (
            M("Keep it safe"),
            M("With your passport or birth certificate, not beside the computer. No photo: it may land in a cloud."),
        ),
        (
            M("When you need it"),
            M("Type the 8 groups and the check group into a text file and run: desktop-crm recover --code-file FILE"),
        ),
        (
            M("A second copy"),
            M("This version cannot print a second one. Make a copy by hand now and keep it in another place."),
        ),
    )
    wide = (WIDTH - 34) / 3
    ends = []
    top = sheet.y + 34
    for at, (title, text) in enumerate(advice):
        left = LEFT + (wide + 17) * at
        sheet.rule(top, TEAL, TEAL_LINE, left, left + wide)
        sheet.text(str(at + 1), _NUMBER, left, top + 23)
        sheet.text(words.say(title), STRONG, left + 17, top + 21.5)
        ends.append(sheet.stack(sheet.type.lines(words.say(text), TABLE.coloured(SOFT), wide), left, top + 32, wide))
    sheet.y = max(*ends, top + 82)


def _warning(sheet: Sheet, words: Words) -> None:
    spans = (
        (words.say(M("Treat it like a house key.")) + " ", STRONG),
        (
            words.say(
                M("Whoever has this sheet and your computer, or one of your safety copies, can open everything.")
            ),
            BODY,
        ),
    )
    sheet.y += 38
    boxed(sheet, sheet.type.flow(spans, WIDTH - 22.6), LEFT, WIDTH, 11.3, AMBER_TINT)


def _fields(sheet: Sheet, words: Words) -> None:
    """Lines to be filled in by hand."""
    labels = (M("Kept at"), M("Second copy at"), M("Tried out on"), M("Initials"))
    wide = (WIDTH - 3 * 13.5) / 4
    for at, label in enumerate(labels):
        left = LEFT + (wide + 13.5) * at
        sheet.rule(705, SOFT, 0.5, left, left + wide)
        sheet.text(words.say(label), HEAD, left, 715)
