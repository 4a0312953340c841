"""Details kept apart on the page of a person: masked, shown for half a minute, copied, entered, taken out."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from desktop_crm.privacy import rights
from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.draft import Draft
from desktop_crm.records.sensitive import ApartKind, SensitiveDetail
from desktop_crm.services import contacts, sensitive
from desktop_crm.services.actor import Actor
from desktop_crm.services.apart import MASK
from desktop_crm.services.office import Office
from desktop_crm.services.sensitive import NewDetail
from desktop_crm.storage.where import eq
from desktop_crm.ui.forms.apart import ApartSheet, open_apart
from desktop_crm.ui.record import apart
from desktop_crm.ui.record.apart import Apart, TakeOut
from desktop_crm.ui.screens.contacts import Contacts
from desktop_crm.ui.widgets.label import Label
from tests.ui.screens.conftest import AtDesk

ACCOUNT = "DE02 1203 0000 0000 2020 51"


@pytest.fixture
def person(office: Office) -> bytes:
    made = contacts.add(office, contacts.NewContact(name="Łucja Kowalska", emails=("lucja@example.com",)))
    sensitive.add_detail(office, made, NewDetail(ApartKind.BANK, ACCOUNT))
    return made


@pytest.fixture
def card(at_desk: AtDesk, person: bytes) -> Apart:
    screen = Contacts(at_desk.desk)
    at_desk.put(screen)
    screen.show_at(person=person)
    at_desk.calm()
    return screen.record.rail.apart


def wait(at_desk: AtDesk) -> None:
    QApplication.processEvents()
    at_desk.calm()
    QApplication.processEvents()
    at_desk.calm()


def looks(office: Office) -> int:
    return office.read(lambda reading: reading.count(AuditEntry, eq("act", "reveal")))


def said(card: Apart) -> str:
    return " ".join(one.text() + one.accessibleName() for one in card.findChildren(Label))


def test_it_is_masked_until_asked_for_and_again_after_half_a_minute(
    at_desk: AtDesk, office: Office, card: Apart
) -> None:
    (row,) = card.rows
    assert card.isVisible()
    assert MASK in said(card)
    assert "2020" not in said(card)
    assert looks(office) == 0
    row.show_button.click()
    wait(at_desk)
    assert ACCOUNT in said(card)
    assert looks(office) == 1
    assert row.is_shown
    assert row._hiding.interval() == apart.SHOWN_MS == 30_000
    row._hiding.timeout.emit()
    assert MASK in said(card)
    assert "2020" not in said(card)
    row.show_button.click()
    wait(at_desk)
    row.show_button.click()
    assert "2020" not in said(card), "pressed again, it hides"
    assert looks(office) == 2


def test_a_copy_is_noted_and_nothing_is_shown_for_it(at_desk: AtDesk, office: Office, card: Apart) -> None:
    card.rows[0].copy_button.click()
    wait(at_desk)
    assert QGuiApplication.clipboard().text() == ACCOUNT
    assert "2020" not in said(card)
    assert looks(office) == 1
    QGuiApplication.clipboard().clear()


def test_it_is_entered_without_a_draft_and_health_asks_for_the_yes(
    at_desk: AtDesk, office: Office, card: Apart, person: bytes
) -> None:
    open_apart(at_desk.desk, person)
    wait(at_desk)
    sheet = at_desk.window.findChild(ApartSheet)
    assert isinstance(sheet, ApartSheet)
    assert not sheet.agreed.isVisible()
    sheet.kind.choose(ApartKind.HEALTH)
    sheet.kind.picked.emit(ApartKind.HEALTH)
    sheet.text.set_text("Lilien")
    sheet.keep_draft()
    sheet.save_button.click()
    wait(at_desk)
    assert sheet.agreed.isVisible(), "no day of the yes: nothing is saved"
    sheet.agreed.set_date(office.today())
    sheet.save_button.click()
    wait(at_desk)
    assert [one.kind for one in sensitive.masked(office, person)] == [ApartKind.BANK, ApartKind.HEALTH]
    assert office.read(lambda reading: reading.count(Draft)) == 0
    assert [row.what for row in card.rows] == ["Bank account", "Health or allergy"]
    assert at_desk.shell.problems == []


def test_taking_out_asks_first(at_desk: AtDesk, office: Office, card: Apart, person: bytes) -> None:
    card.rows[0].remove_button.click()
    sheet = at_desk.window.findChild(TakeOut)
    assert isinstance(sheet, TakeOut)
    assert sheet.first() is sheet.leave
    sheet.go.click()
    wait(at_desk)
    assert office.read(lambda reading: reading.count(SensitiveDetail)) == 0
    assert card.rows == []
    assert card.isVisible(), "one can be added"
    assert person


@pytest.mark.parametrize("role", [rights.STAFF, rights.DATA_PROTECTION])
def test_it_is_not_there_for_whoever_may_not_see_it(
    at_desk: AtDesk, office: Office, person: bytes, role: rights.ReadyRole
) -> None:
    office.who = Actor("bb" * 16, role.rights)
    made = Apart(at_desk.desk)
    at_desk.put(made)
    made.hide()
    made.show_person(person)
    wait(at_desk)
    assert not made.isVisible()
    assert made.rows == []
    assert at_desk.shell.problems == []
