"""Sixth step: the three ways to begin."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.host.clock import Clock
from desktop_crm.services import sample, setup
from desktop_crm.services.office import Office
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_6, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.welcome.course import Course, Made
from desktop_crm.ui.welcome.folding import Folding
from desktop_crm.ui.welcome.step import Step
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card, Mark
from desktop_crm.ui.widgets.label import label
from desktop_crm.words import M, Problem


class Begin(Step):
    """Bring in a list, add the first person, or look around first."""

    def __init__(self, course: Course) -> None:
        super().__init__(
            course, M("Everything is ready. How do you want to begin?"), M("The other two ways stay open to you.")
        )
        told: tuple[tuple[str, M, M, M, Callable[[], None]], ...] = (
            (
                "upload",
                M("Bring in a list"),
                M("From Excel, Outlook, Google or your phone. You see what would come in before anything does."),
                M("Choose a list"),
                self._bring_in,
            ),
            (
                "user",
                M("Add the first person"),
                M("A name is enough. Everything else can come when you need it."),
                M("Add a person"),
                self._first_person,
            ),
            (
                "building",
                M("Look around the example shop"),
                M("A flower shop with made-up people, in a file of its own. Nothing you do there touches yours."),
                M("Open the example"),
                self._example,
            ),
        )
        self.buttons: list[Button] = []
        cards = [self._card(*one) for one in told]
        self.buttons[0].set_kind(Kind.PRIMARY)
        self.add(Folding(*cards, below=700), SPACE_6)
        self.body.addStretch(1)

    def go_on(self) -> None:
        """There is nothing after this: the buttons on the cards lead on."""

    def first(self) -> QWidget:
        return self.buttons[0]

    def _card(self, icon: str, title: M, text: M, act: M, work: Callable[[], None]) -> Card:
        card = Card()
        button = Button(self.say(act))
        button.clicked.connect(lambda _=False: work())
        self.buttons.append(button)
        body = QVBoxLayout()
        body.setSpacing(SPACE_2)
        body.addWidget(Mark(icon, Tone.ACCENT, size=44, square=True))
        body.addSpacing(SPACE_2)
        body.addWidget(label(self.say(title), Type.SECTION, wrap=True))
        body.addWidget(label(self.say(text), Type.SMALL, "text2", wrap=True))
        body.addStretch(1)
        body.addSpacing(SPACE_2)
        body.addWidget(button)
        card.add(body, 1)
        return card

    def _bring_in(self) -> None:
        self._complete(lambda office: self.door.come_in(office, "contacts", import_path=None))

    def _first_person(self) -> None:
        self._complete(lambda office: self.door.come_in(office, "contacts", new=True))

    def _complete(self, then: Callable[[Office], None]) -> None:
        office = self.course.the_file().office
        self._set_busy(True)
        self.door.courier.ask(self, lambda: setup.complete(office), lambda _: then(office), failed=self._failed)

    def _example(self) -> None:
        made = self.course.the_file()
        language, clock = self.door.words.language, self.door.clock
        self._set_busy(True)
        # From here on the worker thread closes it.
        self.door.office = None
        self.door.courier.run(
            self,
            self.say(M("Opening the example shop")),
            lambda _: to_the_example(made, clock, language),
            self.door.come_in,
            failed=self._example_failed,
            cancel=False,
        )

    def _failed(self, problem: Problem) -> bool:
        self._set_busy(False)
        self.door.problem(problem)
        return True

    def _example_failed(self, problem: Problem) -> bool:
        """One's own file is closed by now: it is opened again as at each start."""
        self.door.problem(problem)
        self.door.look_again()
        return True

    def _set_busy(self, busy: bool) -> None:
        self.busy.emit(busy)
        for button in self.buttons:
            button.setEnabled(not busy)


def to_the_example(made: Made, clock: Clock, language: str) -> Office:
    """Close one's own file, which is complete now, and open the example shop beside it. On a worker thread."""
    try:
        setup.complete(made.office)
    finally:
        made.office.close()
    return sample.visit(made.folder, clock=clock, language=language)
