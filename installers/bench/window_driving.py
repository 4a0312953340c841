"""Drives the real window as a person does, and waits for what is painted."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QDeadlineTimer, QEvent, QEventLoop, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from desktop_crm.app.first import First
from desktop_crm.services import starting
from desktop_crm.ui.frame.shell import OpenDesk
from desktop_crm.ui.instance import Claim
from desktop_crm.ui.screens import entries
from desktop_crm.ui.widgets.sheet import Overlay
from installers.bench.keys import KeysInMemory

if TYPE_CHECKING:
    from desktop_crm.app.window import Program
    from desktop_crm.ui.contacts.list_panel import ListPanel
    from desktop_crm.ui.screens.contacts import Contacts

PATIENCE_MS = 120_000
_REST_MS = 300
_READY_MS = 1_500
"""The page of a person is made a second after the first rows, if nobody does anything."""


def begin(first: First, folder: Path, keys: Mapping[str, str]) -> Driving:
    """The program behind the painted window: it begins with the contacts, and finds these keys on the computer."""
    contacts = next(entry for entry in entries.SCREENS if entry.key == "contacts")
    entries.SCREENS = (contacts, *(entry for entry in entries.SCREENS if entry is not contacts))
    store = KeysInMemory(keys)
    setattr(starting, "system_keystore", lambda **_: store)  # noqa: B010 - stands in for the computer's own
    program = first.load(Claim(folder), (), "de")
    program.begin()
    return Driving(first, program)


class Paints(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.number = 0
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 - as Qt has it
        self.number += event.type() == QEvent.Type.Paint
        return False


class Driving:
    """The open window."""

    def __init__(self, first: First, program: Program) -> None:
        self.app = first.app
        self._window = first.window
        self._program = program

    def end(self) -> None:
        """End the program as it ends by itself."""
        self._program.end()

    def until(self, holds: Callable[[], bool]) -> None:
        """Let the window live until something holds."""
        patience = QDeadlineTimer(PATIENCE_MS)
        while not holds():
            if patience.hasExpired():
                raise TimeoutError
            self.app.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)

    def get_ready(self) -> None:
        """Let the window live until it has made what it makes ahead, in the first calm moments.

        What it then says over the page, once for each who works here, is put off as by a person: nobody types below it.
        """
        self.rest(_READY_MS)
        while (over := Overlay.top(self.shell)) is not None:
            over.dismiss()

    def rest(self, calm_ms: int = _REST_MS) -> None:
        """Let the window live until nothing is asked for any more, and a moment longer."""
        over = QDeadlineTimer(calm_ms)
        while not over.hasExpired():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 10)
            time.sleep(0.001)
            if self.shell.desk.courier.waiting:
                over = QDeadlineTimer(calm_ms)

    @property
    def shell(self) -> OpenDesk:
        """The open customer file on the screen."""
        return cast(OpenDesk, self._window.page)

    @property
    def panel(self) -> ListPanel:
        """The list of contacts."""
        return cast("Contacts", self.shell.shown).list

    def wait_for_rows(self, number: int) -> None:
        """Wait until so many people are there and the list is painted."""
        self.until(lambda: isinstance(self._window.page, OpenDesk))
        model, paints = self.panel.model, Paints(self.panel.view.viewport())
        self.until(lambda: model.rowCount() >= number and all(model.row_at(place) for place in range(number)))
        painted = paints.number
        self.until(lambda: paints.number > painted)

    def type(self, letters: str) -> float:
        """Type into the search, key by key, and wait until what it finds is painted. Seconds since the last key."""
        panel = self.panel
        paints = Paints(panel.view.viewport())
        whole: dict[str, int] = {}

        def note() -> None:
            whole[panel.loader.text] = paints.number

        panel.loader.whole.connect(note)
        wanted = panel.search.text() + letters
        started = time.perf_counter()
        for letter in letters:
            started = time.perf_counter()
            press(panel.search, letter)
        self.until(lambda: wanted in whole)
        self.until(lambda: paints.number > whole[wanted] or not panel.model.rowCount())
        taken = time.perf_counter() - started
        paints.deleteLater()
        panel.loader.whole.disconnect(note)
        return taken

    def time_typing(self, words: Sequence[str]) -> list[list[float]]:
        """Milliseconds of each key of these words, and of the bare query for what stands there then."""
        from desktop_crm.privacy.folding import fold
        from installers.bench import bare
        from installers.bench.measure import seconds

        office = self.shell.desk.office
        connection = bare.connect(office.store.database, bytes(office.keys.database_key))
        own, reference = [], []
        for word in words:
            self.panel.search.clear()
            self.rest()
            for text in beginnings(word):
                own.append(self.type(text[-1]) * 1e3)
                reference.append(seconds(partial(bare.type_ahead_list, connection, fold(text))) * 1e3)
        connection.close()
        return [own, reference]


def beginnings(word: str) -> Iterator[str]:
    """What stands in the field after each key of a word."""
    return (word[:length] for length in range(1, len(word) + 1))


def press(widget: QWidget, letter: str) -> None:
    """Press and let go a key."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))
