"""Ways in: each slot holds both keys, encrypted under what one way in provides."""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field

from desktop_crm.vault.keys import KEY_BYTES, Keys, hkdf

KEYSTORE = "keyring"
RECOVERY = "recovery"
PHRASE = "passphrase"
KNOWN_KINDS = frozenset({KEYSTORE, RECOVERY, PHRASE})

_NONCE_BYTES = 12
_TAG_BYTES = 16
_LARGEST_MEMORY_KIB = 256 * 1024
_LARGEST_PASSES = 16
_LARGEST_LANES = 16


class WrongKey(Exception):
    """What was given does not open this slot, or the slot belongs elsewhere."""


class BadSlot(Exception):
    """The slot is not written as its kind demands."""


@dataclass(frozen=True, slots=True)
class Slot:
    """One way in. `kind` is an open word: a kind this version does not know is kept as it is, with all its fields."""

    id: str
    kind: str
    fields: Mapping[str, object] = field(repr=False)

    def text(self, name: str) -> str:
        """A field that must be text. Raises BadSlot."""
        value = self.fields.get(name)
        if not isinstance(value, str):
            raise BadSlot(name)
        return value

    def octets(self, name: str) -> bytes:
        """A field that must be hexadecimal text. Raises BadSlot."""
        try:
            return bytes.fromhex(self.text(name))
        except ValueError:
            raise BadSlot(name) from None

    def number(self, name: str, largest: int) -> int:
        """A field that must be a number from 1 to `largest`: a forged file must not ask for all memory. BadSlot."""
        value = self.fields.get(name)
        if not isinstance(value, int) or isinstance(value, bool) or not 1 <= value <= largest:
            raise BadSlot(name)
        return value


@dataclass(frozen=True, slots=True)
class Stretching:
    """How a password is stretched: Argon2id (RFC 9106). The default takes 0.25 s on two cores."""

    salt: bytes
    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    @classmethod
    def of(cls, slot: Slot) -> Stretching:
        """As written in a slot, capped. Raises BadSlot."""
        return cls(
            slot.octets("salt"),
            slot.number("memory_kib", _LARGEST_MEMORY_KIB),
            slot.number("passes", _LARGEST_PASSES),
            slot.number("lanes", _LARGEST_LANES),
        )

    def stretch(self, passphrase: str) -> bytes:
        """32 bytes from a password. Raises BadSlot where Argon2 does not take such numbers."""
        from argon2.exceptions import HashingError
        from argon2.low_level import Type, hash_secret_raw

        octets = passphrase.encode("utf-8", "surrogatepass")
        try:
            return hash_secret_raw(octets, self.salt, self.passes, self.memory_kib, self.lanes, KEY_BYTES, Type.ID)
        except HashingError:
            raise BadSlot("salt") from None

    def fields(self) -> dict[str, object]:
        """As written in a slot."""
        return {
            "salt": self.salt.hex(),
            "memory_kib": self.memory_kib,
            "passes": self.passes,
            "lanes": self.lanes,
        }


def wrap(keys: Keys, kind: str, secret: bytes, fields: Mapping[str, object] | None = None) -> Slot:
    """A fresh slot that opens with `secret`, proved by opening it once. `fields` are written beside."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    slot_id = str(uuid.uuid4())
    nonce = secrets.token_bytes(_NONCE_BYTES)
    both = keys.database_key + keys.root_key
    sealed = AESGCM(_wrapping_key(keys.vault_id, kind, secret)).encrypt(
        nonce, both, _bound(keys.vault_id, slot_id, kind)
    )
    both[:] = bytes(len(both))
    slot = Slot(slot_id, kind, {**(fields or {}), "nonce": nonce.hex(), "wrapped": sealed.hex()})
    proof = unwrap(keys.vault_id, slot, secret)
    if (proof.database_key, proof.root_key) != (keys.database_key, keys.root_key):
        raise WrongKey
    proof.drop()
    return slot


def unwrap(vault_id: str, slot: Slot, secret: bytes) -> Keys:
    """The keys behind a slot. Raises WrongKey, also where the slot was moved here from elsewhere, and BadSlot."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce, sealed = slot.octets("nonce"), slot.octets("wrapped")
    if len(nonce) != _NONCE_BYTES or len(sealed) != 2 * KEY_BYTES + _TAG_BYTES:
        raise BadSlot("wrapped")
    both = bytearray(2 * KEY_BYTES)
    cipher = AESGCM(_wrapping_key(vault_id, slot.kind, secret))
    try:
        cipher.decrypt_into(nonce, sealed, _bound(vault_id, slot.id, slot.kind), both)
    except InvalidTag:
        raise WrongKey from None
    keys = Keys(vault_id, both[:KEY_BYTES], both[KEY_BYTES:])
    both[:] = bytes(len(both))
    return keys


def _wrapping_key(vault_id: str, kind: str, secret: bytes) -> bytes:
    return hkdf(secret, salt=vault_id.encode(), info=f"slot|v1|{kind}".encode())


def _bound(vault_id: str, slot_id: str, kind: str) -> bytes:
    """What ties a slot to its place: it opens in this file, under this id and as this kind only."""
    return f"slot|v1|{vault_id}|{slot_id}|{kind}".encode()
