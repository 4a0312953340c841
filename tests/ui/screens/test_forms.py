"""The forms for people, by mouse and keyboard on a real customer file."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from desktop_crm.records.task import Task
from desktop_crm.services import contacts, drafts, editing, erasing
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.ui.forms.concerned import BackAgain, HereAlready
from desktop_crm.ui.forms.form import Leave
from desktop_crm.ui.forms.happenings import open_call, open_note, open_order, open_task
from desktop_crm.ui.forms.order import OrderForm
from desktop_crm.ui.forms.person import PersonForm, open_person_form
from desktop_crm.ui.forms.spoken import CallForm, NoteForm
from desktop_crm.ui.forms.task import TaskSheet, clock_time
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.sheet import Overlay
from desktop_crm.words import M, Problem
from tests.counting import forms_kept
from tests.ui.screens.conftest import AtDesk
from tests.ui.seeing import focused

S = TypeVar("S", bound=Overlay)
W = TypeVar("W", bound=QWidget)


@pytest.fixture
def person(office: Office) -> bytes:
    form = editing.ContactForm(
        name="Łucja Kowalska",
        phones=(editing.Line(text="0341 5550123", label="mobile"),),
        addresses=(editing.AddressLine(street="Lindenstraße 14", city="Leipzig"),),
        tags=("Wedding",),
        birthday="16.8.",
    )
    return editing.new_contact(office, form)


@pytest.fixture(autouse=True)
def window(at_desk: AtDesk) -> QWidget:
    at_desk.put(QWidget())
    at_desk.window.activateWindow()
    at_desk.qtbot.waitUntil(at_desk.window.isActiveWindow)
    return at_desk.window


def top(at_desk: AtDesk, kind: type[S]) -> S:
    at_desk.calm()
    shown = Overlay.top(at_desk.window)
    assert isinstance(shown, kind)
    return shown


def type_into(field: Field, text: str) -> None:
    field.edit.setFocus()
    for letter in text:
        # A test keyboard has no Ł; it is put in as an input method does.
        if letter.isascii():
            QTest.keyClicks(field.edit, letter)
        else:
            QTest.keyClick(field.edit, Qt.Key.Key_End)
            field.edit.insert(letter)  # type: ignore[union-attr]


def keyboard_on(widget: W, window: QWidget) -> W:
    """Put it somewhere in the window, with the keyboard on it."""
    widget.setParent(window)
    widget.show()
    widget.setFocus()
    return widget


def save_by_keys(at_desk: AtDesk) -> None:
    QTest.keyClick(focused(), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    at_desk.calm()


def notes(office: Office, person: bytes) -> list[str]:
    return [row.text for row in contacts.show(office, person).interactions]


def test_a_name_and_one_way_to_reach_somebody_are_enough(at_desk: AtDesk, office: Office, window: QWidget) -> None:
    added: list[bytes] = []
    open_person_form(at_desk.desk, then=added.append)
    form = top(at_desk, PersonForm)
    QTest.keyClicks(focused(), "Amelia O'Connor")
    type_into(form.phones.first, "0171 3920099")
    save_by_keys(at_desk)
    shown = contacts.show(office, added[0])
    assert (shown.contact.name, [p.number for p in shown.phones]) == ("Amelia O'Connor", ["0171 3920099"])
    assert Overlay.top(window) is None
    said, undo = at_desk.shell.toasts[-1]
    assert said == "Added to your contacts."
    assert undo is not None
    undo()
    at_desk.calm()
    assert contacts.find(office, "Amelia") == []
    assert at_desk.shell.problems == []


def test_save_goes_to_the_first_fault_and_the_message_goes_while_it_is_mended(at_desk: AtDesk, office: Office) -> None:
    open_person_form(at_desk.desk)
    form = top(at_desk, PersonForm)
    assert form.save_button.isEnabled()
    form.save_button.click()
    assert form.name.edit.hasFocus()
    assert "name" in form.name.edit.accessibleDescription()
    QTest.keyClicks(form.name.edit, "Tom")
    assert form.name.edit.accessibleDescription() == ""
    form.save_button.click()
    assert form.phones.first.edit.hasFocus()
    assert "phone number" in form.phones.first.edit.accessibleDescription()
    assert contacts.find(office, "Tom") == []


def test_an_odd_address_is_remarked_on_and_saved_as_typed(at_desk: AtDesk, office: Office) -> None:
    open_person_form(at_desk.desk)
    form = top(at_desk, PersonForm)
    type_into(form.name, "Tom Weber")
    type_into(form.emails.first, "tom.weber-at-home")
    form.name.edit.setFocus()
    at_desk.calm()
    assert "does not look like" in form.emails.first.edit.accessibleDescription()
    save_by_keys(at_desk)
    key = contacts.find(office, "Tom Weber")[0].id
    assert [e.address for e in contacts.show(office, key).emails] == ["tom.weber-at-home"]
    assert at_desk.shell.went == [("contacts", {"person": key})]


def test_what_is_odd_is_told_even_where_nobody_left_the_field(at_desk: AtDesk, office: Office) -> None:
    open_person_form(at_desk.desk)
    form = top(at_desk, PersonForm)
    form.name.edit.setFocus()
    QTest.keyClicks(form.name.edit, "x" * 151)
    form.phones.first.edit.setFocus()
    at_desk.calm()
    assert "very long" in form.name.edit.accessibleDescription()
    type_into(form.phones.first, "ring me")
    save_by_keys(at_desk)
    said, undo = at_desk.shell.toasts[-1]
    assert "added to your contacts. the name is very long" in said.lower()
    assert "A phone number does not look right; it is kept as typed." in said
    assert undo is not None
    assert len(contacts.find(office, "x")) == 1


def test_a_fault_that_is_folded_away_is_unfolded(at_desk: AtDesk) -> None:
    open_person_form(at_desk.desk)
    form = top(at_desk, PersonForm)
    type_into(form.name, "Tom")
    type_into(form.phones.first, "0171 3920099")
    form.more.birthday.set_text("the 31st of February")
    assert form.more.isHidden()
    form.save_button.click()
    assert form.more.birthday.edit.hasFocus()
    assert "readable" in form.more.birthday.edit.accessibleDescription()


def test_correcting_changes_what_was_typed_alone_and_can_be_undone(
    at_desk: AtDesk, office: Office, person: bytes
) -> None:
    before = editing.form_of(office, person)
    open_person_form(at_desk.desk, person)
    form = top(at_desk, PersonForm)
    form.more.addresses.blocks[0].edit_of("city").setText("Halle")
    form.phones.add_button.click()
    QTest.keyClicks(focused(), "0341 5550999")
    save_by_keys(at_desk)
    after = editing.form_of(office, person)
    assert (after.addresses[0].city, after.addresses[0].street) == ("Halle", "Lindenstraße 14")
    assert [line.text for line in after.phones] == ["0341 5550123", "0341 5550999"]
    assert (after.birthday, after.tags, after.phones[0]) == (before.birthday, before.tags, before.phones[0])
    said, undo = at_desk.shell.toasts[-1]
    assert said == "Saved."
    assert undo is not None
    undo()
    at_desk.calm()
    assert editing.form_of(office, person) == before


def test_saving_untouched_changes_nothing(at_desk: AtDesk, person: bytes) -> None:
    open_person_form(at_desk.desk, person)
    top(at_desk, PersonForm).save_button.click()
    at_desk.calm()
    assert at_desk.shell.toasts == [("Nothing was changed.", None)]


def test_somebody_who_is_here_already_is_opened_instead(at_desk: AtDesk, office: Office, person: bytes) -> None:
    open_person_form(at_desk.desk)
    form = top(at_desk, PersonForm)
    type_into(form.name, "Łucja Kowalska")
    type_into(form.phones.first, "+49 341 5550123")
    save_by_keys(at_desk)
    top(at_desk, HereAlready).open_button.click()
    at_desk.calm()
    assert at_desk.shell.went == [("contacts", {"person": person})]
    assert len(contacts.find(office, "Kowalska")) == 1


def test_whoever_was_erased_comes_back_only_of_their_own_accord(
    at_desk: AtDesk, office: Office, person: bytes, tmp_path: Path
) -> None:
    erasing.erase(office, person, tmp_path, ErasureOrder())
    open_person_form(at_desk.desk)
    form = top(at_desk, PersonForm)
    type_into(form.name, "Łucja Kowalska")
    type_into(form.phones.first, "0341 5550123")
    save_by_keys(at_desk)
    top(at_desk, BackAgain).no_button.click()
    assert contacts.find(office, "Kowalska") == []
    assert top(at_desk, PersonForm).name.text() == "Łucja Kowalska"
    save_by_keys(at_desk)
    top(at_desk, BackAgain).yes_button.click()
    at_desk.calm()
    assert [found.name for found in contacts.find(office, "Kowalska")] == ["Łucja Kowalska"]


def test_what_is_typed_outlives_a_lock_and_comes_back(at_desk: AtDesk, office: Office, person: bytes) -> None:
    open_note(at_desk.desk, person)
    form = top(at_desk, NoteForm)
    QTest.keyClicks(focused(), "No lilies")
    form.keep_draft()
    at_desk.calm()
    form.close()
    open_note(at_desk.desk, person)
    again = top(at_desk, NoteForm)
    assert again.text.text() == "No lilies"
    save_by_keys(at_desk)
    assert notes(office, person) == ["No lilies"]
    assert forms_kept(office) == set()


def test_a_draft_of_an_emptied_field_is_empty_again(at_desk: AtDesk, person: bytes) -> None:
    open_person_form(at_desk.desk, person)
    form = top(at_desk, PersonForm)
    form.more.tags.edit.clear()
    form.keep_draft()
    at_desk.calm()
    form.close()
    open_person_form(at_desk.desk, person)
    again = top(at_desk, PersonForm)
    assert again.more.tags.text() == ""
    assert again.phones.lines()[0].text == "0341 5550123"


@pytest.mark.parametrize("act", ["keep", "discard", "save"])
def test_esc_asks_what_becomes_of_what_was_typed(
    act: str, at_desk: AtDesk, office: Office, person: bytes, window: QWidget
) -> None:
    open_note(at_desk.desk, person)
    top(at_desk, NoteForm)
    QTest.keyClicks(focused(), "No lilies")
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    leave = top(at_desk, Leave)
    assert forms_kept(office) == {"note"}
    {"keep": leave.keep_button, "discard": leave.discard_button, "save": leave.save_button}[act].click()
    at_desk.calm()
    assert notes(office, person) == (["No lilies"] if act == "save" else [])
    assert isinstance(Overlay.top(window), NoteForm) is (act == "keep")
    assert bool(forms_kept(office)) is (act == "keep")


def test_esc_closes_at_once_where_nothing_was_typed(at_desk: AtDesk, person: bytes, window: QWidget) -> None:
    open_note(at_desk.desk, person)
    top(at_desk, NoteForm)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert Overlay.top(window) is None


def test_a_note_is_undone_from_its_toast(at_desk: AtDesk, office: Office, person: bytes) -> None:
    open_note(at_desk.desk, person)
    top(at_desk, NoteForm)
    QTest.keyClicks(focused(), "No lilies")
    save_by_keys(at_desk)
    undo = at_desk.shell.toasts[-1][1]
    assert undo is not None
    undo()
    at_desk.calm()
    assert notes(office, person) == []


def test_a_very_private_word_gives_a_hint_that_keeps_nobody_from_saving(
    at_desk: AtDesk, office: Office, person: bytes
) -> None:
    open_note(at_desk.desk, person)
    form = top(at_desk, NoteForm)
    QTest.keyClicks(focused(), "Allergic to lilies")
    at_desk.calm()
    hint = "Very private: health. Needed for the order? Then keep it with the order only."
    assert form.private.isVisible()
    assert form.private.text == hint
    assert focused() is form.text.edit
    save_by_keys(at_desk)
    assert notes(office, person) == ["Allergic to lilies"]


def test_the_hint_goes_with_the_word(at_desk: AtDesk, person: bytes) -> None:
    open_task(at_desk.desk, person)
    form = top(at_desk, TaskSheet)
    type_into(form.text, "Ask about her diabetes")
    at_desk.calm()
    assert form.private.isVisible()
    form.text.edit.selectAll()
    type_into(form.text, "Ask about lilies")
    at_desk.calm()
    assert not form.private.isVisible()


def test_a_call_rings_the_number_and_is_noted(
    at_desk: AtDesk, office: Office, person: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    rung: list[str] = []

    def rings(number: str) -> bool:
        rung.append(number)
        return True

    monkeypatch.setattr("desktop_crm.ui.forms.spoken.ring", rings)
    open_call(at_desk.desk, person)
    form = top(at_desk, CallForm)
    form.dials[0].click()
    at_desk.calm()
    assert rung == ["0341 5550123"]
    QTest.keyClicks(focused(), "Rings back")
    save_by_keys(at_desk)
    row = contacts.show(office, person).interactions[0]
    assert (row.kind, row.channel, row.text) == ("call", "phone", "Rings back")


def test_a_task_is_one_line_and_a_press(at_desk: AtDesk, office: Office, person: bytes) -> None:
    open_task(at_desk.desk, person)
    form = top(at_desk, TaskSheet)
    QTest.keyClicks(focused(), "Ring about the roses")
    form.chips.chip("tomorrow").click()
    type_into(form.time, "9.30")
    form.call.click()
    QTest.keyClick(form.time.edit, Qt.Key.Key_Return)
    at_desk.calm()
    task = office.read(lambda reading: reading.find(Task))[0]
    assert (task.text, task.due_on, task.due_time) == (
        "Ring about the roses",
        office.today() + timedelta(days=1),
        "09:30",
    )
    assert (task.call, task.contact_id) == (True, person)


def test_a_task_may_be_about_nobody(at_desk: AtDesk, office: Office) -> None:
    open_task(at_desk.desk)
    form = top(at_desk, TaskSheet)
    assert form.call.isHidden()
    QTest.keyClicks(focused(), "Buy vases")
    save_by_keys(at_desk)
    assert office.read(lambda reading: reading.find(Task))[0].contact_id is None


def test_typing_a_day_presses_its_chip(at_desk: AtDesk, office: Office) -> None:
    open_task(at_desk.desk)
    form = top(at_desk, TaskSheet)
    type_into(form.day, office.today().isoformat())
    assert form.chips.chosen() == "today"
    type_into(form.day, "0")
    assert form.chips.chosen() is None


@pytest.mark.parametrize(
    ("typed", "time"), [("14", "14:00"), ("9.30", "09:30"), ("1430", "14:30"), ("24:00", None), ("noon", None)]
)
def test_a_time_is_read_as_people_write_it(typed: str, time: str | None) -> None:
    assert clock_time(typed) == time


def test_tab_goes_through_a_form_as_it_is_read(at_desk: AtDesk, person: bytes) -> None:
    open_person_form(at_desk.desk, person)
    form = top(at_desk, PersonForm)
    form.phones.add_button.click()
    form.name.edit.setFocus()
    places = []
    for _ in range(40):
        widget = focused()
        if widget is form.save_button:
            break
        if form.more.isAncestorOf(widget):
            corner = widget.mapTo(form.more, widget.rect().topLeft())
            places.append(corner.y())
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    assert len(places) > 15
    assert places == sorted(places)


def test_pressed_twice_a_form_opens_once(at_desk: AtDesk, person: bytes, window: QWidget) -> None:
    open_note(at_desk.desk, person)
    open_note(at_desk.desk, person)
    top(at_desk, NoteForm)
    assert len([child for child in window.children() if isinstance(child, Overlay)]) == 1


def test_saved_by_a_double_press_a_form_stays_closed(at_desk: AtDesk, person: bytes, window: QWidget) -> None:
    again = keyboard_on(Button("Order"), window)
    again.clicked.connect(lambda: open_order(at_desk.desk, person))
    QTest.keyClick(again, Qt.Key.Key_Return)
    form = top(at_desk, OrderForm)
    type_into(form.what, "Bouquet")
    type_into(form.amount, "12")
    save_by_keys(at_desk)
    assert focused() is again
    save_by_keys(at_desk)
    assert Overlay.top(window) is None


def test_what_is_typed_before_a_form_is_there_goes_into_it(at_desk: AtDesk, window: QWidget) -> None:
    before = keyboard_on(QLineEdit(), window)
    open_person_form(at_desk.desk)
    QTest.keyClicks(focused(), "Anna")
    QTest.keyClick(focused(), Qt.Key.Key_Tab)
    QTest.keyClicks(focused(), "0351 1")
    form = top(at_desk, PersonForm)
    assert (form.name.text(), form.phones.lines()[0].text) == ("Anna", "0351 1")
    form.throw_away()
    assert focused() is before


def test_esc_before_a_form_is_there_means_that_it_is_not_wanted(at_desk: AtDesk, window: QWidget) -> None:
    before = keyboard_on(QLineEdit(), window)
    open_person_form(at_desk.desk)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    at_desk.calm()
    assert Overlay.top(window) is None
    assert focused() is before


def test_a_form_that_cannot_be_looked_up_gives_the_keyboard_back(
    at_desk: AtDesk, window: QWidget, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> object:
        raise Problem(M("The customer file cannot be read."), safe=M("Nothing was changed."))

    monkeypatch.setattr(drafts, "take", broken)
    before = keyboard_on(QLineEdit(), window)
    open_person_form(at_desk.desk)
    at_desk.calm()
    assert len(at_desk.shell.problems) == 1
    assert focused() is before


@pytest.mark.parametrize(
    ("looked_for", "place"),
    [("Mira Vogel", "name"), ("0351 555 01", "phone"), ("mira@vogel.example", "email")],
)
def test_what_was_looked_for_begins_the_form(at_desk: AtDesk, looked_for: str, place: str) -> None:
    open_person_form(at_desk.desk, name=looked_for)
    form = top(at_desk, PersonForm)
    filled = {"name": form.name.text(), "phone": form.phones.first.text(), "email": form.emails.first.text()}
    assert {key for key, text in filled.items() if text} == {place}
    assert filled[place] == looked_for


def test_a_draft_of_somebody_else_is_not_mixed_with_a_new_name(at_desk: AtDesk) -> None:
    open_person_form(at_desk.desk)
    form = top(at_desk, PersonForm)
    type_into(form.name, "Anna")
    form.keep_draft()
    form.close()
    at_desk.calm()
    open_person_form(at_desk.desk, name="Mira Vogel")
    form = top(at_desk, PersonForm)
    assert form.name.text() == "Anna"
    next(button for button in form.findChildren(Button) if button.text() == "Start afresh").click()
    assert form.name.text() == "Mira Vogel"
