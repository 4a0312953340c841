"""Strokes that painted controls share. Colours are names of tokens or `#RRGGBB`."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFocusEvent, QFont, QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QWidget

from desktop_crm.ui.look import icons
from desktop_crm.ui.look.sides import absolute, turned
from desktop_crm.ui.look.theme import tokens

KEYBOARD = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason, Qt.FocusReason.ShortcutFocusReason}
_PASSING = {Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.MenuBarFocusReason}


def ringed(event: QFocusEvent, before: bool) -> bool:
    """Whether a focus ring is due: for those who came by keyboard, and still after a popup or another window."""
    if event.reason() in _PASSING:
        return before
    return event.type() is QEvent.Type.FocusIn and event.reason() in KEYBOARD


def color(name: str) -> QColor:
    """A token's colour now."""
    return QColor(tokens().color(name))


def painter_on(widget: QWidget) -> QPainter:
    """A smooth painter on a widget."""
    painter = QPainter(widget)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    return painter


def visual(widget: QWidget, part: QRect) -> QRect:
    """Where a part of a widget lies in the reading direction of the window."""
    return turned(widget.layoutDirection(), widget.rect(), part)


def asleep(widget: QWidget) -> bool:
    """Whether a control that is off needs a dashed edge to say so: in high contrast its colours do not."""
    return tokens().plain and not widget.isEnabled()


def box(
    painter: QPainter,
    rect: QRect,
    radius: float,
    *,
    fill: str | None = None,
    edge: str | None = None,
    width: float = 1,
    dashed: bool = False,
) -> None:
    """A rounded rectangle whose edge lies inside `rect`."""
    inset = width / 2 if edge else 0
    inner = QRectF(rect).adjusted(inset, inset, -inset, -inset)
    style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
    painter.setPen(QPen(color(edge), width, style) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(color(fill) if fill else Qt.BrushStyle.NoBrush)
    rounding = max(0.0, min(radius - inset, inner.height() / 2, inner.width() / 2))
    painter.drawRoundedRect(inner, rounding, rounding)


def fill(painter: QPainter, rect: QRect, ink: str) -> None:
    """A ground of one colour; `fillRect` would have PySide load every kind of gradient first."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color(ink))
    painter.drawRect(rect)


def ring(painter: QPainter, rect: QRect, radius: float, ink: str = "accent") -> None:
    """The 2 px ring that shows where the keyboard is."""
    box(painter, rect, radius, edge=ink, width=2)


def glyph(painter: QPainter, rect: QRect, name: str, ink: str, size: int = 18) -> None:
    """An icon in the middle of `rect`."""
    corner = QPoint(rect.x() + (rect.width() - size) // 2, rect.y() + (rect.height() - size) // 2)
    painter.drawPixmap(corner, icons.pixmap(name, ink, size, painter.device().devicePixelRatioF()))


def text(
    painter: QPainter,
    rect: QRect,
    said: str,
    font: QFont,
    ink: str,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    *,
    flags: Qt.TextFlag = Qt.TextFlag.TextSingleLine,
) -> None:
    """One line, cut with … where the room ends. `AlignLeft` is where reading starts, whatever script the words have."""
    painter.setFont(font)
    painter.setPen(color(ink))
    shown = QFontMetrics(font).elidedText(said, Qt.TextElideMode.ElideRight, rect.width(), flags.value)
    _draw(painter, rect, absolute(painter.layoutDirection(), align), flags, shown)


def passage(painter: QPainter, rect: QRect, said: str, font: QFont, ink: str) -> None:
    """A text that wraps, from where reading starts."""
    painter.setFont(font)
    painter.setPen(color(ink))
    side = absolute(painter.layoutDirection(), Qt.AlignmentFlag.AlignLeft)
    _draw(painter, rect, side, Qt.TextFlag.TextWordWrap, said)


def _draw(painter: QPainter, rect: QRect, side: Qt.AlignmentFlag, flags: Qt.TextFlag, said: str) -> None:
    """At this side, but in the order of its own script: a Latin sentence keeps its full stop at its end."""
    before = painter.layoutDirection()
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.drawText(rect, side.value | Qt.AlignmentFlag.AlignVCenter.value | flags.value, said)
    painter.setLayoutDirection(before)


_SCRIM = 0.34
_SHADOW = 24
_SHADOW_DEPTH = 10
_AROUND = _SHADOW + _SHADOW_DEPTH + 1


def scrim(painter: QPainter, rect: QRect) -> None:
    """Dim what lies below."""
    dimmed = color("scrim")
    dimmed.setAlphaF(0.64 if tokens().dark else _SCRIM)
    painter.fillRect(rect, dimmed)


def shadow(painter: QPainter, rect: QRect, radius: float) -> None:
    """The soft shadow under a sheet, a little below it."""
    picture = _shadow(rect.width(), rect.height(), radius, painter.device().devicePixelRatioF())
    painter.drawPixmap(rect.topLeft() - QPoint(_AROUND, _AROUND), picture)


@lru_cache(maxsize=2)
def _shadow(width: int, height: int, radius: float, ratio: float) -> QPixmap:
    """Rings that fade. Drawn once: a sheet is painted anew whenever anything changes below it."""
    made = QPixmap(round((width + 2 * _AROUND) * ratio), round((height + 2 * _AROUND) * ratio))
    made.setDevicePixelRatio(ratio)
    made.fill(Qt.GlobalColor.transparent)
    painter = QPainter(made)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    _rings(painter, QRect(_AROUND, _AROUND, width, height), radius)
    painter.end()
    return made


def _rings(painter: QPainter, rect: QRect, radius: float) -> None:
    shade = QColor(0, 0, 0)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for step in range(_SHADOW):
        shade.setAlphaF(0.145 * (1 - step / _SHADOW))
        painter.setPen(QPen(shade, 1))
        grown = QRectF(rect).translated(0, _SHADOW_DEPTH).adjusted(-step, -step, step, step)
        painter.drawRoundedRect(grown.adjusted(-0.5, -0.5, 0.5, 0.5), radius + step, radius + step)
    painter.setPen(Qt.PenStyle.NoPen)
    shade.setAlphaF(0.145)
    painter.setBrush(shade)
    painter.drawRoundedRect(QRectF(rect).translated(0, _SHADOW_DEPTH), radius, radius)
