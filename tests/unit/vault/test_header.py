from __future__ import annotations

import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.vault.header import FORMAT, Header, HeaderDamaged, HeaderNewer, from_bytes, to_bytes
from desktop_crm.vault.keys import Keys
from desktop_crm.vault.slots import KEYSTORE, RECOVERY, BadSlot, Slot, Stretching, WrongKey, unwrap, wrap
from tests.cheap_passwords import IN_EARNEST

FILE = "0190a1b2-0000-7000-8000-000000000001"
SECRET = bytes(32)
STRANGE = Slot("5", "visitor", {"nonce": "00", "rights": ["read", {"deep": None}], "n": 3})


def _keys(file: str = FILE) -> Keys:
    return Keys(file, bytearray(range(32)), bytearray(range(32, 64)))


def _header(*more: Slot) -> Header:
    slots = (wrap(_keys(), RECOVERY, bytes(20)), wrap(_keys(), KEYSTORE, SECRET, {"store": "Memory"}), *more)
    return Header(FILE, "2026-11-21T09:00:00+00:00", 0, False, "", ()).next(_keys(), slots=slots)


def _resealed(data: bytes, **changes: Any) -> bytes:
    """A header somebody changed and gave a matching checksum, as a later version or a forger would."""
    whole = json.loads(data)
    whole["body"].update(changes)
    text = json.dumps([whole["body"], whole["seal"]], sort_keys=True, separators=(",", ":"))
    whole["checksum"] = hashlib.sha256(text.encode()).hexdigest()
    return json.dumps(whole).encode()


def test_a_header_survives_being_written() -> None:
    header = _header(STRANGE)
    read = from_bytes(to_bytes(header))
    assert read == header
    assert read.is_true(_keys())


def test_a_slot_of_a_kind_yet_unknown_is_kept_with_all_it_holds() -> None:
    header = from_bytes(to_bytes(_header(STRANGE)))
    following = from_bytes(to_bytes(header.next(_keys(), complete=True)))
    assert following.of_kind("visitor") == (STRANGE,)
    assert following.sequence == 2
    assert following.is_true(_keys())


def test_an_unknown_slot_does_not_count_as_a_way_in() -> None:
    header = _header(STRANGE)
    with pytest.raises(ValueError, match="two ways in"):
        header.next(_keys(), slots=(STRANGE, header.slots[0]))


@given(st.data())
def test_no_changed_byte_goes_unnoticed(data: st.DataObject) -> None:
    header = _header()
    written = bytearray(to_bytes(header))
    at = data.draw(st.integers(0, len(written) - 1))
    written[at] ^= data.draw(st.integers(1, 255))
    try:
        read = from_bytes(bytes(written))
    except HeaderDamaged:
        return
    # Spacing, and the sentence for people, are not what opens the file.
    assert read == header


@given(st.binary(max_size=200) | st.just(b"[" * 100_000) | st.just(b'{"body":{},"seal":1,"checksum":2}'))
def test_nothing_but_a_header_is_read_as_one(data: bytes) -> None:
    with pytest.raises(HeaderDamaged):
        from_bytes(data)


@pytest.mark.parametrize("length", [0, 1, 200, -2])
def test_a_cut_header_is_damaged(length: int) -> None:
    with pytest.raises(HeaderDamaged):
        from_bytes(to_bytes(_header())[:length])


def test_a_later_format_is_newer_and_not_damaged() -> None:
    with pytest.raises(HeaderNewer):
        from_bytes(_resealed(to_bytes(_header()), format=FORMAT + 1, slots="told otherwise", other=1))


@pytest.mark.parametrize(
    "changes",
    [{"sequence": 9}, {"complete": True}, {"slots": []}, {"key_check": "00" * 32}, {"created_at": "2020"}],
)
def test_a_forged_header_is_whole_but_not_true(changes: dict[str, Any]) -> None:
    assert not from_bytes(_resealed(to_bytes(_header()), **changes)).is_true(_keys())


@pytest.mark.parametrize(
    "changes",
    [
        {"slots": 5},
        {"slots": [1]},
        {"slots": [{}]},
        {"sequence": None},
        {"sequence": "x"},
        {"key_check": "ä"},
        {"format": "1"},
    ],
)
def test_a_forged_header_of_no_sense_is_damaged(changes: dict[str, Any]) -> None:
    with pytest.raises(HeaderDamaged):
        from_bytes(_resealed(to_bytes(_header()), **changes))


