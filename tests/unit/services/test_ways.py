from __future__ import annotations

import shutil
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_crm.host.clock import FixedClock
from desktop_crm.records.contact import Contact
from desktop_crm.services import contacts, setup, ways
from desktop_crm.services.office import Office
from desktop_crm.services.ways import LockDue
from desktop_crm.storage.diagnose import is_of
from desktop_crm.storage.relocking import BESIDE
from desktop_crm.vault import opening, problems
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.slots import INVITATION, RECOVERY
from desktop_crm.words import Exit, Problem
from tests.faults.looking import sound
from tests.memory_keystore import MemoryKeyStore
from tests.privacy.shop import ShopFile

PASSWORD = "four plain wooden chairs"


class Shared(ShopFile):
    """A customer file with a password, a key of this computer, and somebody in it."""

    code: str


@pytest.fixture
def shared(tmp_path: Path) -> Shared:
    file = Shared(tmp_path / "data")
    begun = setup.begin(file.folder, file.shop(), clock=file.clock, keystore=file.keystore, passphrase=PASSWORD)
    file.code = begun.recovery_code
    contacts.add(begun.office, contacts.NewContact(name="Anna Holm", emails=("anna@example.com",)))
    begun.office.close()
    return file


def names(office: Office) -> set[str]:
    return office.read(lambda reading: {one.name for one in reading.find(Contact)})


