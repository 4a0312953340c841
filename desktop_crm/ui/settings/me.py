"""Of whoever signed in by name: their password, the code from their telephone, and what their role may do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from shiboken6 import isValid

from desktop_crm.records.staff import Staff
from desktop_crm.services import log_notice, staff, staff_rules, staff_sign_in
from desktop_crm.services.office import Office
from desktop_crm.services.saving import Saved
from desktop_crm.services.staff_report import own_report
from desktop_crm.services.staff_rules import RoleView
from desktop_crm.services.starting import require_store
from desktop_crm.ui.courier import Cancelled
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.log.notice import NoticeSheet
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.made.sheet import open_paper
from desktop_crm.ui.people.factor_sheet import WHY, FactorSheet
from desktop_crm.ui.people.matrix import Matrix
from desktop_crm.ui.people.words import title_of
from desktop_crm.ui.settings.pane import Pane, setting, told
from desktop_crm.ui.welcome.new_password import NewPassword
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M, Problem

_OWN_REPORT = M("What is held about you")


@dataclass(frozen=True, slots=True, repr=False)
class Myself:
    """Who that is, and their role."""

    row: Staff
    role: RoleView | None


def myself(office: Office) -> Myself | None:
    """Whoever signed in by name."""
    row = staff_sign_in.myself(office)
    if row is None:
        return None
    return Myself(row, office.read(lambda reading: staff_rules.role_of(reading, row.role)))


class MePane(Pane):
    """One's own."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, M("Your sign-in"), M("What lets you in, and what you may do here."))
        self.password = Button(self.say(M("Change the password")), icon="lock")
        self.password.clicked.connect(lambda _on: OwnPassword(self).open())
        self.factor = Button(self.say(M("Set it up")), icon="phone")
        self.factor.clicked.connect(lambda _on: FactorSheet(desk, self.come).open())
        card = Card()
        text = M("It counts on this computer alone. Nobody can read it, not even the owner.")
        card.add(setting(self.say(M("Your password")), self.say(text), self.password))
        card.separator()
        card.add(setting(self.say(M("Code from the telephone")), self.say(WHY), self.factor))
        card.separator()
        self.notice = Button(self.say(M("Read")), icon="file")
        self.notice.clicked.connect(lambda _on: self._read_notice())
        noted = M("Everybody who works here reads it once, and whenever they like.")
        card.add(setting(self.say(log_notice.TITLE), self.say(noted), self.notice))
        card.separator()
        self.report = Button(self.say(M("Save …")), icon="download", name=self.say(_OWN_REPORT))
        self.report.clicked.connect(lambda _on: self._save_report())
        held = M("Your entry, your sign-ins by month, and what the log tells of you: as PDF and for programs.")
        card.add(setting(self.say(_OWN_REPORT), self.say(held), self.report))
        self._state = Card()
        self._may = Card(self.say(M("What you may do")))
        for part in (self._state, card, self._may):
            self.add(part)
        self.end()

    def come(self) -> None:
        self.ask(lambda: myself(self.desk.office), self._show)

    def _read_notice(self) -> None:
        office = self.desk.office
        self.desk.open_sheet(lambda: log_notice.notice(office), lambda now: NoticeSheet(self.desk, now))

    def _save_report(self) -> None:
        folder = self.desk.choose_folder(self.say(M("Folder for what is held about you")))
        if folder is None or not isValid(self):
            return
        office = self.desk.office
        self.desk.courier.ask(self, lambda: own_report(office, folder), self._saved, once=own_report)

    def _saved(self, papers: Sequence[Saved]) -> None:
        self.desk.toast(
            self.say(M("What is held about you is saved.")),
            act=self.say(M("Show in folder")),
            then=lambda: open_paper(self.desk, papers[0].path.parent),
        )

    def _show(self, me: Myself | None) -> None:
        if me is None:
            return
        has = me.row.second_factor is not None
        self.factor.setText(self.say(M("Set it up anew") if has else M("Set it up")))
        self._state.clear()
        role = title_of(self.desk, me.role.title) if me.role is not None else ""
        self._state.add(told("user", me.row.name or "", role))
        if me.row.until is not None:
            self._state.add(told("calendar", self.say(M("You may come in until {day}.", day=me.row.until))))
        if has:
            asked = M("You are asked for a code from your telephone at each sign-in.")
            self._state.add(told("check", self.say(asked), ink="success"))
        self._may.clear()
        self._may.add(Matrix(self.desk, self.desk.office.who.rights))


class OwnPassword(Sheet):
    """The old one, and the new one twice."""

    def __init__(self, pane: MePane) -> None:
        say = pane.say
        super().__init__(
            pane.desk.window,
            say(M("A new password")),
            say(M("From now on it opens the list for you on this computer.")),
            icon="lock",
            tone=Tone.ACCENT,
            width=640,
        )
        self._pane = pane
        self.old = Field(say(M("Your password until now")), password=True)
        self.password = NewPassword()
        self.body.addWidget(self.old)
        self.body.addWidget(self.password)
        leave = Button(say(M("Cancel")), kind=Kind.QUIET)
        leave.clicked.connect(self.dismiss)
        self.keep = Button(say(M("Use this password")), kind=Kind.PRIMARY)
        self.keep.clicked.connect(lambda _on: self._keep())
        self.footer("", leave, self.keep)

    def _keep(self) -> None:
        if self.busy or not self.password.is_right():
            return
        pane, old, new = self._pane, self.old.text(), self.password.text()
        office, folder = pane.desk.office, pane.folder
        self.set_busy(True)
        pane.desk.courier.ask(
            self,
            lambda: staff.change_own_password(office, folder, require_store(folder), old, new),
            lambda _: self._done(),
            failed=self._refused,
        )

    def _done(self) -> None:
        self.set_busy(False)
        self.close()
        self._pane.desk.toast(self._pane.say(M("Your new password holds from now on.")))

    def _refused(self, problem: Problem) -> bool:
        """A wrong old one, or a pause: said where it was typed."""
        self.set_busy(False)
        if isinstance(problem, Cancelled):
            return False
        self.old.error(self._pane.say(problem.what))
        self.old.edit.selectAll()
        self.old.take_focus()
        self.fit()
        return True
