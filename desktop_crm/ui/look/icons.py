"""Our own line icons: files on a grid of 24 units, coloured while the window runs."""

from __future__ import annotations

from functools import cache, lru_cache

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QPainter, QPixmap, QTransform

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
