"""What was found about somebody, part by part, and what stands in each part."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from functools import partial

from PySide6.QtWidgets import QGridLayout

from desktop_crm.services import labels
from desktop_crm.services.looking_through import ENTRIES, FoundPart, NamesAnother, Part, part_entries
from desktop_crm.services.outside import Outside
from desktop_crm.services.record_page import HeldEntry, HeldSection
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import RADIUS_ROW, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Panel
from desktop_crm.ui.widgets.facts import Fact, Facts
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.rows import Cell, Row, RowList, RowLook
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

_ICONS = {
    Part.DETAILS: "users",
    Part.PERMISSION: "pen",
    Part.ORDERS: "bag",
    Part.NOTES: "note",
    Part.DELIVERIES: "truck",
    Part.LOOKS: "eye",
    Part.EARLIER: "inbox",
    Part.REVIEWS: "clock",
    Part.GENERAL: "info",
    Part.OUTSIDE: "folder",
}
_LEAST_ROWS = 9
_ROW = 38
"""Lower than elsewhere: below ten of them, the button that makes the answer still has to be seen."""
_MOST = 60
"""So many entries of a kind are shown; the answer holds them all."""
_NAMES = 150
_WIDTH = 760
GENERAL = (
    (M("What for"), M("Every use of their data, from the list of what your shop uses data for.")),
    (M("Why we may"), M("Beside each use: orders and offers, permission, a good reason of ours, or the law.")),
    (M("Where from"), M("Beside each entry: from them, or from which list.")),
    (M("How long"), M("The keeping times of your shop, with the day that follows for them.")),
    (M("Given to"), M("Who got something of it from this program.")),
    (M("Their rights"), M("What else they may ask for, and the authority they may complain to.")),
)
"""What an answer says besides the entries."""


class FoundList(RowList):
    """The parts of an answer. A row opens its part; the last one the places outside this program."""

    def __init__(self, desk: Desk, search_again: Callable[[], None], opened: Callable[[FoundPart], None]) -> None:
        """`opened` gets the part whose row was pressed."""
        again = Button(desk.say(M("Search again")), kind=Kind.LINK)
        again.clicked.connect(search_again)
        super().__init__(desk.say(M("What we found")), action=again)
        self._desk = desk
        self._opened = opened
        self._looked: set[Part] = set()
        self.parts: tuple[FoundPart, ...] = ()
        # While it is being looked through, the room is kept, so that nothing below it jumps.
        self.setMinimumHeight(_LEAST_ROWS * (_ROW + 1) + _ROW)

    def show_parts(self, parts: Iterable[FoundPart]) -> None:
        """Show these parts."""
        self.parts = tuple(parts)
        self.setMinimumHeight(0)
        self.show_rows([self._row(part) for part in self.parts])

    def note_looked(self, part: Part) -> None:
        """Somebody looked at the part and found nothing to be changed."""
        self._looked.add(part)
        self.show_parts(self.parts)

    def show_places(self, places: Sequence[Outside]) -> None:
        """A place was ticked or added: show that, without looking through everything again."""
        names = (
            labels.joined([M("{place}", place=place.name) for place in places])
            if places
            else M("No places entered yet")
        )
        ticked = sum(place.done_on is not None for place in places)
        self.show_parts(
            replace(part, number=len(places), summary=names, ticked=ticked) if part.part is Part.OUTSIDE else part
            for part in self.parts
        )

    def row_of(self, part: Part) -> Row | None:
        """The row of a part."""
        return next((row for row, one in zip(self.rows, self.parts, strict=True) if one.part is part), None)

    def _row(self, part: FoundPart) -> Row:
        say = self._desk.say
        # Of entries alone, so that the numbers add up to what was found: looks and places are none.
        number = self._desk.words.number(part.number) if part.part in ENTRIES else ""
        look = RowLook(
            lead=_ICONS[part.part],
            cells=[
                Cell(number, figures=True),
                Cell(_begun(say(part.summary)), ink="text2"),
            ],
            trailing=[self._badge(part)],
            chevron=True,
            height=_ROW,
        )
        return Row(say(part.title), "", look, partial(self._opened, part))

    def _badge(self, part: FoundPart) -> Badge:
        if part.ticked is not None:
            return self._badge_of_places(part.ticked, part.number)
        if part.please_look and part.part not in self._looked:
            return Badge(self._desk.say(M("Please look")), Tone.WARNING, dot=True)
        return Badge(self._desk.say(M("Looked at") if part.please_look else M("Ready")), Tone.SUCCESS, dot=True)

    def _badge_of_places(self, ticked: int, places: int) -> Badge:
        if not places:
            return Badge(self._desk.say(M("None entered")), Tone.NEUTRAL, dot=True)
        tone = Tone.SUCCESS if ticked == places else Tone.INFO
        return Badge(self._desk.say(M("{ticked} of {n} ticked", ticked=ticked, n=places)), tone, dot=True)


def _begun(text: str) -> str:
    """A list of things, begun with a capital as a line of its own."""
    return text[:1].upper() + text[1:]


class PartSheet(Sheet):
    """One part, entry by entry, and where another person is named in it."""

    def __init__(self, desk: Desk, person: bytes, part: FoundPart, fine: Callable[[], None]) -> None:
        """`fine` is called when a person looked at those who are named and leaves it as it is."""
        super().__init__(
            desk.window, desk.say(part.title), desk.say(part.summary), icon=_ICONS[part.part], width=_WIDTH
        )
        self._desk = desk
        self._person = person
        for named in part.named:
            self.body.addWidget(self._named(named))
        if part.part is Part.GENERAL:
            self.body.addWidget(Facts([Fact(desk.say(what), desk.say(said)) for what, said in GENERAL]))
        else:
            desk.courier.ask(self, lambda: part_entries(desk.office, person, part.part), self._show)
        self._add_foot(part.please_look, fine)

    def _add_foot(self, please_look: bool, fine: Callable[[], None]) -> None:
        close = Button(self._desk.say(M("Close")))
        close.clicked.connect(self.close)
        buttons = [close]
        if please_look:
            stays = Button(self._desk.say(M("I looked: it can stay so")), kind=Kind.PRIMARY)
            stays.clicked.connect(lambda _on: fine())
            stays.clicked.connect(self.close)
            buttons.append(stays)
        self.footer("", *buttons)

    def _named(self, named: NamesAnother) -> Banner:
        change = Button(self._desk.say(M("Open the contact and change it")), kind=Kind.LINK)
        change.clicked.connect(self.close)
        change.clicked.connect(lambda: self._desk.go("contacts", person=self._person))
        name = self._desk.say(M("{name} is named here:", name=named.other))
        told = self._desk.say(M("What is theirs does not belong into this answer."))
        return Banner(
            f"{name} {self._desk.say(M('“{text}”', text=named.text))} {told}",
            Tone.WARNING,
            actions=[change],
            strong=[name],
        )

    def _show(self, sections: Sequence[HeldSection]) -> None:
        if not sections:
            self.body.addWidget(label(self._desk.say(M("Nothing is held here.")), ink="text2"))
        for section in sections:
            self.body.addWidget(label(self._desk.say(section.title), Type.CARD))
            for entry in section.entries[:_MOST]:
                self.body.addWidget(EntryBox(self._desk, entry))
            more = len(section.entries) - _MOST
            if more > 0:
                told = M("{n} more stands in the answer.", "{n} more stand in the answer.", n=more)
                self.body.addWidget(label(self._desk.say(told), Type.SMALL, "text2"))
        self.fit()


class EntryBox(Panel):
    """One stored entry with all its values."""

    def __init__(self, desk: Desk, entry: HeldEntry) -> None:
        super().__init__("sunken", "line", RADIUS_ROW)
        grid = QGridLayout(self)
        grid.setContentsMargins(14, 10, 14, 10)
        grid.setVerticalSpacing(3)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(1, 1)
        for at, (name, value) in enumerate((*entry.facts, *_where_from(desk, entry))):
            small = label(desk.say(name), Type.SMALL, "text3", wrap=True)
            small.setFixedWidth(_NAMES)
            grid.addWidget(small, at, 0)
            grid.addWidget(label(value, Type.SMALL, wrap=True, selectable=True), at, 1)


def _where_from(desk: Desk, entry: HeldEntry) -> list[tuple[M, str]]:
    value = desk.words.value
    told = ((M("Where from"), entry.source), (M("Since"), entry.since), (M("Keep until"), entry.until))
    return [(name, value(what)) for name, what in told if what]
