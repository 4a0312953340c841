"""The ground of every page before the file is open: one card in the middle, a line at the bottom."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_crm import __version__
from desktop_crm.ui.doorstep import Doorstep
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.tokens import PAGE_EDGE, RADIUS_SHEET, SPACE_2, SPACE_3, SPACE_6, SPACE_10, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.welcome.language import OWN_NAMES
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Mark, Panel
from desktop_crm.ui.widgets.label import Elided, label
from desktop_crm.ui.widgets.layout import STRETCH, Scroll, row
from desktop_crm.words import LANGUAGES, M


class Ground(QWidget):
    """Canvas, card, and the line: what this is, what is due, the version and the languages."""

    language_chosen = Signal(str)

    def __init__(self, door: Doorstep, card: QWidget, foot: tuple[str, str], due: tuple[M, ...] = ()) -> None:
        """`foot` is the icon and the text at the start of the line."""
        super().__init__()
        self._door = door
        self.due = Badge("", Tone.WARNING, "clock")
        self.languages: dict[str, Button] = {}
        middle = QWidget()
        centre = QVBoxLayout(middle)
        centre.setContentsMargins(SPACE_6, SPACE_6, SPACE_6, SPACE_6)
        centre.addStretch(1)
        # Aligned, it would be given the height it needs in the whole width.
        centre.addLayout(row(STRETCH, card, STRETCH))
        centre.addStretch(1)
        every = QVBoxLayout(self)
        every.setContentsMargins(0, 0, 0, 0)
        every.setSpacing(0)
        every.addWidget(Scroll(middle), 1)
        every.addWidget(self._made_line(*foot))
        self.show_due(due)

    def show_due(self, due: tuple[M, ...]) -> None:
        """Say the most urgent of what is due, or nothing."""
        self.due.set_text(self._door.say(due[0]) if due else "")
        self.due.setVisible(bool(due))

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), paint.color("canvas"))

    def _made_line(self, icon: str, text: str) -> QWidget:
        start = row(Mark(icon, size=14), Elided(text, Type.HINT, "text3"), space=SPACE_2)
        start.setStretch(1, 1)
        version = label(self._door.say(M("Version {version}", version=__version__)), Type.HINT, "text3")
        end = row(STRETCH, version, *self._made_languages(), space=SPACE_3)
        line = QWidget()
        parts = QHBoxLayout(line)
        parts.setContentsMargins(PAGE_EDGE + 8, SPACE_2, PAGE_EDGE + 8, 17)
        parts.setSpacing(SPACE_3)
        parts.addWidget(_third(start), 1)
        parts.addWidget(self.due)
        parts.addWidget(_third(end), 1)
        return line

    def _made_languages(self) -> list[Button]:
        for code in LANGUAGES:
            button = Button(OWN_NAMES[code], kind=Kind.LINK)
            button.setEnabled(code != self._door.words.language)
            button.clicked.connect(partial(self._choose, code))
            self.languages[code] = button
        return list(self.languages.values())

    def _choose(self, code: str, _: bool = False) -> None:
        self.language_chosen.emit(code)


def _third(line: QHBoxLayout) -> QWidget:
    holder = QWidget()
    holder.setLayout(line)
    holder.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return holder


class DoorCard(Panel):
    """The white card in the middle; what it holds goes into `body`. `wide` is its width where there is room."""

    def __init__(self, wide: int, edge: int = SPACE_10) -> None:
        super().__init__(radius=RADIUS_SHEET)
        self._wide = wide
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(edge, 32, edge, 28)
        self.body.setSpacing(0)
        self.setFixedWidth(wide)
