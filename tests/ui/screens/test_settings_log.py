"""The pages of the settings about the activity log and about what is asked once a year."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from desktop_crm.records.technical import YearlyQuestion
from desktop_crm.services import log_keeping, log_notice
from desktop_crm.services.office import Office
from desktop_crm.services.yearly import STATEMENTS, Answer, yearly
from desktop_crm.ui.chosen import Chosen
from desktop_crm.ui.log.notice import NoticeSheet
from desktop_crm.ui.screens.settings import Settings
from desktop_crm.ui.settings.log import LogPane
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.label import Label
from tests.ui.screens.conftest import AtDesk


@pytest.fixture
def screen(at_desk: AtDesk, tmp_path: Path) -> Settings:
    at_desk.desk.chosen = Chosen(tmp_path / "config")
    made = Settings(at_desk.desk)
    at_desk.put(made)
    return made


@pytest.fixture
def pane(at_desk: AtDesk, screen: Settings) -> LogPane:
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
    assert "You confirmed it on" in texts(pane)


def test_what_only_people_can_see_is_asked_and_answered(screen: Settings, at_desk: AtDesk, office: Office) -> None:
    screen.show_at(page="computer")
    at_desk.calm()
    room = STATEMENTS[YearlyQuestion.ROOM].text
    answers = [made for made in screen.findChildren(Button) if room in made.accessibleName()]
    assert [made.text().replace("&", "") for made in answers] == ["In order", "Not yet"]
    answers[1].click()
    at_desk.calm()
    assert "Not yet, said on" in texts(screen)
    stored = {one.question: one.answer for one in yearly(office)}
    assert stored.pop(YearlyQuestion.ROOM) == Answer(office.today(), in_order=False)
    assert set(stored.values()) == {None}
