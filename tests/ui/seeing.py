"""How tests look at a widget."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

Show = Callable[[QWidget], QWidget]


def image(widget: QWidget) -> QImage:
    """What a widget looks like now."""
    return widget.grab().toImage()


def colours(picture: QImage) -> set[str]:
    """Every colour of a picture, as tokens write them."""
    return {picture.pixelColor(x, y).name().upper() for x in range(picture.width()) for y in range(picture.height())}


def focused() -> QWidget:
    """Where the keyboard is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget
