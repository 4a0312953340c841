"""A place for keys that lasts as long as the process."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType


class KeysInMemory:
    """Keeps the keys of a throw-away customer file for as long as the program runs."""

    name = "memory"

    def __init__(self, kept: Mapping[str, str] = MappingProxyType({})) -> None:
        """`kept` are secrets as `as_text` tells them."""
        self._kept = {item: bytes.fromhex(secret) for item, secret in kept.items()}

    def as_text(self) -> dict[str, str]:
        """The secrets in hexadecimal text, for another process."""
        return {item: secret.hex() for item, secret in self._kept.items()}

    def get(self, item: str) -> bytes | None:
        """The secret of that name, or None."""
        return self._kept.get(item)

    def put(self, item: str, secret: bytes) -> None:
        """Keeps it."""
        self._kept[item] = secret

    def delete(self, item: str) -> None:
        """Forgets it."""
        self._kept.pop(item, None)
