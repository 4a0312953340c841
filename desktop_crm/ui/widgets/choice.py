"""Choices: cards to choose from, check boxes, switches."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.theme import tokens
from desktop_crm.ui.look.tokens import RADIUS_ROW, TARGET
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.button import Painted

_MARK = 20
_EDGE = 14
_GAP = 12
_WRAPS = Qt.TextFlag.TextWordWrap


def _stretching() -> QSizePolicy:
    policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    policy.setHeightForWidth(True)
    return policy


def _height(kind: Type, text: str, width: int, larger: int = 0) -> int:
    if not text:
        return 0
    return (
        QFontMetrics(font(kind, larger=larger))
        .boundingRect(QRect(0, 0, max(40, width), 9999), _WRAPS.value, text)
        .height()
    )


def paint_tick(painter: QPainter, rect: QRect, state: Qt.CheckState, *, enabled: bool = True) -> None:
    """The square of a check box, for widgets and delegates."""
    on = state is not Qt.CheckState.Unchecked
    fill, edge = ("accent", "accent") if on else ("surface", "field")
    if not enabled:
        fill, edge = ("neutral_soft" if on else "sunken"), "border"
    square = QRect(rect.center() - QPoint(_MARK // 2 - 1, _MARK // 2 - 1), QSize(_MARK, _MARK))
    paint.box(painter, square, 5, fill=fill, edge=edge, width=1.5, dashed=tokens().plain and not enabled)
    if on:
        sign = "minus" if state is Qt.CheckState.PartiallyChecked else "check"
        paint.glyph(painter, square, sign, "on_accent" if enabled else "text3", 14)


def paint_dot(painter: QPainter, rect: QRect, *, on: bool, enabled: bool = True) -> None:
    """The circle of a choice among several."""
    circle = QRect(rect.center() - QPoint(_MARK // 2 - 1, _MARK // 2 - 1), QSize(_MARK, _MARK))
    edge = ("accent" if on else "field") if enabled else "border"
    paint.box(
        painter,
        circle,
        _MARK / 2,
        fill="surface" if enabled else "sunken",
        edge=edge,
        width=2 if on else 1.5,
        dashed=tokens().plain and not enabled,
    )
    if on:
        paint.box(painter, circle.adjusted(5, 5, -5, -5), _MARK / 2, fill="accent" if enabled else "text3")


class ChoiceCard(Painted):
    """A card that is chosen by a click anywhere on it.

    `exclusive` cards of one parent let go of each other; the others are ticked one by one. Without `mark` the icon
    stands in front in place of the circle or square.
    """

    def __init__(
        self,
        title: str,
        sub: str = "",
        icon: str | None = None,
        badge: Badge | None = None,
        *,
        exclusive: bool = True,
        mark: bool = True,
        larger: int = 0,
    ) -> None:
        """`larger` adds pixels to its letters and room for a finger: on the screen that is handed to a customer."""
        super().__init__("", title)
        self._larger = larger
        self._title, self._sub, self._icon, self._badge, self._mark = title, sub, icon, badge, mark
        self._kept = False
        self.setCheckable(True)
        self.setAutoExclusive(exclusive)
        self.setAccessibleDescription(sub)
        self.setSizePolicy(_stretching())
        if badge is not None:
            badge.setParent(self)
            badge.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            self.toggled.connect(badge.lift)

    def explain(self, sub: str) -> None:
        """Say something else below the title."""
        self._sub = sub
        self.setAccessibleDescription(sub)
        self.updateGeometry()
        self.update()

    def keep_chosen(self) -> None:
        """It cannot be let go any more."""
        self._kept = True
        self.clicked.connect(lambda _on: self.setChecked(True))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter chooses; on what is chosen already and stays so it means the page, which goes on."""
        stays = self.isChecked() and (self.autoExclusive() or self._kept)
        if stays and event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        strong, small = (QFontMetrics(font(kind, larger=self._larger)) for kind in (Type.STRONG, Type.SMALL))
        widths = (strong, self._title), (small, self._sub)
        words = min(420, max(metrics.horizontalAdvance(text) for metrics, text in widths) + 2)
        width = self._start() + words + self._end()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(160, 44)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        room = width - self._start() - self._end()
        high, low = self._heights(room)
        return max(56 if self._larger else 44, high + low + 2 * 10)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._badge is not None:
            size = self._badge.sizeHint()
            part = QRect(self.width() - _EDGE - size.width(), (self.height() - size.height()) // 2, 0, 0)
            self._badge.setGeometry(paint.visual(self, QRect(part.topLeft(), size)))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        painter.setLayoutDirection(self.layoutDirection())
        on, chosen = self.isEnabled(), self.isChecked()
        fill = "accent_soft" if chosen else "hover" if self.lit else "surface"
        edge = "accent" if chosen else "field"
        if not on:
            fill, edge = "sunken", "line"
        paint.box(painter, self.rect(), RADIUS_ROW, fill=fill, edge=edge, dashed=paint.asleep(self))
        self._paint_marks(painter)
        self._paint_words(painter)
        if self.ringed:
            paint.ring(painter, self.rect(), RADIUS_ROW)

    def _heights(self, room: int) -> tuple[int, int]:
        """How high title and sub are in so much width."""
        high = _height(Type.STRONG, self._title, room, self._larger)
        return high, _height(Type.SMALL, self._sub, room, self._larger)

    def _start(self) -> int:
        return _EDGE + _MARK + _GAP if self._mark or self._icon else _EDGE

    def _end(self) -> int:
        if self._badge is not None:
            return _EDGE + _GAP + self._badge.sizeHint().width()
        return _EDGE + _GAP + 18 if self._icon and self._mark else _EDGE

    def _paint_marks(self, painter: QPainter) -> None:
        front = paint.visual(self, QRect(_EDGE, 0, _MARK, self.height()))
        on = self.isEnabled()
        ink = "text3" if not on else "on_accent_soft" if self.isChecked() else "text2"
        if not self._mark:
            if self._icon:
                paint.glyph(painter, front, self._icon, ink, 18)
            return
        if self.autoExclusive():
            paint_dot(painter, front, on=self.isChecked(), enabled=on)
        else:
            state = Qt.CheckState.Checked if self.isChecked() else Qt.CheckState.Unchecked
            paint_tick(painter, front, state, enabled=on)
        if self._icon and self._badge is None:
            back = paint.visual(self, QRect(self.width() - _EDGE - 18, 0, 18, self.height()))
            paint.glyph(painter, back, self._icon, ink, 18)

    def _paint_words(self, painter: QPainter) -> None:
        room = self.width() - self._start() - self._end()
        high, low = self._heights(room)
        top = (self.height() - high - low) // 2
        strong = "text" if self.isEnabled() else "text3"
        quiet = "text2" if self.isEnabled() else "text3"
        for text, kind, ink, y, deep in (
            (self._title, Type.STRONG, strong, top, high),
            (self._sub, Type.SMALL, quiet, top + high, low),
        ):
            part = paint.visual(self, QRect(self._start(), y, room, deep))
            paint.passage(painter, part, text, font(kind, larger=self._larger), ink)


class CheckBox(QCheckBox):
    """A box to tick, with a text that wraps. The whole line is its target."""

    def __init__(self, text: str = "", *, name: str = "", kind: Type = Type.BODY) -> None:
        super().__init__(text)
        self.ringed = False
        self._kind = kind
        self.setFont(font(kind))
        self.setAccessibleName(name or text.replace("&", ""))
        self.setSizePolicy(_stretching())

    def sizeHint(self) -> QSize:
        words = QFontMetrics(self.font()).size(Qt.TextFlag.TextShowMnemonic.value, self.text()).width()
        width = _MARK + (8 + words + 2 if self.text() else 12)
        return QSize(width, TARGET)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 120), TARGET)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return max(TARGET, _height(self._kind, self.text(), width - _MARK - 8) + 8)

    def hitButton(self, pos: QPoint) -> bool:
        return self.rect().contains(pos)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ringed = paint.ringed(event, self.ringed)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.ringed = paint.ringed(event, self.ringed)
        super().focusOutEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        painter.setLayoutDirection(self.layoutDirection())
        mark = paint.visual(self, QRect(0 if self.text() else (self.width() - _MARK) // 2, 0, _MARK, self.height()))
        paint_tick(painter, mark, self.checkState(), enabled=self.isEnabled())
        words = paint.visual(self, QRect(_MARK + 8, 0, self.width() - _MARK - 8, self.height()))
        paint.passage(painter, words, self.text(), self.font(), "text" if self.isEnabled() else "text3")
        if self.ringed:
            paint.ring(painter, self.rect(), 6)


class Switch(Painted):
    """On or off, at once. `text` is said by screen readers only; the words stand beside it."""

    def __init__(self, text: str, *, on: bool = False) -> None:
        super().__init__("", text)
        self.setCheckable(True)
        self.setChecked(on)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(44, TARGET)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        track = QRect(2, (self.height() - 24) // 2, 40, 24)
        on = self.isChecked()
        fill, edge, knob = ("accent", "accent", "on_accent") if on else ("surface", "field", "field")
        if not self.isEnabled():
            fill, edge, knob = "neutral_soft", "border", "text3"
        paint.box(painter, track, 12, fill=fill, edge=edge, width=1.5, dashed=paint.asleep(self))
        place = paint.visual(self, QRect(track.left() + (19 if on else 3), track.top() + 3, 18, 18))
        paint.box(painter, place, 9, fill=knob)
        if on:
            paint.glyph(painter, place, "check", fill, 12)
        if self.ringed:
            paint.ring(painter, track.adjusted(-2, -2, 2, 2), 14, "text")
