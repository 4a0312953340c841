"""Ways in: each slot holds both keys, encrypted under what one way in provides.

A slot wraps a lock of its own with the way in's secret, and the keys are handed to that lock (see `handing`): so the
database key can be changed without the passwords. Slots of the first version wrapped the keys themselves; they open as
ever, and become such as above the next time somebody comes in by them (`renewed`).
"""

from __future__ import annotations

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import field, replace

from desktop_crm.cheap import fixed
from desktop_crm.vault.handing import (
    LOCK_BYTES,
    NONCE_BYTES,
    TAG_BYTES,
    DoesNotFit,
    Lock,
    fetch,
    hand,
    put_by,
    put_into_box,
    seal,
    unseal,
)
from desktop_crm.vault.keys import KEY_BYTES, Keys, apart, hkdf

KEYSTORE = "keyring"
RECOVERY = "recovery"
PHRASE = "passphrase"
STAFF = "staff"
"""The password of one person, together with a secret of the computer."""
INVITATION = "invitation"
"""A code that lets one more account in, once and not for long."""
SENSITIVE = "sensitive"
"""Field of a slot: the keys of the details kept apart, handed to its lock. A slot without it does not open them."""
_APART = b"sensitive"
LASTING = frozenset({KEYSTORE, RECOVERY, PHRASE, STAFF})
"""Kinds that open the file next year, too."""

_SALT_BYTES = 16
_LARGEST_MEMORY_KIB = 256 * 1024
_LARGEST_PASSES = 16
_LARGEST_LANES = 16


class WrongKey(Exception):
    """What was given does not open this slot, or the slot belongs elsewhere."""


class BadSlot(Exception):
    """The slot is not written as its kind demands."""


@fixed
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


@fixed
class Stretching:
    """How a password is stretched: Argon2id (RFC 9106). The default takes 0.25 s on two cores."""

    salt: bytes
    memory_kib: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    @classmethod
    def new(cls) -> Stretching:
        """As it is done today, with a fresh salt."""
        return cls(secrets.token_bytes(_SALT_BYTES))

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


def wrap(
    keys: Keys, kind: str, secret: bytes, fields: Mapping[str, object] | None = None, *, slot_id: str | None = None
) -> Slot:
    """A fresh slot that opens with `secret`, proved by opening it once. `fields` are written beside, and are bound."""
    lock = Lock.new()
    slot = Slot(slot_id or str(uuid.uuid4()), kind, dict(fields or {}))
    bound = _bound(keys.vault_id, slot)
    sealed = seal(_wrapping_key(keys.vault_id, kind, secret), lock.to_bytes(), bound)
    slot = _with(
        slot,
        nonce=sealed[:NONCE_BYTES],
        wrapped=sealed[NONCE_BYTES:],
        public=lock.public,
        pepper=put_by(keys, lock.pepper, bound),
        keys=hand(lock.public, lock.pepper, keys.database_key, keys.root_key, bound),
    )
    if kind != STAFF:
        slot = with_sensitive(keys, slot)
    proof = unwrap(keys.vault_id, slot, secret)
    if (proof.database_key, proof.root_key) != (keys.database_key, keys.root_key):
        raise WrongKey
    proof.drop()
    return slot


def renewed(keys: Keys, slot: Slot, secret: bytes) -> Slot:
    """The same way in with a lock of its own, so that new keys can be handed to it."""
    return wrap(keys, slot.kind, secret, _own_fields(slot), slot_id=slot.id)


def can_be_handed(slot: Slot) -> bool:
    """Whether it has a lock of its own; slots of the first version do not."""
    return "public" in slot.fields


def unwrap(vault_id: str, slot: Slot, secret: bytes) -> Keys:
    """The keys behind a slot. Raises WrongKey, also where the slot was moved here from elsewhere, and BadSlot."""
    if not can_be_handed(slot):
        return _unwrap_first(vault_id, slot, secret)
    bound = _bound(vault_id, slot)
    try:
        both = unseal(_wrapping_key(vault_id, slot.kind, secret), _wrapped(slot, LOCK_BYTES), bound)
    except DoesNotFit:
        raise WrongKey from None
    lock = Lock.from_bytes(both)
    both[:] = bytes(len(both))
    try:
        database_key, root_key = lock.take(slot.octets("keys"), bound)
        following, _ = lock.take(slot.octets("next_keys"), bound) if "next_keys" in slot.fields else (bytearray(), b"")
        sensitive = lock.open_box(slot.octets(SENSITIVE), bound, _APART) if SENSITIVE in slot.fields else bytearray()
    except DoesNotFit:
        raise BadSlot("keys") from None
    return Keys(vault_id, database_key, root_key, following, apart(sensitive))


