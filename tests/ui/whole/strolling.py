"""Somebody with a role strolls through the whole window, presses everything, and writes down what they meet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QLabel,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import isValid

from desktop_crm.services import contacts, requests
from desktop_crm.ui.frame.palette import Palette
from desktop_crm.ui.record.record import Record
from desktop_crm.ui.screens.contacts import Contacts
from desktop_crm.ui.screens.settings import Settings
from desktop_crm.ui.widgets.facts import SmallButton
from desktop_crm.ui.widgets.nav import Tabs
from desktop_crm.ui.widgets.sheet import Overlay
from installers.pictures.stage import Stage

_ROLES = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole)
_LINES, _COLUMNS = 200, 8
AREAS = ("screens", "people", "requests", "settings")
Place = tuple[str, Callable[[], object]]


@dataclass
class Stroll:
    """A way through the window of one role. `texts` is all there was to read, if it `reads`."""

    stage: Stage
    reads: bool
    texts: set[str] = field(default_factory=set)
    pressed: set[tuple[str, str]] = field(default_factory=set)

    def through(self, area: str) -> None:
        """Every place of an area, and everything on it."""
        for place, go in getattr(self, f"_{area}")():
            self._visit(place, go)

    def _screens(self) -> Iterator[Place]:
        """Every screen with each of its tabs, and what Ctrl+K finds."""
        shell = self.stage.shell
        for key in shell.sidebar.items:
            yield key, partial(self.stage.go, key)
            shown = shell.shown
            for tabs in shown.findChildren(Tabs) if shown is not None and key != "contacts" else ():
                for tab in list(tabs._tabs):
                    yield f"{key}/{tab}", partial(self._to_tab, key, tab)
        for typed in ("", "a", "e", "note", "log"):
            shell.open_palette()
            palette = Overlay.top(shell)
            assert isinstance(palette, Palette)
            palette.edit.setText(typed)
            self._look()
            palette.close()

    def _people(self) -> Iterator[Place]:
        """The page of a contact with each of its tabs."""
        for one in contacts.find(self.stage.office, "Kowalska"):
            self._to_person(one.id, "timeline")
            for tab in list(self._record.head.tabs._tabs):
                yield f"contact/{tab}", partial(self._to_person, one.id, tab)

    def _requests(self) -> Iterator[Place]:
        """The page of every privacy request, where the role has them."""
        office = self.stage.office
        if "requests" in self.stage.shell.sidebar.items:
            for row in (*requests.open_requests(office), *requests.closed_requests(office)):
                yield f"request/{row.kind}", partial(self.stage.go, "requests", number=row.number)

    def _settings(self) -> Iterator[Place]:
        """Every page of the settings."""
        self.stage.go("settings")
        settings = self.stage.shell.shown
        assert isinstance(settings, Settings)
        for page in settings.items:
            yield f"settings/{page}", partial(self.stage.go, "settings", page=page)

    @property
    def _record(self) -> Record:
        shown = self.stage.shell.shown
        assert isinstance(shown, Contacts)
        return shown.record

    def _to_tab(self, screen: str, tab: str) -> None:
        self.stage.go(screen)
        shown = self.stage.shell.shown
        assert shown is not None
        for tabs in shown.findChildren(Tabs):
            if tab in tabs._tabs:
                tabs._click(tab)
        self.stage.settle()

    def _to_person(self, person: bytes, tab: str) -> None:
        self.stage.go("contacts", person=person)
        self._record.show_tab(tab)
        self.stage.settle()

    def _visit(self, place: str, go: Callable[[], object]) -> None:
        go()
        self._look()
        self._type_everywhere(place, go)
        while (button := self._next(place)) is not None:
            self.pressed.add((place, _called(button)))
            button.click()
            self._menus()
            self._look()
            self._close_all()
            go()

    def _next(self, place: str) -> QAbstractButton | None:
        page = self.stage.shell.pages
        every = (one for one in page.findChildren(QAbstractButton) if _is_there(one))
        return next((one for one in every if (place, _called(one)) not in self.pressed), None)

    def _type_everywhere(self, place: str, go: Callable[[], object]) -> None:
        """A few words and Enter into each field that can be written in."""
        fields = [one for one in self.stage.shell.pages.findChildren(QWidget) if _takes_words(one)]
        for one in fields:
            if isValid(one) and one.isVisible():
                self.pressed.add((place, f"{type(one).__name__} {one.accessibleName()}"))
                QTest.keyClicks(one, "words")
                QTest.keyClick(one, Qt.Key.Key_Return)
                self._look()
                self._close_all()
        go()

    def _menus(self) -> None:
        """Everything in the menu that came up, one after the other."""
        menu = next((one for one in self.stage.window.findChildren(QMenu) if one.isVisible()), None)
        if menu is None:
            return
        actions = [one for one in menu.actions() if one.isEnabled()]
        self.texts.update(one.text() for one in actions)
        for action in actions:
            if isValid(action):
                self._trigger(action)

    def _trigger(self, action: QAction) -> None:
        action.trigger()
        self._look()

    def _close_all(self) -> None:
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
        while (top := Overlay.top(self.stage.shell)) is not None:
            top.close()
        self.stage.settle()

    def _look(self) -> None:
        self.stage.settle()
        for one in self.stage.window.findChildren(QWidget) if self.reads else ():
            self.texts.update(_texts_of(one))


def _takes_words(one: QWidget) -> bool:
    typed = isinstance(one, QLineEdit | QPlainTextEdit) and not one.isReadOnly()
    return typed and one.isVisible() and one.isEnabled()


def _is_there(button: QAbstractButton) -> bool:
    """Whether it can be pressed; what shows up under the mouse alone can be, too."""
    around = button.parentWidget()
    under_mouse = isinstance(button, SmallButton) and around is not None and around.isVisible()
    return button.isEnabled() and (button.isVisible() or under_mouse)


def _called(button: QAbstractButton) -> str:
    return f"{type(button).__name__} {button.accessibleName() or button.text()}"


def _texts_of(one: QWidget) -> Iterator[str]:
    yield from (one.accessibleName(), one.accessibleDescription(), one.toolTip())
    if isinstance(one, QLabel | QAbstractButton | QLineEdit):
        yield one.text()
    if isinstance(one, QPlainTextEdit):
        yield one.toPlainText()
    if isinstance(one, QAbstractItemView) and one.model() is not None:
        yield from _lines_of(one.model())


def _lines_of(model: QAbstractItemModel) -> Iterator[str]:
    for line in range(min(model.rowCount(), _LINES)):
        for column in range(_COLUMNS):
            at = model.index(line, column)
            yield from (str(at.data(role)) for role in _ROLES if at.data(role))
