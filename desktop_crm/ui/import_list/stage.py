"""What a step of the wizard is."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.services.importing import ImportReport, try_out
from desktop_crm.ui.courier import Progress
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.import_list.course import Course
from desktop_crm.ui.widgets.page import Page
from desktop_crm.words import M, Problem


class Stage(Page):
    """One step: what it asks, and what it says at the foot."""

    done = Signal()
    """It is answered: on to the next step."""
    busy = Signal(bool)

    title: M
    note: M
    stays_open = False
    """Whether the page can be used on while it is busy."""

    def __init__(self, desk: Desk, course: Course, *, rail: int | bool = False) -> None:
        super().__init__(rail=rail)
        self.desk = desk
        self.course = course

    def say(self, message: M) -> str:
        """The message in the language of the person at the desk."""
        return self.desk.say(message)

    def come(self) -> None:
        """It is shown: fill it from the course."""

    def heading(self) -> M:
        """What the page is called now."""
        return self.title

    def go_on(self) -> None:
        """*Continue* was pressed: check what must be answered."""
        self.done.emit()

    def next_text(self) -> M:
        """What the button says that leads on."""
        return M("Continue")

    def first(self) -> QWidget | None:
        """Where the keyboard starts."""
        return None

    def try_out(self, title: M) -> None:
        """Try the list out as it is answered by now, under this title; then on to the next step."""
        office, path, order = self.desk.office, self.course.path, self.course.order()
        if path is None:
            return

        def work(step: Progress) -> ImportReport:
            return try_out(office, path, order, progress=step)

        self.busy.emit(True)
        self.desk.courier.run(self, self.say(title), work, self._tried, failed=self.failed)

    def failed(self, _: Problem) -> bool:
        """The page can be used again; what went wrong is shown where problems are."""
        self.busy.emit(False)
        return False

    def _tried(self, report: ImportReport) -> None:
        self.course.take_trial(report)
        self.busy.emit(False)
        self.done.emit()
