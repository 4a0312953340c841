"""Round pictures of people: their initials on a quiet ground."""

from __future__ import annotations

from zlib import crc32

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.theme import tokens
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type, font

_TONES = (Tone.INFO, Tone.SUCCESS, Tone.WARNING, Tone.VIOLET)
"""Never red, which looks like an alarm, nor ours, which vanishes on a selected row."""


def initials(name: str) -> str:
    """Two capitals from the first and last word; one letter in a script without capitals."""
    letters = [word for word in ("".join(filter(str.isalnum, part)) for part in name.split()) if word]
    if not letters:
        return ""
    first = letters[0][0]
    if first.upper() == first.lower() or len(letters) == 1:
        return first.upper()[0]
    return first.upper()[0] + letters[-1][0].upper()[0]


def paint_avatar(painter: QPainter, rect: QRect, name: str, *, lifted: bool = False) -> None:
    """Paint the avatar of a person; `lifted` puts a rim of the surface round it, for selected rows."""
    tone = _TONES[crc32(name.encode()) % len(_TONES)]
    look = tokens()
    inner = rect
    if lifted:
        paint.box(painter, rect.adjusted(-2, -2, 2, 2), rect.height(), fill="surface")
    paint.box(painter, inner, rect.height() / 2, fill=look.soft(tone), edge=look.ink(tone) if look.plain else None)
    letters = initials(name)
    if letters:
        paint.text(painter, rect, letters, _font(rect.height()), look.ink(tone), Qt.AlignmentFlag.AlignHCenter)
    else:
        paint.glyph(painter, rect, "user", look.ink(tone), rect.height() // 2)


def _font(height: int) -> QFont:
    made = font(Type.CARD)
    made.setPixelSize(max(10, round(height * 0.35)))
    return made


class Avatar(QWidget):
    """The avatar of one person. Their name stands beside it, so screen readers may pass over it."""

    def __init__(self, name: str, size: int = 40) -> None:
        super().__init__()
        self.setFixedSize(size, size)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """Show another person."""
        self._name = name
        self.setAccessibleName(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_avatar(paint.painter_on(self), self.rect(), self._name)
