"""Those who want to hear of each commit."""

from __future__ import annotations

import threading
from collections.abc import Callable

from desktop_crm.storage.transaction import Change

Heard = Callable[[tuple[Change, ...]], None]


class Listeners:
    """May be joined and left on any thread, also while somebody is being told."""

    def __init__(self) -> None:
        self._all: list[Heard] = []
        self._telling = threading.RLock()

    def join(self, heard: Heard) -> Callable[[], None]:
        """Call `heard` from now on. Returns what ends that: once it has returned, `heard` is called no more."""
        with self._telling:
            self._all.append(heard)
        return lambda: self._leave(heard)

    def tell(self, changes: tuple[Change, ...]) -> None:
        """Tell all of them what was changed."""
        with self._telling:
            for heard in self._all:
                heard(changes)

    def __len__(self) -> int:
        return len(self._all)

    def _leave(self, heard: Heard) -> None:
        with self._telling:
            self._all = [one for one in self._all if one is not heard]
