"""One person who works here: name, role, last day; a new password; and leaving."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop_crm.services import staff
from desktop_crm.services.staff import Colleague
from desktop_crm.services.staff_rules import RoleView
from desktop_crm.services.starting import require_store
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_3, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.people.words import line_of, title_of
from desktop_crm.ui.settings.pane import told
from desktop_crm.ui.settings.relocking import ChangeLock
from desktop_crm.ui.welcome.new_password import NewPassword
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.day import DayField
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import column, flow
from desktop_crm.ui.widgets.select import Select
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M, Problem

_WIDTH = 640
Then = Callable[[], None]


class EditPerson(Sheet):
    """What is changed here holds from their next sign-in on."""

    def __init__(self, desk: Desk, folder: VaultFolder, one: Colleague, roles: Sequence[RoleView], then: Then) -> None:
        say = desk.say
        name = title_of(desk, one.name)
        super().__init__(desk.window, name, line_of(desk, one), icon="user", tone=Tone.ACCENT, width=_WIDTH)
        self._desk, self._folder, self._one, self._then = desk, folder, one, then
        self._is_me = one.id == desk.office.who.staff
        self.name = Field(say(M("Name")), check=lambda text: None if text else say(M("Please type a name.")))
        self.name.set_text(name)
        given = [role for role in roles if role.rights <= desk.office.who.rights or role.code == one.role]
        self.role = Select(
            [(role.code, title_of(desk, role.title)) for role in given], name=say(M("Role")), chosen=one.role
        )
        self.until = DayField(say(M("May come in until")), optional=True, earliest=desk.office.today())
        self.until.set_date(one.until)
        self.role.setEnabled(not self._is_me)
        self.until.setEnabled(not self._is_me)
        self._fill()
        leave = Button(say(M("Cancel")), kind=Kind.QUIET)
        leave.clicked.connect(self.dismiss)
        self.save = Button(say(M("Save")), kind=Kind.PRIMARY)
        self.save.clicked.connect(lambda _on: self._save())
        self.footer(say(M("Holds from their next sign-in on.")), leave, self.save)

    def first(self) -> QWidget | None:
        return self.name.edit

    def _fill(self) -> None:
        say = self._desk.say
        self.body.setSpacing(SPACE_3)
        self.body.addWidget(self.name)
        own = label(say(M("Nobody changes their own role.")), Type.SMALL, "text3", wrap=True) if self._is_me else None
        self.body.addLayout(column(label(say(M("Role")), Type.BUTTON), self.role, own, space=6))
        self.body.addWidget(self.until)
        self.acts = {
            "password": self._act(M("New password …"), "lock", lambda: NewPasswordFor(self).open()),
            "factor": self._act(M("Take the code away"), "phone", self._drop_factor),
            "remove": self._act(M("They leave …"), "trash", lambda: RemovePerson(self).open()),
        }
        if self._is_me:
            for key in ("password", "remove"):
                self.acts[key].withhold()
        self.acts["factor"].setVisible(self._one.second_factor)
        self.body.addWidget(flow(*self.acts.values(), space=SPACE_2))

    def _act(self, text: M, icon: str, do: Callable[[], None]) -> Button:
        made = Button(self._desk.say(text), icon=icon)
        made.clicked.connect(lambda _on: do())
        return made

    def _save(self) -> None:
        untouched = self.until.date() == self._one.until and bool(self.until.text()) == (self._one.until is not None)
        if not self.name.is_right() or not (untouched or self.until.is_right()):
            return
        office, folder, one = self._desk.office, self._folder, self._one
        name, role, until = self.name.text(), self.role.key(), self.until.date()

        def work() -> None:
            if name != title_of(self._desk, one.name):
                staff.rename_person(office, folder, require_store(folder), one.id, name)
            if role != one.role:
                staff.change_role(office, one.id, role)
            if until != one.until:
                staff.set_until(office, one.id, until)

        self.do(work, M("Saved."))

    def _drop_factor(self) -> None:
        office, one = self._desk.office, self._one
        said = M("They come in without a code now, until one is set up again.")
        self.do(lambda: staff.drop_second_factor(office, one.id), said)

    def do(self, work: Callable[[], object], said: M, after: Then = lambda: None) -> None:
        """Do it, and close once it is done; refused, everything stays as it was typed."""
        self.set_busy(True)
        self._desk.courier.ask(self, work, lambda _: self._done(said, after), failed=self._refused)

    def _done(self, said: M, after: Then) -> None:
        self.set_busy(False)
        self.close()
        self._desk.toast(self._desk.say(said))
        self._then()
        after()

    def _refused(self, _: Problem) -> bool:
        self.set_busy(False)
        return False

    # What the sheets over this one work with

    @property
    def desk(self) -> Desk:
        """What every screen works with."""
        return self._desk

    @property
    def called(self) -> str:
        """The person's name."""
        return title_of(self._desk, self._one.name)

    def give_password(self, password: str) -> None:
        """A new password on this computer."""
        office, folder, one = self._desk.office, self._folder, self._one
        self.do(
            lambda: staff.reset_password(office, folder, require_store(folder), one.id, password),
            M("{name} has a new password on this computer.", name=self.called),
        )

    def let_go(self) -> None:
        """They come in nowhere any more."""
        desk, folder, one, then = self._desk, self._folder, self._one, self._then
        self.do(
            lambda: staff.remove_person(desk.office, folder, one.id),
            M("{name} comes in no more.", name=self.called),
            lambda: ChangeLock(desk, folder, then).open(),
        )


