"""Menus with round corners."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop_crm.ui.look.icons import icon as drawn


class Menu(QMenu):
    """What opens behind ⋯ and on a right click."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(name, parent)
        self.setAccessibleName(name)
        self.setProperty("kind", "menu")
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)

    def add(self, text: str, then: Callable[[], None], *, icon: str | None = None) -> QAction:
        """One thing to do."""
        action = QAction(text, self)
        if icon is not None:
            action.setIcon(drawn(icon))
        action.triggered.connect(lambda _checked: then())
        self.addAction(action)
        return action
