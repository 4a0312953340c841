"""Icons as Qt has them, for menus, tables and the sign in the bar. Nothing of the first page needs one."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap

from desktop_crm.ui.look.icons import pixmap


def icon(name: str, color: str | None = None, size: int = 18) -> QIcon:
    """An icon for menus and tables, no larger than `size`. The name of a token as colour follows the look in force."""
    return QIcon(_Drawn(name, color or "text2", size))


class _Drawn(QIconEngine):
    """Draws an icon in the colour that is in force at that moment, so nothing is renewed when the look changes."""

    _clones: ClassVar[list[QIconEngine]] = []
    """Held for good: Qt takes a clone over without telling Python, which would delete it at once."""

    def __init__(self, name: str, color: str, size: int) -> None:
        super().__init__()
        self._name = name
        self._color = color
        self._size = size

    def clone(self) -> QIconEngine:
        self._clones.append(_Drawn(self._name, self._color, self._size))
        return self._clones[-1]

    def actualSize(self, size: QSize, _mode: QIcon.Mode, _state: QIcon.State) -> QSize:
        side = min(size.width(), size.height(), self._size)
        return QSize(side, side)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, _state: QIcon.State) -> None:
        self._draw(painter, rect, mode, painter.device().devicePixelRatioF())

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, _state: QIcon.State, scale: float) -> QPixmap:
        made = QPixmap(size)
        made.fill(Qt.GlobalColor.transparent)
        painter = QPainter(made)
        self._draw(painter, QRect(QPoint(), size), mode, 1.0)
        painter.end()
        made.setDevicePixelRatio(scale)
        return made

    def _draw(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, ratio: float) -> None:
        side = min(rect.width(), rect.height())
        ink = "text3" if mode is QIcon.Mode.Disabled else self._color
        picture = pixmap(self._name, ink, side, ratio)
        corner = rect.center() - QPoint((side - 1) // 2, (side - 1) // 2)
        painter.drawPixmap(corner, picture)
