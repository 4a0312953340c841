"""The password asked for once more, in one place: then exactly what needed it is done, or nothing."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.services import proving
from desktop_crm.services.office import Office
from desktop_crm.services.passwords import WrongCode, WrongPassword
from desktop_crm.services.staff_sign_in import NeedsCode
from desktop_crm.services.starting import key_place
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.welcome.stick import Around
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.sheet import Overlay, Sheet
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M, Problem

_WIDTH = 560
WHY = M("It is asked again before data leaves the list or goes for good, and before who gets in changes.")
Step = Callable[[], None]


def ask_again(around: Around, office: Office, then: Step, give_up: Step) -> None:
    """Ask for the password over a page; where it is asked for already, that answer does."""
    top = Overlay.top(around.window)
    if isinstance(top, ProveSheet):
        top.wait_for(then, give_up)
    else:
        ProveSheet(around, office, then, give_up).open()


class ProveSheet(Sheet):
    """Asks for the password and, where there is one, the code. Without them, whoever asked is told to give up."""

    def __init__(
        self, around: Around, office: Office, then: Step, give_up: Step, *, over: QWidget | None = None, why: M = WHY
    ) -> None:
        """`over` is what it lies over, if not the window."""
        say, over = around.say, over or around.window
        super().__init__(over, say(M("Is it still you?")), say(why), icon="lock", tone=Tone.WARNING, width=_WIDTH)
        self._around = around
        self._office = office
        self._waiting = [(then, give_up)]
        self._proved = False
        self.password = Field(say(M("Your password")), password=True)
        hint = say(M("The six digits in your app, or one of your spare codes."))
        self.code = Field(say(M("Code from your telephone")), hint=hint, mono=True)
        self.code.hide()
        self.body.addWidget(self.password)
        self.body.addWidget(self.code)
        leave = Button(say(M("Cancel")), kind=Kind.QUIET)
        leave.clicked.connect(self.dismiss)
        self.on = Button(say(M("Go on")), kind=Kind.PRIMARY)
        self.on.clicked.connect(lambda _on: self._prove())
        self.footer("", leave, self.on)
        self.closed.connect(self._answer)

    def wait_for(self, then: Step, give_up: Step) -> None:
        """Something else needs it, too: one answer does for both."""
        self._waiting.append((then, give_up))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._prove()
        else:
            super().keyPressEvent(event)

    def _prove(self) -> None:
        asked = self.password if self.code.isHidden() or not self.password.text() else self.code
        if self.busy:
            return
        if not asked.text():
            asked.error(self._around.say(M("Please type it.")))
            asked.take_focus()
            return
        office, password, code = self._office, self.password.text(), self.code.text() or None
        folder = VaultFolder(office.store.database.parent)

        def work() -> None:
            proving.prove(office, folder, key_place(folder).store, password, code)

        self._hold(True)
        self._around.courier.ask(self, work, lambda _: self._done(), failed=self._failed)

    def _hold(self, busy: bool) -> None:
        self.set_busy(busy)
        self.on.setEnabled(not busy)

    def _done(self) -> None:
        self._hold(False)
        self._proved = True
        self.close()

    def _answer(self) -> None:
        """Once the sheet is gone, so that what is done then can open its own."""
        for then, give_up in self._waiting:
            (then if self._proved else give_up)()

    def _failed(self, problem: Problem) -> bool:
        self._hold(False)
        if isinstance(problem, NeedsCode):
            self.code.show()
            self.fit()
            self.code.take_focus()
            return True
        if not isinstance(problem, WrongPassword):
            return False
        field = self.code if isinstance(problem, WrongCode) else self.password
        field.error(self._around.say(problem.what))
        field.edit.selectAll()
        field.take_focus()
        self.fit()
        return True
