"""*Keeping times* on a real customer file, by mouse and keyboard."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from desktop_crm.records.contact import Stage
from desktop_crm.records.retention import RetentionAnswer, RetentionRun
from desktop_crm.services import contacts, drafts, inspection, keeping, retention
from desktop_crm.services.office import Office
from desktop_crm.services.settings import PAPERS_FOLDER, put
from desktop_crm.ui.forms.form import Leave
from desktop_crm.ui.keeping.keep import HoldSheet, KeepSheet, months_on
from desktop_crm.ui.keeping.look_now import ClockSheet
from desktop_crm.ui.keeping.queue import STEP
from desktop_crm.ui.keeping.yes import DoneSheet, YesSheet
from desktop_crm.ui.screens.keeping import Keeping
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.empty import Empty
from desktop_crm.ui.widgets.label import Label
from desktop_crm.ui.widgets.rows import GroupHead, Row
from desktop_crm.ui.widgets.sheet import Overlay
from tests.counting import forms_kept, waiting_entries
from tests.privacy.shop import clock_of
from tests.ui.screens.conftest import AtDesk
from tests.ui.screens.over import nothing_open, settle, top
from tests.unit.services.test_retention import person

LONG_AGO = datetime(2020, 3, 5, 12, tzinfo=UTC)
LATER = date(2027, 3, 1)


@pytest.fixture
def people(office: Office) -> list[bytes]:
    """Three who were only interested, and a customer with an old note; all wait for a yes."""
    leads = [person(office) for _ in range(3)]
    customer = person(office, stage=Stage.CUSTOMER)
    contacts.note(office, customer, "Zwetschgenrot", happened_at=LONG_AGO)
    clock_of(office).to(LATER)
    retention.run(office, clock_is_right=True)
    return [*leads, customer]


@pytest.fixture
def screen(at_desk: AtDesk) -> Keeping:
    made = Keeping(at_desk.desk)
    at_desk.put(made)
    return made


def rows(screen: Keeping) -> list[Row]:
    assert screen.queue.list is not None
    return screen.queue.list.rows


def heads(screen: Keeping) -> list[GroupHead]:
    assert screen.queue.list is not None
    return screen.queue.list.findChildren(GroupHead)


def button(within: QWidget, start: str) -> Button:
    return next(one for one in within.findChildren(Button) if one.accessibleName().startswith(start))


def click(at_desk: AtDesk, widget: QWidget) -> None:
    at_desk.qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
    settle(at_desk)


def test_an_empty_file_says_that_nothing_waits(screen: Keeping) -> None:
    assert screen.queue.findChild(Empty) is not None
    assert screen.head.subtitle.text().startswith("Nothing has passed its time")


@pytest.mark.usefixtures("people")
def test_the_tabs_show_what_waits_the_rules_the_runs_and_what_is_held(screen: Keeping) -> None:
    assert [row.title for row in rows(screen)] == ["Person 0", "Person 1", "Person 2", "Person 3"]
    assert screen.head.subtitle.text().startswith("4 entries have passed their time")
    screen.show_at(tab="rules")
    assert screen.rules.list is not None
    assert any("would touch 3 now" in one.text() for one in screen.rules.list.findChildren(Label))
    screen.show_at(tab="runs")
    assert screen.runs.list is not None
    assert screen.runs.list.rows[0].title == "4 entries past their time"
    screen.show_at(tab="held")
    assert screen.held.isVisible()
    assert screen.tabs.chosen == "held"


@pytest.mark.usefixtures("people")
def test_the_box_of_a_group_chooses_all_of_it_and_esc_lets_go(at_desk: AtDesk, screen: Keeping) -> None:
    head = heads(screen)[0]
    assert head.check is not None
    head.check.click()
    assert len(screen.queue.chosen) == 3
    assert screen.queue.bar.isVisible()
    assert "3 chosen" in screen.queue.bar.accessibleName()
    at_desk.qtbot.keyClick(screen.queue, Qt.Key.Key_Escape)
    assert not screen.queue.chosen
    assert screen.queue.bar.isHidden()


@pytest.mark.usefixtures("people")
def test_keeping_asks_for_reason_and_day_and_can_be_taken_back(
    at_desk: AtDesk, screen: Keeping, office: Office
) -> None:
    click(at_desk, button(rows(screen)[0], "Keep …: Person 0"))
    asked = top(at_desk, KeepSheet)
    click(at_desk, asked.save_button)
    assert waiting_entries(office) == 4
    at_desk.qtbot.keyClicks(asked.reason.edit, "Hochzeit im Mai")
    click(at_desk, asked.chips.chip("year"))
    click(at_desk, asked.save_button)
    assert [row.title for row in rows(screen)] == ["Person 1", "Person 2", "Person 3"]
    text, undo = at_desk.shell.toasts[-1]
    assert text == "1 entry is kept."
    assert undo is not None
    undo()
    settle(at_desk)
    assert waiting_entries(office) == 4


def _write_reason(at_desk: AtDesk, text: str) -> KeepSheet:
    asked = top(at_desk, KeepSheet)
    at_desk.qtbot.keyClicks(asked.reason.edit, text)
    asked.keep_draft()
    settle(at_desk)
    asked.close()
    return asked


def test_an_unsaved_reason_comes_up_again_for_the_same_person_alone(
    at_desk: AtDesk, people: list[bytes], screen: Keeping, office: Office
) -> None:
    click(at_desk, button(rows(screen)[0], "Keep …: Person 0"))
    _write_reason(at_desk, "Hochzeit im Mai")
    assert drafts.take(office, "keep", people[0])["reason"] == "Hochzeit im Mai"
    click(at_desk, button(rows(screen)[1], "Keep …: Person 1"))
    other = top(at_desk, KeepSheet)
    assert other.reason.text() == ""
    other.close()
    click(at_desk, button(rows(screen)[0], "Keep …: Person 0"))
    assert top(at_desk, KeepSheet).reason.text() == "Hochzeit im Mai"


@pytest.mark.usefixtures("people")
def test_a_reason_for_several_people_is_kept_nowhere(at_desk: AtDesk, screen: Keeping, office: Office) -> None:
    for row in rows(screen)[:2]:
        assert row.check is not None
        row.check.click()
    screen.queue.bar.acted.emit("keep")
    asked = _write_reason(at_desk, "Hochzeit im Mai")
    assert forms_kept(office) == set()
    screen.queue.bar.acted.emit("keep")
    settle(at_desk)
    asked = top(at_desk, KeepSheet)
    assert asked.reason.text() == ""
    at_desk.qtbot.keyClicks(asked.reason.edit, "Hochzeit")
    asked.dismiss()
    leave = top(at_desk, Leave)
    assert any("kept nowhere" in one.text() for one in leave.findChildren(QLabel))


@pytest.mark.usefixtures("people")
def test_after_a_row_went_the_keyboard_is_on_the_one_in_its_place(at_desk: AtDesk, screen: Keeping) -> None:
    keep = button(rows(screen)[0], "Keep …")
    keep.setFocus()
    at_desk.qtbot.keyClick(keep, Qt.Key.Key_Return)
    asked = top(at_desk, KeepSheet)
    at_desk.qtbot.keyClicks(asked.reason.edit, "Hochzeit im Mai")
    asked.until.set_date(date(2027, 6, 1))
    at_desk.qtbot.keyClick(asked.reason.edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    settle(at_desk)
    assert rows(screen)[0].title == "Person 1"
    assert rows(screen)[0].hasFocus()


@pytest.mark.usefixtures("people")
def test_what_must_not_be_deleted_is_held_until_it_is_released(
    at_desk: AtDesk, screen: Keeping, office: Office
) -> None:
    check = rows(screen)[0].check
    assert check is not None
    check.click()
    screen.queue.bar.acted.emit("hold")
    asked = top(at_desk, HoldSheet)
    at_desk.qtbot.keyClicks(asked.reason.edit, "Streit um die Rechnung")
    click(at_desk, asked.save_button)
    assert [row.reason for row in keeping.held(office)] == ["Streit um die Rechnung"]
    screen.show_at(tab="held")
    assert screen.held.list is not None
    click(at_desk, button(screen.held.list, "Release"))
    assert keeping.held(office) == []
    assert waiting_entries(office) == 4


def test_nothing_goes_before_the_button_with_the_number_is_pressed(
    at_desk: AtDesk, people: list[bytes], screen: Keeping, office: Office, tmp_path: Path
) -> None:
    put(office, PAPERS_FOLDER, str(tmp_path / "papers"))
    (tmp_path / "papers").mkdir()
    for row in rows(screen):
        assert row.check is not None
        row.check.setChecked(True)
    screen.queue.bar.acted.emit("erase")
    asked = top(at_desk, YesSheet)
    assert asked.panel.accessibleName() == "Erase 3 people and 1 entry for good?"
    assert waiting_entries(office) == 4
    click(at_desk, asked.erase)
    top(at_desk, DoneSheet)
    assert waiting_entries(office) == 0
    assert contacts.named(office, people[:3]) == []
    assert [one.id for one in contacts.named(office, people)] == [people[3]]
    assert len(list((tmp_path / "papers").glob("*.pdf"))) == 6
    assert inspection.check_log(office).whole


def test_asked_by_two_clicks_and_answered_by_two_one_yes_takes_each_once(
    at_desk: AtDesk, people: list[bytes], screen: Keeping, office: Office, tmp_path: Path
) -> None:
    put(office, PAPERS_FOLDER, str(tmp_path))
    erase = button(rows(screen)[0], "Erase: Person 0")
    erase.click()
    erase.click()
    asked = top(at_desk, YesSheet)
    asked.erase.click()
    asked.erase.click()
    settle(at_desk)
    sheet = Overlay.top(at_desk.window)
    assert sheet is not None
    sheet.close()
    assert nothing_open(at_desk)
    assert len(contacts.named(office, people)) == 3
    assert at_desk.shell.problems == []


def test_cancelling_the_yes_changes_nothing(
    at_desk: AtDesk, people: list[bytes], screen: Keeping, office: Office
) -> None:
    click(at_desk, button(rows(screen)[0], "Erase: Person 0"))
    asked = top(at_desk, YesSheet)
    at_desk.qtbot.keyClick(asked, Qt.Key.Key_Escape)
    assert waiting_entries(office) == 4
    assert len(contacts.named(office, people)) == 4


def test_a_note_goes_alone_and_its_person_stays(
    at_desk: AtDesk, people: list[bytes], screen: Keeping, office: Office
) -> None:
    click(at_desk, button(rows(screen)[3], "Erase: Person 3"))
    asked = top(at_desk, YesSheet)
    click(at_desk, asked.erase)
    assert at_desk.shell.toasts[-1][0] == "Erased: 1 entry."
    assert len(contacts.named(office, people)) == 4
    assert waiting_entries(office) == 3


def test_whom_others_name_is_left_out_until_somebody_has_looked(
    at_desk: AtDesk, people: list[bytes], screen: Keeping, office: Office
) -> None:
    contacts.note(office, people[3], "kam mit Person 0 vorbei")
    settle(at_desk)
    for row in rows(screen)[:2]:
        assert row.check is not None
        row.check.setChecked(True)
    screen.queue.bar.acted.emit("erase")
    asked = top(at_desk, YesSheet)
    assert asked.panel.accessibleName() == "Erase 1 person for good?"
    assert any(one.accessibleName().startswith("Look …: Person 0") for one in asked.findChildren(Button))


def test_a_row_opens_its_person(at_desk: AtDesk, people: list[bytes], screen: Keeping) -> None:
    at_desk.qtbot.keyClick(rows(screen)[1], Qt.Key.Key_Return)
    assert at_desk.shell.went == [("contacts", {"person": people[1]})]


def test_many_rows_come_in_steps_and_the_box_of_the_group_means_all(
    at_desk: AtDesk, screen: Keeping, office: Office
) -> None:
    for _ in range(STEP + 10):
        person(office)
    clock_of(office).to(LATER)
    retention.run(office, clock_is_right=True)
    settle(at_desk)
    assert len(rows(screen)) == STEP + 1
    head = heads(screen)[0]
    assert head.check is not None
    head.check.click()
    assert len(screen.queue.chosen) == STEP + 10
    more = rows(screen)[-1]
    assert more.title == "Show 10 more"
    more.click()
    assert len(rows(screen)) == STEP + 10
    assert all(row.check is not None and row.check.isChecked() for row in rows(screen))


def test_looking_now_fills_the_list(at_desk: AtDesk, screen: Keeping, office: Office) -> None:
    person(office)
    clock_of(office).to(LATER)
    click(at_desk, screen.look)
    assert at_desk.shell.toasts[-1][0] == "Looked through: 1 new entry on the list."
    assert [row.title for row in rows(screen)] == ["Person 0"]


def test_looking_now_by_two_clicks_looks_once(at_desk: AtDesk, screen: Keeping, office: Office) -> None:
    before = office.read(lambda reading: reading.count(RetentionRun))
    screen.look.click()
    screen.look.click()
    at_desk.calm()
    assert office.read(lambda reading: reading.count(RetentionRun)) == before + 1
    assert len(at_desk.shell.toasts) == 1


def test_when_the_date_jumped_somebody_is_asked_first(at_desk: AtDesk, screen: Keeping, office: Office) -> None:
    retention.run(office)
    person(office)
    clock_of(office).to(date(2030, 3, 1))
    click(at_desk, screen.look)
    asked = top(at_desk, ClockSheet)
    assert waiting_entries(office) == 0
    click(at_desk, asked.yes)
    assert waiting_entries(office) == 1


@pytest.mark.usefixtures("people")
def test_what_was_kept_until_a_day_stands_under_that_day(at_desk: AtDesk, office: Office) -> None:
    item = keeping.queue_view(office)[0].rows[0].item
    retention.decide(office, [item], RetentionAnswer.KEEP, reason="Hochzeit im Mai", until=date(2027, 6, 1))
    clock_of(office).to(date(2027, 6, 2))
    retention.run(office, clock_is_right=True)
    screen = Keeping(at_desk.desk)
    at_desk.put(screen)
    assert heads(screen)[-1].accessibleName() == "You kept these until 1 Jun 2027"
    assert rows(screen)[-1].sub.endswith("Hochzeit im Mai")


def test_months_end_on_the_last_day_of_a_shorter_one() -> None:
    assert months_on(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert months_on(date(2026, 11, 21), 12) == date(2027, 11, 21)
