"""What a tab of the page about keeping times is: a list on a page of its own."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.ui.desk import Desk
from desktop_crm.ui.widgets.page import Page
from desktop_crm.ui.widgets.rows import RowList


class ListPane(QWidget):
    """Filled anew from what the services know; `list` is None while there is nothing to list."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.list: RowList | None = None
        self._page = Page()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)
