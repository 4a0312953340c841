"""The first people of a list as they would come in, one at a time."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QVBoxLayout

from desktop_crm.documents.formats import birthday
from desktop_crm.intake.person import Address, PersonDraft
from desktop_crm.services.import_preview import ImportLook
from desktop_crm.services.people import draft_name
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_1, SPACE_2, SPACE_3, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.avatar import Avatar
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.facts import Fact, Facts
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, clear, column, flow, line, row
from desktop_crm.words import M

_LONGEST = 300


class SoItWillLook(Card):
    """A card with paging. People look here as they will look on their record."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.back = Button(icon="chevron-left", kind=Kind.ICON, name=desk.say(M("The person before")))
        self.on = Button(icon="chevron-right", kind=Kind.ICON, name=desk.say(M("The next person")))
        self.place = label("", Type.BODY, "text2")
        super().__init__(
            desk.say(M("So it will look")), action=boxed(row(self.back, self.place, self.on, space=SPACE_1))
        )
        self.back.clicked.connect(lambda _on: self._turn(-1))
        self.on.clicked.connect(lambda _on: self._turn(1))
        self._people: tuple[PersonDraft, ...] = ()
        self._rows = 0
        self._at = 0
        self.separator()
        self.add(SPACE_1)
        self._inside = QVBoxLayout()
        self._inside.setSpacing(SPACE_3)
        self.add(self._inside)

    def show_look(self, seen: ImportLook) -> None:
        """Show the people of a list; who was shown stays shown."""
        self._people, self._rows = seen.people, seen.rows
        self._at = min(self._at, max(0, len(self._people) - 1))
        self._show()

    def _turn(self, by: int) -> None:
        self._at = max(0, min(len(self._people) - 1, self._at + by))
        self._show()

    def _show(self) -> None:
        number = len(self._people)
        self.back.setEnabled(self._at > 0)
        self.on.setEnabled(self._at + 1 < number)
        clear(self._inside)
        if not number:
            self.place.setText("")
            nobody = self._desk.say(M("Nobody in this list has a name or a way to reach them."))
            self._inside.addWidget(label(nobody, Type.SMALL, "text2", wrap=True))
            return
        self.place.setText(self._desk.say(M("{at} of {number}", at=self._at + 1, number=number)))
        first = M("The first {number} people of the list", number=number)
        self.place.setToolTip(self._desk.say(first) if number < self._rows else "")
        self._fill(self._people[self._at])

    def _fill(self, person: PersonDraft) -> None:
        say = self._desk.say
        name = draft_name(person) or say(M("No name"))
        words = column(
            label(name, Type.SECTION, wrap=True),
            label(say(M("from your list, row {row}", row=str(person.row))), Type.SMALL, "text2"),
            space=1,
        )
        head = row(Avatar(name, 44), column(STRETCH, words, STRETCH, space=0), space=SPACE_3)
        head.setStretch(1, 1)
        self._inside.addLayout(head)
        self._inside.addWidget(Facts(list(self._facts(person))))
        badges = list(self._badges(person))
        if badges:
            self._inside.addWidget(flow(*badges, space=SPACE_2))
        if person.faults:
            self._inside.addWidget(line())
        for fault in person.faults:
            self._inside.addWidget(label(say(fault), Type.SMALL, "warning", wrap=True))

    def _facts(self, person: PersonDraft) -> Iterator[Fact]:
        say = self._desk.say
        if person.company and person.company != draft_name(person):
            yield Fact(say(M("Company")), person.company, "building")
        for phone in person.phones:
            yield Fact(say(M("Phone")), phone.value, "phone")
        for email in person.emails:
            yield Fact(say(M("Email")), email.value, "mail")
        for address in person.addresses:
            yield Fact(say(M("Address")), _address(address), "pin")
        if person.birthday:
            yield Fact(say(M("Birthday")), birthday(self._desk.words, person.birthday), "cake")
        for note in person.notes:
            yield Fact(say(M("Note")), note[:_LONGEST], "note")
        if person.tags:
            yield Fact(say(M("Labels")), ", ".join(person.tags), "tag")

    def _badges(self, person: PersonDraft) -> Iterator[Badge]:
        if person.newsletter is True:
            yield Badge(self._desk.say(M("Newsletter: claimed")), Tone.VIOLET, "clock")
        elif person.newsletter is False:
            yield Badge(self._desk.say(M("Newsletter: no")), Tone.NEUTRAL, "x")


def _address(address: Address) -> str:
    place = " ".join(filter(None, (address.postal_code, address.city)))
    parts = (address.street, address.extra, address.po_box, place, address.region, address.country)
    return ", ".join(filter(None, parts)) or address.written or ""
