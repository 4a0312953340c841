"""Texts. A label shows plain text only: a customer may be called `<b>`."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle, QWidget

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.typography import Type, digits, font

_ENDLESS = 1 << 20


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
        side = QStyle.visualAlignment(self.layoutDirection(), self._align)
        super().setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)


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
        return QFontMetrics(self.font()).boundingRect(room, paint.BROKEN.value, self.text()).height()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        painter.setLayoutDirection(self.layoutDirection())
        paint.passage(painter, self.rect(), self.text(), self.font(), str(self.property("ink")), flags=paint.BROKEN)


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
