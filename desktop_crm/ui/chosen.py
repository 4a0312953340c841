"""What this account chose for the window: kept in a small file beside the program, never with customer data."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from desktop_crm.host import preferences
from desktop_crm.host.preferences import Preferences
from desktop_crm.words import Problem


class Chosen(QObject):
    """The choices in force. They hold at once; a thread of their own writes them down, one after the other."""

    changed = Signal()
    refused = Signal(object)
    """A Problem: the disk does not keep what was chosen, which then holds until the end."""

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        """`folder` is where they are kept, if not in the usual place."""
        super().__init__(parent)
        self._folder = folder
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="chosen")
        self.now: Preferences = preferences.load(folder)

    def change(self, **choices: Any) -> None:
        """Choose anew, and keep it."""
        self._take(choices, told=True)

    def remember(self, **choices: Any) -> None:
        """Keep what nobody chose on purpose, such as where the window stood; a disk that refuses is no matter."""
        self._take(choices, told=False)

    def wait(self) -> None:
        """Until everything is written down. The end of the program waits by itself."""
        self._writer.submit(lambda: None).result()

    def _take(self, choices: dict[str, Any], *, told: bool) -> None:
        changed = replace(self.now, **choices)
        if changed == self.now:
            return
        self.now = changed
        self.changed.emit()
        self._writer.submit(self._write, changed, told)

    def _write(self, chosen: Preferences, told: bool) -> None:
        try:
            preferences.save(chosen, self._folder)
        except Problem as problem:
            # RuntimeError: the window has gone meanwhile, and nobody is left to be told.
            with suppress(RuntimeError):
                if told and isValid(self):
                    self.refused.emit(problem)
