"""Lets somebody in by a password of their own. What ends with the second person is said before, and needs a yes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop_crm.privacy.rights import OWNER, STAFF
from desktop_crm.services import staff
from desktop_crm.services.staff import NewPerson
from desktop_crm.services.staff_rules import AloneEnds, RoleView
from desktop_crm.services.starting import require_store
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_3, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.people.words import title_of
from desktop_crm.ui.settings.pane import told
from desktop_crm.ui.welcome.new_password import NewPassword
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.choice import CheckBox
from desktop_crm.ui.widgets.day import DayField
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import column
from desktop_crm.ui.widgets.select import Select
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M, Problem

_WIDTH = 640


class AddPerson(Sheet):
    """Name, role, first password, and until when. The first person is an owner: whoever adds themselves."""

    def __init__(
        self, desk: Desk, folder: VaultFolder, roles: Sequence[RoleView], then: Callable[[], None], *, first: bool
    ) -> None:
        say = desk.say
        title = M("Add yourself") if first else M("Add a person")
        told = M("You are the owner. From then on the activity log tells by name what you do.")
        sub = told if first else M("They sign in on this computer by their name and a password of their own.")
        super().__init__(desk.window, say(title), say(sub), icon="users", tone=Tone.ACCENT, width=_WIDTH)
        self._desk, self._folder, self._then, self._first = desk, folder, then, first
        self._for_whom = {role.code: role.for_whom for role in roles}
        self.name = Field(say(M("Name")), check=lambda text: None if text else say(M("Please type a name.")))
        if first:
            self.name.set_text(desk.office.shop.responsible)
        given = [role for role in roles if role.rights <= desk.office.who.rights]
        options = [(role.code, title_of(desk, role.title)) for role in given]
        self.role = Select(options, name=say(M("Role")), chosen=OWNER.code if first else STAFF.code)
        self.role.picked.connect(lambda _: self._tell_role())
        self.told_role = label("", Type.SMALL, "text2", wrap=True)
        self.outside = CheckBox(say(M("From outside the shop, such as a tax adviser")))
        self.until = DayField(say(M("May come in until")), optional=True, earliest=desk.office.today())
        self.password = NewPassword()
        self._fill()
        leave = Button(say(M("Cancel")), kind=Kind.QUIET)
        leave.clicked.connect(self.dismiss)
        self.add = Button(say(title), kind=Kind.PRIMARY)
        self.add.clicked.connect(lambda _on: self._add())
        self.footer("", leave, self.add)

    def _fill(self) -> None:
        say = self._desk.say
        self.body.setSpacing(SPACE_3)
        self.body.addWidget(self.name)
        if not self._first:
            self.body.addLayout(column(label(say(M("Role")), Type.BUTTON), self.role, self.told_role, space=6))
            self.body.addWidget(self.until)
            self.body.addWidget(self.outside)
        self.body.addWidget(label(say(self._of_password()), Type.SMALL, "text2", wrap=True))
        self.body.addWidget(self.password)
        self._tell_role()

    def _of_password(self) -> M:
        if self._first:
            return M("Choose a password. Until somebody else is added, the list also opens as it did before.")
        return M("Let them type a password here, or give them a first one that they change in the settings.")

    def _tell_role(self) -> None:
        said = self._for_whom.get(self.role.key())
        self.told_role.setText(self._desk.say(said) if said is not None else "")

    def first(self) -> QWidget | None:
        return self.name.edit

    def _add(self, *, agreed: bool = False) -> None:
        if self.busy or not self._is_right():
            return
        code = OWNER.code if self._first else self.role.key()
        new = NewPerson(
            self.name.text(), code, self.password.text(), self.outside.isChecked(), self.until.date(), agreed
        )
        office, folder = self._desk.office, self._folder
        self._hold(True)
        self._desk.courier.ask(
            self,
            lambda: staff.add_person(office, folder, require_store(folder), new),
            lambda _: self._added(new.name),
            failed=self._refused,
        )

    def _is_right(self) -> bool:
        if not self.name.is_right():
            self.name.take_focus()
            return False
        if self.until.text() and not self.until.is_right():
            self.until.take_focus()
            return False
        if self.outside.isChecked() and self.until.date() is None:
            self.until.error(self._desk.say(M("Somebody from outside needs a last day.")))
            self.until.take_focus()
            return False
        return self.password.is_right()

    def _hold(self, busy: bool) -> None:
        self.set_busy(busy)
        self.add.setEnabled(not busy)

    def _added(self, name: str) -> None:
        self._hold(False)
        self.close()
        self._desk.toast(self._desk.say(M("{name} can sign in now.", name=name)))
        self._then()

    def _refused(self, problem: Problem) -> bool:
        """What was typed stays, whatever it was."""
        self._hold(False)
        if isinstance(problem, AloneEnds):
            self.ask_yes()
            return True
        return False

    def ask_yes(self) -> None:
        """What ends with this person is said, and needs a yes of its own."""
        WhatEnds(self._desk, lambda: self._add(agreed=True)).open()


_ENDS = (
    ("lock", M("Opening without a password ends"), M("So does the shared password, if there is one.")),
    ("users", M("Everybody signs in by name and password"), M("You as well, from the next time on.")),
    ("key", M("The recovery sheet stays"), M("It opens the list whatever happens, with all rights.")),
)


class WhatEnds(Sheet):
    """Asked before the second person is let in."""

    def __init__(self, desk: Desk, yes: Callable[[], None]) -> None:
        say = desk.say
        super().__init__(
            desk.window,
            say(M("Two people work here then")),
            say(M("The activity log can tell who did what only if nobody comes in without a name.")),
            icon="users",
            tone=Tone.WARNING,
            width=_WIDTH,
        )
        for icon, title, sub in _ENDS:
            self.body.addWidget(told(icon, say(title), say(sub)))
        no = Button(say(M("Not now")), kind=Kind.QUIET)
        no.clicked.connect(self.dismiss)
        self.yes = Button(say(M("Yes, add the person")), kind=Kind.PRIMARY)
        self.yes.clicked.connect(self.close)
        self.yes.clicked.connect(yes)
        self.footer("", no, self.yes)
