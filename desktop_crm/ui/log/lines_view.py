"""The list of the log: rows of two heights, chosen by mouse and keyboard, that asks for more near its end."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QTableView, QVBoxLayout

from desktop_crm.ui.log.line_row import HEAD, LINE, LinePainter
from desktop_crm.ui.log.lines import BAND, DayHead, Index, LogModel, LogRow
from desktop_crm.ui.look import paint
from desktop_crm.ui.widgets.card import Panel
from desktop_crm.ui.widgets.painted_rows import as_painted_rows

_NEAR_END = 12 * LINE
_LEAST = 8 * LINE


class LinesView(QTableView):
    """A table of one column: a list view of Qt lays out every row before it shows one."""

    chosen = Signal(object)
    """The LogRow that is chosen, or None."""
    opened = Signal(object)
    """Enter or a double click on a LogRow."""
    wants_more = Signal()

    def __init__(self, model: LogModel, name: str) -> None:
        super().__init__()
        self._lines = model
        self._painter = LinePainter(self)
        self._dress(name)
        self.setModel(model)
        self.setItemDelegate(self._painter)
        model.modelReset.connect(lambda: self._size(0))
        model.rowsInserted.connect(lambda _parent, first, _last: self._size(first))
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.doubleClicked.connect(self._open)

    @property
    def row(self) -> LogRow | None:
        """The line that is chosen."""
        band = self.currentIndex().data(BAND) if self.currentIndex().isValid() else None
        return band if isinstance(band, LogRow) else None

    def choose(self, seq: int | None) -> None:
        """Choose a line by its number; the newest where that is not here."""
        place = self._lines.place_of(seq) if seq is not None else None
        if place is None:
            place = next((at for at, band in enumerate(self._lines.bands) if isinstance(band, LogRow)), None)
        if place is None:
            self.chosen.emit(None)
        else:
            self.setCurrentIndex(self._lines.index(place))

    def step_in(self) -> None:
        """The keyboard comes from the search field."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def currentChanged(self, current: Index, previous: Index) -> None:
        super().currentChanged(current, previous)
        if self.row is not None:
            self.chosen.emit(self.row)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._painter.ringed = True
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._open()
        elif event.key() == Qt.Key.Key_Home:
            self.choose(None)
        elif event.key() == Qt.Key.Key_End and self._lines.last is not None:
            self.choose(self._lines.last.line.seq)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._painter.ringed = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._painter.ringed = paint.ringed(event, self._painter.ringed)
        super().focusInEvent(event)

    def _open(self) -> None:
        if self.row is not None:
            self.opened.emit(self.row)

    def _scrolled(self, value: int) -> None:
        if self.verticalScrollBar().maximum() - value < _NEAR_END:
            self.wants_more.emit()

    def _hover(self, row: int) -> None:
        if row != self._painter.hovered:
            self._painter.hovered = row
            self.viewport().update()

    def _size(self, first: int) -> None:
        """Heads are lower than lines."""
        for at in range(first, len(self._lines.bands)):
            self.setRowHeight(at, HEAD if isinstance(self._lines.bands[at], DayHead) else LINE)

    def _dress(self, name: str) -> None:
        as_painted_rows(self, name, "log", line=LINE, least=HEAD)
        self.setMinimumHeight(_LEAST)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)


class LinesCard(Panel):
    """The card around the list; as high as there is room."""

    def __init__(self, view: LinesView) -> None:
        super().__init__()
        inside = QVBoxLayout(self)
        inside.setContentsMargins(1, 1, 1, 1)
        inside.addWidget(view)
