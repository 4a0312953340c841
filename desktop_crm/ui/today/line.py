"""A line of a card that leads somewhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLayout, QSizePolicy

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.tokens import TARGET
from desktop_crm.ui.widgets.label import Label
from desktop_crm.ui.widgets.nav import Pressable


class Line(Pressable):
    """Click it, or Enter: the words that say where it leads take the accent under the mouse."""

    def __init__(self, inside: QLayout, words: Label, name: str, opens: Callable[[], None]) -> None:
        super().__init__("", name)
        self._words = words
        self._ink = str(words.property("ink"))
        self._inside = inside
        self.setLayout(inside)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(inside.hasHeightForWidth())
        self.setSizePolicy(policy)
        self.setMinimumHeight(TARGET)
        self.clicked.connect(lambda _on: opens())

    def sizeHint(self) -> QSize:
        return self._inside.sizeHint()

    def hasHeightForWidth(self) -> bool:
        return self._inside.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        return self._inside.totalHeightForWidth(width)

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.HoverEnter, QEvent.Type.HoverLeave}:
            self._words.set_ink("accent_hover" if self.underMouse() else self._ink)
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.ringed:
            paint.ring(paint.painter_on(self), self.rect(), 4)
