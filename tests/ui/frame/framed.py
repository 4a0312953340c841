"""An open desk in a window, with small screens of its own: what tests of the frame share."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.services import contacts
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.office import Office
from desktop_crm.ui.chosen import Chosen
from desktop_crm.ui.courier import Courier
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.frame.shell import OpenDesk
from desktop_crm.ui.frame.sources import SERVICES, Sources
from desktop_crm.ui.frame.window import Window
from desktop_crm.ui.screens.entries import SCREENS, ScreenEntry
from desktop_crm.ui.screens.screen import Screen
from desktop_crm.ui.widgets.sheet import Overlay
from desktop_crm.words import Words
from tests.ui.seeing import calm

Key = Qt.Key
Mod = Qt.KeyboardModifier


class SmallScreen(Screen):
    """A page with a search field that writes down where it was sent."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.filled = 0
        self.sent: list[dict[str, object]] = []
        self.drafts = 0
        self.of: bytes | None = None
        self.search = QLineEdit()
        self.search.setAccessibleName("Search here")
        QVBoxLayout(self).addWidget(self.search)

    def refresh(self) -> None:
        self.filled += 1

    def show_at(self, **where: object) -> None:
        self.sent.append(where)

    @property
    def person(self) -> bytes | None:
        return self.of

    def go_to_search(self) -> bool:
        self.search.setFocus()
        return True

    def keep_draft(self) -> None:
        self.drafts += 1


def small_screens() -> tuple[ScreenEntry, ...]:
    return tuple(replace(entry, make=SmallScreen) for entry in SCREENS)


class Framed:
    """The window with an open desk in it."""

    def __init__(self, qtbot: QtBot, office: Office, chosen: Chosen, *, sources: Sources = SERVICES) -> None:
        self.qtbot = qtbot
        self.office = office
        self.window = Window(chosen)
        qtbot.addWidget(self.window)
        words = Words("en", office.shop.zone)
        self.shell = OpenDesk(office, Courier(), words, chosen, entries=small_screens(), sources=sources)
        self.window.show_page(self.shell, shop=office.shop.name)
        self.window.resize(1366, 800)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.shell.go("today")
        self.calm()

    def calm(self) -> None:
        calm(self.qtbot, self.shell.desk.courier)

    def press(self, key: Key, *modifiers: Mod, on: QWidget | None = None) -> None:
        held = Mod.NoModifier
        for modifier in modifiers:
            held |= modifier
        QTest.keyClick(on or QApplication.focusWidget() or self.window, key, held)

    @property
    def screen(self) -> SmallScreen:
        shown = self.shell.shown
        assert isinstance(shown, SmallScreen)
        return shown

    def top(self, kind: type[Any]) -> Any:
        found = Overlay.top(self.shell)
        assert isinstance(found, kind), found
        return found

    def close(self) -> None:
        self.shell.desk.courier.close()


def add_people(
    office: Office, names: Sequence[str], phones: Callable[[int], tuple[str, ...]] = lambda n: (f"+49 341 555{n:04}",)
) -> None:
    for number, name in enumerate(names):
        contacts.add(office, NewContact(name=name, phones=phones(number)))
