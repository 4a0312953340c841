"""The file of copy keys: the key of each safety copy, and who was erased, beside the database and apart from it.

It is encrypted under a key that derives from the root key, so it survives a changed database key. It is no part of any
safety copy: else a copy would hold the keys of those before it, and destroying one of them would destroy nothing. What
was erased is remembered here too, so that a copy brought back over a broken database does not bring anybody back.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from desktop_crm.host.files import told_apart, write_atomically
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.keys import Keys, Purpose

_FORMAT = b"DCRMKEYS1"
_NONCE_BYTES = 12

Line = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class CopyKey:
    """The key of one safety copy, and what is needed to catalogue it again.

    `for_sheet`: whether the copy opens with the recovery sheet that is valid now. What the customer file says of that
    may be older: it can be brought back, and this is not.
    """

    key: bytes = field(repr=False)
    made_at: str
    folder: str
    file_name: str
    for_sheet: bool


@dataclass(frozen=True, slots=True)
class CopyKeys:
    """What the file holds: keys by the id of their copy, and the lines of the ledger of erasures."""

    copies: Mapping[str, CopyKey] = field(default_factory=dict)
    erasures: Sequence[Line] = ()
    damaged: bool = False
    """Whether a file is there that these keys did not write, or that is not whole: it opens nothing any more."""

    def with_copy(self, copy_id: str, copy: CopyKey) -> CopyKeys:
        """The same and one copy more."""
        return CopyKeys({**self.copies, copy_id: copy}, self.erasures)

    def sealed(self, *, for_sheet: bool, only: str | None = None) -> CopyKeys:
        """The same, with every copy, or one alone, noted as opening with the present sheet or not."""
        return CopyKeys(
            {
                one: replace(copy, for_sheet=for_sheet) if only in (None, one) else copy
                for one, copy in self.copies.items()
            },
            self.erasures,
        )

    def without(self, *copy_ids: str) -> CopyKeys:
        """The same without these copies."""
        return CopyKeys({one: key for one, key in self.copies.items() if one not in copy_ids}, self.erasures)


@told_apart()
def load(folder: VaultFolder, keys: Keys) -> CopyKeys:
    """What the file says; empty where there is none. Raises Problem if it cannot be read at all."""
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if not folder.copy_keys.exists():
        return CopyKeys()
    data = folder.copy_keys.read_bytes().removeprefix(_FORMAT)
    nonce, content = data[:_NONCE_BYTES], data[_NONCE_BYTES:]
    try:
        whole = json.loads(AESGCM(keys.derive(Purpose.BACKUP_WRAP)).decrypt(nonce, content, _bound(keys)))
        copies = {one: CopyKey(**{**told, "key": bytes.fromhex(told["key"])}) for one, told in whole["copies"].items()}
        return CopyKeys(copies, tuple(whole["erasures"]))
    except (InvalidTag, ValueError, KeyError, TypeError):
        return CopyKeys(damaged=True)


def store(folder: VaultFolder, keys: Keys, content: CopyKeys) -> None:
    """Puts this in place of what the file said; a key that is not in it any more is destroyed. Raises Problem.

    A file that these keys cannot read is put aside first: what is in it may still be wanted.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    if load(folder, keys).damaged:
        _put_aside(folder.copy_keys)
    copies = {
        one: {name: getattr(copy, name) for name in CopyKey.__slots__} | {"key": copy.key.hex()}
        for one, copy in content.copies.items()
    }
    whole = json.dumps({"copies": copies, "erasures": list(content.erasures)}, separators=(",", ":")).encode("ascii")
    nonce = secrets.token_bytes(_NONCE_BYTES)
    sealed = AESGCM(keys.derive(Purpose.BACKUP_WRAP)).encrypt(nonce, whole, _bound(keys))
    write_atomically(folder.copy_keys, _FORMAT + nonce + sealed)


@told_apart()
def _put_aside(path: Path) -> None:
    names = (path.with_name(f"{path.name}-unreadable{number}") for number in ("", *range(2, 1000)))
    os.replace(path, next(one for one in names if not one.exists()))


def _bound(keys: Keys) -> bytes:
    return f"copy-keys|v1|{keys.vault_id}".encode()
