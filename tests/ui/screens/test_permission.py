"""People against purposes, by mouse and keyboard, over a real customer file."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QModelIndex, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.consent import ConsentHow
from desktop_crm.services import consents, contacts
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.office import Office
from desktop_crm.services.permission_table import Filter, TableRow, row_states
from desktop_crm.storage.where import eq
from desktop_crm.ui.permission import model, table
from desktop_crm.ui.screens import permission
from desktop_crm.ui.screens.permission import Permission
from desktop_crm.ui.widgets.badge import Pill
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.empty import Empty
from desktop_crm.ui.widgets.table import Role
from tests.ui.screens.conftest import AtDesk


def person(office: Office, name: str = "Łucja Kowalska") -> bytes:
    return contacts.add(office, NewContact(name=name, address=f"Lindenstraße {name}"))


def put(at_desk: AtDesk) -> Permission:
    screen = Permission(at_desk.desk)
    at_desk.put(screen)
    at_desk.window.grab()
    at_desk.calm()
    return screen


def column(screen: Permission, code: str) -> int:
    return 1 + [one.code for one in screen.model.columns].index(code)


def cell(screen: Permission, who: bytes, code: str) -> QModelIndex:
    place = screen.model.order.index_of(who)
    assert place is not None
    return screen.model.index(place, column(screen, code))


def click_cell(at_desk: AtDesk, screen: Permission, index: QModelIndex) -> None:
    grid = screen.table.grid
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=grid.visualRect(index).center())
    at_desk.calm()


def click(at_desk: AtDesk, screen: Permission, text: str) -> None:
    QCoreApplication.processEvents()
    button = next(one for one in screen.findChildren(Button) if one.text() == text and one.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    at_desk.calm()


def beside(screen: Permission) -> list[str]:
    QCoreApplication.processEvents()  # what was put into a layout is shown with the next round of events
    return [one.text() for one in screen.side.findChildren(QLabel) if one.isVisibleTo(screen.side)]


def looks(office: Office, who: bytes) -> int:
    return office.read(lambda reading: reading.count(AuditEntry, eq("act", "history"), eq("person_id", who)))


def test_every_person_stands_against_every_purpose_in_use(at_desk: AtDesk, office: Office) -> None:
    who, other = person(office), person(office, "Jonas Ziegler")
    consents.give(office, who, "newsletter")
    consents.give(office, other, "newsletter", refused=True)
    screen = put(at_desk)
    pills = [cell(screen, one, "newsletter").data(Role.PILL) for one in (who, other)]
    assert [pill.text for pill in pills if isinstance(pill, Pill)] == ["Yes", "Said no"]
    asked = cell(screen, who, "birthday-card").data(Role.PILL)
    assert isinstance(asked, Pill)
    assert (asked.text, asked.lifted) == ("Not asked", True)


def test_heads_and_chips_tell_how_many(at_desk: AtDesk, office: Office) -> None:
    for number in range(3):
        consents.give(office, person(office, f"Person {number}"), "newsletter", refused=number == 2)
    screen = put(at_desk)
    head = screen.model.headerData(column(screen, "newsletter"), Qt.Orientation.Horizontal, Role.SUB)
    assert head == "2 yes"
    assert screen.model.headerData(0, Qt.Orientation.Horizontal, Role.SUB) == "3"
    assert screen.chips.chip(Filter.EVERYBODY).text() == "Everybody · 3"
    assert screen.chips.chip(Filter.SAID_NO).text() == "Said no · 1"


def test_a_chip_narrows_the_table(at_desk: AtDesk, office: Office) -> None:
    person(office)
    no = person(office, "Jonas Ziegler")
    consents.give(office, no, "newsletter", refused=True)
    screen = put(at_desk)
    QTest.mouseClick(screen.chips.chip(Filter.SAID_NO), Qt.MouseButton.LeftButton)
    at_desk.calm()
    assert list(screen.model.order) == [no]


def test_a_click_shows_what_was_said_and_the_words_that_were_read(at_desk: AtDesk, office: Office) -> None:
    who = person(office)
    consents.give(office, who, "newsletter")
    screen = put(at_desk)
    click_cell(at_desk, screen, cell(screen, who, "newsletter"))
    shown = beside(screen)
    assert "Said yes" in shown
    assert "Version 1" in shown
    wording = screen.side.history
    assert wording is not None
    assert wording.lines[0].text in shown


def test_nothing_is_looked_at_before_somebody_chooses(at_desk: AtDesk, office: Office) -> None:
    who = person(office)
    screen = put(at_desk)
    assert looks(office, who) == 0
    click_cell(at_desk, screen, cell(screen, who, "newsletter"))
    assert looks(office, who) == 1


def test_a_yes_is_taken_back_with_one_click(at_desk: AtDesk, office: Office) -> None:
    who = person(office)
    consents.give(office, who, "newsletter")
    screen = put(at_desk)
    click_cell(at_desk, screen, cell(screen, who, "newsletter"))
    click(at_desk, screen, "Take back now")
    at_desk.qtbot.waitUntil(lambda: screen.model.data(cell(screen, who, "newsletter")) == "Taken back")
    at_desk.calm()
    assert "Taken back" in beside(screen)
    assert contacts.show(office, who).consents[-1].how is ConsentHow.NOT_NOTED
    assert not [one for one in screen.side.findChildren(Button) if one.text() == "Take back now"]
    assert screen.model.headerData(column(screen, "newsletter"), Qt.Orientation.Horizontal, Role.SUB) == "0 yes"
    assert at_desk.shell.toasts


def test_who_was_not_asked_can_be_asked(at_desk: AtDesk, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    monkeypatch.setattr(permission, "open_asking", lambda _desk, who: asked.append(who))
    who = person(office)
    screen = put(at_desk)
    click_cell(at_desk, screen, cell(screen, who, "newsletter"))
    click(at_desk, screen, "Ask …")
    assert asked == [who]


def test_the_keyboard_goes_from_cell_to_cell(at_desk: AtDesk, office: Office) -> None:
    first, second = person(office, "Anna"), person(office, "Berta")
    screen = put(at_desk)
    grid = screen.table.grid
    grid.setFocus()
    assert screen.table.choose_cell(first)
    QTest.keyClick(grid, Qt.Key.Key_Down)
    QTest.keyClick(grid, Qt.Key.Key_Right)
    QTest.keyClick(grid, Qt.Key.Key_Return)
    at_desk.calm()
    assert screen.side.history is not None
    assert (screen.side.history.person, screen.side.history.code) == (second, screen.model.columns[1].code)


def test_passing_over_cells_opens_only_the_one_on_which_it_rests(
    at_desk: AtDesk, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(table, "REST", 400)
    first, second, third = (person(office, name) for name in ("Anna", "Berta", "Clara"))
    screen = put(at_desk)
    assert screen.table.choose_cell(first)
    for _ in range(2):
        QTest.keyClick(screen.table.grid, Qt.Key.Key_Down)
        QCoreApplication.processEvents()
    at_desk.qtbot.waitUntil(lambda: screen.side.history is not None)
    at_desk.calm()
    assert [looks(office, who) for who in (first, second, third)] == [0, 0, 1]


def test_a_name_leads_to_the_record(at_desk: AtDesk, office: Office) -> None:
    who = person(office)
    screen = put(at_desk)
    click_cell(at_desk, screen, screen.model.index(0, 0))
    assert at_desk.shell.went == [("contacts", {"person": who})]


def test_it_can_be_shown_at_a_filter_and_at_a_person(at_desk: AtDesk, office: Office) -> None:
    who = person(office)
    consents.give(office, person(office, "Jonas Ziegler"), "newsletter")
    screen = put(at_desk)
    screen.show_at(filter="not-asked")
    at_desk.calm()
    assert list(screen.model.order) == [who]
    assert screen.chips.chosen() == "not-asked"
    screen.show_at(person=who)
    at_desk.calm()
    assert screen.filter is Filter.EVERYBODY
    assert screen.person == who
    assert screen.side.history is not None


def test_a_change_elsewhere_leaves_the_choice_where_it_is(at_desk: AtDesk, office: Office) -> None:
    who = person(office, "Mira")
    screen = put(at_desk)
    click_cell(at_desk, screen, cell(screen, who, "newsletter"))
    person(office, "Anna")
    at_desk.qtbot.waitUntil(lambda: len(screen.model.order) == 2)
    at_desk.calm()
    assert screen.table.cell == (who, "newsletter")
    assert screen.side.history is not None


def test_rows_come_in_pages_that_are_looked_at_and_never_on_the_gui_thread(
    at_desk: AtDesk, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[tuple[int, bool]] = []
    inner = row_states

    def noted(which: Office, ids: list[bytes]) -> list[TableRow]:
        read.append((len(ids), threading.current_thread() is threading.main_thread()))
        return inner(which, ids)

    for number in range(25):
        person(office, f"Person {number:03}")
    monkeypatch.setattr(model, "row_states", noted)
    monkeypatch.setattr(model, "PAGE", 5)
    screen = put(at_desk)
    assert 0 < len(read) < 6
    assert {size for size, _ in read} == {5}
    assert not any(on_gui for _, on_gui in read)
    assert screen.model.row_at(0) is not None


def test_an_empty_file_says_so_and_leads_on(at_desk: AtDesk) -> None:
    screen = put(at_desk)
    assert isinstance(screen.place.currentWidget(), Empty)
    click(at_desk, screen, "Bring in a list")
    assert at_desk.shell.went == [("contacts", {"import_path": True})]


def test_a_filter_that_leaves_nobody_leads_back_to_everybody(at_desk: AtDesk, office: Office) -> None:
    person(office)
    screen = put(at_desk)
    screen.narrow(Filter.CLAIMED)
    at_desk.calm()
    click(at_desk, screen, "Show everybody")
    assert screen.filter is Filter.EVERYBODY
    assert screen.place.currentWidget() is screen.table


def test_every_control_and_cell_has_a_name(at_desk: AtDesk, office: Office) -> None:
    who = person(office)
    consents.give(office, who, "newsletter")
    screen = put(at_desk)
    click_cell(at_desk, screen, cell(screen, who, "newsletter"))
    assert not [one for one in screen.findChildren(QAbstractButton) if not one.accessibleName() and one.isVisible()]
    spoken = cell(screen, who, "newsletter").data(Qt.ItemDataRole.AccessibleTextRole)
    assert str(spoken).startswith("Łucja Kowalska, Newsletter")
    assert "Yes" in str(spoken)
