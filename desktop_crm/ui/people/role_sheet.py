"""A role: what it may do, in plain verbs. The ready-made ones are read and copied; those of the shop are changed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from desktop_crm.services import staff
from desktop_crm.services.staff import RoleForm
from desktop_crm.services.staff_rules import RoleView
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_4, Tone
from desktop_crm.ui.people.matrix import Matrix
from desktop_crm.ui.people.words import title_of
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.choice import CheckBox
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M, Problem

_WIDTH = 760
Then = Callable[[], None]


class RoleSheet(Sheet):
    """Shows a role."""

    def __init__(self, desk: Desk, role: RoleView, then: Then) -> None:
        say = desk.say
        sub = say(role.for_whom) if role.for_whom is not None else say(M("A role of this shop."))
        super().__init__(desk.window, title_of(desk, role.title), sub, icon="users", tone=Tone.ACCENT, width=_WIDTH)
        self.matrix = Matrix(desk, role.rights)
        self.body.addWidget(self.matrix)
        if role.second_factor:
            self.body.addWidget(Banner(say(M("It needs a code from the telephone.")), Tone.INFO, "phone"))
        if role.cases:
            cases = M("Notes and purchases of one person can be opened to it for some days, from that contact's menu.")
            self.body.addWidget(Banner(say(cases), Tone.INFO, "file"))
        self.copy = desk.only(Button(say(M("Make a role like this")), icon="copy"), permits.CHANGE_PEOPLE)
        self.copy.clicked.connect(lambda _on: self._instead(OwnRole(desk, _like(role), then)))
        self.change = desk.only(Button(say(M("Change it")), icon="pen"), permits.CHANGE_PEOPLE)
        self.change.clicked.connect(lambda _on: self._instead(OwnRole(desk, role, then)))
        if role.ready_made:
            self.change.withhold()
        close = Button(say(M("Close")), kind=Kind.PRIMARY)
        close.clicked.connect(self.close)
        self.footer("", self.copy, self.change, close)

    def _instead(self, other: Sheet) -> None:
        self.close()
        other.open()


def _like(role: RoleView) -> RoleView:
    return replace(role, code="", title="", for_whom=None, ready_made=False, cases=False)


class OwnRole(Sheet):
    """A role of the shop's own: a title, and what is ticked. Nobody can give more than they have."""

    def __init__(self, desk: Desk, role: RoleView, then: Then) -> None:
        say = desk.say
        title = say(M("Change a role")) if role.code else say(M("A role of your own"))
        sub = M("What is not ticked is not greyed out for them but absent, in lists, searches and on papers, too.")
        super().__init__(desk.window, title, say(sub), icon="users", tone=Tone.ACCENT, width=_WIDTH)
        self._desk, self._role, self._then = desk, role, then
        self.title = Field(say(M("Title")), check=lambda text: None if text else say(M("Please type a title.")))
        self.title.set_text(title_of(desk, role.title))
        self.matrix = Matrix(desk, role.rights, most=desk.office.who.rights)
        self.factor = CheckBox(say(M("It needs a code from the telephone.")))
        self.factor.setChecked(role.second_factor)
        self.body.setSpacing(SPACE_4)
        for part in (self.title, self.matrix, self.factor):
            self.body.addWidget(part)
        self.remove = Button(say(M("Take it out")), icon="trash", kind=Kind.QUIET)
        self.remove.clicked.connect(lambda _on: self._remove())
        if not role.code:
            self.remove.withhold()
        leave = Button(say(M("Cancel")), kind=Kind.QUIET)
        leave.clicked.connect(self.dismiss)
        self.save = Button(say(M("Save")), kind=Kind.PRIMARY)
        self.save.clicked.connect(lambda _on: self._save())
        self.footer("", leave, self.save, start=self.remove)

    def _save(self) -> None:
        if not self.title.is_right():
            self.title.take_focus()
            return
        form = RoleForm(self._role.code or None, self.title.text(), self.matrix.rights, self.factor.isChecked())
        office = self._desk.office
        self._do(lambda: staff.save_role(office, form), M("The role is saved. It holds from the next sign-in on."))

    def _remove(self) -> None:
        office, code = self._desk.office, self._role.code
        self._do(lambda: staff.remove_role(office, code), M("The role is gone."))

    def _do(self, work: Callable[[], object], said: M) -> None:
        self.set_busy(True)
        self._desk.courier.ask(self, work, lambda _: self._done(said), failed=self._refused)

    def _done(self, said: M) -> None:
        self.set_busy(False)
        self.close()
        self._desk.toast(self._desk.say(said))
        self._then()

    def _refused(self, _: Problem) -> bool:
        self.set_busy(False)
        return False
