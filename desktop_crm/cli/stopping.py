"""Ctrl+C: the first asks the job to stop and waits for the truth, the second goes at once.

The job decides by how far it is. Stopped, it is taken back as a whole; past the point of no return, it is finished,
and the answer says so. So nobody is told "stopped" of something that was done.
"""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

from desktop_crm.cli.call import Call
from desktop_crm.words import M

_EVERY = 0.05


class _Asking(threading.Thread):
    """Asks again and again: an interrupt that falls between two statements reaches neither."""

    def __init__(self, call: Call) -> None:
        super().__init__(name="stopping", daemon=True)
        self._call = call
        self._answered = threading.Event()

    def run(self) -> None:
        while not self._answered.wait(_EVERY):
            self._call.interrupt()

    def answered(self) -> None:
        """The job has ended, this way or that."""
        self._answered.set()
        self.join()


@contextmanager
def stoppable(call: Call) -> Iterator[None]:
    """While the block runs, the first Ctrl+C stops its job in good order."""
    asking: list[_Asking] = []
    pressed = threading.Event()

    def press(_signal: int, _frame: FrameType | None) -> None:
        if pressed.is_set() or not call.is_open:
            raise KeyboardInterrupt
        pressed.set()
        if call.must_finish:
            call.terminal.say(M("Please wait: this is being finished."))
            return
        call.terminal.stopping.set()
        asking.append(_Asking(call))
        asking[-1].start()

    before = signal.signal(signal.SIGINT, press)
    try:
        yield
    finally:
        for one in asking:
            one.answered()
        signal.signal(signal.SIGINT, before)


@contextmanager
def deaf() -> Iterator[None]:
    """While the block runs, Ctrl+C does nothing: a file is being closed."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
