"""Everything that is stored about a person, kind by kind, as a copy of their data has it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from desktop_crm.services import record_page
from desktop_crm.services.record_page import HeldEntry, HeldSection
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import CARD_GAP, SPACE_3, SPACE_4
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, clear, row
from desktop_crm.words import M

_AT_ONCE = 5
"""Entries of a kind that are shown before somebody asks for more: each has many values."""
_NAMES = 180


class HeldTab(QWidget):
    """Asks for everything when it is looked at; that look stands in the activity log."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._person: bytes | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(CARD_GAP)

    def forget(self) -> None:
        """Somebody else's page is open, or something was changed: what is shown here is old."""
        self._person = None

    def show_person(self, person: bytes) -> None:
        """Show everything of this person, unless it is here already."""
        if person != self._person:
            self._person = person
            self._desk.courier.ask(
                self,
                lambda: record_page.what_we_hold(self._desk.office, person),
                self._show,
                newest="held",
            )

    def clear(self) -> None:
        """Show nothing, until something else comes."""
        clear(self._column)

    def _show(self, sections: Sequence[HeldSection]) -> None:
        self.clear()
        for section in sections:
            if section.entries:
                self._column.addWidget(_SectionCard(self._desk, section))
        self._column.addStretch(1)


class _SectionCard(Card):
    """One kind of entries. The first ones are shown, more on asking."""

    def __init__(self, desk: Desk, section: HeldSection) -> None:
        number = label(desk.words.number(len(section.entries)), Type.SMALL, "text3")
        super().__init__(desk.say(section.title), action=number)
        self._desk = desk
        self._left = list(section.entries)
        self._more = Button("", kind=Kind.LINK)
        self._more.clicked.connect(self._go_on)
        self._entries = QVBoxLayout()
        self._entries.setSpacing(SPACE_4)
        self.add(self._entries)
        self.add(row(self._more, STRETCH))
        self._go_on()

    def _go_on(self) -> None:
        shown, self._left = self._left[:_AT_ONCE], self._left[_AT_ONCE:]
        for entry in shown:
            self._entries.addWidget(_EntryView(self._desk, entry))
        left = M("Show {n} more entry", "Show {n} more entries", n=len(self._left))
        self._more.setText(self._desk.say(left))
        self._more.setVisible(bool(self._left))


class _EntryView(QWidget):
    """All values of an entry, and below where it comes from and how long it stays."""

    def __init__(self, desk: Desk, entry: HeldEntry) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(SPACE_3)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for at, (name, value) in enumerate(entry.facts):
            what = label(desk.say(name), Type.SMALL, "text3", wrap=True)
            what.setFixedWidth(_NAMES)
            told = label(value, Type.SMALL, wrap=True, selectable=True)
            for part in (what, told):
                part.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
            grid.addWidget(what, at, 0)
            grid.addWidget(told, at, 1)
        below = " · ".join(_origin(desk, entry))
        if below:
            origin = label(below, Type.HINT, "text3", wrap=True)
            origin.setContentsMargins(0, 4, 0, 0)
            grid.addWidget(origin, len(entry.facts), 0, 1, 2)


def _origin(desk: Desk, entry: HeldEntry) -> list[str]:
    source = desk.say(entry.source) if isinstance(entry.source, M) else entry.source
    parts = [source or ""]
    if entry.since is not None:
        parts.append(desk.say(M("since {day}", day=entry.since)))
    if entry.until is not None:
        parts.append(desk.say(M("kept until {day}", day=entry.until)))
    return [part for part in parts if part]
