"""Setting up a code from the telephone, over the open file."""

from __future__ import annotations

from collections.abc import Callable

from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.people.factor import FactorPart
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

WHY = M("Whoever learns your password still cannot come in without your telephone. It does not encrypt anything.")
_WIDTH = 720


class FactorSheet(Sheet):
    """The picture and the first code; then the spare codes, which are shown once."""

    def __init__(self, desk: Desk, then: Callable[[], None]) -> None:
        say = desk.say
        super().__init__(
            desk.window, say(M("Code from the telephone")), say(WHY), icon="phone", tone=Tone.ACCENT, width=_WIDTH
        )
        self._desk = desk
        self._then = then
        self.part = FactorPart(desk, desk.office)
        self.part.resized.connect(self.fit)
        self.part.enrolled.connect(self._enrolled)
        self.body.addWidget(self.part)
        self.leave = Button(say(M("Cancel")), kind=Kind.QUIET)
        self.leave.clicked.connect(self.dismiss)
        self.check = Button(say(M("Check the code")), kind=Kind.PRIMARY)
        self.check.clicked.connect(lambda _on: self.part.confirm())
        self.footer("", self.leave, self.check)
        self.part.begin()

    def _enrolled(self) -> None:
        done = Button(self._desk.say(M("I have kept them")), kind=Kind.PRIMARY)
        done.clicked.connect(self.close)
        self.footer(self._desk.say(M("They are not shown again.")), done)
        self._then()
