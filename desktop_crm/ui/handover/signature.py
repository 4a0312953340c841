"""A field to sign in, by mouse, pen or finger. Only lines are kept: no times, and not how hard somebody pressed."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.tokens import RADIUS_ROW
from desktop_crm.ui.look.typography import Type, font

_WIDE, _HIGH = 440, 104
_LINE = 2.4
_NEAR = 4
"""Points nearer than so many thousandths of the width say nothing new."""
_MOST_POINTS = 4_000
THOUSAND = 1_000
"""So many parts has the width of a signature."""
_WHITE, _INK = Qt.GlobalColor.white, Qt.GlobalColor.black


def lines_of(strokes: str) -> list[list[QPointF]]:
    """The lines of a signature, in thousandths of its width. What is no point is left out."""
    made = ([point for word in line.split() if (point := _point_of(word)) is not None] for line in strokes.splitlines())
    return [points for points in made if points]


def _point_of(word: str) -> QPointF | None:
    x, _, y = word.partition(",")
    try:
        return QPointF(int(x), int(y))
    except ValueError:
        return None


def draw_strokes(painter: QPainter, rect: QRect, strokes: str) -> None:
    """Draw a signature as it is kept, in the width of `rect`."""
    scale, origin = rect.width() / THOUSAND, QPointF(rect.topLeft())
    painter.setPen(QPen(_INK, _LINE, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
    for line in lines_of(strokes):
        points = [origin + point * scale for point in line]
        if len(points) == 1:
            painter.drawPoint(points[0])
        else:
            painter.drawPolyline(QPolygonF(points))


class SignaturePad(QWidget):
    """Dark on white, whatever the look. A pen and a finger arrive as a mouse does."""

    changed = Signal()

    def __init__(self, name: str, hint: str, day: str = "", strokes: str = "") -> None:
        """`hint` stands in it until somebody signs, with `day` at its end; `strokes` was drawn before."""
        super().__init__()
        self._hint, self._day = hint, day
        self._lines = [[point.toPoint() for point in line] for line in lines_of(strokes)]
        self.setAccessibleName(name)
        self.setAccessibleDescription(hint)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def strokes(self) -> str:
        """What was drawn, as it is kept: a line of points `x,y` for each stroke, in thousandths of the width."""
        return "\n".join(" ".join(f"{point.x()},{point.y()}" for point in line) for line in self._lines)

    def clear(self) -> None:
        """Take it away again."""
        self._lines = []
        self._changed()

    def sizeHint(self) -> QSize:
        return QSize(_WIDE, _HIGH)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, _HIGH)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._lines.append([self._point(event)])
            self._changed()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if event.buttons() & Qt.MouseButton.LeftButton and self._lines:
            point, last = self._point(event), self._lines[-1][-1]
            if (point - last).manhattanLength() >= _NEAR and sum(map(len, self._lines)) < _MOST_POINTS:
                self._lines[-1].append(point)
                self._changed()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        painter.setLayoutDirection(self.layoutDirection())
        paint.box(painter, self.rect(), RADIUS_ROW, fill="surface", edge="field")
        painter.fillRect(self.rect().adjusted(3, 3, -3, -3), _WHITE)
        base = self.height() - 34
        painter.setPen(QPen(paint.color("border"), 1, Qt.PenStyle.DashLine))
        painter.drawLine(22, base, self.width() - 22, base)
        below = QRect(22, base + 2, self.width() - 44, 26)
        if not self._lines:
            beside = QFontMetrics(font(Type.HINT)).horizontalAdvance(self._day) + 12
            start = paint.visual(self, below.adjusted(0, 0, -beside, 0))
            paint.text(painter, start, self._hint, font(Type.HINT), "text3")
        paint.text(painter, below, self._day, font(Type.HINT), "text3", Qt.AlignmentFlag.AlignRight)
        draw_strokes(painter, self.rect(), self.strokes)

    def _point(self, event: QMouseEvent) -> QPoint:
        """In thousandths of the width, and never outside the field."""
        inside = event.position().toPoint()
        x, y = max(0, min(inside.x(), self.width())), max(0, min(inside.y(), self.height()))
        return QPoint(x * THOUSAND // max(1, self.width()), y * THOUSAND // max(1, self.width()))

    def _changed(self) -> None:
        self.changed.emit()
        self.update()
