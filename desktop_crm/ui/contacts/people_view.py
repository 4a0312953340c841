"""The list itself: a million rows of one height, chosen by mouse and keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QItemSelection, QItemSelectionModel, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView

from desktop_crm.ui.contacts.person_row import HEIGHT, PersonPainter
from desktop_crm.ui.look import paint
from desktop_crm.ui.models.people import Index, PeopleModel
from desktop_crm.ui.widgets.painted_rows import as_painted_rows

REST = 700
"""Milliseconds that the choice rests on somebody before their record is opened: each opening stands in the log.

Longer than reading one row takes, so that whoever goes down through what was found opens nobody on the way.
"""


class PeopleView(QTableView):
    """A table of one column, because Qt lays out a list view row by row, which takes a second for a million."""

    opened = Signal(bytes)
    """Show this person: a click, Enter, or the choice has rested."""
    chosen = Signal()
    """Others are chosen than before."""
    typed = Signal(str)
    """Letters that belong into the search field."""
    went_up = Signal()
    """Up, from the first row."""

    def __init__(self, model: PeopleModel, name: str) -> None:
        super().__init__()
        self._people = model
        self._quiet = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST)
        self._rest.timeout.connect(self.open_now)
        self._painter = PersonPainter(self)
        self._dress(name)
        self.setModel(model)
        self.setItemDelegate(self._painter)

    @property
    def person(self) -> bytes | None:
        """Who the keyboard is on."""
        index = self.currentIndex()
        return self._people.person_at(index.row()) if index.isValid() else None

    @property
    def number_chosen(self) -> int:
        """How many people are chosen."""
        return sum(stop - start for start, stop in self._spans())

    def people_chosen(self) -> list[bytes]:
        """Everybody who is chosen, in order."""
        return list(self._people.people(self._spans()))

    def show_person(self, person: bytes | None, *, in_view: bool = True) -> None:
        """Put the choice on somebody without opening anything; on nobody if they are not in the list."""
        self._quiet = True
        place = self._people.place_of(person) if person is not None else None
        if place is None:
            self.clearSelection()
            self.selectionModel().clearCurrentIndex()
        else:
            self.setCurrentIndex(self._people.index(place))
            if in_view:
                self.scrollTo(self._people.index(place))
        self._quiet = False
        self._rest.stop()

    def step_in(self) -> None:
        """The keyboard comes from the search field: to the row that is chosen, else to the first."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        if not self.currentIndex().isValid() and self._people.rowCount():
            self.setCurrentIndex(self._people.index(0))

    def open_now(self) -> None:
        """Open the person the choice is on, if it is on one alone."""
        self._rest.stop()
        if self.person is not None and self.number_chosen <= 1:
            self.opened.emit(self.person)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if not self._quiet and current.isValid():
            self._rest.start()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self.chosen.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._ring(True)
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.open_now()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.went_up.emit()
        elif event.key() in {Qt.Key.Key_Home, Qt.Key.Key_End}:
            self._go_to_end(event)
        elif event.key() == Qt.Key.Key_Escape and self.number_chosen > 1:
            self.let_go()
        elif not held and event.text().strip() and event.text().isprintable():
            self.typed.emit(event.text())
        else:
            super().keyPressEvent(event)

    def let_go(self) -> None:
        """Choose nobody but the one the keyboard is on."""
        self.selectionModel().setCurrentIndex(self.currentIndex(), QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        plain = event.modifiers() == Qt.KeyboardModifier.NoModifier
        if plain and event.button() == Qt.MouseButton.LeftButton and self.indexAt(event.position().toPoint()).isValid():
            self.open_now()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ring(False)
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Chips above may have come: who is chosen stays in view."""
        seen = self.viewport().rect().intersects(self.visualRect(self.currentIndex()))
        super().resizeEvent(event)
        if seen:
            self.scrollTo(self.currentIndex())

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring(paint.ringed(event, self._painter.ringed))
        super().focusInEvent(event)

    def _go_to_end(self, event: QKeyEvent) -> None:
        """Home and End: in a table of Qt they go along a row."""
        last = self._people.rowCount() - 1
        index = self._people.index(0 if event.key() == Qt.Key.Key_Home else last)
        command = self.selectionCommand(index, event)
        self.selectionModel().setCurrentIndex(index, command)

    def _spans(self) -> list[tuple[int, int]]:
        parts = self.selectionModel().selection().toList()
        return sorted((part.top(), part.bottom() + 1) for part in parts)

    def _hover(self, row: int) -> None:
        if row != self._painter.hovered:
            self._painter.hovered = row
            self.viewport().update()

    def _ring(self, ringed: bool) -> None:
        self._painter.ringed = ringed

    def _dress(self, name: str) -> None:
        as_painted_rows(self, name, "people", line=HEIGHT, least=HEIGHT)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
