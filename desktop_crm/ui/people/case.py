"""Opens one person's notes and purchases, for some days, to somebody whose role does not show them."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from desktop_crm.services import staff
from desktop_crm.services.office import Office
from desktop_crm.services.staff import LONGEST_CASE, Colleague
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_3, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.people.words import title_of
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.widgets.select import Select
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M, Problem

_WIDTH = 600
_DAYS = (1, 3, 7, 14, LONGEST_CASE)


def open_case(desk: Desk, person: bytes) -> None:
    """Ask for whom, why and how long."""
    desk.open_sheet(lambda: _checkers(desk.office), lambda found: OpenCaseSheet(desk, person, found))


def _checkers(office: Office) -> list[Colleague]:
    codes = {role.code for role in staff.roles(office) if role.cases}
    return [one for one in staff.people(office) if one.role in codes and one.left_on is None]


class OpenCaseSheet(Sheet):
    """Where nobody has such a role, it says so."""

    def __init__(self, desk: Desk, person: bytes, checkers: list[Colleague]) -> None:
        say = desk.say
        sub = M("They see this person's notes and purchases until then. That it was opened stands in the activity log.")
        nobody = M("Nobody here has the role of a data protection officer. Give it under Settings, People and roles.")
        super().__init__(
            desk.window,
            say(M("Open a case")),
            say(sub if checkers else nobody),
            icon="eye",
            tone=Tone.ACCENT,
            width=_WIDTH,
        )
        self._desk, self._person = desk, person
        people = [(one.id.hex(), title_of(desk, one.name)) for one in checkers]
        days = [(str(n), say(M("{n} day", "{n} days", n=n))) for n in _DAYS]
        self.whom = Select(people, name=say(M("For whom")))
        self.days = Select(days, name=say(M("For how long")), chosen="7")
        self.reason = Field(say(M("Why")), check=lambda text: None if text else say(M("Please say why.")))
        leave = Button(say(M("Cancel") if checkers else M("Close")), kind=Kind.QUIET)
        leave.clicked.connect(self.dismiss)
        self.open_it = Button(say(M("Open the case")), kind=Kind.PRIMARY)
        self.open_it.clicked.connect(lambda _on: self._open_it())
        self.footer("", leave, *([self.open_it] if checkers else []))
        if checkers:
            self.body.setSpacing(SPACE_3)
            self.body.addLayout(column(label(say(M("For whom")), Type.BUTTON), self.whom, space=6))
            self.body.addWidget(self.reason)
            self.body.addLayout(column(label(say(M("For how long")), Type.BUTTON), self.days, space=6))
        self.fit()

    def first(self) -> QWidget | None:
        return self.reason.edit if self.whom.key() else super().first()

    def _open_it(self) -> None:
        if not self.reason.is_right():
            self.reason.take_focus()
            return
        office, person = self._desk.office, self._person
        whom, why, days = bytes.fromhex(self.whom.key()), self.reason.text(), int(self.days.key())
        self.set_busy(True)
        self._desk.courier.ask(
            self, lambda: staff.open_case(office, whom, person, why, days), lambda _: self._done(), failed=self._refused
        )

    def _done(self) -> None:
        self.set_busy(False)
        self.close()
        self._desk.toast(self._desk.say(M("The case is open.")))

    def _refused(self, _: Problem) -> bool:
        self.set_busy(False)
        return False
