"""The file cannot be opened now: what happened, what is safe, and what to do."""

from __future__ import annotations

from pathlib import Path

from shiboken6 import isValid

from desktop_crm.ui import files
from desktop_crm.ui.copies.back import bring_back_at_door
from desktop_crm.ui.doorstep import Doorstep
from desktop_crm.ui.frame.problems import sentences
from desktop_crm.ui.locked.ground import DoorCard
from desktop_crm.ui.look.tokens import SPACE_4, SPACE_5, SPACE_6, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Mark
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import STRETCH, boxed, column, flow, row
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M, Problem

_WIDE = 660


def missing(folder: Path) -> Problem:
    """The folder in which the file lay is not there, or empty."""
    return Problem(
        M("Your customer file is not in “{folder}” now.", folder=str(folder)),
        safe=M("Nothing has been deleted by this program."),
        todo=M("Plug in the drive it lies on, or choose the folder to which it was moved."),
    )


class ProblemCard(DoorCard):
    """One problem, and the ways on from it; `other` stands in place of closing the program."""

    def __init__(
        self,
        door: Doorstep,
        problem: Problem,
        icon: str,
        tone: Tone,
        other: Button | None = None,
        *,
        with_copy: bool = False,
    ) -> None:
        """`with_copy`: a safety copy helps, so that it can be brought back from here."""
        super().__init__(_WIDE)
        self._door = door
        self.again = Button(door.say(M("Try again")), icon="refresh", kind=Kind.PRIMARY, large=True)
        self.again.clicked.connect(door.look_again)
        self.folder = Button(door.say(M("Choose another folder")), icon="folder", large=True)
        self.folder.clicked.connect(self._choose_folder)
        self.leave = Button(door.say(M("Close the program")), kind=Kind.LINK)
        self.leave.clicked.connect(door.window.close)
        self.copy = Button(door.say(M("Bring back a safety copy")), icon="box")
        self.copy.clicked.connect(lambda _on: bring_back_at_door(door))
        first, *rest = sentences(door.say(problem.what))
        told = " ".join([*rest, *([door.say(problem.safe)] if problem.safe is not None else [])])
        words = column(label(first, Type.PANE, wrap=True), label(told, Type.BODY, "text2", wrap=True), space=6)
        top = row(column(Mark(icon, tone, size=56, square=True), STRETCH), words, space=18)
        top.setStretch(1, 1)
        self.body.addLayout(top)
        if problem.todo is not None:
            self.body.addSpacing(SPACE_5)
            self.body.addWidget(label(door.say(M("What helps")), Type.CARD))
            self.body.addSpacing(SPACE_4 - 12)
            self.body.addWidget(label(door.say(problem.todo), Type.BODY, "text2", wrap=True, selectable=True))
        if with_copy:
            self.body.addSpacing(SPACE_4)
            self.body.addLayout(row(self.copy, STRETCH))
        self.body.addSpacing(SPACE_6)
        self.body.addWidget(flow(other or self.leave, boxed(row(self.folder, self.again)), apart=True))

    def take_focus(self) -> None:
        """Where the keyboard starts."""
        self.again.setFocus()

    def _choose_folder(self) -> None:
        chosen = files.choose_folder(self._door.window, self._door.say(M("Folder of your customer file")))
        if chosen is not None and isValid(self):
            self._door.use_folder(VaultFolder(chosen))
            self._door.look_again()
