"""F6 goes through the parts of the window, as people know it from file windows and mail programs."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget


def focus_next(panes: Sequence[QWidget]) -> bool:
    """Put the cursor into the part after the one it is in; False where no part takes it."""
    at = next((number for number, pane in enumerate(panes) if _holds_focus(pane)), -1)
    for step in range(1, len(panes) + 1):
        found = first_in(panes[(at + step) % len(panes)])
        if found is not None:
            found.setFocus(Qt.FocusReason.TabFocusReason)
            return True
    return False


def first_in(pane: QWidget) -> QWidget | None:
    """The first thing in a part of the window that takes the cursor."""
    if _takes_focus(pane):
        return pane
    widget = pane.nextInFocusChain()
    while widget is not None and widget is not pane:
        if _takes_focus(widget) and pane.isAncestorOf(widget):
            return widget
        widget = widget.nextInFocusChain()
    return None


def _holds_focus(pane: QWidget) -> bool:
    focus = QApplication.focusWidget()
    return focus is not None and (focus is pane or pane.isAncestorOf(focus))


def _takes_focus(widget: QWidget) -> bool:
    by_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    return by_tab and widget.isVisible() and widget.isEnabled()
