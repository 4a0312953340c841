"""The window on a stage: a customer file of invented people, a clock that stands still, and patience."""

from __future__ import annotations

import contextlib
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from desktop_crm.host.clock import FixedClock
from desktop_crm.services import sample, setup
from desktop_crm.services.office import Office
from desktop_crm.services.shop import Shop
from desktop_crm.ui.chosen import Chosen
from desktop_crm.ui.courier import Courier
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.frame.shell import OpenDesk
from desktop_crm.ui.look.spoken import speak
from desktop_crm.ui.look.theme import Mode, Theme
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M, Words
from installers.bench.keys import KeysInMemory

MORNING = datetime(2026, 11, 21, 8, 42, tzinfo=UTC)
ZONE = "Europe/Berlin"
USUAL = (1366, 800)
NARROW = (920, 600)
_PATIENCE = 30.0
_MOMENT = 0.001


class Filled(Enum):
    """What the customer file holds."""

    EMPTY = "empty"
    EXAMPLE = "example"


class Stretched(Words):
    """Every sentence two fifths longer, as another language might need it."""

    def say(self, message: M) -> str:
        text = super().say(message)
        more = max(2, len(text) * 2 // 5)
        # As words, not as one: a long sentence in another language can be wrapped too.
        return text + "".join("~" if number % 8 else " " for number in range(1, more + 1)) if text else text


@dataclass(frozen=True)
class Dress:
    """How the window looks in one picture."""

    name: str
    mode: Mode = Mode.LIGHT
    language: str = "en"
    stretched: bool = False
    mirrored: bool = False
    size: tuple[int, int] = USUAL

    @property
    def words(self) -> Words:
        return (Stretched if self.stretched else Words)(self.language, ZONE)


DRESSES = (
    Dress("light"),
    Dress("dark", Mode.DARK),
    Dress("contrast", Mode.CONTRAST),
    Dress("german", language="de"),
    Dress("stretched", stretched=True),
    Dress("mirrored", mirrored=True),
    Dress("narrow", size=NARROW),
)


@dataclass(frozen=True)
class Scene:
    """One state of one screen; `play` brings the stage there."""

    name: str
    play: Callable[[Stage], object]
    filled: Filled = Filled.EXAMPLE
    stage: Callable[[Stage], QWidget] | None = None
    """What stands on the stage instead of the open customer file: a page before it is opened."""


class Stage:
    """A window over one customer file. Scenes move on it by the same ways a person has."""

    def __init__(self, office: Office, folder: VaultFolder, dress: Dress) -> None:
        self.office = office
        self.folder = folder
        self.dress = dress
        self.words = dress.words
        speak(self.words)
        self.clock = office.clock
        self.courier = Courier()
        self.chosen = Chosen(folder.path)
        self.window = QMainWindow()
        self.window.resize(*dress.size)
        # Of the application, as the program itself does it: what is painted by hand asks there.
        QApplication.setLayoutDirection(
            Qt.LayoutDirection.RightToLeft if dress.mirrored else Qt.LayoutDirection.LeftToRight
        )
        self.faults: list[BaseException] = []
        self.courier.bug.connect(self.faults.append)

    @property
    def shell(self) -> OpenDesk:
        """The open desk on the stage."""
        shown = self.window.centralWidget()
        if not isinstance(shown, OpenDesk):
            raise TypeError("no open desk is on the stage")
        return shown

    @property
    def desk(self) -> Desk:
        """What screens work with."""
        return self.shell.desk

    def set(self, widget: QWidget) -> None:
        """Put a widget on the stage and wait until it is filled."""
        self.window.setCentralWidget(widget)
        self.window.show()
        self.settle()

    def go(self, screen: str, **where: object) -> None:
        """Show a screen."""
        self.shell.go(screen, **where)
        self.settle()

    def person(self, name: str) -> bytes:
        """The number of somebody in the example shop, by a part of the name."""
        from desktop_crm.services import contacts

        return contacts.find(self.office, name)[0].id

    def settle(self) -> None:
        """Wait until every question is answered and painted; raises what a worker thread raised."""
        until = time.monotonic() + _PATIENCE
        calm = 0
        while calm < 3 and time.monotonic() < until:
            QApplication.processEvents()
            calm += 1
            if self.courier.waiting:
                calm = 0
                time.sleep(_MOMENT)  # leaves the computer to those who answer
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        if self.faults:
            raise self.faults[0]

    def picture(self) -> QPixmap:
        """What is to be seen now."""
        self.settle()
        return self.window.grab()

    def close(self) -> None:
        """Take everything down; the customer file stays open for the next picture."""
        self.courier.close()
        self.window.close()
        self.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


class CustomerFiles:
    """Customer files for pictures: made once for each filling and language, and copied for each scene."""

    def __init__(self, place: Path) -> None:
        """`place` is a folder that is thrown away by whoever made it."""
        self._place = place
        self._keys = KeysInMemory()
        self._copies = 0

    @contextlib.contextmanager
    def fresh(self, filled: Filled, language: str) -> Iterator[tuple[Office, VaultFolder]]:
        """A file that nobody has changed yet."""
        master = self._place / f"{filled.value}-{language}"
        if not master.exists():
            self._make(VaultFolder(master), filled, language)
        self._copies += 1
        folder = VaultFolder(self._place / f"copy-{self._copies}")
        shutil.copytree(master, folder.path)
        # With keys of its own: they remember how long the log was, and copies go their own ways.
        keys = KeysInMemory(self._keys.as_text())
        office = setup.open_office(folder, clock=FixedClock(MORNING), keystore=keys, passphrase=None)
        try:
            yield office, folder
        finally:
            office.close()
            shutil.rmtree(folder.path)

    def _make(self, folder: VaultFolder, filled: Filled, language: str) -> None:
        shop = Shop(
            name="Blumen Weber",
            country="DE",
            region="SN",
            language=language,
            zone=ZONE,
            begun_on=MORNING.date(),
            street="Lindenplatz 3",
            postal_code="04177",
            city="Leipzig",
            phone="0341 555 0123",
            email="hallo@blumen-weber.example",
            responsible="Anna Weber",
        )
        begun = setup.begin(folder, shop, clock=FixedClock(MORNING), keystore=self._keys, passphrase=None)
        try:
            if filled is Filled.EXAMPLE:
                sample.fill(begun.office)
        finally:
            begun.office.close()


def staged(office: Office, folder: VaultFolder, scene: Scene, dress: Dress, theme: Theme) -> Stage:
    """A stage on which a scene was played; `close` it afterwards."""
    theme.use(dress.mode)
    stage = Stage(office, folder, dress)
    if scene.stage is not None:
        stage.set(scene.stage(stage))
    else:
        stage.set(OpenDesk(office, stage.courier, stage.words, stage.chosen))
    scene.play(stage)
    stage.settle()
    return stage
