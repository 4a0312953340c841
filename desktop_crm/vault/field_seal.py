"""One value of one row, encrypted on its own: it opens in its place alone, and tells not even its length."""

from __future__ import annotations

from desktop_crm.vault.handing import DoesNotFit, seal, unseal
from desktop_crm.vault.keys import Keys

_FORMAT = b"\x01"
_STEP = 64
"""Lengths are rounded up to this: an allergy and an account number look alike."""


def seal_text(keys: Keys, place: str, text: str) -> bytes:
    """A text under the present key, tied to its place (record, column and row). ValueError without a key."""
    if not keys.sensitive:
        raise ValueError("there is no key for details kept apart")
    plain = text.encode()
    length = len(plain).to_bytes(4)
    padding = bytes(-(len(length) + len(plain)) % _STEP)
    return _FORMAT + seal(bytes(keys.sensitive[0]), length + plain + padding, _bound(keys, place))


def open_text(keys: Keys, place: str, sealed: bytes) -> tuple[str, bool]:
    """The text, and whether it is sealed with the present key. Raises DoesNotFit."""
    if not sealed.startswith(_FORMAT):
        raise DoesNotFit
    for number, key in enumerate(keys.sensitive):
        try:
            plain = unseal(bytes(key), sealed[len(_FORMAT) :], _bound(keys, place))
        except DoesNotFit:
            continue
        length = int.from_bytes(plain[:4])
        return plain[4 : 4 + length].decode(), number == 0
    raise DoesNotFit


def _bound(keys: Keys, place: str) -> bytes:
    return f"sensitive|v1|{keys.vault_id}|{place}".encode()
