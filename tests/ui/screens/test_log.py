"""The activity log on a real customer file, by mouse and keyboard."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from desktop_crm.privacy.log_chain import Break, Fault
from desktop_crm.services import contacts
from desktop_crm.services.inspection import LogCheck
from desktop_crm.services.office import Office
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.log.filters import PAGE
from desktop_crm.ui.log.lines import DayHead, LogRow
from desktop_crm.ui.screens.log import ActivityLog
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.label import Label
from tests.privacy.shop import clock_of
from tests.ui.screens.conftest import AtDesk
from tests.ui.screens.over import settle
from tests.unit.services.test_retention import person


@pytest.fixture
def people(office: Office) -> list[bytes]:
    made = [person(office), person(office)]
    contacts.note(office, made[0], "Zwetschgenrot")
    return made


@pytest.fixture
def screen(at_desk: AtDesk, people: list[bytes]) -> ActivityLog:
    made = ActivityLog(at_desk.desk)
    at_desk.put(made)
    assert len(shown(made)) > len(people)
    return made


def shown(screen: ActivityLog) -> list[LogRow]:
    return [band for band in screen._model.bands if isinstance(band, LogRow)]


def texts(screen: ActivityLog) -> list[str]:
    return [one.text() for one in screen.rail.findChildren(Label)]


@pytest.mark.parametrize(("name", "begins"), [("log.csv", "\ufeff"), ("log.json", "{")])
def test_what_is_shown_is_saved_as_table_or_document(
    at_desk: AtDesk, screen: ActivityLog, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, begins: str
) -> None:
    monkeypatch.setattr(Desk, "save_file", lambda *_: tmp_path / name)
    screen.filters.what.choose("changed")
    screen.save.click()
    settle(at_desk)
    text = (tmp_path / name).read_text(encoding="utf-8")
    assert text.startswith(begins)
    assert "furnish" not in text, "only what was narrowed down to"
    assert "note" in text
    assert at_desk.shell.toasts[-1][0].startswith("The lines are saved")


def test_saving_nowhere_saves_nothing(at_desk: AtDesk, screen: ActivityLog, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Desk, "save_file", lambda *_: None)
    screen.save.click()
    settle(at_desk)
    assert at_desk.shell.toasts == []


def test_lines_stand_under_their_day_the_newest_first(screen: ActivityLog) -> None:
    first = screen._model.bands[0]
    assert isinstance(first, DayHead)
    assert first.text == "Today, Saturday 21 November"
    assert shown(screen)[0].sentence == "Owner wrote down a note or an event with Person 0"
    assert shown(screen)[0].strong == ("Owner", "Person 0")


def test_a_head_cannot_be_chosen_and_arrows_pass_it(at_desk: AtDesk, screen: ActivityLog, office: Office) -> None:
    clock_of(office).to(date(2026, 11, 23))
    contacts.note(office, person(office), "Astern")
    settle(at_desk)
    screen.lines.choose(None)
    screen.lines.setFocus()
    at_desk.qtbot.keyClick(screen.lines, Qt.Key.Key_Down)
    at_desk.qtbot.keyClick(screen.lines, Qt.Key.Key_Down)
    assert screen.lines.row is not None
    assert screen.lines.row.sentence == "Owner wrote down a note or an event with Person 0"


def test_the_chosen_line_is_told_in_full_beside_the_list(screen: ActivityLog) -> None:
    line = shown(screen)[1].line
    screen.lines.choose(line.seq)
    assert f"Entry {line.seq}" in texts(screen)
    assert line.code in texts(screen)
    assert line.code_before in texts(screen)
    assert "Nothing removed, nothing slipped in" in texts(screen)


def test_the_chain_is_checked_and_the_badge_says_how_many_entries_fit(screen: ActivityLog) -> None:
    assert screen.chain.text() == f"Unbroken · {len(shown(screen))} entries · checked 10:00"


def test_a_broken_chain_is_red_and_says_what_to_do(screen: ActivityLog, office: Office) -> None:
    screen.chain.show_check(LogCheck(9, (Break(Fault.CHANGED, 2, 2),)), office.clock.now())
    assert screen.chain.text() == "Broken · checked 10:00"
    assert any("Copy the whole folder" in banner.accessibleName() for banner in screen.findChildren(Banner))
    screen.lines.choose(2)
    assert any(text.startswith("Does not fit") for text in texts(screen))
    screen.lines.choose(1)
    assert "Nothing removed, nothing slipped in" in texts(screen)


def test_where_the_end_is_missing_no_entry_claims_that_nothing_was_removed(screen: ActivityLog, office: Office) -> None:
    screen.chain.show_check(LogCheck(9, (Break(Fault.CUT, 10, 12),)), office.clock.now())
    assert "Nothing removed, nothing slipped in" not in texts(screen)
    assert any("end of the log is missing" in text for text in texts(screen))


def test_pressing_the_badge_checks_again(at_desk: AtDesk, screen: ActivityLog, office: Office) -> None:
    clock_of(office).to(date(2026, 11, 21), 12)
    at_desk.qtbot.keyClick(screen.chain, Qt.Key.Key_Return)
    settle(at_desk)
    assert screen.chain.text().endswith("checked 13:00")


def test_filters_narrow_and_everything_comes_back(at_desk: AtDesk, screen: ActivityLog) -> None:
    every = len(shown(screen))
    screen.filters.what.choose("looked")
    screen.filters.changed.emit()
    settle(at_desk)
    assert shown(screen) == []
    assert screen.nothing.isVisible()
    screen.filters.everything()
    settle(at_desk)
    assert len(shown(screen)) == every


def test_typing_finds_lines_about_a_person(at_desk: AtDesk, screen: ActivityLog) -> None:
    at_desk.qtbot.keyClicks(screen.filters.search, "Person 1")
    settle(at_desk)
    assert [row.line.name for row in shown(screen)] == ["Person 1"]


def test_it_can_be_opened_for_one_person(at_desk: AtDesk, screen: ActivityLog, people: list[bytes]) -> None:
    screen.show_at(person=people[0])
    settle(at_desk)
    assert {row.line.name for row in shown(screen)} == {"Person 0"}
    assert screen.filters.about.text() == "About Person 0"
    screen.filters.about.click()
    settle(at_desk)
    assert screen.filters.about.isHidden()
    assert {row.line.name for row in shown(screen)} > {"Person 0"}


def test_enter_opens_the_person_of_a_line(at_desk: AtDesk, screen: ActivityLog, people: list[bytes]) -> None:
    screen.lines.choose(None)
    at_desk.qtbot.keyClick(screen.lines, Qt.Key.Key_Return)
    assert at_desk.shell.went == [("contacts", {"person": people[0]})]


def test_older_lines_come_as_one_scrolls(
    at_desk: AtDesk, screen: ActivityLog, office: Office, people: list[bytes]
) -> None:
    for _ in range(PAGE + 20):
        contacts.note(office, people[0], "Zwetschgenrot")
    settle(at_desk)
    assert len(shown(screen)) == PAGE
    screen.lines.verticalScrollBar().setValue(screen.lines.verticalScrollBar().maximum())
    settle(at_desk)
    sequence = [row.line.seq for row in shown(screen)]
    assert sequence == list(range(sequence[0], 0, -1))
    assert sequence[0] > PAGE + 20
