"""First step: the language and the look, both at once."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QWidget

from desktop_crm.ui.copies.back import bring_back_at_door
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.theme import Mode
from desktop_crm.ui.look.tokens import CONTRAST, DARK, LIGHT, SPACE_3, SPACE_6, Tokens
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.welcome.course import Course
from desktop_crm.ui.welcome.step import Step
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.choice import ChoiceCard
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, row
from desktop_crm.words import LANGUAGES, M

OWN_NAMES = {"en": "English", "de": "Deutsch"}
"""Each language in its own words, so that whoever speaks it finds it."""
LOOKS = (
    (Mode.SYSTEM, M("Like the computer"), M("Changes with it, by day and night"), (LIGHT, DARK)),
    (Mode.LIGHT, M("Light"), M("Dark on white"), (LIGHT,)),
    (Mode.DARK, M("Dark"), M("Light on black, easy on the eyes at night"), (DARK,)),
    (Mode.CONTRAST, M("High contrast"), M("Strong lines and clear letters"), (CONTRAST,)),
)


class Language(Step):
    """Cards for each language and each look; a click is enough to see how it is."""

    chosen = Signal(str)
    """Another language."""

    def __init__(self, course: Course) -> None:
        super().__init__(
            course,
            M("Welcome. How shall the program speak and look?"),
            M("Both can be changed at any time, in the settings."),
        )
        self.languages = {code: ChoiceCard(OWN_NAMES[code]) for code in LANGUAGES}
        self.looks: dict[Mode, ChoiceCard] = {}
        self.add(label(self.say(M("Language")), Type.CARD), SPACE_3)
        self.add(self._languages(), SPACE_6)
        self.add(label(self.say(M("Appearance")), Type.CARD), SPACE_3)
        self.add(self._looks(), SPACE_6)
        self.copy = Button(self.say(M("I have a safety copy: bring it back")), icon="box", kind=Kind.LINK)
        self.copy.clicked.connect(lambda _on: bring_back_at_door(self.door))
        self.add(row(self.copy, STRETCH), SPACE_3)
        self.body.addStretch(1)

    def first(self) -> QWidget:
        return self.languages[self.door.words.language]

    def _languages(self) -> QGridLayout:
        grid = _grid()
        group = QButtonGroup(self)
        for at, (code, card) in enumerate(self.languages.items()):
            card.setChecked(code == self.door.words.language)
            card.clicked.connect(partial(self._choose_language, code))
            group.addButton(card)
            grid.addWidget(card, at // 2, at % 2)
        return grid

    def _looks(self) -> QGridLayout:
        grid = _grid()
        group = QButtonGroup(self)
        now = self.door.chosen.now.look or Mode.SYSTEM.value
        for at, (mode, title, sub, shown) in enumerate(LOOKS):
            card = LookCard(self.say(title), self.say(sub), shown)
            card.setChecked(mode.value == now)
            card.clicked.connect(partial(self._choose_look, mode))
            group.addButton(card)
            self.looks[mode] = card
            grid.addWidget(card, at // 2, at % 2)
        return grid

    def _choose_language(self, code: str) -> None:
        if code != self.door.words.language:
            self._change(language=code)
            self.chosen.emit(code)

    def _choose_look(self, mode: Mode) -> None:
        self._change(look=mode.value)

    def _change(self, **choices: str) -> None:
        self.door.chosen.change(**choices)


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setSpacing(SPACE_3)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid


class LookCard(ChoiceCard):
    """A look with a small picture of the window in it."""

    _WIDE, _HIGH = 74, 46

    def __init__(self, title: str, sub: str, shown: tuple[Tokens, ...]) -> None:
        super().__init__(title, sub)
        self._shown = shown
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def heightForWidth(self, width: int) -> int:
        return max(self._HIGH + 28, super().heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(220, self._HIGH + 28)

    def _end(self) -> int:
        return super()._end() + self._WIDE + SPACE_3

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = paint.painter_on(self)
        part = QRect(self.width() - 14 - self._WIDE, (self.height() - self._HIGH) // 2, self._WIDE, self._HIGH)
        place = paint.visual(self, part)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        wide = place.width() // len(self._shown)
        for at, look in enumerate(self._shown):
            painter.save()
            painter.setClipRect(place.x() + at * wide, place.y(), wide + 1, place.height())
            paint_small_window(painter, place, look)
            painter.restore()


def paint_small_window(painter: QPainter, rect: QRect, look: Tokens) -> None:
    """The window in this look, the size of a stamp."""
    x, y = rect.x(), rect.y()
    paint.box(painter, rect, 6, fill=look.canvas, edge=look.field)
    paint.box(painter, QRect(x + 4, y + 4, 16, rect.height() - 8), 3, fill=look.sidebar, edge=look.border)
    paint.box(painter, QRect(x + 24, y + 7, 30, 4), 2, fill=look.text)
    paint.box(painter, QRect(x + 24, y + 16, 44, 14), 3, fill=look.surface, edge=look.border)
    paint.box(painter, QRect(x + 28, y + 21, 24, 3), 1, fill=look.text2)
    paint.box(painter, QRect(x + 50, y + 34, 18, 7), 3, fill=look.accent)
