"""Settings: chosen at once, taken back from the toast, found by typing."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol, TypeVar

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.host.preferences import load
from desktop_crm.services import outside, purposes, settings
from desktop_crm.services.office import Office
from desktop_crm.ui.chosen import Chosen
from desktop_crm.ui.look.theme import Mode
from desktop_crm.ui.made import folder as papers
from desktop_crm.ui.screens.settings import Settings
from desktop_crm.ui.settings import background, files, licences, shop
from desktop_crm.ui.settings.about import AboutPane, LicenceSheet
from desktop_crm.ui.settings.background import BackgroundPane
from desktop_crm.ui.settings.entries import PANES
from desktop_crm.ui.settings.files import FilesPane, size_text
from desktop_crm.ui.settings.health import HealthPane
from desktop_crm.ui.settings.look import LookPane
from desktop_crm.ui.settings.pane import Pane
from desktop_crm.ui.settings.places import PlacesPane, RemovePlace
from desktop_crm.ui.settings.plain import KeepingPane
from desktop_crm.ui.settings.purposes import AskPane
from desktop_crm.ui.settings.safety import LockPane, SheetPane
from desktop_crm.ui.settings.shop import ShopPane
from desktop_crm.ui.welcome.sheet_part import SheetPart
from desktop_crm.ui.widgets.label import Label
from desktop_crm.words import LANGUAGES, M, Problem
from tests.ui.screens.conftest import AtDesk

Kind = TypeVar("Kind", bound=Pane)


class Go(Protocol):
    """Goes to a page of the settings and waits until it is filled."""

    def __call__(self, page: str, kind: type[Kind]) -> Kind: ...


@pytest.fixture
def screen(at_desk: AtDesk, tmp_path: Path) -> Settings:
    at_desk.desk.chosen = Chosen(tmp_path / "config")
    made = Settings(at_desk.desk)
    at_desk.put(made)
    return made


@pytest.fixture
def go(screen: Settings, at_desk: AtDesk) -> Go:
    def there(page: str, kind: type[Kind]) -> Kind:
        screen.show_at(page=page)
        at_desk.calm()
        assert isinstance(screen.page, kind)
        return screen.page

    return there


def undo(at_desk: AtDesk) -> None:
    then = at_desk.shell.toasts[-1][1]
    assert then is not None
    then()
    at_desk.calm()


def texts(pane: QWidget) -> str:
    return "\n".join(label.text() for label in pane.findChildren(Label))


def test_a_field_of_the_shop_is_kept_on_leaving_it_and_taken_back(go: Go, at_desk: AtDesk, office: Office) -> None:
    pane = go("shop", ShopPane)
    city = pane.fields["city"]
    assert city.text() == "Leipzig"
    city.edit.setFocus()
    city.set_text("")
    QTest.keyClicks(city.edit, "Halle")
    assert office.shop.city == "Leipzig"
    QTest.keyClick(city.edit, Qt.Key.Key_Tab)
    at_desk.calm()
    assert office.shop.city == "Halle"
    undo(at_desk)
    assert office.shop.city == "Leipzig"
    assert city.text() == "Leipzig"


def test_what_was_typed_stays_where_it_cannot_be_saved(
    go: Go, at_desk: AtDesk, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Problem(M("The disk is full."))

    pane = go("shop", ShopPane)
    city = pane.fields["city"]
    city.edit.setFocus()
    city.set_text("")
    QTest.keyClicks(city.edit, "Halle an der Saale")
    with monkeypatch.context() as broken:
        broken.setattr(shop, "change_shop", full)
        QTest.keyClick(city.edit, Qt.Key.Key_Return)
        QTest.keyClick(city.edit, Qt.Key.Key_Tab)
        at_desk.calm()
        pane.come()
        at_desk.calm()
    assert at_desk.shell.typed == ["Halle an der Saale"]
    assert (city.text(), city.edit.property("state")) == ("Halle an der Saale", "wrong")
    assert office.shop.city == "Leipzig"
    at_desk.shell.retries[-1]()
    at_desk.calm()
    assert office.shop.city == "Halle an der Saale"
    assert not city.edit.property("state")


def test_the_name_of_a_place_stays_where_it_cannot_be_saved(
    go: Go, at_desk: AtDesk, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise Problem(M("The disk is full."))

    key = outside.add_place(office, "Order book")
    pane = go("places", PlacesPane)
    pane.names[key].edit.setFocus()
    QTest.keyClicks(pane.names[key].edit, " 2")
    monkeypatch.setattr(outside, "rename_place", full)
    QTest.keyClick(pane.names[key].edit, Qt.Key.Key_Return)
    at_desk.calm()
    typed = pane.names[key].text()
    assert at_desk.shell.typed == [typed] != ["Order book"]
    outside.add_place(office, "Mailbox")
    pane.come()
    at_desk.calm()
    assert pane.names[key].text() == typed
    assert [place.name for place in outside.places(office) if place.id == key] == ["Order book"]


def test_what_is_half_typed_is_not_taken_for_the_name_of_a_place_when_the_list_is_read_again(
    go: Go, at_desk: AtDesk, office: Office
) -> None:
    key = outside.add_place(office, "Order book")
    pane = go("places", PlacesPane)
    pane.names[key].edit.setFocus()
    QTest.keyClicks(pane.names[key].edit, " 2")
    typed = pane.names[key].text()
    pane.come()
    at_desk.calm()
    assert [place.name for place in outside.places(office) if place.id == key] == ["Order book"]
    assert pane.names[key].text() == typed
    assert pane.names[key].edit.hasFocus()


def test_a_shop_without_a_name_is_told_at_the_field_and_not_kept(go: Go, at_desk: AtDesk, office: Office) -> None:
    pane = go("shop", ShopPane)
    name = pane.fields["name"]
    name.edit.setFocus()
    QTest.keyClick(name.edit, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(name.edit, Qt.Key.Key_Delete)
    QTest.keyClick(name.edit, Qt.Key.Key_Tab)
    at_desk.calm()
    assert name.edit.property("state") == "wrong"
    assert office.shop.name == "Blumen Weber"
    assert at_desk.shell.problems == []


def test_another_region_changes_what_holds(go: Go, at_desk: AtDesk, office: Office) -> None:
    pane = go("shop", ShopPane)
    assert pane.region.key() == "SN"
    pane.region.choose("BE")
    pane.region.picked.emit("BE")
    at_desk.calm()
    assert office.shop.region == "BE"


def test_a_look_holds_at_once_and_is_kept_for_this_account(go: Go, at_desk: AtDesk, tmp_path: Path) -> None:
    pane = go("look", LookPane)
    QTest.mouseClick(pane.looks[Mode.DARK], Qt.MouseButton.LeftButton)
    at_desk.desk.chosen.wait()
    assert load(tmp_path / "config").look == "dark"
    at_desk.desk.chosen.change(look="light")
    assert pane.looks[Mode.LIGHT].isChecked()
    QTest.mouseClick(pane.languages["de"], Qt.MouseButton.LeftButton)
    at_desk.desk.chosen.wait()
    assert load(tmp_path / "config").language == "de"


def test_the_minutes_until_the_lock_are_kept_in_the_file(go: Go, at_desk: AtDesk, office: Office) -> None:
    pane = go("lock", LockPane)
    assert pane.minutes.key() == "5"
    pane.minutes.choose("15")
    pane.minutes.picked.emit("15")
    at_desk.calm()
    assert settings.get(office, settings.LOCK_AFTER) == 15
    undo(at_desk)
    assert settings.get(office, settings.LOCK_AFTER) == 5
    assert pane.minutes.key() == "5"


def test_minutes_nobody_offers_are_shown_all_the_same(go: Go, office: Office) -> None:
    settings.put(office, settings.LOCK_AFTER, 7)
    pane = go("lock", LockPane)
    assert pane.minutes.currentText() == "7 minutes"


def test_a_purpose_is_left_out_and_taken_up_again(go: Go, at_desk: AtDesk, office: Office) -> None:
    pane = go("ask", AskPane)
    used = {card.code for card in purposes.cards(office) if card.active}
    code = next(code for code in sorted(used) if code not in purposes.ALWAYS)
    QTest.mouseClick(pane.switches[code], Qt.MouseButton.LeftButton)
    at_desk.calm()
    assert {card.code for card in purposes.cards(office) if card.active} == used - {code}
    undo(at_desk)
    assert {card.code for card in purposes.cards(office) if card.active} == used
    assert pane.switches[code].isChecked()


def test_taking_one_purpose_back_leaves_what_was_chosen_since(go: Go, at_desk: AtDesk, office: Office) -> None:
    pane = go("ask", AskPane)
    used = {card.code for card in purposes.cards(office) if card.active}
    first, second = [code for code in sorted(used) if code not in purposes.ALWAYS][:2]
    for code in (first, second):
        QTest.mouseClick(pane.switches[code], Qt.MouseButton.LeftButton)
        at_desk.calm()
    take_back = at_desk.shell.toasts[-2][1]
    assert take_back is not None
    take_back()
    at_desk.calm()
    assert {card.code for card in purposes.cards(office) if card.active} == used - {second}


def test_what_no_shop_can_do_without_is_not_left_out_by_anybody(office: Office) -> None:
    with pytest.raises(Problem):
        purposes.turn(office, "orders", on=False)
    assert "orders" in {card.code for card in purposes.cards(office) if card.active}


def test_what_no_shop_can_do_without_cannot_be_switched_off(go: Go) -> None:
    pane = go("ask", AskPane)
    assert not pane.switches["orders"].isEnabled()
    assert pane.switches["orders"].isChecked()


def test_places_are_added_renamed_and_taken_off(go: Go, at_desk: AtDesk, office: Office) -> None:
    pane = go("places", PlacesPane)
    for place in outside.places(office):
        outside.remove_place(office, place.id)
    QTest.keyClicks(pane.new.edit, "Order book")
    QTest.keyClick(pane.new.edit, Qt.Key.Key_Return)
    at_desk.calm()
    key = outside.places(office)[0].id
    name = pane.names[key]
    name.edit.setFocus()
    QTest.keyClick(name.edit, Qt.Key.Key_End)
    QTest.keyClicks(name.edit, " 2")
    QTest.keyClick(name.edit, Qt.Key.Key_Return)
    at_desk.calm()
    assert [place.name for place in outside.places(office)] == ["Order book 2"]
    undo(at_desk)
    assert [place.name for place in outside.places(office)] == ["Order book"]
    QTest.mouseClick(pane.removes[key], Qt.MouseButton.LeftButton)
    sheet = at_desk.window.findChild(RemovePlace)
    assert sheet is not None
    assert len(outside.places(office)) == 1
    QTest.mouseClick(sheet.remove, Qt.MouseButton.LeftButton)
    at_desk.calm()
    assert outside.places(office) == []


def test_a_place_that_is_there_already_is_told_at_the_field(go: Go, at_desk: AtDesk, office: Office) -> None:
    outside.add_place(office, "Order book")
    pane = go("places", PlacesPane)
    QTest.keyClicks(pane.new.edit, "order book")
    QTest.mouseClick(pane.add_button, Qt.MouseButton.LeftButton)
    at_desk.calm()
    assert pane.new.text() == "order book"
    assert pane.new.edit.property("state") == "wrong"
    assert at_desk.shell.problems == []


def test_the_recovery_sheet_says_whether_it_is_kept_and_a_new_one_can_be_made(
    go: Go, at_desk: AtDesk, office: Office
) -> None:
    pane = go("sheet", SheetPane)
    assert "Not kept yet" in texts(pane)
    settings.put(office, settings.SHEET_CHECKED_ON, office.today())
    settings.put(office, settings.SHEET_SAVED_HOW, settings.SavedHow.PRINTED)
    at_desk.qtbot.waitUntil(lambda: "Kept since" in texts(pane))
    assert "It was printed." in texts(pane)
    QTest.mouseClick(pane.make, Qt.MouseButton.LeftButton)
    at_desk.calm()
    assert at_desk.window.findChild(SheetPart) is not None


def test_place_and_computer_are_looked_at_at_once(go: Go) -> None:
    pane = go("computer", HealthPane)
    said = texts(pane)
    for part in ("Disk encryption", "Screen lock", "System updates", "Clock", "free", "Folder: can be written to"):
        assert part in said
    assert "every page is undamaged" not in said


def test_the_file_is_checked_when_somebody_asks(go: Go, at_desk: AtDesk) -> None:
    pane = go("computer", HealthPane)
    pane.check.click()
    at_desk.calm()
    said = texts(pane)
    assert "Customer file: every page is undamaged" in said
    assert "Activity log" in said
    assert "Something is damaged" not in said


def test_damage_is_red_and_says_what_to_do(go: Go, at_desk: AtDesk, office: Office) -> None:
    office.store.write(lambda w: w.connection.execute("DROP TRIGGER audit_entry_no_update"))
    office.store.write(lambda w: w.connection.execute("UPDATE audit_entry SET actor = 'x' WHERE seq = 1"))
    pane = go("computer", HealthPane)
    pane.check.click()
    at_desk.calm()
    assert "Something is damaged" in texts(pane)


def test_a_check_can_be_cancelled(go: Go, at_desk: AtDesk, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    pane = go("computer", HealthPane)
    looks: list[object] = []

    def and_cancel(count: object = None) -> int:
        looks.append(count)
        for job in at_desk.courier.jobs:
            job.cancel()
        return 0

    monkeypatch.setattr(office.store, "damage", and_cancel)
    pane.check.click()
    at_desk.calm()
    assert len(looks) == 1, "it goes on no more"
    assert "every page is undamaged" not in texts(pane)


def test_every_file_is_told_with_who_can_open_it(go: Go, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    pane = go("files", FilesPane)
    told = texts(pane)
    folder = office.store.database.parent
    assert str(folder) in told
    for path in folder.iterdir():
        assert path.name in told
    assert "Opens with your computer account or the recovery sheet." in told
    opened: list[Path] = []

    def open_folder(path: Path) -> bool:
        opened.append(path)
        return True

    monkeypatch.setattr(files, "open_in_system", open_folder)
    pane.open.click()
    assert opened == [folder]


def test_the_folder_papers_usually_go_to_is_told_without_being_chosen(
    go: Go, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(papers, "documents_folder", lambda: tmp_path)
    (tmp_path / papers.NAME).mkdir()
    assert papers.NAME in texts(go("files", FilesPane))


def test_a_computer_that_shows_no_folders_says_so(go: Go, at_desk: AtDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    pane = go("files", FilesPane)
    monkeypatch.setattr(files, "open_in_system", lambda _: False)
    pane.open.click()
    assert len(at_desk.shell.problems) == 1


@pytest.mark.parametrize(
    ("size", "said"), [(0, "0 bytes"), (999, "999 bytes"), (4_200_000, "4.2 MB"), (123_456, "123 KB")]
)
def test_sizes_are_said_as_people_say_them(size: int, said: str, at_desk: AtDesk) -> None:
    assert at_desk.desk.say(size_text(size)) == said


def test_the_sign_beside_the_clock_is_offered_where_there_can_be_one(
    screen: Settings, at_desk: AtDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "tray_is_there", lambda: True)
    screen.show_at(page="background")
    at_desk.calm()
    pane = screen.page
    assert isinstance(pane, BackgroundPane)
    QTest.mouseClick(pane.tray, Qt.MouseButton.LeftButton)
    at_desk.desk.chosen.wait()
    assert load(tmp_path / "config").tray


def test_notices_are_switched_beside_the_sign_they_come_from(
    at_desk: AtDesk, screen: Settings, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(background, "tray_is_there", lambda: True)
    screen.show_at(page="background")
    at_desk.calm()
    pane = screen.page
    assert isinstance(pane, BackgroundPane)
    assert pane.notices.isChecked()
    assert not pane.notices.isEnabled()
    QTest.mouseClick(pane.tray, Qt.MouseButton.LeftButton)
    QTest.mouseClick(pane.notices, Qt.MouseButton.LeftButton)
    at_desk.calm()
    assert not settings.get(office, settings.NOTIFY)
    assert not pane.notices.isChecked()
    _, undo = at_desk.shell.toasts[-1]
    assert undo is not None
    undo()
    at_desk.calm()
    assert settings.get(office, settings.NOTIFY)


def test_where_there_is_no_sign_nothing_is_offered(go: Go) -> None:
    pane = go("background", BackgroundPane)
    assert not pane.tray.isVisible()


def test_keeping_times_lead_to_their_own_page(go: Go, at_desk: AtDesk) -> None:
    pane = go("keeping", KeepingPane)
    QTest.mouseClick(pane.queue, Qt.MouseButton.LeftButton)
    assert at_desk.shell.went[-1] == ("keeping", {"tab": "queue"})


def test_licences_are_told_for_every_library_and_font(go: Go, at_desk: AtDesk) -> None:
    pane = go("about", AboutPane)
    names = {row.title for row in pane.libraries.rows}
    assert {"PySide6_Essentials", "sqlcipher3", "reportlab", "python-bidi"} <= names
    assert all(path.is_file() for work in licences.fonts() for path in work.files)
    inter = next(row for row in pane.fonts.rows if row.title == "Inter")
    QTest.mouseClick(inter, Qt.MouseButton.LeftButton)
    at_desk.calm()
    sheet = at_desk.window.findChild(LicenceSheet)
    assert sheet is not None
    assert "SIL OPEN FONT LICENSE" in sheet.text.text()


def test_every_library_names_its_licence() -> None:
    unnamed = [work.name for work in licences.libraries() if not work.licence and not work.files]
    assert unnamed == []


def test_typing_finds_pages_and_enter_opens_the_first(screen: Settings, at_desk: AtDesk) -> None:
    assert screen.go_to_search()
    QTest.keyClicks(screen.search, "lost key")
    assert [key for key, item in screen.items.items() if item.isVisible()] == ["sheet"]
    QTest.keyClick(screen.search, Qt.Key.Key_Return)
    at_desk.calm()
    assert isinstance(screen.page, SheetPane)
    QTest.keyClick(screen.search, Qt.Key.Key_Escape)
    assert all(item.isVisible() for item in screen.items.values())


@pytest.mark.parametrize("page", [entry.key for entry in PANES])
def test_everything_that_can_be_used_has_a_name(page: str, screen: Settings, at_desk: AtDesk) -> None:
    screen.show_at(page=page)
    at_desk.calm()
    for kind in (QAbstractButton, QComboBox, QLineEdit):
        for widget in screen.findChildren(kind):
            if widget.isVisibleTo(screen):
                assert widget.accessibleName(), widget


def test_the_example_shop_is_offered_beside_ones_own_list_and_not_in_itself(
    go: Go, at_desk: AtDesk, office: Office
) -> None:
    page = go("files", FilesPane)
    page.example.click()
    assert at_desk.shell.done == ["example"]
    settings.put(office, settings.IS_EXAMPLE, True)
    page.come()
    at_desk.calm()
    assert not page.example.isVisible()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_in_the_search_of_the_settings_are_not_cut(qtbot: QtBot, office: Office, language: str) -> None:
    at_desk = AtDesk(qtbot, office, language)
    screen = Settings(at_desk.desk)
    at_desk.put(screen)
    margins = screen.search.textMargins()
    room = screen.search.width() - margins.left() - margins.right() - 16
    assert screen.search.fontMetrics().horizontalAdvance(screen.search.placeholderText()) <= room
    at_desk.courier.close()


def test_a_phone_number_that_cannot_be_dialled_is_not_kept(go: Go, at_desk: AtDesk, office: Office) -> None:
    pane = go("shop", ShopPane)
    pane.fields["phone"].set_text("abc")
    assert not pane.fields["phone"].is_right()
    at_desk.calm()
    assert office.shop.phone != "abc"
