"""A key store in memory that can be locked, silenced, reset and watched: for tests only."""

from desktop_crm.host.keystore import KeyStoreLocked
from desktop_crm.words import M


class MemoryKeyStore:
    """Keeps secrets in a dictionary."""

    def __init__(self, name: str = "Memory", *, remembers: bool = True) -> None:
        """`remembers=False` behaves like the null backend: takes everything, keeps nothing."""
        self.name = name
        self.items: dict[str, bytes] = {}
        self.locked = False
        self._remembers = remembers

    def get(self, item: str) -> bytes | None:
        """The secret, or None."""
        self._refuse_if_locked()
        return self.items.get(item)

    def put(self, item: str, secret: bytes) -> None:
        """Keeps it, unless this store forgets."""
        self._refuse_if_locked()
        if self._remembers:
            self.items[item] = secret

    def delete(self, item: str) -> None:
        """Forgets it."""
        self._refuse_if_locked()
        self.items.pop(item, None)

    def reset(self) -> None:
        """What a password reset by an administrator does."""
        self.items.clear()

    def _refuse_if_locked(self) -> None:
        if self.locked:
            raise KeyStoreLocked(M("locked"), todo=M("unlock"))
