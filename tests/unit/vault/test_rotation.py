"""Changing the database key, as far as the key file goes: killed at every moment, moved, forged, and from format 1."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop_crm.vault import handing, rotation, ways
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.handing import DoesNotFit, Lock, hand, seal
from desktop_crm.vault.keys import Keys, hkdf
from desktop_crm.vault.opening import (
    Created,
    create,
    finish,
    open_with_keystore,
    open_with_passphrase,
    open_with_recovery,
)
from desktop_crm.vault.recovery import read_code
from desktop_crm.vault.slots import PHRASE, RECOVERY, BadSlot, Slot, Stretching, can_be_handed, unwrap, with_next, wrap
from desktop_crm.words import Problem
from tests.memory_keystore import MemoryKeyStore
from tests.unit.vault.conftest import CLOCK
from tests.unit.vault.test_crash import FileKeyStore, _every_moment

PASSWORD = "four plain wooden chairs"


def copied(keys: Keys) -> Keys:
    return Keys(keys.vault_id, bytearray(keys.database_key), bytearray(keys.root_key), bytearray(keys.next_key))


def test_killed_at_any_moment_every_way_in_opens_and_it_settles(tmp_path: Path) -> None:
    before = tmp_path / "before"
    before.mkdir()
    started = VaultFolder(before / "data")
    made = create(started, clock=CLOCK, keystore=FileKeyStore(before / "store"), passphrase=PASSWORD)
    started.database.write_bytes(b"stands for the database")
    finish(started, made.keys)
    old = bytes(made.keys.database_key)
    swapped = "swapped"

    def rotate(folder: VaultFolder, _: FileKeyStore) -> None:
        keys = copied(made.keys)
        rotation.begin(folder, keys)
        (folder.path / swapped).write_bytes(bytes(keys.next_key))
        rotation.finish(folder, keys)

    ended, new = set(), b""
    for folder in _every_moment(tmp_path, before, rotate):
        store = FileKeyStore(folder.path.parent / "store")
        new = (folder.path / swapped).read_bytes() if (folder.path / swapped).exists() else b""
        current = new or old
        keys = open_with_keystore(folder, store)
        rotation.settle(folder, keys, lambda key, now=current: bytes(key) == now)  # type: ignore[misc]
        ended.add(bool(new))
        for opened in (open_with_keystore(folder, store), open_with_recovery(folder, made.recovery_code)):
            assert (bytes(opened.database_key), bytes(opened.next_key)) == (current, b"")
            assert opened.root_key == made.keys.root_key
        assert folder.header.read_bytes() == folder.header_copy.read_bytes()
    assert bytes(open_with_passphrase(folder, PASSWORD).database_key) == new
    assert ended == {True, False}


def test_where_the_database_is_of_neither_key_both_are_kept(folder: VaultFolder, created: Created) -> None:
    rotation.begin(folder, created.keys)
    before = folder.header.read_bytes()
    assert not rotation.settle(folder, created.keys, lambda _: False)
    assert folder.header.read_bytes() == before
    assert open_with_recovery(folder, created.recovery_code).next_key == created.keys.next_key


def test_the_old_key_is_in_neither_copy_afterwards(folder: VaultFolder, created: Created) -> None:
    """Whoever knows every secret of today finds the new key alone."""
    old = copied(created.keys)
    rotation.begin(folder, created.keys)
    rotation.finish(folder, created.keys)
    for path in (folder.header, folder.header_copy):
        whole = json.loads(path.read_bytes())
        assert "next_check" not in whole["body"]
        assert all("next_keys" not in slot for slot in whole["body"]["slots"])
    for header in folder.headers():
        for slot in header.slots:
            with pytest.raises(BadSlot):
                with_next(_with_some_next(old), slot)


def _with_some_next(keys: Keys) -> Keys:
    made = copied(keys)
    made.choose_next()
    return made


@dataclass(frozen=True)
class _Thief(Lock):
    """Knows everything of a lock but its private half; the public one lies open."""

    seen: bytes

    @property
    def public(self) -> bytes:
        return self.seen


def test_knowing_all_of_yesterday_does_not_open_what_was_handed_out_today(
    folder: VaultFolder, created: Created
) -> None:
    """A way in that was removed knew the database key, the root key and so every pepper, but no private half."""
    yesterday = copied(created.keys)
    sheet = folder.headers()[0].of_kind(RECOVERY)[0]
    bound = f"slot|v2|{yesterday.vault_id}|{sheet.id}|{RECOVERY}|".encode()
    pepper = handing.fetch(yesterday, sheet.octets("pepper"), bound)
    assert Lock.from_bytes(_opened_lock(created, sheet, bound)).pepper == pepper
    rotation.begin(folder, created.keys)
    rotation.finish(folder, created.keys)
    today = folder.headers()[0].of_kind(RECOVERY)[0]
    guessed = _Thief(Lock.new().private, pepper, today.octets("public"))
    with pytest.raises(DoesNotFit):
        guessed.take(today.octets("keys"), bound)
    Lock.from_bytes(_opened_lock(created, today, bound)).take(today.octets("keys"), bound)


def _opened_lock(created: Created, slot: Slot, bound: bytes) -> bytearray:
    from desktop_crm.vault.slots import _wrapping_key

    key = _wrapping_key(created.keys.vault_id, slot.kind, read_code(created.recovery_code))
    return handing.unseal(key, slot.octets("nonce") + slot.octets("wrapped"), bound)


def test_a_box_without_the_pepper_stays_shut_for_who_broke_the_public_half() -> None:
    lock = Lock.new()
    box = hand(lock.public, lock.pepper, bytearray(32), bytearray(32), b"place")
    with pytest.raises(DoesNotFit):
        Lock(lock.private, bytes(32)).take(box, b"place")
    with pytest.raises(DoesNotFit):
        lock.take(box, b"another place")
    with pytest.raises(DoesNotFit):
        lock.take(box[:-1], b"place")
    assert lock.take(box, b"place") == (bytearray(32), bytearray(32))


def test_a_public_half_of_no_sense_is_refused() -> None:
    with pytest.raises(DoesNotFit):
        hand(bytes(32), bytes(32), bytearray(32), bytearray(32), b"")


def _of_the_first_version(keys: Keys, kind: str, secret: bytes, fields: dict[str, object]) -> Slot:
    slot_id = f"first-{kind}"
    key = hkdf(secret, salt=keys.vault_id.encode(), info=f"slot|v1|{kind}".encode())
    sealed = seal(key, keys.database_key + keys.root_key, f"slot|v1|{keys.vault_id}|{slot_id}|{kind}".encode())
    return Slot(slot_id, kind, {**fields, "nonce": sealed[:12].hex(), "wrapped": sealed[12:].hex()})


def test_ways_in_of_the_first_version_open_and_are_renewed_one_by_one(
    folder: VaultFolder, created: Created, keystore: MemoryKeyStore
) -> None:
    keys, stretching = created.keys, Stretching(bytes(16))
    first = (
        _of_the_first_version(keys, RECOVERY, read_code(created.recovery_code), {}),
        _of_the_first_version(keys, PHRASE, stretching.stretch(PASSWORD), stretching.fields()),
    )
    header = folder.headers()[0]
    folder.write_header(header.next(keys, slots=(*first, *header.of_kind("keyring"))))
    with pytest.raises(Problem, match="earlier version") as told:
        rotation.begin(folder, keys)
    assert told.value.todo is not None
    assert not keys.next_key
    open_with_recovery(folder, created.recovery_code, renew=True).drop()
    open_with_passphrase(folder, PASSWORD, renew=True).drop()
    assert all(map(can_be_handed, folder.headers()[0].slots))
    rotation.begin(folder, keys)
    rotation.finish(folder, keys)
    assert open_with_recovery(folder, created.recovery_code).database_key == keys.database_key
    assert open_with_keystore(folder, keystore).database_key == keys.database_key


def test_a_slot_whose_keys_were_swapped_for_others_is_told_as_bad() -> None:
    keys = Keys("file", bytearray(range(32)), bytearray(range(32, 64)))
    one, other = wrap(keys, RECOVERY, bytes(20)), wrap(keys, RECOVERY, bytes(20))
    mixed = Slot(one.id, one.kind, {**one.fields, "keys": other.fields["keys"]})
    with pytest.raises(BadSlot):
        unwrap("file", mixed, bytes(20))


def test_an_invitation_does_not_outlive_a_change_of_the_lock(folder: VaultFolder, created: Created) -> None:
    code = ways.invite(folder, created.keys, CLOCK)
    rotation.begin(folder, created.keys)
    rotation.finish(folder, created.keys)
    with pytest.raises(Problem):
        open_with_recovery(folder, code, kinds=("invitation",))
