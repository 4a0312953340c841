"""Every text that a page shows or tells a screen reader."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from tests.architecture.test_words import FORBIDDEN

_LIBRARY = "keyring"
"""A library of this name stands among the licences."""


def texts(window: QWidget) -> Iterator[str]:
    """What stands on the window, hidden parts included."""
    for one in (window, *window.findChildren(QWidget)):
        yield from (one.accessibleName(), one.accessibleDescription(), one.toolTip(), one.windowTitle())
        yield from _own(one)
    yield from (action.text() for action in window.findChildren(QAction))


def trade_words(window: QWidget) -> list[str]:
    """Texts with a word that means nothing to the people who use the program."""
    return sorted({text for text in texts(window) if FORBIDDEN.search(text) and not text.startswith(_LIBRARY)})


def _own(one: QWidget) -> Iterator[str]:
    if isinstance(one, QLabel | QAbstractButton):
        yield one.text()
    elif isinstance(one, QLineEdit):
        yield from (one.text(), one.placeholderText())
    elif isinstance(one, QPlainTextEdit):
        yield from (one.toPlainText(), one.placeholderText())
    elif isinstance(one, QComboBox):
        yield from (one.itemText(number) for number in range(one.count()))
    elif isinstance(one, QAbstractItemView) and one.model() is not None:
        model = one.model()
        for number in range(min(model.rowCount(), 100)):
            yield str(model.index(number, 0).data() or "")
