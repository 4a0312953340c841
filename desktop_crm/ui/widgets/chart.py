"""A painted chart of bars side by side for each month, told apart by their fill as much as by their colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QFontMetrics, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.spoken import words
from desktop_crm.ui.look.theme import tokens
from desktop_crm.ui.look.tokens import SPACE_2, Tone
from desktop_crm.ui.look.typography import Type, digits, font

_HIGH = 240
_ABOVE, _BELOW = 10, 42
_LINES = 4
"""At most so many lines across, besides the one at the foot."""
_BAR, _BETWEEN = 12, 0.36
"""The widest a bar becomes, and the share of a month that stays empty."""
_STEPS: Final = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Series:
    """What is counted: its name, its colour, and how its bars are filled."""

    name: str
    tone: Tone
    fill: Qt.BrushStyle = Qt.BrushStyle.SolidPattern


@dataclass(frozen=True, slots=True)
class Column:
    """The bars of one month. `below` is written under it where there is room, `second` under that; `name` is spoken."""

    name: str
    below: str
    second: str
    numbers: tuple[int, ...]


class Chart(QWidget):
    """Left and Right go from month to month; each is spoken, and shown by a hint under the mouse."""

    def __init__(self, series: Sequence[Series], *, name: str) -> None:
        super().__init__()
        self.series = tuple(series)
        self.columns: tuple[Column, ...] = ()
        self.at: int | None = None
        """The month the keyboard is on."""
        self._name = name
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_columns(self, columns: Sequence[Column], description: str) -> None:
        """Show these months, the oldest first. `description` says in words what is to be seen."""
        self.columns = tuple(columns)
        self.at = None
        self.setAccessibleName(self._name)
        self.setAccessibleDescription(description)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(480, _HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(240, _HIGH)

    def told(self, at: int) -> str:
        """A month in words."""
        column = self.columns[at]
        numbers = (words().number(number) for number in column.numbers)
        return ", ".join([column.name, *(f"{one.name}: {n}" for one, n in zip(self.series, numbers, strict=True))])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        back = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        steps: dict[int, int] = {Qt.Key.Key_Left: 1 if back else -1, Qt.Key.Key_Right: -1 if back else 1}
        if event.key() not in steps or not self.columns:
            super().keyPressEvent(event)
            return
        start = len(self.columns) if self.at is None else self.at
        self.at = min(max(start + steps[event.key()], 0), len(self.columns) - 1)
        self.setAccessibleName(self.told(self.at))
        QToolTip.showText(self.mapToGlobal(self._month(self.at).center()), self.told(self.at), self)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._under(event.position().toPoint()) is None:
            QToolTip.hideText()
        super().mouseMoveEvent(event)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            at = self._under(event.pos())
            if at is not None:
                QToolTip.showText(event.globalPos(), self.told(at), self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        painter.setLayoutDirection(self.layoutDirection())
        step, top = _scale(self._highest())
        self._paint_lines(painter, step, top)
        for at, column in enumerate(self.columns):
            self._paint_month(painter, at, column, top)
        if self.hasFocus() and self.at is None:
            paint.ring(painter, self.rect(), 8)

    # Where things lie

    def _highest(self) -> int:
        return max((number for column in self.columns for number in column.numbers), default=0)

    def _side(self) -> int:
        """The room for the numbers at the lines."""
        return QFontMetrics(digits(Type.HINT)).horizontalAdvance(words().number(max(self._highest(), 10))) + SPACE_2

    def _field(self) -> QRect:
        return self.rect().adjusted(self._side(), _ABOVE, -2, -_BELOW)

    def _month(self, at: int) -> QRect:
        field = self._field()
        wide = field.width() / max(len(self.columns), 1)
        left = round(field.left() + at * wide)
        return paint.visual(
            self, QRect(left, field.top(), round(field.left() + (at + 1) * wide) - left, field.height())
        )

    def _under(self, point: QPoint) -> int | None:
        return next((at for at in range(len(self.columns)) if self._month(at).contains(point)), None)

    def _bars(self, at: int, column: Column, top: int) -> Iterator[tuple[Series, QRectF]]:
        month = self._month(at)
        wide = min(_BAR, month.width() * (1 - _BETWEEN) / len(self.series))
        left = month.center().x() - wide * len(self.series) / 2
        order = reversed(range(len(self.series))) if self._mirrored else range(len(self.series))
        for place, which in enumerate(order):
            high = month.height() * column.numbers[which] / top
            bar = QRectF(left + place * wide, month.bottom() + 1 - high, max(wide - 1, 1), high)
            yield self.series[which], bar

    @property
    def _mirrored(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    # Strokes

    def _paint_lines(self, painter: QPainter, step: int, top: int) -> None:
        field = self._field()
        for value in range(0, top + 1, step):
            y = round(field.bottom() + 1 - field.height() * value / top)
            line = paint.visual(self, QRect(field.left(), y, field.width(), 1))
            painter.fillRect(line, paint.color("field" if value == 0 or tokens().plain else "line"))
            room = paint.visual(self, QRect(0, y - 8, self._side() - SPACE_2, 16))
            said = words().number(value)
            paint.text(painter, room, said, digits(Type.HINT), "text3", Qt.AlignmentFlag.AlignRight)

    def _paint_month(self, painter: QPainter, at: int, column: Column, top: int) -> None:
        if at == self.at and self.hasFocus():
            paint.ring(painter, self._month(at).adjusted(0, -4, 0, 4), 4)
        for series, bar in self._bars(at, column, top):
            if bar.height() > 0:
                paint_bar(painter, bar, series)
        month = self._month(at)
        if at % self._every() == self._offset():
            below = QRect(month.center().x() - 30, month.bottom() + 6, 60, 16)
            paint.text(painter, below, column.below, font(Type.HINT), "text3", Qt.AlignmentFlag.AlignHCenter)
            below.translate(0, 15)
            paint.text(painter, below, column.second, font(Type.HINT), "text3", Qt.AlignmentFlag.AlignHCenter)

    def _every(self) -> int:
        """Each month, each third or each sixth bears its name, as there is room."""
        wide = self._field().width() / max(len(self.columns), 1)
        return 1 if wide >= 44 else 3 if wide >= 14 else 6

    def _offset(self) -> int:
        """The newest month always bears its name."""
        return (len(self.columns) - 1) % self._every()


def paint_bar(painter: QPainter, bar: QRectF, series: Series) -> None:
    """A bar, or the sample of one in the legend. Each has its edge, so that fills differ without any colour."""
    ink = paint.color(ink_of(series.tone))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)
    painter.setBrush(QBrush(ink, series.fill) if series.fill is not Qt.BrushStyle.NoBrush else Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(ink, 1))
    painter.drawRect(bar.adjusted(0, 0, -1, -1))
    painter.restore()


def ink_of(tone: Tone) -> str:
    """The token a bar is painted with."""
    return "text3" if tone is Tone.NEUTRAL else tone.value


def _scale(highest: int) -> tuple[int, int]:
    """The distance of the lines, and the topmost of them: round numbers over the highest bar."""
    step, power = 1, 1
    while step * _LINES < highest:
        step, power = next(
            ((one * power, power) for one in _STEPS if one * power * _LINES >= highest), (10 * power, power * 10)
        )
    return step, step * max(1, -(-highest // step))


class Key(QWidget):
    """The sample of a series beside its name."""

    def __init__(self, series: Series) -> None:
        super().__init__()
        self.series = series
        self.setFixedSize(14, 14)

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint_bar(paint.painter_on(self), QRectF(self.rect()).adjusted(1, 1, -1, -1), self.series)
