"""Asked when the file is to be closed while a long job runs, or over something half filled in: leave it, or stay."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QWidget

from desktop_crm.ui.courier import Job
from desktop_crm.ui.frame.window import Window
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.losing import would_lose
from desktop_crm.ui.widgets.sheet import Overlay, Sheet
from desktop_crm.words import M, Words

_WIDTH = 560


class Leaving(Sheet):
    """Calls `leave` once no job runs any more."""

    def __init__(self, window: QWidget, words: Words, jobs: Sequence[Job], leave: Callable[[], None]) -> None:
        super().__init__(
            window,
            words.say(M("A job is still running")),
            " · ".join(job.title for job in jobs),
            icon="clock",
            tone=Tone.WARNING,
            width=_WIDTH,
        )
        self._left = set(jobs)
        self._then = leave
        self._wanted = False
        self.stay_button = Button(words.say(M("Keep working")), kind=Kind.QUIET)
        self.stay_button.clicked.connect(self.close)
        self.stop_button = Button(words.say(M("Stop the job")))
        self.stop_button.clicked.connect(self._stop)
        self.stop_button.setVisible(all(job.can_cancel for job in jobs))
        self.wait_button = Button(words.say(M("Wait until it is done")), kind=Kind.PRIMARY)
        self.wait_button.clicked.connect(self._wait)
        self.body.addWidget(label(words.say(M("A job that is stopped leaves nothing half done.")), wrap=True))
        self.footer("", self.stay_button, self.stop_button, self.wait_button)
        self.closed.connect(self._give_up)
        for job in jobs:
            job.finished.connect(lambda job=job: self._ended(job))

    def _stop(self) -> None:
        for job in self._left:
            job.cancel()
        self._wait()

    def _wait(self) -> None:
        self._wanted = True
        self.stop_button.setEnabled(False)
        self.wait_button.setEnabled(False)

    def _give_up(self) -> None:
        self._left.clear()

    def _ended(self, job: Job) -> None:
        if job not in self._left:
            return
        self._left.discard(job)
        if not self._left:
            wanted = self._wanted
            self.close()
            if wanted:
                self._then()


class Unsaved(Sheet):
    """Asked by whoever leaves by hand: what stands below is kept nowhere."""

    def __init__(self, window: QWidget, words: Words, leave: Callable[[], None]) -> None:
        super().__init__(window, words.say(M("Leave without saving?")), icon="pen", tone=Tone.WARNING, width=_WIDTH)
        told = M("What you entered is not saved yet. If you leave now, it is gone.")
        self.body.addWidget(label(words.say(told), wrap=True))
        self.stay_button = Button(words.say(M("Keep editing")), kind=Kind.PRIMARY)
        self.stay_button.clicked.connect(self.close)
        self.leave_button = Button(words.say(M("Leave without saving")))
        self.leave_button.clicked.connect(self.close)
        self.leave_button.clicked.connect(lambda _on: leave())
        self.footer("", self.leave_button, self.stay_button)

    def first(self) -> QWidget:
        return self.stay_button


def leave_by_hand(window: Window, words: Words, leave: Callable[[], None]) -> None:
    """Leave because a person wants it: nothing half filled in is lost without a question, which stands once."""
    page = window.page
    if page is None or not would_lose(page):
        leave()
        return
    window.come_forward()
    if not isinstance(Overlay.top(page), Unsaved):
        Unsaved(page, words, leave).open()
