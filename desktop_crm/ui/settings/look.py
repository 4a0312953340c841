"""Look and language, for this computer account."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QButtonGroup

from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.theme import Mode
from desktop_crm.ui.look.tokens import SPACE_3
from desktop_crm.ui.settings.pane import Pane
from desktop_crm.ui.welcome.folding import Folding
from desktop_crm.ui.welcome.language import LOOKS, OWN_NAMES, LookCard
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.choice import ChoiceCard
from desktop_crm.words import LANGUAGES, M

_FOLDS_BELOW = 560


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
        card = Card(self.say(M("Appearance")))
        group = QButtonGroup(card)
        for mode, title, sub, shown in LOOKS:
            made = LookCard(self.say(title), self.say(sub), shown)
            made.clicked.connect(partial(self._choose, "look", mode.value))
            group.addButton(made)
            self.looks[mode] = made
        _pairs(card, list(self.looks.values()))
        return card

    def _languages(self) -> Card:
        card = Card(self.say(M("Language")))
        group = QButtonGroup(card)
        for code in LANGUAGES:
            made = ChoiceCard(OWN_NAMES[code])
            made.clicked.connect(partial(self._choose, "language", code))
            group.addButton(made)
            self.languages[code] = made
        _pairs(card, list(self.languages.values()))
        return card

    def _choose(self, what: str, value: str, _on: bool = False) -> None:
        self.desk.chosen.change(**{what: value})


def _pairs(card: Card, choices: Sequence[ChoiceCard]) -> None:
    """Two beside each other, or below each other where there is no room."""
    for at in range(0, len(choices), 2):
        card.add(Folding(*choices[at : at + 2], below=_FOLDS_BELOW, space=SPACE_3))
