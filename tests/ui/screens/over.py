"""What tests of screens look at: the sheet on top, the words that are seen, and papers that go to a folder of theirs."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from desktop_crm.services import settings
from desktop_crm.services.office import Office
from desktop_crm.services.settings import PAPERS_FOLDER
from desktop_crm.ui.widgets.sheet import Overlay
from tests.ui.screens.conftest import AtDesk

T = TypeVar("T", bound=QWidget)


def papers_go_to(office: Office, folder: Path) -> Path:
    """Papers of a test are thrown away with it."""
    settings.put(office, PAPERS_FOLDER, str(folder))
    return folder


def top(at_desk: AtDesk, kind: type[T]) -> T:
    """The sheet that is open, once everything is answered."""
    at_desk.calm()
    found = Overlay.top(at_desk.window)
    assert isinstance(found, kind), found
    return found


def nothing_open(at_desk: AtDesk) -> bool:
    at_desk.calm()
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
