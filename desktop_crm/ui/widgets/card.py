"""The grounds that everything stands on: panels, cards, and icons on a soft ground."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.theme import tokens
from desktop_crm.ui.look.tokens import CARD_EDGE, RADIUS_CARD, RADIUS_ROW, SPACE_2, Tone
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.widgets.label import Label, label
from desktop_crm.ui.widgets.layout import clear, line

_ICON_ON = {28: 16, 44: 20, 56: 26}
"""How large the icon is on a ground of that size."""


def paint_band(painter: QPainter, rect: QRect, fill: str, *, first: bool, last: bool) -> None:
    """A full-width band inside a card, rounded where it is the card's first or last."""
    painter.save()
    painter.setClipRect(rect)
    beyond = 2 * RADIUS_CARD
    whole = rect.adjusted(0, 0 if first else -beyond, 0, 0 if last else beyond)
    paint.box(painter, whole, RADIUS_CARD - 1, fill=fill)
    painter.restore()


def paint_disc(painter: QPainter, rect: QRect, name: str, tone: Tone, radius: float = 0) -> None:
    """An icon on the soft ground of its tone; round without a radius."""
    look = tokens()
    ink = look.ink(tone)
    paint.box(painter, rect, radius or rect.height() / 2, fill=look.soft(tone), edge=ink if look.plain else None)
    paint.glyph(painter, rect, name, ink, _ICON_ON.get(rect.height(), 18))


def capitals(text: str) -> Label:
    """The head of a group: small capitals, and quiet bold type in scripts that have none."""
    made = label(text, Type.GROUP, "text3")
    if text.upper() == text.lower():
        plain = font(Type.BADGE)
        plain.setWeight(plain.Weight.DemiBold)
        made.setFont(plain)
    return made


def phrase(text: str, strong: Sequence[str], kind: Type = Type.BODY, ink: str = "text") -> Label:
    """A sentence in which some of its words, such as the names, are strong. It wraps."""
    made = Label("", kind, ink, wrap=True, rich=True)
    made.setText(_marked_up(text, [words for words in strong if words]))
    made.setAccessibleName(text)
    return made


def _marked_up(text: str, strong: Sequence[str]) -> str:
    """Found in the sentence itself, not in the mark-up: a customer may be called Span."""
    found = [(text.find(words), words) for words in strong if words in text]
    if not found:
        return escape(text)
    at, words = min(found, key=lambda place: (place[0], -len(place[1])))
    rest = [other for other in strong if other != words]
    bold = f'<span style="font-weight:600">{escape(words)}</span>'
    return escape(text[:at]) + bold + _marked_up(text[at + len(words) :], rest)


class Panel(QFrame):
    """A painted rounded ground. `fill` and `edge` are names of tokens; an empty name paints nothing."""

    def __init__(
        self, fill: str = "surface", edge: str = "border", radius: int = RADIUS_CARD, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.fill = fill
        self.edge = edge
        self.radius = radius

    def paintEvent(self, _event: QPaintEvent) -> None:
        edge = self.edge or ("border" if tokens().plain else "")
        paint.box(paint.painter_on(self), self.rect(), self.radius, fill=self.fill, edge=edge)


class Card(Panel):
    """A white card with an optional title and one act beside it; what it holds goes into `body`."""

    def __init__(self, title: str = "", *, action: QWidget | None = None, kind: Type = Type.CARD) -> None:
        super().__init__()
        self._title = title
        if title:
            self.setAccessibleName(title)
        self._all = QVBoxLayout(self)
        self._all.setContentsMargins(CARD_EDGE + 1, 15 if action is None else 11, CARD_EDGE + 1, 17)
        self._all.setSpacing(SPACE_2 if action is None else 4)
        if title or action is not None:
            self._all.addLayout(self._head(title, kind, action))
        self.body = QVBoxLayout()
        self.body.setSpacing(SPACE_2)
        self._all.addLayout(self.body, 1)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def add(self, item: QWidget | QLayout | int, stretch: int = 0) -> None:
        """Put a widget, a layout or a gap in pixels below what is there."""
        if isinstance(item, QWidget):
            self.body.addWidget(item, stretch)
        elif isinstance(item, QLayout):
            self.body.addLayout(item, stretch)
        else:
            self.body.addSpacing(item)

    def separator(self) -> None:
        """A line between two parts."""
        self.body.addWidget(line())

    def clear(self) -> None:
        """Take out everything but the title."""
        clear(self.body)

    def _head(self, title: str, kind: Type, action: QWidget | None) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(SPACE_2)
        head.addWidget(label(title, kind, wrap=True), 1)
        if action is not None:
            head.addWidget(action)
        return head


class Mark(QWidget):
    """An icon, alone or on a soft round (or square) ground of its tone. It repeats what a word beside it says."""

    def __init__(
        self, icon: str, tone: Tone | None = None, *, size: int = 36, square: bool = False, ink: str = "text2"
    ) -> None:
        """Without a tone the icon stands alone, in `ink`, the name of a token, and fills `size`."""
        super().__init__()
        self._icon = icon
        self._tone = tone
        self._square = square
        self._ink = ink
        self._size = size
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_icon(self, icon: str) -> None:
        """Show another icon."""
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._size, self._size)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        if self._tone is None:
            paint.glyph(painter, self.rect(), self._icon, self._ink, self._size)
        else:
            paint_disc(painter, self.rect(), self._icon, self._tone, RADIUS_ROW if self._square else 0)


def ink_of(tone: Tone) -> str:
    """The token that words and icons of a tone are painted in."""
    return {Tone.NEUTRAL: "text2", Tone.ACCENT: "on_accent_soft"}.get(tone, tone.value)
