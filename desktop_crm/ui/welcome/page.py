"""The page of the first run: the steps at the side, one step at a time, back and on at the foot."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout

from desktop_crm.services.starting import Opening
from desktop_crm.ui.doorstep import Doorstep
from desktop_crm.ui.frame.sidebar import ShopMark
from desktop_crm.ui.locked.ground import Ground
from desktop_crm.ui.locked.problem_card import ProblemCard, missing
from desktop_crm.ui.look.spoken import announce, speak
from desktop_crm.ui.look.tokens import SPACE_7, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.welcome.answers import Answers, likely_country
from desktop_crm.ui.welcome.begin import Begin
from desktop_crm.ui.welcome.course import Course
from desktop_crm.ui.welcome.language import Language
from desktop_crm.ui.welcome.place import WhereKept
from desktop_crm.ui.welcome.purposes import UsedFor
from desktop_crm.ui.welcome.sheet import YourSheet
from desktop_crm.ui.welcome.shop import YourShop
from desktop_crm.ui.welcome.step import Step
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, clear, column, row
from desktop_crm.ui.widgets.losing import Losing
from desktop_crm.ui.widgets.page import Footer, Page
from desktop_crm.ui.widgets.steps import StepList
from desktop_crm.words import M, Words

SIDE, NARROW_SIDE = 300, 264
EDGE = 56
WIDEST = 1500
NARROW = 1180
"""In a window narrower than this the side gives way."""

_STEPS: tuple[tuple[M, Callable[[Course], Step], int], ...] = (
    (M("Language and look"), Language, 3),
    (M("Your shop"), YourShop, 3),
    (M("Where and how it is kept"), WhereKept, 2),
    (M("Recovery sheet"), YourSheet, 2),
    (M("What you use data for"), UsedFor, 1),
    (M("Begin"), Begin, 0),
)
"""Name, what makes it, and how many minutes are left there."""
_SHEET, _PURPOSES = 3, 4


class Welcome(Losing):
    """Leads through the six steps. A file that was left half-way goes on where it was left."""

    def __init__(self, door: Doorstep) -> None:
        super().__init__()
        self._door = door
        answers = Answers(door.folder.path, likely_country(door.words.language))
        self.course = Course(door, answers)
        self.at = 0
        self.step: Step | None = None
        self._busy = False
        self._side: QFrame | None = None
        self._line = QHBoxLayout(self)
        self._line.setContentsMargins(0, 0, 0, 0)
        self._line.setSpacing(0)
        if self._has_lost_its_folder():
            self._show_missing()
        elif door.office is None:
            self.go_to(0)
        else:
            office = door.office
            door.courier.ask(self, partial(self.course.go_on_with, office), lambda _: self._go_on())

    @property
    def would_lose(self) -> bool:
        """The answers of the steps before, as long as there is no file that keeps them."""
        return super().would_lose or (self.course.made is None and self.course.answers.tell_of_shop)

    def go_to(self, at: int) -> None:
        """Show a step, made anew: language and answers may have changed."""
        if self.step is not None:
            self.step.keep()
        self.at = at
        step = self._build()
        step.come()
        first = step.first()
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def forth(self) -> None:
        """What *Continue* does."""
        if self.step is not None and not self._busy:
            self.step.go_on()

    def back(self) -> None:
        """What *Back* does."""
        if self.at and not self._busy:
            self.go_to(self.at - 1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.forth()
        elif event.key() == Qt.Key.Key_Escape:
            self.back()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._side is not None:
            self._side.setFixedWidth(self._side_width())

    def _has_lost_its_folder(self) -> bool:
        """Whether a folder was chosen once in which nothing lies now: a drive that is not plugged in, as a rule."""
        state = self._door.state
        return bool(self._door.chosen.now.folder) and state is not None and state.page is Opening.NO_FILE

    def _show_missing(self, _: str = "") -> None:
        """Better ask than begin a second list while the first lies in a drawer."""
        door = self._door
        anew = Button(self._say(M("Set up a new one")), kind=Kind.LINK)
        anew.clicked.connect(lambda: self.go_to(0))
        card = ProblemCard(door, missing(door.folder.path), "folder", Tone.WARNING, anew)
        ground = Ground(door, card, ("folder", str(door.folder.path)))
        ground.language_chosen.connect(self._say_in)
        ground.language_chosen.connect(self._show_missing)
        clear(self._line)
        self._line.addWidget(ground)
        card.take_focus()

    def _go_on(self) -> None:
        self.go_to(_PURPOSES if self.course.sheet_checked else _SHEET)

    def _next(self) -> None:
        self.go_to(self.at + 1)

    def _build(self) -> Step:
        clear(self._line)
        _, make, _ = _STEPS[self.at]
        self.step = make(self.course)
        self.step.done.connect(self._next)
        self.step.busy.connect(self._set_busy)
        if isinstance(self.step, Language):
            self.step.chosen.connect(self._speak)
        self._side = self._made_side(self.step)
        self.footer = self._made_footer(self.step)
        page = Page(footer=self.footer, edge=EDGE, widest=WIDEST)
        page.add(self.step, 1)
        self._line.addWidget(self._side)
        self._line.addWidget(page, 1)
        return self.step

    def _made_side(self, step: Step) -> QFrame:
        name, _, minutes = _STEPS[self.at]
        side = QFrame()
        side.setProperty("kind", "sidebar")
        side.setFixedWidth(self._side_width())
        left = M("About {n} minute left", "About {n} minutes left", n=minutes) if minutes else M("Nearly done")
        still = label(self._say(left), Type.SMALL, "text3", wrap=True)
        head = column(label(self._say(M("Welcome")), Type.SECTION), still, space=1)
        top = row(ShopMark(40), head, space=12)
        top.setStretch(1, 1)
        self.names = StepList([self._say(told) for told, _, _ in _STEPS], self.at)
        every = column(
            top,
            31,
            self.names,
            STRETCH,
            label(self._say(step.note), Type.SMALL, "text3", wrap=True),
            margins=(SPACE_7, SPACE_7, SPACE_7, 22),
        )
        side.setLayout(every)
        announce(self, self._say(name))
        return side

    def _made_footer(self, step: Step) -> Footer:
        self.on = Button(self._say(M("Continue")), kind=Kind.PRIMARY, large=True)
        self.on.clicked.connect(self.forth)
        footer = Footer(self.on, back=self.back if self.at else None, edge=EDGE)
        if isinstance(step, Begin):
            policy = self.on.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            self.on.setSizePolicy(policy)
            self.on.hide()
        return footer

    def _side_width(self) -> int:
        return SIDE if self.width() >= NARROW else NARROW_SIDE

    def _set_busy(self, busy: bool) -> None:
        self._busy = busy
        self.on.setEnabled(not busy)
        self.footer.back.setEnabled(not busy)

    def _speak(self, language: str) -> None:
        """Say everything in another language from now on."""
        self._say_in(language)
        self.go_to(self.at)

    def _say_in(self, language: str) -> None:
        self._door.words = Words(language, self._door.words.zone)
        speak(self._door.words)

    def _say(self, message: M) -> str:
        return self._door.say(message)
