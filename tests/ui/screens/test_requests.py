"""*Copy or erase*: the list by its days, a request from its entry to its end, papers in one click."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QMenu
from pytestqt.qtbot import QtBot

from desktop_crm.records.interaction import Channel
from desktop_crm.records.request import IdentityCheck, RequestKind
from desktop_crm.services import contacts, erasing, outside, requests
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.looking_through import ENTRIES, Part, found, part_entries
from desktop_crm.services.office import Office
from desktop_crm.services.requests import Step
from desktop_crm.ui.requests.came import OTHER_DAY
from desktop_crm.ui.requests.day import DaySheet
from desktop_crm.ui.requests.found import PartSheet
from desktop_crm.ui.requests.inbox import Inbox
from desktop_crm.ui.requests.places import Places, PlacesSheet
from desktop_crm.ui.requests.start import NewRequest, open_new_request
from desktop_crm.ui.screens.requests import Requests
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.empty import Empty
from tests.ui.screens.conftest import AtDesk
from tests.ui.screens.over import (
    button,
    list_of,
    nothing_open,
    page_of,
    parts_of,
    press,
    somebody,
    top,
    words_of,
    write,
)
from tests.ui.seeing import focused

NAME = "Łucja Kowalska"


@pytest.fixture
def person(office: Office) -> bytes:
    key = contacts.add(office, NewContact(name=NAME, emails=("lucja@x.example",)))
    contacts.note(office, key, "White and green, no lilies.")
    return key


@pytest.fixture
def number(office: Office, person: bytes) -> str:
    return requests.register(office, person, RequestKind.ACCESS, Channel.EMAIL, date(2026, 11, 3))


def screen_rows(at_desk: AtDesk) -> Inbox:
    """The list, also while a page stands in its place."""
    return at_desk.window.findChildren(Inbox)[0]


def titles(screen: Requests) -> list[str]:
    assert screen.inbox.rows is not None
    return [row.title for row in screen.inbox.rows.rows]


# The list


def test_without_requests_the_list_says_so_and_offers_to_enter_one(at_desk: AtDesk) -> None:
    screen = list_of(at_desk)
    empty = screen.findChildren(Empty)[0]
    empty.findChildren(Button)[0].click()
    top(at_desk, NewRequest)


@pytest.mark.usefixtures("number")
def test_the_most_urgent_stands_first_and_late_is_said_in_words(at_desk: AtDesk, office: Office) -> None:
    late = somebody(office, "Tom Late")
    requests.register(office, late, RequestKind.ERASURE, Channel.POST, date(2026, 10, 7))
    screen = list_of(at_desk)
    assert titles(screen) == ["Tom Late wants to be erased", f"{NAME} wants a copy of their data"]
    assert screen.inbox.rows is not None
    badges = [badge.text() for badge in screen.inbox.rows.rows[0].findChildren(Badge)]
    assert "12 days late" in badges
    assert screen.inbox.rows.rows[1].accessibleDescription() == "12 days left"


def test_what_is_answered_moves_to_the_other_tab(at_desk: AtDesk, office: Office, number: str) -> None:
    screen = list_of(at_desk)
    requests.close(office, number)
    at_desk.qtbot.waitUntil(lambda: bool(screen.findChildren(Empty)))
    button(screen.inbox.tabs, "Done").click()
    assert titles(screen) == [f"{NAME} wants a copy of their data"]


@pytest.mark.usefixtures("number")
def test_a_row_opens_the_page_and_esc_leads_back_to_that_row(at_desk: AtDesk, office: Office) -> None:
    other = somebody(office, "Ada Frei")
    requests.register(office, other, RequestKind.OBJECTION)
    screen = list_of(at_desk)
    assert screen.inbox.rows is not None
    screen.inbox.rows.rows[1].setFocus()
    press(Qt.Key.Key_Return)
    at_desk.calm()
    assert screen.person == other
    press(Qt.Key.Key_Escape)
    assert screen.view is None
    assert focused() is screen.inbox.rows.rows[1]


def test_a_copy_that_should_go_is_told_until_it_is_deleted(at_desk: AtDesk, office: Office, number: str) -> None:
    requests.remember_copy(office, number, office.today())
    screen = list_of(at_desk)
    banner = screen.findChildren(Banner)[0]
    assert number in banner.accessibleName()
    assert NAME not in banner.accessibleName()
    button(banner, "It is deleted").click()
    at_desk.qtbot.waitUntil(lambda: not screen.findChildren(Banner))
    assert requests.copies_to_delete(office) == []
    at_desk.calm()
    _, undo = at_desk.shell.toasts[-1]
    assert undo is not None
    undo()
    at_desk.calm()
    assert [row.number for row in requests.copies_to_delete(office)] == [number]


# The page


def test_the_page_says_who_wants_what_and_until_when(at_desk: AtDesk, number: str) -> None:
    _, view = page_of(at_desk, number)
    words = words_of(view)
    assert f"{NAME} wants a copy of their data" in words
    assert "Thu 3 Dec 2026" in words
    assert "1 month from 3 Nov 2026, when it came in." in words
    assert "by email" in words
    assert view.due.ring.accessibleName() == "12 days left"
    assert view.steps.accessibleName() == "Step 2 of 5: Identity checked"


def test_the_law_stands_behind_the_sign_alone(at_desk: AtDesk, number: str) -> None:
    _, view = page_of(at_desk, number)
    assert "Art." not in words_of(view)


def test_each_part_that_was_found_opens_the_entries_it_counts(at_desk: AtDesk, number: str) -> None:
    _, view = page_of(at_desk, number)
    row = parts_of(view).row_of(Part.NOTES)
    assert row is not None
    row.click()
    assert "White and green, no lilies." in words_of(top(at_desk, PartSheet))


def test_the_numbers_in_the_list_add_up_to_what_was_found(at_desk: AtDesk, number: str) -> None:
    _, view = page_of(at_desk, number)
    listed = parts_of(view)
    shown = [int(text) for row in listed.rows for text in words_of(row).split("\n") if text.isdigit()]
    assert f"Found {sum(shown)} entries" in words_of(view)
    looks = listed.row_of(Part.LOOKS)
    assert looks is not None
    assert re.search(r"\d+ times?: Owner, since", looks.accessibleName())


@pytest.mark.usefixtures("number")
def test_a_part_has_as_many_entries_as_it_says(office: Office, person: bytes) -> None:
    contacts.deliver(office, person, name="Gerda", deliver_on=date(2026, 12, 12))
    requests.close(office, requests.register(office, person, RequestKind.OBJECTION))
    told = {part.part: part.number for part in found(office, person) if part.part in ENTRIES}
    shown = {part: sum(len(one.entries) for one in part_entries(office, person, part)) for part in told}
    assert shown == told
    assert told[Part.EARLIER] == 1


def test_a_note_that_names_somebody_else_asks_for_a_look(at_desk: AtDesk, office: Office, number: str) -> None:
    somebody(office, "Maximilian Groß")
    contacts.note(office, requests.request(office, number).row.person, "Maximilian Groß pays for the flowers.")
    _, view = page_of(at_desk, number)
    row = parts_of(view).row_of(Part.NOTES)
    assert row is not None
    assert "Please look" in words_of(row)
    row.click()
    sheet = top(at_desk, PartSheet)
    assert "Maximilian Groß is named here:" in " ".join(b.accessibleName() for b in sheet.findChildren(Banner))
    button(sheet, "I looked: it can stay so").click()
    assert nothing_open(at_desk)
    after = parts_of(view).row_of(Part.NOTES)
    assert after is not None
    assert "Looked at" in words_of(after)
    assert focused() is after


def test_places_outside_are_ticked_and_added_in_place(at_desk: AtDesk, office: Office, number: str) -> None:
    outside.add_place(office, "Mailbox")
    _, view = page_of(at_desk, number)
    row = parts_of(view).row_of(Part.OUTSIDE)
    assert row is not None
    row.click()
    places = top(at_desk, PlacesSheet).findChildren(Places)[0]
    places.boxes[0].click()
    at_desk.calm()
    places.add.click()
    write(places.field.edit, "Order book")
    press(Qt.Key.Key_Return, places.field.edit)
    at_desk.calm()
    assert [box.text() for box in places.boxes] == ["Mailbox", "Order book"]
    assert [box.isChecked() for box in places.boxes] == [True, False]
    after = parts_of(view).row_of(Part.OUTSIDE)
    assert after is not None
    assert "1 of 2 ticked" in words_of(after)


def test_a_place_that_is_there_already_is_told_below_the_field(at_desk: AtDesk, office: Office, number: str) -> None:
    outside.add_place(office, "Mailbox")
    _, view = page_of(at_desk, number)
    row = parts_of(view).row_of(Part.OUTSIDE)
    assert row is not None
    row.click()
    places = top(at_desk, PlacesSheet).findChildren(Places)[0]
    places.add.click()
    write(places.field.edit, "mailbox")
    press(Qt.Key.Key_Return, places.field.edit)
    at_desk.calm()
    assert "This place is on the list already." in words_of(places)
    assert at_desk.shell.problems == []


def test_looking_through_is_one_line_in_the_log_however_often_the_page_changes(
    at_desk: AtDesk, office: Office, number: str
) -> None:
    _, view = page_of(at_desk, number)
    requests.set_channel(office, number, Channel.PHONE)
    at_desk.qtbot.waitUntil(lambda: "by phone" in words_of(view.who))
    at_desk.calm()
    assert [one.act for one in requests.request(office, number).happened].count("found") == 1


def test_who_asks_is_made_sure_in_one_click(at_desk: AtDesk, office: Office, number: str) -> None:
    _, view = page_of(at_desk, number)
    assert view.who.sure is not None
    view.who.sure.ways.chip(IdentityCheck.LAST_ORDER).click()
    at_desk.qtbot.waitUntil(lambda: "Made sure on 21 Nov 2026" in words_of(view.who))
    assert requests.request(office, number).identity is IdentityCheck.LAST_ORDER
    assert view.steps.at == 2


def test_the_way_it_came_is_assumed_on_top_until_one_click_says_it(
    at_desk: AtDesk, office: Office, person: bytes
) -> None:
    number = requests.register(office, person, RequestKind.ACCESS)
    _, view = page_of(at_desk, number)
    assert view.came.asked.text() == "It came today. How?"
    assumed = view.came.ways.chip(Channel.COUNTER)
    assert (assumed.text(), assumed.isChecked()) == ("at the counter?", False)
    assert "at the counter (assumed)" in words_of(view.who)
    assert "at the counter" not in words_of(screen_rows(at_desk)), "the list does not claim it"
    view.came.ways.chip(Channel.PHONE).click()
    at_desk.qtbot.waitUntil(lambda: not view.came.isVisible())
    row = requests.request(office, number).row
    assert (row.channel, row.way_told) == (Channel.PHONE, True)
    assert "by phone" in words_of(view.who)


def test_another_day_is_asked_for_from_the_same_place(at_desk: AtDesk, office: Office, person: bytes) -> None:
    _, view = page_of(at_desk, requests.register(office, person, RequestKind.ACCESS))
    view.came.ways.chip(OTHER_DAY).click()
    sheet = top(at_desk, DaySheet)
    sheet.day.set_date(date(2026, 11, 10))
    sheet.save.click()
    at_desk.qtbot.waitUntil(lambda: view.came.asked.text() == "It came on 10 Nov 2026. How?")
    assert view.came.ways.chosen() is None


def test_a_step_never_claims_a_check_that_nobody_made(at_desk: AtDesk, office: Office, person: bytes) -> None:
    number = requests.register(office, person, RequestKind.OBJECTION)
    _, view = page_of(at_desk, number)
    assert view.steps.names[1] == "Identity checked"
    requests.close(office, number)
    at_desk.qtbot.waitUntil(lambda: view.steps.names[1] == "Identity open")


def test_what_was_entered_by_mistake_goes_and_can_be_brought_back(
    at_desk: AtDesk, office: Office, person: bytes
) -> None:
    number = requests.register(office, person, RequestKind.ACCESS)
    screen, view = page_of(at_desk, number)
    view.dots.click()
    menu = view.dots.findChildren(QMenu)[0]
    next(action for action in menu.actions() if action.text() == "Entered by mistake").trigger()
    menu.close()
    at_desk.qtbot.waitUntil(lambda: screen.view is None)
    at_desk.calm()
    assert requests.open_requests(office) == []
    text, undo = at_desk.shell.toasts[-1]
    assert number in text
    assert undo is not None
    undo()
    at_desk.qtbot.waitUntil(lambda: screen.inbox.rows is not None)
    assert [row.number for row in requests.open_requests(office)] == [number]


def test_the_way_it_came_is_corrected_from_a_menu(at_desk: AtDesk, office: Office, number: str) -> None:
    _, view = page_of(at_desk, number)
    view.who.channel.click()
    menu = view.who.findChildren(QMenu)[0]
    next(action for action in menu.actions() if action.text() == "by post").trigger()
    menu.close()
    at_desk.qtbot.waitUntil(lambda: "by post" in words_of(view.who))
    assert requests.request(office, number).row.channel is Channel.POST


def test_another_day_moves_the_day_of_the_answer(at_desk: AtDesk, number: str) -> None:
    _, view = page_of(at_desk, number)
    view.dots.click()
    menu = view.dots.findChildren(QMenu)[0]
    next(action for action in menu.actions() if action.text() == "It came on another day …").trigger()
    menu.close()
    sheet = top(at_desk, DaySheet)
    sheet.day.set_date(date(2026, 11, 10))
    sheet.save.click()
    at_desk.qtbot.waitUntil(lambda: "Thu 10 Dec 2026" in words_of(view.due))


def test_a_person_who_was_erased_leaves_nothing_on_the_page(
    at_desk: AtDesk, office: Office, number: str, person: bytes, tmp_path: Path
) -> None:
    screen, _ = page_of(at_desk, number)
    erasing.erase(office, person, tmp_path / "out", ErasureOrder(given_up=True))
    at_desk.qtbot.waitUntil(lambda: screen.view is None)
    at_desk.calm()
    assert "Kowalska" not in words_of(at_desk.window)


@pytest.mark.parametrize(
    ("kind", "screen"),
    [
        (RequestKind.RECTIFICATION, "contacts"),
        (RequestKind.OBJECTION, "permission"),
        (RequestKind.WITHDRAWAL, "permission"),
        (RequestKind.RESTRICTION, "contacts"),
    ],
)
def test_what_no_paper_answers_leads_to_where_it_is_done(
    at_desk: AtDesk, office: Office, person: bytes, kind: RequestKind, screen: str
) -> None:
    number = requests.register(office, person, kind)
    _, view = page_of(at_desk, number)
    assert view.deal is not None
    view.deal.first.click()
    assert at_desk.shell.went == [(screen, {"person": person})]
    view.deal.done.click()
    at_desk.qtbot.waitUntil(lambda: not view.deal or not view.deal.isVisible())
    assert requests.request(office, number).row.step is Step.CLOSED


def test_a_request_that_waits_says_until_when_and_can_stop_waiting(
    at_desk: AtDesk, office: Office, person: bytes
) -> None:
    number = requests.register(office, person, RequestKind.ERASURE)
    requests.wait(office, number, date(2026, 12, 14))
    _, view = page_of(at_desk, number)
    banner = view.findChildren(Banner)[0]
    assert "Waits until 14 Dec 2026" in banner.accessibleName()
    banner.findChildren(Button)[0].click()
    at_desk.qtbot.waitUntil(lambda: not view.findChildren(Banner))
    assert requests.request(office, number).row.wait_until is None


# A new one


def test_a_new_request_asks_for_what_is_missing_one_by_one(at_desk: AtDesk, office: Office, person: bytes) -> None:
    list_of(at_desk)
    open_new_request(at_desk.desk)
    sheet = top(at_desk, NewRequest)
    sheet.enter.click()
    assert focused() is sheet.picker.search
    assert "Please pick the person." in words_of(sheet)
    write(sheet.picker.search, "lucj")
    at_desk.calm()
    press(Qt.Key.Key_Return, sheet.picker.search)
    assert sheet.picker.person == person
    sheet.enter.click()
    assert "Please say what they want." in words_of(sheet)
    sheet.kind.chip(RequestKind.RECTIFICATION).click()
    sheet.channel.chip(Channel.PHONE).click()
    sheet.enter.click()
    assert nothing_open(at_desk)
    (row,) = requests.open_requests(office)
    assert (row.kind, row.channel, row.received_on) == (RequestKind.RECTIFICATION, Channel.PHONE, office.today())
    assert at_desk.shell.went == [("requests", {"number": row.number})]


def test_the_day_of_the_answer_follows_the_day_it_came(at_desk: AtDesk) -> None:
    list_of(at_desk)
    open_new_request(at_desk.desk)
    sheet = top(at_desk, NewRequest)
    assert "Answer by Mon 21 Dec 2026." in sheet.findChildren(Banner)[0].accessibleName()
    sheet.day.edit.clear()
    write(sheet.day.edit, "3.11.2026")
    at_desk.calm()
    at_desk.qtbot.waitUntil(lambda: "Thu 3 Dec 2026" in sheet.findChildren(Banner)[-1].accessibleName())


@pytest.mark.usefixtures("person")
def test_somebody_who_is_not_in_the_file_is_told_so(at_desk: AtDesk) -> None:
    list_of(at_desk)
    open_new_request(at_desk.desk)
    sheet = top(at_desk, NewRequest)
    write(sheet.picker.search, "zzzzqq")
    at_desk.calm()
    assert "Nobody found." in words_of(sheet)


def test_whoever_was_picked_can_be_changed(at_desk: AtDesk, person: bytes) -> None:
    list_of(at_desk)
    open_new_request(at_desk.desk)
    picker = top(at_desk, NewRequest).picker
    write(picker.search, "Lucja")
    at_desk.calm()
    press(Qt.Key.Key_Down, picker.search)
    press(Qt.Key.Key_Return)
    assert picker.person == person
    button(picker, "Somebody else").click()
    assert picker.person != person
    assert picker.search.isVisible()


def test_in_german_the_tab_of_open_requests_is_no_verb(qtbot: QtBot, office: Office) -> None:
    made = AtDesk(qtbot, office, "de")
    screen = Requests(made.desk)
    made.put(screen)
    assert "offen" in screen.inbox.tabs.findChildren(QAbstractButton)[0].text()
    made.courier.close()
