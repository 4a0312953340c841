"""Windows: a window that nobody sees hears of the locked screen, of another account in front, and of sleep."""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from contextlib import suppress
from ctypes import wintypes
from threading import Event, Thread
from typing import Any

_SESSION_CHANGE, _POWER, _QUIT = 0x02B1, 0x0218, 0x0012
_SUSPENDS = 0x0004
_LEFT = frozenset({0x2, 0x4, 0x6, 0x7})
"""The console or a remote connection goes to somebody else, the account signs out, the screen is locked."""
_WINDOW_PROCEDURE = -4
_THIS_SESSION = 0
_MOMENT_S = 1.8
"""Windows waits two seconds for a program before it sleeps."""


def is_left(message: int, what: int) -> bool:
    """Whether a message of Windows says that nobody sits there."""
    return (message == _SESSION_CHANGE and what in _LEFT) or sleeps(message, what)


def sleeps(message: int, what: int) -> bool:
    """Whether it says that the computer is about to sleep."""
    return (message, what) == (_POWER, _SUSPENDS)


class WindowsAbsence:
    """Listens on a thread of its own, as each window has messages of its own there."""

    def __init__(self, left: Callable[[], None]) -> None:
        """`left` is called on that thread."""
        self._left = left
        self._closed = Event()
        self._thread = Thread(target=self._listen, name="absence", daemon=True)

    def begin(self) -> None:
        self._thread.start()

    def may_sleep(self) -> None:
        self._closed.set()

    def end(self) -> None:
        self._closed.set()
        if self._thread.ident is not None:
            with suppress(OSError, AttributeError, KeyError):
                _library("user32").PostThreadMessageW(self._thread.native_id, _QUIT, 0, 0)
            self._thread.join(_MOMENT_S)

    def _listen(self) -> None:
        # A Windows that has none of this tells nothing, and the window locks by the clock alone.
        with suppress(OSError, AttributeError, KeyError):
            self._hear(_library("user32"), _library("wtsapi32"))

    def _hear(self, user: Any, sessions: Any) -> None:
        user.CreateWindowExW.restype = wintypes.HWND
        user.DefWindowProcW.restype = ctypes.c_ssize_t
        user.DefWindowProcW.argtypes = [wintypes.HWND, wintypes.UINT, wintypes.WPARAM, wintypes.LPARAM]
        user.SetWindowLongPtrW.restype = ctypes.c_void_p
        user.SetWindowLongPtrW.argtypes = [wintypes.HWND, ctypes.c_int, ctypes.c_void_p]
        sessions.WTSRegisterSessionNotification.argtypes = [wintypes.HWND, wintypes.DWORD]
        sessions.WTSUnRegisterSessionNotification.argtypes = [wintypes.HWND]

        def heard(window: int, message: int, what: int, more: int) -> int:
            self._understand(message, what)
            answer: int = user.DefWindowProcW(window, message, what, more)
            return answer

        kind = vars(ctypes)["WINFUNCTYPE"]
        procedure = kind(ctypes.c_ssize_t, *user.DefWindowProcW.argtypes)(heard)
        # A window of the top level, not one for messages alone: those are not told of sleep.
        window = user.CreateWindowExW(0, "STATIC", None, 0, 0, 0, 0, 0, None, None, None, None)
        user.SetWindowLongPtrW(window, _WINDOW_PROCEDURE, ctypes.cast(procedure, ctypes.c_void_p))
        sessions.WTSRegisterSessionNotification(window, _THIS_SESSION)
        message = wintypes.MSG()
        while user.GetMessageW(ctypes.byref(message), None, 0, 0) > 0:
            user.DispatchMessageW(ctypes.byref(message))
        sessions.WTSUnRegisterSessionNotification(window)
        user.DestroyWindow(wintypes.HWND(window))

    def _understand(self, message: int, what: int) -> None:
        if not is_left(message, what):
            return
        self._closed.clear()
        self._left()
        if sleeps(message, what):
            self._closed.wait(_MOMENT_S)


def _library(name: str) -> Any:
    return getattr(vars(ctypes)["windll"], name)
