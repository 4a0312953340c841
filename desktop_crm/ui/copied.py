"""What was copied here and may still lie in the clipboard when the file is locked."""

from __future__ import annotations

import hashlib

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QClipboard, QGuiApplication


class Copied(QObject):
    """Knows whether the clipboard still holds what was copied in this window; what others put there stays."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clipboard = QGuiApplication.clipboard()
        self._ours = b""
        self._clipboard.dataChanged.connect(self._changed)

    def clear(self) -> None:
        """Take it out again."""
        if self._clipboard.ownsClipboard() or (self._ours and self._ours == self._present()):
            self._clipboard.clear()
        if self._clipboard.supportsSelection() and self._clipboard.ownsSelection():
            self._clipboard.clear(QClipboard.Mode.Selection)
        self._ours = b""

    def _changed(self) -> None:
        """Not every system tells whose it is; while a window of ours is in front, it is ours."""
        here = QGuiApplication.applicationState() is Qt.ApplicationState.ApplicationActive
        self._ours = self._present() if here else b""

    def _present(self) -> bytes:
        return hashlib.sha256(self._clipboard.text().encode("utf-8", "surrogatepass")).digest()
