"""Which way a request came: the usual one is assumed, and shown as assumed, until one click says so."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_crm.records.interaction import Channel
from desktop_crm.services import labels, requests
from desktop_crm.services.requests import RequestPage
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.label import label
from desktop_crm.words import M

OTHER_DAY = "other-day"
"""The last of the chips, which is no way."""


def ways(desk: Desk) -> list[tuple[str, str]]:
    """Every way as a chip."""
    return [(channel, desk.say(labels.of(channel))) for channel in Channel]


class Came(QWidget):
    """Says on which day it came and asks how. It goes once that is told; the rail corrects it."""

    def __init__(self, desk: Desk, page: RequestPage, other_day: Callable[[], None]) -> None:
        """`other_day` asks for another day."""
        super().__init__()
        self._desk = desk
        self._number = page.row.number
        self._other_day = other_day
        say = desk.say
        self.asked = label("", Type.BUTTON)
        options = [*ways(desk), (OTHER_DAY, say(M("another day …")))]
        self.ways = ChipRow(options, name=say(M("How did it come?")))
        assumed = self.ways.chip(page.row.channel)
        assumed.assume(say(M("{way}?", way=labels.of(page.row.channel))))
        assumed.setAccessibleDescription(say(M("Assumed until you say so")))
        assumed.setToolTip(say(M("Assumed until you say so")))
        self.ways.changed.connect(self._picked)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(12)
        words = QVBoxLayout()
        words.setContentsMargins(0, 7, 0, 0)
        words.addWidget(self.asked)
        words.addStretch(1)
        across.addLayout(words)
        across.addWidget(self.ways, 1)

    def show_page(self, page: RequestPage) -> None:
        """Show the day, or nothing once it is told which way it came."""
        today = page.row.received_on == self._desk.office.today()
        came = M("It came today. How?") if today else M("It came on {day}. How?", day=page.row.received_on)
        self.asked.setText(self._desk.say(came))
        may = self._desk.may(permits.CHANGE_REQUESTS)
        self.setVisible(may and page.row.closed_on is None and not page.row.way_told)

    def _picked(self, way: str) -> None:
        if way == OTHER_DAY:
            self.ways.choose(None)
            self._other_day()
            return
        work = partial(requests.set_channel, self._desk.office, self._number, Channel(way))
        self._desk.courier.ask(self, work, lambda _: None)
