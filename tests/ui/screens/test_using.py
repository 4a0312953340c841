"""Lists, copies to mend, and what people say against the use of their data, over a real customer file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication

from desktop_crm.documents.list_model import ListForm
from desktop_crm.privacy.use import Reason
from desktop_crm.records.interaction import Channel
from desktop_crm.records.use import DisclosedPerson, Outcome
from desktop_crm.services import consents, contacts, handing, locks, mending, settings, using
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.handing import ListOrder, Shape
from desktop_crm.services.office import Office
from desktop_crm.services.record_page import open_record
from desktop_crm.services.settings import PAPERS_FOLDER
from desktop_crm.ui.against import LOCK, OBJECT, WISH
from desktop_crm.ui.against.sheets import Locking, Objecting, Weighing, Wishing
from desktop_crm.ui.screens.contacts import Contacts
from desktop_crm.ui.use.making import MadeList, Making, open_making
from desktop_crm.ui.use.mending import MendingSheet, open_mending
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.nav import TextLink
from desktop_crm.ui.widgets.rows import Row
from tests.ui.screens.conftest import AtDesk
from tests.ui.screens.over import top


@pytest.fixture
def person(office: Office) -> bytes:
    made = NewContact(name="Łucja Kowalska", emails=("lucja@example.com",), phones=("0341 555 0123",))
    key = contacts.add(office, made)
    consents.give(office, key, "newsletter")
    contacts.add(office, NewContact(name="Jan Nowak", emails=("jan@example.com",)))
    return key


@pytest.fixture
def screen(at_desk: AtDesk, person: bytes) -> Contacts:
    made = Contacts(at_desk.desk)
    at_desk.put(made)
    made.show_at(person=person)
    at_desk.calm()
    return made


def reason(office: Office, person: bytes, purpose: str = "newsletter") -> Reason:
    return using.check(office, purpose, Channel.EMAIL).verdicts[person].reason


def calm(at_desk: AtDesk) -> None:
    """Until what was written has been read anew."""
    at_desk.calm()
    QApplication.processEvents()
    at_desk.calm()


def press(at_desk: AtDesk, screen: Contacts, text: str) -> None:
    next(one for one in screen.record.permission.findChildren(Button) if one.text() == text).click()
    calm(at_desk)


def test_a_list_shows_whom_it_leaves_out_and_is_made_without_them(
    at_desk: AtDesk, office: Office, person: bytes, tmp_path: Path
) -> None:
    settings.put(office, PAPERS_FOLDER, str(tmp_path / "papers"))
    open_making(at_desk.desk)
    making = top(at_desk, Making)
    making.purpose.choose("newsletter")
    making.purpose.picked.emit("newsletter")
    at_desk.calm()
    assert [making.channel.itemData(at) for at in range(making.channel.count())] == ["email"], "the yes is to one way"
    shown = [one.accessibleName() for one in making.shown.findChildren(Row)]
    assert any("Jan Nowak" in name for name in shown)
    making.form.choose(ListForm.CSV)
    making.make.click()
    at_desk.calm()
    made = top(at_desk, MadeList)
    (file,) = (tmp_path / "papers").iterdir()
    assert "lucja@example.com" in file.read_text("utf-8-sig")
    assert "jan@" not in file.read_text("utf-8-sig")
    made.close()
    assert [one.contact_id for one in office.read(lambda reading: reading.find(DisclosedPerson))] == [person]


def test_nobody_usable_is_nothing_to_make(at_desk: AtDesk, office: Office, person: bytes) -> None:
    locks.object_to(office, person, None)
    open_making(at_desk.desk, [person])
    making = top(at_desk, Making)
    making.purpose.choose("newsletter")
    making.purpose.picked.emit("newsletter")
    at_desk.calm()
    assert not making.make.isEnabled()


def test_addresses_are_copied_and_noted(at_desk: AtDesk, office: Office, person: bytes) -> None:
    open_making(at_desk.desk, [person])
    making = top(at_desk, Making)
    making.purpose.choose("newsletter")
    making.purpose.picked.emit("newsletter")
    at_desk.calm()
    making.make.click()
    at_desk.calm()
    assert QApplication.clipboard().text() == "lucja@example.com"
    consents.withdraw(office, person, "newsletter")
    assert len(mending.to_mend(office, person)) == 1


def test_an_objection_is_taken_down_shown_and_taken_back(
    at_desk: AtDesk, office: Office, screen: Contacts, person: bytes
) -> None:
    screen.record.head.acted.emit(OBJECT)
    top(at_desk, Objecting).save.click()
    calm(at_desk)
    assert reason(office, person) is Reason.OBJECTED
    press(at_desk, screen, "No longer objects")
    assert reason(office, person) is Reason.YES
    assert not screen.record.permission.against.isVisible()


def test_what_is_locked_cannot_be_changed_rung_or_copied_until_the_lock_is_lifted(
    at_desk: AtDesk, office: Office, screen: Contacts, person: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _: pytest.fail("a lock was passed"))
    screen.record.head.acted.emit(LOCK)
    locking = top(at_desk, Locking)
    locking.save.click()
    assert not office.read(lambda reading: locks.locks_of(reading, person)).restrictions, "the reason is missing"
    locking.reason.edit.setText("streitig")  # type: ignore[union-attr]
    locking.save.click()
    calm(at_desk)
    assert screen.record.locked.isVisible()
    assert not screen.record.head.daily["call"].isEnabled()
    assert not screen.record.rail.edit.isEnabled()
    for link in screen.record.rail.findChildren(TextLink):
        link.click()
        at_desk.calm()
    assert len(at_desk.shell.problems) == 2
    press(at_desk, screen, "Lift the lock")
    assert not screen.record.locked.isVisible()
    assert screen.record.head.daily["call"].isEnabled()


def test_a_wish_about_one_number_is_noted_for_that_number(
    at_desk: AtDesk, office: Office, screen: Contacts, person: bytes
) -> None:
    screen.record.head.acted.emit(WISH)
    wishing = top(at_desk, Wishing)
    wishing.where.setCurrentIndex(wishing.where.findText("0341 555 0123"))
    wishing.save.click()
    calm(at_desk)
    ((wish, value),) = office.read(lambda reading: locks.locks_of(reading, person)).wishes
    assert (wish.channel, value) == (Channel.PHONE, "0341 555 0123")
    press(at_desk, screen, "Take out")
    assert not office.read(lambda reading: locks.locks_of(reading, person)).wishes
    text, undo = at_desk.shell.toasts[-1]
    assert (text, undo is None) == ("Taken out.", False)
    undo()  # type: ignore[misc]  # it is there, as just seen
    calm(at_desk)
    assert office.read(lambda reading: locks.locks_of(reading, person)).wishes == ((wish, value),)


def test_an_objection_that_has_to_be_weighed_is_decided_with_its_reasons(
    at_desk: AtDesk, office: Office, screen: Contacts, person: bytes
) -> None:
    from tests.privacy.using_at_work import Against

    against = Against(office, Path(str(office.store.database.parent)) / "left")
    screen.show_at(person=against.person)
    calm(at_desk)
    press(at_desk, screen, "Decide …")
    weighing = top(at_desk, Weighing)
    weighing.ours.click()
    weighing.reason.edit.setText("einmal im Jahr")  # type: ignore[union-attr]
    weighing.ours.click()
    calm(at_desk)
    (one,) = locks.locks(office, against.person).objections
    assert (one[0].outcome, one[0].assessment) == (Outcome.REJECTED, "einmal im Jahr")
    assert person


def test_a_copy_stays_until_somebody_says_that_it_is_mended(
    at_desk: AtDesk, office: Office, person: bytes, tmp_path: Path
) -> None:
    handing.make_list(office, ListOrder("newsletter", Channel.EMAIL), Shape(ListForm.CSV), tmp_path / "lists")
    consents.withdraw(office, person, "newsletter")
    open_mending(at_desk.desk)
    sheet = top(at_desk, MendingSheet)
    next(one for one in sheet.rows.findChildren(Button) if one.text() == "Mended").click()
    at_desk.calm()
    assert not sheet.rows.findChildren(Button)
    assert not mending.to_mend(office)
    assert open_record(office, person).name == "Łucja Kowalska"
