"""Brings in a list, step by step; nothing is written before the last but one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from desktop_crm.ui.desk import Desk
from desktop_crm.ui.import_list.columns import WhichColumn
from desktop_crm.ui.import_list.course import Course
from desktop_crm.ui.import_list.file import ChooseFile
from desktop_crm.ui.import_list.halfway import Halfway
from desktop_crm.ui.import_list.result import Result
from desktop_crm.ui.import_list.stage import Stage
from desktop_crm.ui.import_list.trial import TryRun
from desktop_crm.ui.import_list.twice import TwiceHere
from desktop_crm.ui.import_list.why import WhereFrom
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.losing import Losing
from desktop_crm.ui.widgets.page import Footer, PageHead
from desktop_crm.ui.widgets.steps import Steps
from desktop_crm.words import M

_NAMES = (M("File"), M("Columns"), M("Where from"), M("Twice here?"), M("Try run"), M("Done"))
_LONGEST = 36
_TWICE, _TRIAL = 3, 4


class ImportWizard(Losing):
    """A page of its own. `finished` says that it is no longer needed."""

    finished = Signal()

    def __init__(self, desk: Desk, path: Path | None = None) -> None:
        """`path` is a list that was chosen or dropped already."""
        super().__init__()
        self._desk = desk
        self.course = Course()
        self.file = ChooseFile(desk, self.course)
        self.stages: tuple[Stage, ...] = (
            self.file,
            WhichColumn(desk, self.course),
            WhereFrom(desk, self.course),
            TwiceHere(desk, self.course),
            TryRun(desk, self.course),
            Result(desk, self.course),
        )
        self.at = 0
        self.is_busy = False
        """Whether a list is being read or brought in: until that is done, nobody may throw this page away."""
        self._lay_out()
        for stage in self.stages:
            stage.done.connect(self._on)
            stage.busy.connect(self._set_busy)
        self._show(0)
        if path is not None:
            self.file.read(path)

    @property
    def is_halfway(self) -> bool:
        """Whether something was said of a list that is not in yet."""
        return self.at > 0 and not self._is_in

    @property
    def would_lose(self) -> bool:
        """All that was said of the list; while it is being brought in, the job asks for itself."""
        return self.is_halfway and not self.is_busy

    @property
    def stage(self) -> Stage:
        """The step that is shown."""
        return self.stages[self.at]

    def leave_for(self, then: Callable[[], None]) -> None:
        """Do something else, which throws this page away: at once, or when a half-done list may be left."""
        if self.is_halfway:
            Halfway(self._desk, then).open()
        else:
            then()

    def take_focus(self) -> None:
        """Put the keyboard where this step begins."""
        (self.stage.first() or self.next).setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Cancel):
            self._back()
        else:
            super().keyPressEvent(event)

    def _lay_out(self) -> None:
        desk = self._desk
        self.chip = Badge("", Tone.NEUTRAL, "table")
        self.steps = Steps([desk.say(name) for name in _NAMES])
        self.head = PageHead(
            desk.say(self.stages[0].title),
            crumbs=[
                (desk.say(M("Contacts")), self._leave),
                (desk.say(M("Bring in a list")), None),
            ],
            actions=[self.chip],
            below=self.steps,
        )
        self.pages = QStackedWidget()
        for stage in self.stages:
            self.pages.addWidget(stage)
        self.cancel = Button(desk.say(M("Cancel")), kind=Kind.QUIET)
        self.cancel.clicked.connect(lambda _on: self.finished.emit())
        self.next = Button("", kind=Kind.PRIMARY)
        self.next.clicked.connect(lambda _on: self.stage.go_on())
        self.footer = Footer(self.cancel, self.next, back=self._back)
        every = QVBoxLayout(self)
        every.setContentsMargins(0, 0, 0, 0)
        every.setSpacing(0)
        every.addWidget(self.head)
        every.addWidget(self.pages, 1)
        every.addWidget(self.footer)

    def _on(self) -> None:
        if self.at == len(self.stages) - 1:
            self.finished.emit()
            return
        self._show(self._past_twice(self.at + 1, _TRIAL))

    def _leave(self) -> None:
        if not self.is_busy:
            self.leave_for(self.finished.emit)

    def _back(self) -> None:
        if self.at == 0 or self._is_in:
            self._leave()
        elif self.next.isEnabled():
            self._show(self._past_twice(self.at - 1, _TWICE - 1))

    def _past_twice(self, at: int, instead: int) -> int:
        """Where nobody is here already there is nothing to ask."""
        return instead if at == _TWICE and not self.course.has_questions else at

    @property
    def _is_in(self) -> bool:
        return self.course.report is not None

    def _show(self, at: int) -> None:
        self.at = at
        stage = self.stage
        stage.come()
        self.pages.setCurrentWidget(stage)
        self.steps.go_to(len(_NAMES) if self._is_in else at)
        self.head.set_title(self._desk.say(stage.heading()))
        self._show_chip()
        self.footer.note.setText(self._desk.say(stage.note))
        self.footer.back.setVisible(at > 0 and not self._is_in)
        self.cancel.setVisible(not self._is_in)
        self.next.setText(self._desk.say(stage.next_text()))
        if self.isVisible():
            self.take_focus()

    def _show_chip(self) -> None:
        path = self.course.path
        self.chip.setVisible(path is not None)
        if path is None:
            return
        name = path.name if len(path.name) <= _LONGEST else f"{path.name[: _LONGEST - 12]} … {path.name[-9:]}"
        self.chip.explain(path.name)
        if self._is_in:
            took = M("{name} · {n} second", "{name} · {n} seconds", name=name, n=self.course.seconds)
        else:
            took = M("{name} · {n} row", "{name} · {n} rows", name=name, n=self.course.people)
        self.chip.set_text(self._desk.say(took))

    def _set_busy(self, busy: bool) -> None:
        self.is_busy = busy
        self.pages.setEnabled(not busy or self.stage.stays_open)
        for button in (self.footer.back, self.cancel, self.next):
            button.setEnabled(not busy)
