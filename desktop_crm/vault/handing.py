"""Handing the keys of a customer file out to a way in whose secret is not at hand.

Each way in has a lock of its own: a pair of X25519 keys and 32 random bytes, the *pepper*. The private half and the
pepper are wrapped with the way in's secret; the public half lies open in the key file; the pepper lies there a second
time, under the database key. So whoever has the file open can hand new keys to every way in without its password.

Why both halves: the public half alone could be undone by a quantum computer, one day. The pepper alone would not keep
out somebody who was let in once and kept an old copy of everything, for that person knows every pepper; the private
halves of the others nobody knows but they. A new database key is therefore out of reach of a way in that was removed.
"""

from __future__ import annotations

import secrets
from dataclasses import field

from desktop_crm.cheap import fixed
from desktop_crm.vault.keys import KEY_BYTES, Keys, hkdf

NONCE_BYTES = 12
TAG_BYTES = 16
LOCK_BYTES = 2 * KEY_BYTES
_LEAST_BOX = KEY_BYTES + NONCE_BYTES + TAG_BYTES
_KEYS = b"keys"


class DoesNotFit(Exception):
    """The key, the place or the content is another one than when it was sealed."""


def seal(key: bytes, content: bytes | bytearray, bound: bytes) -> bytes:
    """AES-256-GCM: a fresh nonce and the sealed content, tied to `bound`."""
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, bound)


def unseal(key: bytes, sealed: bytes, bound: bytes) -> bytearray:
    """What was sealed. Raises DoesNotFit."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if len(sealed) < NONCE_BYTES + TAG_BYTES:
        raise DoesNotFit
    content = bytearray(len(sealed) - NONCE_BYTES - TAG_BYTES)
    try:
        AESGCM(key).decrypt_into(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], bound, content)
    except InvalidTag:
        raise DoesNotFit from None
    return content


@fixed
class Lock:
    """The private side of a way in's lock: known only while its secret is."""

    private: bytes = field(repr=False)
    pepper: bytes = field(repr=False)

    @classmethod
    def new(cls) -> Lock:
        """A fresh one."""
        return cls(secrets.token_bytes(KEY_BYTES), secrets.token_bytes(KEY_BYTES))

    @property
    def public(self) -> bytes:
        """The half that may be seen."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

        return X25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw()

    def to_bytes(self) -> bytes:
        """Both parts in a row, as they are wrapped."""
        return self.private + self.pepper

    @classmethod
    def from_bytes(cls, both: bytes | bytearray) -> Lock:
        """From both parts in a row."""
        return cls(bytes(both[:KEY_BYTES]), bytes(both[KEY_BYTES:]))

    def take(self, box: bytes, bound: bytes) -> tuple[bytearray, bytearray]:
        """The database key and the root key in a box. Raises DoesNotFit."""
        both = self.open_box(box, bound, _KEYS)
        if len(both) != 2 * KEY_BYTES:
            raise DoesNotFit
        keys = both[:KEY_BYTES], both[KEY_BYTES:]
        both[:] = bytes(len(both))
        return keys

    def open_box(self, box: bytes, bound: bytes, about: bytes) -> bytearray:
        """What is in a box; `about` tells boxes with other things apart. Raises DoesNotFit."""
        from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

        if len(box) < _LEAST_BOX:
            raise DoesNotFit
        sender = X25519PublicKey.from_public_bytes(box[:KEY_BYTES])
        try:
            shared = X25519PrivateKey.from_private_bytes(self.private).exchange(sender)
        except ValueError:
            raise DoesNotFit from None
        return unseal(_box_key(shared, self.pepper, box[:KEY_BYTES], self.public, about), box[KEY_BYTES:], bound)


def hand(public: bytes, pepper: bytes, database_key: bytearray, root_key: bytearray, bound: bytes) -> bytes:
    """A box with both keys that only the owner of the lock opens."""
    both = database_key + root_key
    box = put_into_box(public, pepper, both, bound, _KEYS)
    both[:] = bytes(len(both))
    return box


def put_into_box(public: bytes, pepper: bytes, content: bytes | bytearray, bound: bytes, about: bytes) -> bytes:
    """A box that only the owner of the lock opens. Raises DoesNotFit for a public half that is none."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

    once = X25519PrivateKey.generate()
    sender = once.public_key().public_bytes_raw()
    try:
        shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    except ValueError:
        raise DoesNotFit from None
    return sender + seal(_box_key(shared, pepper, sender, public, about), content, bound)


def put_by(keys: Keys, pepper: bytes, bound: bytes) -> bytes:
    """The pepper under the database key, for whoever has the file open."""
    return seal(_spare_key(keys), pepper, bound)


def fetch(keys: Keys, spare: bytes, bound: bytes) -> bytes:
    """The pepper that was put by. Raises DoesNotFit."""
    return bytes(unseal(_spare_key(keys), spare, bound))


def _spare_key(keys: Keys) -> bytes:
    return hkdf(keys.database_key, salt=keys.vault_id.encode(), info=b"slot|v2|pepper")


def _box_key(shared: bytes, pepper: bytes, sender: bytes, public: bytes, about: bytes) -> bytes:
    return hkdf(shared + pepper, salt=sender + public, info=b"slot|v2|" + about)
