"""Asks for whom a paper is to be made."""

from __future__ import annotations

from collections.abc import Callable

from desktop_crm.ui.desk import Desk
from desktop_crm.ui.requests.picker import PersonPicker
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

_WIDTH = 560


def pick_person(desk: Desk, title: M, then: Callable[[bytes], None]) -> None:
    """Let a person be picked; whoever is picked is handed on at once."""
    PickSheet(desk, title, then).open()


class PickSheet(Sheet):
    """A search field over those it finds."""

    def __init__(self, desk: Desk, title: M, then: Callable[[bytes], None]) -> None:
        super().__init__(desk.window, desk.say(title), desk.say(M("Whom is it for?")), width=_WIDTH)
        self._then = then
        self.picker = PersonPicker(desk)
        self.picker.picked.connect(self._picked)
        self.body.addWidget(self.picker)
        cancel = Button(desk.say(M("Cancel")), kind=Kind.QUIET)
        cancel.clicked.connect(self.dismiss)
        self.footer("", cancel)

    def _picked(self, person: bytes) -> None:
        self.close()
        self._then(person)
