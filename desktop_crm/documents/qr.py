"""Pictures that a telephone reads (QR codes): as rows of dots, and drawn on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_crm.documents.page import Sheet

Dots = tuple[tuple[bool, ...], ...]


def dots_of(text: str) -> Dots:
    """The rows of dots of a text; True is dark. Around them belong four dots of white."""
    import segno

    return tuple(tuple(bool(dot) for dot in row) for row in segno.make(text, error="m", micro=False).matrix)


def draw_qr(sheet: Sheet, text: str, left: float, top: float, side: float, *, quiet: int = 0) -> None:
    """Draws it, `side` points wide with `quiet` dots of white around it, its left upper corner there."""
    from desktop_crm.documents.styles import INK, PAGE_HEIGHT

    rows = dots_of(text)
    dot = side / (len(rows) + 2 * quiet)
    left, bottom = left + quiet * dot, PAGE_HEIGHT - top - (quiet + 1) * dot
    dark = [(x, y) for y, row in enumerate(rows) for x, on in enumerate(row) if on]
    dots = (f"{left + x * dot:.3f} {bottom - y * dot:.3f} {dot:.3f} {dot:.3f} re" for x, y in dark)
    sheet.draw(f"{INK} rg {' '.join(dots)} f")
