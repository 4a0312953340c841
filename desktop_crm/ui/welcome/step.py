"""What one step of the first run is: a title on the canvas, what it asks, and what must be right before going on."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from desktop_crm.ui.look.tokens import SPACE_2
from desktop_crm.ui.look.typography import Type, font
from desktop_crm.ui.welcome.course import Course
from desktop_crm.ui.widgets.label import label
from desktop_crm.words import M


class Step(QWidget):
    """One of the six. `body` is filled by each."""

    done = Signal()
    """Everything is right and kept: the next step may come."""
    busy = Signal(bool)
    """Whether something is being done that must not be disturbed."""

    note = M("Your answers stay on this computer. Nobody is told that you use this program.")
    """Said at the bottom of the side."""

    def __init__(self, course: Course, title: M, subtitle: M | None = None) -> None:
        super().__init__()
        self.course = course
        self.door = course.door
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(0, 10, 0, 0)
        self.body.setSpacing(0)
        self.heading = label(self.say(title), Type.HERO, wrap=True)
        self.body.addWidget(self.heading)
        if subtitle is not None:
            told = label(self.say(subtitle), Type.BODY, "text2", wrap=True)
            told.setFont(font(Type.BODY, larger=1))
            self.body.addSpacing(6)
            self.body.addWidget(told)
        self.body.addSpacing(SPACE_2 * 2)

    def say(self, message: M) -> str:
        """The message in the language chosen for the window."""
        return self.door.say(message)

    def add(self, item: QWidget | QLayout, gap: int = 0) -> None:
        """Put something below what is there, with a gap after it."""
        if isinstance(item, QWidget):
            self.body.addWidget(item)
        else:
            self.body.addLayout(item)
        self.body.addSpacing(gap)

    def come(self) -> None:
        """It is shown now: ask the services for what it needs."""

    def keep(self) -> None:
        """Put what is typed into the answers, right or wrong, so that nothing is lost on the way back."""

    def go_on(self) -> None:
        """Check and keep; then `done`, or the keyboard goes to the first thing that is open."""
        self.keep()
        self.done.emit()

    def first(self) -> QWidget | None:
        """Where the keyboard starts."""
        return None
