"""How staff take the screen back: by their password, or, where the file has none, by a button that is held."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QWidget

from desktop_crm.services import proving
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.frame.proving import ProveSheet
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.sheet import Overlay, Sheet
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M, Problem

HOLD_MS = 3_000
_WHY = M("Only whoever handed over the screen takes it back. What is not saved yet is gone then.")


def ask_to_leave(desk: Desk, page: QWidget, then: Callable[[], None]) -> None:
    """Ask over the page whether it is really staff; then the screen is theirs."""
    office = desk.office
    folder = VaultFolder(office.store.database.parent)

    def ask(by_password: bool) -> None:
        if Overlay.top(page) is None:
            made = TakeBack(desk, page, then) if by_password else HoldToTakeBack(desk, page, then)
            made.setLayoutDirection(desk.window.layoutDirection())
            made.open()

    came_by_password = office.proof.at is not None
    desk.courier.ask(page, lambda: came_by_password or proving.opens_by_password(folder), ask, once=page)


class TakeBack(ProveSheet):
    """Whatever is wrong is said here: there is no other place for problems before a customer."""

    def __init__(self, desk: Desk, page: QWidget, then: Callable[[], None]) -> None:
        super().__init__(desk, desk.office, then, lambda: None, over=page, why=_WHY)
        for field in (self.password, self.code):
            field.edit.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)

    def _failed(self, problem: Problem) -> bool:
        if not super()._failed(problem):
            self.password.error(self._around.say(problem.what))
            self.fit()
        return True


class HoldToTakeBack(Sheet):
    """The key lies on this computer and nobody types a password, so none can be asked for."""

    def __init__(self, desk: Desk, page: QWidget, then: Callable[[], None]) -> None:
        say = desk.say
        super().__init__(page, say(M("Take the screen back?")), say(_WHY), icon="lock", tone=Tone.WARNING, width=560)
        self._then = then
        told = M(
            "This list opens without a password, so anybody can press here. With a password of your own only you can: "
            "set one under Settings, Ways in."
        )
        self.body.addWidget(label(say(told), wrap=True))
        self._held = QTimer(self)
        self._held.setSingleShot(True)
        self._held.setInterval(HOLD_MS)
        self._held.timeout.connect(self._take)
        stay = Button(say(M("Cancel")), kind=Kind.QUIET)
        stay.clicked.connect(self.dismiss)
        self.hold = Button(say(M("Hold for 3 seconds")), icon="lock", kind=Kind.PRIMARY)
        self.hold.pressed.connect(self._held.start)
        self.hold.released.connect(self._held.stop)
        self.footer("", stay, self.hold)

    def _take(self) -> None:
        self.close()
        self._then()
