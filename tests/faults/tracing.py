"""Follows a process from one change of its files to the next, and ends it before a chosen one. For tests only.

Through ptrace, since the database writes from C, where nothing in Python could count. Threads are followed as well.
"""

from __future__ import annotations

import ctypes
import os
import platform
import signal
import sys
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

_OPEN = -1
"""The call is about an open file, its first argument; else the number is that of the argument with the path."""
_X86_64 = {
    1: ("write", _OPEN), 18: ("write", _OPEN), 20: ("write", _OPEN), 40: ("write", _OPEN), 326: ("write", _OPEN),
    74: ("fsync", _OPEN), 75: ("fsync", _OPEN), 77: ("truncate", _OPEN), 285: ("allocate", _OPEN),
    76: ("truncate", 0), 82: ("rename", 1), 83: ("mkdir", 0), 84: ("rmdir", 0), 86: ("link", 1), 87: ("unlink", 0),
    258: ("mkdir", 1), 263: ("unlink", 1), 264: ("rename", 3), 265: ("link", 3), 316: ("rename", 3),
}  # fmt: skip
_AARCH64 = {
    64: ("write", _OPEN), 66: ("write", _OPEN), 68: ("write", _OPEN), 71: ("write", _OPEN), 285: ("write", _OPEN),
    82: ("fsync", _OPEN), 83: ("fsync", _OPEN), 46: ("truncate", _OPEN), 47: ("allocate", _OPEN),
    45: ("truncate", 0), 34: ("mkdir", 1), 35: ("unlink", 1), 37: ("link", 3), 38: ("rename", 3), 276: ("rename", 3),
}  # fmt: skip
CHANGES = {"x86_64": _X86_64, "aarch64": _AARCH64}.get(platform.machine(), {})
"""Numbers of the calls that change a file or its folder, with their names and where the file stands."""
_LONGEST_PATH = 4096
_YIELD = {"x86_64": 24, "aarch64": 124}.get(platform.machine(), -1)

_SEIZE, _INTERRUPT, _SYSCALL, _INFO = 0x4206, 0x4207, 24, 0x420E
_GOOD, _CLONE, _EXIT_KILL = 0x1, 0x8, 0x100000
_WALL = 0x40000000
_STOPPED_IN_CALL = 5 | 0x80
"""SIGTRAP, which Windows has no name for, as the system marks it at a call."""


class _Info(ctypes.Structure):
    """What the system tells of a call: `op` 1 at its beginning, its number, and what it got."""

    _fields_ = (
        ("op", ctypes.c_uint8),
        ("arch", ctypes.c_uint32),
        ("at", ctypes.c_uint64),
        ("stack", ctypes.c_uint64),
        ("number", ctypes.c_uint64),
        ("given", ctypes.c_uint64 * 6),
        ("rest", ctypes.c_uint64),
    )


def possible() -> bool:
    """Whether this computer lets one process follow another one here."""
    if sys.platform != "linux" or not CHANGES:
        return False
    child = os.fork()
    if not child:
        signal.pause()
    try:
        _ask(_SEIZE, child, 0, _EXIT_KILL)
    except OSError:
        return False
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
    return True


def mark() -> None:
    """Called by who is followed: from here on its changes count."""
    if hasattr(os, "sched_yield"):
        os.sched_yield()


def _ask(what: int, thread: int, address: int, data: int) -> None:
    ptrace = ctypes.CDLL(None, use_errno=True).ptrace
    ptrace.argtypes = [ctypes.c_long, ctypes.c_long, ctypes.c_void_p, ctypes.c_void_p]
    ptrace.restype = ctypes.c_long
    if ptrace(what, thread, address, data) < 0:
        raise OSError(ctypes.get_errno(), "ptrace")


@dataclass
class Follower:
    """Follows one child of this process until its end.

    `at` is the kind of change, such as `fsync customers.db-wal`, before whose `last` occurrence it is killed.
    """

    child: int
    at: str
    last: int
    killed: Callable[[], None]
    counted: Counter[str] = field(default_factory=Counter)
    _counting: bool = False
    _info: _Info = field(default_factory=_Info)

    def seize(self) -> None:
        """The child must not have other threads yet."""
        _ask(_SEIZE, self.child, 0, _GOOD | _CLONE | _EXIT_KILL)
        _ask(_INTERRUPT, self.child, 0, 0)

    def to_the_end(self) -> int:
        """The exit code of the child."""
        while True:
            thread, status = os.waitpid(-1, _WALL)
            if os.WIFSTOPPED(status):
                self._go_on(thread, status)
            elif thread == self.child:
                return os.waitstatus_to_exitcode(status)

    def _go_on(self, thread: int, status: int) -> None:
        stopped, passed_on = os.WSTOPSIG(status), 0
        try:
            if stopped == _STOPPED_IN_CALL:
                self._look(thread)
            elif not status >> 16:
                passed_on = stopped
            _ask(_SYSCALL, thread, 0, passed_on)
        except ProcessLookupError:
            pass  # It has been killed meanwhile.

    def _look(self, thread: int) -> None:
        _ask(_INFO, thread, ctypes.sizeof(self._info), ctypes.addressof(self._info))
        if self._info.op != 1:
            return
        self._counting |= self._info.number == _YIELD
        name, place = CHANGES.get(self._info.number, ("", 0))
        if not name or not self._counting:
            return
        file = self._open_file(thread) if place == _OPEN else self._path(thread, self._info.given[place])
        if file is None:
            return
        kind = f"{name} {file.name if file.name.startswith('customers.') else 'another file'}"
        self.counted[kind] += 1
        if (kind, self.counted[kind]) == (self.at, self.last):
            self.killed()
            os.kill(self.child, signal.SIGKILL)

    def _open_file(self, thread: int) -> Path | None:
        """None for pipes and devices."""
        try:
            path = Path(os.readlink(f"/proc/{thread}/fd/{self._info.given[0]}"))
        except OSError:
            return None
        return path if path.is_absolute() and path.parts[1] not in ("dev", "proc") else None

    def _path(self, thread: int, address: int) -> Path:
        memory = os.open(f"/proc/{thread}/mem", os.O_RDONLY)
        try:
            text = os.pread(memory, _LONGEST_PATH - address % _LONGEST_PATH, address)
        finally:
            os.close(memory)
        return Path(os.fsdecode(text.partition(b"\0")[0]))
