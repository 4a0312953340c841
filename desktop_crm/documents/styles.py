"""Colours, sizes and the grid of every paper. Lengths are points (1/72 inch), heights grow downwards."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_crm.documents.fonts import Face

MM = 72 / 25.4
PAGE_WIDTH = 210 * MM
PAGE_HEIGHT = 297 * MM
LEFT = 25 * MM
RIGHT = PAGE_WIDTH - 20 * MM
WIDTH = RIGHT - LEFT
BODY_TOP = 84.0
BODY_BOTTOM = 778.0
FOOT_RULE = 794.0
HAIRLINE = 0.4
TEAL_LINE = 0.9


def _colour(web: str) -> str:
    """`#0E6577` as the three operands of a PDF colour."""
    return " ".join(f"{int(web[i : i + 2], 16) / 255:.4g}" for i in (1, 3, 5))


INK = _colour("#161A20")
SOFT = _colour("#464E5B")
GREY = _colour("#5D6572")
LINE = _colour("#C9CED6")
TEAL = _colour("#0E6577")
TEAL_LIGHT = _colour("#7BA9B4")
TEAL_TINT = _colour("#EDF5F8")
VIOLET = _colour("#6540A0")
AMBER = _colour("#855200")
AMBER_TINT = _colour("#FCF3DF")
GREEN = _colour("#176B3A")


@dataclass(frozen=True, slots=True)
class Style:
    """How a piece of text looks: `size` and `leading` in points, `colour` as PDF operands."""

    face: Face
    size: float
    leading: float
    colour: str = INK

    def coloured(self, colour: str) -> Style:
        """The same style in another colour."""
        return Style(self.face, self.size, self.leading, colour)


HERO = Style(Face.SERIF, 27, 34)
TITLE = Style(Face.SERIF, 20.5, 26)
SECTION = Style(Face.SERIF, 15.5, 20)
SUBHEAD = Style(Face.BOLD, 9.6, 14.2)
BODY = Style(Face.SANS, 9.6, 14.2)
BODY_SOFT = BODY.coloured(SOFT)
STRONG = Style(Face.BOLD, 9.6, 14.2)
TEAL_STRONG = STRONG.coloured(TEAL)
TABLE = Style(Face.SANS, 8.8, 12.2)
TABLE_STRONG = Style(Face.BOLD, 8.8, 12.2)
TABLE_LABEL = TABLE.coloured(GREY)
TABLE_QUOTE = Style(Face.ITALIC, 8.8, 12.6)
HEAD = Style(Face.SANS, 7.6, 10.6, GREY)
SMALL = Style(Face.SANS, 8.1, 11.2, SOFT)
ARTICLE = Style(Face.SANS, 7.8, 11, GREY)
COVERED = Style(Face.SANS, 7.8, 11, AMBER)
MONO = Style(Face.MONO, 8.6, 12)
