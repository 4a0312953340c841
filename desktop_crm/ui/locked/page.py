"""The page before a customer file that is not open: which card it shows follows from what was found."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.services.starting import Opening, OpeningState, opening_state
from desktop_crm.ui.doorstep import Doorstep
from desktop_crm.ui.locked.ground import Ground
from desktop_crm.ui.locked.open_card import KeyCard, PasswordCard
from desktop_crm.ui.locked.person_card import PersonCard
from desktop_crm.ui.locked.problem_card import ProblemCard, missing
from desktop_crm.ui.locked.recover_card import RecoverCard, day_of
from desktop_crm.ui.locked.tiles_card import TilesCard
from desktop_crm.ui.look.spoken import speak
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.widgets.layout import clear
from desktop_crm.vault.staff import Tile
from desktop_crm.words import M, Problem, Words

Card = KeyCard | TilesCard | PasswordCard | RecoverCard | ProblemCard

_LOOKS = {
    Opening.IN_USE: ("users", Tone.WARNING),
    Opening.NEWER: ("info", Tone.INFO),
    Opening.DAMAGED: ("alert", Tone.DANGER),
    Opening.CLOSED: ("lock", Tone.WARNING),
}
_WITH_COPY = (Opening.DAMAGED, Opening.NO_FILE, Opening.UNFINISHED)
"""Where a safety copy is what helps."""
_MEGABYTE = 1_000_000
_BY_CHOICE = (Opening.PASSWORD, Opening.PEOPLE)
"""Where there is a way in, and the recovery sheet is another one."""


class Locked(QWidget):
    """Open, recover, or say why not. After locking it waits a moment until the file is closed."""

    def __init__(self, door: Doorstep) -> None:
        super().__init__()
        self.door = door
        self._by_sheet = False
        self._by_password = False
        self._tile: Tile | None = None
        self._all = QVBoxLayout(self)
        self._all.setContentsMargins(0, 0, 0, 0)
        self._shown: OpeningState | None = None
        door.told.connect(self._told)
        self.show_state()

    def show_state(self) -> None:
        """Show what fits the state, in the language of the moment."""
        clear(self._all)
        self._shown = self.door.state
        self.card = self._made_card()
        self.ground = Ground(self.door, self.card, self._foot(), self.door.due)
        self.ground.language_chosen.connect(self._speak)
        self._all.addWidget(self.ground)
        self.card.take_focus()

    def _told(self) -> None:
        """A new day changes what is due; nobody's half-typed password goes for that."""
        if self.door.state is self._shown:
            self.ground.show_due(self.door.due)
        else:
            self.show_state()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.ActivationChange and self.isActiveWindow():
            self._look_for_people()

    def _look_for_people(self) -> None:
        """Somebody may have been let in, or go, by a command or another account while this page stood here."""
        if self.door.state is not None and self.door.state.page is Opening.PEOPLE:
            look = partial(opening_state, self.door.folder, self.door.clock)
            self.door.courier.ask(self, look, self._found_people, newest="people", failed=lambda _: True)

    def _found_people(self, now: OpeningState) -> None:
        before = self.door.state
        if before is None or now.page is not Opening.PEOPLE or now.tiles == before.tiles:
            return
        self.door.state = self._shown = now
        gone = self._tile is not None and self._tile not in now.tiles
        if gone or isinstance(self.card, TilesCard):
            self._choose(None)

    def _made_card(self) -> Card:
        door, state = self.door, self.door.state
        if state is None or state.page is Opening.READY:
            return KeyCard(door, state)
        if state.page is Opening.PEOPLE and not self._by_sheet:
            return self._made_of_people(state)
        if state.page is Opening.PASSWORD and not self._by_sheet:
            return self._asking(PasswordCard(door, state))
        if state.page in _BY_CHOICE or state.page is Opening.KEY_GONE:
            recover = RecoverCard(door, state, by_choice=state.page in _BY_CHOICE)
            recover.back_wanted.connect(lambda: self._use_sheet(False))
            return recover
        icon, tone = _LOOKS.get(state.page, ("folder", Tone.WARNING))
        problem = state.problem or missing(door.folder.path)
        return ProblemCard(door, problem, icon, tone, with_copy=state.page in _WITH_COPY)

    def _made_of_people(self, state: OpeningState) -> TilesCard | PasswordCard:
        """Somebody's own password, once it is known who wants to come in; where there is one person, at once."""
        tile = self._tile
        if tile is None and len(state.tiles) == 1 and not state.shared:
            tile = state.tiles[0]
        if tile is not None and not self._by_password:
            card = PersonCard(self.door, state, tile)
            card.others_wanted.connect(self._go_back)
            return self._asking(card)
        if self._by_password:
            shared = PasswordCard(self.door, state)
            shared.others_wanted.connect(lambda: self._choose(None))
            return self._asking(shared)
        tiles = TilesCard(self.door, state)
        tiles.chosen.connect(self._choose)
        tiles.shared_wanted.connect(lambda: self._choose(None, by_password=True))
        tiles.sheet_wanted.connect(lambda: self._use_sheet(True))
        return tiles

    def _asking(self, card: PasswordCard) -> PasswordCard:
        card.sheet_wanted.connect(lambda: self._use_sheet(True))
        card.damaged.connect(self._show_damaged)
        return card

    def _choose(self, tile: Tile | None, *, by_password: bool = False) -> None:
        self._tile, self._by_password = tile, by_password
        self.show_state()

    def _go_back(self) -> None:
        self._choose(None)
        self._look_for_people()

    def _use_sheet(self, by_sheet: bool) -> None:
        self._by_sheet = by_sheet
        self.show_state()

    def _show_damaged(self, problem: Problem) -> None:
        """The password was right, and the file is broken."""
        if self.door.state is not None:
            self.door.state = replace(self.door.state, page=Opening.DAMAGED, problem=problem)
            self.show_state()

    def _foot(self) -> tuple[str, str]:
        state = self.door.state
        if state is None or state.page in (Opening.READY, *_BY_CHOICE):
            return "shield", self.door.say(M("Encrypted. No customer data on this page."))
        return "folder", self._facts(state)

    def _facts(self, state: OpeningState) -> str:
        """Where the file is, how large, and since when it is as it is."""
        folder, say = str(self.door.folder.path), self.door.say
        if state.changed_at is None:
            return folder
        size = max(1, round(state.size / _MEGABYTE))
        told = M(
            "{folder} · {size} MB · last changed on {when}", folder=folder, size=size, when=day_of(state.changed_at)
        )
        return say(told)

    def _speak(self, language: str) -> None:
        self.door.chosen.change(language=language)
        self.door.words = Words(language, self.door.words.zone)
        speak(self.door.words)
        self.show_state()
