"""What stands where there is nothing yet: a picture, one sentence, and what to begin with."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.tokens import RADIUS_ROW, SPACE_2, SPACE_3, SPACE_7
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.widgets.card import Mark, Panel
from desktop_crm.ui.widgets.label import label

_PICTURE = QSize(182, 148)
_TEXT = 420
_CARD = 296
_CARD_GAP = 14


class Picture(QWidget):
    """Three cards on a round ground, with an icon that says what they will be. It is decoration."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self._icon = icon
        self.setFixedSize(_PICTURE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        paint.box(painter, QRect(18, 1, 146, 146), 73, fill="accent_soft")
        for number, soft in enumerate(("violet_soft", "success_soft", "warning_soft")):
            self._paint_card(painter, QRect(1 + 14 * number, 17 + 29 * number, 150, 52), soft)
        paint.box(painter, QRect(81, 107, 70, 4), 2, fill="line")
        paint.box(painter, QRect(149, 105, 32, 32), 16, fill="accent")
        paint.glyph(painter, QRect(149, 105, 32, 32), self._icon, "on_accent", 20)

    def _paint_card(self, painter: QPainter, card: QRect, soft: str) -> None:
        paint.box(painter, card, RADIUS_ROW, fill="surface", edge="border")
        paint.box(painter, QRect(card.x() + 12, card.y() + 12, 28, 28), 14, fill=soft)
        paint.box(painter, QRect(card.x() + 52, card.y() + 18, 50, 4), 2, fill="border")


class InfoCard(Panel):
    """A small white card: icon, title, one or two lines."""

    def __init__(self, icon: str, title: str, text: str) -> None:
        super().__init__()
        self.setAccessibleName(f"{title}. {text}")
        line = QHBoxLayout(self)
        line.setContentsMargins(19, 15, 19, 15)
        line.setSpacing(SPACE_3)
        line.addWidget(Mark(icon, size=20, ink="accent"), 0, Qt.AlignmentFlag.AlignTop)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(title, Type.CARD, wrap=True))
        words.addWidget(label(text, Type.SMALL, "text2", wrap=True))
        words.addStretch(1)
        line.addLayout(words, 1)
        self.setFixedWidth(_CARD)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Minimum)


class Empty(QWidget):
    """An empty list, in the middle of its place. `picture` is an icon that says what comes here."""

    def __init__(
        self,
        picture: str,
        title: str,
        text: str = "",
        buttons: Sequence[QWidget] = (),
        cards: Sequence[QWidget] = (),
    ) -> None:
        super().__init__()
        self.setAccessibleName(title)
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE_2)
        column.addStretch(35)
        column.addWidget(Picture(picture), 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(_sentence(title, Type.PANE, "text", larger=2))
        if text:
            column.addWidget(_sentence(text, Type.BODY, "text2", larger=1), 0, Qt.AlignmentFlag.AlignHCenter)
        if buttons:
            column.addSpacing(SPACE_2)
            column.addLayout(_centred(buttons, 10))
        self._shown = tuple(cards)
        self._cards = _centred(cards, _CARD_GAP)
        if cards:
            column.addSpacing(SPACE_7 - SPACE_2)
            column.addLayout(self._cards)
        column.addStretch(65)

    def minimumSizeHint(self) -> QSize:
        """As narrow as its text: in a narrow window the cards stand below each other."""
        return QSize(_TEXT, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fits = self.width() >= len(self._shown) * (_CARD + _CARD_GAP)
        way = QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom
        self._cards.setDirection(way)
        for card in self._shown:
            self._cards.setAlignment(card, Qt.AlignmentFlag(0) if fits else Qt.AlignmentFlag.AlignHCenter)


def _sentence(text: str, kind: Type, ink: str, *, larger: int) -> QWidget:
    made = label(text, kind, ink, wrap=True)
    made.setFont(font(kind, larger=larger))
    made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    if kind is Type.BODY:
        made.setFixedWidth(_TEXT)
    return made


def _centred(widgets: Sequence[QWidget], gap: int) -> QBoxLayout:
    line = QBoxLayout(QBoxLayout.Direction.LeftToRight)
    line.setSpacing(gap)
    line.addStretch(1)
    for widget in widgets:
        line.addWidget(widget)
    line.addStretch(1)
    return line