class NewPasswordFor(Sheet):
    """Somebody forgot theirs, or has none on this computer yet."""

    def __init__(self, of: EditPerson) -> None:
        say = of.desk.say
        super().__init__(
            of.desk.window,
            say(M("A new password for {name}", name=of.called)),
            say(M("It opens the list for them on this computer; the one they had here opens nothing then.")),
            icon="lock",
            tone=Tone.ACCENT,
            width=_WIDTH,
        )
        self.password = NewPassword()
        self.body.addWidget(self.password)
        leave = Button(say(M("Cancel")), kind=Kind.QUIET)
        leave.clicked.connect(self.dismiss)
        self.keep = Button(say(M("Use this password")), kind=Kind.PRIMARY)
        self.keep.clicked.connect(lambda _on: self._keep(of))
        self.footer("", leave, self.keep)

    def _keep(self, of: EditPerson) -> None:
        if self.password.is_right():
            typed = self.password.text()
            self.close()
            of.give_password(typed)


_LEAVES = (
    ("lock", M("From now on they come in nowhere"), M("On no computer, and under no account.")),
    ("list", M("The activity log stays"), M("Their name goes with the last line that tells of them.")),
    (
        "key",
        M("Change the lock afterwards"),
        M("Whoever kept an old copy of the keys still comes in until then. It is offered next."),
    ),
)


class RemovePerson(Sheet):
    """Asked, since it cannot be taken back."""

    def __init__(self, of: EditPerson) -> None:
        say = of.desk.say
        super().__init__(
            of.desk.window,
            say(M("{name} leaves?", name=of.called)),
            say(M("It cannot be taken back. Should they return, they are added anew.")),
            icon="trash",
            tone=Tone.WARNING,
            width=_WIDTH,
        )
        for icon, title, sub in _LEAVES:
            self.body.addWidget(told(icon, say(title), say(sub)))
        stay = Button(say(M("They stay")), kind=Kind.QUIET)
        stay.clicked.connect(self.dismiss)
        self.remove = Button(say(M("Let them go")), kind=Kind.DANGER)
        self.remove.clicked.connect(lambda _on: self._remove(of))
        self.footer("", stay, self.remove)

    def _remove(self, of: EditPerson) -> None:
        self.close()
        of.let_go()
