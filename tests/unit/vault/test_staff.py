from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_crm.vault import rotation, staff, ways
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.keys import Keys
from desktop_crm.vault.opening import Created, open_with_keystore
from desktop_crm.vault.slots import STAFF
from desktop_crm.words import Exit, Problem
from tests.memory_keystore import MemoryKeyStore
from tests.unit.vault.conftest import CLOCK

ANNA, TOM = "aa" * 16, "bb" * 16
PASSWORD, OTHER = "four plain wooden chairs", "another seven green doors"


@pytest.fixture
def anna(folder: VaultFolder, created: Created, keystore: MemoryKeyStore) -> Keys:
    staff.set_password(folder, created.keys, keystore, ANNA, PASSWORD, CLOCK)
    return created.keys


def refused(folder: VaultFolder, keystore: MemoryKeyStore | None, person: str, password: str, exit_code: Exit) -> str:
    with pytest.raises(Problem) as told:
        staff.open_with_password(folder, keystore, person, password)
    assert told.value.code is exit_code
    return told.value.what.text


def test_a_person_opens_with_their_password_on_their_computer(
    folder: VaultFolder, anna: Keys, keystore: MemoryKeyStore
) -> None:
    assert staff.open_with_password(folder, keystore, ANNA, PASSWORD).database_key == anna.database_key
    assert staff.people(folder, anna) == {ANNA}


def test_wrong_password_other_computer_and_nobody_are_told_apart(
    folder: VaultFolder, anna: Keys, keystore: MemoryKeyStore
) -> None:
    assert "Not right" in refused(folder, keystore, ANNA, OTHER, Exit.LOCKED)
    assert "another computer or account" in refused(folder, MemoryKeyStore(), ANNA, PASSWORD, Exit.LOCKED)
    assert "no password of their own" in refused(folder, keystore, TOM, PASSWORD, Exit.LOCKED)
    assert "does not answer" in refused(folder, None, ANNA, PASSWORD, Exit.LOCKED)
    assert anna.database_key


def test_a_way_in_moved_to_another_person_opens_nothing_and_is_told(
    folder: VaultFolder, anna: Keys, keystore: MemoryKeyStore
) -> None:
    header = folder.headers()[0]
    moved = tuple(
        replace(slot, fields={**slot.fields, "person": TOM}) if slot.kind == STAFF else slot for slot in header.slots
    )
    folder.write_header(header.next(anna, slots=moved))
    assert "made for another person" in refused(folder, keystore, TOM, PASSWORD, Exit.DAMAGED)
    assert "Not right" in refused(folder, keystore, TOM, OTHER, Exit.LOCKED)


def test_a_copied_key_file_alone_tells_nobody_whether_a_password_is_right(
    folder: VaultFolder, anna: Keys, keystore: MemoryKeyStore
) -> None:
    """Without the computer's secret, right and wrong passwords look alike."""
    assert anna.database_key
    thief = MemoryKeyStore()
    thief.items = {item: bytes(32) for item in keystore.items}
    assert refused(folder, thief, ANNA, PASSWORD, Exit.LOCKED) == refused(folder, thief, ANNA, OTHER, Exit.LOCKED)


def test_a_changed_password_ends_the_old_one_and_nobody_elses(
    folder: VaultFolder, anna: Keys, keystore: MemoryKeyStore
) -> None:
    staff.set_password(folder, anna, keystore, TOM, PASSWORD, CLOCK)
    staff.set_password(folder, anna, keystore, ANNA, OTHER, CLOCK)
    assert "Not right" in refused(folder, keystore, ANNA, PASSWORD, Exit.LOCKED)
    staff.open_with_password(folder, keystore, ANNA, OTHER).drop()
    staff.open_with_password(folder, keystore, TOM, PASSWORD).drop()


def test_a_person_may_have_a_password_under_each_of_two_accounts(
    folder: VaultFolder, anna: Keys, keystore: MemoryKeyStore
) -> None:
    second = MemoryKeyStore()
    staff.set_password(folder, anna, second, ANNA, OTHER, CLOCK)
    staff.open_with_password(folder, keystore, ANNA, PASSWORD).drop()
    staff.open_with_password(folder, second, ANNA, OTHER).drop()
    staff.remove_person(folder, anna, ANNA)
    assert "no password of their own" in refused(folder, keystore, ANNA, PASSWORD, Exit.LOCKED)
    assert "no password of their own" in refused(folder, second, ANNA, OTHER, Exit.LOCKED)


def test_two_ways_in_remain_whoever_is_removed(folder: VaultFolder, anna: Keys, keystore: MemoryKeyStore) -> None:
    own = next(way for way in ways.ways(folder, anna) if way.kind == "keyring")
    ways.remove(folder, anna, own.id, keystore)
    with pytest.raises(Problem, match="at least two"):
        staff.remove_person(folder, anna, ANNA)
    staff.open_with_password(folder, keystore, ANNA, PASSWORD).drop()


def test_a_new_database_key_reaches_people_without_their_passwords(
    folder: VaultFolder, anna: Keys, keystore: MemoryKeyStore
) -> None:
    rotation.begin(folder, anna)
    rotation.finish(folder, anna)
    assert staff.open_with_password(folder, keystore, ANNA, PASSWORD).database_key == anna.database_key
    assert open_with_keystore(folder, keystore).database_key == anna.database_key


def test_no_name_and_no_password_lies_in_the_key_file(folder: VaultFolder, anna: Keys) -> None:
    text = folder.header.read_bytes()
    assert PASSWORD.encode() not in text
    assert bytes(anna.database_key).hex().encode() not in text
    assert {slot.fields["person"] for slot in folder.headers()[0].of_kind(STAFF)} == {ANNA}
    assert len(staff.new_person()) == 32


def test_weak_passwords_and_stores_that_forget_change_nothing(folder: VaultFolder, created: Created) -> None:
    before = folder.header.read_bytes()
    for password, store in (("short", MemoryKeyStore()), (PASSWORD, MemoryKeyStore(remembers=False))):
        with pytest.raises(Problem):
            staff.set_password(folder, created.keys, store, ANNA, password, CLOCK)
    assert folder.header.read_bytes() == before
