"""How tests look at a widget."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.ui.courier import Courier

Show = Callable[[QWidget], QWidget]


def image(widget: QWidget) -> QImage:
    """What a widget looks like now."""
    return widget.grab().toImage()


def colours(picture: QImage) -> set[str]:
    """Every colour of a picture, as tokens write them."""
    opaque = picture.convertToFormat(QImage.Format.Format_RGB32)  # lines without gaps, four bytes for each pixel
    return {f"#{pixel & 0xFFFFFF:06X}" for pixel in set(memoryview(opaque.constBits()).cast("I"))}


def focused() -> QWidget:
    """Where the keyboard is."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def calm(qtbot: QtBot, courier: Courier) -> None:
    """Wait until every question is answered and what the answers put into a layout is shown.

    Qt shows such widgets with the next round of events; until then neither mouse nor keyboard reaches them.
    """
    shown = False
    while not shown:
        qtbot.waitUntil(lambda: not courier.waiting)
        QApplication.processEvents()
        shown = not courier.waiting
