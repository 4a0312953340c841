"""Alt and a letter press a button. The letters are found when Alt goes down, for what can be pressed just then.

So they fit every language and every page, no two buttons on it share one, and what lies below a sheet has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.sheet import Overlay

_LOOK_MS = 250


class AccessKeys(QObject):
    """The letters of one window, while Alt is held."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._shown: list[tuple[Button, QShortcut]] = []
        self._look = QTimer(self)
        self._look.setInterval(_LOOK_MS)
        self._look.timeout.connect(self._hide_once_up)

    def show(self, page: QWidget | None) -> None:
        """Give letters to the buttons of a page, or of what lies over it."""
        self.hide()
        top = _on_top(self._window, page)
        for button, letter in letters(_buttons(top)):
            shortcut = QShortcut(QKeySequence(f"Alt+{letter}"), self._window)
            shortcut.activated.connect(partial(self._press, button, page))
            button.show_key(letter)
            self._shown.append((button, shortcut))
        self._look.start()

    def hide(self) -> None:
        """Alt is up again."""
        self._look.stop()
        for button, shortcut in self._shown:
            shortcut.setEnabled(False)
            shortcut.deleteLater()
            if isValid(button):
                button.show_key("")
        self._shown.clear()

    def _hide_once_up(self) -> None:
        """The desktop may keep it to itself that Alt came up: after Alt and F4, or when it opened a menu of its own."""
        if not QGuiApplication.queryKeyboardModifiers() & Qt.KeyboardModifier.AltModifier:
            self.hide()

    def _press(self, button: Button, page: QWidget | None) -> None:
        self.hide()
        if isValid(button):
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)
            button.click()
        # Alt may still be held, over another page.
        QTimer.singleShot(0, self, lambda: self._go_on(page))

    def _go_on(self, page: QWidget | None) -> None:
        if QGuiApplication.queryKeyboardModifiers() is Qt.KeyboardModifier.AltModifier:
            self.show(page if page is not None and isValid(page) else None)


def letters(buttons: Sequence[Button]) -> Iterator[tuple[Button, str]]:
    """A letter of its own for each button, as long as there are any: the first of a word if it is free."""
    taken: set[str] = set()
    for button in sorted(buttons, key=lambda one: one.kind is not Kind.PRIMARY):
        letter = next((sign for sign in _signs(button.text()) if sign not in taken), None)
        if letter is not None:
            taken.add(letter)
            yield button, letter


def _signs(text: str) -> Iterator[str]:
    """The signs of a text in the order in which they are wanted. Only those that every keyboard has."""
    words = text.lower().split()
    for sign in (*(word[0] for word in words), *"".join(words)):
        if sign.isascii() and sign.isalnum():
            yield sign


def _on_top(window: QWidget, page: QWidget | None) -> QWidget:
    over = (Overlay.top(page) if page is not None else None) or Overlay.top(window)
    return over.panel if over is not None else page or window


def _buttons(within: QWidget) -> list[Button]:
    every = within.findChildren(Button)
    return [one for one in every if one.isVisible() and one.isEnabled() and one.shows_text]
