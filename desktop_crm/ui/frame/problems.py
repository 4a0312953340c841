"""The one place where problems are shown: what happened, what is safe, and what to do."""

from __future__ import annotations

import re
import shutil
from collections import deque
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPlainTextEdit, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_crm.host.files import write_atomically
from desktop_crm.ui import files
from desktop_crm.ui.clipboard import copy_value
from desktop_crm.ui.courier import Courier
from desktop_crm.ui.frame.bug import bug_report
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.progress import ProgressBar
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import Exit, M, Problem, Words

Way = tuple[M, Callable[[], None]]
"""What a button says, and what it does."""
_WIDTH = 640
_GIGABYTE = 1_000_000_000
_SENTENCE_ENDS = re.compile(r"(?<=\w{3}[.!?])\s+(?=[A-ZÄÖÜ“„])")
_FULL = M("The disk is full.")
_LOOKS = {
    Exit.LOCKED: ("lock", Tone.WARNING),
    Exit.NOT_ALLOWED: ("lock", Tone.WARNING),
    Exit.DAMAGED: ("alert", Tone.DANGER),
}
"""Icon and colour by the kind of problem; the others are amber."""


def sentences(text: str) -> list[str]:
    """A text, sentence by sentence."""
    return _SENTENCE_ENDS.split(text)


def disk_is_full(problem: Problem) -> bool:
    """Whether room on the disk is what is missing."""
    return _FULL in (problem.what, *problem.what.values.values())


def _usage(folder: Path) -> tuple[int, int, int] | None:
    """Bytes of the disk in all, used and free; None where it does not say."""
    try:
        return shutil.disk_usage(folder)
    except OSError:
        return None


class Problems(QObject):
    """Shows one problem after the other, each as a sheet over the window."""

    def __init__(self, window: QWidget, words: Words, courier: Courier, folder: Path | None = None) -> None:
        """`folder` is that of the customer file; of its disk the room is shown when it is full."""
        super().__init__(window)
        self._window = window
        self._words = words
        self._courier = courier
        self._folder = folder
        self._waiting: deque[Callable[[], Sheet]] = deque()
        self._shown: Sheet | None = None
        self._bugs: set[str] = set()

    @property
    def shown(self) -> Sheet | None:
        """The sheet that is open now."""
        return self._shown

    def speak(self, words: Words) -> None:
        """Speak this language from now on."""
        self._words = words

    def show(
        self,
        problem: Problem,
        retry: Callable[[], None] | None = None,
        *,
        typed: str = "",
        other: Way | None = None,
    ) -> None:
        """Show a problem; `retry` gives it a *Try again*, `typed` is what a person typed and could lose.

        `other` is a way on that helps sooner than trying the same again.
        """
        self._enqueue(lambda: self._sheet_of(problem, retry, typed, other))

    def show_bug(self, error: BaseException) -> None:
        """Show that the program made a mistake, with a report that holds no customer data."""
        self.show_report(bug_report(error))

    def show_report(self, report: str) -> None:
        """Show a report of a fault; the same one only once."""
        if report not in self._bugs:
            self._bugs.add(report)
            self._enqueue(lambda: self._sheet_of_bug(report))

    def _enqueue(self, make: Callable[[], Sheet]) -> None:
        self._waiting.append(make)
        if self._shown is None:
            self._next()

    def _next(self) -> None:
        self._shown = None
        if self._waiting:
            self._shown = self._waiting.popleft()()
            self._shown.closed.connect(self._next)
            self._shown.open()

    def _say(self, message: M) -> str:
        return self._words.say(message)

    def _sheet_of(self, problem: Problem, retry: Callable[[], None] | None, typed: str, other: Way | None) -> Sheet:
        first, *rest = sentences(self._say(problem.what))
        safe = [self._say(problem.safe)] if problem.safe is not None else []
        icon, tone = _LOOKS.get(problem.code, ("alert", Tone.WARNING))
        sheet = Sheet(self._window, first, " ".join([*rest, *safe]), icon=icon, tone=tone, width=_WIDTH)
        if disk_is_full(problem) and self._folder is not None:
            self._add_room(sheet, self._folder)
        if problem.todo is not None:
            _add_steps(sheet.body, self._say(M("What helps")), sentences(self._say(problem.todo)))
        sheet.footer("", *self._buttons(sheet, retry, typed, other))
        return sheet

    def _buttons(self, sheet: Sheet, retry: Callable[[], None] | None, typed: str, other: Way | None) -> list[Button]:
        buttons = []
        if typed:
            copy = Button(self._say(M("Copy what you typed")), icon="copy", kind=Kind.QUIET)
            copy.clicked.connect(lambda: copy_value(typed))
            buttons.append(copy)
        close = Button(self._say(M("Close")))
        close.clicked.connect(sheet.close)
        buttons.append(close)
        if retry is not None:
            again = Button(self._say(M("Try again")), icon="refresh")
            again.clicked.connect(lambda: _close_and(sheet, retry))
            buttons.append(again)
        if other is not None:
            text, go = other
            on = Button(self._say(text))
            on.clicked.connect(lambda: _close_and(sheet, go))
            buttons.append(on)
        buttons[-1].set_kind(Kind.PRIMARY)
        return buttons

    def _add_room(self, sheet: Sheet, folder: Path) -> None:
        """A disk that is full or far away may take its time to say so."""

        def add(found: tuple[int, int, int] | None) -> None:
            if found is not None:
                whole, used, free = found
                told = M("{free} GB free of {whole} GB", free=_gigabytes(free), whole=_gigabytes(whole))
                sheet.body.insertWidget(0, _room(self._say(M("Disk")), self._say(told), used, whole))

        self._courier.ask(sheet, lambda: _usage(folder), add)

    def _sheet_of_bug(self, report: str) -> Sheet:
        sheet = Sheet(
            self._window,
            self._say(M("Something unexpected happened")),
            self._say(M("Your data is safe up to the last saved change. Nothing was sent to anybody.")),
            icon="alert",
            tone=Tone.WARNING,
            width=_WIDTH,
        )
        why = M("This report holds no customer data. Whoever looks after the program can mend it with that.")
        sheet.body.addWidget(label(self._say(why), wrap=True))
        sheet.body.addWidget(_report_box(report, self._say(M("Report"))))
        copy = Button(self._say(M("Copy")), icon="copy")
        copy.clicked.connect(lambda: _copy(report))
        save = Button(self._say(M("Save …")), icon="download")
        save.clicked.connect(lambda: self._save(report))
        close = Button(self._say(M("Close")), kind=Kind.PRIMARY)
        close.clicked.connect(sheet.close)
        sheet.footer("", copy, save, close)
        return sheet

    def _save(self, report: str) -> None:
        path = files.save_file(self._window, self._say(M("Save the report")), "desktop-crm-report.txt")
        if path is None or not isValid(self):
            return
        self._courier.ask(self, lambda: write_atomically(path, report.encode()), lambda _: None)


