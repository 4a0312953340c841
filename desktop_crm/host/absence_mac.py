"""macOS: its notifications of the locked screen, of another account in front, and of sleep.

They come to the main thread, whose loop Qt runs. What is begun then is as a rule done before the Mac sleeps: it
waits for no program that has heard it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from contextlib import suppress
from typing import Any

_APPKIT = "/System/Library/Frameworks/AppKit.framework/AppKit"
_OF_THE_ACCOUNT = ("NSWorkspaceWillSleepNotification", "NSWorkspaceSessionDidResignActiveNotification")
_OF_THE_SCREEN = ("com.apple.screenIsLocked",)
_HEARD = "heard:"
_TOLD = "addObserver:selector:name:object:"
_TOLD_AT_ONCE = f"{_TOLD}suspensionBehavior:"
_AT_ONCE = 4
"""NSNotificationSuspensionBehaviorDeliverImmediately: else nothing comes while another program is in front."""


class MacAbsence:
    """An observer made at run time, as macOS knows them: an object with a method."""

    def __init__(self, left: Callable[[], None]) -> None:
        """`left` is called on the main thread."""
        self._left = left
        self._stop: list[Callable[[], object]] = []
        self._method: Any = None

    def begin(self) -> None:
        # A Mac that has none of this tells nothing, and the window locks by the clock alone.
        with suppress(OSError, AttributeError):
            self._listen(_Runtime())

    def may_sleep(self) -> None:
        """Nothing waits."""

    def end(self) -> None:
        for stop in self._stop:
            stop()
        self._stop.clear()

    def _listen(self, mac: _Runtime) -> None:
        self._method = ctypes.CFUNCTYPE(None, *(ctypes.c_void_p,) * 3)(lambda *_: self._left())
        observer = mac.observer(self._method)
        heard = mac.selector(_HEARD)
        workspace = mac.send(mac.send(mac.kind("NSWorkspace"), "sharedWorkspace"), "notificationCenter")
        everywhere = mac.send(mac.kind("NSDistributedNotificationCenter"), "defaultCenter")
        for centre in (workspace, everywhere):
            self._stop.append(lambda centre=centre: mac.send(centre, "removeObserver:", observer))  # type: ignore[misc]
        for name in _OF_THE_ACCOUNT:
            mac.send(workspace, _TOLD, observer, heard, mac.text(name), None)
        for name in _OF_THE_SCREEN:
            mac.send(everywhere, _TOLD_AT_ONCE, observer, heard, mac.text(name), None, _AT_ONCE)


class _Runtime:
    """What of the run time of Objective-C is needed here."""

    def __init__(self) -> None:
        ctypes.CDLL(_APPKIT)
        self._library = ctypes.CDLL("/usr/lib/libobjc.dylib")
        for name in ("objc_getClass", "sel_registerName", "objc_allocateClassPair"):
            getattr(self._library, name).restype = ctypes.c_void_p
        self._library.objc_allocateClassPair.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_size_t]
        self._library.class_addMethod.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_char_p]
        self._library.objc_registerClassPair.argtypes = [ctypes.c_void_p]

    def kind(self, name: str) -> int | None:
        """A class of the system."""
        found: int | None = self._library.objc_getClass(name.encode())
        return found

    def selector(self, name: str) -> int | None:
        """The name of a method."""
        found: int | None = self._library.sel_registerName(name.encode())
        return found

    def send(self, to: int | None, name: str, *told: int | bytes | None) -> int | None:
        """Call a method whose arguments and answer are objects, or numbers as wide: by its exact type."""
        pointers = (ctypes.c_void_p,) * (3 + len(told))
        answer: int | None = ctypes.CFUNCTYPE(*pointers)(("objc_msgSend", self._library))(
            to, self.selector(name), *told
        )
        return answer

    def text(self, text: str) -> int | None:
        """A string of the system."""
        return self.send(self.kind("NSString"), "stringWithUTF8String:", text.encode())

    def observer(self, method: Any) -> int | None:
        """An object whose one method is called when it is told something."""
        made = self._library.objc_allocateClassPair(self.kind("NSObject"), b"DesktopCrmAbsence", 0)
        self._library.class_addMethod(made, self.selector(_HEARD), ctypes.cast(method, ctypes.c_void_p), b"v@:@")
        self._library.objc_registerClassPair(made)
        return self.send(self.send(made, "alloc"), "init")
