from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.vault.keys import Keys, Purpose, hkdf, new_keys

FINGERPRINT = "f7cb5c15bcb190130e888f9b4715f9cd6d2cdfb59b1b1a50396574af4812edd2"
AUDIT = "9bf985739ffd4e8b12240143016f0f7fc8cd15131501c580b75498397b0723c1"
FILE = "0190a1b2-0000-7000-8000-000000000001"


def _keys() -> Keys:
    return Keys(FILE, bytearray(range(32)), bytearray(range(32, 64)))


def test_every_purpose_has_a_key_of_its_own_that_never_changes() -> None:
    derived = {purpose: _keys().derive(purpose) for purpose in Purpose}
    assert {len(key) for key in derived.values()} == {32}
    assert len({*derived.values(), _keys().header_key()}) == len(Purpose) + 1
    # Fingerprints and chains in old files hang on these: a change here is a break of the format.
    assert derived[Purpose.FINGERPRINT].hex() == FINGERPRINT
    assert derived[Purpose.AUDIT].hex() == AUDIT


def test_derived_keys_hang_on_the_root_key_alone_and_the_check_on_the_database_key_alone() -> None:
    keys, rotated = _keys(), _keys()
    rotated.database_key[0] ^= 1
    assert rotated.derive(Purpose.AUDIT) == keys.derive(Purpose.AUDIT)
    assert rotated.check_value() != keys.check_value()
    other_root = _keys()
    other_root.root_key[0] ^= 1
    assert other_root.derive(Purpose.AUDIT) != keys.derive(Purpose.AUDIT)
    assert other_root.check_value() == keys.check_value()


def test_dropped_keys_are_overwritten_and_derive_nothing() -> None:
    left: list[bytes] = []

    class Watched(bytearray):
        def clear(self) -> None:
            left.append(bytes(self))
            super().clear()

    keys = Keys(FILE, Watched(range(32)), Watched(range(32, 64)))
    database_key, root_key = keys.database_key, keys.root_key
    keys.drop()
    assert left == [bytes(32), bytes(32)]
    assert not database_key
    assert not root_key
    keys.drop()
    for use in (keys.check_value, keys.header_key, lambda: keys.derive(Purpose.LEDGER)):
        with pytest.raises(ValueError, match="dropped"):
            use()


def test_keys_are_random_and_never_shown() -> None:
    one, other = new_keys(FILE), new_keys(FILE)
    assert one.database_key != other.database_key
    assert one.root_key != one.database_key
    assert one.root_key.hex() not in repr(one)


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_key_of_another_length_is_refused(length: int) -> None:
    with pytest.raises(ValueError, match="32"):
        Keys(FILE, bytearray(length), bytearray(32))


def test_hkdf_is_that_of_rfc_5869() -> None:
    """Test case 1 of the RFC, its first 32 bytes."""
    key = hkdf(b"\x0b" * 22, salt=bytes(range(13)), info=bytes(range(0xF0, 0xFA)))
    assert key.hex() == "3cb25f25faacd57a90434f64d0362f2a2d2d0a90cf1a5a4c5db02d56ecc4c5bf"


@given(st.text(min_size=1, max_size=40))
def test_another_customer_file_derives_other_keys(vault_id: str) -> None:
    if vault_id != FILE and vault_id.isprintable():
        other = Keys(vault_id, bytearray(range(32)), bytearray(range(32, 64)))
        assert other.derive(Purpose.AUDIT) != _keys().derive(Purpose.AUDIT)
