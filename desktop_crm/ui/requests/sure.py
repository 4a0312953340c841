"""How one knows who asks: one click, remembered with the request, and nothing waits for it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.records.request import IdentityCheck
from desktop_crm.services import requests
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.requests.phrases import IDENTITY
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.label import label
from desktop_crm.words import M


class Sure(QWidget):
    """The ways to be sure. A copy may be made first: the law asks for the check where there is a doubt alone."""

    def __init__(self, desk: Desk, number: str) -> None:
        """`number` is that of an open request."""
        super().__init__()
        self._desk = desk
        self._number = number
        asked = desk.say(M("How do you know that it is them?"))
        self.ways = ChipRow([(way, desk.say(text)) for way, text in IDENTITY.items()], name=asked)
        self.ways.changed.connect(self._note)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(label(asked, Type.BUTTON, wrap=True))
        column.addWidget(self.ways)
        told = M("A document is looked at, never copied.")
        column.addWidget(label(desk.say(told), Type.HINT, "text3", wrap=True))

    def _note(self, way: str) -> None:
        work = partial(requests.note_identity, self._desk.office, self._number, IdentityCheck(way))
        self._desk.courier.ask(self, work, lambda _: None)
