"""Paints one row of the activity log: the head of a day, or a line."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QHelpEvent, QPainter, QPainterPath, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QToolTip

from desktop_crm.ui.log.lines import BAND, DayHead, Index, LogRow
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.theme import tokens
from desktop_crm.ui.look.tokens import RADIUS, RADIUS_CARD
from desktop_crm.ui.look.typography import Type, digits, font
from desktop_crm.ui.widgets.card import paint_disc

HEAD, LINE = 33, 47
"""Heights, each with the hairline below it."""
_EDGE = 18
_TIME, _DISC, _WORDS = 42, 28, 110
_CHEVRON = 16
_END = 52
_DOTS = 14
_LONG = 100_000


class LinePainter(QStyledItemDelegate):
    """Time, icon, and the sentence with its names set strong, cut where the room ends."""

    def __init__(self, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._view = view
        self.hovered = -1
        self.ringed = False

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, HEAD if isinstance(index.data(BAND), DayHead) else LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        band = index.data(BAND)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(option.direction)
        painter.setClipPath(self._card(), Qt.ClipOperation.IntersectClip)
        rect = option.rect.adjusted(0, 0, 0, -1)
        painter.fillRect(QRect(rect.left(), option.rect.bottom(), rect.width(), 1), paint.color("line"))
        if isinstance(band, DayHead):
            painter.fillRect(rect, paint.color("sunken"))
            strong = font(Type.BADGE)
            strong.setWeight(QFont.Weight.DemiBold)
            paint.text(painter, rect.adjusted(_EDGE, 0, -_EDGE, 0), band.text, strong, "text3")
        elif isinstance(band, LogRow):
            self._paint_line(painter, option, rect, band, hovered=index.row() == self.hovered)
        painter.restore()

    def helpEvent(self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index) -> bool:
        band = index.data(BAND)
        if isinstance(band, LogRow):
            cut = _fitting(band, option.rect.width() - _WORDS - _END).text() != band.sentence
            QToolTip.showText(event.globalPos(), band.sentence if cut else "", view)
        return True

    def _paint_line(
        self, painter: QPainter, option: QStyleOptionViewItem, rect: QRect, row: LogRow, *, hovered: bool
    ) -> None:
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen or hovered:
            painter.fillRect(rect, paint.color("accent_soft" if chosen else "hover"))
        if chosen and tokens().plain:
            paint.box(painter, rect, 0, edge="accent")
        time = _part(option, rect, QRect(_EDGE, 0, _TIME, rect.height()))
        paint.text(painter, time, row.time, digits(Type.STRONG), "text2")
        disc = QRect(_EDGE + _TIME + 10, (rect.height() - _DISC) // 2, _DISC, _DISC)
        paint_disc(painter, _part(option, rect, disc), row.line.icon, row.tone)
        room = QRect(_WORDS, 0, rect.width() - _WORDS - _END, rect.height())
        _paint_sentence(painter, _part(option, rect, room), row, option.direction)
        if row.line.person is not None:
            end = _part(option, rect, QRect(rect.width() - 34, 0, _CHEVRON, rect.height()))
            mirrored = option.direction is Qt.LayoutDirection.RightToLeft
            paint.glyph(painter, end, "chevron-left" if mirrored else "chevron-right", "text3", _CHEVRON)
        if self.ringed and option.state & QStyle.StateFlag.State_HasFocus:
            paint.ring(painter, rect.adjusted(3, 3, -3, -3), RADIUS)

    def _card(self) -> QPainterPath:
        """The rows end where the round corners of their card begin."""
        path = QPainterPath()
        path.addRoundedRect(QRectF(self._view.viewport().rect()), RADIUS_CARD - 1, RADIUS_CARD - 1)
        return path


def _part(option: QStyleOptionViewItem, rect: QRect, part: QRect) -> QRect:
    return QStyle.visualRect(option.direction, rect, part.translated(rect.topLeft()))


def _fitting(row: LogRow, room: int) -> QTextLayout:
    """The sentence in one line, cut with … where the room ends."""
    made = _layout(row.sentence, row.strong)
    if made.lineAt(0).naturalTextWidth() <= room:
        return made
    at = made.lineAt(0).xToCursor(room - _DOTS)
    return _layout(row.sentence[:at].rstrip() + "…", row.strong)


def _layout(text: str, strong: tuple[str, ...]) -> QTextLayout:
    made = QTextLayout(text, font(Type.BODY))
    bold = QTextCharFormat()
    bold.setFontWeight(QFont.Weight.DemiBold)
    ranges = []
    begin = 0
    for words in strong:
        at = text.find(words, begin)
        if at >= 0:
            one = QTextLayout.FormatRange()
            one.start, one.length, one.format = at, len(words), bold
            ranges.append(one)
            begin = at + len(words)
    made.setFormats(ranges)
    made.beginLayout()
    made.createLine().setLineWidth(_LONG)
    made.endLayout()
    return made


def _paint_sentence(painter: QPainter, room: QRect, row: LogRow, direction: Qt.LayoutDirection) -> None:
    made = _fitting(row, room.width())
    line = made.lineAt(0)
    left = float(room.left())
    if direction is Qt.LayoutDirection.RightToLeft:
        left = room.right() + 1 - line.naturalTextWidth()
    painter.setPen(paint.color("text"))
    made.draw(painter, QPointF(left, room.top() + (room.height() - line.height()) / 2))
