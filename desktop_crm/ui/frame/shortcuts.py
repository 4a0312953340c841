"""The page of keyboard shortcuts, made from the declared actions."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop_crm.privacy.rights import EVERYTHING, Rights
from desktop_crm.ui.actions import Group, in_group, key_text
from desktop_crm.ui.frame.window import HAS_ALT
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M, Words

_WIDTH = 640


def typed_actions(words: Words, rights: Rights = EVERYTHING) -> list[tuple[str, list[tuple[str, str]]]]:
    """Each group with what a role can type in it: label and shortcut; and how buttons are pressed."""
    made = []
    for group in Group:
        lines = [(words.say(action.label), key_text(action.keys, words)) for action in in_group(group, rights)]
        typed = [(text, keys) for text, keys in lines if keys]
        if typed:
            made.append((words.say(group.value), typed))
    if HAS_ALT:
        letters = words.say(M("Press the button that bears the letter; hold Alt to see the letters"))
        made.append((words.say(M("Buttons")), [(letters, words.say(M("Alt and the letter")))]))
    return made


class ShortcutSheet(Sheet):
    """Shows what can be typed."""

    def __init__(self, window: QWidget, words: Words, rights: Rights = EVERYTHING) -> None:
        super().__init__(
            window,
            words.say(M("Keyboard shortcuts")),
            words.say(M("Everything can be done without a mouse. Tab goes on, Esc goes back.")),
            width=_WIDTH,
        )
        inside = QWidget()
        grid = QGridLayout(inside)
        grid.setContentsMargins(0, 0, 12, 0)
        grid.setVerticalSpacing(8)
        grid.setColumnStretch(0, 1)
        for head, lines in typed_actions(words, rights):
            self._add(grid, head, lines)
        self.body.addWidget(inside)
        close = Button(words.say(M("Close")), kind=Kind.PRIMARY)
        close.clicked.connect(self.close)
        self.footer("", close)

    def _add(self, grid: QGridLayout, head: str, lines: list[tuple[str, str]]) -> None:
        row = grid.rowCount()
        grid.setRowMinimumHeight(row, 28)
        grid.addWidget(label(head, Type.GROUP, "text2"), row, 0, 1, 2, Qt.AlignmentFlag.AlignBottom)
        for at, (text, keys) in enumerate(lines, row + 1):
            grid.addWidget(label(text, wrap=True), at, 0)
            grid.addWidget(label(keys, Type.BADGE, "text2"), at, 1, Qt.AlignmentFlag.AlignRight)
