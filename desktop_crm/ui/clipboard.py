"""Copying values and passwords: other programs are asked not to keep them in their history of what was copied."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QTimer
from PySide6.QtGui import QGuiApplication

_KEEP_OUT = {
    "x-kde-passwordManagerHint": b"secret",
    'application/x-qt-windows-mime;value="ExcludeClipboardContentFromMonitorProcessing"': b"\0\0\0\0",
    "application/x-nspasteboard-concealed-type": b"",
}
"""How programs that remember what was copied are told on Linux, Windows and the Mac."""
SECRET_MS = 30_000
"""So long a password stays in the clipboard."""


def copy_value(text: str) -> None:
    """Put a text into the clipboard. It is taken out again when the file is locked and when the program ends."""
    data = QMimeData()
    data.setText(text)
    for kind, value in _KEEP_OUT.items():
        data.setData(kind, value)
    QGuiApplication.clipboard().setMimeData(data)


def copy_secret(text: str) -> None:
    """Put a password into the clipboard for half a minute, unless something else is copied meanwhile."""
    copy_value(text)
    clipboard = QGuiApplication.clipboard()

    def forget() -> None:
        if clipboard.text() == text:
            clipboard.clear()

    QTimer.singleShot(SECRET_MS, clipboard, forget)
