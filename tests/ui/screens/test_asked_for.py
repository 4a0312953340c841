"""The form of a person asks for a name and one way to reach them; for more where a purpose needs it."""

from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop_crm.records.declare import Basis
from desktop_crm.services import contacts, editing, purposes
from desktop_crm.services.office import Office
from desktop_crm.ui.forms.person import PersonForm, open_person_form
from desktop_crm.ui.widgets.field import Field
from tests.ui.screens.conftest import AtDesk
from tests.ui.screens.over import top
from tests.ui.seeing import focused


@pytest.fixture(autouse=True)
def window(at_desk: AtDesk) -> QWidget:
    at_desk.put(QWidget())
    at_desk.window.activateWindow()
    at_desk.qtbot.waitUntil(at_desk.window.isActiveWindow)
    return at_desk.window


def test_a_detail_appears_when_a_purpose_in_use_asks_for_it(at_desk: AtDesk) -> None:
    open_person_form(at_desk.desk)
    form = top(at_desk, PersonForm)
    form.more_button.click()
    assert form.more.birthday.isVisible()
    assert "Geburtstagskarte" in form.more.birthday.edit.accessibleDescription()
    assert "Day and month" in form.more.birthday.edit.accessibleDescription()
    assert form.more.addresses.blocks[0].edit_of("street").isVisible()
    assert not form.more.tags.isVisible()


def test_what_no_purpose_asks_for_is_one_press_away_and_coarse_first(at_desk: AtDesk, office: Office) -> None:
    purposes.use(office, ["newsletter"])
    open_person_form(at_desk.desk)
    form = top(at_desk, PersonForm)
    form.more_button.click()
    address = form.more.addresses
    assert not form.more.birthday.isVisible()
    assert address.blocks[0].edit_of("postal_code").isVisible()
    assert not address.blocks[0].edit_of("street").isVisible()
    assert form.more.under_age.text() == "Younger than 16"
    address.whole_button.click()
    assert address.blocks[0].edit_of("street").hasFocus()
    form.more.all_button.click()
    assert form.more.birthday.isVisible()
    assert focused().accessibleName() == "First name"
    assert not form.more.all_button.isVisible()


def test_what_is_held_already_is_shown_whoever_asks(at_desk: AtDesk, office: Office) -> None:
    address = editing.AddressLine(street="Lindenstraße 14", city="Leipzig")
    held = editing.ContactForm(name="Łucja Kowalska", addresses=(address,), tags=("Wedding",), birthday="16.8.")
    person = editing.new_contact(office, held)
    open_person_form(at_desk.desk, person)
    form = top(at_desk, PersonForm)
    assert form.more.birthday.isVisible()
    assert form.more.tags.isVisible()
    assert form.more.addresses.blocks[0].edit_of("street").isVisible()
    assert not form.more.websites.isVisible()


def test_another_standing_asks_what_shows_it_and_saves_all_the_same(at_desk: AtDesk, office: Office) -> None:
    held = editing.ContactForm(name="Tom Ernst", phones=(editing.Line(text="0341 5550123"),))
    person = editing.new_contact(office, held)
    open_person_form(at_desk.desk, person)
    form = top(at_desk, PersonForm)
    form.more.stage.choose("customer")
    form.more.stage.picked.emit("customer")
    note = form.more.basis_note
    assert "which one?" in note.edit.accessibleDescription()
    note.edit.setFocus()
    QTest.keyClicks(note.edit, "Of")
    assert "which one?" not in note.edit.accessibleDescription()
    form.save_button.click()
    at_desk.calm()
    saved = editing.form_of(office, person)
    assert (saved.stage, saved.basis_note) == ("customer", "Of")


def test_whoever_is_kept_on_no_ground_is_asked_about_at_once(at_desk: AtDesk, office: Office) -> None:
    held = editing.ContactForm(name="Tom Ernst", phones=(editing.Line(text="0341 5550123"),), basis=Basis.CONSENT)
    person = editing.new_contact(office, held)
    open_person_form(at_desk.desk, person)
    note = top(at_desk, PersonForm).more.basis_note
    assert note.edit.accessibleDescription().startswith("No yes of this person counts")
    assert note.isVisible()


def test_every_field_takes_what_is_typed_and_its_remark_goes_while_it_is_mended(
    at_desk: AtDesk, office: Office
) -> None:
    open_person_form(at_desk.desk)
    form = top(at_desk, PersonForm)
    form.more_button.click()
    form.more.addresses.whole_button.click()
    form.more.all_button.click()
    days = {form.more.birthday, form.more.informed_on}
    fields = [field for field in form.findChildren(Field) if field.isVisible() and field not in days]
    remarked = set()
    for field in fields:
        field.edit.setFocus()
        QTest.keyClicks(field.edit, " x y")
        form.save_button.setFocus()
        at_desk.calm()
        if field.edit.property("state") == "odd":
            remarked.add(field.edit.accessibleName())
        field.edit.setFocus()
        QTest.keyClicks(field.edit, "z")
        assert not field.edit.property("state"), "the remark goes with the first letter"
        assert form.save_button.isEnabled()
    assert remarked == {"Phone", "E-mail", "Website"}
    form.save_button.click()
    at_desk.calm()
    saved = editing.form_of(office, contacts.find(office, "yz")[0].id)
    assert saved.name == saved.family == saved.company == saved.source == saved.basis_note == "x yz"
    assert [line.text for line in (*saved.phones, *saved.emails, *saved.websites)] == ["x yz"] * 3
    assert (saved.addresses[0].postal_code, saved.addresses[0].street) == ("x yz", "x yz")


@pytest.mark.parametrize(
    ("typed", "odd"),
    [("", False), ("weber.example", False), ("https://weber.example/a?b=c", False), ("weber", True), ("a b.de", True)],
)
def test_a_web_address_is_looked_at(typed: str, odd: bool) -> None:
    assert (editing.check_website(typed) is not None) is odd
