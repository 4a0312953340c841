"""Long lists as a table: only what is seen is painted, so a hundred thousand rows scroll like ten."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetrics,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
    QVBoxLayout,
    QWidget,
)

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.tokens import RADIUS, SPACE_3
from desktop_crm.ui.look.typography import Type, digits, font
from desktop_crm.ui.widgets.avatar import paint_avatar
from desktop_crm.ui.widgets.badge import Pill
from desktop_crm.ui.widgets.card import Panel, paint_band

ROW = 40
ROW_TWO_LINES = 51
_EDGE = 18
_SIDE = 8
_AVATAR = 30
_ICON = 18

Index = QModelIndex | QPersistentModelIndex


class Role(IntEnum):
    """What a model may tell of a cell, beside the roles of Qt. The text of DisplayRole is always what is read out."""

    SUB = Qt.ItemDataRole.UserRole + 500
    """A second line; in heads too."""
    PILL = Qt.ItemDataRole.UserRole + 501
    """A Pill, painted instead of the text; a `lifted` one has no ground, as for *not asked*."""
    AVATAR = Qt.ItemDataRole.UserRole + 502
    """The name whose avatar stands before the text."""
    ICON = Qt.ItemDataRole.UserRole + 503
    """The name of an icon before the text."""
    INK = Qt.ItemDataRole.UserRole + 504
    """The name of a token for the text's colour."""
    KIND = Qt.ItemDataRole.UserRole + 505
    """The Type of the text."""
    FIGURES = Qt.ItemDataRole.UserRole + 506
    """Whether figures are all of one width."""


class Grid(QTableView):
    """The view inside a Table."""

    opened = Signal(QModelIndex)

    def __init__(self, *, by_cell: bool, row: int) -> None:
        super().__init__()
        self.hovered = -1
        self.by_cell = by_cell
        self._ring = False
        behaviour = QAbstractItemView.SelectionBehavior
        self.setSelectionBehavior(behaviour.SelectItems if by_cell else behaviour.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(row)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self._painter = CellPainter(self)
        self.setItemDelegate(self._painter)
        # The card around it is the ground, with its round corners; what is chosen is painted cell by cell.
        self.setStyleSheet(
            "QTableView { background: transparent; selection-background-color: transparent; }"
            "QHeaderView { background: transparent; }"
        )
        self.clicked.connect(self.opened)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space} and self.currentIndex().isValid():
            self.opened.emit(self.currentIndex())
        else:
            self._ring = True
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(event.position().toPoint().y()))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._ring = False
        super().mousePressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._ring = paint.ringed(event, self._ring)
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self.model() is not None and self.model().rowCount():
            self.selectionModel().setCurrentIndex(
                self.model().index(0, 0), self.selectionModel().SelectionFlag.NoUpdate
            )

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        here = self._ring and self.hasFocus() and self.currentIndex().isValid()
        if not (here or self._is_cell_chosen()):
            return
        painter = paint.painter_on(self.viewport())
        cell = self.visualRect(self.currentIndex())
        if not self.by_cell:
            row = QRect(0, cell.top(), self.viewport().width(), cell.height())
            paint.ring(painter, row.adjusted(3, 3, -3, -4), RADIUS)
            return
        place = self._painter.pill_place(cell, self.currentIndex(), self.layoutDirection())
        around = place.adjusted(3, 3, -3, -4) if place == cell else place.adjusted(-4, -4, 4, 4)
        paint.ring(painter, around, RADIUS if place == cell else around.height() / 2)

    def _is_cell_chosen(self) -> bool:
        """A chosen cell keeps its ring while the keyboard is beside the table, where what it is about is shown."""
        return (
            self.by_cell and self.selectionModel() is not None and self.selectionModel().isSelected(self.currentIndex())
        )

    def _hover(self, row: int) -> None:
        if row != self.hovered:
            self.hovered = row
            self.viewport().update()


