"""Pages of a paper: the grid, text and rules on it, page breaks, running heads, and the finished PDF."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from desktop_crm.documents.fonts import Face, Fonts
from desktop_crm.documents.styles import (
    BODY_BOTTOM,
    BODY_TOP,
    FOOT_RULE,
    HAIRLINE,
    HEAD,
    LEFT,
    LINE,
    PAGE_HEIGHT,
    PAGE_WIDTH,
    RIGHT,
    WIDTH,
    Style,
)
from desktop_crm.documents.text import Line, Typesetter

# Compressed data as it is, not once more as ASCII text: nobody sends these papers through a seven-bit line.
rl_config.useA85 = 0

Align = Literal["left", "right"]

_ROUND = 0.5523
"""How far a Bézier handle lies from the corner of a quarter circle of radius 1."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A heading that is listed in the bookmarks, with where it stands."""

    title: str
    page: int
    y: float
    level: int = 0


class Sheet:
    """Pages that are written from top to bottom. `y` is where the next thing goes, in points from the page's top.

    `head` is called for every page but the first, once it is begun.
    """

    def __init__(self, head: Callable[[Sheet], None] | None = None, bottom: float = BODY_BOTTOM) -> None:
        self._buffer = io.BytesIO()
        pdfmetrics.registerFont(_first_font())
        options: dict[str, Any] = {"invariant": 1, "pageCompression": 1, "initialFontName": Face.SANS.name.title()}
        canvas: Any = Canvas(self._buffer, (PAGE_WIDTH, PAGE_HEIGHT), **options)
        self._canvas = canvas
        # The document says which glyphs are embedded; the canvas offers no other way to it, and no type for it.
        self.type = Typesetter(canvas._doc)
        self._head = head
        self.bottom = bottom
        self.pages: list[list[str]] = []
        self.marks: list[Mark] = []
        self.y = 0.0
        self.turn()

    @property
    def page(self) -> int:
        """Number of the page that is being written, from 1."""
        return len(self.pages)

    def turn(self) -> None:
        """Begins a new page."""
        self.pages.append([])
        self.y = BODY_TOP
        if self._head and self.page > 1:
            self._head(self)

    def need(self, height: float) -> bool:
        """Begins a new page if `height` points do not fit on this one; tells whether it did."""
        if self.y + height <= self.bottom:
            return False
        self.turn()
        return True

    @property
    def room(self) -> float:
        """Points left on this page."""
        return self.bottom - self.y

    def mark(self, title: str, level: int = 0) -> None:
        """Lists a heading in the bookmarks, here."""
        self.marks.append(Mark(title, self.page, self.y, level))

    def draw(self, operators: str, page: int | None = None) -> None:
        """Adds content-stream operators to a page, the present one if none is named."""
        self.pages[(page or self.page) - 1].append(operators)

    def line(self, line: Line, x: float, baseline: float, align: Align = "left", page: int | None = None) -> None:
        """Writes one line with its left or right end at `x`; `baseline` in points from the page's top."""
        left = x - line.width if align == "right" else x
        self.draw(self.type.code(line, left, PAGE_HEIGHT - baseline), page)

    def text(self, text: str, style: Style, x: float, baseline: float, align: Align = "left") -> None:
        """Writes a short text of our own in one line, whatever its width."""
        (line, *_) = self.type.lines(text, style, PAGE_WIDTH)
        self.line(line, x, baseline, align)

    def stack(self, lines: Sequence[Line], x: float, top: float, width: float, align: Align = "left") -> float:
        """Writes lines below each other from `top`; text that reads from the right ends at the right. Gives the end."""
        for line in lines:
            style = line.pieces[-1][1] if line.pieces else HEAD
            baseline = top + style.leading / 2 + style.size * 0.36
            ends_right = align == "right" or line.rtl
            self.line(line, x + width if ends_right else x, baseline, "right" if ends_right else "left")
            top += style.leading
        return top

    def paragraph(self, lines: Sequence[Line], x: float = LEFT, width: float = WIDTH) -> None:
        """Writes lines from `y` on, over as many pages as it takes, never a first or last line alone on a page."""
        done = 0
        while done < len(lines):
            fit = fitting(lines[done:], self.room)
            left = len(lines) - done
            if left - fit == 1:
                fit = fit - 1 if fit > 2 else 0
            if fit == 0 or (fit == 1 < left and self.y > BODY_TOP + 1):
                if self.y <= BODY_TOP + 1:
                    fit = 1
                else:
                    self.turn()
                    continue
            self.y = self.stack(lines[done : done + fit], x, self.y, width)
            done += fit
            if done < len(lines):
                self.turn()

    def rule(
        self, y: float, colour: str = LINE, weight: float = HAIRLINE, left: float = LEFT, right: float = RIGHT
    ) -> None:
        """A horizontal line, `y` points from the page's top."""
        at = PAGE_HEIGHT - y
        self.draw(f"{colour} RG {weight:g} w {left:.2f} {at:.2f} m {right:.2f} {at:.2f} l S")

    def dots(self, left: float, right: float, baseline: float, page: int | None = None) -> None:
        """The dotted line between a title and its page number."""
        at = PAGE_HEIGHT - baseline
        if right > left:
            self.draw(f"{LINE} RG 0.6 w [0.6 2.2] 0 d {left:.2f} {at:.2f} m {right:.2f} {at:.2f} l S [] 0 d", page)

    def box(self, top: float, height: float, colour: str, left: float = LEFT, width: float = WIDTH) -> None:
        """A tinted box with round corners."""
        self.draw(f"{colour} rg {rounded(left, PAGE_HEIGHT - top - height, width, height, 5)} f")

    def footer(self, left: str, page_of: Callable[[int, int], str] | None) -> None:
        """Writes the foot of every page; `page_of` says `page 1 of 5`."""
        baseline = FOOT_RULE + 12
        total = len(self.pages)
        at = PAGE_HEIGHT - FOOT_RULE
        rule = f"{LINE} RG {HAIRLINE} w {LEFT:.2f} {at:.2f} m {RIGHT:.2f} {at:.2f} l S"
        for page in range(1, total + 1):
            self.draw(rule, page)
            self.line(self.type.clipped(left, HEAD, WIDTH * 0.8), LEFT, baseline, "left", page)
            if page_of:
                self.line(self.type.clipped(page_of(page, total), HEAD, WIDTH), RIGHT, baseline, "right", page)

    def finish(self) -> bytes:
        """The pages as a PDF, with bookmarks; `desktop_crm.documents.finish` makes it a paper."""
        canvas = self._canvas
        for number, operators in enumerate(self.pages, 1):
            canvas.addLiteral("\n".join(operators))
            for place, mark in enumerate(self.marks):
                if mark.page == number:
                    canvas.bookmarkHorizontalAbsolute(f"m{place}", PAGE_HEIGHT - mark.y + 14)
            canvas.showPage()
        for place, mark in enumerate(self.marks):
            canvas.addOutlineEntry(mark.title, f"m{place}", mark.level)
        canvas.save()
        return self._buffer.getvalue()