def with_sensitive(keys: Keys, slot: Slot) -> Slot:
    """The slot with the keys of the details kept apart handed to it, if there are any. Raises BadSlot."""
    if not keys.sensitive:
        return slot
    bound = _bound(keys.vault_id, slot)
    try:
        pepper = fetch(keys, slot.octets("pepper"), bound)
        box = put_into_box(slot.octets("public"), pepper, keys.sensitive_bytes(), bound, _APART)
    except DoesNotFit:
        raise BadSlot("pepper") from None
    return _with(slot, **{SENSITIVE: box})


def without_sensitive(slot: Slot) -> Slot:
    """The slot without them: it opens the file, and those details stay sealed."""
    return replace(slot, fields={name: value for name, value in slot.fields.items() if name != SENSITIVE})


def with_next(keys: Keys, slot: Slot) -> Slot:
    """The slot with the keys that come next handed to it as well. Raises BadSlot."""
    bound = _bound(keys.vault_id, slot)
    try:
        pepper = fetch(keys, slot.octets("pepper"), bound)
        box = hand(slot.octets("public"), pepper, keys.next_key, keys.root_key, bound)
    except DoesNotFit:
        raise BadSlot("pepper") from None
    return _with(slot, next_keys=box)


def without_next(slot: Slot) -> Slot:
    """The slot without them: everything stays as it was."""
    return replace(slot, fields={name: value for name, value in slot.fields.items() if name != "next_keys"})


def moved_on(old: Keys, new: Keys, slot: Slot) -> Slot:
    """The slot with the next keys alone: the old ones are gone from it. Raises BadSlot."""
    bound = _bound(old.vault_id, slot)
    try:
        pepper = fetch(old, slot.octets("pepper"), bound)
    except DoesNotFit:
        raise BadSlot("pepper") from None
    handed = _with(without_next(slot), keys=slot.octets("next_keys"))
    return _with(handed, pepper=put_by(new, pepper, bound))


def _unwrap_first(vault_id: str, slot: Slot, secret: bytes) -> Keys:
    """A slot of the first version holds the keys themselves."""
    bound = f"slot|v1|{vault_id}|{slot.id}|{slot.kind}".encode()
    key = hkdf(secret, salt=vault_id.encode(), info=f"slot|v1|{slot.kind}".encode())
    try:
        both = unseal(key, _wrapped(slot, 2 * KEY_BYTES), bound)
    except DoesNotFit:
        raise WrongKey from None
    keys = Keys(vault_id, both[:KEY_BYTES], both[KEY_BYTES:])
    both[:] = bytes(len(both))
    return keys


def _wrapped(slot: Slot, length: int) -> bytes:
    nonce, sealed = slot.octets("nonce"), slot.octets("wrapped")
    if len(nonce) != NONCE_BYTES or len(sealed) != length + TAG_BYTES:
        raise BadSlot("wrapped")
    return nonce + sealed


_SEALED = frozenset({"nonce", "wrapped", "public", "pepper", "keys", "next_keys", SENSITIVE})
"""Fields that are seals themselves; all others are what a way in says of itself."""


def _own_fields(slot: Slot) -> dict[str, object]:
    return {name: value for name, value in slot.fields.items() if name not in _SEALED}


def _with(slot: Slot, **sealed: bytes) -> Slot:
    return replace(slot, fields={**slot.fields, **{name: value.hex() for name, value in sealed.items()}})


def _wrapping_key(vault_id: str, kind: str, secret: bytes) -> bytes:
    return hkdf(secret, salt=vault_id.encode(), info=f"slot|v2|{kind}".encode())


def _bound(vault_id: str, slot: Slot) -> bytes:
    """What ties a slot to its place: it opens in this file, under this id, as this kind and for this person only."""
    return f"slot|v2|{vault_id}|{slot.id}|{slot.kind}|{slot.fields.get('person', '')}".encode()
