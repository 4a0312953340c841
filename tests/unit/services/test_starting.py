"""Before a file is open: which page the window begins with, and help with typing the sheet."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from desktop_crm.host.instance import InstanceLock
from desktop_crm.host.keystore import NoKeyStore
from desktop_crm.services import recovery_sheet, setup, starting
from desktop_crm.services.settings import SavedHow
from desktop_crm.services.starting import Group, Opening, folder_check, opening_state, read_groups, spread
from desktop_crm.vault import opening, recovery, ways
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M, Problem, Words
from tests.memory_keystore import MemoryKeyStore
from tests.privacy.shop import START, ShopFile
from tests.unit.services.test_setting_up import SHOP

PASSWORD = "four plain wooden chairs"
SAY = Words("en").say


@pytest.fixture
def folder(file: ShopFile, monkeypatch: pytest.MonkeyPatch) -> VaultFolder:
    """A customer file whose key lies in the place for keys of this computer."""
    monkeypatch.setattr(starting, "system_keystore", lambda **_: file.keystore)
    file.begin().close()
    return file.folder


def without_store(monkeypatch: pytest.MonkeyPatch) -> None:
    def none(**_: object) -> None:
        raise NoKeyStore(M("none"), todo=M("password"))

    monkeypatch.setattr(starting, "system_keystore", none)


def test_an_empty_folder_has_no_file_and_stays_empty(tmp_path: Path) -> None:
    assert opening_state(VaultFolder(tmp_path)).page is Opening.NO_FILE
    assert opening_state(VaultFolder(tmp_path / "none")).page is Opening.NO_FILE
    assert list(tmp_path.iterdir()) == []


def test_a_file_whose_key_is_there_is_ready(folder: VaultFolder) -> None:
    state = opening_state(folder)
    assert (state.page, state.problem) == (Opening.READY, None)
    assert state.size == folder.database.stat().st_size
    assert state.changed_at is not None


def test_looking_changes_nothing(folder: VaultFolder, file: ShopFile) -> None:
    before = {path.name: path.read_bytes() for path in folder.path.iterdir()}, dict(file.keystore.items)
    opening_state(folder)
    assert ({path.name: path.read_bytes() for path in folder.path.iterdir()}, file.keystore.items) == before


def test_a_lost_key_is_told(folder: VaultFolder, file: ShopFile) -> None:
    file.keystore.reset()
    state = opening_state(folder)
    assert (state.page, state.again) == (Opening.KEY_GONE, False)
    assert state.problem is not None
    assert "undamaged" in SAY(state.problem.what)


def test_a_locked_place_for_keys_may_open_a_moment_later(folder: VaultFolder, file: ShopFile) -> None:
    file.keystore.locked = True
    state = opening_state(folder)
    assert (state.page, state.again) == (Opening.KEY_GONE, True)


def test_without_any_place_for_keys_nobody_is_told_to_choose_a_password(
    folder: VaultFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_store(monkeypatch)
    state = opening_state(folder)
    assert (state.page, state.again) == (Opening.KEY_GONE, True)
    assert state.problem is not None
    assert state.problem.todo is not None
    assert "recovery sheet" in SAY(state.problem.todo)


def test_another_place_for_keys_is_named(folder: VaultFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(starting, "system_keystore", lambda **_: MemoryKeyStore("Other"))
    state = opening_state(folder)
    assert state.page is Opening.KEY_GONE
    assert state.problem is not None
    assert "Other" in SAY(state.problem.what)


def test_a_file_with_a_password_asks_for_it(file: ShopFile, monkeypatch: pytest.MonkeyPatch) -> None:
    without_store(monkeypatch)
    setup.begin(file.folder, SHOP, clock=file.clock, keystore=None, passphrase=PASSWORD).office.close()
    assert opening_state(file.folder).page is Opening.PASSWORD


def test_who_has_it_open_is_named(folder: VaultFolder) -> None:
    with InstanceLock(folder.path):
        state = opening_state(folder)
    assert state.page is Opening.IN_USE
    assert state.problem is not None
    assert "process" in SAY(state.problem.what)


def test_an_interrupted_set_up_is_unfinished(file: ShopFile) -> None:
    opening.create(file.folder, clock=file.clock, keystore=file.keystore, passphrase=None)
    assert opening_state(file.folder).page is Opening.UNFINISHED


@pytest.mark.parametrize("name", ["customers.db", "customers.keys"])
def test_a_missing_file_is_damage(folder: VaultFolder, name: str) -> None:
    (folder.path / name).unlink()
    (folder.path / f"{name}.copy").unlink(missing_ok=True)
    state = opening_state(folder)
    assert state.page is Opening.DAMAGED
    assert state.problem is not None


def test_a_folder_that_cannot_be_read_is_closed(folder: VaultFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(_: VaultFolder) -> None:
        raise PermissionError

    monkeypatch.setattr(VaultFolder, "state", refuse)
    assert opening_state(folder).page is Opening.CLOSED


def test_a_folder_in_a_cloud_or_without_rights_is_named(tmp_path: Path) -> None:
    assert folder_check(tmp_path / "new" / "data") == []
    (said,) = folder_check(tmp_path / "OneDrive - Blumen Weber" / "data")
    assert "OneDrive" in SAY(said)
    taken = tmp_path / "file"
    taken.touch()
    (said,) = folder_check(taken / "data")
    assert "may not write" in SAY(said)
    assert {path.name for path in tmp_path.iterdir()} == {"file"}


def test_nine_right_groups_are_a_code() -> None:
    code = recovery.as_text(recovery.new_code())
    found = read_groups([f" {group.lower()} " for group in code.split("-")])
    assert set(found.groups) == {Group.FINE}
    assert (found.code, found.problem) == (code, None)


def test_groups_with_hyphens_in_them_are_read() -> None:
    code = recovery.as_text(recovery.new_code())
    assert read_groups([f"{group[:2]}-{group[2:]}" for group in code.split("-")]).code == code


def test_one_wrong_sign_names_its_group() -> None:
    groups = recovery.as_text(recovery.new_code()).split("-")
    groups[3] = groups[3][:3] + ("M" if groups[3][3] != "M" else "N")
    found = read_groups(groups)
    assert found.groups.index(Group.SLIP) == 3
    assert found.code is None
    assert found.problem is not None
    assert SAY(found.problem.what) == "Group 4 does not fit."


def test_half_typed_groups_are_no_mistake_yet() -> None:
    found = read_groups(["K7QF", "9X", "", "HC4?", "", "", "", "", ""])
    assert found.groups[:4] == (Group.FINE, Group.SHORT, Group.EMPTY, Group.FOREIGN)
    assert not found.is_complete
    assert (found.code, found.problem) == (None, None)


def test_a_pasted_code_is_spread_over_the_groups() -> None:
    code = recovery.as_text(recovery.new_code())
    assert spread(code.lower().replace("-", " ")) == tuple(code.split("-"))
    assert spread("K7QF") is None


# The recovery sheet


def typed(sheet: recovery_sheet.Sheet) -> dict[int, str]:
    return {place: sheet.groups[place - 1].lower() for place in recovery_sheet.ASKED_FOR}


def test_the_sheet_of_the_first_run_is_checked_and_stays(file: ShopFile) -> None:
    begun = setup.begin(file.folder, SHOP, clock=file.clock, keystore=file.keystore, passphrase=None)
    sheet = recovery_sheet.sheet_of(begun.recovery_code)
    before = file.folder.header.read_bytes()
    recovery_sheet.confirm_sheet(begun.office, file.folder, sheet, typed(sheet), SavedHow.PRINTED)
    assert file.folder.header.read_bytes() == before
    assert recovery_sheet.sheet_due(begun.office) is recovery_sheet.SheetDue.NONE
    begun.office.close()


def test_a_new_sheet_counts_only_once_it_was_typed_back(file: ShopFile) -> None:
    begun = setup.begin(file.folder, SHOP, clock=file.clock, keystore=file.keystore, passphrase=None)
    sheet = recovery_sheet.new_sheet()
    wrong = typed(sheet) | {7: "0000" if sheet.groups[6] != "0000" else "1111"}
    assert sheet.compare(wrong) == {3: True, 7: False}
    for given in (wrong, {3: sheet.groups[2]}, {}):
        with pytest.raises(Problem):
            recovery_sheet.confirm_sheet(begun.office, file.folder, sheet, given, SavedHow.WRITTEN)
    assert ways.is_recovery_code(file.folder, begun.recovery_code)
    recovery_sheet.confirm_sheet(begun.office, file.folder, sheet, typed(sheet), SavedHow.WRITTEN)
    assert ways.is_recovery_code(file.folder, sheet.code)
    assert not ways.is_recovery_code(file.folder, begun.recovery_code)
    begun.office.close()


def test_a_key_file_that_cannot_be_written_leaves_sheet_and_log_as_they_were(
    file: ShopFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun = setup.begin(file.folder, SHOP, clock=file.clock, keystore=file.keystore, passphrase=None)
    sheet = recovery_sheet.new_sheet()

    def full(*_: object, **__: object) -> None:
        raise Problem(M("full"))

    for place in ("vault.folder.write_atomically", "services.office.journal.append"):
        with monkeypatch.context() as broken:
            broken.setattr(f"desktop_crm.{place}", full)
            with pytest.raises(Problem):
                recovery_sheet.confirm_sheet(begun.office, file.folder, sheet, typed(sheet), SavedHow.WRITTEN)
        assert ways.is_recovery_code(file.folder, begun.recovery_code)
    file.clock.to(START.date() + timedelta(days=1))
    assert recovery_sheet.sheet_due(begun.office) is recovery_sheet.SheetDue.ASK_AGAIN
    begun.office.close()


def test_a_sheet_put_off_is_asked_for_tomorrow_and_insisted_on_from_ten_contacts(file: ShopFile) -> None:
    from desktop_crm.services import contacts

    due = recovery_sheet.SheetDue
    office = file.begin()
    recovery_sheet.put_off_sheet(office)
    assert recovery_sheet.sheet_due(office) is due.NONE
    file.clock.to(START.date() + timedelta(days=1))
    assert recovery_sheet.sheet_due(office) is due.ASK_AGAIN
    recovery_sheet.put_off_sheet(office)
    assert recovery_sheet.sheet_due(office) is due.NONE
    for number in range(10):
        contacts.add(office, contacts.NewContact(name=f"Nr. {number}", emails=(f"n{number}@example.com",)))
    assert recovery_sheet.sheet_due(office) is due.INSIST
    office.close()


def test_the_sheet_is_saved_on_a_stick_only_and_overwrites_none(
    file: ShopFile, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    office, sheet = file.begin(), recovery_sheet.new_sheet()
    with pytest.raises(Problem):
        recovery_sheet.save_sheet(office, sheet, tmp_path)
    assert not list(tmp_path.glob("*.pdf"))
    monkeypatch.setattr(recovery_sheet, "is_removable", lambda _: True)
    saved = [recovery_sheet.save_sheet(office, sheet, tmp_path) for _ in range(2)]
    assert [path.name for path in saved] == ["recovery-sheet.pdf", "recovery-sheet-2.pdf"]
    assert saved[0].read_bytes().startswith(b"%PDF")
    office.close()


def test_a_sheet_shows_its_code_to_nobody_by_accident() -> None:
    sheet = recovery_sheet.new_sheet()
    assert not any(group in repr(sheet) for group in (*sheet.groups, sheet.check))
