"""Locks a text so that the recovery sheet alone opens it again, without having the sheet at hand (X25519, AES-GCM).

The recovery code is kept nowhere. From it derives a pair of keys, of which the public one stands in the key file: what
is sealed for it opens with the paper and with nothing that this computer keeps. That is why a safety copy whose own key
was destroyed is closed for everybody who has not got the sheet.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from desktop_crm.vault.keys import hkdf
from desktop_crm.vault.slots import WrongKey

_NONCE_BYTES = 12
PUBLIC_BYTES = 32


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed text, for whom, and what is needed to open it besides the recovery code."""

    recipient: bytes
    ephemeral: bytes
    nonce: bytes
    content: bytes

    def to_bytes(self) -> bytes:
        """All of it in a row."""
        return self.recipient + self.ephemeral + self.nonce + self.content

    @classmethod
    def from_bytes(cls, row: bytes) -> Sealed:
        """From all of it in a row."""
        first, second, third = PUBLIC_BYTES, 2 * PUBLIC_BYTES, 2 * PUBLIC_BYTES + _NONCE_BYTES
        return cls(row[:first], row[first:second], row[second:third], row[third:])


def public_key(vault_id: str, code: bytes) -> bytes:
    """The public key that belongs to a recovery code."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey

    return X25519PrivateKey.from_private_bytes(_private(vault_id, code)).public_key().public_bytes_raw()


def seal(public: bytes, content: bytes, bound: bytes) -> Sealed:
    """Seals `content` for the holder of the sheet; it opens only together with the same `bound`."""
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    once = X25519PrivateKey.generate()
    ephemeral = once.public_key().public_bytes_raw()
    shared = once.exchange(X25519PublicKey.from_public_bytes(public))
    nonce = secrets.token_bytes(_NONCE_BYTES)
    return Sealed(public, ephemeral, nonce, AESGCM(_key(shared, ephemeral, public)).encrypt(nonce, content, bound))


def open_sealed(vault_id: str, code: bytes, sealed: Sealed, bound: bytes) -> bytes:
    """What was sealed. Raises WrongKey where the code is another one or anything was changed."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    private = X25519PrivateKey.from_private_bytes(_private(vault_id, code))
    if private.public_key().public_bytes_raw() != sealed.recipient:
        raise WrongKey
    try:
        shared = private.exchange(X25519PublicKey.from_public_bytes(sealed.ephemeral))
        key = _key(shared, sealed.ephemeral, sealed.recipient)
        return AESGCM(key).decrypt(sealed.nonce, sealed.content, bound)
    except (InvalidTag, ValueError):
        raise WrongKey from None


def about_sensitive(vault_id: str) -> bytes:
    """To what the sealed keys of the details kept apart are bound."""
    return f"sensitive|v1|{vault_id}".encode()


def _private(vault_id: str, code: bytes) -> bytes:
    return hkdf(code, salt=vault_id.encode(), info=b"safety-copy|v1|sheet")


def _key(shared: bytes, ephemeral: bytes, recipient: bytes) -> bytes:
    return hkdf(shared, salt=ephemeral + recipient, info=b"safety-copy|v1|sealed")
