"""The places outside this program: tick what was looked through, add what is missing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop_crm.records.request import RequestKind
from desktop_crm.services import outside
from desktop_crm.services.outside import Outside
from desktop_crm.services.signs import near
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.choice import CheckBox
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import Elided, label
from desktop_crm.ui.widgets.layout import clear
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M, Problem

_WIDTH = 560


class Places(QWidget):
    """Every place with a box for this person: ticked, it says who did and when. New places are typed in below."""

    def __init__(
        self, desk: Desk, person: bytes, kinds: Sequence[RequestKind], changed: Callable[[Sequence[Outside]], None]
    ) -> None:
        """`kinds` are the requests since which a tick counts; `changed` gets the places whenever one is ticked."""
        super().__init__()
        self._desk = desk
        self._person = person
        self._kinds = kinds
        self._changed = changed
        self.boxes: list[CheckBox] = []
        self._rows = QVBoxLayout()
        self._rows.setSpacing(0)
        self.add = Button(desk.say(M("Add a place …")), kind=Kind.LINK)
        self.add.clicked.connect(self._begin)
        self.field = Field("", hint=desk.say(M("Such as order book, mailbox, newsletter tool.")))
        self.field.edit.setAccessibleName(desk.say(M("Name of the place")))
        self.field.hide()
        if isinstance(self.field.edit, QLineEdit):
            self.field.edit.returnPressed.connect(self._enter)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addLayout(self._rows)
        line = QHBoxLayout()
        line.addWidget(self.add)
        line.addStretch(1)
        column.addLayout(line)
        column.addWidget(self.field)

    def show_places(self, places: Sequence[Outside]) -> None:
        """Show these, with the keyboard where it was."""
        at = next((number for number, box in enumerate(self.boxes) if box.hasFocus()), None)
        clear(self._rows)
        self.boxes = []
        if not places:
            self._rows.addWidget(label(self._desk.say(M("No places entered yet.")), Type.SMALL, "text3"))
        for place in places:
            self._rows.addLayout(self._row(place))
        if at is not None and at < len(self.boxes):
            self.boxes[at].setFocus()

    def refresh(self) -> None:
        """Ask for the places as they are now."""
        self._ask(lambda: None)

    def _row(self, place: Outside) -> QHBoxLayout:
        box = CheckBox(place.name, kind=Type.SMALL)
        box.setChecked(place.done_on is not None)
        box.toggled.connect(partial(self._tick, place.id))
        self.boxes.append(box)
        line = QHBoxLayout()
        line.setSpacing(8)
        line.addWidget(box, 1)
        if place.done_on is not None and place.who is not None:
            when = near(place.done_on, self._desk.office.today())
            who = M("{who}, {when}", who=place.who, when=when)
            line.addWidget(Elided(self._desk.say(who), Type.SMALL, "text3"))
        return line

    def _tick(self, place: bytes, done: bool) -> None:
        self._ask(partial(outside.tick, self._desk.office, self._person, place, done))

    def _ask(self, act: Callable[[], object]) -> None:
        office, person, kinds = self._desk.office, self._person, self._kinds

        def work() -> list[Outside]:
            act()
            return outside.of_person(office, person, *kinds)

        self._desk.courier.ask(self, work, self._show, failed=self._refused)

    def _show(self, places: Sequence[Outside]) -> None:
        self.show_places(places)
        self._changed(places)

    def _begin(self) -> None:
        self.field.show()
        self.add.hide()
        self.field.take_focus()

    def _enter(self) -> None:
        name = self.field.text()
        if name:
            self.field.set_text("")
            self._ask(lambda: outside.add_place(self._desk.office, name))

    def _refused(self, problem: Problem) -> bool:
        """What is wrong with a new name stands below it; a tick that was not taken is shown as it is."""
        if self.field.isVisible():
            self.field.error(self._desk.say(problem.what))
            return True
        self.refresh()
        return False


class PlacesSheet(Sheet):
    """The places outside this program, as a part of what was found."""

    def __init__(
        self, desk: Desk, person: bytes, kinds: Sequence[RequestKind], changed: Callable[[Sequence[Outside]], None]
    ) -> None:
        super().__init__(
            desk.window,
            desk.say(M("Not in this app")),
            desk.say(
                M("What lies there belongs into the answer too. Only you can look. Tick what you looked through.")
            ),
            icon="folder",
            width=_WIDTH,
        )
        places = Places(desk, person, kinds, changed)
        self.body.addWidget(places)
        places.refresh()
        close = Button(desk.say(M("Done")), kind=Kind.PRIMARY)
        close.clicked.connect(self.close)
        self.footer("", close)
