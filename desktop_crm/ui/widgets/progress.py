"""How far something is: a bar, a ring, a sign that work goes on."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QApplication, QProgressBar, QWidget

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.theme import tokens
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type, digits, font

_PACE = 33
"""Milliseconds from one step of a motion to the next."""
_DEGREES = 12


class ProgressBar(QProgressBar):
    """Done of total. A total of 0 means that nobody knows: then the bar runs."""

    def __init__(self, *, name: str, tone: Tone = Tone.ACCENT) -> None:
        super().__init__()
        self._tone = tone
        self.setAccessibleName(name)
        self.setTextVisible(False)
        self.setFixedHeight(10)
        self._at = 0.0
        self._timer = _timer(self, self._run)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self.setRange(0, total)
        self.setValue(done)
        if total:
            self._timer.stop()
        elif self.isVisible():
            _start(self._timer)
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.maximum() == 0:
            _start(self._timer)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._timer.stop()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        look = tokens()
        paint.box(painter, self.rect(), 5, fill="neutral_soft", edge="border" if look.plain else None)
        part = paint.visual(self, self._part())
        if part.width() > 0:
            paint.box(painter, part, 5, fill=look.mark(self._tone))

    def _part(self) -> QRect:
        if self.maximum() == 0:
            third = self.width() // 3
            start = round((self.width() + third) * self._at) - third
            return QRect(start, 0, third, self.height()).intersected(self.rect())
        span = max(1, self.maximum() - self.minimum())
        share = min(1.0, max(0.0, (self.value() - self.minimum()) / span))
        return QRect(0, 0, max(self.height(), round(self.width() * share)) if share else 0, self.height())

    def _run(self) -> None:
        self._at = (self._at + 0.02) % 1.0
        self.update()


class Ring(QWidget):
    """A number in a ring of which a share is filled, such as the days that are left."""

    def __init__(self, number: str, caption: str, share: float, tone: Tone = Tone.ACCENT, *, size: int = 104) -> None:
        super().__init__()
        self.setFixedSize(size, size)
        self.show_number(number, caption, share, tone)

    def show_number(self, number: str, caption: str, share: float, tone: Tone) -> None:
        """Show something else; `share` is between 0 and 1."""
        self._number, self._caption, self._share, self._tone = number, caption, min(1.0, max(0.0, share)), tone
        self.setAccessibleName(f"{number} {caption}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        thick = max(3, round(self.width() * 0.085))
        arc = QRectF(self.rect()).adjusted(thick, thick, -thick, -thick)
        painter.setPen(_track(thick))
        painter.drawEllipse(arc)
        # From the top, in reading direction; Qt counts sixteenths of a degree against the clock.
        way = 1 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else -1
        cap = Qt.PenCapStyle.RoundCap
        painter.setPen(QPen(paint.color(tokens().mark(self._tone)), thick, Qt.PenStyle.SolidLine, cap))
        if self._share:
            painter.drawArc(arc, 90 * 16, round(way * self._share * 360 * 16))
        self._paint_words(painter)

    def _paint_words(self, painter: QPainter) -> None:
        small = self.width() < 64
        number = digits(Type.CARD if small else Type.HERO)
        centre = Qt.AlignmentFlag.AlignHCenter
        if small or not self._caption:
            paint.text(painter, self.rect(), self._number, number, "text", centre)
            return
        middle = self.height() // 2
        paint.text(painter, QRect(0, middle - 28, self.width(), 36), self._number, number, "text", centre)
        below = self.rect().adjusted(14, middle + 8, -14, 0)
        below.setHeight(18)
        paint.text(painter, below, self._caption, font(Type.HINT), "text2", centre)


def _track(thick: int) -> QPen:
    """What a ring runs on: a quiet band, a hairline where bands do not show."""
    return QPen(paint.color("line"), 1) if tokens().plain else QPen(paint.color("neutral_soft"), thick)


def _timer(widget: QWidget, step: Callable[[], None]) -> QTimer:
    timer = QTimer(widget)
    timer.setInterval(_PACE)
    timer.timeout.connect(step)
    return timer


def _start(timer: QTimer) -> None:
    """Motion, unless the computer asks for none."""
    from PySide6.QtWidgets import QStyle

    if QApplication.style().styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0:
        timer.start()
