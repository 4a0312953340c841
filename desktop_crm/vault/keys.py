"""The two keys of a customer file and what is derived from them."""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from enum import StrEnum

KEY_BYTES = 32
_CHECK_TEXT = b"crm-key-check"


class Purpose(StrEnum):
    """What a key derived from the root key is for. The names are part of the file format."""

    AUDIT = "audit"
    FINGERPRINT = "fingerprint"
    LEDGER = "ledger"
    SIGNING_WRAP = "signing-wrap"
    BACKUP_WRAP = "backup-wrap"


class Keys:
    """The opened keys of one customer file.

    `database_key` opens the database and can be changed; `root_key` never changes, so that what was fingerprinted or
    chained before stays checkable. Both are 32 bytes, and empty after `drop`. While the database key is being changed,
    `next_key` is the one that comes next; else it is empty.

    `sensitive` are the keys of the details that are kept apart, the present one first and then the earlier ones, which
    open what an old safety copy brings back. They are random: nobody can derive them, and a way in whose role does not
    show such details has none of them.
    """

    __slots__ = ("database_key", "next_key", "root_key", "sensitive", "vault_id")

    def __init__(
        self,
        vault_id: str,
        database_key: bytearray,
        root_key: bytearray,
        next_key: bytearray | None = None,
        sensitive: Iterable[bytes | bytearray] = (),
    ) -> None:
        """`vault_id` is the id of the customer file (text of a UUID)."""
        self.next_key = bytearray() if next_key is None else next_key
        self.sensitive = [bytearray(key) for key in sensitive]
        lengths = {len(database_key), len(root_key), len(self.next_key) or KEY_BYTES, *map(len, self.sensitive)}
        if lengths != {KEY_BYTES}:
            raise ValueError("a key has 32 bytes")
        self.vault_id = vault_id
        self.database_key = database_key
        self.root_key = root_key

    def derive(self, purpose: Purpose) -> bytes:
        """The 32-byte key for one purpose, by HKDF-SHA256 (RFC 5869) from the root key. ValueError once dropped."""
        return self._derive(f"desktop-crm|v1|{purpose}")

    def header_key(self) -> bytes:
        """The key that authenticates the key file."""
        return self._derive("desktop-crm|v1|header")

    def check_value(self) -> bytes:
        """What the key file holds to tell a right database key from a wrong one before anything is written with it."""
        self._alive()
        return hmac.digest(self.database_key, _CHECK_TEXT, "sha256")

    def next_check_value(self) -> bytes:
        """The same for the key that comes next; empty if there is none."""
        return hmac.digest(self.next_key, _CHECK_TEXT, "sha256") if self.next_key else b""

    def choose_next(self) -> None:
        """A fresh random database key that comes next."""
        self.next_key = bytearray(secrets.token_bytes(KEY_BYTES))

    def move_on(self) -> Keys:
        """The keys as they are once the next database key counts. ValueError if there is none."""
        return Keys(self.vault_id, bytearray(self.next_key), bytearray(self.root_key), sensitive=self.sensitive)

    def sensitive_bytes(self) -> bytes:
        """The keys of the details kept apart in a row, as they are handed on; empty where there are none."""
        return b"".join(self.sensitive)

    def drop(self) -> None:
        """Overwrites all keys. Python may have made copies: this is care, no guarantee."""
        for key in (self.database_key, self.root_key, self.next_key, *self.sensitive):
            key[:] = bytes(len(key))
            key.clear()
        self.sensitive.clear()

    def _derive(self, label: str) -> bytes:
        self._alive()
        return hkdf(self.root_key, salt=self.vault_id.encode(), info=label.encode())

    def _alive(self) -> None:
        # A key derived from an emptied one would be the same for everybody.
        if not self.root_key or not self.database_key:
            raise ValueError("the keys were dropped")


def new_keys(vault_id: str) -> Keys:
    """Fresh random keys for a customer file that is being begun."""
    return Keys(vault_id, bytearray(secrets.token_bytes(KEY_BYTES)), bytearray(secrets.token_bytes(KEY_BYTES)))


def apart(row: bytes | bytearray) -> list[bytes]:
    """The keys that `Keys.sensitive_bytes` put in a row."""
    return [bytes(row[start : start + KEY_BYTES]) for start in range(0, len(row), KEY_BYTES)]


def hkdf(secret: bytes | bytearray, *, salt: bytes, info: bytes) -> bytes:
    """32 bytes by HKDF-SHA256 (RFC 5869)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, salt, info).derive(secret)
