from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_crm.host.keystore import KeyStoreProblem
from desktop_crm.vault import rotation, staff, ways
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.keys import Keys
from desktop_crm.vault.opening import Created, open_with_keystore, open_with_passphrase
from desktop_crm.vault.slots import KEYSTORE, STAFF
from desktop_crm.vault.staff import Tile
from desktop_crm.words import Exit, Problem
from tests.memory_keystore import MemoryKeyStore
from tests.unit.vault.conftest import CLOCK

ANNA, TOM = "aa" * 16, "bb" * 16
ANNA_TILE, TOM_TILE = Tile(ANNA, "Änne Ödegård"), Tile(TOM, "Tom")
PASSWORD, OTHER = "four plain wooden chairs", "another seven green doors"


@pytest.fixture
def anna(folder: VaultFolder, created: Created, keystore: MemoryKeyStore) -> Keys:
    staff.set_password(folder, created.keys, keystore, ANNA_TILE, PASSWORD, CLOCK)
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
    staff.set_password(folder, anna, keystore, TOM_TILE, PASSWORD, CLOCK)
    staff.set_password(folder, anna, keystore, ANNA_TILE, OTHER, CLOCK)
    assert "Not right" in refused(folder, keystore, ANNA, PASSWORD, Exit.LOCKED)
    staff.open_with_password(folder, keystore, ANNA, OTHER).drop()
    staff.open_with_password(folder, keystore, TOM, PASSWORD).drop()


def test_a_person_may_have_a_password_under_each_of_two_accounts(
    folder: VaultFolder, anna: Keys, keystore: MemoryKeyStore
) -> None:
    second = MemoryKeyStore()
    staff.set_password(folder, anna, second, ANNA_TILE, OTHER, CLOCK)
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
    assert b"nne" not in text
    assert "Änne Ödegård".encode().hex().encode() not in text
    assert PASSWORD.encode() not in text
    assert bytes(anna.database_key).hex().encode() not in text
    assert {slot.fields["person"] for slot in folder.headers()[0].of_kind(STAFF)} == {ANNA}
    assert len(staff.new_person()) == 32


def test_weak_passwords_and_stores_that_forget_change_nothing(folder: VaultFolder, created: Created) -> None:
    before = folder.header.read_bytes()
    for password, store in (("short", MemoryKeyStore()), (PASSWORD, MemoryKeyStore(remembers=False))):
        with pytest.raises(Problem):
            staff.set_password(folder, created.keys, store, ANNA_TILE, password, CLOCK)
    assert folder.header.read_bytes() == before


def test_names_are_shown_before_anybody_signs_in_and_on_this_computer_alone(
    folder: VaultFolder, anna: Keys, keystore: MemoryKeyStore
) -> None:
    second = MemoryKeyStore()
    staff.set_password(folder, anna, second, TOM_TILE, OTHER, CLOCK)
    assert staff.tiles(folder, keystore) == [ANNA_TILE]
    assert staff.tiles(folder, second) == [TOM_TILE]
    assert staff.tiles(folder, MemoryKeyStore()) == []
    staff.set_password(folder, anna, keystore, TOM_TILE, OTHER, CLOCK)
    assert staff.tiles(folder, keystore) == [TOM_TILE, ANNA_TILE]
    keystore.locked = True
    with pytest.raises(KeyStoreProblem):
        staff.tiles(folder, keystore)


def test_where_nobody_signs_in_by_name_the_key_store_is_not_even_asked(
    folder: VaultFolder, created: Created, keystore: MemoryKeyStore
) -> None:
    keystore.locked = True
    assert created.keys.vault_id
    assert staff.tiles(folder, keystore) == []


def test_a_name_moved_to_another_person_or_changed_by_hand_is_not_shown(
    folder: VaultFolder, anna: Keys, keystore: MemoryKeyStore
) -> None:
    staff.set_password(folder, anna, keystore, TOM_TILE, OTHER, CLOCK)
    header = folder.headers()[0]
    name = next(slot.fields["name"] for slot in header.of_kind(STAFF) if slot.fields["person"] == ANNA)
    slots = (
        replace(slot, fields={**slot.fields, "name": name}) if slot.fields.get("person") == TOM else slot
        for slot in header.slots
    )
    folder.write_header(header.next(anna, slots=tuple(slots)))
    assert staff.tiles(folder, keystore) == [ANNA_TILE]


