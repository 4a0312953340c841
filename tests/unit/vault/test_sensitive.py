"""Who has the key of the details kept apart: handed out, taken away, and what lies under it bound to its place."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_crm.vault import rotation, sensitive, staff, ways
from desktop_crm.vault.field_seal import open_text, seal_text
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.handing import DoesNotFit, Lock, put_into_box
from desktop_crm.vault.keys import KEY_BYTES, Keys, apart
from desktop_crm.vault.opening import (
    FOR_COPIES_SENSITIVE,
    Created,
    create,
    finish,
    open_with_keystore,
    open_with_passphrase,
    open_with_recovery,
)
from desktop_crm.vault.slots import RECOVERY, SENSITIVE, STAFF
from desktop_crm.words import Exit, Problem
from tests.memory_keystore import MemoryKeyStore
from tests.unit.vault.conftest import CLOCK
from tests.unit.vault.test_crash import FileKeyStore, _every_moment

ANNA, TOM = "aa" * 16, "bb" * 16
PASSWORD, OTHER = "four plain wooden chairs", "another seven green doors"
PLACE = "sensitive_detail|text|00ff"


@pytest.fixture
def keys(folder: VaultFolder, created: Created, keystore: MemoryKeyStore) -> Keys:
    """Anna and Tom work here; Anna may see details kept apart."""
    for person in (ANNA, TOM):
        staff.set_password(folder, created.keys, keystore, staff.Tile(person, person[:2]), PASSWORD, CLOCK)
    sensitive.begin(folder, created.keys, {ANNA})
    return created.keys


def of_person(folder: VaultFolder, keystore: MemoryKeyStore, person: str, password: str = PASSWORD) -> list[bytes]:
    opened = staff.open_with_password(folder, keystore, person, password)
    return [bytes(key) for key in opened.sensitive]


def test_the_key_is_random_and_begun_once(folder: VaultFolder, created: Created) -> None:
    assert created.keys.sensitive == []
    sensitive.begin(folder, created.keys, ())
    (key,) = created.keys.sensitive
    sensitive.begin(folder, created.keys, ())
    assert created.keys.sensitive == [key]
    assert len(key) == KEY_BYTES
    assert key not in (created.keys.database_key, created.keys.root_key)


def test_ways_in_without_a_person_have_it_and_of_people_those_who_may(
    folder: VaultFolder, created: Created, keys: Keys, keystore: MemoryKeyStore
) -> None:
    held = [bytes(key) for key in keys.sensitive]
    assert len(held) == 1
    for opened in (open_with_keystore(folder, keystore), open_with_recovery(folder, created.recovery_code)):
        assert opened.sensitive == held
    assert of_person(folder, keystore, ANNA) == held
    assert of_person(folder, keystore, TOM) == []


def test_whoever_has_the_file_open_without_it_can_neither_take_nor_hand_it(
    folder: VaultFolder, keys: Keys, keystore: MemoryKeyStore
) -> None:
    tom = staff.open_with_password(folder, keystore, TOM, PASSWORD)
    assert tom.database_key == keys.database_key
    before = folder.header.read_bytes()
    for attempt in (
        lambda: sensitive.begin(folder, tom, {TOM}),
        lambda: sensitive.share(folder, tom, {ANNA, TOM}),
        lambda: ways.enrol_passphrase(folder, tom, OTHER, CLOCK),
        lambda: ways.enrol_keystore(folder, tom, keystore, CLOCK),
        lambda: ways.replace_recovery(folder, tom, ways.new_recovery_code(), CLOCK),
    ):
        with pytest.raises(Problem) as refused:
            attempt()
        assert refused.value.code is Exit.NOT_ALLOWED
    assert not sensitive.change(folder, tom)
    assert folder.header.read_bytes() == before


def test_who_loses_the_right_has_none_of_the_keys_and_what_they_noted_opens_nothing_new(
    folder: VaultFolder, keys: Keys, keystore: MemoryKeyStore
) -> None:
    anna = staff.open_with_password(folder, keystore, ANNA, PASSWORD)
    assert not sensitive.share(folder, keys, {ANNA})
    assert sensitive.share(folder, keys, {TOM})
    assert of_person(folder, keystore, ANNA) == []
    assert of_person(folder, keystore, TOM) == [bytes(key) for key in keys.sensitive]
    fresh = seal_text(keys, PLACE, "DE02 1203")
    with pytest.raises(DoesNotFit):
        open_text(anna, PLACE, fresh)
    early = seal_text(anna, PLACE, "early")
    assert open_text(keys, PLACE, early) == ("early", False)


def test_a_right_that_is_given_hands_the_same_key(folder: VaultFolder, keys: Keys, keystore: MemoryKeyStore) -> None:
    before = bytes(keys.sensitive[0])
    assert not sensitive.share(folder, keys, {ANNA, TOM})
    assert of_person(folder, keystore, TOM) == of_person(folder, keystore, ANNA) == [before]


def test_it_outlives_a_change_of_the_lock_and_of_passwords(
    folder: VaultFolder, created: Created, keys: Keys, keystore: MemoryKeyStore
) -> None:
    held = [bytes(key) for key in keys.sensitive]
    rotation.begin(folder, keys)
    rotation.finish(folder, keys)
    assert keys.sensitive == held
    staff.set_password(folder, keys, keystore, staff.Tile(ANNA, "Anna"), OTHER, CLOCK)
    staff.set_password(folder, keys, keystore, staff.Tile(TOM, "Tom"), OTHER, CLOCK)
    assert of_person(folder, keystore, ANNA, OTHER) == held
    assert of_person(folder, keystore, TOM, OTHER) == []
    ways.enrol_passphrase(folder, keys, PASSWORD, CLOCK)
    assert open_with_passphrase(folder, PASSWORD).sensitive == held
    code = ways.new_recovery_code()
    ways.replace_recovery(folder, keys, code, CLOCK)
    assert open_with_recovery(folder, code).sensitive == held
    store = MemoryKeyStore("Another account")
    invitation = ways.invite(folder, keys, CLOCK)
    invited = open_with_recovery(folder, invitation, kinds=("invitation",))
    ways.accept(folder, invited, invitation, store, CLOCK)
    assert open_with_keystore(folder, store).sensitive == held
    assert created.recovery_code != code


def test_a_new_key_goes_to_all_who_have_one_and_earlier_ones_stay_for_old_copies(
    folder: VaultFolder, created: Created, keys: Keys, keystore: MemoryKeyStore
) -> None:
    (first,) = [bytes(key) for key in keys.sensitive]
    assert sensitive.change(folder, keys)
    held = [bytes(key) for key in keys.sensitive]
    assert held[1:] == [first]
    assert held[0] != first
    assert of_person(folder, keystore, ANNA) == open_with_recovery(folder, created.recovery_code).sensitive == held
    assert of_person(folder, keystore, TOM) == []
    sensitive.adopt(folder, keys, [first, bytes(32)])
    assert open_with_keystore(folder, keystore).sensitive == [*held, bytes(32)]


def test_a_way_in_of_the_first_version_is_told_before_anything_is_begun(
    folder: VaultFolder, created: Created, keystore: MemoryKeyStore
) -> None:
    header = folder.headers()[0]
    first = tuple(
        replace(slot, fields={n: v for n, v in slot.fields.items() if n != "public"}) if slot.kind == RECOVERY else slot
        for slot in header.slots
    )
    folder.write_header(header.next(created.keys, slots=first))
    with pytest.raises(Problem, match="earlier version"):
        sensitive.begin(folder, created.keys, ())
    assert created.keys.sensitive == []
    assert open_with_keystore(folder, keystore).sensitive == []


def test_the_key_file_names_it_in_no_slot_of_others_and_never_in_the_open(folder: VaultFolder, keys: Keys) -> None:
    for header in folder.headers():
        holders = {slot.fields.get("person", slot.kind) for slot in header.slots if SENSITIVE in slot.fields}
        assert holders == {"keyring", "recovery", ANNA}
        assert all(FOR_COPIES_SENSITIVE in slot.fields for slot in header.of_kind(RECOVERY))
        assert not [slot for slot in header.of_kind(STAFF) if slot.text("person") == TOM and SENSITIVE in slot.fields]
    for path in (folder.header, folder.header_copy):
        assert keys.sensitive[0].hex() not in path.read_text()


def test_boxes_with_other_things_cannot_be_taken_for_it() -> None:
    lock = Lock.new()
    box = put_into_box(lock.public, lock.pepper, bytes(64), b"slot", b"keys")
    assert lock.open_box(box, b"slot", b"keys") == bytes(64)
    for bound, about in ((b"slot", b"sensitive"), (b"other", b"keys")):
        with pytest.raises(DoesNotFit):
            lock.open_box(box, bound, about)


def test_a_value_opens_in_its_place_alone_and_under_its_key_alone(keys: Keys) -> None:
    sealed = seal_text(keys, PLACE, "Haselnüsse")
    assert open_text(keys, PLACE, sealed) == ("Haselnüsse", True)
    for place in ("sensitive_detail|health|00ff", "sensitive_detail|text|00fe", "contact|text|00ff", ""):
        with pytest.raises(DoesNotFit):
            open_text(keys, place, sealed)
    other = Keys("another file", keys.database_key, keys.root_key, sensitive=keys.sensitive)
    with pytest.raises(DoesNotFit):
        open_text(other, PLACE, sealed)
    for at in (0, 1, 20, len(sealed) - 1):
        hurt = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(DoesNotFit):
            open_text(keys, PLACE, hurt)
    for cut in (b"", sealed[:1], sealed[:20]):
        with pytest.raises(DoesNotFit):
            open_text(keys, PLACE, cut)


def test_lengths_look_alike_and_the_same_text_never_does(keys: Keys) -> None:
    texts = ("", "a", "DE02 1203 0000 0000 2020 51", "ü" * 30)
    sealed = [seal_text(keys, PLACE, text) for text in texts]
    assert len({len(one) for one in sealed}) == 1
    assert [open_text(keys, PLACE, one)[0] for one in sealed] == list(texts)
    assert seal_text(keys, PLACE, "a") != seal_text(keys, PLACE, "a")
    keys.drop()
    with pytest.raises(ValueError, match="no key"):
        seal_text(keys, PLACE, "a")


def test_keys_in_a_row_come_apart_again() -> None:
    held = [bytes([n]) * KEY_BYTES for n in range(3)]
    keys = Keys("file", bytearray(32), bytearray(32), sensitive=held)
    assert apart(keys.sensitive_bytes()) == held
    assert apart(b"") == []
    with pytest.raises(ValueError, match="32 bytes"):
        Keys("file", bytearray(32), bytearray(32), sensitive=[b"short"])


@pytest.mark.parametrize("first", [True, False])
def test_killed_at_any_moment_every_way_in_has_what_opens_the_values(tmp_path: Path, first: bool) -> None:
    """The first key, and a change of it: before the key file is written nothing lies under the new key."""
    before = tmp_path / "before"
    before.mkdir()
    started = VaultFolder(before / "data")
    made = create(started, clock=CLOCK, keystore=FileKeyStore(before / "store"), passphrase=None)
    started.database.write_bytes(b"stands for the database")
    finish(started, made.keys)
    if not first:
        sensitive.begin(started, made.keys, ())
    early = [bytes(key) for key in made.keys.sensitive]

    def act(folder: VaultFolder, _: FileKeyStore) -> None:
        keys = Keys(made.keys.vault_id, made.keys.database_key, made.keys.root_key, sensitive=early)
        sensitive.begin(folder, keys, ())
        sensitive.change(folder, keys)

    counts = set()
    for folder in _every_moment(tmp_path, before, act):
        opened = open_with_recovery(folder, made.recovery_code).sensitive
        assert opened[len(opened) - len(early) :] == early
        opened_here = open_with_keystore(folder, FileKeyStore(folder.path.parent / "store"))
        assert opened_here.sensitive == opened
        counts.add(len(opened))
        sensitive.change(folder, opened_here)
        assert open_with_recovery(folder, made.recovery_code).sensitive == opened_here.sensitive
    assert counts == ({0, 1, 2} if first else {1, 2})
