"""Parts of the window in which something may be filled in that is kept nowhere else: whoever leaves is asked first."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from desktop_crm.ui.widgets.search import SearchField


class Losing(QWidget):
    """A part that tells whether something in it would be lost."""

    @property
    def would_lose(self) -> bool:
        """Whether somebody filled in something here that is kept nowhere if the file is closed now."""
        return any_typed(self)


def any_typed(within: QWidget) -> bool:
    """By hand: what the program puts into a field counts as there from the start."""
    fields = (one for one in within.findChildren(QLineEdit) if not isinstance(one, SearchField))
    texts = (one.document().isModified() and one.toPlainText() for one in within.findChildren(QPlainTextEdit))
    return any(one.isModified() and one.text() for one in fields) or any(texts)


def would_lose(page: QWidget) -> bool:
    """Whether anything on a page would be lost, or the page itself."""
    return any(one.would_lose for one in (page, *page.findChildren(Losing)) if isinstance(one, Losing))