def test_names_of_any_length_take_the_same_room(folder: VaultFolder, created: Created) -> None:
    store, lengths = MemoryKeyStore(), set()
    for name in ("Bo", "Maximiliane Theodora von und zu Hohenfels"):
        staff.set_password(folder, created.keys, store, Tile(ANNA, name), PASSWORD, CLOCK)
        lengths.add(len(str(folder.headers()[0].of_kind(STAFF)[0].fields["name"])))
    assert len(lengths) == 1


def test_a_person_is_called_by_another_name_without_their_password(
    folder: VaultFolder, anna: Keys, keystore: MemoryKeyStore
) -> None:
    staff.rename(folder, anna, keystore, Tile(ANNA, "Anna Berg"))
    assert staff.tiles(folder, keystore) == [Tile(ANNA, "Anna Berg")]
    staff.rename(folder, anna, MemoryKeyStore(), Tile(ANNA, "elsewhere"))
    assert staff.tiles(folder, keystore) == [Tile(ANNA, "Anna Berg")]
    staff.open_with_password(folder, keystore, ANNA, PASSWORD).drop()


def test_ways_that_do_not_say_who_comes_in_end_in_the_same_step(
    folder: VaultFolder, anna: Keys, keystore: MemoryKeyStore
) -> None:
    ways.enrol_passphrase(folder, anna, "a shared pair of words", CLOCK)
    assert staff.opens_alone(folder, anna)
    staff.set_password(folder, anna, keystore, TOM_TILE, OTHER, CLOCK, alone_ends=True)
    assert not staff.opens_alone(folder, anna)
    assert not folder.headers()[0].of_kind(KEYSTORE)
    assert not [item for item in keystore.items if item.startswith("key ")]
    with pytest.raises(Problem, match="Everybody who works here"):
        open_with_keystore(folder, keystore)
    with pytest.raises(Problem, match="Everybody who works here"):
        open_with_passphrase(folder, "a shared pair of words")
    staff.open_with_password(folder, keystore, TOM, OTHER).drop()


def test_a_way_in_of_somebody_unknown_goes_and_two_ways_remain(
    folder: VaultFolder, anna: Keys, keystore: MemoryKeyStore
) -> None:
    staff.set_password(folder, anna, keystore, TOM_TILE, OTHER, CLOCK, alone_ends=True)
    assert staff.keep_only(folder, anna, frozenset({TOM})) == 1
    assert staff.people(folder, anna) == {TOM}
    assert staff.keep_only(folder, anna, frozenset()) == 0
    assert staff.people(folder, anna) == {TOM}


def test_the_way_in_of_a_person_is_not_taken_away_beside_the_person(
    folder: VaultFolder, anna: Keys, keystore: MemoryKeyStore
) -> None:
    theirs = next(way for way in ways.ways(folder, anna) if way.kind == STAFF)
    assert not theirs.removable
    with pytest.raises(Problem, match="belongs to a person"):
        ways.remove(folder, anna, theirs.id, keystore)


def test_who_lost_the_part_of_this_account_has_no_way_in_that_counts(
    folder: VaultFolder, anna: Keys, keystore: MemoryKeyStore
) -> None:
    assert staff.people_here(folder, anna, keystore) == staff.people(folder, anna, keystore) == {ANNA}
    keystore.reset()
    assert staff.people_here(folder, anna, keystore) == staff.people(folder, anna, keystore) == frozenset()
    staff.set_password(folder, anna, keystore, TOM_TILE, PASSWORD, CLOCK)
    assert staff.people_here(folder, anna, keystore) == staff.people(folder, anna, keystore) == {TOM}
    keystore.locked = True
    assert staff.people(folder, anna, keystore) == {ANNA, TOM}, "what cannot be looked at is not called lost"
