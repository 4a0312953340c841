"""What tests of screens look at: the sheet on top and the words that are seen; and where their papers go."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget

from desktop_crm.services import contacts, settings
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.office import Office
from desktop_crm.services.settings import PAPERS_FOLDER
from desktop_crm.ui.requests.answering import Answering
from desktop_crm.ui.requests.found import FoundList
from desktop_crm.ui.requests.page import RequestView
from desktop_crm.ui.screens.requests import Requests
from desktop_crm.ui.widgets.sheet import Overlay
from tests.ui.screens.conftest import AtDesk
from tests.ui.seeing import focused

T = TypeVar("T", bound=QWidget)


def papers_go_to(office: Office, folder: Path) -> Path:
    """Papers of a test are thrown away with it."""
    settings.put(office, PAPERS_FOLDER, str(folder))
    return folder


def top(at_desk: AtDesk, kind: type[T]) -> T:
    """The sheet that is open, once everything is answered."""
    settle(at_desk)
    found = Overlay.top(at_desk.window)
    assert isinstance(found, kind), found
    return found


def settle(at_desk: AtDesk) -> None:
    """Wait until everything is answered and stands where it belongs."""
    at_desk.calm()
    QApplication.processEvents()
    at_desk.calm()


def nothing_open(at_desk: AtDesk) -> bool:
    settle(at_desk)
    return Overlay.top(at_desk.window) is None


def words_of(widget: QWidget) -> str:
    """Everything a person can read in a widget now."""
    found = [
        *(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)),
        *(button.text() for button in widget.findChildren(QAbstractButton) if button.isVisibleTo(widget)),
        *(button.accessibleName() for button in widget.findChildren(QAbstractButton) if button.isVisibleTo(widget)),
        *(edit.text() for edit in widget.findChildren(QLineEdit) if edit.isVisibleTo(widget)),
    ]
    return "\n".join(found)


def show(at_desk: AtDesk, screen: QWidget) -> None:
    """Put a screen into the window, with the keyboard in it."""
    at_desk.put(screen)
    at_desk.window.activateWindow()
    at_desk.qtbot.waitUntil(at_desk.window.isActiveWindow)
    settle(at_desk)


def somebody(office: Office, name: str) -> bytes:
    return contacts.add(office, NewContact(name=name, emails=(f"{len(name)}@somebody.example",)))


def list_of(at_desk: AtDesk) -> Requests:
    made = Requests(at_desk.desk)
    show(at_desk, made)
    return made


def page_of(at_desk: AtDesk, number: str) -> tuple[Requests, RequestView]:
    screen = list_of(at_desk)
    screen.show_at(number=number)
    at_desk.calm()
    assert screen.view is not None
    return screen, screen.view


def papers_of(view: RequestView) -> Answering:
    assert view.answering is not None
    return view.answering


def parts_of(view: RequestView) -> FoundList:
    assert view.found is not None
    return view.found


def press(key: Qt.Key, on: QWidget | None = None) -> None:
    """Press a key where the keyboard is."""
    QTest.keyClick(on or focused(), key)


def write(on: QWidget, text: str) -> None:
    """Type a text."""
    QTest.keyClicks(on, text)


def button(within: QWidget, text: str) -> QAbstractButton:
    """The button that says this."""
    return next(one for one in within.findChildren(QAbstractButton) if text in (one.text(), one.accessibleName()))
