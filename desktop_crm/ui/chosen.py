"""What this account chose for the window: kept in a small file beside the program, never with customer data."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, Signal

from desktop_crm.host import preferences
from desktop_crm.host.preferences import Preferences
from desktop_crm.words import Problem


class Chosen(QObject):
    """The choices in force."""

    changed = Signal()

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        """`folder` is where they are kept, if not in the usual place."""
        super().__init__(parent)
        self._folder = folder
        self.now: Preferences = preferences.load(folder)

    def change(self, **choices: Any) -> None:
        """Choose anew, and keep it. Raises Problem where the disk refuses; the choice then holds until the end."""
        changed = replace(self.now, **choices)
        if changed == self.now:
            return
        self.now = changed
        self.changed.emit()
        preferences.save(changed, self._folder)

    def remember(self, **choices: Any) -> None:
        """Keep what nobody chose on purpose, such as where the window stood; a disk that refuses is no matter."""
        with suppress(Problem):
            self.change(**choices)
