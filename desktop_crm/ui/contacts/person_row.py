"""Paints one row of the list of contacts."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.sides import turned
from desktop_crm.ui.look.theme import tokens
from desktop_crm.ui.look.tokens import RADIUS_ROW
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.models.people import ROW, Index, PersonRow
from desktop_crm.ui.widgets.avatar import paint_avatar
from desktop_crm.ui.widgets.badge import Pill

HEIGHT = 64
"""From one row to the next."""
_AVATAR = 40
_START, _SIDES = 8, 15
"""Before a row, and at both sides of it."""
_WORDS, _END, _GAP = 62, 10, 8
_NAME_LINE, _SECOND_LINE, _LINE = 20, 40, 20


class PersonPainter(QStyledItemDelegate):
    """Avatar, name, one line, and at most one tag. A row that is not here yet is drawn as grey bars."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self.hovered = -1
        self.ringed = False

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(0, HEIGHT)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        ground = _part(option, QRect(_START, 4, option.rect.width() - _SIDES, HEIGHT - 4))
        chosen = self._view.selectionModel().isSelected(index)
        if chosen or index.row() == self.hovered:
            # In high contrast the ground alone is too pale to say that a row is chosen.
            edge = "accent" if chosen and tokens().plain else None
            paint.box(painter, ground, RADIUS_ROW, fill="accent_soft" if chosen else "hover", edge=edge)
        row = index.data(ROW)
        if isinstance(row, PersonRow):
            self._paint_row(painter, option, ground, row, chosen)
        else:
            _paint_bars(painter, option, ground)
        if self.ringed and self._view.hasFocus() and self._view.currentIndex() == index:
            paint.ring(painter, ground, RADIUS_ROW)
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        row = index.data(ROW)
        if isinstance(row, PersonRow) and _is_cut(row, option.rect.width()):
            QToolTip.showText(event.globalPos(), "\n".join(filter(None, (row.name, row.line))), view)
        return True

    def _paint_row(
        self, painter: QPainter, option: QStyleOptionViewItem, ground: QRect, row: PersonRow, chosen: bool
    ) -> None:
        middle = (ground.height() - _AVATAR) // 2
        avatar = _within(option, ground, QRect(_END, middle, _AVATAR, _AVATAR))
        paint_avatar(painter, avatar, row.name, lifted=chosen)
        room = ground.width() - _WORDS - _END
        taken = self._paint_tag(painter, option, ground, row.pill, chosen)
        name = QRect(_WORDS, _NAME_LINE - _LINE // 2, room - taken, _LINE)
        strong = font(Type.CARD if chosen else Type.STRONG)
        paint.text(painter, _within(option, ground, name), row.name, strong, "text")
        line = QRect(_WORDS, _SECOND_LINE - _LINE // 2, room, _LINE)
        paint.text(painter, _within(option, ground, line), row.line, font(Type.SMALL), "text2")

    def _paint_tag(
        self, painter: QPainter, option: QStyleOptionViewItem, ground: QRect, pill: Pill | None, chosen: bool
    ) -> int:
        """The tag at the end of the first line; the room it takes."""
        if pill is None:
            return 0
        shown = Pill(pill.text, pill.tone, small=True, lifted=chosen)
        width = min(shown.size.width(), (ground.width() - _WORDS) // 2)
        height = shown.size.height()
        place = QRect(ground.width() - _END - width, _NAME_LINE - height // 2, width, height)
        shown.paint(painter, _within(option, ground, place), option.direction)
        return width + _GAP


def _paint_bars(painter: QPainter, option: QStyleOptionViewItem, ground: QRect) -> None:
    circle = QRect(_END, (ground.height() - _AVATAR) // 2, _AVATAR, _AVATAR)
    paint.box(painter, _within(option, ground, circle), _AVATAR / 2, fill="sunken")
    for top, width in ((_NAME_LINE, 130), (_SECOND_LINE, 90)):
        bar = QRect(_WORDS, top - 4, width, 9)
        paint.box(painter, _within(option, ground, bar), 4, fill="sunken")


def _is_cut(row: PersonRow, width: int) -> bool:
    room = width - _SIDES - _WORDS - _END
    tag = Pill(row.pill.text, small=True).size.width() + _GAP if row.pill is not None else 0
    name = QFontMetrics(font(Type.STRONG)).horizontalAdvance(row.name)
    return name > room - tag or QFontMetrics(font(Type.SMALL)).horizontalAdvance(row.line) > room


def _part(option: QStyleOptionViewItem, part: QRect) -> QRect:
    """A part of the row, given from where reading starts."""
    return turned(option.direction, option.rect, part.translated(option.rect.topLeft()))


def _within(option: QStyleOptionViewItem, ground: QRect, part: QRect) -> QRect:
    return turned(option.direction, ground, part.translated(ground.topLeft()))
