"""The page of the safety copies, and the sheets in which one, or one person out of it, is brought back."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop_crm.records.contact import Contact
from desktop_crm.records.safety_copy import SafetyCopy
from desktop_crm.services import contacts, copies, copies_page, entries, erasing, recovery_sheet, setup
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.services.settings import SavedHow
from desktop_crm.ui import files
from desktop_crm.ui.copies.back import BackSheet, bring_back_at_door
from desktop_crm.ui.copies.person import PersonSheet
from desktop_crm.ui.screens.settings import Settings
from desktop_crm.ui.settings.copies import CopiesPane, DestroySheet
from desktop_crm.ui.welcome.language import Language
from desktop_crm.ui.widgets.label import Label
from desktop_crm.vault import swapping
from tests.memory_keystore import MemoryKeyStore
from tests.privacy.shop import ShopFile, TickingClock, clock_of
from tests.ui.screens.conftest import AtDesk
from tests.ui.screens.first_run import FirstRun


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def pane(at_desk: AtDesk, keys: MemoryKeyStore) -> CopiesPane:
    del keys
    screen = Settings(at_desk.desk)
    at_desk.put(screen)
    screen.show_at(page="copies")
    at_desk.calm()
    assert isinstance(screen.page, CopiesPane)
    return screen.page


def texts(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(Label))


def rows(office: Office) -> list[SafetyCopy]:
    return [one.row for one in copies_page.copies_page(office).copies]


def test_the_first_click_asks_where_and_makes_one(
    pane: CopiesPane, at_desk: AtDesk, office: Office, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "No safety copy yet" in texts(pane)
    assert not pane.test.isEnabled()
    monkeypatch.setattr(files, "choose_folder", lambda *_: stick)
    pane.now.click()
    at_desk.calm()
    (row,) = rows(office)
    assert (stick / row.file_name).exists()
    assert "Last safety copy" in texts(pane)
    pane.test.click()
    at_desk.calm()
    assert "opens and is whole" in at_desk.shell.toasts[-1][0]


def test_a_copy_that_cannot_be_made_is_told(
    pane: CopiesPane, at_desk: AtDesk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(files, "choose_folder", lambda *_: stick / "nowhere")
    pane.now.click()
    at_desk.calm()
    assert "is not there" in at_desk.shell.problems[-1].what.text


def test_a_stick_in_a_drawer_says_whom_it_still_holds(
    pane: CopiesPane, at_desk: AtDesk, office: Office, stick: Path, tmp_path: Path
) -> None:
    person = contacts.add(office, contacts.NewContact(name="Geht Fort", emails=("g@x.example",)))
    copies.make_copy(office, stick)
    clock: TickingClock = clock_of(office)
    clock.at += timedelta(hours=1)
    erasing.erase(office, person, tmp_path / "papers", ErasureOrder())
    stick.rename(tmp_path / "drawer")
    pane.come()
    at_desk.calm()
    assert "This stick still holds 1 person you erased. Plug it in to finish." in texts(pane)


def test_destroying_is_asked_first(pane: CopiesPane, at_desk: AtDesk, office: Office, stick: Path) -> None:
    row = copies.make_copy(office, stick)
    sheet = DestroySheet(pane, row)
    sheet.open()
    sheet.yes.click()
    at_desk.calm()
    assert rows(office) == []
    assert list(stick.iterdir()) == []


def test_bringing_back_shows_what_would_change_and_leaves_the_rest_to_the_frame(
    pane: CopiesPane, at_desk: AtDesk, office: Office, stick: Path, keys: MemoryKeyStore
) -> None:
    row = copies.make_copy(office, stick)
    contacts.add(office, contacts.NewContact(name="Kam Danach", emails=("k@x.example",)))
    pane.bring_back(stick / row.file_name)
    at_desk.calm()
    (sheet,) = at_desk.window.findChildren(BackSheet)
    assert "Contacts" in texts(sheet)
    assert "1 is not there any more" in texts(sheet)
    assert swapping.ready_folder(pane.folder).database.exists()
    assert at_desk.shell.swapped == []
    sheet.bring_back.click()
    at_desk.calm()
    assert at_desk.shell.swapped == [keys]


def test_cancel_leaves_nothing_beside(pane: CopiesPane, at_desk: AtDesk, office: Office, stick: Path) -> None:
    row = copies.make_copy(office, stick)
    pane.bring_back(stick / row.file_name)
    at_desk.calm()
    (sheet,) = at_desk.window.findChildren(BackSheet)
    sheet.dismiss()
    at_desk.calm()
    assert not swapping.ready_folder(pane.folder).path.exists()


def test_a_foreign_file_is_told_in_the_sheet(pane: CopiesPane, at_desk: AtDesk, tmp_path: Path) -> None:
    (tmp_path / "list.crmcopy").write_text("Name,Email\n")
    pane.bring_back(tmp_path / "list.crmcopy")
    at_desk.calm()
    (sheet,) = at_desk.window.findChildren(BackSheet)
    assert "is no safety copy of this program" in texts(sheet)
    assert sheet.choose.isVisibleTo(sheet)


def test_one_person_comes_back(pane: CopiesPane, at_desk: AtDesk, office: Office, stick: Path) -> None:
    person = contacts.add(office, contacts.NewContact(name="Anna Dann", emails=("a@x.example",)))
    row = copies.make_copy(office, stick)
    contacts.change(office, person, {"name": "Anna Jetzt"})
    sheet = PersonSheet(pane.desk, row)
    sheet.open()
    QTest.keyClicks(sheet.text.edit, "Dann")
    sheet.look.click()
    at_desk.calm()
    assert "Anna Dann" in texts(sheet)
    (button,) = sheet.backs
    button.click()
    at_desk.calm()
    found = office.read(lambda reading: reading.get(Contact, person))
    assert found is not None
    assert found.name == "Anna Dann"


def test_one_entry_of_somebody_comes_back_by_itself(
    pane: CopiesPane, at_desk: AtDesk, office: Office, stick: Path
) -> None:
    person = contacts.add(office, contacts.NewContact(name="Anna Dann", emails=("a@x.example",)))
    lost, other = (contacts.note(office, person, text) for text in ("rote Rosen", "keine Lilien"))
    row = copies.make_copy(office, stick)
    entries.remove_note(office, lost)
    entries.change_note(office, other, "doch Lilien")
    sheet = PersonSheet(pane.desk, row)
    sheet.open()
    sheet.text.set_text("Dann")
    sheet.look.click()
    at_desk.calm()
    sheet.choose[0].click()
    at_desk.calm()
    assert "other than then" in texts(sheet)
    next(one for one in sheet.singles if "rote Rosen" in one.accessibleName()).click()
    at_desk.calm()
    assert {one.text for one in contacts.show(office, person).interactions} == {"rote Rosen", "doch Lilien"}


def test_on_a_new_computer_the_file_and_the_sheet_open_the_list(
    qtbot: object, keys: MemoryKeyStore, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tests.storage.make_fixture import SHOP

    old = ShopFile(tmp_path / "old")
    begun = setup.begin(old.folder, SHOP, clock=old.clock, keystore=old.keystore, passphrase=None)
    contacts.add(begun.office, contacts.NewContact(name="Anna Muster", emails=("a@x.example",)))
    row = copies.make_copy(begun.office, stick)
    begun.office.close()
    fresh = ShopFile(tmp_path / "fresh")
    door = FirstRun(qtbot, fresh.folder, old.clock, tmp_path / "settings")  # type: ignore[arg-type]
    door.begin()
    monkeypatch.setattr(files, "choose_file", lambda *_: stick / row.file_name)
    door.click(door.at(Language).copy)
    (sheet,) = door.window.findChildren(BackSheet)
    sheet.choose.click()
    door.calm()
    for field, group in zip(sheet.code.fields, begun.recovery_code.split("-"), strict=True):
        field.set_text(group)
    sheet.go_on.click()
    door.calm()
    assert "It holds 1 person" in texts(sheet)
    assert "not known here" in texts(sheet)
    assert "kept aside" not in texts(sheet), "there is nothing here to be kept"
    sheet.bring_back.click()
    door.calm()
    assert door.looked == 1
    opened = setup.open_office(fresh.folder, clock=old.clock, keystore=keys, passphrase=None)
    assert [one.name for one in opened.read(lambda reading: reading.find(Contact))] == ["Anna Muster"]
    opened.close()
    assert swapping.set_asides(fresh.folder) == []


def test_a_wrong_group_is_marked(pane: CopiesPane, at_desk: AtDesk, office: Office, stick: Path) -> None:
    row = copies.make_copy(office, stick)
    (pane.folder.copy_keys).unlink()
    pane.bring_back(stick / row.file_name)
    at_desk.calm()
    (sheet,) = at_desk.window.findChildren(BackSheet)
    sheet.go_on.click()
    assert sheet.code.fields[0].edit.property("state") == "wrong"
    for field in sheet.code.fields:
        field.set_text("0000")
    sheet.go_on.click()
    at_desk.calm()
    assert "does not open" in texts(sheet)


def test_another_shops_list_is_replaced_only_after_its_name_was_typed(
    qtbot: object, keys: MemoryKeyStore, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """This computer has lost the key to what is here, so the sheet is asked for; and it is another shop's."""
    del keys
    from tests.storage.make_fixture import SHOP

    old, here = ShopFile(tmp_path / "old"), ShopFile(tmp_path / "here")
    begun = setup.begin(old.folder, SHOP, clock=old.clock, keystore=old.keystore, passphrase=None)
    row = copies.make_copy(begun.office, stick)
    begun.office.close()
    here.begin().close()
    door = FirstRun(qtbot, here.folder, old.clock, tmp_path / "settings")  # type: ignore[arg-type]
    door.begin()
    monkeypatch.setattr(files, "choose_file", lambda *_: stick / row.file_name)
    bring_back_at_door(door.step)
    (sheet,) = door.window.findChildren(BackSheet)
    sheet.choose.click()
    door.calm()
    for field, group in zip(sheet.code.fields, begun.recovery_code.split("-"), strict=True):
        field.set_text(group)
    sheet.go_on.click()
    door.calm()
    assert "another customer file" in texts(sheet)
    assert not swapping.ready_folder(here.folder).database.exists()
    sheet.other.set_text("Andere GmbH")
    sheet.go_on.click()
    door.calm()
    assert not swapping.ready_folder(here.folder).database.exists()
    sheet.other.set_text(SHOP.name)
    sheet.go_on.click()
    door.calm()
    assert sheet.ready is not None
    assert "What you have now is kept aside" in texts(sheet)


def test_copies_for_an_earlier_sheet_are_named(
    pane: CopiesPane, at_desk: AtDesk, office: Office, stick: Path, tmp_path: Path
) -> None:
    row = copies.make_copy(office, stick)
    stick.rename(tmp_path / "drawer")
    sheet = recovery_sheet.new_sheet()
    typed = {place: sheet.groups[place - 1] for place in recovery_sheet.ASKED_FOR}
    recovery_sheet.confirm_sheet(office, pane.folder, sheet, typed, SavedHow.WRITTEN)
    pane.come()
    at_desk.calm()
    assert "1 safety copy opens with the earlier sheet only" in texts(pane)
    assert row.file_name in texts(pane)
