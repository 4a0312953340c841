"""Whether somebody asked to be erased today: entered in one click, or not at all."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.records.interaction import Channel
from desktop_crm.records.request import RequestKind
from desktop_crm.services import requests
from desktop_crm.services.office import Office
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.spoken import announce
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.requests.came import ways
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.label import label
from desktop_crm.words import M


def _enter(office: Office, person: bytes, number: str | None, channel: Channel) -> str:
    """Enter the request, or correct the way it came; its number."""
    if number is None:
        return requests.register(office, person, RequestKind.ERASURE, channel)
    requests.set_channel(office, number, channel)
    return number


class AskedToday(QWidget):
    """Which way they asked. Nothing is chosen at first, and nothing is entered by looking.

    The time for an answer runs from the day on which somebody asks, so asking is entered the moment it is said, also
    if the erasure is then cancelled. Whoever only looks at what would go has asked for nothing: no request is left
    behind that nobody made and that would be due in a month. An erasure at once needs none: it is its own answer.
    """

    def __init__(self, desk: Desk, person: bytes) -> None:
        super().__init__()
        self._desk = desk
        self._person = person
        self.number: str | None = None
        """The request that was entered here."""
        asked = desk.say(M("Did they ask for it today?"))
        self.says = label(asked, Type.BUTTON, wrap=True)
        self.ways = ChipRow(ways(desk), name=asked)
        self.ways.changed.connect(self._picked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(self.says)
        column.addWidget(self.ways)

    def _picked(self, way: str) -> None:
        self.ways.setEnabled(False)  # a second click before the first is done would enter it twice
        work = partial(_enter, self._desk.office, self._person, self.number, Channel(way))
        self._desk.courier.ask(self, work, self._entered, failed=self._refused)

    def _entered(self, number: str) -> None:
        self.number = number
        self.ways.setEnabled(True)
        told = M("Entered as no. {number}. It stays open until they are erased.", number=number)
        self.says.setText(self._desk.say(told))
        announce(self, self.says.text())

    def _refused(self, _: object) -> bool:
        self.ways.setEnabled(True)
        self.ways.choose(None)
        return False
