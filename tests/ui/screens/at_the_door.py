"""A doorstep for the pages that stand before the file: real services, and a door that writes down who comes in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.host.clock import Clock
from desktop_crm.services.office import Office
from desktop_crm.services.starting import OpeningState, Pause, opening_state
from desktop_crm.ui.chosen import Chosen
from desktop_crm.ui.courier import Courier, Failed
from desktop_crm.ui.doorstep import Doorstep
from desktop_crm.ui.frame.problems import Way
from desktop_crm.ui.look.spoken import speak
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import Problem, Words
from tests.ui.seeing import calm, focused


class AtTheDoor:
    """A window with one page in it. It is its own door."""

    def __init__(self, qtbot: QtBot, folder: VaultFolder, clock: Clock, settings: Path, language: str = "en") -> None:
        self.qtbot = qtbot
        self.offices: list[Office] = []
        self.came: list[tuple[str, dict[str, object]]] = []
        self.looked = 0
        self.locks = 0
        self.folders: list[Path] = []
        self.problems: list[Problem] = []
        self.retry: Callable[[], None] | None = None
        self.other: Way | None = None
        self.faults: list[BaseException] = []
        self.courier = Courier()
        self.courier.bug.connect(self.faults.append)
        self.courier.problem.connect(lambda problem, _again: self.problems.append(problem))
        self.chosen = Chosen(settings)
        self.window = QWidget()
        self.window.resize(1366, 800)
        QVBoxLayout(self.window).setContentsMargins(0, 0, 0, 0)
        qtbot.addWidget(self.window)
        words = Words(language)
        speak(words)
        self.step = Doorstep(self.window, self, folder, clock, self.courier, self.chosen, words, Pause(clock))

    def found(self) -> OpeningState:
        """What the session would have found in the folder."""
        self.step.state = opening_state(self.step.folder, self.step.clock)
        return self.step.state

    def enter(self, work: Callable[[], Office], failed: Failed | None = None) -> None:
        self.courier.ask(self.window, work, self.offices.append, failed=failed)

    def come_in(self, office: Office, screen: str = "", **where: object) -> None:
        self.offices.append(office)
        self.came.append((screen, where))

    def look_again(self) -> None:
        self.looked += 1

    def lock(self) -> None:
        self.locks += 1

    def use_folder(self, folder: VaultFolder) -> None:
        self.folders.append(folder.path)

    def show_problem(
        self, problem: Problem, retry: Callable[[], None] | None = None, *, other: Way | None = None
    ) -> None:
        self.problems.append(problem)
        self.retry = retry
        self.other = other

    def put(self, page: QWidget) -> None:
        """Show a page with the keyboard in it and wait until it is filled."""
        layout = self.window.layout()
        assert layout is not None
        layout.addWidget(page)
        with self.qtbot.waitActive(self.window):
            self.window.show()
            self.window.activateWindow()
        self.calm()

    def calm(self) -> None:
        """Wait until every question is answered; raises what a worker thread raised by mistake."""
        calm(self.qtbot, self.courier)
        for fault in self.faults:
            raise fault

    def click(self, widget: QWidget) -> None:
        """With the mouse, and wait for what comes of it."""
        QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
        self.calm()

    def type(self, text: str) -> None:
        """Where the keyboard is."""
        QTest.keyClicks(focused(), text)

    def press(self, key: Qt.Key) -> None:
        """One key, where the keyboard is, and wait for what comes of it."""
        QTest.keyClick(focused(), key)
        self.calm()

    def tab_to(self, widget: QWidget) -> None:
        """With Tab alone; raises where it is never reached."""
        passed = []
        for _ in range(60):
            if focused() is widget:
                return
            passed.append(f"{type(focused()).__name__} {focused().accessibleName()}")
            QTest.keyClick(focused(), Qt.Key.Key_Tab)
        raise AssertionError(f"Tab never reaches {widget.accessibleName()}; it passes {passed[:20]}")

    def close(self) -> None:
        self.courier.close()
        office = self.step.office
        for one in {*self.offices, *([office] if office is not None else [])}:
            one.close()


def nameless(page: QWidget) -> Iterator[str]:
    """Controls the keyboard reaches that a screen reader could not name."""
    reached = (one for one in page.findChildren(QWidget) if one.focusPolicy() & Qt.FocusPolicy.TabFocus)
    for widget in reached:
        if widget.isVisible() and widget.focusProxy() is None and not widget.accessibleName():
            yield f"{type(widget).__name__} {widget.geometry()}"
