"""The table of people and purposes, gone through cell by cell."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView

from desktop_crm.records.consent import ConsentState
from desktop_crm.services.signs import answer_badge
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.permission.model import StatesModel, pill_of
from desktop_crm.ui.widgets.table import ROW_TWO_LINES, Table
from desktop_crm.words import M

REST = 150
"""Milliseconds that the keyboard rests on a cell before its history is opened: each look stands in the log."""
_CELL, _CELL_MOST, _SIDES = 112, 168, 17
_NAME, _NAME_LEAST = 260, 200


class PermissionTable(Table):
    """Shows a StatesModel. Where there is no room for every purpose the table scrolls sideways."""

    looked_at = Signal(bytes, str)
    """An answer was chosen: who, and the code of the purpose."""
    person_opened = Signal(bytes)
    """The name of a person was clicked."""
    purpose_opened = Signal(str)
    """The head of a purpose, with its figure, was clicked."""

    def __init__(self, desk: Desk, model: StatesModel) -> None:
        super().__init__(name=desk.say(M("Permission")), by_cell=True, sunken_head=False, row=ROW_TWO_LINES)
        self.model = model
        self._least = _widest(desk)
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self._look)
        self.grid.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.show_model(model, ())
        self.opened.connect(self._open)
        head = self.grid.horizontalHeader()
        head.setSectionsClickable(True)
        head.sectionClicked.connect(self._open_head)
        self.grid.selectionModel().currentChanged.connect(self._moved)
        model.modelReset.connect(self.share_out)
        self.grid.verticalScrollBar().rangeChanged.connect(self.share_out)

    @property
    def cell(self) -> tuple[bytes, str] | None:
        """The answer the keyboard is on: who, and the code of the purpose."""
        index = self.grid.currentIndex()
        if not index.isValid() or not index.column():
            return None
        return self.model.order.id_at(index.row()), self.model.columns[index.column() - 1].code

    def choose_cell(self, person: bytes, code: str | None = None) -> bool:
        """Put the choice on an answer of somebody, the first without a code; False if they are not in the table."""
        place = self.model.order.index_of(person)
        codes = [column.code for column in self.model.columns]
        if place is None or not codes:
            return False
        column = codes.index(code) + 1 if code in codes else 1
        index = self.model.index(place, column)
        self.grid.setCurrentIndex(index)
        if not self.grid.viewport().rect().contains(self.grid.visualRect(index)):
            self.grid.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
        return True

    def look_now(self) -> None:
        """Open what the choice is on without waiting for it to rest."""
        self._rest.stop()
        self._look()

    def share_out(self) -> None:
        """Give each purpose the room its words need, and the rest to the names."""
        head, columns = self.grid.horizontalHeader(), self.model.columns
        metrics, room = QFontMetrics(font(Type.CARD)), self.grid.viewport().width()
        widths = [max(self._least, metrics.horizontalAdvance(column.name) + _SIDES) for column in columns]
        if _NAME + sum(widths) > room:
            # Then the titles stand in two lines.
            widths = [self._least] * len(columns)
        head.resizeSection(0, max(_NAME_LEAST, room - sum(widths)))
        for at, width in enumerate(widths, 1):
            head.resizeSection(at, width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.share_out()

    def _moved(self, current: QModelIndex) -> None:
        if current.isValid() and current.column():
            self._rest.start()
        else:
            self._rest.stop()

    def _open(self, index: QModelIndex) -> None:
        if index.column():
            self.look_now()
        else:
            self.person_opened.emit(self.model.order.id_at(index.row()))

    def _open_head(self, section: int) -> None:
        if section:
            self.purpose_opened.emit(self.model.columns[section - 1].code)

    def _look(self) -> None:
        if self.cell is not None:
            self.looked_at.emit(*self.cell)


def _widest(desk: Desk) -> int:
    """The room that every answer fits into."""
    states = (None, *ConsentState)
    pills = (pill_of(desk.words, answer_badge(state)).size.width() for state in states)
    return max(_CELL, min(_CELL_MOST, max(pills) + _SIDES))
