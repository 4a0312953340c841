"""Counts failed attempts to open a locked customer file, so that the activity log can tell of them once it is open.

Nobody has the keys at that moment, so the count cannot be sealed with them. Instead each attempt is hashed into a
state that was begun with a key of the file, and the state before is overwritten: later nobody can take an attempt out
again without the keys, though anybody can remove the whole count, which is then missed. It holds no name, no password.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from desktop_crm.host.files import write_atomically
from desktop_crm.words import Problem

MOST = 1000
"""So many attempts are counted; a longer row of them is no longer told apart."""
_LARGEST = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Attempt:
    """One failed attempt: when, and by which way in."""

    at: datetime
    way: str


@dataclass(frozen=True, slots=True)
class Counted:
    """The attempts since the count was begun; `whole` unless the count is missing or was tampered with."""

    attempts: tuple[Attempt, ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class _State:
    generation: int
    attempts: tuple[Attempt, ...]
    state: str


def begin(path: Path, key: bytes, generation: int) -> None:
    """Begin to count anew, under the next number. Raises Problem where the disk refuses."""
    _write(path, _State(generation, (), _first(key, generation)))


def add(path: Path, attempt: Attempt) -> None:
    """Count an attempt. Where there is no count, or the disk refuses, nothing happens: that is told later."""
    now = _read(path)
    if now is None or len(now.attempts) >= MOST:
        return
    with contextlib.suppress(Problem):
        _write(path, _State(now.generation, (*now.attempts, attempt), _after(now.state, attempt)))


def read(path: Path, key: bytes, generation: int) -> Counted:
    """What was counted since `generation` began."""
    now = _read(path)
    if now is None:
        return Counted((), whole=False)
    state = _folded(_first(key, generation), now.attempts)
    return Counted(now.attempts, now.generation == generation and hmac.compare_digest(state, now.state))


def _first(key: bytes, generation: int) -> str:
    return hmac.new(key, f"failed sign-ins|{generation}".encode(), "sha256").hexdigest()


def _after(state: str, attempt: Attempt) -> str:
    return hashlib.sha256(f"{state}|{attempt.at.isoformat()}|{attempt.way}".encode()).hexdigest()


def _folded(state: str, attempts: Iterable[Attempt]) -> str:
    for one in attempts:
        state = _after(state, one)
    return state


def _write(path: Path, now: _State) -> None:
    attempts = [[one.at.isoformat(), one.way] for one in now.attempts]
    told = {"format": 1, "generation": now.generation, "attempts": attempts, "state": now.state}
    write_atomically(path, json.dumps(told).encode("ascii"))


def _read(path: Path) -> _State | None:
    """What lies there, None if it is missing or makes no sense."""
    try:
        with path.open("rb") as file:
            told = json.loads(file.read(_LARGEST))
        attempts = tuple(Attempt(_instant(at), str(way)) for at, way in told["attempts"][:MOST])
        return _State(int(told["generation"]), attempts, str(told["state"]))
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("an instant has a time zone")
    return at
