"""How long the window can do nothing at a stretch, while something large is done behind it."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer

from desktop_crm.services import access
from desktop_crm.services.importing import bring_in
from installers.bench.importing import ORDER
from installers.bench.window_driving import Driving, beginnings

_COUNTING_S = 2.0
_STEPS = 400
"""In so many steps the list is scrolled from its beginning to its end."""


class Probe:
    """A timer that is due at once, always: the longest time between two of its beats is how long the loop stood."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.perf_counter()
        self._timer = QTimer()
        self._timer.timeout.connect(self._beat)
        self._timer.start(0)

    def _beat(self) -> None:
        now = time.perf_counter()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def take(self) -> float:
        """The longest so far in milliseconds; the next begins from here."""
        longest, self.longest = self.longest, 0.0
        self._last = time.perf_counter()
        return longest * 1e3


def measure(driving: Driving, path: Path, person: bytes, out: Path, words: Sequence[str]) -> dict[str, float]:
    """The longest standstill in milliseconds, by what was done meanwhile."""
    probe = Probe()
    office = driving.shell.desk.office
    works: dict[str, Callable[[], None]] = {
        "counting": partial(_count, driving),
        "scrolling": partial(_scroll, driving),
        "searching": partial(_search, driving, words),
        "report": partial(_behind, driving, lambda: access.access_report(office, person, out)),
        "import": partial(_behind, driving, lambda: bring_in(office, path, ORDER)),
    }
    found = {}
    for name, work in works.items():
        driving.rest()
        probe.take()
        work()
        found[name] = probe.take()
    return found


def _count(driving: Driving) -> None:
    """The reference: a thread that only counts."""
    ended: list[int] = []

    def counts() -> None:
        over = time.perf_counter() + _COUNTING_S
        number = 0
        while time.perf_counter() < over:
            number += 1
        ended.append(number)

    thread = threading.Thread(target=counts)
    thread.start()
    driving.until(lambda: bool(ended))
    thread.join()


def _scroll(driving: Driving) -> None:
    bar = driving.panel.view.verticalScrollBar()
    for step in range(1, _STEPS + 1):
        bar.setValue(bar.maximum() * step // _STEPS)
        driving.app.processEvents()
    model = driving.panel.model
    driving.until(lambda: model.row_at(model.rowCount() - 1) is not None)


def _search(driving: Driving, words: Sequence[str]) -> None:
    for word in words:
        driving.panel.search.clear()
        for text in beginnings(word):
            driving.type(text[-1])
    driving.panel.search.clear()


def _behind(driving: Driving, work: Callable[[], object]) -> None:
    """Do it on a worker thread, as every screen does, until the screen shows what came of it."""
    ended: list[object] = []
    shell = driving.shell
    shell.desk.courier.ask(shell, work, ended.append)
    driving.until(lambda: bool(ended) and not shell.desk.courier.waiting)
