"""Signatures: lines as they are stored (points `x,y` apart by blanks, each line of the pen a line), drawn on paper."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_crm.documents.page import Sheet
from desktop_crm.documents.styles import INK, PAGE_HEIGHT

Strokes = tuple[tuple[tuple[int, int], ...], ...]
_POINTS = re.compile(r"-?\d{1,5},-?\d{1,5}(?: -?\d{1,5},-?\d{1,5})*")
_WHOLE = 1000
"""Points are told in thousandths of the field's width."""
_PEN = 1.1


def strokes_of(text: str) -> Strokes:
    """The lines of a stored signature; none if it is none."""
    lines = text.splitlines()
    if not all(_POINTS.fullmatch(line) for line in lines):
        return ()
    return tuple(tuple(_point(pair) for pair in line.split(" ")) for line in lines)


def _point(pair: str) -> tuple[int, int]:
    x, _, y = pair.partition(",")
    return int(x), int(y)


def drawn(sheet: Sheet, strokes: Strokes, left: float, top: float, width: float, tall: float) -> None:
    """Draws a signature into a field, whole and in its proportions, however wide the field was that it was made in."""
    points = [point for stroke in strokes for point in stroke]
    right, bottom = max(x for x, _ in points), max(y for _, y in points)
    scale = min(width / max(right, _WHOLE), tall / max(bottom, 1))
    placed = [[(left + x * scale, PAGE_HEIGHT - top - y * scale) for x, y in stroke] for stroke in strokes]
    sheet.draw(f"q {INK} RG {_PEN} w 1 J 1 j {' '.join(_path(stroke) for stroke in placed)} Q")


def _path(stroke: Sequence[tuple[float, float]]) -> str:
    """A line of the pen; a point of its own is a dot."""
    (x, y), *rest = stroke if len(stroke) > 1 else (*stroke, *stroke)
    return f"{x:.2f} {y:.2f} m {' '.join(f'{to_x:.2f} {to_y:.2f} l' for to_x, to_y in rest)} S"
