"""Failed attempts to open a locked customer file: counted for pauses now, and for the activity log once it is open.

**Pauses.** Five wrong passwords are free, then the n-th costs 2 to the n seconds, a quarter of an hour at most. The
number lies here and, where there is one, in the key store of the account, and the worse counts: so deleting the file
does not help whoever sits at the screen. Setting the clock back begins the pause anew, setting it forward does not end
it while the computer is not started anew. It slows down a colleague at the keyboard. Whoever has a copy of the file is
slowed down by the password itself.

**People.** Where people sign in by name, all of them share one number: a number for each would give whoever tries names
in turn five free words at every one of them, and a pause for one name alone would tell what is known of it. But a right
password takes out only what was tried under that name: else whoever works here could guess at a colleague's and come in
by their own in between, for ever without a pause.

**The log.** Nobody has the keys while the file is locked, so what was tried cannot be sealed with them. Instead each
attempt is hashed into a state that was begun with a key of the file, and the state before is overwritten: later nobody
can take an attempt out again without the keys, though anybody can remove the whole file, which is then missed.

Both lie in one file. It holds no name and no password.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from desktop_crm.cheap import fixed
from desktop_crm.host.clock import Clock
from desktop_crm.host.files import file_mode, write_atomically
from desktop_crm.host.keystore import KeyStore, KeyStoreProblem
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.header import HeaderDamaged, HeaderNewer
from desktop_crm.words import Problem

FREE = 5
LONGEST = timedelta(minutes=15)
MOST = 1000
"""So many attempts are counted for the log; a longer row of them is no longer told apart."""
_HIGHEST = 20
_LARGEST = 1024 * 1024
_LONGEST_WORD = 64


@fixed
class Attempt:
    """One failed attempt: when, and by which way in."""

    at: datetime
    way: str


@fixed
class Counted:
    """The attempts since a generation of the count was begun; `whole` unless it is missing or was tampered with."""

    attempts: tuple[Attempt, ...]
    whole: bool
    generation: int = 0


@fixed
class Count:
    """So many wrong passwords in a row, and when the last one was: by the clock, and by seconds since the start."""

    wrong: int = 0
    at: float = 0.0
    uptime: float = 0.0
    people: Mapping[str, int] = field(default_factory=dict)
    """Of these, how many were tried as which person, by the number of the person in the key file."""

    def one_more(self, who: str, at: float, uptime: float) -> Count:
        """After another wrong one, tried as `who`; empty: not as anybody."""
        if self.wrong >= _HIGHEST:
            return replace(self, at=at, uptime=uptime)
        theirs = {who: self.people.get(who, 0) + 1} if who else {}
        return Count(self.wrong + 1, at, uptime, {**self.people, **theirs})

    def without(self, who: str) -> Count:
        """What is left of it once `who` came in; whoever comes in as nobody in particular ends all of it."""
        others = {one: number for one, number in self.people.items() if one != who}
        left = self.wrong - self.people.get(who, 0) if who else 0
        return Count(left, self.at, self.uptime, others) if left else Count()

    @property
    def pause(self) -> timedelta:
        """How long the pause after it is."""
        return min(timedelta(seconds=2**self.wrong), LONGEST) if self.wrong >= FREE else timedelta(0)

    @property
    def told(self) -> str:
        """As it is written down."""
        people = "".join(f" {who}={number}" for who, number in self.people.items())
        return f"{self.wrong} {self.at:.3f} {self.uptime:.3f}{people}"


@fixed
class _Row:
    """The attempts as they lie in the file."""

    generation: int
    attempts: tuple[Attempt, ...]
    state: str


@fixed
class _Lying:
    """What lies in the file, each part None where it is not there or makes no sense."""

    row: _Row | None = None
    count: Count | None = None


class Tries:
    """The wrong passwords of one customer file. Hold the InstanceLock, so that nobody counts beside."""

    def __init__(self, folder: VaultFolder, keystore: KeyStore | None, clock: Clock, who: str = "") -> None:
        """Reads nothing yet. `who`: the number of the person as whom it is tried, where people sign in by name."""
        self._who = who
        self._folder = folder
        self._keystore = keystore
        self._clock = clock

    @property
    def left(self) -> int:
        """How many wrong ones are free before the first pause; 0 from then on."""
        return max(0, FREE - self._read().wrong)

    def pause_left(self) -> timedelta:
        """How long to wait before the next try."""
        count = self._read()
        if not count.pause:
            return timedelta(0)
        now, uptime = self._clock.now().timestamp(), self._clock.uptime()
        gone = now - count.at
        if gone < 0:
            self._write(replace(count, at=now, uptime=uptime))
            return count.pause
        if uptime >= count.uptime:
            gone = min(gone, uptime - count.uptime)
        return max(timedelta(0), count.pause - timedelta(seconds=gone))

    def count(self) -> Count:
        """Counts one more before it is tried, so that ending the program does not save it. What it was before."""
        before = self._read()
        self._write(before.one_more(self._who, self._clock.now().timestamp(), self._clock.uptime()))
        return before

    def right(self, before: Count | None = None) -> None:
        """The password was right: the count begins anew, but for what was tried as others. `before`: without this try.

        What the log is to tell of stays.
        """
        self._write((before if before is not None else self._read()).without(self._who))

    def put_back(self, before: Count) -> None:
        """It was no wrong password: as if nothing had been tried."""
        self._write(before)

    def _read(self) -> Count:
        stored = self._in_store()
        count = _lying(self._folder).count if self._folder.tries.exists() else Count()
        if count is not None:
            return _worse(count, stored)
        # Somebody has written into it: that costs one pause, and a right password ends it.
        count = _worse(Count(FREE, self._clock.now().timestamp(), self._clock.uptime()), stored)
        return count if self._write(count) else stored

    def _in_store(self) -> Count:
        if self._keystore is None:
            return Count()
        try:
            kept = self._keystore.get(self._item()) or b""
        except KeyStoreProblem:
            return Count()
        return _count_of(kept.decode("ascii", "replace")) or Count()

    def _write(self, count: Count) -> bool:
        """A folder or store that cannot be written stops nobody who knows the password. Whether the folder could."""
        written = False
        with contextlib.suppress(Problem, OSError):
            _lay(self._folder, _Lying(_lying(self._folder).row, count))
            written = True
        if self._keystore is not None:
            with contextlib.suppress(KeyStoreProblem):
                if count.wrong:
                    self._keystore.put(self._item(), count.told.encode("ascii"))
                else:
                    self._keystore.delete(self._item())
        return written

    def _item(self) -> str:
        return f"tries {_vault_id(self._folder)}"


def _worse(one: Count, other: Count) -> Count:
    return max(one, other, key=lambda count: (count.wrong, count.at))


def begin(folder: VaultFolder, key: bytes, generation: int) -> None:
    """Begin to count for the log anew, under the next number; pauses stay. Raises Problem where the disk refuses."""
    _lay(folder, _Lying(_Row(generation, (), _first(key, generation)), _lying(folder).count or Count()))


def add(folder: VaultFolder, attempt: Attempt) -> None:
    """Count an attempt for the log. Where no count was begun, or the disk refuses, nothing happens: told later."""
    now = _lying(folder)
    if now.row is None or len(now.row.attempts) >= MOST:
        return
    row = _Row(now.row.generation, (*now.row.attempts, attempt), _after(now.row.state, attempt))
    with contextlib.suppress(Problem):
        _lay(folder, _Lying(row, now.count))


def read(folder: VaultFolder, key: bytes, generation: int) -> Counted:
    """What was counted since `generation` began.

    A later one is as good: then a safety copy was brought back, which remembers an earlier one.
    """
    row = _lying(folder).row
    if row is None:
        return Counted((), whole=False)
    state = _folded(_first(key, row.generation), row.attempts)
    whole = row.generation >= generation and hmac.compare_digest(state, row.state)
    return Counted(row.attempts, whole, row.generation if whole else 0)


def _first(key: bytes, generation: int) -> str:
    return hmac.new(key, f"failed sign-ins|{generation}".encode(), "sha256").hexdigest()


def _after(state: str, attempt: Attempt) -> str:
    return hashlib.sha256(f"{state}|{attempt.at.isoformat()}|{attempt.way}".encode()).hexdigest()


def _folded(state: str, attempts: Iterable[Attempt]) -> str:
    for one in attempts:
        state = _after(state, one)
    return state


def _lay(folder: VaultFolder, lying: _Lying) -> None:
    """Writes both parts; where there is nothing to tell, there is no file. Raises Problem, OSError."""
    row, count = lying.row, lying.count
    if row is None and (count is None or not count.wrong):
        folder.tries.unlink(missing_ok=True)
        return
    whole: dict[str, object] = {"format": 1}
    if row is not None:
        attempts = [[one.at.isoformat(), one.way] for one in row.attempts]
        whole |= {"generation": row.generation, "attempts": attempts, "state": row.state}
    if count is not None:
        whole |= {"wrong": count.told, "seal": _seal(folder, count.told)}
    write_atomically(folder.tries, json.dumps(whole).encode("ascii"), file_mode(folder.path))


def _lying(folder: VaultFolder) -> _Lying:
    try:
        with folder.tries.open("rb") as file:
            whole = json.loads(file.read(_LARGEST))
        return _Lying(_row_of(whole), _sealed_count_of(folder, whole)) if isinstance(whole, dict) else _Lying()
    except (OSError, ValueError, RecursionError):
        return _Lying()


def _row_of(whole: Mapping[str, Any]) -> _Row | None:
    try:
        attempts = tuple(Attempt(_instant(at), _word(way)) for at, way in whole["attempts"][:MOST])
        return _Row(int(whole["generation"]), attempts, _word(whole["state"]))
    except (ValueError, TypeError, KeyError):
        return None


def _instant(text: str) -> datetime:
    at = datetime.fromisoformat(text)
    if at.tzinfo is None:
        raise ValueError("an instant has a time zone")
    return at


def _word(told: object) -> str:
    if not isinstance(told, str) or not told.isascii() or len(told) > _LONGEST_WORD:
        raise ValueError("no word of ours")
    return told


def _sealed_count_of(folder: VaultFolder, whole: Mapping[str, Any]) -> Count | None:
    told, seal = str(whole.get("wrong")), str(whole.get("seal"))
    return _count_of(told) if hmac.compare_digest(seal.encode(), _seal(folder, told).encode()) else None


def _count_of(told: str) -> Count | None:
    try:
        wrong, at, uptime, *people = told.split()
        each = (one.partition("=") for one in people)
        count = Count(int(wrong), float(at), float(uptime), {who: int(number) for who, _, number in each})
        datetime.fromtimestamp(count.at, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return count if 0 <= count.wrong <= _HIGHEST else None


def _seal(folder: VaultFolder, told: str) -> str:
    """Betrays a number that was changed by hand. No secret is to be had before the password is right.

    It is the same for every account and computer: the folder may be shared, and carried elsewhere.
    """
    return hmac.digest(_vault_id(folder).encode(), told.encode("ascii", "replace"), "sha256").hex()


def _vault_id(folder: VaultFolder) -> str:
    try:
        return folder.headers()[0].vault_id
    except (HeaderDamaged, HeaderNewer):
        return ""