class CellPainter(QStyledItemDelegate):
    """Paints a cell from the roles of its model."""

    def __init__(self, grid: Grid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        rect = option.rect
        self._paint_ground(painter, rect, index)
        painter.setClipRect(rect)
        pill = index.data(Role.PILL)
        if isinstance(pill, Pill):
            pill.paint(painter, self.pill_place(rect, index, option.direction), option.direction)
        else:
            self._paint_words(painter, option, index)
        painter.restore()

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        pill = index.data(Role.PILL)
        if isinstance(pill, Pill):
            return QSize(pill.size.width() + 2 * _SIDE, ROW)
        words = max(_width(index.data(Qt.ItemDataRole.DisplayRole), index), _width(index.data(Role.SUB), index))
        return QSize(words + self._lead(index) + 2 * _SIDE + self._outer(index), ROW)

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        if index.data(Qt.ItemDataRole.ToolTipRole) or self.sizeHint(option, index).width() <= option.rect.width():
            return super().helpEvent(event, view, option, index)
        QToolTip.showText(event.globalPos(), str(index.data(Qt.ItemDataRole.DisplayRole)), view)
        return True

    def _paint_ground(self, painter: QPainter, rect: QRect, index: Index) -> None:
        grid = self._grid
        chosen = not grid.by_cell and grid.selectionModel().isRowSelected(index.row(), QModelIndex())
        if chosen or index.row() == grid.hovered:
            painter.fillRect(rect, paint.color("accent_soft" if chosen else "hover"))
        painter.fillRect(QRect(rect.left(), rect.bottom(), rect.width(), 1), paint.color("line"))

    def pill_place(self, rect: QRect, index: Index, direction: Qt.LayoutDirection) -> QRect:
        """Where the pill of a cell lies; the whole cell where there is none."""
        pill = index.data(Role.PILL)
        if not isinstance(pill, Pill):
            return rect
        size = pill.size
        side = _SIDE if pill.size.width() + 2 * _SIDE <= rect.width() else 4
        room = rect.adjusted(side, 0, -side, 0)
        size.setWidth(min(size.width(), room.width()))
        place = QRect(room.topLeft(), size)
        align = _alignment(index)
        if align & Qt.AlignmentFlag.AlignHCenter:
            place.moveLeft(room.left() + (room.width() - size.width()) // 2)
        elif align & Qt.AlignmentFlag.AlignRight:
            place.moveLeft(room.right() + 1 - size.width())
        place.moveTop(room.top() + (room.height() - 1 - size.height()) // 2)
        return QStyle.visualRect(direction, rect, place)

    def _paint_words(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect = option.rect.adjusted(0, 0, 0, -1)
        lead = self._lead(index)
        start = _SIDE + (_EDGE - _SIDE if index.column() == 0 else 0)
        self._paint_lead(painter, option, index, start)
        align = _alignment(index)
        wide = rect.width() - start - lead - _end(index.model(), index.column(), align)
        room = QRect(rect.left() + start + lead, rect.top(), wide, rect.height())
        text, sub = str(index.data(Qt.ItemDataRole.DisplayRole) or ""), index.data(Role.SUB)
        ink = index.data(Role.INK) or "text"
        kind = index.data(Role.KIND) or Type.BODY
        made = digits(kind) if index.data(Role.FIGURES) else font(kind)
        words = _mirrored(option, room)
        if not sub:
            paint.text(painter, words, text, made, ink, align)
            return
        half = rect.height() // 2
        paint.text(painter, QRect(words.left(), rect.top() + half - 18, words.width(), 18), text, made, ink, align)
        below = QRect(words.left(), rect.top() + half, words.width(), 17)
        paint.text(painter, below, str(sub), font(Type.SMALL), "text3", align)

    def _paint_lead(self, painter: QPainter, option: QStyleOptionViewItem, index: Index, start: int) -> None:
        name, icon = index.data(Role.AVATAR), index.data(Role.ICON)
        side = _AVATAR if name is not None else _ICON
        middle = option.rect.top() + (option.rect.height() - 1 - side) // 2
        place = _mirrored(option, QRect(option.rect.left() + start, middle, side, side))
        if name is not None:
            paint_avatar(painter, place, str(name))
        elif icon:
            paint.glyph(painter, place, str(icon), "text2")

    def _lead(self, index: Index) -> int:
        if index.data(Role.AVATAR) is not None:
            return _AVATAR + SPACE_3
        return _ICON + SPACE_3 if index.data(Role.ICON) else 0

    def _outer(self, index: Index) -> int:
        first = _EDGE - _SIDE if index.column() == 0 else 0
        return first + _end(index.model(), index.column(), _alignment(index)) - _SIDE


class Head(QHeaderView):
    """The head of the columns, which stays while rows scroll. On a white ground it is larger and may have two lines."""

    def __init__(self, parent: QWidget, *, sunken: bool) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._sunken = sunken
        self.setFixedHeight(36 if sunken else 60)
        self.setHighlightSections(False)
        self.setSectionsClickable(False)
        self.setStretchLastSection(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        fill = "sunken" if self._sunken else "surface"
        paint_band(painter, self.viewport().rect(), fill, first=True, last=False)
        painter.fillRect(0, self.height() - 1, self.width(), 1, paint.color("line"))
        painter.end()
        super().paintEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        model = self.model()
        text = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        sub = model.headerData(section, Qt.Orientation.Horizontal, Role.SUB)
        align = _flag(model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole))
        first, last = _EDGE if section == 0 else _SIDE, _end(model, section, align)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        room = rect.adjusted(last if mirrored else first, 0, -first if mirrored else -last, -1)
        strong = font(Type.BADGE if self._sunken else Type.BUTTON)
        if not self._sunken:
            strong.setWeight(strong.Weight.DemiBold)
        painter.setLayoutDirection(self.layoutDirection())
        if not sub:
            paint.text(painter, room, text, strong, "text2" if self._sunken else "text", align)
            return
        lines = _in_lines(text, QFontMetrics(strong), room.width())
        top = room.center().y() - (16 if len(lines) == 1 else 23)
        for at, line in enumerate(lines):
            paint.text(painter, QRect(room.left(), top + 15 * at, room.width(), 17), line, strong, "text", align)
        below = QRect(room.left(), top + 15 * len(lines) + 2, room.width(), 15)
        paint.text(painter, below, str(sub), font(Type.HINT), "text3", align)


class Table(Panel):
    """A card with a table. Give it a model, and a width for each column.

    A click, Enter or Space emits `opened`. With `by_cell` the keyboard goes from cell to cell.
    """

    opened = Signal(QModelIndex)

    def __init__(self, *, name: str, by_cell: bool = False, sunken_head: bool = True, row: int = ROW + 1) -> None:
        super().__init__()
        self.grid = Grid(by_cell=by_cell, row=row)
        self.grid.setAccessibleName(name)
        self.grid.setHorizontalHeader(Head(self.grid, sunken=sunken_head))
        self.grid.opened.connect(self.opened)
        self.setFocusProxy(self.grid)
        inside = QVBoxLayout(self)
        inside.setContentsMargins(1, 1, 1, 12)
        inside.addWidget(self.grid)

    def show_model(self, model: QAbstractItemModel, widths: Sequence[int]) -> None:
        """Show a model. A width is in pixels, 0 takes what is left, -1 fits what is in the column."""
        self.grid.setModel(model)
        head = self.grid.horizontalHeader()
        modes = QHeaderView.ResizeMode
        for column, width in enumerate(widths):
            mode = modes.Fixed if width > 0 else modes.Stretch if width == 0 else modes.ResizeToContents
            head.setSectionResizeMode(column, mode)
            if width > 0:
                head.resizeSection(column, width)

    def choose(self, row: int) -> None:
        """Show a row as chosen and bring it into view."""
        self.grid.selectRow(row)


def _in_lines(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """A title in one line, or in two where it is longer than its column."""
    first, words = "", text.split()
    while words and metrics.horizontalAdvance(f"{first} {words[0]}".strip()) <= width:
        first = f"{first} {words.pop(0)}".strip()
    return [first, " ".join(words)] if first and words else [text]


def _end(model: QAbstractItemModel, column: int, align: Qt.AlignmentFlag) -> int:
    """Figures in the last column keep off the edge as the words of the first do."""
    is_last = column == model.columnCount() - 1
    return _EDGE if is_last and align & Qt.AlignmentFlag.AlignRight else _SIDE


def _flag(value: Any) -> Qt.AlignmentFlag:
    if value is None:
        return Qt.AlignmentFlag.AlignLeft
    return Qt.AlignmentFlag(value) & Qt.AlignmentFlag.AlignHorizontal_Mask


def _alignment(index: Index) -> Qt.AlignmentFlag:
    return _flag(index.data(Qt.ItemDataRole.TextAlignmentRole))


def _mirrored(option: QStyleOptionViewItem, part: QRect) -> QRect:
    return QStyle.visualRect(option.direction, option.rect, part)


def _width(text: object, index: Index) -> int:
    return QFontMetrics(font(index.data(Role.KIND) or Type.BODY)).horizontalAdvance(str(text or ""))
