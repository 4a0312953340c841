"""What a person sees of a long job: how far it is, how long it still takes, and a button that really stops it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum, auto

from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer
from PySide6.QtGui import QPaintEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop_crm.ui.courier import Courier, Job
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.progress import ProgressBar
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M, Words

DELAY_MS = 300
"""A job that ends sooner shows nothing."""
_WIDTH = 620
_ESTIMATE_AFTER_MS = 2000
_BULLET = 28
_CENTRE = Qt.AlignmentFlag.AlignHCenter


class JobSheet(Sheet):
    """One long job. With `steps` each of them is listed and ticked off."""

    def __init__(
        self,
        window: QWidget,
        words: Words,
        job: Job,
        *,
        subtitle: str = "",
        steps: Sequence[tuple[str, str]] = (),
        note: str = "",
        cancel: str = "",
    ) -> None:
        """`steps` are pairs of what is done and a few words beside it; `cancel` is what the button says."""
        super().__init__(window, job.title, subtitle, width=_WIDTH)
        self._words = words
        self._job = job
        self._ended = False
        self._clock = QElapsedTimer()
        self._clock.start()
        self.bar = ProgressBar(name=job.title)
        self.bar.show_progress(0, 0)
        self.how_far = label("", Type.STRONG)
        self.how_long = label("", Type.SMALL, "text2")
        self.steps = Steps(steps) if steps else None
        self._fill_body()
        self.cancel_button = Button(cancel or words.say(M("Cancel")))
        self.cancel_button.clicked.connect(self._stop)
        self.footer(note, *([self.cancel_button] if job.can_cancel else []), icon="shield" if note else "")
        self.set_busy(True)
        job.progressed.connect(self.show_progress)
        job.finished.connect(self._end)

    def _fill_body(self) -> None:
        self.body.addWidget(self.bar)
        below = QHBoxLayout()
        # Both have their room from the start: what is said is seen whole at once, before anything is laid out anew.
        self.how_long.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        below.addWidget(self.how_far, 2)
        below.addWidget(self.how_long, 1)
        self.body.addLayout(below)
        if self.steps is not None:
            self.body.addWidget(self.steps)

    def show_progress(self, done: int, total: int) -> None:
        """How far the job is; a total of 0 is not known yet. Once all is done, nothing stops the rest."""
        self.cancel_button.setEnabled(not self._job.cancelled and not 0 < total <= done)
        self.bar.show_progress(min(done, total), total)
        self.how_far.setText(self._words.say(M("{done} of {total}", done=done, total=total)) if total else "")
        left = self._seconds_left(done, total)
        about = M("about {n} second", "about {n} seconds", n=left or 1)
        self.how_long.setText(self._words.say(about) if left is not None else "")

    def _seconds_left(self, done: int, total: int) -> int | None:
        if not 0 < done < total or self._clock.elapsed() < _ESTIMATE_AFTER_MS:
            return None
        return max(1, round(self._clock.elapsed() * (total - done) / done / 1000))

    def _stop(self) -> None:
        self._job.cancel()
        self.cancel_button.setEnabled(False)
        self.cancel_button.setText(self._words.say(M("Stopping …")))

    def _end(self) -> None:
        self._ended = True
        self.set_busy(False)
        self.close()

    def showEvent(self, event: QShowEvent) -> None:
        """A job that ended while another sheet lay over this one needs it no more."""
        super().showEvent(event)
        if self._ended:
            QTimer.singleShot(0, self.close)


class JobSheets(QObject):
    """Opens a sheet for each long job of a courier that is not done at once."""

    def __init__(self, window: QWidget, words: Words, courier: Courier) -> None:
        super().__init__(window)
        self._window = window
        self._words = words
        courier.started.connect(self._started)

    def _started(self, job: Job) -> None:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(lambda: self._show(job))
        timer.timeout.connect(timer.deleteLater)
        job.finished.connect(timer.stop)
        timer.start(DELAY_MS)

    def _show(self, job: Job) -> None:
        if not job.shown_elsewhere:
            JobSheet(self._window, self._words, job).open()


class State(Enum):
    """How far a step is."""

    DONE = auto()
    NOW = auto()
    LATER = auto()


@dataclass(slots=True)
class _Step:
    bullet: Bullet
    name: QWidget


class Steps(QWidget):
    """The steps of a job, one below the other: done ones ticked, the present one marked."""

    def __init__(self, steps: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 8, 0, 0)
        rows.setSpacing(10)
        self._steps = []
        for number, (name, beside) in enumerate(steps, 1):
            line = QHBoxLayout()
            line.setSpacing(12)
            step = _Step(Bullet(number), label(name, Type.STRONG, wrap=True))
            line.addWidget(step.bullet)
            line.addWidget(step.name, 1)
            line.addWidget(label(beside, Type.SMALL, "text2"))
            rows.addLayout(line)
            self._steps.append(step)
        self.go_to(0)

    def go_to(self, now: int) -> None:
        """The step with this number (from 0) is being done; those before it are."""
        for number, step in enumerate(self._steps):
            step.bullet.show_state(State.DONE if number < now else State.NOW if number == now else State.LATER)


class Bullet(QWidget):
    """The round mark before a step: its number, the sign of work, or a tick."""

    def __init__(self, number: int) -> None:
        super().__init__()
        self._number = number
        self.state = State.LATER
        self.setFixedSize(_BULLET, _BULLET)

    def show_state(self, state: State) -> None:
        """Show how far the step is."""
        self.state = state
        self.setAccessibleName(f"{self._number} ✓" if state is State.DONE else str(self._number))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        half = _BULLET / 2
        match self.state:
            case State.LATER:
                paint.box(painter, self.rect(), half, edge="border")
                paint.text(painter, self.rect(), str(self._number), font(Type.BADGE), "text2", _CENTRE)
            case State.NOW:
                paint.box(painter, self.rect(), half, fill="accent_soft")
                paint.glyph(painter, self.rect(), "refresh", "on_accent_soft", 16)
            case State.DONE:
                paint.box(painter, self.rect(), half, fill="success_soft")
                paint.glyph(painter, self.rect(), "check", "success", 16)
