"""Menus with round corners."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget


class Menu(QMenu):
    """What opens behind ⋯ and on a right click."""

    def __init__(self, parent: QWidget | None = None, *, name: str = "") -> None:
        super().__init__(name, parent)
        self.setAccessibleName(name)
        self.setProperty("kind", "menu")
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setWindowFlag(Qt.WindowType.NoDropShadowWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)

    def open_below(self, widget: QWidget, gap: int = 0) -> None:
        """Open below a button, from where it begins; where that would leave the window, up to where it ends."""
        mirrored = widget.layoutDirection() is Qt.LayoutDirection.RightToLeft
        spare = widget.width() - self.sizeHint().width()
        start, end = (spare, 0) if mirrored else (0, spare)
        window = widget.window()
        left = widget.mapTo(window, QPoint(start, 0)).x()
        fits = left >= 0 and left + self.sizeHint().width() <= window.width()
        self.popup(widget.mapToGlobal(QPoint(start if fits else end, widget.height() + gap)))

    def add(self, text: str, then: Callable[[], None], *, icon: str | None = None) -> QAction:
        """One thing to do."""
        action = QAction(text, self)
        if icon is not None:
            from desktop_crm.ui.look import drawn

            action.setIcon(drawn.icon(icon))
        action.triggered.connect(lambda _checked: then())
        self.addAction(action)
        return action
