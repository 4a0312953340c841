"""Asked where something else would throw a list away that is not in yet."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

_WIDTH = 520


class Halfway(Sheet):
    """Go on with the list, or leave it; `leave` is called for the second."""

    def __init__(self, desk: Desk, leave: Callable[[], None]) -> None:
        say = desk.say
        super().__init__(
            desk.window, say(M("Stop bringing in this list?")), icon="upload", tone=Tone.WARNING, width=_WIDTH
        )
        told = M("Nothing of it is in yet. What you said about its columns and its people is forgotten.")
        self.body.addWidget(label(say(told), wrap=True))
        self.leave = Button(say(M("Leave the list")))
        self.leave.clicked.connect(lambda _on: self._leave_by(leave))
        self.go_on = Button(say(M("Go on with the list")), kind=Kind.PRIMARY)
        self.go_on.clicked.connect(self.dismiss)
        self.footer("", self.leave, self.go_on)

    def first(self) -> QWidget:
        return self.go_on

    def _leave_by(self, leave: Callable[[], None]) -> None:
        self.close()
        leave()
