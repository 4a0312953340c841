"""How far one is: steps across the head of a page, and down the side of the first run."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.spoken import say
from desktop_crm.ui.look.theme import tokens
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.words import M

_DISC = 26
_GAP = 4
_ACROSS, _DOWN = 55, 52
_TWO_LINES = 40
_ABOVE = (_TWO_LINES - _DISC) // 2
"""How far a name in two lines reaches beyond its disc."""


class _Course(QWidget):
    """Names of steps, and the one that is being done; those before it are done."""

    def __init__(self, names: Sequence[str], at: int = 0) -> None:
        super().__init__()
        self.names = tuple(names)
        self.at = at
        self.go_to(at)

    def go_to(self, at: int) -> None:
        """Step number `at`, from 0, is being done. A number past the end ticks them all."""
        self.at = at
        now = min(at, len(self.names) - 1)
        place = M("Step {step} of {steps}: {name}", step=now + 1, steps=len(self.names), name=self.names[now])
        self.setAccessibleName(say(place))
        self.update()

    def rename(self, names: Sequence[str]) -> None:
        """Call the steps differently."""
        self.names = tuple(names)
        self.go_to(self.at)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            under = (name for number, name in enumerate(self.names) if self.words(number).contains(event.pos()))
            QToolTip.showText(event.globalPos(), next(under, ""), self)
            return True
        return super().event(event)

    @abstractmethod
    def words(self, number: int) -> QRect:
        """Where the name of a step stands."""

    def paint_disc(self, painter: QPainter, disc: QRect, number: int, *, quiet_edge: str, ground: str) -> None:
        """A step's number in a ring, or its tick."""
        if number < self.at:
            paint.box(painter, disc, _DISC / 2, fill="accent")
            paint.glyph(painter, disc, "check", tokens().on_accent, 16)
            return
        now = number == self.at
        width = 2.0 if now or quiet_edge == "border" else 1.5
        painter.setPen(QPen(paint.color("accent" if now else quiet_edge), width))
        painter.setBrush(paint.color(ground if now else "surface"))
        painter.drawEllipse(QRectF(disc))
        ink = "accent" if now and ground == "surface" else "on_accent_soft" if now else "text2"
        strong = font(Type.BADGE)
        strong.setWeight(strong.Weight.DemiBold)
        paint.text(painter, disc, str(number + 1), strong, ink, Qt.AlignmentFlag.AlignHCenter)

    def line_ink(self, number: int) -> str:
        """The colour of the line behind a step."""
        return "accent" if number < self.at else "border"

    def name_ink(self, number: int) -> str:
        """The colour of a step's name."""
        return "text" if number == self.at else "text2"


class Steps(_Course):
    """Steps across: discs with lines between them and their names below."""

    def __init__(self, names: Sequence[str], at: int = 0) -> None:
        super().__init__(names, at)
        self.setFixedHeight(_ACROSS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        widest = max(QFontMetrics(font(Type.BADGE)).horizontalAdvance(name) for name in self.names)
        return QSize(len(self.names) * (widest + 16), _ACROSS)

    def minimumSizeHint(self) -> QSize:
        return QSize(len(self.names) * (_DISC + 3 * _GAP), _ACROSS)

    def words(self, number: int) -> QRect:
        return paint.visual(self, QRect(self._left(number) + 4, 37, self._pitch() - 8, 18))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        for number, name in enumerate(self.names):
            middle = round((number + 0.5) * self.width() / len(self.names))
            disc = paint.visual(self, QRect(middle - _DISC // 2, 4, _DISC, _DISC))
            self.paint_disc(painter, disc, number, quiet_edge="border", ground="accent_soft")
            if number + 1 < len(self.names):
                rest = QRect(middle + _DISC // 2 + _GAP, 16, self._pitch() - _DISC - 2 * _GAP, 2)
                painter.fillRect(paint.visual(self, rest), paint.color(self.line_ink(number)))
            self._paint_name(painter, number, name)

    def _paint_name(self, painter: QPainter, number: int, name: str) -> None:
        kind = font(Type.BADGE)
        if number == self.at:
            kind.setWeight(kind.Weight.DemiBold)
        middle = Qt.AlignmentFlag.AlignHCenter
        paint.text(painter, self.words(number), name, kind, self.name_ink(number), middle)

    def _pitch(self) -> int:
        return self.width() // len(self.names)

    def _left(self, number: int) -> int:
        return number * self.width() // len(self.names)


class StepList(_Course):
    """Steps one below the other. A long name takes two lines."""

    def __init__(self, names: Sequence[str], at: int = 0) -> None:
        super().__init__(names, at)
        self.setFixedHeight(_DOWN * (len(names) - 1) + _TWO_LINES)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        widest = max(QFontMetrics(font(Type.CARD)).horizontalAdvance(name) for name in self.names)
        return QSize(widest + 46, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(_DISC + 4, self.height())

    def words(self, number: int) -> QRect:
        return paint.visual(self, QRect(42, number * _DOWN, self.width() - 42, _TWO_LINES))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        for number, name in enumerate(self.names):
            top = number * _DOWN + _ABOVE
            disc = paint.visual(self, QRect(2, top, _DISC, _DISC))
            self.paint_disc(painter, disc, number, quiet_edge="field", ground="surface")
            if number + 1 < len(self.names):
                rest = QRect(2 + _DISC // 2 - 1, top + _DISC + _GAP, 2, _DOWN - _DISC - 2 * _GAP)
                painter.fillRect(paint.visual(self, rest), paint.color(self.line_ink(number)))
            kind = font(Type.CARD if number == self.at else Type.BODY)
            paint.passage(painter, self.words(number), name, kind, self.name_ink(number))
