"""Look and language, for this computer account."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QButtonGroup, QGridLayout

from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.theme import Mode
from desktop_crm.ui.look.tokens import SPACE_3
from desktop_crm.ui.settings.pane import Pane
from desktop_crm.ui.welcome.language import LOOKS, OWN_NAMES, LookCard
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.choice import ChoiceCard
from desktop_crm.words import LANGUAGES, M, Problem


class LookPane(Pane):
    """A click is enough to see how it is."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk, M("Look and language"), M("For this computer account. Papers are in the language of the shop.")
        )
        self.looks: dict[Mode, ChoiceCard] = {}
        self.languages: dict[str, ChoiceCard] = {}
        self.add(self._looks())
        self.add(self._languages())
        self.end()
        desk.chosen.changed.connect(self.come)

    def come(self) -> None:
        now = self.desk.chosen.now.look or Mode.SYSTEM.value
        for mode, card in self.looks.items():
            card.setChecked(mode.value == now)
        for code, card in self.languages.items():
            card.setChecked(code == self.desk.words.language)

    def _looks(self) -> Card:
        card = Card(self.say(M("Look")))
        grid, group = _grid(), QButtonGroup(card)
        for at, (mode, title, sub, shown) in enumerate(LOOKS):
            made = LookCard(self.say(title), self.say(sub), shown)
            made.clicked.connect(partial(self._choose, "look", mode.value))
            group.addButton(made)
            self.looks[mode] = made
            grid.addWidget(made, at // 2, at % 2)
        card.add(grid)
        return card

    def _languages(self) -> Card:
        card = Card(self.say(M("Language")))
        grid, group = _grid(), QButtonGroup(card)
        for at, code in enumerate(LANGUAGES):
            made = ChoiceCard(OWN_NAMES[code])
            made.clicked.connect(partial(self._choose, "language", code))
            group.addButton(made)
            self.languages[code] = made
            grid.addWidget(made, at // 2, at % 2)
        card.add(grid)
        return card

    def _choose(self, what: str, value: str, _on: bool = False) -> None:
        try:
            self.desk.chosen.change(**{what: value})
        except Problem as problem:
            self.desk.problem(problem)


def _grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setSpacing(SPACE_3)
    grid.setColumnStretch(0, 1)
    grid.setColumnStretch(1, 1)
    return grid
