"""Changes the lock of the customer file: what it means, how far it is, and a Cancel as long as that is true."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QTimer

from desktop_crm.services import ways
from desktop_crm.ui.courier import Job, Progress
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.frame.progress import DELAY_MS, JobSheet
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.settings.pane import told
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M

_WIDTH = 640
_WHAT = (
    (
        "file",
        M("Every page is written anew"),
        M("Under a new key, beside the old file, which goes once the new one is proved."),
    ),
    ("users", M("Everybody comes in as before"), M("Password, recovery sheet and accounts stay as they are.")),
    (
        "key",
        M("Old keys open nothing new"),
        M("Whoever kept a copy of the keys and a way in gets at the old state at most."),
    ),
)
_STEPS = (
    (M("Writing every page anew"), M("you can still cancel")),
    (M("Checking, and forgetting the old key"), M("this is finished in any case")),
)


class ChangeLock(Sheet):
    """Says what happens, and does it."""

    def __init__(self, desk: Desk, folder: VaultFolder, then: Callable[[], None]) -> None:
        super().__init__(
            desk.window,
            desk.say(M("Change the lock?")),
            desk.say(M("Nobody can work meanwhile. In most shops it takes a few seconds.")),
            icon="lock",
            tone=Tone.ACCENT,
            width=_WIDTH,
        )
        self._desk, self._folder, self._then = desk, folder, then
        for icon, title, sub in _WHAT:
            self.body.addWidget(told(icon, desk.say(title), desk.say(sub)))
        leave = Button(desk.say(M("Not now")), kind=Kind.QUIET)
        leave.clicked.connect(self.dismiss)
        self.change = Button(desk.say(M("Change the lock")), icon="lock", kind=Kind.PRIMARY)
        self.change.clicked.connect(lambda _on: self._change())
        self.footer(desk.say(M("Power cut? All or nothing, never half.")), leave, self.change, icon="shield")

    def _change(self) -> None:
        desk, folder, then = self._desk, self._folder, self._then

        def work(progress: Progress) -> None:
            ways.change_lock(desk.office, folder, progress)

        def done(_: None) -> None:
            # The safety copies there are open as before, also with the sheet; only a new one is as of now.
            said = M("The lock is changed. Everybody comes in as before. A fresh safety copy is a good idea now.")
            copies = partial(desk.go, "settings", page="copies")
            desk.toast(desk.say(said), act=desk.say(M("Safety copies")), then=copies)
            then()

        self.close()
        job = desk.courier.run(desk, desk.say(M("Changing the lock")), work, done)
        job.shown_elsewhere = True
        _show_soon(desk, job)


class LockJob(JobSheet):
    """The two steps; what is past the first cannot be stopped any more."""

    def __init__(self, desk: Desk, job: Job) -> None:
        super().__init__(
            desk.window,
            desk.words,
            job,
            steps=[(desk.say(name), desk.say(beside)) for name, beside in _STEPS],
            note=desk.say(M("Power cut? All or nothing, never half.")),
        )

    def show_progress(self, done: int, total: int) -> None:
        """All pages are copied: from here on it is finished."""
        super().show_progress(done, total)
        if self.steps is not None and 0 < total == done:
            self.steps.go_to(1)
            self.cancel_button.hide()


def _show_soon(desk: Desk, job: Job) -> None:
    """A small file is done in a moment and needs no sheet."""
    timer = QTimer(desk)
    timer.setSingleShot(True)
    timer.timeout.connect(partial(_show, desk, job))
    timer.timeout.connect(timer.deleteLater)
    job.finished.connect(timer.stop)
    timer.start(DELAY_MS)


def _show(desk: Desk, job: Job) -> None:
    LockJob(desk, job).open()
