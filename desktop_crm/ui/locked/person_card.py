"""One person signs in: their password and, where they have one, the code from their telephone."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from desktop_crm.services import staff_sign_in
from desktop_crm.services.office import Office
from desktop_crm.services.passwords import WrongCode
from desktop_crm.services.staff_sign_in import NeedsCode
from desktop_crm.services.starting import OpeningState
from desktop_crm.ui.doorstep import Doorstep
from desktop_crm.ui.locked.open_card import PasswordCard, put_beside
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.avatar import Avatar
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import Elided, label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.vault.staff import Tile
from desktop_crm.words import M, Problem

_AVATAR, _LONGEST = 44, 16


class PersonCard(PasswordCard):
    """As with the one password, for somebody by name. The code is asked for only once the password was right."""

    def __init__(self, door: Doorstep, state: OpeningState, tile: Tile) -> None:
        self.tile = tile
        self.code = Field(
            door.say(M("Code from your telephone")),
            hint=door.say(M("The six digits in your app, or one of your spare codes.")),
            mono=True,
            large=True,
        )
        self.enter_code = Button(door.say(M("Open")), kind=Kind.PRIMARY, large=True)
        super().__init__(door, state)
        self.enter_code.clicked.connect(self._open)

    def take_focus(self) -> None:
        (self.code if self._asks_code else self.password).take_focus()

    @property
    def _asks_code(self) -> bool:
        return not self.code.isHidden()

    def _made_head(self) -> QHBoxLayout:
        told = label(self._door.say(M("Locked.")), Type.BODY, "text2")
        words = column(Elided(self.tile.name, Type.PANE), told, space=0)
        both = row(Avatar(self.tile.name, _AVATAR), words, space=14)
        both.setStretch(1, 1)
        return both

    def _lay_out(self) -> None:
        super()._lay_out()
        self.body.insertWidget(self.body.indexOf(self.password) + 1, self.code)
        put_beside(self.code, self.enter_code)
        if isinstance(self.code.edit, QLineEdit):
            self.code.edit.setMaxLength(_LONGEST)
        self.code.hide()

    def _open(self) -> None:
        if self._asks_code and not self.code.text():
            self.code.error(self._door.say(M("Please type the code.")))
            self.take_focus()
        else:
            super()._open()

    def _opening(self, typed: str) -> Callable[[], Office]:
        folder, clock, store, number = self._door.folder, self._door.clock, self._state.store, self.tile.number
        code = self.code.text() if self._asks_code else None
        return lambda: staff_sign_in.open_as(folder, number, typed, code, clock=clock, keystore=store)

    def _failed(self, problem: Problem) -> bool:
        if isinstance(problem, NeedsCode):
            self.ask_code(True)
            return True
        if isinstance(problem, WrongCode) and not problem.pause:
            self._set_open_to_type(True)
            self.code.error(self._door.say(problem.what))
            self.code.edit.selectAll()
            self.take_focus()
            return True
        self.ask_code(False)
        return super()._failed(problem)

    def ask_code(self, asked: bool) -> None:
        """The second question takes the place of the first, whose answer stays as it was typed."""
        self._set_open_to_type(True)
        self.code.set_text("")
        self.code.error(None)
        self.password.error(None)
        self.code.setVisible(asked)
        self.password.setVisible(not asked)
        self.take_focus()

    def _set_open_to_type(self, free: bool) -> None:
        super()._set_open_to_type(free)
        self.code.setEnabled(free)
        self.enter_code.setEnabled(free)
