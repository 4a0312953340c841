"""What the pages outside the customer file work with: setting up, unlocking, recovering."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from desktop_crm.host.clock import Clock
from desktop_crm.host.paths import default_data_dir
from desktop_crm.services.office import Office
from desktop_crm.services.starting import OpeningState, Pause
from desktop_crm.ui.chosen import Chosen
from desktop_crm.ui.courier import Courier, Failed
from desktop_crm.ui.frame.problems import Way
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M, Problem, Words

_HOUR_MS = 3_600_000


class Door(Protocol):
    """The way in, kept by the session."""

    def enter(self, work: Callable[[], Office], failed: Failed | None = None) -> None:
        """Open the file with `work` on a worker thread and show it; a Problem goes to `failed`."""

    def come_in(self, office: Office, screen: str = "", **where: object) -> None:
        """Show a file that is open already, at a place in it."""

    def look_again(self) -> None:
        """Look anew what lies in the folder, and show the page that belongs to it."""

    def use_folder(self, folder: VaultFolder) -> None:
        """The customer file lies there from now on. `look_again` shows the page that belongs to it."""

    def lock(self) -> None:
        """Close the file, whatever is being done with it, and show the page that belongs to it."""

    def show_problem(
        self, problem: Problem, retry: Callable[[], None] | None = None, *, other: Way | None = None
    ) -> None:
        """Show a problem in the one place for problems."""


class Doorstep(QObject):
    """Where a person stands before the file is open. Made anew with each page."""

    told = Signal()
    """After locking: the file is closed now, and `state` and `due` are known. Again when a new day changes `due`."""

    def __init__(
        self,
        page_of: QWidget,
        door: Door,
        folder: VaultFolder,
        clock: Clock,
        courier: Courier,
        chosen: Chosen,
        words: Words,
        pause: Pause,
    ) -> None:
        """`page_of` is the widget the page will lie in; sheets open over it."""
        super().__init__(page_of)
        self.window = page_of
        self.folder = folder
        self.clock = clock
        self.courier = courier
        self.chosen = chosen
        self.words = words
        self.pause = pause
        self.state: OpeningState | None = None
        """What was found in the folder; None just after locking, while the file is still being closed."""
        self.office: Office | None = None
        """A file that is open already: the welcome goes on setting it up, or a second factor is set up first."""
        self.enrolling = False
        """Whether a second factor is set up here, and still while the spare codes are shown: until the list is."""
        self.shop = ""
        """The shop's name, where it is known because the file was open a moment ago."""
        self.due: tuple[M, ...] = ()
        """What is due next, in numbers and without names."""
        self._door = door
        self._said: Callable[[], tuple[M, ...]] = tuple
        self._hourly = QTimer(self)
        self._hourly.setInterval(_HOUR_MS)
        self._hourly.timeout.connect(self._look_at_day)

    def learn(self, state: OpeningState, due: Callable[[], tuple[M, ...]]) -> None:
        """The file is closed: what lies there now, and what is due, which is asked for again as days go by."""
        self.state, self._said, self.due = state, due, due()
        self._hourly.start()
        self.told.emit()

    def _look_at_day(self) -> None:
        if self.due != self._said():
            self.due = self._said()
            self.told.emit()

    def say(self, message: M) -> str:
        """The message in the language chosen for the window."""
        return self.words.say(message)

    def problem(self, problem: Problem, retry: Callable[[], None] | None = None, *, other: Way | None = None) -> None:
        """Show a problem in the one place for problems; `other` is a way on that helps sooner than trying again."""
        self._door.show_problem(problem, retry, other=other)

    def enter(self, work: Callable[[], Office], failed: Failed | None = None) -> None:
        """Open the file with `work` on a worker thread and show it; a Problem goes to `failed`."""
        self._door.enter(work, failed)

    def come_in(self, office: Office, screen: str = "", **where: object) -> None:
        """Show a file that is open already, at a place in it."""
        self._door.come_in(office, screen, **where)

    def look_again(self) -> None:
        """Look anew what lies in the folder, and show the page that belongs to it."""
        self._door.look_again()

    def lock(self) -> None:
        """Close the file, and begin anew."""
        self._door.lock()

    def use_folder(self, folder: VaultFolder) -> None:
        """The customer file lies there from now on, also at the next start. Nothing is shown anew yet."""
        self.folder = folder
        usual = folder.path == default_data_dir()
        self.chosen.remember(folder="" if usual else str(folder.path))
        self._door.use_folder(folder)
