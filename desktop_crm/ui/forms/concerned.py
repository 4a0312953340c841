"""Asked before somebody new is added: they are here already, or have asked to be forgotten."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from desktop_crm.services.people import erased_warning
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

if TYPE_CHECKING:
    from desktop_crm.ui.forms.person import PersonForm

_WIDTH = 560


class HereAlready(Sheet):
    """Offers to open the person that is here."""

    def __init__(self, form: PersonForm, known: bytes) -> None:
        super().__init__(
            form.desk.window, form.say(M("This person is here already")), icon="users", tone=Tone.INFO, width=_WIDTH
        )
        self._form = form
        self._known = known
        told = M("The name and a number or address are the same. What you typed stays as a draft.")
        self.body.addWidget(label(form.say(told), wrap=True))
        self.back_button = Button(form.say(M("Keep editing")), kind=Kind.QUIET)
        self.back_button.clicked.connect(self.dismiss)
        self.open_button = Button(form.say(M("Open their record")), kind=Kind.PRIMARY)
        self.open_button.clicked.connect(self._open_record)
        self.footer("", self.back_button, self.open_button)

    def _open_record(self) -> None:
        self._form.drafting.keep()
        self.close()
        self._form.close()
        self._form.desk.go("contacts", person=self._known)


class BackAgain(Sheet):
    """Somebody who was erased comes back only of their own accord."""

    def __init__(self, form: PersonForm, erased_on: date, add: Callable[[], None]) -> None:
        super().__init__(form.desk.window, form.say(M("Erased before")), icon="alert", tone=Tone.WARNING, width=_WIDTH)
        self.body.addWidget(label(form.say(erased_warning(erased_on)), wrap=True))
        self.no_button = Button(form.say(M("No, do not add")))
        self.no_button.clicked.connect(self.dismiss)
        self.yes_button = Button(form.say(M("Yes, add them again")))
        self.yes_button.clicked.connect(self.close)
        self.yes_button.clicked.connect(add)
        self.footer("", self.no_button, self.yes_button)
