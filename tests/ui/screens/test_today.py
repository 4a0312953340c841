"""The first page of the day, by mouse and keyboard, over a real customer file."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel

from desktop_crm.records.interaction import Channel
from desktop_crm.records.purchase import OpenMatter
from desktop_crm.records.request import RequestKind
from desktop_crm.services import consents, contacts, erasing, requests, retention, tasks
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.services.recovery_sheet import INSIST_FROM
from desktop_crm.services.tasks import TaskForm
from desktop_crm.services.unmade import wait_for_papers
from desktop_crm.ui.made import left
from desktop_crm.ui.made.sheet import Again
from desktop_crm.ui.screens.today import Today
from desktop_crm.ui.today.rail import since
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.rows import GroupHead, Row
from desktop_crm.ui.widgets.sheet import Overlay, Sheet
from desktop_crm.words import Money, Words
from tests.privacy.shop import START, clock_of
from tests.ui.screens.conftest import AtDesk
from tests.ui.screens.over import papers_go_to

TODAY = date(2026, 11, 21)


def person(office: Office, name: str = "Łucja Kowalska", *, phone: str = "") -> bytes:
    address = "" if phone else f"Lindenstraße {len(name)}, 04107 Leipzig"
    return contacts.add(office, NewContact(name=name, phones=(phone,), address=address))


def put(at_desk: AtDesk) -> Today:
    screen = Today(at_desk.desk)
    at_desk.put(screen)
    return screen


def rows(screen: Today) -> list[Row]:
    return screen.shop.rows


def button(row: Row, text: str) -> Button:
    return next(one for one in row.findChildren(Button) if one.text() == text)


def click(at_desk: AtDesk, what: QAbstractButton) -> None:
    QTest.mouseClick(what, Qt.MouseButton.LeftButton)
    at_desk.calm()


def test_a_task_is_ticked_off_and_can_be_taken_back(at_desk: AtDesk, office: Office) -> None:
    tasks.add_task(office, TaskForm(text="Buy vases", due_on=TODAY))
    screen = put(at_desk)
    click(at_desk, button(rows(screen)[0], "Done"))
    assert [row.title for row in rows(screen)] == ["Nothing to do today"]
    _, undo = at_desk.shell.toasts[-1]
    assert undo is not None
    undo()
    at_desk.calm()
    assert [row.title for row in rows(screen)] == ["Buy vases"]


def test_a_task_without_a_day_is_there_and_can_be_ticked_off(at_desk: AtDesk, office: Office) -> None:
    tasks.add_task(office, TaskForm(text="Buy vases"))
    screen = put(at_desk)
    assert [row.title for row in rows(screen)] == ["Nothing for the shop today", "Buy vases"]
    assert "No day" in [head.accessibleName() for head in screen.findChildren(GroupHead)]
    click(at_desk, button(rows(screen)[1], "Done"))
    assert not tasks.list_open(office)


def test_a_very_long_name_makes_nothing_wider_than_the_window(at_desk: AtDesk, office: Office) -> None:
    requests.register(office, person(office, "Wolfeschlegelsteinhausenbergerdorff" * 20), RequestKind.ACCESS)
    at_desk.window.resize(856, 640)
    screen = put(at_desk)
    scroller = screen.page.scroller
    inside = scroller.widget()
    assert inside is not None
    assert inside.minimumSizeHint().width() <= scroller.viewport().width()
    assert inside.width() == scroller.viewport().width()


def test_exactly_one_button_is_primary(at_desk: AtDesk, office: Office) -> None:
    for text in ("Buy vases", "Water the palms"):
        tasks.add_task(office, TaskForm(text=text, due_on=TODAY))
    requests.register(office, person(office), RequestKind.ACCESS)
    screen = put(at_desk)
    primary = [one for one in screen.findChildren(Button) if one.kind is Kind.PRIMARY and one.isVisible()]
    assert len(primary) == 1
    assert primary[0] in rows(screen)[0].findChildren(Button)


def test_what_is_due_within_a_week_stands_above_the_work_of_the_shop(at_desk: AtDesk, office: Office) -> None:
    number = requests.register(office, person(office), RequestKind.ACCESS, Channel.EMAIL, TODAY)
    due = requests.request(office, number).row.due_on
    clock_of(office).to(due - timedelta(days=7))
    tasks.add_task(office, TaskForm(text="Buy vases", due_on=office.today()))
    screen = put(at_desk)
    assert rows(screen)[0].title.endswith("Łucja Kowalska wants a copy of their data")
    assert rows(screen)[1].title == "Buy vases"


def test_a_request_leads_to_its_page(at_desk: AtDesk, office: Office) -> None:
    number = requests.register(office, person(office), RequestKind.ACCESS)
    screen = put(at_desk)
    click(at_desk, button(rows(screen)[1], "Check"))
    assert at_desk.shell.went == [("requests", {"number": number})]


def test_call_leads_to_the_person_who_is_rung(at_desk: AtDesk, office: Office) -> None:
    who = person(office, phone="0171 3920001")
    tasks.add_task(office, TaskForm(text="Ring about the table", person=who, due_on=TODAY, call=True))
    screen = put(at_desk)
    click(at_desk, button(rows(screen)[0], "Call"))
    assert at_desk.shell.went == [("contacts", {"person": who, "do": "call"})]


def test_a_call_can_be_ticked_off_without_ringing(at_desk: AtDesk, office: Office) -> None:
    who = person(office, phone="0171 3920001")
    tasks.add_task(office, TaskForm(text="Ring about the table", person=who, due_on=TODAY, call=True))
    screen = put(at_desk)
    tick = next(one for one in rows(screen)[0].findChildren(Button) if one.kind is Kind.ICON)
    assert tick.accessibleName() == "Done: Ring about the table"
    click(at_desk, tick)
    assert not tasks.list_open(office)
    assert at_desk.shell.went == []


def test_those_never_asked_are_shown_among_the_permissions(at_desk: AtDesk, office: Office) -> None:
    person(office)
    screen = put(at_desk)
    row = next(one for one in rows(screen) if "never asked" in one.title)
    click(at_desk, button(row, "Show"))
    assert at_desk.shell.went == [("permission", {"filter": "not-asked"})]


def test_the_keyboard_goes_on_to_the_next_row_after_a_tick(at_desk: AtDesk, office: Office) -> None:
    for text, at in (("Buy vases", "08:00"), ("Water the palms", "09:00")):
        tasks.add_task(office, TaskForm(text=text, due_on=TODAY, due_time=at))
    screen = put(at_desk)
    with at_desk.qtbot.waitActive(at_desk.window):
        at_desk.window.activateWindow()
    button(rows(screen)[0], "Done").setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(button(rows(screen)[0], "Done"), Qt.Key.Key_Return)
    at_desk.calm()
    assert [row.title for row in rows(screen)] == ["Water the palms"]
    assert screen.shop.focusWidget() is button(rows(screen)[0], "Done")


def test_a_new_shop_is_told_three_things_to_begin_with(at_desk: AtDesk) -> None:
    screen = put(at_desk)
    assert screen.begin.isVisible()
    assert not screen.shop.isVisible()
    assert len(screen.begin.rows) == 3
    for row in screen.begin.rows:
        click(at_desk, row.findChildren(Button)[0])
    assert at_desk.shell.went == [
        ("contacts", {"import_path": True}),
        ("contacts", {"new": True}),
        ("settings", {"page": "ask"}),
    ]


def test_the_page_fills_itself_anew_after_a_change(at_desk: AtDesk, office: Office) -> None:
    screen = put(at_desk)
    person(office)
    at_desk.qtbot.waitUntil(screen.shop.isVisible)
    assert not screen.begin.isVisible()


def test_midnight_brings_the_next_day(at_desk: AtDesk, office: Office) -> None:
    person(office)
    tasks.add_task(office, TaskForm(text="Buy vases", due_on=TODAY + timedelta(days=1)))
    screen = put(at_desk)
    assert "Buy vases" not in [row.title for row in rows(screen)]
    clock_of(office).to(TODAY + timedelta(days=1), hour=0)
    screen.minute.timeout.emit()
    at_desk.calm()
    assert rows(screen)[0].title == "Buy vases"
    assert screen.head.subtitle.text().startswith("Sunday 22 November")


def test_a_put_off_sheet_is_asked_for_the_next_day(at_desk: AtDesk, office: Office) -> None:
    clock_of(office).to(TODAY + timedelta(days=1))
    screen = put(at_desk)
    assert "No recovery sheet yet" in [banner.accessibleName() for banner in screen.safety.findChildren(QLabel)]
    click(at_desk, next(one for one in screen.findChildren(Button) if one.text() == "Ask again tomorrow"))
    assert not [one for one in screen.findChildren(Button) if one.text() == "Make it now"]


def test_make_it_now_opens_the_sheet(at_desk: AtDesk, office: Office) -> None:
    clock_of(office).to(TODAY + timedelta(days=1))
    screen = put(at_desk)
    click(at_desk, next(one for one in screen.findChildren(Button) if one.text() == "Make it now"))
    assert Overlay.top(at_desk.window) is not None


def test_from_ten_contacts_on_the_sheet_opens_once_per_start(at_desk: AtDesk, office: Office) -> None:
    for number in range(INSIST_FROM):
        person(office, f"Person {number}")
    screen = put(at_desk)
    sheet = Overlay.top(at_desk.window)
    assert isinstance(sheet, Sheet)
    assert not sheet.close_button.isVisible()
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert Overlay.top(at_desk.window) is sheet
    sheet.close()
    screen.refresh()
    at_desk.calm()
    assert Overlay.top(at_desk.window) is None


def test_nothing_is_late_is_said_only_while_it_is_true(at_desk: AtDesk, office: Office) -> None:
    lead = person(office)
    contacts.add(office, NewContact(name="Anna Berg", emails=("anna@example.com",)))
    clock_of(office).to(TODAY + timedelta(days=800))
    retention.run(office, clock_is_right=True)
    screen = put(at_desk)
    assert "Also waiting, nothing is late" in [head.accessibleName() for head in screen.findChildren(GroupHead)]
    clock_of(office).to(TODAY + timedelta(days=831))
    screen.refresh()
    at_desk.calm()
    assert "Also waiting" in [head.accessibleName() for head in screen.findChildren(GroupHead)]
    assert contacts.show(office, lead).contact.name


def test_an_open_invoice_without_a_number_to_ring_leads_to_the_person(at_desk: AtDesk, office: Office) -> None:
    who = person(office)
    contacts.purchase(
        office, who, Money(21250, "EUR"), bought_on=TODAY - timedelta(days=20), still_open=OpenMatter.INVOICE
    )
    screen = put(at_desk)
    click(at_desk, button(rows(screen)[0], "Show"))
    assert at_desk.shell.went == [("contacts", {"person": who})]


def test_a_name_of_markup_is_shown_as_it_is(at_desk: AtDesk, office: Office) -> None:
    who = person(office, "<b>Bold</b> & Sons")
    requests.register(office, who, RequestKind.ACCESS)
    screen = put(at_desk)
    assert any("<b>Bold</b> & Sons wants a copy" in row.title for row in rows(screen))


def test_every_control_has_a_name(at_desk: AtDesk, office: Office) -> None:
    who = person(office, phone="0171 3920001")
    tasks.add_task(office, TaskForm(text="Ring", person=who, due_on=TODAY, call=True))
    consents.give(office, who, "newsletter")
    screen = put(at_desk)
    assert not [one for one in screen.findChildren(QAbstractButton) if not one.accessibleName()]


@pytest.mark.parametrize(
    ("ago", "told"),
    [
        (timedelta(seconds=20), "just now"),
        (timedelta(minutes=10), "10 minutes ago"),
        (timedelta(hours=3), "3 hours ago"),
        (timedelta(days=1), "yesterday"),
        (timedelta(days=2), "Thursday"),
        (timedelta(days=7), "14 Nov"),
    ],
)
def test_how_long_ago_is_said_as_people_say_it(ago: timedelta, told: str) -> None:
    assert since(Words("en", "Europe/Berlin"), START - ago, START) == told


def test_a_copy_of_ours_is_deleted_from_here_and_its_folder_is_one_click_away(
    at_desk: AtDesk, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(left, "open_paper", lambda _, path: opened.append(path))
    papers_go_to(office, tmp_path)
    number = requests.register(office, person(office), RequestKind.ACCESS)
    requests.remember_copy(office, number, TODAY)
    requests.close(office, number)
    screen = put(at_desk)
    row = next(row for row in rows(screen) if number in row.title)
    click(at_desk, next(one for one in row.findChildren(Button) if one.accessibleName() == "Show in folder"))
    assert opened == [tmp_path]
    click(at_desk, button(row, "Deleted"))
    assert requests.copies_to_delete(office) == []
    at_desk.qtbot.waitUntil(lambda: not any(number in row.title for row in rows(screen)))
    _, undo = at_desk.shell.toasts[-1]
    assert undo is not None
    undo()
    at_desk.calm()
    assert [one.number for one in requests.copies_to_delete(office)] == [number]


def test_the_record_of_an_erasure_that_was_cut_short_is_made_from_here(
    at_desk: AtDesk, office: Office, tmp_path: Path
) -> None:
    papers_go_to(office, tmp_path / "papers")
    number = erasing.erase(office, person(office), tmp_path, ErasureOrder()).number
    office.store.write(lambda writing: wait_for_papers(writing, number))
    screen = put(at_desk)
    row = next(row for row in rows(screen) if number in row.title)
    click(at_desk, button(row, "Make the record"))
    assert isinstance(Overlay.top(at_desk.window), Again)
    assert (tmp_path / "papers" / f"erasure-{number}.pdf").exists()
    at_desk.qtbot.waitUntil(lambda: not any(number in row.title for row in rows(screen)))


def test_the_page_does_not_jump_when_its_lines_are_made_anew(at_desk: AtDesk, office: Office) -> None:
    at_desk.window.resize(856, 600)
    for number in range(12):
        tasks.add_task(office, TaskForm(text=f"Task {number}", due_on=TODAY))
    screen = put(at_desk)
    at_desk.window.activateWindow()
    at_desk.qtbot.waitUntil(at_desk.window.isActiveWindow)
    bar = screen.page.scroller.verticalScrollBar()
    assert bar.maximum() > 0
    done = button(rows(screen)[0], "Done")
    done.setFocus()
    click(at_desk, done)
    assert len(rows(screen)) == 11
    assert bar.value() == 0
