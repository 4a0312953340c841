"""Ledgers whose lines are sealed to each other: each seal covers its line and the seal before, under a key.

The key is derived from the root key and is not in the database, so that the database alone is not enough to seal a
changed line anew. A chain shows changed, removed, inserted and reordered lines; that its end was cut off, it cannot
show by itself.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Collection, Iterable
from typing import Protocol, TypeVar

CHAIN_START = bytes(32)
"""What the first line of a chain is sealed to."""

_MISSING = b"\xff" * 8


class Line(Protocol):
    """A line of a ledger with the seal of the line before and its own."""

    @property
    def previous(self) -> bytes: ...

    @property
    def seal(self) -> bytes: ...


L = TypeVar("L", bound=Line)


def seal(key: bytes, ledger: str, previous: bytes, *parts: str | bytes | None) -> bytes:
    """The seal of one line: HMAC-SHA256 (RFC 2104) over the ledger's name, the seal before and every part.

    Each part goes in with its length, so that parts cannot be shifted into each other; a missing one is not an empty
    one. No seal of one ledger can stand in another.
    """
    return hmac.digest(key, b"".join(map(_measured, (ledger, previous, *parts))), "sha256")


def _measured(part: str | bytes | None) -> bytes:
    if part is None:
        return _MISSING
    data = part.encode() if isinstance(part, str) else part
    return len(data).to_bytes(8, "big") + data


def in_order(lines: Iterable[L]) -> list[L]:
    """The lines in the order in which they are sealed to each other, as far as they are from the first line on."""
    following = {line.previous: line for line in lines}
    ordered: list[L] = []
    last = CHAIN_START
    while (line := following.pop(last, None)) is not None:
        ordered.append(line)
        last = line.seal
    return ordered


def first_break(lines: Iterable[L], seal_of: Callable[[L], bytes]) -> L | None:
    """The first of the lines, given in their order, that does not fit the one before or its own seal; else None."""
    last = CHAIN_START
    for line in lines:
        if not hmac.compare_digest(line.previous, last) or not hmac.compare_digest(line.seal, seal_of(line)):
            return line
        last = line.seal
    return None


def is_whole(lines: Collection[L], seal_of: Callable[[L], bytes]) -> bool:
    """Whether the lines, given in any order, are one unbroken chain with true seals."""
    ordered = in_order(lines)
    return len(ordered) == len(lines) and first_break(ordered, seal_of) is None
