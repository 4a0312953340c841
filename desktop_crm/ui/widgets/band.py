"""What rows of a list and the heads of their groups have in common."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.tokens import RADIUS
from desktop_crm.ui.widgets.card import paint_band
from desktop_crm.ui.widgets.layout import gap
from desktop_crm.ui.widgets.nav import Pressable


class Band(Pressable):
    """Something full-width in a list that can be clicked and reached with the keyboard."""

    moved = Signal(int)
    """The keyboard wants to go this many rows on."""
    came = Signal()
    """The keyboard is here now."""

    def __init__(self, height: int) -> None:
        super().__init__()
        self.first = self.last = False
        self.ground = ""
        self.setMinimumHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.line = QHBoxLayout(self)
        self.line.setContentsMargins(0, 0, 0, 0)
        self.line.setSpacing(0)

    def sizeHint(self) -> QSize:
        return self.line.sizeHint().expandedTo(QSize(0, self.minimumHeight()))

    def minimumSizeHint(self) -> QSize:
        return self.line.minimumSize().expandedTo(QSize(0, self.minimumHeight()))

    def hasHeightForWidth(self) -> bool:
        return self.line.hasHeightForWidth()

    def heightForWidth(self, width: int) -> int:
        return max(self.minimumHeight(), self.line.totalHeightForWidth(width))

    def hitButton(self, _point: QPoint) -> bool:
        return self.focusPolicy() is not Qt.FocusPolicy.NoFocus

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.came.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Home: -9999, Qt.Key.Key_End: 9999}
        if event.key() in steps:
            self.moved.emit(steps[event.key()])
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        if self.ground:
            paint_band(painter, self.rect(), self.ground, first=self.first, last=self.last)
        if self.ringed:
            paint.ring(painter, self.rect().adjusted(3, 3, -3, -3), RADIUS)

    def put(self, *parts: QWidget | int) -> None:
        """Parts side by side, after what is there; a number is a gap of so many pixels."""
        for part in parts:
            self.line.addWidget(gap(part) if isinstance(part, int) else part)
