"""Our own line icons: files on a grid of 24 units, coloured while the window runs."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import ClassVar

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap, QTransform

from desktop_crm.resource_files import resource
from desktop_crm.ui.look.theme import tokens

NAMES = frozenset(
    "alert arrow-left arrow-right bag bell box building cake calendar camera check chevron-down chevron-left "
    "chevron-right chevron-up clock contrast copy dots download external eye eye-off file filter folder gear globe "
    "hand heart help id inbox info key link list lock mail minus monitor moon note palette pen phone pin play plus "
    "printer refresh robot scissors search send shield star sun table tag task trash truck undo unlock upload usb "
    "user users x".split()
)

_POINTING = frozenset("arrow-left arrow-right chevron-left chevron-right external list send undo".split())
"""Icons that point along the reading direction and turn round with it."""


def pixmap(name: str, color: str, size: int = 18, ratio: float = 1.0) -> QPixmap:
    """An icon of `size` logical pixels; `color` is a token's name or `#RRGGBB`."""
    turned = name in _POINTING and QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    return _picture(name, tokens().color(color), size, ratio, turned)


def icon(name: str, color: str | None = None, size: int = 18) -> QIcon:
    """An icon for menus and tables, no larger than `size`. The name of a token as colour follows the look in force."""
    return QIcon(_Drawn(name, color or "text2", size))


@cache
def _strokes(name: str) -> bytes:
    if name not in NAMES:
        raise ValueError(f"no icon {name}")
    return resource("icons", f"{name}.svg").read_bytes()


@lru_cache(maxsize=512)
def _picture(name: str, color: str, size: int, ratio: float, turned: bool) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer

    coloured = _strokes(name).replace(b"currentColor", color.encode())
    pixels = max(1, round(size * ratio))
    made = QPixmap(pixels, pixels)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(QByteArray(coloured)).render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    if turned:
        made = made.transformed(QTransform().scale(-1, 1))
    made.setDevicePixelRatio(ratio)
    return made


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
