"""Pages that show and lead on: keeping times, keyboard shortcuts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout

from desktop_crm.ui.desk import Desk
from desktop_crm.ui.frame.shortcuts import typed_actions
from desktop_crm.ui.look.tokens import SPACE_2, SPACE_3
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.settings.pane import Pane, told
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, row
from desktop_crm.words import M


class KeepingPane(Pane):
    """Keeping times have a page of their own."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, M("Keeping times"), M("How long each kind of entry is kept, and what happens then."))
        self.rules = Button(self.say(M("Look at the rules")), icon="clock")
        self.rules.clicked.connect(lambda _on: desk.go("keeping", tab="rules"))
        self.queue = Button(self.say(M("What waits for your yes")), icon="list")
        self.queue.clicked.connect(lambda _on: desk.go("keeping", tab="queue"))
        card = Card()
        card.add(told("clock", self.say(M("Rules and what is due stand together on the page “Keeping times”."))))
        card.add(SPACE_2)
        card.add(row(self.rules, self.queue, STRETCH, space=SPACE_2))
        self.add(card)
        self.end()


class KeysPane(Pane):
    """Derived from the actions that are declared."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(
            desk,
            M("Keyboard shortcuts"),
            M("Everything can be done without a mouse. Tab goes on, Esc goes back."),
        )
        for head, lines in typed_actions(desk.words, desk.office.who.rights):
            self.add(_group(head, lines))
        self.end()


def _group(head: str, lines: list[tuple[str, str]]) -> Card:
    card = Card(head)
    grid = QGridLayout()
    grid.setVerticalSpacing(SPACE_2)
    grid.setHorizontalSpacing(SPACE_3)
    grid.setColumnStretch(0, 1)
    for at, (text, keys) in enumerate(lines):
        grid.addWidget(label(text, Type.BODY, "text2", wrap=True), at, 0)
        grid.addWidget(label(keys, Type.BADGE), at, 1, Qt.AlignmentFlag.AlignTrailing)
    card.add(grid)
    return card
