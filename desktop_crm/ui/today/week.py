"""The next days, each with how much there is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLayout, QWidget

from desktop_crm.services.today import DayAhead
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.theme import tokens
from desktop_crm.ui.look.tokens import RADIUS_ROW, SPACE_3, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.card import Card, Panel
from desktop_crm.ui.widgets.label import Elided, Label, label
from desktop_crm.ui.widgets.layout import STRETCH, Abreast, column, row
from desktop_crm.words import M

_DOT = 6
_DAY_HIGH = 92
_DAY_LEAST = 92
_DAYS_APART = 10


class NextDays(Card):
    """The card with a field for each of the next days."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say(M("Next days")))
        self._desk = desk

    def show_days(self, days: Sequence[DayAhead]) -> None:
        """Show these days."""
        self.clear()
        self.add(Abreast(*(_Day(self._desk, day) for day in days), least=_DAY_LEAST, space=_DAYS_APART))


class _Day(Panel):
    """One day: its name and number, and a line with a dot for each kind of thing."""

    def __init__(self, desk: Desk, day: DayAhead) -> None:
        super().__init__("sunken", "", RADIUS_ROW)
        counts = [(Tone(tone.value), desk.say(text)) for tone, text in day.counts]
        whole = desk.words.day_of_year(day.day, weekday=True, long=True)
        self.setAccessibleName(", ".join((whole, *(text for _, text in counts))))
        number = Label(str(day.day.day), Type.SECTION, tabular=True)
        head = row(Elided(desk.words.part(day.day, "EEE"), Type.HINT, "text2"), STRETCH, number)
        lines = (_counted(tone, text) for tone, text in counts)
        self.setLayout(column(head, 4, *lines, STRETCH, space=4, margins=(12, 6, 12, 8)))
        self.setMinimumHeight(_DAY_HIGH)


def _counted(tone: Tone, text: str) -> QLayout:
    words = label(text, Type.HINT, "text2", wrap=True)
    made = row(column(2, _Dot(tone), STRETCH, space=0), words, space=6)
    made.setStretch(1, 1)
    return made


class _Dot(QWidget):
    """A dot in the colour of a kind; the words beside it say which."""

    def __init__(self, tone: Tone) -> None:
        super().__init__()
        self._tone = tone
        self.setFixedSize(_DOT, SPACE_3)

    def paintEvent(self, _event: QPaintEvent) -> None:
        place = QRect(0, (self.height() - _DOT) // 2, _DOT, _DOT)
        paint.box(paint.painter_on(self), place, _DOT / 2, fill=tokens().mark(self._tone))
