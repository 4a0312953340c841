"""A field that opens a list to pick one from."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QFontMetrics, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QListView, QSizePolicy

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.tokens import FIELD, RADIUS
from desktop_crm.ui.look.typography import Type, font

_PADDING = 11
_ARROW = 16
_AROUND_OPTION = 60
"""Beside the words of an option in the list: its edges, and the scroll bar."""


class Select(QComboBox):
    """One of several options, by key. `picked` tells what a person picked; `choose` stays silent."""

    picked = Signal(str)

    def __init__(self, options: Sequence[tuple[str, str]], *, name: str, chosen: str | None = None) -> None:
        super().__init__()
        self.ringed = False
        self.quiet = False
        """Whether what is chosen is painted as of no weight, such as *Leave out*."""
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFont(font(Type.BUTTON))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._dress_popup()
        self.set_options(options, chosen=chosen)
        self.activated.connect(lambda: self.picked.emit(self.key()))

    def set_options(self, options: Sequence[tuple[str, str]], *, chosen: str | None = None) -> None:
        """Offer these instead; the first is chosen where `chosen` names none."""
        self.clear()
        for key, text in options:
            self.addItem(text, key)
        if chosen is not None:
            self.choose(chosen)
        self.updateGeometry()

    def key(self) -> str:
        """The key of the option that is chosen, empty where there are none."""
        return str(self.currentData() or "")

    def choose(self, key: str) -> None:
        """Choose an option without a signal; a key that is not offered chooses nothing."""
        self.setCurrentIndex(self.findData(key))

    def sizeHint(self) -> QSize:
        metrics = QFontMetrics(self.font())
        widest = max((metrics.horizontalAdvance(self.itemText(at)) for at in range(self.count())), default=60)
        return QSize(widest + _ARROW + 3 * _PADDING, FIELD)

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self.sizeHint().width(), 96), FIELD)

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip:
            room = self.width() - _ARROW - 2 * _PADDING
            cut = QFontMetrics(self.font()).horizontalAdvance(self.currentText()) > room
            self.setToolTip(self.currentText() if cut else "")
        return super().event(event)

    def showPopup(self) -> None:
        """The list is as wide as its longest option, not as narrow as the field, and stays on the screen."""
        metrics = QFontMetrics(self.view().font())
        widest = max((metrics.horizontalAdvance(self.itemText(at)) for at in range(self.count())), default=0)
        self.view().setMinimumWidth(max(self.width(), widest + _AROUND_OPTION))
        super().showPopup()
        popup, screen = self.view().window(), self.screen().availableGeometry()
        popup.move(max(screen.left(), min(popup.x(), screen.right() + 1 - popup.width())), popup.y())

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.ringed = paint.ringed(event, self.ringed)
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.ringed = paint.ringed(event, self.ringed)
        super().focusOutEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leaves the wheel to the page: scrolling past must not change an answer."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        painter.setLayoutDirection(self.layoutDirection())
        on = self.isEnabled()
        fill = "hover" if on and self.underMouse() else "surface" if on else "sunken"
        paint.box(painter, self.rect(), RADIUS, fill=fill, edge="field" if on else "border", dashed=paint.asleep(self))
        room = self.width() - _ARROW - 2 * _PADDING
        words = paint.visual(self, QRect(_PADDING, 0, room, self.height()))
        ink, kind = ("text2", font(Type.SMALL)) if self.quiet else ("text", self.font())
        paint.text(painter, words, self.currentText(), kind, ink if on else "text3")
        arrow = paint.visual(self, QRect(self.width() - _PADDING - _ARROW, 0, _ARROW, self.height()))
        paint.glyph(painter, arrow, "chevron-down", "text2" if on else "text3", _ARROW)
        if self.ringed:
            paint.ring(painter, self.rect(), RADIUS)

    def _dress_popup(self) -> None:
        view = QListView(self)
        view.setProperty("kind", "choices")
        view.setFont(font(Type.SMALL))
        self.setView(view)
        self.setMaxVisibleItems(12)
        popup = view.window()
        popup.setWindowFlags(
            Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint | Qt.WindowType.NoDropShadowWindowHint
        )
        popup.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
