"""The first run: six steps, by mouse and by keyboard, back and forth, with and without a place for keys."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from desktop_crm.host.paths import example_folder
from desktop_crm.services import purposes, settings, setup
from desktop_crm.services.settings import SavedHow, Who
from desktop_crm.services.starting import Opening, opening_state
from desktop_crm.ui import files
from desktop_crm.ui.locked.problem_card import ProblemCard
from desktop_crm.ui.look.theme import Mode
from desktop_crm.ui.welcome.begin import Begin
from desktop_crm.ui.welcome.language import Language
from desktop_crm.ui.welcome.page import Welcome
from desktop_crm.ui.welcome.place import WhereKept
from desktop_crm.ui.welcome.purposes import UsedFor
from desktop_crm.ui.welcome.sheet import YourSheet
from desktop_crm.ui.welcome.shop import YourShop
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.layout import Scroll
from desktop_crm.ui.widgets.losing import would_lose
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import LANGUAGES
from tests.memory_keystore import MemoryKeyStore
from tests.privacy.shop import ShopFile, TickingClock
from tests.ui.screens.at_the_door import nameless
from tests.ui.screens.first_run import FirstRun
from tests.ui.seeing import focused

PASSWORD = "lavender tram seven kettle"


@pytest.fixture
def run(qtbot: QtBot, tmp_path: Path) -> Iterator[FirstRun]:
    made = FirstRun(qtbot, VaultFolder(tmp_path / "list"), TickingClock(), tmp_path / "settings")
    made.begin()
    yield made
    made.close()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_whole_way_by_mouse(run: FirstRun, keys: MemoryKeyStore, language: str) -> None:
    run.click(run.at(Language).languages[language])
    run.type_groups(run.to_the_sheet().part)
    run.forth()
    step = run.at(UsedFor)
    run.click(step.cards["newsletter"])
    run.forth()
    run.click(run.at(Begin).buttons[1])
    assert run.came == [("contacts", {"new": True})]
    office = run.offices[0]
    assert (office.shop.name, office.shop.language) == ("Blumen Weber", language)
    assert {card.code for card in purposes.cards(office) if card.active} == {"orders", "newsletter"}
    assert settings.get(office, settings.SHEET_SAVED_HOW) is SavedHow.WRITTEN
    assert not settings.get(office, settings.BEING_SET_UP)
    assert keys.items
    assert run.chosen.now.language == ("" if language == "en" else language)
    office.close()
    assert opening_state(run.step.folder).page is Opening.READY


@pytest.mark.usefixtures("keys")
def test_the_whole_way_by_keyboard_alone(run: FirstRun) -> None:
    run.press(Qt.Key.Key_Return)
    run.type("Blumen Weber")
    run.press(Qt.Key.Key_Return)
    run.tab_to(run.at(WhereKept).who[Who.ONE])
    run.press(Qt.Key.Key_Space)
    run.tab_to(run.page.on)
    run.press(Qt.Key.Key_Return)
    part = run.at(YourSheet).part
    groups = run.page.course.the_file().sheet.groups
    run.tab_to(part.fields[3].line)
    run.type(groups[2])
    assert focused() is part.fields[7].line
    run.type(groups[6])
    run.press(Qt.Key.Key_Return)
    run.tab_to(run.page.on)
    run.press(Qt.Key.Key_Return)
    run.press(Qt.Key.Key_Return)
    assert run.came == [("contacts", {"import_path": None})]


def test_the_look_is_seen_at_once(run: FirstRun) -> None:
    run.click(run.at(Language).looks[Mode.DARK])
    assert run.chosen.now.look == "dark"


def test_another_language_keeps_what_was_typed(run: FirstRun) -> None:
    run.to_the_place("Blumen Weber")
    run.back()
    run.back()
    run.click(run.at(Language).languages["de"])
    assert run.step.words.language == "de"
    run.forth()
    assert run.at(YourShop).fields["name"].text() == "Blumen Weber"


def test_without_a_name_it_does_not_go_on(run: FirstRun) -> None:
    run.forth()
    run.at(YourShop).fields["email"].set_text("hallo")
    run.at(YourShop).fields["phone"].set_text("abc")
    run.forth()
    step = run.at(YourShop)
    assert focused() is step.fields["name"].edit
    assert "name of the shop" in step.fields["name"].edit.accessibleDescription()
    assert "looks like" in step.fields["email"].edit.accessibleDescription()
    assert "looks like" in step.fields["phone"].edit.accessibleDescription()
    step.fields["phone"].set_text("+49 (0)341 / 555-01")
    assert step.fields["phone"].is_right()


@pytest.mark.usefixtures("keys")
def test_regions_are_asked_for_where_there_are_any(run: FirstRun) -> None:
    run.forth()
    step = run.at(YourShop)
    for code, region in (("DE", "SN"), ("IE", ""), ("DE", "BY")):
        step.country.choose(code)
        step.country.picked.emit(code)
        run.calm()
        assert step.region.isVisible() is bool(region)
    step.region.choose("BY")
    step.fields["name"].set_text("Blumen Weber")
    run.forth()
    run.click(run.at(WhereKept).who[Who.ONE])
    run.forth()
    assert (run.office.shop.country, run.office.shop.region) == ("DE", "BY")


def test_nothing_is_written_before_the_third_step_ends(run: FirstRun, keys: MemoryKeyStore) -> None:
    run.to_the_place()
    assert not run.step.folder.path.exists()
    assert not keys.items


@pytest.mark.usefixtures("keys")
def test_who_works_here_must_be_answered(run: FirstRun) -> None:
    step = run.to_the_place()
    run.forth()
    assert run.at(WhereKept) is step
    assert focused() is step.who[Who.ONE]


@pytest.mark.usefixtures("no_keys")
def test_without_a_place_for_keys_a_password_is_chosen(run: FirstRun) -> None:
    step = run.to_the_place()
    assert {card.accessibleDescription() for card in step.who.values()} == {"A password is asked at every start"}
    run.click(step.who[Who.ONE])
    assert step.password.isVisible()
    run.forth()
    assert focused() is step.password.first.edit
    run.type("blumen")
    run.forth()
    assert "more sign" in step.password.first.edit.accessibleDescription()
    step.password.first.set_text(PASSWORD)
    step.password.again.set_text(PASSWORD + "x")
    run.forth()
    assert focused() is step.password.again.edit
    step.password.again.set_text(PASSWORD)
    run.forth()
    run.at(YourSheet)
    run.office.close()
    assert opening_state(run.step.folder).page is Opening.PASSWORD
    setup.open_office(run.step.folder, clock=run.step.clock, keystore=None, passphrase=PASSWORD).close()


def test_ready_is_said_only_where_the_computer_keeps_the_key_without_asking(
    run: FirstRun, keys: MemoryKeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = run.to_the_place()
    run.click(step.who[Who.ONE])
    assert step._ready.accessibleName() == "Ready"
    monkeypatch.setattr("desktop_crm.ui.welcome.course.asks_first", lambda store: store is keys)
    run.back()
    run.forth()
    step = run.at(WhereKept)
    assert step._ready.accessibleName() == "The computer asks first"
    run.click(step.who[Who.SEVERAL])
    assert step._ready.accessibleName() == "Password needed"


def test_who_cancels_what_the_computer_asks_is_led_to_a_password_and_told_nothing_of_a_sheet(
    run: FirstRun, keys: MemoryKeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_crm.ui.welcome.course.asks_first", lambda _: True)
    keys.locked = True
    step = run.to_the_place()
    run.click(step.who[Who.ONE])
    run.forth()
    (problem,) = run.problems
    said = " ".join(run.step.say(one) for one in (problem.what, problem.safe, problem.todo) if one is not None)
    assert "sheet" not in said
    assert "password that you type" in said
    assert run.other is not None
    run.other[1]()
    assert step.who[Who.SEVERAL].isChecked()
    assert focused() is step.password.first.edit
    run.type(PASSWORD)
    step.password.again.edit.setFocus()
    run.type(PASSWORD)
    run.forth()
    run.at(YourSheet)
    assert keys.items == {}


@pytest.mark.usefixtures("keys")
def test_while_the_computer_asks_the_page_says_so_and_back_is_off(
    run: FirstRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("desktop_crm.ui.welcome.course.asks_first", lambda _: True)
    step = run.to_the_place()
    run.click(step.who[Who.ONE])
    asked, settle = Event(), run.page.course.settle
    monkeypatch.setattr(run.page.course, "settle", lambda: settle() if asked.wait(10) else None)
    run.page.forth()
    said = [banner.accessibleName() for banner in step.findChildren(Banner)]
    assert any("in a window of its own" in one for one in said)
    assert not run.page.footer.back.isEnabled()
    asked.set()
    run.calm()


def test_several_people_get_a_password_though_there_is_a_place_for_keys(run: FirstRun, keys: MemoryKeyStore) -> None:
    step = run.to_the_place()
    assert not step.password.isVisible()
    run.click(step.who[Who.SEVERAL])
    for field in (step.password.first, step.password.again):
        field.set_text(PASSWORD)
    run.forth()
    run.at(YourSheet)
    assert settings.get(run.office, settings.WHO_WORKS) is Who.SEVERAL
    assert not keys.items


@pytest.mark.usefixtures("keys")
def test_going_back_changes_the_shop_and_leaves_the_sheet(run: FirstRun) -> None:
    run.to_the_sheet()
    before = run.page.course.the_file().sheet
    run.back()
    run.back()
    step = run.at(YourShop)
    step.fields["name"].set_text("Blumen & Töchter")
    step.country.choose("AT")
    run.forth()
    run.forth()
    assert (run.office.shop.name, run.office.shop.country) == ("Blumen & Töchter", "AT")
    assert run.page.course.the_file().sheet is before
    run.at(YourSheet)


def test_another_way_in_begins_the_file_anew_and_says_so(run: FirstRun, keys: MemoryKeyStore) -> None:
    run.to_the_sheet()
    before = run.page.course.the_file().sheet
    run.back()
    step = run.at(WhereKept)
    run.click(step.who[Who.SEVERAL])
    for field in (step.password.first, step.password.again):
        field.set_text(PASSWORD)
    assert any("begun anew" in told.accessibleName() for told in step.findChildren(Banner))
    run.forth()
    run.at(YourSheet)
    assert run.page.course.the_file().sheet != before
    assert not keys.items
    run.back()
    assert not run.at(WhereKept).password.isVisible()
    run.forth()
    run.at(YourSheet)


@pytest.mark.usefixtures("keys")
def test_another_folder_is_chosen_and_remembered(
    run: FirstRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    full = tmp_path / "Documents"
    full.mkdir()
    (full / "letter.txt").write_text("Hallo")
    monkeypatch.setattr(files, "choose_folder", lambda *_: full)
    step = run.to_the_place()
    run.click(step.other)
    run.click(step.who[Who.ONE])
    run.forth()
    run.at(YourSheet)
    assert run.folders == [full / "Desktop CRM"]
    assert run.chosen.now.folder == str(full / "Desktop CRM")


@pytest.mark.usefixtures("keys")
def test_a_folder_with_a_customer_file_is_offered_to_be_opened(
    run: FirstRun, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = ShopFile(tmp_path / "other")
    other.begin().close()
    monkeypatch.setattr(files, "choose_folder", lambda *_: other.folder.path)
    step = run.to_the_place()
    run.click(step.other)
    run.click(step.who[Who.ONE])
    run.forth()
    assert run.at(WhereKept) is step
    run.click(step.open_that)
    assert run.folders == [other.folder.path]
    assert run.looked == 1


@pytest.mark.usefixtures("keys")
def test_a_disk_that_refuses_leaves_the_answers(run: FirstRun, tmp_path: Path) -> None:
    step = run.to_the_place()
    run.click(step.who[Who.ONE])
    (tmp_path / "list").write_text("a file where a folder should be")
    run.forth()
    assert run.problems
    assert run.at(WhereKept) is step
    (tmp_path / "list").unlink()
    run.forth()
    run.at(YourSheet)


@pytest.mark.usefixtures("keys")
def test_only_what_must_be_is_ticked_at_first_and_cannot_be_left_out(run: FirstRun) -> None:
    run.click(run.to_the_sheet().without)
    step = run.at(UsedFor)
    assert [code for code, card in step.cards.items() if card.isChecked()] == ["orders"]
    run.click(step.cards["orders"])
    assert step.cards["orders"].isChecked()
    run.click(step.cards["photos"])
    run.forth()
    run.back()
    assert [code for code, card in run.at(UsedFor).cards.items() if card.isChecked()] == ["orders", "photos"]


def test_the_example_shop_opens_beside_ones_own_file(run: FirstRun, keys: MemoryKeyStore) -> None:
    run.click(run.to_the_end().buttons[2])
    example = run.offices[0]
    assert settings.get(example, settings.IS_EXAMPLE)
    assert example.store.database.parent == example_folder(run.step.folder.path)
    assert opening_state(run.step.folder).page is Opening.READY
    with_own = setup.open_office(run.step.folder, clock=run.step.clock, keystore=keys, passphrase=None)
    assert not settings.get(with_own, settings.BEING_SET_UP)
    with_own.close()


def test_a_file_left_half_way_goes_on_with_a_fresh_sheet(
    run: FirstRun, keys: MemoryKeyStore, qtbot: QtBot, tmp_path: Path
) -> None:
    run.to_the_sheet()
    assert not any("these are new groups" in one.text() for one in run.page.findChildren(QLabel))
    old = run.page.course.the_file().sheet
    run.office.close()
    again = FirstRun(qtbot, run.step.folder, run.step.clock, tmp_path / "settings")
    again.step.office = setup.open_office(run.step.folder, clock=run.step.clock, keystore=keys, passphrase=None)
    again.page = Welcome(again.step)
    again.put(again.page)
    part = again.at(YourSheet).part
    assert again.page.course.the_file().sheet != old
    assert any("these are new groups" in one.text() for one in again.page.findChildren(QLabel))
    again.back()
    again.back()
    assert again.at(YourShop).fields["name"].text() == "Blumen Weber"
    again.forth()
    again.forth()
    part = again.at(YourSheet).part
    again.type_groups(part)
    again.forth()
    again.at(UsedFor)
    assert again.office.shop.name == "Blumen Weber"
    again.close()


def test_a_folder_that_is_not_there_now_is_asked_for(qtbot: QtBot, tmp_path: Path) -> None:
    run = FirstRun(qtbot, VaultFolder(tmp_path / "stick"), TickingClock(), tmp_path / "settings")
    run.chosen.change(folder=str(tmp_path / "stick"))
    run.begin()
    card = run.page.findChild(ProblemCard)
    assert card is not None
    run.click(card.again)
    assert run.looked == 1
    assert not (tmp_path / "stick").exists()
    run.close()


@pytest.mark.usefixtures("keys")
def test_nothing_of_it_lies_in_a_file_outside_the_customer_file(run: FirstRun, tmp_path: Path) -> None:
    run.to_the_end()
    groups = run.page.course.the_file().sheet.groups
    run.office.close()
    for path in (path for path in tmp_path.rglob("*") if path.is_file()):
        text = path.read_bytes()
        assert b"Blumen" not in text
        assert not any(group.encode() in text for group in groups[:3])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.usefixtures("keys")
def test_every_control_of_every_step_has_a_name_and_its_room(qtbot: QtBot, tmp_path: Path, language: str) -> None:
    run = FirstRun(qtbot, VaultFolder(tmp_path / "list"), TickingClock(), tmp_path / "settings", language)
    run.window.resize(920, 600)
    run.begin()
    run.page.course.answers.name = "Blumen Weber"
    for _ in range(6):
        assert list(nameless(run.page)) == []
        qtbot.waitUntil(lambda: all(map(fits, run.page.findChildren(Scroll))))
        if isinstance(run.page.step, WhereKept):
            run.click(run.page.step.who[Who.ONE])
        if isinstance(run.page.step, YourSheet):
            run.type_groups(run.page.step.part)
        if not isinstance(run.page.step, Begin):
            run.forth()
    run.at(Begin)
    run.close()


def fits(scroll: Scroll) -> bool:
    """Whether nothing is cut off at the side."""
    content = scroll.widget()
    return content is not None and content.minimumSizeHint().width() <= scroll.viewport().width()


@pytest.mark.usefixtures("keys")
def test_what_was_typed_would_be_lost_until_there_is_a_file_that_keeps_it(run: FirstRun) -> None:
    told = [would_lose(run.page)]
    run.to_the_place()
    told.append(would_lose(run.page))
    run.back()
    told.append(would_lose(run.page))
    run.forth()
    run.click(run.at(WhereKept).who[Who.ONE])
    run.forth()
    run.at(YourSheet)
    told.append(would_lose(run.page))
    assert told == [False, True, True, False]


def test_half_a_name_would_be_lost_as_well(run: FirstRun) -> None:
    run.forth()
    assert not would_lose(run.page)
    run.at(YourShop).fields["name"].edit.setFocus()
    run.type("Blu")
    assert would_lose(run.page)


@pytest.mark.usefixtures("keys")
def test_on_what_no_shop_can_do_without_enter_means_the_page(run: FirstRun) -> None:
    run.type_groups(run.to_the_sheet().part)
    run.forth()
    cards = run.at(UsedFor).cards
    assert focused() is cards["orders"]
    run.press(Qt.Key.Key_Space)
    assert cards["orders"].isChecked()
    run.press(Qt.Key.Key_Return)
    run.at(Begin)
