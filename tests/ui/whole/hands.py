"""Hands on the whole program: they find controls by the names on the screen, by mouse or by keyboard alone."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QWidget,
)
from shiboken6 import isValid

from desktop_crm.app.first import First
from desktop_crm.ui.frame.shell import OpenDesk
from desktop_crm.ui.instance import Claim
from desktop_crm.ui.widgets.sheet import Overlay

PATIENCE = 40.0
_STOPS = 200
Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Hands:
    """One start of the program, and somebody before it. With the mouse; `Typing` has the keyboard alone."""

    def __init__(self, folder: Path) -> None:
        claim = Claim(folder)
        claim.take()  # as the program does before anything else: a later start waits for whoever holds it
        first = First()
        first.paint()
        self.app = first.app
        self.acts = 0
        """How often something was pressed."""
        self.titles: set[str] = set()
        self.ended = False
        self.program = first.load(claim, (), "en")
        self.session = self.program.session
        self.window = self.program.window
        self.window.resize(1366, 800)  # the screen Qt makes up for tests is narrower than a laptop's
        self.session.ended.connect(self._end)
        self.program.begin()
        self.window.activateWindow()
        self.calm()

    def do(self, name: str) -> None:
        """Press what is called so, and wait for what comes of it."""
        self.acts += 1
        self._press(self.control(name, QAbstractButton))
        self.calm()

    def fill(self, name: str, text: str) -> None:
        """Type into the field that is called so."""
        field = self.control(name, QLineEdit, QPlainTextEdit)
        self._come_to(field)
        QTest.keyClicks(field, text)
        self.calm()

    def key(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        """One key where the keyboard is, and wait for what comes of it."""
        QTest.keyClick(QApplication.activePopupWidget() or self.focused, key, modifier)
        self.calm()

    def write(self, text: str) -> None:
        """Type where the keyboard is."""
        QTest.keyClicks(self.focused, text)
        self.calm()

    def answer_dialog(self, path: Path) -> None:
        """Choose this file once the dialog for files is open."""

        def choose() -> None:
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QFileDialog):
                QTimer.singleShot(20, choose)
                return
            edit = dialog.findChild(QLineEdit, "fileNameEdit")
            assert isinstance(edit, QLineEdit)
            # The dialog is Qt's, and the desktop's elsewhere: it is no part of the way. Its list of suggestions comes
            # up at its own time, and would take the keys.
            edit.setText(str(path))
            dialog.accept()

        QTimer.singleShot(20, choose)

    def calm(self) -> None:
        """Wait until every question is answered and every change is shown."""
        calm = 0
        until = time.monotonic() + PATIENCE
        while calm < 4:
            assert time.monotonic() < until, self.seen()
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            self._note_titles()
            if QApplication.activeWindow() is None:
                self.window.activateWindow()  # as a desktop does once the dialog for files is gone
            calm = 0 if self._waiting() else calm + 1

    def wait(self, reached: Callable[[], bool]) -> None:
        """Wait until something is so."""
        until = time.monotonic() + PATIENCE
        while not reached():
            assert time.monotonic() < until, self.seen()
            QApplication.processEvents()
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def start(self, name: str) -> None:
        """Press what begins a long job, and wait until the job has told how far it is."""
        told: list[int] = []
        self.shell.desk.courier.started.connect(lambda job: job.progressed.connect(lambda done, _: told.append(done)))
        self._press(self.control(name, QAbstractButton))
        self.wait(lambda: bool(told))

    def listed(self) -> list[str]:
        """The lines of the lists that are to be seen, as a screen reader says them."""
        found = []
        for view in self.window.findChildren(QAbstractItemView):
            model = view.model()
            if view.isVisible() and model is not None:
                lines = (model.index(number, 0) for number in range(model.rowCount()))
                found += [str(line.data(Qt.ItemDataRole.AccessibleTextRole) or line.data()) for line in lines]
        return found

    def says(self, text: str) -> bool:
        """Whether this is to be read now."""
        return any(text in one for one in self._texts())

    def seen(self) -> str:
        """What is to be read and to be pressed: told where a test fails."""
        pressed = [name_of(one) for one in self._reachable(QWidget) if isinstance(one, QAbstractButton)]
        return f"texts: {[text for text in self._texts() if text]}\nbuttons: {pressed}"

    @property
    def shell(self) -> OpenDesk:
        """The open customer file."""
        page = self.window.page
        assert isinstance(page, OpenDesk), self.seen()
        return page

    @property
    def focused(self) -> QWidget:
        """Where the keyboard is."""
        return QApplication.focusWidget() or self.window

    def control(self, name: str, *kinds: type[QWidget]) -> QWidget:
        """What can be used now and is called so, or begins so."""
        found = [one for one in self._reachable(*(kinds or (QWidget,))) if name_of(one).startswith(name)]
        found.sort(key=lambda one: (not one.isEnabled(), name_of(one) != name))
        assert found, f"nothing is called {name}; {self.seen()}"
        return found[0]

    def quit(self) -> None:
        """End the program as a person does."""
        self.key(Key.Key_Q, CTRL)
        self.wait(lambda: self.ended)
        self.end()

    def end(self) -> None:
        """Put everything away."""
        self.program.end()

    def _press(self, control: QWidget) -> None:
        _bring_into_view(control)
        QApplication.processEvents()
        QTest.mouseClick(control, Qt.MouseButton.LeftButton, NONE, QPoint(min(12, control.width() // 2), 12))

    def _come_to(self, field: QWidget) -> None:
        _bring_into_view(field)
        QTest.mouseClick(field, Qt.MouseButton.LeftButton)

    def _reachable(self, *kinds: type[QWidget]) -> Iterator[QWidget]:
        popup = QApplication.activePopupWidget()
        page = self.window.page
        over = Overlay.top(page) if page is not None else None
        top = popup or over or Overlay.top(self.window) or self.window
        return (one for one in top.findChildren(QWidget) if isinstance(one, kinds) and one.isVisible() and name_of(one))

    def _texts(self) -> list[str]:
        return [one.text() for one in self.window.findChildren(QLabel) if one.isVisible()]

    def _waiting(self) -> bool:
        page = self.window.page
        desk = isinstance(page, OpenDesk) and page.desk.courier.waiting
        return bool(desk or self.session._courier.waiting)

    def _note_titles(self) -> None:
        self.titles.update(one.windowTitle() for one in QApplication.topLevelWidgets() if isValid(one))

    def _end(self) -> None:
        self.ended = True


class Typing(Hands):
    """The keyboard alone: Tab and arrows lead to a control, Space or Enter press it."""

    def _press(self, control: QWidget) -> None:
        self._come_to(control)
        QTest.keyClick(self.focused, Key.Key_Space if _is_ticked(control) else Key.Key_Return)

    def _come_to(self, field: QWidget) -> None:
        if not self._tab_to(lambda one: one is field) and not self._step_to(field):
            raise AssertionError(f"the keyboard never comes to {name_of(field)}; it stops at {self.stops()}")

    def stops(self) -> list[str]:
        """Where Tab stops."""
        found = []
        for _ in range(40):
            found.append(name_of(self.focused))
            QTest.keyClick(self.focused, Key.Key_Tab)
        return found

    def _tab_to(self, wanted: Callable[[QWidget], bool]) -> bool:
        for _ in range(_STOPS):
            if wanted(self.focused):
                return True
            QTest.keyClick(self.focused, Key.Key_Tab)
            QApplication.processEvents()
        return False

    def _step_to(self, field: QWidget) -> bool:
        """By arrows, from another one of the same kind and place."""
        mates = field.parentWidget()
        kind = type(field)
        if mates is None or not self._tab_to(lambda one: type(one) is kind and mates.isAncestorOf(one)):
            return False
        for key in (Key.Key_Down, Key.Key_Right, Key.Key_Up, Key.Key_Left):
            for _ in range(20):
                if self.focused is field:
                    return True
                QTest.keyClick(self.focused, key)
        return self.focused is field


def name_of(one: QWidget) -> str:
    """What a control is called, as a screen reader says it."""
    return one.accessibleName() or (one.text() if isinstance(one, QAbstractButton | QLabel) else "")


def _is_ticked(control: QWidget) -> bool:
    return isinstance(control, QAbstractButton) and control.isCheckable()


def _bring_into_view(one: QWidget) -> None:
    around = one.parentWidget()
    while around is not None:
        if isinstance(around, QScrollArea):
            around.ensureWidgetVisible(one)
        around = around.parentWidget()


def environment(home: Path, address: str) -> dict[str, str]:
    """A home of its own for one account, with the key store and the rest of the computer at this address."""
    away = {name for name in os.environ if name.startswith(("XDG_", "LC_", "DESKTOP_CRM"))}
    kept = {name: value for name, value in os.environ.items() if name not in away}
    (home / "tmp").mkdir(parents=True, exist_ok=True)
    return kept | {
        "HOME": str(home),
        "TMPDIR": str(home / "tmp"),
        "LANG": "C.UTF-8",
        "QT_QPA_PLATFORM": "offscreen",
        "DBUS_SESSION_BUS_ADDRESS": address,
        "DBUS_SYSTEM_BUS_ADDRESS": address,
    }
