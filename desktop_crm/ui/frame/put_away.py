"""What stands over the window in windows of its own, and may show a name: menus, hints, dialogs of the system."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog

_OVER = frozenset(
    {
        Qt.WindowType.Dialog,
        Qt.WindowType.Drawer,
        Qt.WindowType.Popup,
        Qt.WindowType.Sheet,
        Qt.WindowType.Tool,
        Qt.WindowType.ToolTip,
    }
)


def put_away() -> None:
    """Take all of it off the screen, as if it had been given up: whoever waits for a file to be chosen gets none."""
    for one in QApplication.topLevelWidgets():
        if one.isVisible() and one.windowType() in _OVER:
            if isinstance(one, QDialog):
                one.reject()
            else:
                one.close()
