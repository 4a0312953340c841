"""A field for one group of the recovery sheet: capitals as typed, four signs, and on to the next."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from desktop_crm.ui.look.tokens import SPACE_2, SPACE_3
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import restyle

SIGNS = 4
_ACROSS = 4
_APART = 10


def as_on_sheet(fields: Sequence[QWidget]) -> QGridLayout:
    """The fields as their groups stand on the sheet: four in a row, the check group apart at the end of the first."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(SPACE_3)
    grid.setVerticalSpacing(SPACE_2)
    for at, field in enumerate(fields[:-1]):
        grid.addWidget(field, at // _ACROSS, at % _ACROSS)
    grid.setColumnMinimumWidth(_ACROSS, _APART)
    grid.addWidget(fields[-1], 0, _ACROSS + 1)
    return grid


class GroupField(Field):
    """`edited` tells of every sign; `full` that four are there and were typed, so the keyboard may go on."""

    full = Signal()
    touched = Signal()
    """The keyboard came or left."""
    leaving = Signal()
    """The keyboard left after something was typed."""
    brimmed = Signal(str)
    """More was typed or pasted than one group holds: perhaps the whole sheet."""

    def __init__(self, name: str, check: Callable[[str], str | None] | None = None) -> None:
        super().__init__(name, mono=True, check=check)
        self.line = cast("QLineEdit", self.edit)
        self.line.setValidator(_Capitals(self.line))
        self._by_hand = False
        self.line.textEdited.connect(self._touch)
        self.edited.connect(self._judge)

    def left(self) -> None:
        self.leaving.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        done = super().eventFilter(watched, event)
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self.touched.emit()
        return done

    def mark(self, state: str) -> None:
        """Give it the edge of `right` or `wrong`, or of neither, without words below: they stand elsewhere."""
        if self.edit.property("state") != state:
            self.edit.setProperty("state", state)
            restyle(self.edit)

    def _touch(self) -> None:
        self._by_hand = True

    def _judge(self) -> None:
        """After each sign that a person typed; what is filled in otherwise moves no keyboard."""
        by_hand, self._by_hand = self._by_hand, False
        if by_hand and len(self.text()) > SIGNS:
            self.brimmed.emit(self.text())
        elif by_hand and len(self.text()) == SIGNS and self.line.cursorPosition() == len(self.line.text()):
            self.full.emit()


class _Capitals(QValidator):
    """Shows small letters as capitals, and refuses nothing."""

    def validate(self, text: str, at: int) -> tuple[QValidator.State, str, int]:
        return QValidator.State.Acceptable, text.upper(), at
