"""What was said: a note, and a call with the number to ring."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtWidgets import QFrame

from desktop_crm.documents.formats import kind
from desktop_crm.records.interaction import Channel, InteractionKind
from desktop_crm.services import changes, contacts
from desktop_crm.services.editing import Line
from desktop_crm.services.handing import reach_person
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.forms.form import FormSheet, Opened, Saved
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_3
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.private_hint import PrivateHint
from desktop_crm.ui.reach import ring
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import Elided, label
from desktop_crm.ui.widgets.layout import boxed, column, row
from desktop_crm.words import M

_LINES = 150
_WIDTH = 560


class NoteForm(FormSheet):
    """Something worth remembering about a person."""

    place: ClassVar[str] = "note"
    _title = M("Note")
    _icon = "note"
    _ask = M("What is worth remembering?")
    _hint = M("Only what you need for your work. The person may ask to read it.")
    _missing = M("There is nothing written yet.")
    _kind = InteractionKind.NOTE
    _channel: Channel | None = None

    def __init__(self, desk: Desk, person: bytes, found: Opened) -> None:
        super().__init__(desk, person, self._title, found.name, icon=self._icon, width=_WIDTH)
        self._before()
        self.text = Field(self.say(self._ask), multiline=True, hint=self.say(self._hint), check=self._written)
        self.text.edit.setMinimumHeight(_LINES)
        self.hold(text=self.text)
        self.private = PrivateHint(desk, self.text.edit)
        self.private.turned.connect(self.fit)
        self.body.addWidget(self.text)
        self.body.addWidget(self.private)
        self.begin(found.kept)

    def work(self) -> Callable[[], Saved]:
        office, person, text = self.desk.office, self.person or b"", self.text.text()

        def save() -> Saved:
            made = contacts.note(office, person, text, kind=self._kind, channel=self._channel)
            change = changes.last_of(office, made)
            return Saved(person, (change,) if change else (), M("Saved."))

        return save

    def _before(self) -> None:
        """What stands above the text."""

    def _written(self, text: str) -> str | None:
        return None if text else self.say(self._missing)


class CallForm(NoteForm):
    """Ring one of a person's numbers, then write down what was said."""

    place: ClassVar[str] = "call"
    _title = M("Call")
    _icon = "phone"
    _ask = M("What was said?")
    _kind = InteractionKind.CALL
    _channel = Channel.PHONE

    def __init__(self, desk: Desk, person: bytes, found: Opened, phones: Sequence[Line]) -> None:
        self._phones, self._rung = phones, person
        self.dials: list[Button] = []
        super().__init__(desk, person, found)

    def _before(self) -> None:
        if not self._phones:
            self.body.addWidget(label(self.say(M("No phone number is entered for this person.")), Type.SMALL, "text2"))
        for phone in self._phones:
            self.body.addWidget(self._number(phone))

    def _number(self, phone: Line) -> QFrame:
        dial = Button(self.say(M("Ring")), icon="phone", name=self.say(M("Ring {number}", number=phone.text)))
        dial.clicked.connect(lambda: self._ring(phone))
        self.dials.append(dial)
        about = label(kind(self.desk.words, phone.label), Type.HINT, "text2") if phone.label else None
        words = column(Elided(phone.text, Type.STRONG), about, space=2)
        line = row(words, SPACE_3, dial, space=SPACE_2, margins=(14, 8, 8, 8))
        line.setStretch(0, 1)
        return boxed(line, "sunken")

    def _ring(self, phone: Line) -> None:
        office, person = self.desk.office, self._rung
        self.desk.courier.ask(
            self, lambda: reach_person(office, person, Channel.PHONE, phone.id), lambda _: self._dial(phone.text)
        )

    def _dial(self, number: str) -> None:
        if not ring(number):
            self.desk.toast(self.say(M("This computer has no program that rings.")))
        self.text.take_focus()