def test_after_a_change_of_the_lock_every_way_in_opens_the_new_key_alone(shared: Shared, tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(shared.folder.path, old)
    office = shared.open()
    before = bytes(office.keys.database_key)
    root = bytes(office.keys.root_key)
    seen: list[tuple[int, int]] = []
    ways.change_lock(office, shared.folder, lambda done, total: seen.append((done, total)))
    after = bytes(office.keys.database_key)
    assert after != before
    assert seen[-1][0] == seen[-1][1] > 10
    assert names(office) == {"Anna Holm"}
    contacts.add(office, contacts.NewContact(name="Ben Aa", emails=("ben@example.com",)))
    sound(office)
    office.close()
    for keys in (
        opening.open_with_keystore(shared.folder, shared.keystore),
        opening.open_with_passphrase(shared.folder, PASSWORD),
        opening.open_with_recovery(shared.folder, shared.code),
    ):
        assert (bytes(keys.database_key), bytes(keys.root_key), bytes(keys.next_key)) == (after, root, b"")
    assert not is_of(shared.folder.database, before)
    for path in shared.folder.path.iterdir():
        assert before not in path.read_bytes()
        assert before.hex().encode() not in path.read_bytes()
    again = shared.open()
    assert names(again) == {"Anna Holm", "Ben Aa"}
    again.close()


def test_a_way_that_was_taken_away_opens_nothing_after_the_change_even_with_an_old_key_file(
    shared: Shared, tmp_path: Path
) -> None:
    """The old key file and the old password open the old database, as they always will, and nothing newer."""
    old = tmp_path / "old"
    shutil.copytree(shared.folder.path, old)
    office = shared.open()
    gone = next(way for way in ways.ways_in(office, shared.folder) if way.kind == "passphrase")
    ways.remove_way(office, shared.folder, gone.id, shared.keystore)
    assert ways.lock_state(office).due is LockDue.WAY_REMOVED
    ways.change_lock(office, shared.folder)
    assert ways.lock_state(office).due is LockDue.NO
    office.close()
    for name in (shared.folder.header.name, shared.folder.header_copy.name):
        shutil.copy(old / name, tmp_path / name)
    stolen = VaultFolder(tmp_path)
    shutil.copy(shared.folder.database, stolen.database)
    keys = opening.open_with_passphrase(stolen, PASSWORD)
    assert not is_of(shared.folder.database, keys.database_key)
    with pytest.raises(Problem, match="no password"):
        opening.open_with_passphrase(shared.folder, PASSWORD)


def test_stopped_while_copying_everything_is_as_before(shared: Shared) -> None:
    office = shared.open()
    before, header = bytes(office.keys.database_key), shared.folder.headers()[0]

    def stop(*_: int) -> None:
        raise Problem(problems.only_password().what)

    with pytest.raises(Problem):
        ways.change_lock(office, shared.folder, stop)
    assert bytes(office.keys.database_key) == before
    assert not office.keys.next_key
    assert not shared.folder.unfinished_copy.exists()
    assert shared.folder.headers()[0].slots == header.slots
    assert names(office) == {"Anna Holm"}
    ways.change_lock(office, shared.folder)
    office.close()
    shared.open().close()


def test_a_copy_that_is_not_whole_never_takes_the_place(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    from desktop_crm.storage import relocking

    real = relocking._copy

    def spoilt(*arguments: object) -> None:
        real(*arguments)  # type: ignore[arg-type]
        beside = shared.folder.database.with_name(shared.folder.database.name + BESIDE)
        with beside.open("r+b") as file:
            file.seek(3 * 4096 + 100)
            file.write(b"\0\0\0\0")

    monkeypatch.setattr(relocking, "_copy", spoilt)
    office = shared.open()
    with pytest.raises(Problem, match="not whole") as told:
        ways.change_lock(office, shared.folder)
    assert told.value.code is Exit.DAMAGED
    assert names(office) == {"Anna Holm"}
    office.close()
    shared.open().close()


def test_what_was_interrupted_after_the_swap_is_finished_at_the_next_start(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = shared.open()
    before = bytes(office.keys.database_key)
    monkeypatch.setattr("desktop_crm.services.ways.settle", lambda *_: None)
    ways.change_lock(office, shared.folder)
    office.close()
    monkeypatch.undo()
    assert opening.open_with_recovery(shared.folder, shared.code).next_key
    again = shared.open()
    assert bytes(again.keys.database_key) != before
    assert names(again) == {"Anna Holm"}
    again.close()
    assert not opening.open_with_recovery(shared.folder, shared.code).next_key


def test_it_is_offered_after_a_year(shared: Shared) -> None:
    office = shared.open()
    assert ways.lock_state(office).due is LockDue.NO
    shared.clock.at += timedelta(days=400)
    assert ways.lock_state(office).due is LockDue.YEARLY
    ways.change_lock(office, shared.folder)
    assert ways.lock_state(office) == ways.LockState(office.today(), LockDue.NO)
    office.close()


def test_too_little_room_is_told_before_anything_is_done(shared: Shared, monkeypatch: pytest.MonkeyPatch) -> None:
    office = shared.open()
    before = shared.folder.header.read_bytes()
    monkeypatch.setattr("shutil.disk_usage", lambda _: shutil._ntuple_diskusage(0, 0, 1000))
    with pytest.raises(Problem, match="too little room"):
        ways.change_lock(office, shared.folder)
    assert shared.folder.header.read_bytes() == before
    office.close()


def test_two_ways_always_remain_and_the_sheet_is_one(shared: Shared) -> None:
    office = shared.open()
    found = {way.kind: way for way in ways.ways_in(office, shared.folder)}
    assert {kind: way.removable for kind, way in found.items()} == {
        "keyring": True,
        "passphrase": True,
        RECOVERY: False,
    }
    with pytest.raises(Problem, match="at least two"):
        ways.remove_way(office, shared.folder, found[RECOVERY].id, None)
    ways.remove_way(office, shared.folder, found["passphrase"].id, None)
    assert not any(way.removable for way in ways.ways_in(office, shared.folder))
    with pytest.raises(Problem, match="at least two"):
        ways.remove_way(office, shared.folder, found["keyring"].id, None)
    office.close()
    shared.open().close()


def test_another_account_comes_in_once_by_a_code_and_then_by_itself(
    shared: Shared, monkeypatch: pytest.MonkeyPatch
) -> None:
    office = shared.open()
    code = ways.invite(office, shared.folder).code
    office.close()
    colleague = MemoryKeyStore()
    monkeypatch.setattr(opening, "account_name", lambda: "colleague")
    setup.recover(shared.folder, code, clock=shared.clock, keystore=colleague, passphrase=None).close()
    opening.open_with_keystore(shared.folder, colleague).drop()
    with pytest.raises(Problem, match="does not open this customer list"):
        setup.recover(shared.folder, code, clock=shared.clock, keystore=MemoryKeyStore(), passphrase=None)
    monkeypatch.undo()
    shared.open().close()


def test_a_code_for_another_account_is_good_for_a_day_and_gives_no_password(shared: Shared) -> None:
    office = shared.open()
    code = ways.invite(office, shared.folder).code
    office.close()
    with pytest.raises(Problem, match="no safe place for keys"):
        setup.recover(shared.folder, code, clock=shared.clock, keystore=None, passphrase="six other blue doors")
    shared.clock.at += timedelta(hours=25)
    with pytest.raises(Problem, match="too old"):
        setup.recover(shared.folder, code, clock=shared.clock, keystore=MemoryKeyStore(), passphrase=None)
    opening.open_with_passphrase(shared.folder, PASSWORD).drop()
    shared.open().close()
    earlier = FixedClock(shared.clock.at - timedelta(hours=24))
    with pytest.raises(Problem, match="does not open this customer list"):
        setup.recover(shared.folder, code, clock=earlier, keystore=MemoryKeyStore(), passphrase=None)
    late = FixedClock(shared.clock.at)
    setup.recover(shared.folder, shared.code, clock=late, keystore=shared.keystore, passphrase=None).close()


def test_a_code_that_waits_is_listed_and_can_be_taken_back(shared: Shared) -> None:
    office = shared.open()
    code = ways.invite(office, shared.folder).code
    (waiting,) = [way for way in ways.ways_in(office, shared.folder) if way.kind == INVITATION]
    assert waiting.until is not None
    assert timedelta(hours=23) < waiting.until - shared.clock.at <= timedelta(hours=24)
    before = ways.ways_in(office, shared.folder)
    ways.remove_way(office, shared.folder, waiting.id, None)
    assert ways.ways_in(office, shared.folder) == [way for way in before if way != waiting]
    with pytest.raises(Problem):
        opening.open_with_recovery(shared.folder, code, kinds=(INVITATION,))
    office.close()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows tells rights in another way")
def test_a_code_for_a_folder_of_one_s_own_is_said_to_be_in_vain(shared: Shared) -> None:
    shared.folder.path.chmod(0o700)
    assert ways.invited_in_vain(shared.folder) is not None
    shared.folder.path.chmod(0o770)
    assert ways.invited_in_vain(shared.folder) is None
