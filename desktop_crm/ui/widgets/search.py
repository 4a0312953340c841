"""The field to search with: it tells every key at once."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.spoken import say
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.words import M

_LEAD = 24
_END = 30


class SearchField(QLineEdit):
    """Esc clears, Down goes into what was found, Enter takes the first of it.

    One that is `framed` looks like the fields beside it, as among filters.
    """

    typed = Signal(str)
    down = Signal()
    entered = Signal()

    def __init__(self, placeholder: str = "", *, name: str = "", framed: bool = False) -> None:
        super().__init__()
        if not framed:
            self.setProperty("kind", "search")
        self.setFont(font(Type.BODY))
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self._clear = Button(icon="x", kind=Kind.ICON, name=say(M("Clear the search")))
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.setCursor(Qt.CursorShape.ArrowCursor)
        self._clear.clicked.connect(self.clear)
        self._clear.hide()
        inside = QHBoxLayout(self)
        inside.setContentsMargins(2, 0, 2, 0)
        inside.addStretch(1)
        inside.addWidget(self._clear)
        self.textChanged.connect(self._changed)
        self._place()

    def event(self, event: QEvent) -> bool:
        if event.type() is QEvent.Type.ToolTip:
            self.setToolTip("" if self.text() else self.placeholderText())
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if key == Qt.Key.Key_Escape and self.text():
            self.clear()
        elif key == Qt.Key.Key_Down:
            self.down.emit()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.entered.emit()
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._place()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        place = paint.visual(self, QRect(8, 0, 16, self.height()))
        paint.glyph(paint.painter_on(self), place, "search", "text3", 16)

    def _changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._place()
        self.typed.emit(text)

    def _place(self) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        # Without a text there is no × beside it, and the words in its place have its room.
        end = _END if self.text() else 0
        self.setTextMargins(*((end, 0, _LEAD, 0) if mirrored else (_LEAD, 0, end, 0)))
