"""The recovery sheet asked for later: from Today when it was put off, from the settings when the old one got lost."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from desktop_crm.records.safety_copy import SafetyCopy
from desktop_crm.services.office import Office
from desktop_crm.services.recovery_sheet import SheetDue, check_sheet, new_sheet, put_off_sheet, sheet_due
from desktop_crm.services.starting import misfit
from desktop_crm.ui.copies.code import CodeFields
from desktop_crm.ui.courier import Progress
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.welcome.sheet_part import NO_PHOTO, WHY, SheetPart
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M, Problem

_WIDTH = 900


def open_recovery_sheet(desk: Desk, folder: VaultFolder) -> None:
    """Show a fresh sheet over the window. The one before opens the file until the groups of the new one are typed back.

    It can be put off until tomorrow, but no longer once there are ten contacts.
    """
    desk.open_sheet(lambda: sheet_due(desk.office), lambda due: SheetAgain(desk, folder, due))


class SheetAgain(Sheet):
    """A sheet that holds a recovery sheet."""

    def __init__(self, desk: Desk, folder: VaultFolder, due: SheetDue) -> None:
        super().__init__(
            desk.window,
            desk.say(M("New recovery sheet")),
            desk.say(WHY),
            icon="key",
            tone=Tone.ACCENT,
            width=_WIDTH,
        )
        self._desk = desk
        self._due = due
        self._folder = folder
        self.part = SheetPart(desk, desk.office, folder, new_sheet())
        self.part.kept.connect(self._kept)
        self.part.busy.connect(self._set_busy)
        self.later = Button(desk.say(self._later()), kind=Kind.QUIET)
        self.later.clicked.connect(self._leave_it)
        self.have = Button(desk.say(M("I have a sheet")), kind=Kind.QUIET)
        self.have.clicked.connect(self._type_it)
        self.code = CodeFields(desk.say)
        self.anew = Button(desk.say(M("Make a new sheet")), kind=Kind.QUIET)
        self.anew.clicked.connect(self._begin_anew)
        self.anew.hide()
        self.check = Button(desk.say(M("Check this sheet")), kind=Kind.PRIMARY)
        self.check.clicked.connect(self._check)
        self.keep = Button(desk.say(M("Keep this sheet")), kind=Kind.PRIMARY)
        self.keep.clicked.connect(self.part.finish)
        self.body.addWidget(self.part)
        if due is SheetDue.NONE:
            old = M(
                "As soon as you have typed both groups back, the sheet you have now opens your customer list no more. "
                "Safety copies that can be reached are made to open with the new one; the old one opens the others."
            )
            self.body.addWidget(Banner(desk.say(old), Tone.NEUTRAL))
        self.later.setVisible(due is not SheetDue.INSIST)
        self.have.setVisible(due is not SheetDue.NONE)
        self.footer(desk.say(NO_PHOTO), self.later, self.have, self.keep)
        self.close_button.setVisible(due is not SheetDue.INSIST)

    def dismiss(self) -> None:
        """From ten contacts on it stays; locking and quitting work all the same."""
        if self._due is not SheetDue.INSIST:
            super().dismiss()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
        elif self.check.isVisible():
            self._check()
        elif self.keep.isEnabled():
            self.part.finish()
        else:
            super().keyPressEvent(event)

    def _later(self) -> M:
        return M("Ask again tomorrow") if self._due is SheetDue.ASK_AGAIN else M("Not now")

    def _leave_it(self) -> None:
        """Put off what was asked for; a sheet wanted from the settings is simply left."""
        if self._due is SheetDue.ASK_AGAIN:
            office = self._desk.office
            self._desk.courier.ask(self._desk, lambda: put_off_sheet(office), lambda _: None)
        self.dismiss()

    def _type_it(self) -> None:
        """Whoever has a sheet on paper needs no other: it is typed once as a whole, and no group is shown."""
        for gone in (self.part, self.later, self.have, self.keep):
            gone.setParent(None)
        told = M("Please type all 8 groups and the check group from your paper. It stays the sheet you have.")
        self.body.addWidget(label(self._desk.say(told), wrap=True))
        self.body.addWidget(self.code)
        self.footer("", *([] if self._due is SheetDue.INSIST else [self.later]), self.anew, self.check)
        self.anew.show()
        self.later.setVisible(self._due is not SheetDue.INSIST)
        self.close_button.setVisible(self._due is not SheetDue.INSIST)
        self.code.fields[0].take_focus()

    def _begin_anew(self) -> None:
        self.close()
        open_recovery_sheet(self._desk, self._folder)

    def _check(self) -> None:
        code = self.code.code()
        if code is not None:
            office, folder = self._desk.office, self._folder
            work = partial(check_sheet, office, folder, code)
            self._desk.courier.ask(self, work, lambda _: self._checked(), failed=self._misfit)

    def _checked(self) -> None:
        self._desk.toast(self._desk.say(M("Right: this sheet opens your customer list.")))
        self.close()

    def _misfit(self, problem: Problem) -> bool:
        place = misfit(problem)
        if place is not None:
            self.code.mark_wrong(place)
        self._desk.problem(problem)
        return True

    def _set_busy(self, busy: bool) -> None:
        self.set_busy(busy)
        self.keep.setEnabled(not busy)

    def _kept(self) -> None:
        """The safety copies follow; what is stopped now is made up for at the next look."""
        desk = self._desk
        self.close()
        title = desk.say(M("Letting the new sheet open your safety copies"))
        work = partial(_sealed, desk.office)
        desk.courier.run(desk, title, work, partial(_tell, desk), failed=lambda _: False)


def _sealed(office: Office, step: Progress) -> list[SafetyCopy]:
    from desktop_crm.services import resealing

    return resealing.seal_for_sheet(office, tell=step)


def _tell(desk: Desk, left: list[SafetyCopy]) -> None:
    said = M("This sheet opens your customer list from now on.")
    if left:
        n = len(left)
        still = M(
            "{n} safety copy opens with the old sheet only: keep it.",
            "{n} safety copies open with the old sheet only: keep it.",
            n=n,
        )
        look = desk.say(M("Look"))
        told = desk.say(M("{said} {also}", said=said, also=still))
        desk.toast(told, act=look, then=lambda: desk.go("settings", page="sheet"))
    else:
        desk.toast(desk.say(said))
