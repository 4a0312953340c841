"""Before the file is open: by key, by password, by the recovery sheet, and why it cannot be opened."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.host.clock import FixedClock
from desktop_crm.host.keystore import NoKeyStore
from desktop_crm.services import setup
from desktop_crm.services.setup import Begun
from desktop_crm.services.shop import Shop
from desktop_crm.services.starting import Opening, OpeningState, opening_state
from desktop_crm.ui import files
from desktop_crm.ui.frame.window import Window
from desktop_crm.ui.locked.open_card import KeyCard, PasswordCard
from desktop_crm.ui.locked.page import Locked
from desktop_crm.ui.locked.problem_card import ProblemCard
from desktop_crm.ui.locked.recover_card import RecoverCard
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import LANGUAGES, M
from tests.memory_keystore import MemoryKeyStore
from tests.ui.screens.at_the_door import AtTheDoor, nameless
from tests.ui.seeing import focused

PASSWORD = "lavender tram seven kettle"
OTHER = "walnut harbour comet nine"
START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


class Outside(AtTheDoor):
    """The locked page on its doorstep, with hands."""

    page: Locked
    clock: FixedClock

    def stand(self) -> None:
        """Stand before the file as it is now."""
        self.found()
        self.page = Locked(self.step)
        self.put(self.page)

    @property
    def key(self) -> KeyCard:
        assert isinstance(self.page.card, KeyCard)
        return self.page.card

    @property
    def password(self) -> PasswordCard:
        assert isinstance(self.page.card, PasswordCard)
        return self.page.card

    @property
    def recover(self) -> RecoverCard:
        assert isinstance(self.page.card, RecoverCard)
        return self.page.card

    def try_password(self, text: str) -> None:
        self.password.password.edit.setFocus()
        self.type(text)
        self.press(Qt.Key.Key_Return)

    def fill(self, groups: list[str]) -> None:
        """Type the groups without leaving out the keyboard: each full one leads to the next."""
        self.recover.fields[0].line.setFocus()
        for group in groups:
            self.type(group.lower())


@pytest.fixture
def outside(qtbot: QtBot, tmp_path: Path) -> Iterator[Outside]:
    clock = FixedClock(START)
    made = Outside(qtbot, VaultFolder(tmp_path / "list"), clock, tmp_path / "settings")
    made.clock = clock
    yield made
    made.close()


def begun(outside: Outside, keys: MemoryKeyStore | None, password: str | None = None) -> list[str]:
    """A customer file, closed again; the groups of its sheet."""
    shop = Shop("Blumen Weber", "DE", "SN", "en", "Europe/Berlin", START.date())
    made: Begun = setup.begin(outside.step.folder, shop, clock=outside.clock, keystore=keys, passphrase=password)
    made.office.close()
    return made.recovery_code.split("-")


def said(outside: Outside) -> str:
    """Everything that is to be read on the page."""
    return " ".join(label.text() for label in outside.page.findChildren(QLabel) if not label.isHidden())


def other_sign(group: str, at: int) -> str:
    """The group with one sign changed."""
    sign = "2" if group[at] != "2" else "3"
    return group[:at] + sign + group[at + 1 :]


def test_this_computers_key_opens_with_one_click(outside: Outside, keys: MemoryKeyStore) -> None:
    begun(outside, keys)
    outside.stand()
    outside.click(outside.key.open)
    assert outside.offices[0].shop.name == "Blumen Weber"


def test_after_locking_it_opens_once_the_file_is_closed(outside: Outside, keys: MemoryKeyStore) -> None:
    begun(outside, keys)
    outside.step.shop = "Blumen Weber"
    outside.page = Locked(outside.step)
    outside.put(outside.page)
    assert not outside.key.open.isEnabled()
    assert "Blumen Weber" in said(outside)
    outside.found()
    outside.step.due = (M("One answer is due in {n} day", "One answer is due in {n} days", n=3),)
    outside.step.told.emit()
    assert outside.page.ground.due.text() == "One answer is due in 3 days"
    outside.press(Qt.Key.Key_Return)
    assert len(outside.offices) == 1


@pytest.mark.usefixtures("keys")
def test_a_new_day_says_what_is_due_and_leaves_what_was_typed(outside: Outside) -> None:
    begun(outside, None, PASSWORD)
    outside.stand()
    assert not outside.page.ground.due.isVisible()
    outside.type(PASSWORD)
    outside.step.due = (M("One answer is due today"),)
    outside.step.told.emit()
    assert outside.page.ground.due.text() == "One answer is due today"
    outside.press(Qt.Key.Key_Return)
    assert len(outside.offices) == 1


def test_a_key_that_was_lost_meanwhile_leads_to_another_look(outside: Outside, keys: MemoryKeyStore) -> None:
    begun(outside, keys)
    outside.stand()
    keys.reset()
    outside.click(outside.key.open)
    assert outside.offices == []
    assert len(outside.problems) == 1
    assert outside.key.open.isEnabled()


@pytest.mark.usefixtures("keys")
def test_the_right_password_opens(outside: Outside) -> None:
    begun(outside, None, PASSWORD)
    outside.stand()
    outside.try_password(PASSWORD)
    assert len(outside.offices) == 1
    assert "Blumen" not in said(outside)


@pytest.mark.usefixtures("keys")
def test_five_wrong_passwords_make_a_pause_and_delete_nothing(outside: Outside) -> None:
    begun(outside, None, PASSWORD)
    outside.stand()
    for left in (4, 3, 2, 1):
        outside.try_password("wrong")
        assert f"After {left} more" in outside.password.password.edit.accessibleDescription()
    outside.try_password("wrong")
    card = outside.password
    assert not card.open.isEnabled()
    assert "32 seconds left" in card.password.edit.accessibleDescription()
    outside.clock.at += timedelta(seconds=12)
    card.show_pause()
    assert "20 seconds left" in card.password.edit.accessibleDescription()
    assert not card.password.isEnabled()
    outside.page.show_state()
    assert not outside.password.open.isEnabled()
    outside.clock.at += timedelta(seconds=21)
    outside.password.show_pause()
    outside.try_password(PASSWORD)
    assert len(outside.offices) == 1


@pytest.mark.usefixtures("keys")
def test_a_right_password_begins_the_count_anew(outside: Outside) -> None:
    begun(outside, None, PASSWORD)
    outside.stand()
    outside.try_password("wrong")
    outside.try_password(PASSWORD)
    outside.offices[0].close()
    outside.stand()
    outside.try_password("wrong")
    assert "After 4 more" in outside.password.password.edit.accessibleDescription()


@pytest.mark.usefixtures("keys")
def test_no_password_is_no_try(outside: Outside) -> None:
    begun(outside, None, PASSWORD)
    outside.stand()
    outside.press(Qt.Key.Key_Return)
    assert "type the password" in outside.password.password.edit.accessibleDescription()
    outside.try_password("wrong")
    assert "After 4 more" in outside.password.password.edit.accessibleDescription()


@pytest.mark.usefixtures("keys")
def test_caps_lock_is_noticed_by_what_it_types(outside: Outside) -> None:
    begun(outside, None, PASSWORD)
    outside.stand()
    edit = outside.password.password.edit
    QTest.keyClicks(edit, "l")
    assert outside.password.capitals.text() == ""
    QTest.keyClicks(edit, "L", Qt.KeyboardModifier.ShiftModifier)
    assert outside.password.capitals.text() == ""
    QTest.keyClick(edit, Qt.Key.Key_CapsLock)
    assert outside.password.capitals.text() == "Caps Lock is on"


def test_a_lost_key_is_replaced_by_the_sheet(outside: Outside, keys: MemoryKeyStore) -> None:
    groups = begun(outside, keys)
    keys.reset()
    outside.stand()
    assert "undamaged" not in said(outside)
    assert "Nothing has been deleted" in said(outside)
    outside.fill(groups)
    assert [field.edit.property("state") for field in outside.recover.fields] == ["right"] * 9
    outside.press(Qt.Key.Key_Return)
    assert len(outside.offices) == 1
    outside.offices[0].close()
    assert opening_state(outside.step.folder).page is Opening.READY


def test_the_keyboard_is_in_group_1_when_the_page_comes_into_an_open_window(
    outside: Outside, keys: MemoryKeyStore, qtbot: QtBot
) -> None:
    begun(outside, keys)
    keys.reset()
    outside.found()
    window = Window(outside.chosen)
    qtbot.addWidget(window)
    window.show_page(QWidget())
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    page = Locked(outside.step)
    window.show_page(page)
    assert isinstance(page.card, RecoverCard)
    assert focused() is page.card.fields[0].line


def test_where_nobody_knows_which_group_is_wrong_none_is_called_right(outside: Outside, keys: MemoryKeyStore) -> None:
    begun(outside, keys)
    keys.reset()
    outside.stand()
    outside.fill(["AAAA"] * 7 + ["BBBB", "CCCC"])
    assert outside.recover.told.text()
    assert [field.edit.property("state") for field in outside.recover.fields] == [""] * 9


def test_one_slip_is_named_before_anything_is_asked(outside: Outside, keys: MemoryKeyStore) -> None:
    groups = begun(outside, keys)
    keys.reset()
    outside.stand()
    outside.fill([*groups[:3], other_sign(groups[3], 1), *groups[4:]])
    assert "Group 4 does not fit" in said(outside)
    assert [at for at, field in enumerate(outside.recover.fields, 1) if field.edit.property("state") == "wrong"] == [4]
    outside.click(outside.recover.open)
    assert outside.offices == []
    assert focused() is outside.recover.fields[3].line
    outside.recover.fields[3].line.clear()
    outside.type(groups[3])
    outside.click(outside.recover.open)
    assert len(outside.offices) == 1


def test_a_group_that_is_wholly_wrong_is_named_by_the_file_itself(outside: Outside, keys: MemoryKeyStore) -> None:
    groups = begun(outside, keys)
    keys.reset()
    outside.stand()
    wrong = other_sign(other_sign(other_sign(groups[5], 0), 2), 3)
    outside.fill([*groups[:5], wrong, *groups[6:]])
    outside.click(outside.recover.open)
    assert outside.offices == []
    assert "Group 6 does not fit" in said(outside)


def test_the_sheet_of_another_list_is_told_from_a_slip(outside: Outside, keys: MemoryKeyStore, tmp_path: Path) -> None:
    begun(outside, keys)
    other = setup.begin(
        VaultFolder(tmp_path / "other"),
        Shop("Other", "DE", "SN", "en", "Europe/Berlin", START.date()),
        clock=outside.clock,
        keystore=MemoryKeyStore(),
        passphrase=None,
    )
    other.office.close()
    keys.reset()
    outside.stand()
    outside.fill(other.recovery_code.split("-"))
    outside.click(outside.recover.open)
    assert outside.offices == []
    assert "this sheet does not open this customer list" in said(outside)


def test_the_first_open_group_is_asked_for(outside: Outside, keys: MemoryKeyStore) -> None:
    groups = begun(outside, keys)
    keys.reset()
    outside.stand()
    outside.fill(groups[:2])
    outside.type("a?")
    outside.click(outside.recover.open)
    assert focused() is outside.recover.fields[2].line
    assert "a sign that no sheet has" in said(outside)


def test_the_whole_sheet_can_be_pasted(outside: Outside, keys: MemoryKeyStore) -> None:
    groups = begun(outside, keys)
    keys.reset()
    outside.stand()
    QGuiApplication.clipboard().setText(" ".join(groups))
    outside.recover.fields[4].line.setFocus()
    QTest.keyClick(focused(), Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert [field.text() for field in outside.recover.fields] == groups
    assert focused() is outside.recover.open


@pytest.mark.usefixtures("keys")
def test_a_forgotten_password_is_replaced_by_the_sheet(outside: Outside) -> None:
    groups = begun(outside, None, PASSWORD)
    outside.stand()
    outside.click(outside.password.sheet)
    outside.fill(groups)
    outside.click(outside.recover.open)
    assert outside.offices == []
    assert focused() is outside.recover.password.first.edit
    outside.type(OTHER)
    outside.recover.password.again.edit.setFocus()
    outside.type(OTHER)
    outside.press(Qt.Key.Key_Return)
    assert len(outside.offices) == 1
    outside.offices[0].close()
    setup.open_office(outside.step.folder, clock=outside.clock, keystore=None, passphrase=OTHER).close()


@pytest.mark.usefixtures("keys")
def test_the_way_back_to_the_password(outside: Outside) -> None:
    begun(outside, None, PASSWORD)
    outside.stand()
    outside.click(outside.password.sheet)
    assert isinstance(outside.page.card, RecoverCard)
    outside.page.card.back_wanted.emit()
    outside.try_password(PASSWORD)
    assert len(outside.offices) == 1


def test_without_a_place_for_keys_the_sheet_gives_a_password(
    outside: Outside, keys: MemoryKeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    groups = begun(outside, keys)

    def none(**_: object) -> object:
        raise NoKeyStore(M("This computer has no safe place for keys."), todo=M("Choose a password."))

    monkeypatch.setattr("desktop_crm.services.starting.system_keystore", none)
    outside.stand()
    outside.fill(groups)
    for field in (outside.recover.password.first, outside.recover.password.again):
        field.set_text(OTHER)
    outside.click(outside.recover.open)
    assert len(outside.offices) == 1
    outside.offices[0].close()
    assert opening_state(outside.step.folder).page is Opening.PASSWORD


def test_advice_for_a_sheet_that_cannot_be_found_deletes_nothing(outside: Outside, keys: MemoryKeyStore) -> None:
    begun(outside, keys)
    keys.reset()
    before = sorted(path.name for path in outside.step.folder.path.iterdir())
    outside.stand()
    outside.click(outside.recover.lost)
    sheet = outside.window.findChild(Sheet)
    assert sheet is not None
    outside.press(Qt.Key.Key_Escape)
    assert sorted(path.name for path in outside.step.folder.path.iterdir()) == before


def test_who_has_it_open_is_said_and_it_can_be_tried_again(outside: Outside, keys: MemoryKeyStore) -> None:
    begun(outside, keys)
    office = setup.open_office(outside.step.folder, clock=outside.clock, keystore=keys, passphrase=None)
    outside.stand()
    assert isinstance(outside.page.card, ProblemCard)
    assert "already open" in said(outside)
    office.close()
    outside.click(outside.page.card.again)
    assert outside.looked == 1


@pytest.mark.parametrize("gone", ["customers.keys", "customers.db"])
def test_damage_is_told_with_what_helps_and_nothing_is_offered_to_be_deleted(
    outside: Outside, keys: MemoryKeyStore, gone: str
) -> None:
    begun(outside, keys)
    for path in outside.step.folder.path.glob(f"{gone}*"):
        path.unlink()
    outside.stand()
    assert isinstance(outside.page.card, ProblemCard)
    assert "Nothing has been deleted, and nothing will be." in said(outside)
    assert "safety copy" in said(outside)


def test_another_folder_can_be_chosen(
    outside: Outside, keys: MemoryKeyStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(outside, keys)
    (outside.step.folder.path / "customers.db").write_bytes(b"")
    outside.stand()
    assert isinstance(outside.page.card, ProblemCard)
    monkeypatch.setattr(files, "choose_folder", lambda *_: tmp_path / "moved")
    outside.click(outside.page.card.folder)
    assert outside.folders == [tmp_path / "moved"]
    assert outside.chosen.now.folder == str(tmp_path / "moved")
    assert outside.looked == 1


@pytest.mark.parametrize("page", [Opening.READY, Opening.PASSWORD, Opening.KEY_GONE, Opening.NEWER])
def test_every_control_has_a_name_in_every_language(outside: Outside, keys: MemoryKeyStore, page: Opening) -> None:
    outside.step.state = OpeningState(page, again=True, store=keys)
    outside.page = Locked(outside.step)
    outside.put(outside.page)
    for language in reversed(LANGUAGES):
        button = outside.page.ground.languages[language]
        if button.isEnabled():
            outside.click(button)
        assert outside.step.words.language == outside.chosen.now.language == language
        assert list(nameless(outside.page)) == []
