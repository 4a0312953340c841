"""Putting labels on people, and taking them off."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_crm.services import entries, listing
from desktop_crm.services.listing import LABEL, ChipCount
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.undo import toast_with_undo
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M


def open_labelling(desk: Desk, people: Sequence[bytes], borne: Sequence[str] = ()) -> None:
    """Let somebody put a label on these people; `borne` are the ones a single person bears already."""

    def made(counts: Sequence[ChipCount]) -> Labelling:
        known = [str(count.text) for count in counts if count.key.startswith(LABEL)]
        return Labelling(desk, people, borne, [name for name in known if name not in borne])

    desk.open_sheet(lambda: listing.chip_counts(desk.office), made)


class Labelling(Sheet):
    """A new label to type, or one of those in use; and for one person the labels to take off."""

    def __init__(self, desk: Desk, people: Sequence[bytes], borne: Sequence[str], known: Sequence[str]) -> None:
        one = len(people) == 1
        subtitle = M("For one person") if one else M("For {n} person", "For {n} people", n=len(people))
        super().__init__(
            desk.window, desk.say(M("Labels")), desk.say(subtitle), icon="tag", tone=Tone.ACCENT, width=520
        )
        self._desk = desk
        self._people = list(people)
        self.name = Field(desk.say(M("New label")), check=self._fault)
        self.body.addWidget(self.name)
        if known:
            self._offer(M("In use: one click puts it on"), known, self._put)
        if borne:
            self._offer(M("Here already: one click takes it off"), borne, self._take_off)
        self.save = Button(desk.say(M("Put it on")), kind=Kind.PRIMARY)
        self.save.clicked.connect(self._save)
        leave = Button(desk.say(M("Cancel")), kind=Kind.QUIET)
        leave.clicked.connect(self.close)
        self.footer("", leave, self.save)
        if isinstance(self.name.edit, QLineEdit):
            self.name.edit.returnPressed.connect(self._save)

    def _offer(self, title: M, names: Sequence[str], then: Callable[[str], None]) -> None:
        said = self._desk.say(title)
        chips = ChipRow([(name, name) for name in names], name=said, single=False)
        chips.changed.connect(then)
        self.body.addWidget(label(said, Type.HINT, "text3"))
        self.body.addWidget(chips)

    def _fault(self, text: str) -> str | None:
        return None if text else self._desk.say(M("Please give the label a name."))

    def _save(self) -> None:
        if self.name.is_right():
            self._put(self.name.text())
        else:
            self.name.take_focus()

    def _put(self, name: str) -> None:
        desk, people = self._desk, self._people
        self._do(lambda: entries.tag(desk.office, people, name), M("Label put on"))

    def _take_off(self, name: str) -> None:
        desk, people = self._desk, self._people
        self._do(lambda: entries.untag(desk.office, people, name), M("Label taken off"))

    def _do(self, work: Callable[[], bytes | None], done: M) -> None:
        desk = self._desk

        def then(change: bytes | None) -> None:
            self.close()
            toast_with_undo(desk, done, change)

        desk.courier.ask(self, work, then)

    def first(self) -> QWidget | None:
        return self.name.edit
