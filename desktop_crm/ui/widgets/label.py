"""Texts. A label shows plain text only: a customer may be called `<b>`."""

from __future__ import annotations

from unicodedata import combining

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.sides import absolute
from desktop_crm.ui.look.typography import Type, digits, font

_ENDLESS = 1 << 20
_PARTS_HERE = "\u200b"
_SIGN, _BESIDE_SIGN = 16, 6


def restyle(widget: QWidget) -> None:
    """Have the style sheet look again at the properties of a widget."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)


class Label(QLabel):
    """A text of one kind. `ink` is the name of a token; the style sheet gives and changes the colour."""

    def __init__(
        self,
        text: str = "",
        kind: Type = Type.BODY,
        ink: str = "text",
        *,
        wrap: bool = False,
        selectable: bool = False,
        rich: bool = False,
        tabular: bool = False,
    ) -> None:
        super().__init__(text)
        self._align = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.setTextFormat(Qt.TextFormat.RichText if rich else Qt.TextFormat.PlainText)
        self.setProperty("ink", ink)
        self.setFont(digits(kind) if tabular else font(kind))
        self.setWordWrap(wrap)
        if wrap:
            policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            policy.setHeightForWidth(True)
            self.setSizePolicy(policy)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._place()

    def set_ink(self, ink: str) -> None:
        """Another colour, by the name of a token."""
        if ink != self.property("ink"):
            self.setProperty("ink", ink)
            restyle(self)

    def setAlignment(self, alignment: Qt.AlignmentFlag) -> None:
        """As in Qt, but `AlignLeft` is where reading starts: Qt alone would go by the script of the text."""
        self._align = alignment
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.wordWrap():
            # A layout that aligns a label does not ask how high it is at its width, and would cut it.
            # Qt never answers less than the least height, so that goes first.
            self.setMinimumHeight(0)
            self.setMinimumHeight(max(0, self.heightForWidth(self.width())))

    def _place(self) -> None:
        super().setAlignment(absolute(self.layoutDirection(), self._align))


class Elided(Label):
    """One line, cut with … where room ends; then the whole text is its hint."""

    def __init__(self, text: str = "", kind: Type = Type.BODY, ink: str = "text") -> None:
        super().__init__(text, kind, ink)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(min(self.sizeHint().width(), metrics.averageCharWidth() * 6), metrics.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        painter.setLayoutDirection(self.layoutDirection())
        paint.text(painter, self.rect(), self.text(), self.font(), str(self.property("ink")), self._align)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._hint()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.FontChange:
            self._hint()

    def setText(self, text: str) -> None:
        super().setText(text)
        self._hint()
        self.updateGeometry()

    def _hint(self) -> None:
        cut = QFontMetrics(self.font()).horizontalAdvance(self.text()) > self.width()
        self.setToolTip(self.text() if cut else "")


class Broken(Label):
    """A text that goes on in the next line also in the midst of a word, such as a long address without a blank."""

    def __init__(self, text: str, kind: Type = Type.BODY, ink: str = "text") -> None:
        super().__init__(text, kind, ink, wrap=True)

    def minimumSizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.averageCharWidth() * 6, metrics.height())

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height())

    def heightForWidth(self, width: int) -> int:
        room = QRect(0, 0, max(width, 1), _ENDLESS)
        flags = Qt.TextFlag.TextWordWrap.value
        return QFontMetrics(self.font()).boundingRect(room, flags, self._parted(width)).height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        painter.setLayoutDirection(self.layoutDirection())
        said = self._parted(self.width())
        paint.passage(painter, self.rect(), said, self.font(), str(self.property("ink")))

    def _parted(self, width: int) -> str:
        """The text, in which words that are longer than a line may go on in the next one; other words stay whole."""
        metrics = QFontMetrics(self.font())
        words = self.text().split(" ")
        return " ".join(word if metrics.horizontalAdvance(word) <= width else _part(word) for word in words)


def _part(word: str) -> str:
    """The word with places to part it at, which are not seen; what belongs to the sign before it stays with that."""
    return "".join(sign if combining(sign) else f"{_PARTS_HERE}{sign}" for sign in word)


class Fault(Label):
    """What is missing or wrong below a question, with a sign before it: red alone tells nothing to many people."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text, Type.HINT, "danger", wrap=True)

    def heightForWidth(self, width: int) -> int:
        return max(_SIGN, super().heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        place = paint.visual(self, QRect(0, 0, _SIGN, _SIGN))
        paint.glyph(paint.painter_on(self), place, "alert", "danger", _SIGN)

    def _place(self) -> None:
        super()._place()
        room = _SIGN + _BESIDE_SIGN
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setContentsMargins(*((0, 0, room, 0) if mirrored else (room, 0, 0, 0)))


class Glyph(QWidget):
    """An icon by itself. A word beside it says the same, so screen readers pass over it."""

    def __init__(self, name: str, ink: str = "text2", size: int = 18) -> None:
        super().__init__()
        self.setFixedSize(size, size)
        self.show_glyph(name, ink)

    def show_glyph(self, name: str, ink: str) -> None:
        """Another icon or another colour."""
        self._name, self._ink = name, ink
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.glyph(paint.painter_on(self), self.rect(), self._name, self._ink, self.width())


def label(
    text: str = "", kind: Type = Type.BODY, ink: str = "text", *, wrap: bool = False, selectable: bool = False
) -> Label:
    """A text, the usual way."""
    return Label(text, kind, ink, wrap=wrap, selectable=selectable)
