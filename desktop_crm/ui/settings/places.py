"""Places outside this program: they are ticked off when somebody asks for a copy or wants to be erased."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from desktop_crm.records.place import Place
from desktop_crm.services import outside
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_3, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.settings.pane import Pane
from desktop_crm.ui.settings.shop import Kept
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card, Mark
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import boxed, clear, column, row
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M, Problem


class PlacesPane(Pane):
    """A name is changed where it stands; a new one is added below."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            M("Places outside this program"),
            M("Order book, mailbox, newsletter tool: no program can empty them, so you are reminded of them."),
        )
        self.names: dict[bytes, Kept] = {}
        self.removes: dict[bytes, Button] = {}
        self._card = Card()
        self._list = column(space=SPACE_3)
        self._card.add(self._list)
        self.new = Field(self.say(M("Another place")), hint=self.say(M("Such as order book or mailbox")))
        if isinstance(self.new.edit, QLineEdit):
            self.new.edit.returnPressed.connect(self._add)
        self.add_button = Button(self.say(M("Add")), icon="plus")
        self.add_button.clicked.connect(lambda _on: self._add())
        self.add(self._card)
        self.add(self._new_card())
        self.end()

    def come(self) -> None:
        self.ask(lambda: outside.places(self.desk.office), self._show)

    def _new_card(self) -> Card:
        card = Card()
        line = row(self.new, column(23, self.add_button), space=SPACE_3)
        line.setStretch(0, 1)
        card.add(line)
        return card

    def _show(self, places: list[Place]) -> None:
        typed = {key: field.unsaved for key, field in self.names.items()}
        held = next((key for key, field in self.names.items() if field.edit.hasFocus()), b"")
        for field in self.names.values():
            field.blockSignals(True)  # nobody leaves it: what is half typed is not to be kept
        clear(self._list)
        self.names, self.removes = {}, {}
        for place in places:
            self._list.addWidget(boxed(self._line(place)))
            if (text := typed.get(place.id)) is not None:
                self.names[place.id].set_text(text)
        if held in self.names:
            self.names[held].take_focus()
        if not places:
            nothing = M("None so far. Whatever is listed here is asked for at every copy and every erasure.")
            self._list.addWidget(label(self.say(nothing), Type.BODY, "text2", wrap=True))

    def _line(self, place: Place) -> QHBoxLayout:
        field = Kept("")
        field.edit.setAccessibleName(self.say(M("Name of the place: {name}", name=place.name)))
        field.show_stored(place.name)
        field.kept.connect(partial(self._rename, place))
        remove = Button(icon="trash", kind=Kind.ICON, name=self.say(M("Take {name} off the list", name=place.name)))
        remove.clicked.connect(lambda _on: RemovePlace(self, place).open())
        self.names[place.id], self.removes[place.id] = field, remove
        line = row(Mark("folder", size=18), field, remove, space=SPACE_3)
        line.setStretch(1, 1)
        return line

    def _rename(self, place: Place, name: str) -> None:
        office = self.desk.office
        self.change(
            lambda: outside.rename_place(office, place.id, name),
            lambda: outside.rename_place(office, place.id, place.name),
            M("The place has another name now."),
            failed=partial(self.names[place.id].not_kept, self.desk),
        )

    def _add(self) -> None:
        office, name = self.desk.office, self.new.text()
        self.desk.courier.ask(self, lambda: outside.add_place(office, name), self._added, failed=self._refused)

    def _added(self, key: bytes) -> None:
        self.new.set_text("")
        self.new.take_focus()
        office = self.desk.office

        def undo() -> None:
            self.desk.courier.ask(self, lambda: outside.remove_place(office, key), lambda _: self.come())

        self.come()
        self.desk.toast(self.say(M("The place is on the list.")), undo=undo)

    def _refused(self, problem: Problem) -> bool:
        """What was typed stays, with what is wrong below it."""
        self.new.error(self.say(problem.what))
        self.new.take_focus()
        return True


class RemovePlace(Sheet):
    """Cannot be taken back, as the ticks made for it go too; so it is asked."""

    def __init__(self, pane: PlacesPane, place: Place) -> None:
        desk = pane.desk
        super().__init__(
            desk.window,
            desk.say(M("Take {name} off the list?", name=place.name)),
            desk.say(M("Nobody is reminded of it any more, and the ticks made for it go too.")),
            icon="trash",
            tone=Tone.WARNING,
            width=520,
        )
        keep = Button(desk.say(M("Keep it")), kind=Kind.QUIET)
        keep.clicked.connect(self.dismiss)
        self.remove = Button(desk.say(M("Take it off")), kind=Kind.DANGER)
        self.remove.clicked.connect(lambda _on: self._remove(pane, place.id))
        self.footer("", keep, self.remove)

    def _remove(self, pane: PlacesPane, key: bytes) -> None:
        office = pane.desk.office
        self.close()
        pane.desk.courier.ask(pane, lambda: outside.remove_place(office, key), lambda _: pane.come())