def _close_and(sheet: Sheet, then: Callable[[], None]) -> None:
    sheet.close()
    then()


def _copy(text: str) -> None:
    QGuiApplication.clipboard().setText(text)


def _gigabytes(size: int) -> float:
    return round(size / _GIGABYTE, 1)


def _add_steps(body: QVBoxLayout, head: str, steps: list[str]) -> None:
    """One step as a sentence, several with numbers."""
    body.addWidget(label(head, Type.CARD))
    if len(steps) == 1:
        body.addWidget(label(steps[0], wrap=True, selectable=True))
        return
    for number, step in enumerate(steps, 1):
        line = QHBoxLayout()
        line.setSpacing(12)
        line.addWidget(_at_top(label(str(number), Type.STRONG, "accent")))
        line.addWidget(label(step, wrap=True, selectable=True), 1)
        body.addLayout(line)


def _at_top(made: QLabel) -> QWidget:
    holder = QWidget()
    inside = QVBoxLayout(holder)
    inside.setContentsMargins(0, 0, 0, 0)
    inside.addWidget(made)
    inside.addStretch(1)
    return holder


def _room(name: str, text: str, used: int, whole: int) -> QFrame:
    """How full the disk is."""
    box = QFrame()
    box.setProperty("kind", "sunken")
    grid = QGridLayout(box)
    grid.setContentsMargins(16, 12, 16, 14)
    grid.addWidget(label(name, Type.SMALL, "text2"), 0, 0)
    grid.addWidget(label(text, Type.SMALL), 0, 1)
    grid.setColumnStretch(0, 1)
    bar = ProgressBar(name=f"{name}: {text}", tone=Tone.WARNING)
    bar.show_progress(used * 1000 // whole, 1000)
    grid.addWidget(bar, 1, 0, 1, 2)
    return box


def _report_box(report: str, name: str) -> QPlainTextEdit:
    box = QPlainTextEdit(report)
    box.setReadOnly(True)
    box.setTabChangesFocus(True)
    box.setAccessibleName(name)
    box.setMinimumHeight(180)
    return box
