"""Brings one person back out of a safety copy: looked for by name, shown first, and nobody who was erased."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QLineEdit

from desktop_crm.records.safety_copy import SafetyCopy
from desktop_crm.services import copies, one_person
from desktop_crm.services.one_person import Entry, Return
from desktop_crm.services.signs import dotted
from desktop_crm.ui.courier import Progress
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_3, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import boxed, clear, column, row
from desktop_crm.ui.widgets.rows import ROW_TWO_LINES, Row, RowList, RowLook
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

_WIDTH = 720


class PersonSheet(Sheet):
    """A search over one safety copy."""

    def __init__(self, desk: Desk, one: SafetyCopy) -> None:
        say = desk.say
        super().__init__(
            desk.window,
            say(M("Bring one person back")),
            say(M("Out of the safety copy of {when}. Whoever you erased since is not in it.", when=one.made_at)),
            icon="users",
            tone=Tone.ACCENT,
            width=_WIDTH,
        )
        self._desk = desk
        self._copy = one
        self.text = Field(say(M("Name, email or phone")))
        self.look = Button(say(M("Look")), icon="search")
        self.look.clicked.connect(lambda _on: self._look())
        if isinstance(self.text.edit, QLineEdit):
            self.text.edit.returnPressed.connect(self._look)
        self.backs: list[Button] = []
        self.choose: list[Button] = []
        self.singles: list[Button] = []
        self._found = column(space=SPACE_3)
        line = row(self.text, column(23, self.look), space=SPACE_3)
        line.setStretch(0, 1)
        self.body.addLayout(line)
        self.body.addLayout(self._found)
        leave = Button(say(M("Close")), kind=Kind.QUIET)
        leave.clicked.connect(self.dismiss)
        self.footer("", leave)

    def _look(self) -> None:
        desk, one, text = self._desk, self._copy, self.text.text().strip()
        if not text:
            self.text.error(desk.say(M("Please type a part of the name.")))
            return
        self.text.error(None)
        desk.courier.run(
            self,
            desk.say(M("Looking through the safety copy")),
            lambda step: one_person.look_in_copy(desk.office, copies.access_of(desk.office, one), text, tell=step),
            self._show,
        )

    def _show(self, found: list[Return]) -> None:
        say = self._desk.say
        clear(self._found)
        self.backs, self.choose, self.singles = [], [], []
        if not found:
            self._found.addWidget(label(say(M("Nobody in this copy is found by these words.")), ink="text2", wrap=True))
        for one in found:
            self._found.addWidget(self._card(one))

    def _card(self, one: Return) -> Card:
        say = self._desk.say
        card = Card()
        parts = [f"{number} {say(what)}" for what, number in one.parts]
        if parts:
            said = say(M("Comes back: {parts}", parts=", ".join(parts)))
        elif one.other:
            said = say(M("Everything is here, and some of it is other than then."))
        else:
            said = say(M("Everything is here, just as it was then."))
        texts = column(label(one.name, Type.STRONG, wrap=True), label(said, Type.SMALL, "text2", wrap=True), space=2)
        acts: list[Button] = []
        if parts:
            acts.append(self._act(one, M("Bring back"), also_other=False))
        if one.other:
            acts.append(self._act(one, M("Make all as it was then"), also_other=True))
        if one.is_here and (one.rows or one.other):
            acts.append(self._choosing(one, card))
        line = row(texts, *acts, space=SPACE_3)
        line.setStretch(0, 1)
        card.add(boxed(line))
        return card

    def _choosing(self, one: Return, card: Card) -> Button:
        """Only one of them: the entries are listed once somebody wants that."""
        button = Button(self._desk.say(M("Choose …")), kind=Kind.QUIET)
        button.clicked.connect(lambda _on: self._ask_entries(one, card, button))
        self.choose.append(button)
        return button

    def _ask_entries(self, one: Return, card: Card, button: Button) -> None:
        office = self._desk.office
        button.hide()
        self._desk.courier.ask(
            self, lambda: one_person.entries_in_copy(office, one), lambda entries: self._list(one, card, entries)
        )

    def _list(self, one: Return, card: Card, entries: Sequence[Entry]) -> None:
        rows = RowList(self._desk.say(M("Entries of {name}", name=one.name)))
        rows.show_rows([self._entry(one, entry) for entry in entries])
        card.add(rows)
        self.fit()

    def _entry(self, one: Return, entry: Entry) -> Row:
        say = self._desk.say
        text = say(dotted(entry.values) or entry.kind)
        said = M("{kind}, other than then", kind=entry.kind) if entry.is_here else entry.kind
        back = Button(say(M("Bring back")), icon="undo", name=say(M("Bring back: {entry}", entry=text)))
        back.clicked.connect(lambda _on: self._bring_back(one, only=(entry.key,)))
        self.singles.append(back)
        return Row(text, say(said), RowLook(trailing=[back], height=ROW_TWO_LINES))

    def _act(self, one: Return, said: M, *, also_other: bool) -> Button:
        button = Button(self._desk.say(said), icon="undo")
        button.clicked.connect(lambda _on: self._bring_back(one, also_other=also_other))
        self.backs.append(button)
        return button

    def _bring_back(self, one: Return, *, also_other: bool = False, only: tuple[bytes, ...] | None = None) -> None:
        desk, of = self._desk, self._copy

        def work(step: Progress) -> Return:
            access = copies.access_of(desk.office, of)
            back = one_person.bring_back_person
            return back(desk.office, access, one.person, also_other=also_other, only=only, tell=step)

        desk.courier.run(self, desk.say(M("Bringing back")), work, self._done)

    def _done(self, one: Return) -> None:
        desk = self._desk
        self.close()
        look = desk.say(M("Look"))
        desk.toast(desk.say(M("Brought back.")), act=look, then=lambda: desk.go("contacts", person=one.person))
