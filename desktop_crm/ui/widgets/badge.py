"""Badges: a word on the quiet ground of its tone, with an icon or a dot so that colour is never alone."""

from __future__ import annotations

from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.theme import tokens
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type, digits, font

_ICON = 14
_DOT = 6
_GAP = 6


@dataclass(frozen=True)
class Pill:
    """What a badge shows; delegates paint it without a widget."""

    text: str
    tone: Tone = Tone.NEUTRAL
    icon: str | None = None
    dot: bool = False
    small: bool = False
    lifted: bool = False
    """On a selected row: the ground of the surface, so that it does not sink in."""

    @property
    def size(self) -> QSize:
        """The room it needs."""
        # One pixel more than the words: fractions of letters add up, and would cut the last one.
        width = self._lead + QFontMetrics(self._font).horizontalAdvance(self.text) + 1 + 2 * self._padding
        height = 20 if self.small else 26
        return QSize(max(width, height), height)

    def paint(self, painter: QPainter, rect: QRect, direction: Qt.LayoutDirection) -> None:
        """Paint it in `rect`, cut with … where that is too narrow."""
        look = tokens()
        ink = look.ink(self.tone)
        fill = look.surface if self.lifted else look.soft(self.tone)
        paint.box(painter, rect, rect.height() / 2, fill=fill, edge=ink if look.plain else None)
        mirrored = direction is Qt.LayoutDirection.RightToLeft
        start = rect.left() + self._padding
        if self._lead:
            self._paint_lead(
                painter, _mirror(rect, QRect(start, rect.top(), self._lead - _GAP, rect.height()), mirrored)
            )
        words = QRect(start + self._lead, rect.top(), rect.width() - self._lead - 2 * self._padding, rect.height())
        align = Qt.AlignmentFlag.AlignLeft if self._lead else Qt.AlignmentFlag.AlignHCenter
        painter.setLayoutDirection(direction)
        paint.text(painter, _mirror(rect, words, mirrored), self.text, self._font, ink, align)

    @property
    def _padding(self) -> int:
        return 8 if self.small else 10

    @property
    def _lead(self) -> int:
        return (_ICON + _GAP) if self.icon else (_DOT + _GAP) if self.dot else 0

    @property
    def _font(self) -> QFont:
        made = digits(Type.BADGE) if self.text.isdigit() else font(Type.BADGE)
        if self.small:
            made.setPixelSize(11)
            made.setWeight(QFont.Weight.DemiBold)
        return made

    def _paint_lead(self, painter: QPainter, rect: QRect) -> None:
        ink = tokens().ink(self.tone)
        if self.icon:
            paint.glyph(painter, rect, self.icon, ink, _ICON)
        else:
            corner = rect.center() - QPoint(_DOT // 2 - 1, _DOT // 2 - 1)
            paint.box(painter, QRect(corner, QSize(_DOT, _DOT)), _DOT / 2, fill=ink)


def _mirror(within: QRect, part: QRect, mirrored: bool) -> QRect:
    return part.translated(within.left() + within.right() - part.left() - part.right(), 0) if mirrored else part


class Badge(QLabel):
    """A badge as a widget; screen readers read it as text."""

    def __init__(
        self,
        text: str,
        tone: Tone = Tone.NEUTRAL,
        icon: str | None = None,
        dot: bool = False,
        *,
        small: bool = False,
    ) -> None:
        super().__init__(text)
        self._pill = Pill(text, tone, icon, dot, small)
        self._why = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Say something else."""
        self._change(replace(self._pill, text=text))

    def set_tone(self, tone: Tone, icon: str | None = None) -> None:
        """Mean something else; the icon belongs to the meaning."""
        self._change(replace(self._pill, tone=tone, icon=icon))

    def lift(self, lifted: bool) -> None:
        """Stand out from a ground that is chosen."""
        self._change(replace(self._pill, lifted=lifted))

    def explain(self, why: str) -> None:
        """Say more when the mouse rests on it."""
        self._why = why
        self._hint()

    def sizeHint(self) -> QSize:
        return self._pill.size

    def minimumSizeHint(self) -> QSize:
        return self._pill.size

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._pill.paint(paint.painter_on(self), self.rect(), self.layoutDirection())

    def _change(self, pill: Pill) -> None:
        self._pill = pill
        self.setText(pill.text)
        self.setAccessibleName(pill.text)
        self._hint()
        self.updateGeometry()
        self.update()

    def _hint(self) -> None:
        """Where it is cut, the hint begins with the whole text."""
        whole = self._pill.text if self.width() < self._pill.size.width() else ""
        self.setToolTip("\n".join(filter(None, (whole, self._why))))
