"""A form on which people say yes or no by hand: for one person, blank, or a list that many sign."""

from __future__ import annotations

from desktop_crm.documents.blocks import sentence
from desktop_crm.documents.finish import paper
from desktop_crm.documents.fonts import Face
from desktop_crm.documents.form_model import AskedOnPaper, ConsentForm
from desktop_crm.documents.letterhead import letterhead, running_head
from desktop_crm.documents.page import Sheet, height, rounded
from desktop_crm.documents.qr import draw_qr
from desktop_crm.documents.styles import (
    BODY,
    BODY_SOFT,
    HEAD,
    INK,
    LEFT,
    PAGE_HEIGHT,
    RIGHT,
    SECTION,
    SMALL,
    SOFT,
    SUBHEAD,
    TEAL,
    TEAL_LINE,
    TITLE,
    WIDTH,
    Style,
)
from desktop_crm.privacy.gate import Released
from desktop_crm.words import Words

_QR = 58.0
_CODE = Style(Face.MONO, 11.5, 15)
_BOX = 13.0
_ANSWER = 110.0
_LINE = 40.0
_SIGN_LINE = 30.0
_LINES_AT_LEAST = 10


def consent_form_pdf(form: Released[ConsentForm], words: Words) -> bytes:
    """The form as a PDF. Its title is its code alone; the same form gives the same bytes."""
    data = form.content
    return paper(_Form(data, words).written(), data.code, data.language, data.made_at)


class _Form:
    """One form while it is written."""

    def __init__(self, form: ConsentForm, words: Words) -> None:
        self._form = form
        self._words = words
        self._sheet = Sheet(lambda sheet: running_head(sheet, form.shop, f"{form.code_label} {form.code}"))

    def written(self) -> bytes:
        """The pages as a raw PDF."""
        form, sheet = self._form, self._sheet
        letterhead(sheet, form.shop, self._words)
        self._code()
        sheet.y = 112
        narrow = WIDTH - _QR - 70
        sheet.y = sheet.stack(sheet.type.lines(form.title, TITLE, narrow), LEFT, sheet.y, narrow) + 8
        if form.greeting:
            sheet.y = sheet.stack(sheet.type.lines(form.greeting, SUBHEAD, narrow), LEFT, sheet.y, narrow)
        sheet.y = sheet.stack(sheet.type.lines(form.asker, SMALL, narrow), LEFT, sheet.y, narrow)
        sheet.y = max(sheet.y, 100 + _QR + 26) + 4
        self._lines_for(form.fill_in)
        sentence(sheet, form.lead, before=8)
        for question in form.questions:
            self._question(question)
        sheet.rule(sheet.y, TEAL, TEAL_LINE)
        sentence(sheet, form.take_back, before=9)
        sentence(sheet, form.given, before=3)
        if form.columns:
            self._signing_lines()
        else:
            self._lines_for(form.signed)
        self._notice()
        sheet.footer(f"{form.code_label} {form.code}", lambda page, total: f"{page} / {total}")
        return sheet.finish()

    def _code(self) -> None:
        """Where a hand finds it, and a telephone."""
        sheet, top = self._sheet, 100.0
        draw_qr(sheet, self._form.code, RIGHT - _QR, top, _QR)
        sheet.text(self._form.code_label, HEAD, RIGHT, top + _QR + 11, "right")
        sheet.text(self._form.code, _CODE, RIGHT, top + _QR + 24, "right")

    def _question(self, question: AskedOnPaper) -> None:
        """A question with its boxes stays on one page, unless it is longer than one."""
        sheet = self._sheet
        title = sheet.type.lines(question.title, SUBHEAD, WIDTH)
        lines = [line for text in question.lines for line in sheet.type.lines(text, BODY_SOFT, WIDTH)]
        boxes = 34.0 if self._form.answers else 8.0
        sheet.y += 8
        sheet.need(min(height(title) + height(lines) + boxes + 12, 500))
        sheet.rule(sheet.y, TEAL, TEAL_LINE)
        sheet.y += 7
        sheet.paragraph(title)
        sheet.paragraph(lines)
        self._answers()
        sheet.y += 8

    def _answers(self) -> None:
        """Boxes alike in size, side by side."""
        if not self._form.answers:
            return
        sheet = self._sheet
        sheet.need(30)
        top = sheet.y + 7
        for at, answer in enumerate(self._form.answers):
            left = LEFT + _ANSWER * at
            sheet.draw(f"{INK} RG 1 w {rounded(left, PAGE_HEIGHT - top - _BOX, _BOX, _BOX, 2)} S")
            sheet.stack(sheet.type.lines(answer, BODY, _ANSWER - 25), left + _BOX + 7, top - 0.6, _ANSWER - 25)
        sheet.y = top + _BOX + 5

    def _lines_for(self, labels: tuple[str, ...]) -> None:
        """Lines to write on, two in a row."""
        sheet, wide = self._sheet, (WIDTH - 24) / 2
        for at in range(0, len(labels), 2):
            sheet.need(_LINE + 12)
            for place, text in enumerate(labels[at : at + 2]):
                left = LEFT + (wide + 24) * place
                sheet.rule(sheet.y + _LINE - 8, SOFT, 0.6, left, left + wide)
                sheet.line(sheet.type.clipped(text, HEAD, wide), left, sheet.y + _LINE + 3)
            sheet.y += _LINE + 4

    def _signing_lines(self) -> None:
        """As many lines as the page holds, and a page more where there is hardly room."""
        sheet, columns = self._sheet, self._form.columns
        sheet.y += 12
        if sheet.room < _SIGN_LINE * 4:
            sheet.turn()
        wide = WIDTH / len(columns)
        for at, text in enumerate(columns):
            sheet.line(sheet.type.clipped(text, SUBHEAD, wide - 8), LEFT + wide * at, sheet.y + 10)
        sheet.y += 14
        done = 0
        while sheet.room >= _SIGN_LINE or done < _LINES_AT_LEAST:
            sheet.need(_SIGN_LINE)
            sheet.y += _SIGN_LINE
            done += 1
            for at in range(len(columns)):
                left = LEFT + wide * at
                sheet.rule(sheet.y, SOFT, 0.6, left, left + wide - 8)

    def _notice(self) -> None:
        """On pages of its own, so that it can be taken along."""
        if self._form.notice:
            self._sheet.turn()
            notice(self._sheet, self._form.notice)


def notice(sheet: Sheet, text: str) -> None:
    """A privacy notice: its first line as the title, and parts that each begin with a line of their own."""
    title, *parts = text.split("\n\n")
    sheet.y = sheet.stack(sheet.type.lines(title, SECTION, WIDTH), LEFT, sheet.y, WIDTH) + 4
    for part in parts:
        head, _, body = part.partition("\n")
        heads = sheet.type.lines(head, SUBHEAD if body else BODY, WIDTH)
        lines = sheet.type.lines(body, BODY, WIDTH) if body else ()
        sheet.need(5 + height(heads) + min(height(lines), 3 * BODY.leading))
        sheet.y += 5
        sheet.paragraph(heads)
        sheet.paragraph(lines)
