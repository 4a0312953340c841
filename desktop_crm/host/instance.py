"""One program per data folder, across processes and accounts: an operating-system lock that dies with its holder."""

from __future__ import annotations

import contextlib
import os
import sys
from enum import StrEnum
from pathlib import Path
from types import TracebackType

from desktop_crm.cheap import fixed
from desktop_crm.host.account import account_name, host_name
from desktop_crm.host.files import not_written
from desktop_crm.words import Exit, M, Problem

LOCK_NAME = "customers.lock"
_SHARED_FILE = 0o666
_LOCKED_BYTE = 4096
_MOST_TEXT = 1024


class Locking(StrEnum):
    """What became of the wish that the open window locks its file."""

    LOCKED = "locked"
    """The file is closed now, or was before."""
    WAITS = "waits"
    """A long job is running; the window locks once it is done."""
    SET_UP = "set-up"
    """The file is just being set up, and stays open for that."""
    NO_WINDOW = "no-window"
    UNHEARD = "unheard"
    """There is a window, and it did not answer."""


@fixed
class Holder:
    """Who has the customer file open."""

    pid: int
    host: str
    account: str


class InstanceLock:
    """The lock beside the data. Held until `release`, or until the operating system sees the process end."""

    def __init__(self, data_dir: Path) -> None:
        """Takes nothing yet; the folder must exist when `acquire` is called."""
        self._path = data_dir / LOCK_NAME
        self._descriptor: int | None = None

    def acquire(self) -> None:
        """Takes the lock. Raises Problem (exit 3) saying who holds it, or that the folder cannot be written."""
        if self._descriptor is not None:
            return
        descriptor = self._open()
        if not _take(descriptor):
            holder = _read(descriptor)
            os.close(descriptor)
            raise _held_by(holder)
        self._descriptor = descriptor
        _write(descriptor, f"{os.getpid()}\n{host_name()}\n{account_name()}\n")

    def release(self) -> None:
        """Gives the lock back. The empty file stays: removing it would let two holders lock two files of one name."""
        if self._descriptor is None:
            return
        _write(self._descriptor, "")
        _give_back(self._descriptor)
        os.close(self._descriptor)
        self._descriptor = None

    def __enter__(self) -> InstanceLock:
        self.acquire()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.release()

    def _open(self) -> int:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        new = not self._path.exists()
        try:
            descriptor = os.open(self._path, flags, _SHARED_FILE)
        except OSError as error:
            if isinstance(error, PermissionError) and not new and os.access(self._path.parent, os.W_OK):
                # The folder lets this account in, only the lock of somebody else does not.
                raise _held_by(None) from None
            raise not_written(self._path, error) from error
        if new and sys.platform != "win32":
            # Every account that the folder lets in must be able to see the lock; it tells no more than who holds it.
            with contextlib.suppress(OSError):
                os.fchmod(descriptor, _SHARED_FILE)
        return descriptor


def _held_by(holder: Holder | None) -> Problem:
    if holder is None:
        what = M("The customer file is open in another program or account.")
    else:
        what = M(
            "The customer file is already open: account “{account}” on “{host}” (process {pid}).",
            account=holder.account,
            host=holder.host,
            pid=str(holder.pid),
        )
    return Problem(
        what,
        safe=M("Nothing has been changed."),
        todo=M("Close it there, then try again."),
        code=Exit.LOCKED,
    )


def _read(descriptor: int) -> Holder | None:
    os.lseek(descriptor, 0, os.SEEK_SET)
    lines = os.read(descriptor, _MOST_TEXT).decode("utf-8", "replace").splitlines()
    if len(lines) != 3 or not lines[0].isdecimal():
        return None
    return Holder(int(lines[0]), lines[1], lines[2])


def _write(descriptor: int, text: str) -> None:
    """Says who holds it. On a full disk nobody is told, and the lock holds all the same."""
    with contextlib.suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, text.encode("utf-8")[:_MOST_TEXT])


def _take(descriptor: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            # Windows forbids others to read locked bytes, so the lock lies behind the text they are to read.
            os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _give_back(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_UN)
