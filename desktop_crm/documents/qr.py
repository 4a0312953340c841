"""A picture for the telephone (QR code) on paper."""

from __future__ import annotations

import segno

from desktop_crm.documents.page import Sheet
from desktop_crm.documents.styles import INK, PAGE_HEIGHT


def qr(sheet: Sheet, text: str, left: float, top: float, side: float) -> None:
    """Draws it with its left upper corner there, `side` points wide; the paper around it is its quiet zone."""
    rows = tuple(segno.make(text, error="m", micro=False).matrix)
    dot = side / len(rows)
    dark = [(x, y) for y, row in enumerate(rows) for x, on in enumerate(row) if on]
    dots = (f"{left + x * dot:.3f} {PAGE_HEIGHT - top - (y + 1) * dot:.3f} {dot:.3f} {dot:.3f} re" for x, y in dark)
    sheet.draw(f"{INK} rg {' '.join(dots)} f")
