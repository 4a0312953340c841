"""People at the locked page: tiles, a password, a code from the telephone; and no name where it does not belong."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from desktop_crm.host.clock import FixedClock
from desktop_crm.privacy.rights import OWNER, STAFF
from desktop_crm.services import setup, staff, staff_sign_in, today
from desktop_crm.services.office import Office
from desktop_crm.services.shop import Shop
from desktop_crm.services.staff import NewPerson
from desktop_crm.services.starting import Opening
from desktop_crm.ui.frame.proving import ProveSheet
from desktop_crm.ui.locked.enrolling import Enrolling
from desktop_crm.ui.locked.open_card import PasswordCard
from desktop_crm.ui.locked.page import Locked
from desktop_crm.ui.locked.person_card import PersonCard
from desktop_crm.ui.locked.recover_card import RecoverCard
from desktop_crm.ui.locked.tiles_card import TilesCard
from desktop_crm.ui.widgets.sheet import Overlay
from desktop_crm.vault import codes
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M
from tests.memory_keystore import MemoryKeyStore
from tests.ui.screens.at_the_door import AtTheDoor
from tests.ui.seeing import focused

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
ANNA, TOM = "Anna Wéber-Quixote", "Tom Żółw-Zbigniew"
HERS, HIS = "lavender tram seven kettle", "walnut harbour comet nine"


class Door(AtTheDoor):
    """The locked page of a shop in which several people work."""

    page: Locked
    clock: FixedClock
    sheet: str

    def stand(self) -> None:
        self.found()
        self.page = Locked(self.step)
        self.put(self.page)

    @property
    def tiles(self) -> TilesCard:
        assert isinstance(self.page.card, TilesCard)
        return self.page.card

    @property
    def person(self) -> PersonCard:
        assert isinstance(self.page.card, PersonCard)
        return self.page.card

    def choose(self, name: str) -> None:
        self.click(next(tile for tile in self.tiles.tiles if tile.tile.name == name))

    def try_password(self, text: str) -> None:
        self.person.password.edit.setFocus()
        self.type(text)
        self.press(Qt.Key.Key_Return)

    def try_code(self, text: str) -> None:
        assert focused() is self.person.code.edit
        self.type(text)
        self.press(Qt.Key.Key_Return)


@pytest.fixture
def door(qtbot: QtBot, tmp_path: Path, keys: MemoryKeyStore) -> Iterator[Door]:
    clock = FixedClock(START)
    made = Door(qtbot, VaultFolder(tmp_path / "list"), clock, tmp_path / "settings")
    made.clock = clock
    shop = Shop("Blumen Weber", "DE", "SN", "en", "Europe/Berlin", START.date())
    begun = setup.begin(made.step.folder, shop, clock=clock, keystore=keys, passphrase=None)
    office, made.sheet = begun.office, begun.recovery_code
    staff.add_person(office, made.step.folder, keys, NewPerson(ANNA, OWNER.code, HERS))
    staff.add_person(office, made.step.folder, keys, NewPerson(TOM, STAFF.code, HIS, alone_ends=True))
    office.close()
    yield made
    made.close()


def as_tom(door: Door, keys: MemoryKeyStore) -> Office:
    tile = next(one for one in door.found().tiles if one.name == TOM)
    return staff_sign_in.open_as(door.step.folder, tile.number, HIS, None, clock=door.clock, keystore=keys)


def give_code(door: Door, keys: MemoryKeyStore) -> tuple[bytes, list[str]]:
    """Tom sets up his telephone: its secret, and the spare codes."""
    office = as_tom(door, keys)
    enrolment = staff.begin_second_factor(office)
    code = shown(enrolment.secret, door.clock.now())
    spare = staff.confirm_second_factor(office, enrolment, code)
    office.close()
    return enrolment.secret, spare


def shown(secret: bytes, at: datetime) -> str:
    """What the telephone shows then."""
    return TOTP(secret, codes.DIGITS, SHA1(), codes.STEP).generate(int(at.timestamp())).decode()


def test_everybody_has_a_tile_and_comes_in_by_their_own_password(door: Door) -> None:
    door.stand()
    assert [tile.tile.name for tile in door.tiles.tiles] == [ANNA, TOM]
    assert focused() is door.tiles.tiles[0]
    door.choose(TOM)
    assert focused() is door.person.password.edit
    door.try_password(HIS)
    assert door.offices[0].who.rights == STAFF.rights


def test_arrows_and_first_letters_lead_to_a_tile_and_enter_chooses_it(door: Door) -> None:
    door.stand()
    door.press(Qt.Key.Key_Right)
    assert focused() is door.tiles.tiles[1]
    door.press(Qt.Key.Key_A)
    assert focused() is door.tiles.tiles[0]
    door.press(Qt.Key.Key_T)
    door.press(Qt.Key.Key_Return)
    assert door.person.tile.name == TOM


def test_escape_and_somebody_else_lead_back_to_the_tiles(door: Door) -> None:
    door.stand()
    door.choose(TOM)
    door.press(Qt.Key.Key_Escape)
    door.choose(ANNA)
    door.click(door.person.others)
    assert len(door.tiles.tiles) == 2


def test_wrong_passwords_make_a_pause_for_everybody_so_that_trying_names_in_turn_gains_nothing(door: Door) -> None:
    door.stand()
    door.choose(TOM)
    door.try_password(HERS)
    assert "After 4 more tries there is a pause" in said(door)
    for _ in range(4):
        door.try_password("something else entirely")
    assert "A pause: " in said(door)
    assert not door.person.password.isEnabled()
    door.click(door.person.others)
    door.choose(ANNA)
    assert not door.person.password.isEnabled()
    door.clock.at += timedelta(seconds=33)
    door.person.show_pause()
    door.try_password(HERS)
    assert len(door.offices) == 1


def test_the_code_is_asked_for_once_the_password_was_right(door: Door, keys: MemoryKeyStore) -> None:
    secret, _ = give_code(door, keys)
    door.clock.at += timedelta(minutes=5)
    door.stand()
    door.choose(TOM)
    door.try_password("wrong, and long enough")
    assert door.person.code.isHidden()
    door.try_password(HIS)
    assert door.person.password.isHidden()
    door.try_code("000000" if shown(secret, door.clock.now()) != "000000" else "111111")
    assert "Not right" in said(door)
    assert door.offices == []
    door.try_code(shown(secret, door.clock.now()))
    assert door.offices[0].who.name == door.person.tile.number


def test_a_spare_code_opens_once(door: Door, keys: MemoryKeyStore) -> None:
    _, spare = give_code(door, keys)
    for times in (1, 0):
        door.stand()
        door.choose(TOM)
        door.try_password(HIS)
        door.try_code(spare[0])
        assert len(door.offices) == times
        for office in door.offices:
            office.close()
        door.offices.clear()


def test_whoever_takes_long_over_setting_up_a_code_gives_the_password_again_and_goes_on(
    door: Door, keys: MemoryKeyStore
) -> None:
    door.step.office = as_tom(door, keys)
    page = Enrolling(door.step)
    door.put(page)
    enrolment = page.part._enrolment
    assert enrolment is not None
    door.clock.at += timedelta(minutes=6)
    for password in ("", HIS):
        page.part.code.set_text(shown(enrolment.secret, door.clock.now()))
        door.click(page.check)
        sheet = Overlay.top(door.window)
        assert isinstance(sheet, ProveSheet)
        assert page.part.spare is None
        if not password:
            sheet.dismiss()
            door.calm()
            assert "Stopped" not in page.part.code._below.text()
        else:
            sheet.password.edit.setFocus()
            door.type(password)
            door.press(Qt.Key.Key_Return)
            door.calm()
    assert page.part.spare is not None
    assert (door.problems, Overlay.top(door.window), page.on.isHidden()) == ([], None, False)


def test_the_recovery_sheet_is_offered_and_asks_for_no_new_password(door: Door) -> None:
    door.stand()
    door.click(door.tiles.sheet)
    assert isinstance(door.page.card, RecoverCard)
    assert "Choose a new password" not in said(door)
    door.page.card.back_wanted.emit()
    assert isinstance(door.page.card, TilesCard)


def test_on_another_computer_nobody_has_a_tile_and_it_is_said(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_crm.services.starting.system_keystore", lambda **_: MemoryKeyStore())
    assert door.found().page is Opening.KEY_GONE
    door.stand()
    assert "set on another computer or account" in said(door)
    assert "You set the passwords of this computer anew" in said(door)
    assert "new key" not in said(door), "where everybody signs in by name the sheet gives this computer none"


def test_after_the_sheet_the_first_page_leads_to_a_new_password(door: Door, keys: MemoryKeyStore) -> None:
    office = as_tom(door, keys)
    assert (today.today(office).safety.by_sheet, today.today(office).safety.key) == (False, M("your password"))
    office.close()
    keys.reset()
    office = setup.recover(door.step.folder, door.sheet, clock=door.clock, keystore=keys, passphrase=None)
    safety = today.today(office).safety
    assert (safety.by_sheet, safety.key) == (True, M("your recovery sheet"))
    assert [one.way_in for one in staff.people(office, keys)] == [False, False]
    office.close()


def test_no_name_lies_in_a_plain_file_nor_in_what_is_remembered_of_the_window(door: Door, tmp_path: Path) -> None:
    door.stand()
    door.choose(TOM)
    door.try_password(HIS)
    door.offices[0].close()
    assert door.window.windowTitle() == ""
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) > 2
    for path in files:
        whole = path.read_bytes().lower()
        for word in ("quixote", "zbigniew", "żółw"):
            assert word.encode() not in whole, path
            assert word.encode("utf-16-le") not in whole, path


def test_who_is_let_in_or_go_meanwhile_has_a_tile_or_none(door: Door, keys: MemoryKeyStore) -> None:
    door.stand()
    door.choose(TOM)
    office = setup.recover(door.step.folder, door.sheet, clock=door.clock, keystore=keys, passphrase=None)
    folder, tom = door.step.folder, next(one for one in staff.people(office) if one.name == TOM)
    staff.add_person(office, folder, keys, NewPerson("Ida", STAFF.code, HIS))
    office.close()
    door.person.password.set_text(HIS)
    QApplication.sendEvent(door.page, QEvent(QEvent.Type.ActivationChange))
    door.calm()
    assert door.person.password.text() == HIS, "what is being typed stays"
    door.click(door.person.others)
    assert [tile.tile.name for tile in door.tiles.tiles] == [ANNA, "Ida", TOM]
    door.choose(TOM)
    office = setup.recover(door.step.folder, door.sheet, clock=door.clock, keystore=keys, passphrase=None)
    staff.remove_person(office, folder, tom.id)
    office.close()
    QApplication.sendEvent(door.page, QEvent(QEvent.Type.ActivationChange))
    door.calm()
    assert [tile.tile.name for tile in door.tiles.tiles] == [ANNA, "Ida"]


def test_one_password_of_all_is_a_link_beside_the_tiles(door: Door) -> None:
    state = door.found()
    door.step.state = type(state)(state.page, store=state.store, tiles=state.tiles, shared=True)
    door.page = Locked(door.step)
    door.put(door.page)
    assert door.tiles.shared is not None
    door.click(door.tiles.shared)
    assert type(door.page.card) is PasswordCard
    door.press(Qt.Key.Key_Escape)
    assert isinstance(door.page.card, TilesCard)


def said(door: Door) -> str:
    """Everything that is to be read on the page."""
    return " ".join(label.text() for label in door.page.findChildren(QLabel) if not label.isHidden())