def _first_font() -> TTFont:
    """The font a canvas names at the top of each page; without it that would be Helvetica, which is not embedded."""
    return Fonts().font(Face.SANS)


def fitting(lines: Sequence[Line], room: float) -> int:
    """How many of the lines fit into `room` points."""
    count, used = 0, 0.0
    for line in lines:
        used += line.pieces[-1][1].leading if line.pieces else HEAD.leading
        if used > room:
            break
        count += 1
    return count


def height(lines: Sequence[Line]) -> float:
    """Height of lines below each other, in points."""
    return sum(line.pieces[-1][1].leading if line.pieces else HEAD.leading for line in lines)


def rounded(x: float, y: float, width: float, tall: float, radius: float) -> str:
    """Path of a rectangle with round corners; `x`, `y` is its lower left corner in PDF coordinates."""
    right, top, arm = x + width, y + tall, radius * (1 - _ROUND)
    return (
        f"{x + radius:.2f} {y:.2f} m {right - radius:.2f} {y:.2f} l "
        f"{right - arm:.2f} {y:.2f} {right:.2f} {y + arm:.2f} {right:.2f} {y + radius:.2f} c "
        f"{right:.2f} {top - radius:.2f} l "
        f"{right:.2f} {top - arm:.2f} {right - arm:.2f} {top:.2f} {right - radius:.2f} {top:.2f} c "
        f"{x + radius:.2f} {top:.2f} l "
        f"{x + arm:.2f} {top:.2f} {x:.2f} {top - arm:.2f} {x:.2f} {top - radius:.2f} c "
        f"{x:.2f} {y + radius:.2f} l "
        f"{x:.2f} {y + arm:.2f} {x + arm:.2f} {y:.2f} {x + radius:.2f} {y:.2f} c h"
    )
