"""What is said in passing, and the last thing that can be undone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop_crm.ui.widgets.toast import Toast, Toasts


class Toasting(QObject):
    """Shows toasts in the window. What the last one offered to undo, Ctrl+Z undoes too, also after it has gone."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._toasts = Toasts(window)
        self._last: _Once | None = None

    def say(self, text: str, *, act: str = "", then: Callable[[], None] | None = None, undoes: bool = False) -> None:
        """Say something for ten seconds; `then` is done once, by the button or, if it undoes something, by Ctrl+Z."""
        if then is None:
            self._toasts.show_toast(text)
            return
        once = _Once(then)
        once.toast = self._toasts.show_toast(text, act=act, then=once)
        if undoes:
            self._last = once

    @property
    def can_undo(self) -> bool:
        """Whether there is something to undo."""
        return self._last is not None and not self._last.done

    def undo(self) -> None:
        """Undo the last thing that offered it; what said that it was done says so no more."""
        if self._last is not None:
            self._last()
            if self._last.toast is not None:
                self._toasts.take_down(self._last.toast)

    def forget(self) -> None:
        """Nothing is to be undone any more, as after an erasure: it may have been about the person who is gone."""
        self._last = None
        self._toasts.clear()


class _Once:
    """Something that is done at most once."""

    def __init__(self, then: Callable[[], None]) -> None:
        self._then = then
        self.done = False
        self.toast: Toast | None = None

    def __call__(self) -> None:
        if not self.done:
            self.done = True
            self._then()
