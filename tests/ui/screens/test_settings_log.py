"""The page of the settings about the activity log: how long it is kept, and the text about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from desktop_crm.services import log_keeping, log_notice
from desktop_crm.services.office import Office
from desktop_crm.ui.chosen import Chosen
from desktop_crm.ui.log.notice import NoticeSheet
from desktop_crm.ui.screens.settings import Settings
from desktop_crm.ui.settings.log import LogPane
from desktop_crm.ui.widgets.label import Label
from tests.ui.screens.conftest import AtDesk


@pytest.fixture
def pane(at_desk: AtDesk, tmp_path: Path) -> LogPane:
    at_desk.desk.chosen = Chosen(tmp_path / "config")
    screen = Settings(at_desk.desk)
    at_desk.put(screen)
    screen.show_at(page="log")
    at_desk.calm()
    assert isinstance(screen.page, LogPane)
    return screen.page


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label))


def test_the_months_of_the_log_are_chosen_and_taken_back(pane: LogPane, at_desk: AtDesk, office: Office) -> None:
    assert pane.months.key() == "12"
    pane.months.choose("24")
    pane.months.picked.emit("24")
    at_desk.calm()
    assert log_keeping.keeping_of_log(office).months == 24
    undo = at_desk.shell.toasts[-1][1]
    assert undo is not None
    undo()
    at_desk.calm()
    assert log_keeping.keeping_of_log(office).months == 12
    assert pane.months.key() == "12"


def test_the_text_about_the_log_is_read_and_confirmed(pane: LogPane, at_desk: AtDesk, office: Office) -> None:
    assert "Not confirmed yet" in texts(pane)
    pane.read.click()
    at_desk.calm()
    sheet = at_desk.window.findChild(NoticeSheet)
    assert sheet is not None
    said = texts(sheet)
    assert "12 months" in said
    assert "Who sees it" in said
    sheet.confirm.click()
    at_desk.calm()
    assert log_notice.notice(office).confirmed is not None
    assert "Owner confirmed it on" in texts(pane)
