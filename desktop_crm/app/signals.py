"""The operating system asks the program to end: Ctrl+C in a terminal, the end of a computer session."""

from __future__ import annotations

import os
import signal
import sys

from PySide6.QtCore import QObject, QSocketNotifier, Signal

_ASKED = (signal.SIGINT, signal.SIGTERM)


class EndSignals(QObject):
    """Brings the wish to end into Qt's loop, where Python alone would not hear it before the next event."""

    asked_end = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before = {asked: signal.signal(asked, _hear) for asked in _ASKED}
        self._pipe: tuple[int, int] | None = None
        if sys.platform != "win32":
            self._listen()

    def _listen(self) -> None:
        self._pipe = os.pipe()
        for end in self._pipe:
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self._pipe[1], warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._pipe[0], QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def close(self) -> None:
        """Hear of it no longer."""
        for asked, handler in self._before.items():
            signal.signal(asked, handler)
        if self._pipe is not None:
            signal.set_wakeup_fd(-1)
            self._notifier.setEnabled(False)
            for end in self._pipe:
                os.close(end)
            self._pipe = None

    def _woken(self) -> None:
        if self._pipe is not None and set(os.read(self._pipe[0], 64)) & set(_ASKED):
            self.asked_end.emit()


def _hear(_number: int, _frame: object) -> None:
    """The byte in the pipe says it all; Python's own handler would end the program in the middle."""
