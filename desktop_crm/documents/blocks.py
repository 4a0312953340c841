"""Pieces that several papers share: headings, sentences, tinted boxes, rows of a label and a text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop_crm.documents.page import Sheet, fitting, height
from desktop_crm.documents.styles import (
    BODY,
    BODY_TOP,
    LEFT,
    LINE,
    RIGHT,
    SECTION,
    SMALL,
    SUBHEAD,
    TEAL,
    TEAL_STRONG,
    TEAL_TINT,
    WIDTH,
    Style,
)
from desktop_crm.documents.text import Line, bound

Spans = tuple[tuple[str, Style], ...]
_BOX_SPACE = 36.6
NUMBERED = 25.5
"""Points from a section's number to its title."""


def heading(sheet: Sheet, number: int, title: str, note: str | None, keep: float) -> None:
    """A numbered section heading with a line of small print; `keep` points of what follows stay on its page."""
    title_lines = sheet.type.lines(title, SECTION, WIDTH - NUMBERED)
    note_lines = sheet.type.lines(note, SMALL, WIDTH - NUMBERED) if note else ()
    tall = height(title_lines) + height(note_lines)
    fresh = sheet.need(tall + 34 + keep) or sheet.y < BODY_TOP + 1
    sheet.y += 0 if fresh else 22
    sheet.mark(title)
    sheet.stack(sheet.type.lines(str(number), SECTION.coloured(TEAL), NUMBERED), LEFT, sheet.y, NUMBERED)
    sheet.y = sheet.stack(title_lines, LEFT + NUMBERED, sheet.y, WIDTH - NUMBERED)
    sheet.y = sheet.stack(note_lines, LEFT + NUMBERED, sheet.y, WIDTH - NUMBERED) + 8


def subheading(sheet: Sheet, title: str, keep: float) -> None:
    """A bold heading without a number."""
    lines = sheet.type.lines(title, SUBHEAD, WIDTH)
    fresh = sheet.need(height(lines) + 16 + keep) or sheet.y < BODY_TOP + 1
    sheet.y = sheet.stack(lines, LEFT, sheet.y + (0 if fresh else 14), WIDTH) + 2


def sentence(sheet: Sheet, text: str, style: Style = BODY, *, before: float = 0) -> None:
    """A paragraph over the whole width."""
    sheet.y += before
    sheet.paragraph(sheet.type.lines(bound(text), style, WIDTH))


def tinted(sheet: Sheet, title: str, text: str, style: Style = BODY) -> None:
    """A tinted box with a bold title; a text that is longer than a page goes on in a box on the next."""
    lines = _box_lines(sheet, title, text, style)
    if height(lines) + _BOX_SPACE <= sheet.bottom - BODY_TOP:
        sheet.need(height(lines) + _BOX_SPACE)
    sheet.y += 14
    boxed(sheet, lines, LEFT, WIDTH, 11.3, TEAL_TINT)


def tinted_height(sheet: Sheet, title: str, text: str, style: Style = BODY) -> float:
    """Points that `tinted` takes."""
    return height(_box_lines(sheet, title, text, style)) + _BOX_SPACE


def _box_lines(sheet: Sheet, title: str, text: str, style: Style) -> tuple[Line, ...]:
    inner = WIDTH - 22.6
    return (*sheet.type.lines(title, SUBHEAD, inner), *sheet.type.lines(bound(text), style, inner))


def boxed(sheet: Sheet, lines: Sequence[Line], left: float, width: float, pad: float, colour: str) -> None:
    """Lines on a tinted ground, over as many pages as they take."""
    done = 0
    while done < len(lines):
        fit = fitting(lines[done:], sheet.room - 2 * pad)
        if fit == 0 and sheet.y > BODY_TOP + 1:
            sheet.turn()
            continue
        part = lines[done : done + max(fit, 1)]
        sheet.box(sheet.y, height(part) + 2 * pad, colour, left, width)
        sheet.y = sheet.stack(part, left + pad, sheet.y + pad, width - 2 * pad) + pad
        done += len(part)
        if done < len(lines):
            sheet.turn()


def answers(sheet: Sheet, rows: Iterable[tuple[str, Spans]], left: float, colour: str = LINE) -> None:
    """Rows of a teal label and a text at `left` points from the margin, with a hairline around each."""
    first = True
    for label, spans in rows:
        lines = sheet.type.flow(spans, WIDTH - left)
        names = sheet.type.lines(label, TEAL_STRONG, left - 12)
        tall = max(height(lines), height(names)) + 9.6
        first = sheet.need(tall) or first
        if first:
            sheet.rule(sheet.y, colour)
        first = False
        sheet.stack(names, LEFT, sheet.y + 4.2, left - 12)
        sheet.stack(lines, LEFT + left, sheet.y + 4.2, RIGHT - LEFT - left)
        sheet.y += tall
        sheet.rule(sheet.y, colour)
