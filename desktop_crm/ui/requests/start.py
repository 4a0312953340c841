"""How a privacy request begins: silently from a contact, or with the few questions of a new one."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.privacy.deadlines import Deadline, answer_due
from desktop_crm.records.interaction import Channel
from desktop_crm.records.request import RequestKind
from desktop_crm.services import requests
from desktop_crm.services.office import Office
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.spoken import announce
from desktop_crm.ui.look.tokens import SPACE_4, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.requests.came import ways
from desktop_crm.ui.requests.phrases import KINDS
from desktop_crm.ui.requests.picker import PersonPicker
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.day import DayField
from desktop_crm.ui.widgets.label import Fault, label
from desktop_crm.ui.widgets.layout import clear, column, reveal
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

_WIDTH = 720


def give_copy(desk: Desk, person: bytes) -> None:
    """Enter that this person wants a copy, today, and go to the page that makes it. The open one, if there is one."""
    _register(desk, person, RequestKind.ACCESS)


def take_along(desk: Desk, person: bytes) -> None:
    """Enter that this person wants to take their data along, and go to the page that makes it."""
    _register(desk, person, RequestKind.PORTABILITY)


def _register(desk: Desk, person: bytes, kind: RequestKind) -> None:
    work = partial(requests.register, desk.office, person, kind)
    desk.courier.ask(desk, work, lambda number: desk.go("requests", number=number), once=(_register, person, kind))


def open_new_request(desk: Desk) -> None:
    """Ask who wants what, which way it came and when, and show at once until when it is answered."""
    NewRequest(desk).open()


def _due(office: Office, day: date) -> Deadline:
    return answer_due(day, office.shop.country, office.shop.region)


class NewRequest(Sheet):
    """Who, what, how and when. *Enter* is always there and goes to the first question that is open."""

    def __init__(self, desk: Desk) -> None:
        say = desk.say
        super().__init__(
            desk.window,
            say(M("New privacy request")),
            say(M("The time runs from the day it came, by whatever way.")),
            icon="inbox",
            tone=Tone.ACCENT,
            width=_WIDTH,
        )
        self._desk = desk
        self.picker = PersonPicker(desk)
        self.picker.picked.connect(lambda _: self._right("who"))
        self.kind = ChipRow([(kind, say(text)) for kind, text in KINDS.items()], name=say(M("What do they want?")))
        self.kind.changed.connect(lambda _: self._right("kind"))
        self.channel = ChipRow(ways(desk), name=say(M("How did it come?")))
        today = desk.office.today()
        self.day = DayField(say(M("Received on")), now=today, latest=today)
        self.day.set_date(today)
        self.day.edited.connect(self._show_due)
        self._wrong: dict[str, Fault] = {}
        self._due = QVBoxLayout()
        self._fill()
        self._show_due()

    def _fill(self) -> None:
        say = self._desk.say
        self.body.setSpacing(SPACE_4)
        self.body.addLayout(self._question("who", say(M("Who is it about?")), self.picker))
        self.body.addLayout(self._question("kind", say(M("What do they want?")), self.kind))
        self.body.addLayout(self._question("way", say(M("How did it come? (if you know)")), self.channel))
        self.body.addWidget(self.day)
        self.body.addLayout(self._due)
        cancel = Button(say(M("Cancel")), kind=Kind.QUIET)
        cancel.clicked.connect(self.dismiss)
        self.enter = Button(say(M("Enter the request")), kind=Kind.PRIMARY)
        self.enter.clicked.connect(self._enter)
        self.footer("", cancel, self.enter)

    def _question(self, key: str, text: str, asked: QWidget) -> QVBoxLayout:
        self._wrong[key] = Fault()
        self._wrong[key].hide()
        return column(label(text, Type.CARD), asked, self._wrong[key], space=6)

    def _right(self, key: str) -> None:
        self._wrong[key].hide()

    def _show_due(self) -> None:
        day = self.day.date()
        if day is not None and day <= self._desk.office.today():
            self._desk.courier.ask(self, partial(_due, self._desk.office, day), self._tell_due, newest="due")

    def _tell_due(self, deadline: Deadline) -> None:
        due = M("Answer by {weekday} {day}.", weekday=self._desk.words.part(deadline.due, "EEE"), day=deadline.due)
        strong = self._desk.say(due)
        clear(self._due)
        self._due.addWidget(Banner(f"{strong} {self._desk.say(deadline.reason)}", Tone.INFO, "clock", strong=[strong]))

    def _enter(self) -> None:
        person, kind = self.picker.person, self.kind.chosen()
        if person is None:
            self._ask_for("who", M("Please pick the person."), self.picker.search)
        elif kind is None:
            self._ask_for("kind", M("Please say what they want."), self.kind.chip(RequestKind.ACCESS))
        elif not self.day.is_right():
            self.day.take_focus()
        else:
            self._send(person, RequestKind(kind))

    def _ask_for(self, key: str, text: M, where: QWidget) -> None:
        self._wrong[key].setText(self._desk.say(text))
        self._wrong[key].show()
        where.setFocus()
        reveal(self._wrong[key])
        announce(where, self._wrong[key].text())

    def _send(self, person: bytes, kind: RequestKind) -> None:
        way = self.channel.chosen()
        channel = Channel(way) if way is not None else None
        work = partial(requests.register, self._desk.office, person, kind, channel, self.day.date())
        self.enter.setEnabled(False)
        self._desk.courier.ask(self, work, self._entered, failed=self._refused)

    def _entered(self, number: str) -> None:
        self.close()
        self._desk.go("requests", number=number)

    def _refused(self, _: object) -> bool:
        self.enter.setEnabled(True)
        return False
