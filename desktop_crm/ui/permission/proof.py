"""A proof of an answer as it is looked at: a signature drawn from its lines, a scan as a picture, a script as text."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_crm.services.permission_table import Proven
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.handover.signature import THOUSAND, draw_strokes, lines_of
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.tokens import LIGHT, RADIUS_ROW, SPACE_2
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import boxed, column
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

_INSET = 8
_PICTURE = 820


def shown_proof(desk: Desk, proof: Proven) -> QWidget:
    """What there is of a proof, with its note."""
    note = label(proof.note, Type.SMALL, "text2", wrap=True, selectable=True) if proof.note else None
    return boxed(column(_what(desk, proof), note, space=SPACE_2))


def _what(desk: Desk, proof: Proven) -> QWidget | None:
    if proof.strokes:
        return Signature(proof.strokes, name=desk.say(M("Signature")))
    if not proof.content:
        return None
    if proof.media_type.startswith("image/"):
        look = Button(desk.say(M("Show the scan")), icon="eye")
        look.clicked.connect(lambda: ScanSheet(desk, proof).open())
        return look
    told = M("The scan is kept as a file ({kind}) with this answer.", kind=proof.media_type.rpartition("/")[2].upper())
    return label(desk.say(told), Type.SMALL, "text2", wrap=True)


class Signature(QWidget):
    """Drawn dark on white in every dress, as it was written."""

    def __init__(self, strokes: str, *, name: str) -> None:
        super().__init__()
        self._strokes = strokes
        lowest = max((point.y() for line in lines_of(strokes) for point in line), default=THOUSAND * 0.3)
        self._high = min(lowest / THOUSAND, 1)
        self.setAccessibleName(name)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def heightForWidth(self, width: int) -> int:
        return round((width - 2 * _INSET) * self._high) + 2 * _INSET

    def sizeHint(self) -> QSize:
        return QSize(240, self.heightForWidth(240))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        painter.setPen(QPen(paint.color("border"), 1))
        painter.setBrush(QColor(LIGHT.surface))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5), RADIUS_ROW, RADIUS_ROW)
        draw_strokes(painter, self.rect().adjusted(_INSET, _INSET, -_INSET, -_INSET), self._strokes)


class ScanSheet(Sheet):
    """A scan, read from memory: it never lies outside the customer file."""

    def __init__(self, desk: Desk, proof: Proven) -> None:
        super().__init__(desk.window, desk.say(M("Scan")), icon="file", width=_PICTURE)
        self.picture = _Picture(proof.content, desk.say(M("Scan")))
        if self.picture.whole.isNull():
            self.body.addWidget(label(desk.say(M("This file cannot be shown as a picture.")), wrap=True))
        else:
            self.body.addWidget(self.picture)
        done = Button(desk.say(M("Close")))
        done.clicked.connect(self.dismiss)
        self.footer("", done)


class _Picture(QLabel):
    """A picture as wide as there is room, and as high as it then becomes."""

    def __init__(self, content: bytes, name: str) -> None:
        super().__init__()
        self.whole = QPixmap()
        self.whole.loadFromData(content)
        self.setAccessibleName(name)

    def hasHeightForWidth(self) -> bool:
        return not self.whole.isNull()

    def heightForWidth(self, width: int) -> int:
        return round(self.whole.height() * min(width, self.whole.width()) / max(self.whole.width(), 1))

    def sizeHint(self) -> QSize:
        return QSize(min(_PICTURE - 80, self.whole.width()), self.heightForWidth(_PICTURE - 80))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        wide = min(self.width(), self.whole.width())
        if wide and self.pixmap().width() != wide:
            self.setPixmap(self.whole.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation))
