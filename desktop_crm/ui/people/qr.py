"""A picture for the telephone (QR code), always dark on white: no telephone reads it the other way round."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_crm.documents.qr import Dots, dots_of
from desktop_crm.ui.look import paint

_QUIET = 4
"""Modules of white around it, as the standard wants."""
_SIDE = 220


class QrCode(QWidget):
    """Shows one text. Each dot is a whole number of pixels, so that no edge is blurred."""

    def __init__(self, text: str, name: str) -> None:
        """`name` is what a screen reader says; the text itself stands beside it for those who cannot scan."""
        super().__init__()
        self._dots = dots_of(text)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def dots(self) -> Dots:
        """The rows of dots; True is dark."""
        return self._dots

    def sizeHint(self) -> QSize:
        side = self._dot() * (len(self._dots) + 2 * _QUIET)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        painter.setRenderHint(painter.RenderHint.Antialiasing, False)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        dot = self._dot()
        for y, row in enumerate(self._dots, _QUIET):
            for x, dark in enumerate(row, _QUIET):
                if dark:
                    painter.fillRect(QRect(x * dot, y * dot, dot, dot), Qt.GlobalColor.black)

    def _dot(self) -> int:
        return max(2, _SIDE // (len(self._dots) + 2 * _QUIET))
