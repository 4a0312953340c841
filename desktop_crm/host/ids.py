"""Identifiers: 16 bytes in tables, the usual text outside."""

import secrets
import uuid

from desktop_crm.host.clock import Clock


def new_id(clock: Clock) -> bytes:
    """A UUIDv7 (RFC 9562): sorts by the time of its making, so that inserts go to the end of an index."""
    millis = int(clock.now().timestamp() * 1000) & ((1 << 48) - 1)
    chance = bytearray(secrets.token_bytes(10))
    chance[0] = chance[0] & 0x0F | 0x70
    chance[2] = chance[2] & 0x3F | 0x80
    return millis.to_bytes(6, "big") + chance


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
