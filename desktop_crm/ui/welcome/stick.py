"""Saves the recovery sheet on a drive that can be unplugged, and on no other."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.host.drives import Drive, removable_drives
from desktop_crm.services.office import Office
from desktop_crm.services.recovery_sheet import Sheet, save_sheet
from desktop_crm.ui.courier import Courier
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.card import Card, Mark
from desktop_crm.ui.widgets.label import Elided, label
from desktop_crm.ui.widgets.layout import boxed, row
from desktop_crm.words import M, Problem, Words


class Around(Protocol):
    """What a part needs of the page it stands on, before and after the file is open."""

    window: QWidget
    courier: Courier
    words: Words

    def say(self, message: M) -> str:
        """The message in the language of the window."""

    def problem(self, problem: Problem) -> None:
        """Show a problem in the one place for problems."""


class Stick(Card):
    """The drives that are plugged in, each with a button; where there is none, why not."""

    saved = Signal()

    def __init__(self, around: Around, office: Office, sheet: Sheet) -> None:
        super().__init__(around.say(M("Save on a USB stick")))
        self._around = around
        self._office = office
        self._sheet = sheet
        self.buttons: list[Button] = []

    def look(self) -> None:
        """Look what is plugged in now."""
        self._around.courier.ask(self, removable_drives, self.show_drives, newest="drives")

    def show_drives(self, drives: list[Drive]) -> None:
        """Offer these."""
        self.clear()
        self.buttons = [self._offer(drive) for drive in drives]
        if not drives:
            none = M(
                "No stick is plugged in. On this computer's own disk the sheet would be lost along with it, so it is "
                "saved only on something that can be unplugged."
            )
            self._add(label(self._say(none), Type.SMALL, "text2", wrap=True), self._again())
        if self.buttons:
            self.buttons[0].setFocus()

    def _offer(self, drive: Drive) -> Button:
        button = Button(self._say(M("Save here")), icon="download")
        button.setAccessibleName(self._say(M("Save on {drive}", drive=drive.label)))
        button.clicked.connect(partial(self._save, drive.path))
        self._add(Elided(drive.label, Type.STRONG), button, icon="usb")
        return button

    def _again(self) -> Button:
        again = Button(self._say(M("Look again")), icon="refresh")
        again.clicked.connect(self.look)
        self.buttons = [again]
        return again

    def _add(self, words: QWidget, button: Button, icon: str = "") -> None:
        line = row(*([Mark(icon, size=18)] if icon else []), words, button, space=12)
        line.setStretchFactor(words, 1)
        self.add(boxed(line))

    def _save(self, drive: Path) -> None:
        office, sheet = self._office, self._sheet
        self._around.courier.ask(self, lambda: save_sheet(office, sheet, drive), self._show_saved)

    def _show_saved(self, path: Path) -> None:
        self.clear()
        said = M(
            "Saved as “{name}”. Open it from the stick for the two groups below; then pull the stick out and keep it "
            "where you keep your passport.",
            name=path.name,
        )
        line = row(Mark("check", size=18, ink="success"), label(self._say(said), wrap=True), space=10)
        line.setStretch(1, 1)
        self.add(boxed(line))
        self.saved.emit()

    def _say(self, message: M) -> str:
        return self._around.say(message)
