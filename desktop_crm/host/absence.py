"""Hears from the computer that nobody sits there any more: screen locked, sleep, another account in front."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Protocol


class Absence(Protocol):
    """Listens from `begin` to `end`, and calls what it was made with. That may come on a thread of its own."""

    def begin(self) -> None:
        """Listen, on the main thread. A computer that tells nothing is no fault."""

    def may_sleep(self) -> None:
        """Everything is locked: do not hold the computer up any longer, should it be going to sleep."""

    def end(self) -> None:
        """Listen no longer."""


def absence(left: Callable[[], None]) -> Absence:
    """What this computer tells; `left` is called each time."""
    if sys.platform == "win32":
        from desktop_crm.host.absence_windows import WindowsAbsence

        return WindowsAbsence(left)
    if sys.platform == "darwin":
        from desktop_crm.host.absence_mac import MacAbsence

        return MacAbsence(left)
    from desktop_crm.host.absence_linux import LinuxAbsence

    return LinuxAbsence(left)
