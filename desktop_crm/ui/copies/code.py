"""Nine fields for the recovery sheet: on to the next when one is full, and a whole sheet may be pasted into any."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.services.starting import GROUPS, Group, read_groups, spread
from desktop_crm.ui.welcome.group_field import GroupField, as_on_sheet
from desktop_crm.words import M

_MARKS = {Group.FINE: "right", Group.SLIP: "wrong", Group.FOREIGN: "wrong", Group.LONG: "wrong", Group.SHORT: "wrong"}


class CodeFields(QWidget):
    """The groups as they are typed; marked as far as they can be judged from the paper alone."""

    edited = Signal()

    def __init__(self, say: Callable[[M], str]) -> None:
        super().__init__()
        self._say = say
        self.fields = [self._made_field(place) for place in range(1, GROUPS + 1)]
        self.setLayout(as_on_sheet(self.fields))

    def code(self) -> str | None:
        """What was typed; None while a group is not complete, which then has the keyboard."""
        typed = read_groups([field.text() for field in self.fields])
        for field, state in zip(self.fields, typed.groups, strict=True):
            field.mark(_MARKS.get(state, ""))
        for field, state in zip(self.fields, typed.groups, strict=True):
            if state not in (Group.FINE, Group.SLIP):
                field.mark("wrong")
                field.take_focus()
                return None
        return " ".join(field.text() for field in self.fields)

    def mark_wrong(self, place: int) -> None:
        """One group turned out not to fit the real key."""
        for at, field in enumerate(self.fields, 1):
            field.mark("wrong" if at == place else "right")
        self.fields[place - 1].take_focus()

    def _made_field(self, place: int) -> GroupField:
        named = M("Check group") if place == GROUPS else M("Group {number}", number=place)
        field = GroupField(self._say(named))
        field.full.connect(lambda: self._filled(place))
        field.brimmed.connect(self._brimmed)
        field.line.textEdited.connect(lambda _text: self.edited.emit())
        return field

    def _filled(self, place: int) -> None:
        if place < GROUPS:
            self.fields[place].line.setFocus(Qt.FocusReason.TabFocusReason)

    def _brimmed(self, text: str) -> None:
        groups = spread(text)
        if groups is not None:
            for field, group in zip(self.fields, groups, strict=True):
                field.set_text(group)
                field.mark("right")
