"""The page of one contact, by mouse and keyboard, over a real customer file."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.consent import ConsentState
from desktop_crm.services import consents, contacts, drafts, editing, tasks
from desktop_crm.services.office import Office
from desktop_crm.storage.where import eq
from desktop_crm.ui import reach
from desktop_crm.ui.record.head import DETAILS, HELD, PERMISSION, TIMELINE
from desktop_crm.ui.record.permission_tab import TakingBack
from desktop_crm.ui.record.reading import PLACE
from desktop_crm.ui.screens.contacts import Contacts
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.facts import SmallButton
from desktop_crm.ui.widgets.label import Label
from desktop_crm.ui.widgets.nav import TextLink
from desktop_crm.words import M, Money, Problem
from tests.ui.screens.conftest import AtDesk
from tests.ui.seeing import focused


@pytest.fixture
def person(office: Office) -> bytes:
    form = editing.ContactForm(
        name="Łucja Kowalska",
        emails=(editing.Line(text="lucja@example.com"),),
        phones=(editing.Line(text="0341 555 0123"),),
        tags=("Hochzeit",),
    )
    return editing.new_contact(office, form)


@pytest.fixture
def screen(at_desk: AtDesk, person: bytes) -> Contacts:
    """The screen with the page open."""
    made = Contacts(at_desk.desk)
    at_desk.put(made)
    made.show_at(person=person)
    at_desk.calm()
    return made


def titles(screen: Contacts) -> list[str]:
    return [view.accessibleName() for view in screen.record.timeline.views]


def acts(office: Office, name: str) -> int:
    return office.read(lambda reading: reading.count(AuditEntry, eq("act", name)))


def wait(at_desk: AtDesk) -> None:
    """Until what was written has been read anew."""
    QApplication.processEvents()
    at_desk.calm()


def do(screen: Contacts, at_desk: AtDesk, title: str, act: str) -> None:
    """Choose a line of the menu of an entry."""
    view = next(view for view in screen.record.timeline.views if view.accessibleName().startswith(title))
    next(line for line in view.menu().actions() if line.text() == act).trigger()
    wait(at_desk)
    wait(at_desk)


def test_the_head_says_who_it_is_and_what_stands_out(screen: Contacts) -> None:
    head = screen.record.head
    assert head._name.text() == "Łucja Kowalska"
    assert head._line.text() == "Since November 2026 · interested · Hochzeit"
    said = {badge.text() for badge in head.findChildren(Badge)}
    assert {"Reason: orders", "3 not asked yet"} <= said


def test_enter_saves_a_note_on_top_and_undo_takes_it_back(
    at_desk: AtDesk, screen: Contacts, office: Office, person: bytes
) -> None:
    note = screen.record.note
    QTest.keyClicks(note, "No lilies")
    QTest.keyClick(note, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(note, "yard door")
    QTest.keyClick(note, Qt.Key.Key_Return)
    at_desk.qtbot.waitUntil(lambda: len(titles(screen)) == 1)
    at_desk.calm()
    assert titles(screen)[0].endswith("No lilies\nyard door")
    assert note.toPlainText() == ""
    assert note.isEnabled()
    assert drafts.take(office, PLACE, person) == {}
    text, undo = at_desk.shell.toasts[-1]
    assert text == "Note saved"
    assert undo is not None
    undo()
    at_desk.qtbot.waitUntil(lambda: titles(screen) == [])


def test_a_note_that_cannot_be_saved_stays_in_the_box(
    at_desk: AtDesk, screen: Contacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> bytes:
        raise Problem(M("The disk is full."))

    monkeypatch.setattr(contacts, "note", full)
    QTest.keyClicks(screen.record.note, "No lilies")
    QTest.keyClick(screen.record.note, Qt.Key.Key_Return)
    at_desk.calm()
    assert len(at_desk.shell.problems) == 1
    assert at_desk.shell.typed == ["No lilies"]
    assert screen.record.note.toPlainText() == "No lilies"
    assert screen.record.note.isEnabled()


def test_what_was_typed_is_kept_when_another_page_is_opened_and_comes_back(
    at_desk: AtDesk, screen: Contacts, office: Office, person: bytes
) -> None:
    other = contacts.add(office, contacts.NewContact(name="Anna Berg", emails=("anna@example.com",)))
    QTest.keyClicks(screen.record.note, "half a tho")
    screen.show_at(person=other)
    at_desk.calm()
    assert screen.record.note.toPlainText() == ""
    screen.show_at(person=person)
    at_desk.calm()
    assert screen.record.note.toPlainText() == "half a tho"


def test_a_lock_loses_nothing_that_was_typed(at_desk: AtDesk, screen: Contacts, office: Office, person: bytes) -> None:
    QTest.keyClicks(screen.record.note, "half a tho")
    screen.keep_draft()
    at_desk.courier.close()
    assert drafts.take(office, PLACE, person) == {"text": "half a tho"}


def test_what_is_typed_is_kept_after_a_pause(at_desk: AtDesk, screen: Contacts, office: Office, person: bytes) -> None:
    QTest.keyClicks(screen.record.note, "half")
    screen.record.note._pause.timeout.emit()
    at_desk.calm()
    assert drafts.take(office, PLACE, person) == {"text": "half"}


def test_typing_goes_on_while_the_page_is_read_anew(
    at_desk: AtDesk, screen: Contacts, office: Office, person: bytes
) -> None:
    QTest.keyClicks(screen.record.note, "half")
    contacts.note(office, person, "from elsewhere")
    at_desk.qtbot.waitUntil(lambda: len(titles(screen)) == 1)
    assert screen.record.note.toPlainText() == "half"
    assert acts(office, "open_record") == 1


def test_a_task_is_planned_ticked_off_and_taken_back(
    at_desk: AtDesk, screen: Contacts, office: Office, person: bytes
) -> None:
    due = office.today() + timedelta(days=5)
    tasks.add_task(office, tasks.TaskForm(text="ring", person=person, due_on=due))
    at_desk.qtbot.waitUntil(lambda: titles(screen) == ["Task: ring, Thursday 26 November, planned"])
    view = screen.record.timeline.views[0]
    assert view.tick is not None
    assert view.tick.accessibleName() == "Tick off: Task: ring"
    view.tick.click()
    at_desk.qtbot.waitUntil(lambda: titles(screen) == ["Task: ring, Done, Sat 21 Nov"])
    _, undo = at_desk.shell.toasts[-1]
    assert undo is not None
    undo()
    at_desk.qtbot.waitUntil(lambda: "planned" in titles(screen)[0])


def test_what_is_late_stands_with_today_and_coming_months_above(
    at_desk: AtDesk, screen: Contacts, office: Office, person: bytes
) -> None:
    for text, days in (("late", -40), ("soon", 5), ("then", 40)):
        due = office.today() + timedelta(days=days)
        tasks.add_task(office, tasks.TaskForm(text=text, person=person, due_on=due))
    tasks.add_task(office, tasks.TaskForm(text="some day", person=person))
    at_desk.qtbot.waitUntil(lambda: len(titles(screen)) == 4)
    assert screen.record.timeline.months == ["December", "November"]
    assert [said.split(",")[0] for said in titles(screen)][:2] == ["Task: then", "Task: soon"]
    assert next(said for said in titles(screen) if "late" in said).endswith("late")


def test_entries_are_removed_and_come_back_by_undo(
    at_desk: AtDesk, screen: Contacts, office: Office, person: bytes
) -> None:
    contacts.note(office, person, "wrong person")
    contacts.purchase(office, person, Money(1200, "EUR"), bought_on=date(2026, 11, 2), description="Roses")
    at_desk.qtbot.waitUntil(lambda: len(titles(screen)) == 2)
    for title in ("Note", "Roses"):
        do(screen, at_desk, title, "Remove")
    at_desk.qtbot.waitUntil(lambda: titles(screen) == [])
    for _, undo in at_desk.shell.toasts:
        assert undo is not None
        undo()
    at_desk.qtbot.waitUntil(lambda: len(titles(screen)) == 2)


def test_older_entries_come_when_one_scrolls_to_them_and_stay_when_the_page_is_read_anew(
    at_desk: AtDesk, screen: Contacts, office: Office, person: bytes
) -> None:
    now = office.clock.now()
    for days in range(130):
        contacts.note(office, person, f"note {days}", happened_at=now - timedelta(days=days))
    wait(at_desk)
    at_desk.qtbot.waitUntil(lambda: len(titles(screen)) == 60)
    bar = screen.record.scroller.verticalScrollBar()

    def scrolled_to_the_end() -> bool:
        bar.setValue(bar.maximum())
        return len(titles(screen)) >= 130

    at_desk.qtbot.waitUntil(scrolled_to_the_end)
    assert len(titles(screen)) == 130
    contacts.note(office, person, "one more")
    at_desk.qtbot.waitUntil(lambda: len(titles(screen)) == 131)
    assert titles(screen)[-1].endswith("note 129")
    assert acts(office, "open_record") == 1


def test_a_phone_number_rings_and_each_value_copies_alone(
    at_desk: AtDesk, screen: Contacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    handed: list[str] = []

    def hand_over(url: QUrl) -> bool:
        handed.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", hand_over)
    rail = screen.record.rail
    for link in rail.findChildren(TextLink):
        link.click()
        at_desk.calm()
    assert handed == ["tel:03415550123", "mailto:lucja@example.com"]
    copy = next(one for one in rail.findChildren(SmallButton) if one.accessibleName() == "Copy: Phone")
    copy.click()
    assert QApplication.clipboard().text() == "0341 555 0123"
    assert QApplication.clipboard().mimeData().hasFormat("x-kde-passwordManagerHint")


def test_a_computer_without_a_telephone_says_so(
    at_desk: AtDesk, screen: Contacts, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: False)
    screen.record.rail.findChildren(TextLink)[0].click()
    at_desk.calm()
    assert len(at_desk.shell.problems) == 1


def test_every_detail_says_why_it_is_here(screen: Contacts) -> None:
    why = [one for one in screen.record.rail.findChildren(SmallButton) if one.accessibleName().startswith("Why")]
    assert {one.accessibleName() for one in why} >= {"Why we have this: Phone", "Why we have this: Email"}


def test_a_web_address_that_is_a_file_is_not_opened() -> None:
    assert not reach.visit("file:///etc/passwd")
    assert not reach.visit("")
    assert not reach.ring("unknown")


def test_in_a_narrow_window_the_details_are_a_tab(at_desk: AtDesk, screen: Contacts) -> None:
    record = screen.record
    assert record.rail.isVisible()
    at_desk.window.resize(920, 600)
    QApplication.processEvents()
    assert not record.rail.isVisible()
    record.show_tab(DETAILS)
    assert record.rail.isVisible()
    assert not record.note.isVisible()
    at_desk.window.resize(1200, 700)
    QApplication.processEvents()
    assert record.head.tabs.chosen == TIMELINE
    assert record.rail.isVisible()
    assert record.note.isVisible()


def test_buttons_lose_their_words_before_they_are_cut(at_desk: AtDesk, screen: Contacts) -> None:
    note = screen.record.head.daily["note"]
    wide = note.width()
    at_desk.window.resize(920, 600)
    QApplication.processEvents()
    assert note.width() < wide
    assert note.toolTip() == "Note"
    assert screen.record.width() + screen.list.width() == 920


def test_who_looked_stands_beside_the_details_and_leads_to_the_log(
    at_desk: AtDesk, screen: Contacts, person: bytes
) -> None:
    card = screen.record.rail.looks
    assert card.isVisibleTo(screen.record.rail)
    said = " ".join(one.text() for one in card.findChildren(Label))
    assert "Owner opened the entry of" in said
    next(one for one in card.findChildren(Button) if one.text() == "All").click()
    assert at_desk.shell.went[-1] == ("log", {"person": person})


def test_what_we_hold_is_one_look_and_shows_every_value(at_desk: AtDesk, screen: Contacts, office: Office) -> None:
    screen.record.show_tab(HELD)
    at_desk.calm()
    screen.record.show_tab(TIMELINE)
    screen.record.show_tab(HELD)
    at_desk.calm()
    assert acts(office, "what_we_hold") == 1
    said = {part.text() for part in screen.record.held.findChildren(type(screen.record._nothing))}
    assert {"Łucja Kowalska", "lucja@example.com", "0341 555 0123"} <= said


def test_many_entries_are_shown_bit_by_bit(at_desk: AtDesk, screen: Contacts, office: Office, person: bytes) -> None:
    for number in range(12):
        contacts.note(office, person, f"note {number}")
    screen.record.show_tab(HELD)
    at_desk.calm()
    more = next(one for one in screen.record.held.findChildren(Button) if one.text() == "Show 7 more entries")
    more.click()
    assert more.text() == "Show 2 more entries"
    more.click()
    assert not more.isVisible()


def test_a_yes_is_taken_back_in_two_clicks(at_desk: AtDesk, screen: Contacts, office: Office, person: bytes) -> None:
    consents.give(office, person, "newsletter")
    wait(at_desk)
    screen.record.show_tab(PERMISSION)
    (take,) = [one for one in screen.record.permission.findChildren(Button) if one.kind is Kind.QUIET]
    take.click()
    sheet = at_desk.window.findChild(TakingBack)
    assert isinstance(sheet, TakingBack)
    sheet.take.click()
    at_desk.calm()
    assert consents.of_person(office, person)[0].standing.state is not ConsentState.GIVEN
    assert at_desk.shell.toasts[-1][0].startswith("Taken back")


def test_buttons_of_the_page_lead_to_their_places(
    screen: Contacts, person: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[tuple[str, bytes]] = []
    for place in ("forms.happenings.open_call", "requests.start.give_copy", "erasing.sheet.open_erasing"):
        monkeypatch.setattr(f"desktop_crm.ui.{place}", lambda _desk, who, place=place: done.append((place, who)))
    monkeypatch.setattr("desktop_crm.ui.forms.person.open_person_form", lambda _desk, who: done.append(("edit", who)))
    head = screen.record.head
    for button in (head.daily["call"], head.copy, head.erase):
        button.click()
    screen.record.rail.edit_asked.emit()
    assert [place for place, _ in done] == [
        "forms.happenings.open_call",
        "requests.start.give_copy",
        "erasing.sheet.open_erasing",
        "edit",
    ]
    assert {who for _, who in done} == {person}


def test_the_keyboard_goes_through_the_page_in_reading_order(
    at_desk: AtDesk, screen: Contacts, office: Office, person: bytes
) -> None:
    contacts.note(office, person, "a note")
    at_desk.qtbot.waitUntil(lambda: len(titles(screen)) == 1 and screen.record.timeline.views[0].isVisible())
    at_desk.window.activateWindow()
    screen.record.head.daily["order"].setFocus(Qt.FocusReason.TabFocusReason)
    stops = []
    for _ in range(8):
        stops.append(focused().accessibleName())
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
    assert stops[:7] == ["Order", "Timeline", "Give a copy", "Erase …", "More", "Note", titles(screen)[0]]
    assert stops[7] == "Edit the details"
