"""Identifiers: 16 bytes in tables, the usual text outside."""

import secrets
import uuid
from collections import deque

from desktop_crm.host.clock import Clock

_CHANCE_BYTES = 10
_AHEAD = 1_000
_chances: deque[bytes] = deque()


def new_id(clock: Clock) -> bytes:
    """A UUIDv7 (RFC 9562): sorts by the time of its making, so that inserts go to the end of an index."""
    millis = int(clock.now().timestamp() * 1000) & ((1 << 48) - 1)
    chance = bytearray(_chance())
    chance[0] = chance[0] & 0x0F | 0x70
    chance[2] = chance[2] & 0x3F | 0x80
    return millis.to_bytes(6, "big") + chance


def _chance() -> bytes:
    """Fetched ahead for many ids.

    Each visit to the system lets Python's lock go, for less time than another thread needs to wake up: beside an
    import, the window waited for the lock for as long as 70 ms.
    """
    while True:
        try:
            return _chances.popleft()
        except IndexError:
            block = secrets.token_bytes(_CHANCE_BYTES * _AHEAD)
            _chances.extend(block[at : at + _CHANCE_BYTES] for at in range(0, len(block), _CHANCE_BYTES))


def random_id() -> bytes:
    """A UUIDv4, for rows that must not tell when or from what they were made."""
    return uuid.uuid4().bytes


def id_text(value: bytes) -> str:
    """The usual text of an id."""
    return str(uuid.UUID(bytes=value))


def parse_id(text: str) -> bytes | None:
    """The 16 bytes of an id typed by a person, or None if it is none."""
    try:
        return uuid.UUID(text.strip()).bytes
    except ValueError:
        return None
