"""People and roles in the settings: adding, changing, letting go; roles as a table; codes from the telephone; cases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from desktop_crm.privacy.rights import DATA_PROTECTION, MANAGER, OWNER, READ_ONLY, STAFF, Deed
from desktop_crm.records.declare import Part
from desktop_crm.services import contacts, role_words, staff, staff_sign_in
from desktop_crm.services.actor import Actor
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.office import Office
from desktop_crm.services.staff import Colleague, NewPerson
from desktop_crm.ui.people.add import AddPerson, WhatEnds
from desktop_crm.ui.people.case import OpenCaseSheet, open_case
from desktop_crm.ui.people.edit import EditPerson, NewPasswordFor, RemovePerson
from desktop_crm.ui.people.factor_sheet import FactorSheet
from desktop_crm.ui.people.matrix import Matrix
from desktop_crm.ui.people.qr import QrCode
from desktop_crm.ui.people.role_sheet import OwnRole, RoleSheet
from desktop_crm.ui.settings.entries import PANES
from desktop_crm.ui.settings.me import MePane, OwnPassword
from desktop_crm.ui.settings.people import PeoplePane
from desktop_crm.ui.settings.relocking import ChangeLock
from desktop_crm.ui.widgets.sheet import Overlay
from desktop_crm.vault import staff as ways
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import Problem
from tests.memory_keystore import MemoryKeyStore
from tests.ui.screens.conftest import AtDesk
from tests.ui.screens.test_locked_people import shown

HERS, HIS, NEW = "lavender tram seven kettle", "walnut harbour comet nine", "pebble orchard lantern two"


def folder_of(office: Office) -> VaultFolder:
    return VaultFolder(office.store.database.parent)


def put(at_desk: AtDesk, pane: Any) -> Any:
    at_desk.put(pane)
    pane.come()
    at_desk.calm()
    return pane


def over(at_desk: AtDesk, kind: type[Any]) -> Any:
    at_desk.calm()
    found = Overlay.top(at_desk.window)
    assert isinstance(found, kind), found
    return found


def called(office: Office, name: str) -> Colleague:
    return next(one for one in staff.people(office) if one.name == name)


@pytest.fixture
def several(office: Office, keys: MemoryKeyStore) -> Office:
    """Anna, an owner who signed in, and Tom."""
    anna = staff.add_person(office, folder_of(office), keys, NewPerson("Anna", OWNER.code, HERS))
    staff.add_person(office, folder_of(office), keys, NewPerson("Tom", STAFF.code, HIS, alone_ends=True))
    office.who = Actor(called(office, "Anna").number, OWNER.rights, anna)
    return office


def fill(sheet: AddPerson, name: str, password: str) -> None:
    sheet.name.set_text(name)
    sheet.password.first.set_text(password)
    sheet.password.again.set_text(password)


@pytest.mark.usefixtures("keys")
def test_the_first_person_is_an_owner_and_opens_nothing_else_yet(at_desk: AtDesk, office: Office) -> None:
    pane = put(at_desk, PeoplePane(at_desk.desk))
    assert pane.begin.isVisible()
    pane.begin.click()
    sheet = over(at_desk, AddPerson)
    assert not sheet.role.isVisible()
    fill(sheet, "Anna", HERS)
    sheet.add.click()
    at_desk.calm()
    assert [(one.name, one.role) for one in staff.people(office)] == [("Anna", OWNER.code)]
    assert not pane.begin.isVisible()
    assert pane.people.rows[0].title == "Anna"


def test_what_ends_with_the_second_person_is_said_before_and_needs_a_yes(
    at_desk: AtDesk, office: Office, keys: MemoryKeyStore
) -> None:
    staff.add_person(office, folder_of(office), keys, NewPerson("Anna", OWNER.code, HERS))
    pane = put(at_desk, PeoplePane(at_desk.desk))
    pane.add_button.click()
    sheet = over(at_desk, AddPerson)
    fill(sheet, "Tom", HIS)
    sheet.add.click()
    at_desk.calm()
    over(at_desk, WhatEnds).dismiss()
    assert over(at_desk, AddPerson).password.text() == HIS
    assert len(staff.people(office)) == 1
    sheet.add.click()
    over(at_desk, WhatEnds).yes.click()
    at_desk.calm()
    assert {one.name for one in staff.people(office)} == {"Anna", "Tom"}
    assert Overlay.top(at_desk.window) is None


@pytest.mark.usefixtures("several")
def test_a_name_that_is_taken_keeps_what_was_typed(at_desk: AtDesk, several: Office) -> None:
    pane = put(at_desk, PeoplePane(at_desk.desk))
    pane.add_button.click()
    sheet = over(at_desk, AddPerson)
    fill(sheet, "Tom", NEW)
    sheet.add.click()
    at_desk.calm()
    assert "works here already" in at_desk.shell.problems[-1].what.text
    assert sheet.password.text() == NEW
    assert len(staff.people(several)) == 2


def test_somebody_from_outside_needs_a_last_day(at_desk: AtDesk, several: Office) -> None:
    pane = put(at_desk, PeoplePane(at_desk.desk))
    pane.add_button.click()
    sheet = over(at_desk, AddPerson)
    fill(sheet, "Steuerbüro", NEW)
    sheet.outside.click()
    sheet.role.choose(READ_ONLY.code)
    sheet.add.click()
    at_desk.calm()
    assert len(staff.people(several)) == 2
    sheet.until.set_date(several.today() + timedelta(days=30))
    sheet.add.click()
    at_desk.calm()
    made = called(several, "Steuerbüro")
    assert (made.outside, made.until, made.role) == (True, several.today() + timedelta(days=30), READ_ONLY.code)


def edit(at_desk: AtDesk, name: str) -> EditPerson:
    pane = put(at_desk, PeoplePane(at_desk.desk))
    next(row for row in pane.people.rows if row.title.startswith(name)).click()
    sheet: EditPerson = over(at_desk, EditPerson)
    return sheet


def test_name_role_and_last_day_are_changed_together(at_desk: AtDesk, several: Office) -> None:
    sheet = edit(at_desk, "Tom")
    sheet.name.set_text("Tomasz")
    sheet.role.choose(MANAGER.code)
    sheet.until.set_date(several.today() + timedelta(days=3))
    sheet.save.click()
    at_desk.calm()
    tom = called(several, "Tomasz")
    assert (tom.role, tom.until) == (MANAGER.code, several.today() + timedelta(days=3))


@pytest.mark.usefixtures("several")
def test_nobody_changes_their_own_role_nor_lets_themselves_go(at_desk: AtDesk) -> None:
    sheet = edit(at_desk, "Anna")
    assert not sheet.role.isEnabled()
    assert not sheet.until.isEnabled()
    assert [key for key, button in sheet.acts.items() if button.isVisible()] == []


def test_a_new_password_opens_and_the_old_one_does_not(at_desk: AtDesk, several: Office, keys: MemoryKeyStore) -> None:
    number = called(several, "Tom").number
    edit(at_desk, "Tom").acts["password"].click()
    sheet = over(at_desk, NewPasswordFor)
    sheet.password.first.set_text(NEW)
    sheet.password.again.set_text(NEW)
    sheet.keep.click()
    at_desk.calm()
    ways.open_with_password(folder_of(several), keys, number, NEW).drop()
    with pytest.raises(Problem):
        ways.open_with_password(folder_of(several), keys, number, HIS)


def test_who_leaves_comes_in_no_more_and_the_lock_is_offered(at_desk: AtDesk, several: Office) -> None:
    staff.add_person(several, folder_of(several), MemoryKeyStore(), NewPerson("Ida", STAFF.code, NEW))
    edit(at_desk, "Tom").acts["remove"].click()
    over(at_desk, RemovePerson).remove.click()
    over(at_desk, ChangeLock)
    tom = called(several, "Tom")
    assert (tom.left_on, tom.way_in) == (several.today(), False)


@pytest.mark.usefixtures("several")
def test_the_table_of_a_role_says_each_right_in_plain_words(at_desk: AtDesk) -> None:
    pane = put(at_desk, PeoplePane(at_desk.desk))
    pane.roles.rows[2].click()
    sheet = over(at_desk, RoleSheet)
    said = {one.accessibleName() for one in sheet.matrix.findChildren(QWidget)}
    assert "Notes and events: see: yes" in said
    assert "Activity log: see: no" in said
    assert sheet.change.isHidden()


def test_a_role_of_ones_own_is_made_from_a_ready_one_and_can_be_given(at_desk: AtDesk, several: Office) -> None:
    pane = put(at_desk, PeoplePane(at_desk.desk))
    pane.roles.rows[2].click()
    over(at_desk, RoleSheet).copy.click()
    sheet = over(at_desk, OwnRole)
    sheet.title.set_text("Saturdays")
    sheet.matrix.boxes[Deed.VIEW, Part.NOTES].click()
    assert not sheet.matrix.boxes[Deed.CHANGE, Part.NOTES].isChecked()
    sheet.matrix.boxes[Deed.ERASE, Part.REQUESTS].click()
    sheet.save.click()
    at_desk.calm()
    made = next(role for role in staff.roles(several) if role.title == "Saturdays")
    without = {(deed, part) for deed, part in STAFF.rights if part is not Part.NOTES}
    assert made.rights == without | {(Deed.ERASE, Part.REQUESTS)}
    assert pane.roles.rows[-1].title == "Saturdays"


def test_the_table_offers_nobody_more_than_they_have(at_desk: AtDesk, office: Office) -> None:
    matrix = Matrix(at_desk.desk, READ_ONLY.rights, most=MANAGER.rights)
    ticked = {right for right, box in matrix.boxes.items() if box.isEnabled()}
    assert ticked == role_words.MEANT & MANAGER.rights - role_words.NEEDED
    assert office.who.rights >= matrix.rights


def test_a_code_from_the_telephone_is_set_up_by_picture_or_by_text(at_desk: AtDesk, several: Office) -> None:
    pane = put(at_desk, MePane(at_desk.desk))
    pane.factor.click()
    sheet = over(at_desk, FactorSheet)
    enrolment = sheet.part._enrolment
    assert sheet.part.findChild(QrCode).dots
    sheet.part.code.set_text("12")
    sheet.check.click()
    at_desk.calm()
    assert staff_sign_in.myself(several).second_factor is None  # type: ignore[union-attr]
    sheet.part.code.set_text(shown(enrolment.secret, several.clock.now()))
    sheet.check.click()
    at_desk.calm()
    assert staff_sign_in.myself(several).second_factor == enrolment.secret  # type: ignore[union-attr]
    sheet.part.spare.copy.click()
    copied = QGuiApplication.clipboard().text().split("\n")
    assert len(copied) == 10
    assert pane.factor.text() == "Set it up anew"


def test_the_picture_holds_the_text_with_room_around_it() -> None:
    code = QrCode("otpauth://totp/Blumen:Anna?secret=ABC", "a picture")
    dots = code.dots
    assert len(dots) == len(dots[0])
    assert dots[0][:8] == (True,) * 7 + (False,)
    assert code.sizeHint().width() % (len(dots) + 8) == 0


def test_everybody_saves_what_is_held_about_them(
    at_desk: AtDesk, several: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    several.who = Actor(called(several, "Tom").number, STAFF.rights, called(several, "Tom").id)
    monkeypatch.setattr(at_desk.desk, "choose_folder", lambda *_: tmp_path)
    pane = put(at_desk, MePane(at_desk.desk))
    pane.report.click()
    at_desk.calm()
    assert at_desk.shell.toasts[-1][0] == "What is held about you is saved."
    assert sorted(path.suffix for path in tmp_path.glob("work-*")) == [".json", ".pdf"]


def test_ones_own_password_needs_the_old_one(at_desk: AtDesk, several: Office) -> None:
    pane = put(at_desk, MePane(at_desk.desk))
    pane.password.click()
    sheet = over(at_desk, OwnPassword)
    sheet.old.set_text(HIS)
    sheet.password.first.set_text(NEW)
    sheet.password.again.set_text(NEW)
    sheet.keep.click()
    at_desk.calm()
    assert over(at_desk, OwnPassword) is sheet
    sheet.old.set_text(HERS)
    sheet.keep.click()
    at_desk.calm()
    assert Overlay.top(at_desk.window) is None
    assert several.proof.at is not None


def test_a_case_is_opened_to_the_data_protection_officer(
    at_desk: AtDesk, several: Office, keys: MemoryKeyStore
) -> None:
    person = contacts.add(several, NewContact(name="Łucja Kowalska", phones=("+49 341 5550001",)))
    open_case(at_desk.desk, person)
    assert not over(at_desk, OpenCaseSheet).open_it.isVisible()
    over(at_desk, OpenCaseSheet).close()
    staff.add_person(several, folder_of(several), keys, NewPerson("Farida", DATA_PROTECTION.code, NEW))
    open_case(at_desk.desk, person)
    sheet = over(at_desk, OpenCaseSheet)
    sheet.reason.set_text("Complaint of 18 Nov")
    sheet.open_it.click()
    at_desk.calm()
    (case,) = staff.cases(several)
    assert (case.person_id, case.staff_id) == (person, called(several, "Farida").id)
    pane = put(at_desk, PeoplePane(at_desk.desk))
    assert pane.cases.isVisible()


@pytest.mark.parametrize("role", [OWNER, MANAGER, STAFF, READ_ONLY, DATA_PROTECTION], ids=lambda role: role.code)
def test_the_settings_have_the_pages_a_role_may_use(at_desk: AtDesk, office: Office, role: Any) -> None:
    office.who = Actor("5a" * 16, role.rights, b"me")
    pages = {entry.key for entry in PANES if entry.is_for(at_desk.desk)}
    assert {"look", "keys", "about", "me"} <= pages
    assert ("people" in pages) is ((Deed.VIEW, Part.PEOPLE) in role.rights)
    assert ("ways" in pages) is (role is OWNER)
