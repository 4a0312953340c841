"""Corrects on which day a request came; the day of the answer follows."""

from __future__ import annotations

from functools import partial

from desktop_crm.services import requests
from desktop_crm.services.requests import RequestRow
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.day import DayField
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

_WIDTH = 480


class DaySheet(Sheet):
    """Asks for the day."""

    def __init__(self, desk: Desk, row: RequestRow) -> None:
        say = desk.say
        told = M("The time for the answer counts from the day on which anybody in the shop got it.")
        super().__init__(desk.window, say(M("When did it come?")), say(told), width=_WIDTH)
        self._desk = desk
        self._number = row.number
        today = desk.office.today()
        self.day = DayField(say(M("Received on")), now=today, latest=today)
        self.day.set_date(row.received_on)
        self.body.addWidget(self.day)
        cancel = Button(say(M("Cancel")), kind=Kind.QUIET)
        cancel.clicked.connect(self.dismiss)
        self.save = Button(say(M("Save")), kind=Kind.PRIMARY)
        self.save.clicked.connect(self._save)
        self.footer("", cancel, self.save)

    def _save(self) -> None:
        day = self.day.date()
        if not self.day.is_right() or day is None:
            self.day.take_focus()
            return
        work = partial(requests.set_received, self._desk.office, self._number, day)
        self._desk.courier.ask(self, work, lambda _: self._saved())

    def _saved(self) -> None:
        self.close()
        self._desk.toast(self._desk.say(M("The day is changed, and the time for the answer with it.")))
