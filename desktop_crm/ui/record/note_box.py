"""The box for a quick note, on top of the line of time."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.tokens import FIELD
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.widgets.label import Glyph

PAUSE = 1500
"""Milliseconds without a key after which what was typed is kept as a draft."""
_ICON_ROOM = 24
_MOST_LINES = 6


class NoteBox(QPlainTextEdit):
    """Enter saves, Shift and Enter begin a new line. It grows with what is typed."""

    entered = Signal(str)
    paused = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setFont(font(Type.BODY))
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._hint = ""
        self._icon = Glyph("note", "text2", 18)
        self._icon.setParent(self)
        self._icon.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self.paused)
        self.textChanged.connect(self._pause.start)
        self.document().documentLayout().documentSizeChanged.connect(lambda _size: self._grow())
        self._place()
        self._grow()

    @property
    def hint(self) -> str:
        """What stands here while nothing is typed."""
        return self._hint

    @hint.setter
    def hint(self, hint: str) -> None:
        self._hint = hint
        self._tell_whole_hint()
        self.viewport().update()

    def text(self) -> str:
        """What is typed, without space around it."""
        return self.toPlainText().strip()

    def show_text(self, text: str) -> None:
        """Show a draft, or nothing; that is no typing."""
        if text != self.toPlainText():
            self.setPlainText(text)
            self.moveCursor(self.textCursor().MoveOperation.End)
        self._pause.stop()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            if self.text():
                self._pause.stop()
                self.entered.emit(self.text())
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.LayoutDirectionChange:
            self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()
        self._tell_whole_hint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The hint in one line; Qt would wrap it and cut it through the middle."""
        super().paintEvent(event)
        if self.toPlainText() or not self.hint:
            return
        painter = paint.painter_on(self.viewport())
        painter.setLayoutDirection(self.layoutDirection())
        paint.text(painter, self._hint_place(), self.hint, self.font(), "text3")

    def _hint_place(self) -> QRect:
        inset = round(self.document().documentMargin())
        line = QFontMetrics(self.font()).height()
        return QRect(inset, inset, self.viewport().width() - 2 * inset, line)

    def _tell_whole_hint(self) -> None:
        """Where the hint is cut, the mouse that rests there is told all of it."""
        cut = QFontMetrics(self.font()).horizontalAdvance(self._hint) > self._hint_place().width()
        self.setToolTip(self._hint if cut else "")

    def _place(self) -> None:
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        self.setViewportMargins(*((0, 0, _ICON_ROOM, 0) if mirrored else (_ICON_ROOM, 0, 0, 0)))
        self._icon.move(paint.visual(self, QRect(8, (FIELD - 18) // 2, 18, 18)).topLeft())

    def _grow(self) -> None:
        """QPlainTextEdit counts its height in lines."""
        lines = max(1, min(_MOST_LINES, round(self.document().size().height())))
        more = (lines - 1) * QFontMetrics(self.font()).lineSpacing()
        self.setFixedHeight(FIELD + more)
