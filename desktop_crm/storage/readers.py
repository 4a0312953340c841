"""The connections that only read: a few at once, kept open between two questions, and stopped when that must be."""

from __future__ import annotations

import queue
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from desktop_crm.words import Exit, M, Problem

READERS = 4
_PATIENCE = 2.0
"""Seconds after which a reader that does not end is given up on."""
_MOMENT = 0.05


class Readers:
    """A pool of reading connections. `hold_back` stops them until `let`; after `refuse` there are none any more."""

    def __init__(self, make: Callable[[], Any]) -> None:
        """`make` opens one connection."""
        self._make = make
        self._idle: queue.LifoQueue[Any] = queue.LifoQueue()
        self._busy: set[Any] = set()
        self._lock = threading.Lock()
        self._slots = threading.Semaphore(READERS)
        self._refused = False
        self.interruptions = 0
        """How often they were told to stop: an interrupt between two statements is lost."""

    @property
    def idle(self) -> int:
        """How many are open and do nothing."""
        return self._idle.qsize()

    @contextmanager
    def one(self) -> Iterator[Any]:
        """A connection inside a transaction of its own, so that it sees one state. Waits where all are busy."""
        with self._slots:
            connection = self._taken()
            connection.execute("BEGIN")
            with self._lock:
                self._busy.add(connection)
            try:
                yield connection
            finally:
                with self._lock:
                    self._busy.discard(connection)
                connection.execute("ROLLBACK")
                with self._lock:
                    if self._refused:
                        connection.close()
                    else:
                        self._idle.put(connection)

    def interrupt(self) -> None:
        """Stop what they are asked just now."""
        with self._lock:
            self.interruptions += 1
            for connection in self._busy:
                connection.interrupt()

    def hold_back(self) -> int:
        """Interrupt and close all, and let none begin until `let`. How many are held back: patience has an end, too.

        An interrupt between two statements is lost, so it is done again and again.
        """
        last = time.monotonic() + _PATIENCE
        taken = 0
        while taken < READERS and time.monotonic() < last:
            self.interrupt()
            taken += self._slots.acquire(timeout=_MOMENT)
        while not self._idle.empty():
            self._idle.get_nowait().close()
        return taken

    def let(self, held_back: int) -> None:
        """Let so many begin again."""
        if held_back:
            self._slots.release(held_back)

    def refuse(self) -> None:
        """From now on nobody gets one: the file is being closed."""
        with self._lock:
            self._refused = True

    def _taken(self) -> Any:
        with self._lock:
            if self._refused:
                raise closed()
            if not self._idle.empty():
                return self._idle.get_nowait()
        return self._make()


def closed() -> Problem:
    """The file is not open any more."""
    return Problem(M("The customer file was closed."), safe=M("Nothing was changed."), code=Exit.LOCKED)