def test_keys_of_another_file_do_not_make_it_true() -> None:
    other = Keys(FILE, bytearray(range(32)), bytearray(32))
    assert not _header().is_true(other)


def test_a_slot_opens_with_its_secret_alone() -> None:
    slot = wrap(_keys(), KEYSTORE, SECRET)
    keys = unwrap(FILE, slot, SECRET)
    assert (keys.database_key, keys.root_key) == (_keys().database_key, _keys().root_key)
    with pytest.raises(WrongKey):
        unwrap(FILE, slot, b"\x01" * 32)


def test_a_slot_of_the_first_version_opens() -> None:
    """Sheets are kept for years: what was once printed opens with every later version."""
    wrapped = (
        "8d4caae0d04b1bb6649971d84f24624d87c40d6adead64db898356de4873479644fa94b4e6622995"
        "06f3459dd6d39817d6ae7e51688bdea7ad374c95ed32d2c3e71714d80ae6d89560915e08be0fe1b7"
    )
    keys = unwrap(FILE, Slot("slot-1", RECOVERY, {"nonce": "00" * 12, "wrapped": wrapped}), bytes(20))
    assert keys.database_key + keys.root_key == bytes(range(64))


def test_a_slot_moved_to_another_file_id_or_kind_is_refused() -> None:
    slot = wrap(_keys(), KEYSTORE, SECRET)
    for file, moved in (
        ("0190a1b2-0000-7000-8000-000000000002", slot),
        (FILE, Slot("another id", slot.kind, slot.fields)),
        (FILE, Slot(slot.id, RECOVERY, slot.fields)),
    ):
        with pytest.raises(WrongKey):
            unwrap(file, moved, SECRET)


def test_the_same_keys_are_never_wrapped_alike() -> None:
    one, other = wrap(_keys(), KEYSTORE, SECRET), wrap(_keys(), KEYSTORE, SECRET)
    assert one.id != other.id
    assert one.fields["nonce"] != other.fields["nonce"]
    assert one.fields["wrapped"] != other.fields["wrapped"]


def test_a_slot_does_not_show_what_it_holds() -> None:
    slot = wrap(_keys(), KEYSTORE, SECRET)
    assert str(slot.fields["wrapped"]) not in repr(slot)


@pytest.mark.parametrize("fields", [{}, {"nonce": 5}, {"nonce": "xy"}, {"nonce": "00", "wrapped": "00"}])
def test_a_slot_without_its_parts_is_told_as_such(fields: dict[str, object]) -> None:
    with pytest.raises(BadSlot):
        unwrap(FILE, Slot("1", KEYSTORE, fields), SECRET)


@pytest.mark.parametrize(
    "changes",
    [
        {"memory_kib": 10**9},
        {"memory_kib": 0},
        {"memory_kib": "64"},
        {"memory_kib": True},
        {"passes": 10**6},
        {"lanes": 10**6},
        {"salt": None},
    ],
)
def test_a_forged_slot_cannot_ask_for_all_memory_or_time(changes: dict[str, object]) -> None:
    fields = {**Stretching(bytes(16)).fields(), **changes}
    with pytest.raises(BadSlot):
        Stretching.of(Slot("1", "passphrase", fields))


def test_numbers_argon2_does_not_take_make_a_bad_slot() -> None:
    with pytest.raises(BadSlot):
        Stretching(b"", memory_kib=8, passes=1, lanes=4).stretch("any")


def test_in_earnest_a_password_costs_64_mebibytes_and_three_passes() -> None:
    one, other = IN_EARNEST().fields(), IN_EARNEST().fields()
    assert (one["memory_kib"], one["passes"], one["lanes"]) == (64 * 1024, 3, 4)
    assert one["salt"] != other["salt"]
    assert len(str(one["salt"])) == 32


def test_stretching_is_argon2id_as_published() -> None:
    """The number comes from the reference program `argon2` (-id -t 2 -k 256 -p 1 -l 32) for this salt."""
    stretched = Stretching(b"somesalt", memory_kib=256, passes=2, lanes=1).stretch("password")
    assert stretched.hex() == "9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe"
