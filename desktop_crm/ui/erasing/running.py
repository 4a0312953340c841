"""Carries an erasure out: shows its steps, lets it be stopped while that is true, and hides the person meanwhile."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_crm.services import erasing
from desktop_crm.services.erasing import STEPS, Erased
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.ui.courier import Cancelled, Job, Progress
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.erasing.certificate import open_certificate
from desktop_crm.ui.erasing.facing import Facing
from desktop_crm.ui.frame.progress import DELAY_MS, JobSheet
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M, Problem

_BESIDE = (
    M("notes, orders, permissions, search"),
    M("from here on there is no way back"),
    M("erasure record and letter"),
)
"""A few words beside each step."""


class Told(QObject):
    """Brings what the erasure tells from its worker thread to the window."""

    stepped = Signal(int)
    searched = Signal(int, int)

    def __init__(self) -> None:
        super().__init__()
        self.step = 0
        """The step that is being done; from the second on the person is gone."""

    def tell(self, progress: Progress, step: int, _of: int, _what: M) -> None:
        """Called by the erasure. Raises Cancelled where it can still be stopped and was asked to."""
        if step == 1:
            progress(0, 0)
        self.step = step
        self.stepped.emit(step)

    def search(self, done: int, total: int) -> None:
        """Called by the final search, which nothing stops: it would count as unfinished."""
        self.searched.emit(done, total)


class EraseJob(JobSheet):
    """The steps of an erasure, over a window that shows nothing."""

    def __init__(self, desk: Desk, job: Job, told: Told) -> None:
        say = desk.say
        super().__init__(
            desk.window,
            desk.words,
            job,
            subtitle=say(M("While step 1 lasts you can cancel, and everything is as before.")),
            steps=[(say(name), say(beside)) for name, beside in zip(STEPS, _BESIDE, strict=True)],
            note=say(M("Power cut? All or nothing, never half.")),
            cancel=say(M("Cancel, put all back")),
        )
        self.hides_window = True
        told.stepped.connect(self.show_step)
        told.searched.connect(self.show_searched)
        if told.step:
            self.show_step(told.step)

    def show_step(self, step: int) -> None:
        """Tick what is done; from the second step on nothing is put back any more."""
        if self.steps is not None:
            self.steps.go_to(step - 1)
        if step > 1:
            self.show_progress(0, 0)
            self.cancel_button.hide()

    def show_searched(self, done: int, total: int) -> None:
        """How far the final search is."""
        self.show_progress(done, total)
        share = done * 100 // max(1, total)
        self.how_far.setText(self._words.say(M("{share} percent of the file searched", share=share)))


def erase_now(sheet: Sheet, desk: Desk, facing: Facing, order: ErasureOrder, folder: Path) -> None:
    """Erase, with `sheet` waiting below: it comes back if nothing was done, and closes if the person is gone."""
    if sheet.busy:
        return  # a second click came before the first was done
    told = Told()
    n = facing.shown.entries
    title = M("Erasing {n} entry of {name}", "Erasing {n} entries of {name}", n=n, name=facing.name)

    def work(progress: Progress) -> Erased:
        tell = partial(told.tell, progress)
        return erasing.erase(desk.office, facing.person, folder, order, progress=told.search, tell=tell)

    def done(erased: Erased) -> None:
        sheet.set_busy(False)
        sheet.close()
        open_certificate(desk, erased)

    def failed(problem: Problem) -> bool:
        sheet.set_busy(False)
        if told.step > 1:
            sheet.close()
        if not isinstance(problem, Cancelled):
            desk.problem(problem)
        return True

    sheet.set_busy(True)
    job = desk.courier.run(sheet, desk.say(title), work, done, failed=failed)
    job.shown_elsewhere = True
    _show_soon(desk, job, told)


def _show_soon(desk: Desk, job: Job, told: Told) -> None:
    """An erasure that is done in a moment needs no sheet of its own."""
    timer = QTimer(desk)
    timer.setSingleShot(True)
    timer.timeout.connect(lambda: EraseJob(desk, job, told).open())
    timer.timeout.connect(timer.deleteLater)
    job.finished.connect(timer.stop)
    timer.start(DELAY_MS)
