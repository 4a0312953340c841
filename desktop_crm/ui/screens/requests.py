"""*Copy or erase*: the privacy requests, and the page of one."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_crm.records.contact import Contact
from desktop_crm.records.erasure import Erasure
from desktop_crm.records.request import PrivacyRequest
from desktop_crm.services import requests
from desktop_crm.services.requests import RequestPage
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.requests.inbox import Inbox, asked
from desktop_crm.ui.requests.page import RequestView
from desktop_crm.ui.screens.screen import Screen
from desktop_crm.words import Gone, Problem


class Requests(Screen):
    """The list, or one request in its place."""

    watches: ClassVar[frozenset[type]] = frozenset({PrivacyRequest, Contact, Erasure})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.inbox = Inbox(desk, self.open_request)
        self.view: RequestView | None = None
        self._pages = QStackedWidget()
        self._pages.addWidget(self.inbox)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._pages)

    def refresh(self) -> None:
        """Ask for the list, and for the request that is open."""
        self.desk.courier.ask(self, partial(asked, self.desk.office), self.inbox.show_asked, newest="list")
        if self.view is not None:
            number = self.view.number
            work = partial(requests.request, self.desk.office, number)
            gone = partial(self._gone, number)
            self.desk.courier.ask(self, work, self._show_again, newest="page", failed=gone)

    def show_at(self, **where: object) -> None:
        """`number`: the page of that request."""
        number = where.get("number")
        if isinstance(number, str):
            self.open_request(number)

    def open_request(self, number: str) -> None:
        """Show the page of a request."""
        work = partial(requests.request, self.desk.office, number)
        self.desk.courier.ask(self, work, self._show, newest="open")

    def back(self) -> None:
        """Show the list, with the keyboard on the request that was open."""
        if self.view is None:
            return
        number = self.view.number
        self._close_view()
        self.inbox.focus_row(number)

    @property
    def person(self) -> bytes | None:
        return self.view.person if self.view is not None else None

    def panes(self) -> tuple[QWidget, ...]:
        return (self.view,) if self.view is not None else (self.inbox,)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.view is not None:
            self.back()
        else:
            super().keyPressEvent(event)

    def _show(self, page: RequestPage) -> None:
        self._close_view()
        self.view = RequestView(self.desk, page, self.back)
        self._pages.addWidget(self.view)
        self._pages.setCurrentWidget(self.view)
        self.view.take_focus()

    def _show_again(self, page: RequestPage) -> None:
        if self.view is not None and self.view.number == page.row.number:
            self.view.show_page(page)

    def _gone(self, number: str, problem: Problem) -> bool:
        """It went with the person it was about."""
        if not isinstance(problem, Gone):
            return False
        if self.view is not None and self.view.number == number:
            self._close_view()
            self.inbox.focus_row("")
        return True

    def _close_view(self) -> None:
        if self.view is not None:
            self._pages.removeWidget(self.view)
            self.view.hide()
            self.view.deleteLater()
            self.view = None
