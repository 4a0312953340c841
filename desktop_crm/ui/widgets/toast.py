"""What is said in passing: a dark line at the foot of the window for ten seconds, with one act such as *Undo*."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_crm.ui.look.spoken import announce, say
from desktop_crm.ui.look.tokens import RADIUS_CARD, SPACE_2, SPACE_3
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.card import Panel
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.nav import DarkButton
from desktop_crm.words import M

SHOWN_MS = 10_000
MOST = 3
"""More would hide the page; the oldest goes first."""
_WIDEST = 560
_FOOT = 20
_SIDE = 18


class Toast(Panel):
    """One line. It stays while the mouse or the keyboard is on it."""

    gone = Signal()

    def __init__(self, text: str, act: str = "", then: Callable[[], None] | None = None) -> None:
        super().__init__("toast", "", RADIUS_CARD)
        self.plain = then is None
        """It offers nothing, so saying the same again says it all."""
        self.setAccessibleName(text)
        self.setMaximumWidth(_WIDEST)
        self.timer = QTimer(self, singleShot=True, interval=SHOWN_MS)
        self.timer.timeout.connect(self.gone)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, SPACE_2, 0, SPACE_2)
        line.setSpacing(SPACE_3)
        line.addSpacing(_SIDE)
        words = label(text, Type.BODY, "on_toast", wrap=True)
        words.setMinimumWidth(min(words.fontMetrics().horizontalAdvance(text) + 2, _WIDEST - 200))
        line.addWidget(words, 1)
        if act and then is not None:
            line.addWidget(self._button(DarkButton(act, strong=True), then))
        line.addWidget(self._button(DarkButton(icon="x", name=say(M("Close"))), None))
        line.addSpacing(SPACE_2)
        self.timer.start()

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self._go_on_or_wait()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._go_on_or_wait()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.FocusIn, QEvent.Type.FocusOut}:
            self._go_on_or_wait(focused=event.type() is QEvent.Type.FocusIn)
        return super().eventFilter(watched, event)

    def _go_on_or_wait(self, *, focused: bool = False) -> None:
        if self.underMouse() or focused:
            self.timer.stop()
        else:
            self.timer.start()

    def _button(self, made: DarkButton, then: Callable[[], None] | None) -> DarkButton:
        made.installEventFilter(self)
        made.clicked.connect(self.gone)
        if then is not None:
            made.clicked.connect(lambda _on: then())
        return made


class Toasts(QWidget):
    """The toasts of a window, one over the other at its foot. Where there are none the window is untouched."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.shown: list[Toast] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACE_2)
        window.installEventFilter(self)
        self.hide()

    def show_toast(self, text: str, *, act: str = "", then: Callable[[], None] | None = None) -> Toast:
        """Say something; `act` names a button and `then` is what it does."""
        for same in [toast for toast in self.shown if toast.plain and toast.accessibleName() == text]:
            self.take_down(same)
        while len(self.shown) >= MOST:
            self.take_down(self.shown[0])
        if not self.shown:
            # Where the mouse cannot be: it would seem to rest on a toast that has no place yet.
            self.setGeometry(0, self._window.height(), 0, 0)
        toast = Toast(text, act, then)
        toast.gone.connect(lambda: self.take_down(toast))
        self.shown.append(toast)
        self._column.addWidget(toast, 0, Qt.AlignmentFlag.AlignHCenter)
        toast.show()
        self._place()
        announce(self._window, f"{text} {act}".strip())
        return toast

    def clear(self) -> None:
        """Take all down, as when the window is locked."""
        for toast in list(self.shown):
            self.take_down(toast)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.Resize, QEvent.Type.ChildAdded} and watched is self._window:
            self._place()
        return super().eventFilter(watched, event)

    def take_down(self, toast: Toast) -> None:
        """Take one down; nothing happens where it has gone by itself."""
        if toast in self.shown:
            self.shown.remove(toast)
            toast.hide()
            toast.deleteLater()
            self._place()

    def _place(self) -> None:
        self.setVisible(bool(self.shown))
        if not self.shown:
            return
        window = self._window
        self._column.activate()
        size = self.sizeHint().boundedTo(window.size())
        left = (window.width() - size.width()) // 2
        self.setGeometry(left, window.height() - size.height() - _FOOT, size.width(), size.height())
        self.raise_()
