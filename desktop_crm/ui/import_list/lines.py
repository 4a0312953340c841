"""A card of lines whose parts stand in columns: some as wide as they must be, others share the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.spoken import say
from desktop_crm.ui.look.tokens import CARD_EDGE
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Panel, paint_band
from desktop_crm.ui.widgets.label import Elided, label
from desktop_crm.ui.widgets.layout import clear
from desktop_crm.words import M

HEAD = 34
LINE = 47
AT_A_TIME = 40
_GAP = 12


class Fixed(int):
    """A column of so many pixels; a bare number is a share of the rest."""


class _Line(QWidget):
    """One line; a head has the sunken ground."""

    def __init__(self, parts: Sequence[QWidget], widths: Sequence[int], height: int, *, head: bool = False) -> None:
        super().__init__()
        self._head = head
        self.first = self.last = False
        self.setMinimumHeight(height)
        line = QHBoxLayout(self)
        line.setContentsMargins(CARD_EDGE, 5, CARD_EDGE, 5)
        line.setSpacing(_GAP)
        for part, width in zip(parts, widths, strict=True):
            cell = QWidget()
            inside = QHBoxLayout(cell)
            inside.setContentsMargins(0, 0, 0, 0)
            inside.addWidget(part)
            if part.sizePolicy().horizontalPolicy() is QSizePolicy.Policy.Fixed:
                inside.addStretch(1)
            if isinstance(width, Fixed):
                cell.setFixedWidth(width)
            else:
                # Only so do columns of several lines stand below each other.
                policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
                policy.setHeightForWidth(True)
                cell.setSizePolicy(policy)
            line.addWidget(cell, 0 if isinstance(width, Fixed) else width)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._head:
            paint_band(QPainter(self), self.rect(), "sunken", first=self.first, last=self.last)


class Lines(Panel):
    """The card. With a title it begins with that and perhaps an act beside it."""

    def __init__(
        self,
        widths: Sequence[int],
        heads: Sequence[str],
        *,
        name: str,
        title: str = "",
        action: QWidget | None = None,
        height: int = LINE,
    ) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._widths = widths
        self._height = height
        every = QVBoxLayout(self)
        every.setContentsMargins(1, 1, 1, 1)
        every.setSpacing(0)
        if title:
            every.addWidget(_title(title, action))
        self._head = _Line([Elided(text, Type.BADGE, "text2") for text in heads], widths, HEAD, head=True)
        self._head.first = not title
        every.addWidget(self._head)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(1)
        self._lines.setContentsMargins(0, 1, 0, 0)
        every.addLayout(self._lines)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def show_lines(self, lines: Sequence[Sequence[QWidget]]) -> None:
        """Show these instead of what was there."""
        clear(self._lines)
        self.add_lines(lines)

    def add_lines(self, lines: Sequence[Sequence[QWidget]]) -> None:
        """Show these below what is there."""
        for parts in lines:
            self._lines.addWidget(_Line(parts, self._widths, self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        for at in range(self._lines.count()):
            item = self._lines.itemAt(at)
            if item is not None:
                painter.fillRect(QRect(1, item.geometry().top() - 1, self.width() - 2, 1), paint.color("line"))


def _title(text: str, action: QWidget | None) -> QWidget:
    made = QWidget()
    line = QHBoxLayout(made)
    line.setContentsMargins(CARD_EDGE, 5, CARD_EDGE, 6)
    line.addWidget(label(text, Type.CARD, wrap=True), 1)
    if action is not None:
        line.addWidget(action)
    made.setMinimumHeight(44)
    return made


T = TypeVar("T")


class Growing(QWidget):
    """A card of lines that shows some of many, and more of them on request."""

    def __init__(self, lines: Lines, make: Callable[[T], Sequence[QWidget]], rows: Sequence[T]) -> None:
        super().__init__()
        self.lines = lines
        self._make: Callable[[Any], Sequence[QWidget]] = make
        self._rows = rows
        self._shown = 0
        self.button = Button("", kind=Kind.QUIET)
        self.button.clicked.connect(lambda _on: self.grow())
        every = QVBoxLayout(self)
        every.setContentsMargins(0, 0, 0, 0)
        every.addWidget(lines)
        every.addWidget(self.button)
        self.grow()

    def grow(self) -> None:
        """Show the next ones."""
        upto = self._shown + AT_A_TIME
        self.lines.add_lines([self._make(row) for row in self._rows[self._shown : upto]])
        self._shown = min(upto, len(self._rows))
        left = len(self._rows) - self._shown
        self.button.setVisible(left > 0)
        self.button.setText(say(M("Show {n} more row", "Show {n} more rows", n=min(left, AT_A_TIME))))
