"""Wrong passwords make pauses: five are free, then the n-th costs 2 to the n seconds, a quarter of an hour at most.

The count survives restarts. It lies beside the customer file and, where there is one, in the key store of the account,
and the worse of the two counts: so deleting the file does not help whoever sits at the screen. Setting the clock back
begins the pause anew, setting it forward does not end it while the computer is not started anew.

It slows down a colleague at the keyboard. Whoever has a copy of the file is slowed down by the password itself.
"""

from __future__ import annotations

import contextlib
import hmac
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from desktop_crm.host.account import account_name, host_name
from desktop_crm.host.clock import Clock
from desktop_crm.host.files import file_mode, write_atomically
from desktop_crm.host.keystore import KeyStore, KeyStoreProblem
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.header import HeaderDamaged, HeaderNewer
from desktop_crm.words import Problem

FREE = 5
LONGEST = timedelta(minutes=15)
_MOST = 20


@dataclass(frozen=True, slots=True)
class Count:
    """So many wrong passwords in a row, and when the last one was: by the clock, and by seconds since the start."""

    wrong: int = 0
    at: float = 0.0
    uptime: float = 0.0

    @property
    def pause(self) -> timedelta:
        """How long the pause after it is."""
        return min(timedelta(seconds=2**self.wrong), LONGEST) if self.wrong >= FREE else timedelta(0)


class Tries:
    """The wrong passwords of one customer file. Hold the InstanceLock, so that nobody counts beside."""

    def __init__(self, folder: VaultFolder, keystore: KeyStore | None, clock: Clock) -> None:
        """Reads nothing yet."""
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
            self._write(Count(count.wrong, now, uptime))
            return count.pause
        if uptime >= count.uptime:
            gone = min(gone, uptime - count.uptime)
        return max(timedelta(0), count.pause - timedelta(seconds=gone))

    def count(self) -> Count:
        """Counts one more before it is tried, so that ending the program does not save it. What it was before."""
        before = self._read()
        wrong = min(before.wrong + 1, _MOST)
        self._write(Count(wrong, self._clock.now().timestamp(), self._clock.uptime()))
        return before

    def right(self) -> None:
        """The password was right: the count begins anew."""
        self._write(Count())

    def put_back(self, before: Count) -> None:
        """It was no wrong password: as if nothing had been tried."""
        self._write(before)

    def _read(self) -> Count:
        return max((self._in_file(), self._in_store()), key=lambda count: (count.wrong, count.at))

    def _in_file(self) -> Count:
        try:
            text = self._folder.tries.read_text("ascii", "replace")
        except FileNotFoundError:
            return Count()
        except OSError:
            return self._unreadable()
        told, _, seal = text.strip().rpartition(" ")
        count = _counted(told)
        if count is None or not hmac.compare_digest(seal.encode(), self._seal(told).encode()):
            return self._unreadable()
        return count

    def _unreadable(self) -> Count:
        """Somebody has written into it: that costs one pause, and a right password ends it."""
        count = Count(FREE, self._clock.now().timestamp(), self._clock.uptime())
        self._write(count)
        return count

    def _in_store(self) -> Count:
        if self._keystore is None:
            return Count()
        try:
            kept = self._keystore.get(self._item()) or b""
        except KeyStoreProblem:
            return Count()
        return _counted(kept.decode("ascii", "replace")) or Count()

    def _write(self, count: Count) -> None:
        """A folder or store that cannot be written stops nobody who knows the password."""
        told = f"{count.wrong} {count.at:.3f} {count.uptime:.3f}"
        with contextlib.suppress(Problem, OSError):
            if count.wrong:
                text = f"{told} {self._seal(told)}\n"
                write_atomically(self._folder.tries, text.encode("ascii"), file_mode(self._folder.path))
            else:
                self._folder.tries.unlink(missing_ok=True)
        if self._keystore is not None:
            with contextlib.suppress(KeyStoreProblem):
                if count.wrong:
                    self._keystore.put(self._item(), told.encode("ascii"))
                else:
                    self._keystore.delete(self._item())

    def _item(self) -> str:
        return f"tries {self._vault_id()}"

    def _seal(self, told: str) -> str:
        """Betrays a number that was changed by hand. No secret is to be had before the password is right."""
        key = f"{self._vault_id()}|{host_name()}|{account_name()}".encode()
        return hmac.digest(key, told.encode("ascii", "replace"), "sha256").hex()

    def _vault_id(self) -> str:
        try:
            return self._folder.headers()[0].vault_id
        except (HeaderDamaged, HeaderNewer):
            return ""


def _counted(told: str) -> Count | None:
    try:
        wrong, at, uptime = told.split()
        count = Count(int(wrong), float(at), float(uptime))
        datetime.fromtimestamp(count.at, UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return count if 0 <= count.wrong <= _MOST else None
