"""What every screen works with while the customer file is open."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.host.keystore import KeyStore
from desktop_crm.privacy.rights import Right
from desktop_crm.services.office import Office
from desktop_crm.ui import files
from desktop_crm.ui.chosen import Chosen
from desktop_crm.ui.courier import Courier, Progress
from desktop_crm.ui.permits import may
from desktop_crm.ui.widgets.button import Painted
from desktop_crm.ui.widgets.sheet import Overlay
from desktop_crm.words import M, Problem, Words

T = TypeVar("T")
B = TypeVar("B", bound=Painted)
_SHEET = "sheet"


class Shell(Protocol):
    """The frame around the screens."""

    def go(self, screen: str, **where: object) -> None:
        """Show a screen of SCREENS; `where` is handed to its `show_at`."""

    def do(self, key: str) -> None:
        """Do one of ACTIONS, as if it was chosen in a menu."""

    def toast(
        self,
        text: str,
        *,
        act: str = "",
        then: Callable[[], None] | None = None,
        undo: Callable[[], None] | None = None,
    ) -> None:
        """Say something in passing for ten seconds; `act` names a button, `then` is what it does.

        Or `undo` takes back what was just done: by *Undo*, and by Ctrl+Z also once the words are gone.
        """

    def problem(
        self,
        problem: Problem,
        retry: Callable[[], None] | None = None,
        *,
        typed: str = "",
        other: tuple[M, Callable[[], None]] | None = None,
    ) -> None:
        """Show a problem in the one place for problems; `retry` gives it a *Try again*, `typed` a way to copy that.

        `other` is what a further button says and does: a way on that helps sooner than trying the same again.
        """

    def change_places(self, keystore: KeyStore | None) -> None:
        """Close the customer file, let the one made ready beside take its place, and open that."""


class Desk(QObject):
    """The open customer file, the courier to it, and what the frame does for its screens. Made anew at each unlock."""

    changed = Signal(object)
    """The record classes that a committed write touched, as a frozenset; always arrives on the GUI thread."""
    handed = Signal(object)
    """The screen is handed to a customer: this HandOver takes the place of everything else."""

    def __init__(
        self,
        office: Office,
        courier: Courier,
        words: Words,
        window: QWidget,
        shell: Shell,
        chosen: Chosen | None = None,
    ) -> None:
        """`chosen` is what this account chose for the window; without it, as it was last kept."""
        super().__init__(window)
        self.chosen = chosen or Chosen(parent=self)
        self.office = office
        self.courier = courier
        self.words = words
        self.window = window
        # What the frame does for screens is said in Shell, once.
        self.go, self.do, self.change_places = shell.go, shell.do, shell.change_places
        self.toast, self.problem = shell.toast, shell.problem
        self.rest = office.listen(self.changed.emit)
        """Hear of no more writes. Done by itself when the desk is destroyed."""
        self.destroyed.connect(self.rest)

    def say(self, message: M) -> str:
        """The message in the language of the person at the desk."""
        return self.words.say(message)

    def may(self, *wanted: Right) -> bool:
        """Whether whoever works here may do all of this. What they may not do is absent."""
        return may(self.office.who.rights, *wanted)

    def only(self, button: B, *wanted: Right) -> B:
        """A button for those alone who may do all of this; for others it is never shown."""
        if not self.may(*wanted):
            button.withhold()
        return button

    def open_sheet(self, work: Callable[[], T], make: Callable[[T], Overlay], *, once: object = None) -> None:
        """Look up what a sheet needs, then open it.

        Of all that were asked for the newest opens: a button pressed twice opens one sheet, never two that say
        different things about the same. `once` as the courier's, where the work writes something.
        """
        self.courier.ask(self.window, work, lambda found: make(found).open(), newest=_SHEET, once=once)

    def open_sheet_after(self, title: str, work: Callable[[Progress], T], make: Callable[[T], Overlay]) -> None:
        """The same where looking it up takes long: `title` says what is being done, and it can be cancelled."""
        self.courier.run(self.window, title, work, lambda found: make(found).open(), newest=_SHEET)

    def choose_file(self, title: str, patterns: str) -> Path | None:
        """Let a person choose a file to read; `patterns` as Qt writes them, `Lists (*.csv *.xlsx)`."""
        return files.choose_file(self.window, title, patterns)

    def choose_folder(self, title: str, start: Path | None = None) -> Path | None:
        """Let a person choose a folder."""
        return files.choose_folder(self.window, title, start)

    def save_file(self, title: str, name: str) -> Path | None:
        """Let a person say where to save a file; `name` is proposed and holds no customer's name."""
        return files.save_file(self.window, title, name)
