"""How the rows of the palette are held, drawn and spoken."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_crm.ui.frame.palette_rows import Kind, Row
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.typography import Type, font

ROW = 36
HEAD = 32
_PADDING = 12
_TEXT = 42
_RADIUS = 10
_ROLE = Qt.ItemDataRole.UserRole
Index = QModelIndex | QPersistentModelIndex


class RowModel(QAbstractListModel):
    """The rows of the palette; heads cannot be chosen."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.rows: list[Row] = []

    def show_rows(self, rows: list[Row]) -> None:
        """Show these instead."""
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    @property
    def height(self) -> int:
        """Pixels that all rows need."""
        return sum(HEAD if row.kind is Kind.HEAD else ROW for row in self.rows)

    def can_choose(self, number: int) -> bool:
        """Whether there is such a row and it is no head."""
        return 0 <= number < len(self.rows) and self.rows[number].kind is not Kind.HEAD

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        row = self.rows[index.row()]
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return row.text
            case Qt.ItemDataRole.AccessibleTextRole:
                return row.spoken
            case _:
                return row if role == _ROLE else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if not self.can_choose(index.row()):
            return Qt.ItemFlag.NoItemFlags
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


class RowPainter(QStyledItemDelegate):
    """Draws a row: icon, words, a few more words, and how it is typed."""

    def __init__(self, parent: QObject, enter: str) -> None:
        super().__init__(parent)
        self._enter = enter

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        row: Row = index.data(_ROLE)
        return QSize(0, HEAD if row.kind is Kind.HEAD else ROW)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        row: Row = index.data(_ROLE)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if row.kind is Kind.HEAD:
            inside = option.rect.adjusted(_PADDING, 4, -_PADDING, 0)
            paint.text(painter, inside, row.text, font(Type.GROUP), "text2")
        else:
            self._row(painter, option, row)
        painter.restore()

    def _row(self, painter: QPainter, option: QStyleOptionViewItem, row: Row) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            paint.box(painter, option.rect, _RADIUS, fill="accent_soft")
        ink = "accent" if row.kind is Kind.PERSON else "text2"
        paint.glyph(painter, _part(option, _PADDING, 18), row.icon, ink)
        left, right = _TEXT, option.rect.width() - _PADDING
        typed = row.typed or (self._enter if chosen else "")
        if typed:
            wide = _width(Type.BADGE, typed)
            paint.text(painter, _part(option, right - wide, wide), typed, font(Type.BADGE), "text2")
            right -= wide + _PADDING
        wide = min(_width(Type.STRONG, row.text), right - left)
        paint.text(painter, _part(option, left, wide), row.text, font(Type.STRONG), "text")
        left += wide + _PADDING
        if row.sub and right > left:
            paint.text(painter, _part(option, left, right - left), row.sub, font(Type.SMALL), "text2")


def _width(kind: Type, text: str) -> int:
    return QFontMetrics(font(kind)).horizontalAdvance(text) + 2


def _part(option: QStyleOptionViewItem, left: int, wide: int) -> QRect:
    part = QRect(option.rect.left() + left, option.rect.top(), wide, option.rect.height())
    return QStyle.visualRect(option.direction, option.rect, part)


def row_list(parent: QWidget, model: RowModel, name: str, enter: str) -> QListView:
    """The list that shows them. The cursor stays in the field above it."""
    made = QListView(parent)
    made.setAccessibleName(name)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setMouseTracking(True)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
    made.setStyleSheet("QListView { background: transparent; }")
    made.setModel(model)
    made.setItemDelegate(RowPainter(made, enter))
    return made
