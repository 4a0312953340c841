"""What has to be answered before somebody is erased: each question knows whether it is open."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from desktop_crm.records.erasure import Ground
from desktop_crm.services import erasing
from desktop_crm.services.erasure_plan import Mention
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.spoken import announce
from desktop_crm.ui.look.tokens import RADIUS_ROW
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Panel
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.choice import CheckBox
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import Broken, Fault, label
from desktop_crm.ui.widgets.layout import flow, reveal
from desktop_crm.words import M

GROUNDS = {
    Ground.NO_LONGER_NEEDED: M("No longer needed"),
    Ground.WITHDREW: M("Took permission back"),
    Ground.OBJECTS: M("Says “stop”"),
    Ground.UNLAWFUL: M("Should not be here"),
    Ground.LEGAL_DUTY: M("A law demands it"),
    Ground.KEEPING_TIME: M("Nobody asked: time is over"),
}
"""Why somebody is erased, in a few words each."""
_MOST = 8


class Point(QWidget):
    """A question. `is_open` tells whether it still needs an answer, `ask` goes there and says so."""

    def __init__(self) -> None:
        super().__init__()
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(4)
        self._wrong = Fault()
        self._wrong.hide()

    @property
    @abstractmethod
    def is_open(self) -> bool:
        """Whether an answer is missing."""

    @abstractmethod
    def ask(self) -> None:
        """Put the keyboard here and say what is missing."""

    def say_missing(self, text: str, where: QWidget) -> None:
        """Say what is missing, below the question."""
        self._wrong.setText(text)
        self._wrong.show()
        where.setFocus()
        reveal(where)
        reveal(self._wrong)
        announce(where, text)

    def answered(self) -> None:
        """It has been answered."""
        self._wrong.hide()


class Why(Point):
    """On which ground. Nothing is chosen at first: a ground nobody thought about is none."""

    def __init__(self, desk: Desk, stop_using: Callable[[], None]) -> None:
        """`stop_using` leads to where a person is only taken out of advertising."""
        super().__init__()
        self._desk = desk
        say = desk.say
        self.chips = ChipRow([(ground, say(text)) for ground, text in GROUNDS.items()], name=say(M("Why?")))
        self.chips.changed.connect(lambda _: self.answered())
        self.column.addWidget(label(say(M("Why?")), Type.CARD))
        self.column.addWidget(self.chips)
        self.column.addWidget(self._wrong)
        less = Button(say(M("Stop using this")), kind=Kind.LINK)
        less.clicked.connect(lambda _on: stop_using())
        told = Broken(say(M("Only no more advertising? Then “stop using this” is enough.")), Type.SMALL, "text2")
        self.column.addWidget(flow(told, less, space=12))

    @property
    def ground(self) -> Ground | None:
        """The ground that was chosen."""
        chosen = self.chips.chosen()
        return Ground(chosen) if chosen is not None else None

    @property
    def is_open(self) -> bool:
        return self.ground is None

    def ask(self) -> None:
        self.say_missing(self._desk.say(M("Please say why.")), self.chips.chip(Ground.NO_LONGER_NEEDED))


class RightPerson(Point):
    """Whether it is the right person: their name typed in plain letters, or a tick."""

    changed = Signal()

    def __init__(self, desk: Desk, person: bytes) -> None:
        super().__init__()
        self._desk = desk
        self._person = person
        self.matches = False
        self.field = Field(desk.say(M("Type the name, plain letters will do")))
        self.field.edited.connect(self._look)
        if isinstance(self.field.edit, QLineEdit):
            self.field.edit.returnPressed.connect(self.changed.emit)
        self.tick = CheckBox(desk.say(M("or: I checked that it is the right person")), kind=Type.SMALL)
        self.tick.toggled.connect(lambda _: self.answered())
        self.column.addWidget(self.field)
        self.column.addWidget(self.tick)
        self.column.addWidget(self._wrong)
        self.column.addStretch(1)

    @property
    def is_open(self) -> bool:
        return not (self.matches or self.tick.isChecked())

    def ask(self) -> None:
        typed = self.field.text()
        missing = M("This is not the name above.") if typed else M("Please type the name above, or tick the box.")
        self.say_missing(self._desk.say(missing), self.field.edit)

    def _look(self) -> None:
        self.matches = False
        self.answered()
        work = partial(erasing.name_matches, self._desk.office, self._person, self.field.text())
        self._desk.courier.ask(self, work, self._tell, newest="name", failed=lambda _: True)

    def _tell(self, matches: bool) -> None:
        self.matches = matches
        if matches:
            self.field.right()


class CopyFirst(Point):
    """They asked for a copy and did not get it: hand it over first, or they do not want it any more."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.tick = CheckBox(desk.say(M("They told us that they no longer want the copy")), kind=Type.SMALL)
        self.tick.toggled.connect(lambda _: self.answered())
        self.column.addWidget(self.tick)
        self.column.addWidget(self._wrong)

    @property
    def given_up(self) -> bool:
        """Whether the person no longer wants the copy."""
        return self.tick.isChecked()

    @property
    def is_open(self) -> bool:
        return not self.given_up

    def ask(self) -> None:
        self.say_missing(
            self._desk.say(M("Please hand over the copy first, or tick that it is not wanted.")), self.tick
        )


class Mentions(Point):
    """Entries of other people that name this person: theirs, so a person decides what becomes of them."""

    def __init__(self, desk: Desk, mentions: Sequence[Mention], go_to: Callable[[bytes], None]) -> None:
        """`go_to` opens the contact whose entry it is."""
        super().__init__()
        self._desk = desk
        told = M("{n} entry of others names them", "{n} entries of others name them", n=len(mentions))
        self.column.addWidget(label(desk.say(told), Type.CARD))
        for mention in mentions[:_MOST]:
            self.column.addWidget(self._box(mention, go_to))
        more = len(mentions) - _MOST
        if more > 0:
            rest = M("and {n} more", "and {n} more", n=more)
            self.column.addWidget(label(desk.say(rest), Type.SMALL, "text3"))
        self.tick = CheckBox(desk.say(M("I looked at them: they may stay as they are")), kind=Type.SMALL)
        self.tick.toggled.connect(lambda _: self.answered())
        self.column.addWidget(self.tick)
        self.column.addWidget(self._wrong)

    @property
    def is_open(self) -> bool:
        return not self.tick.isChecked()

    def ask(self) -> None:
        missing = M("Please look at them and tick the box, or change them first.")
        self.say_missing(self._desk.say(missing), self.tick)

    def _box(self, mention: Mention, go_to: Callable[[bytes], None]) -> Panel:
        box = Panel("sunken", "line", RADIUS_ROW)
        inside = QVBoxLayout(box)
        inside.setContentsMargins(14, 8, 14, 6)
        inside.setSpacing(0)
        inside.addWidget(label(self._desk.say(M("“{text}”", text=mention.text)), Type.SMALL, wrap=True))
        named = self._desk.say(M("Open {name}", name=mention.name))
        link = Button(named, kind=Kind.LINK)
        link.clicked.connect(lambda: go_to(mention.person))
        inside.addWidget(flow(link))
        return box
