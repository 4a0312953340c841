"""Whether the computer itself is in order, as far as that can be known without network and without special rights.

What cannot be known is said to be unknown: nobody is told that a disk is encrypted because it might be.
"""

from __future__ import annotations

import configparser
import contextlib
import os
import re
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from desktop_crm.host.clock import Clock
from desktop_crm.host.mounts import Mount, is_encrypted, mount_of, mounts
from desktop_crm.host.programs import answer_of
from desktop_crm.words import M

LONGEST_IDLE = timedelta(minutes=15)
"""A screen that locks later than this leaves the shop's counter open too long."""
_WRITTEN = datetime(2026, 11, 1, tzinfo=UTC)
_CLOCK_SET = Path("/run/systemd/timesync/synchronized")
_BLOCKS = Path("/sys/class/block")
_ENCRYPTED_KINDS = frozenset({"ecryptfs", "fuse.gocryptfs", "fuse.cryfs", "fuse.encfs"})


class State(StrEnum):
    """What came out."""

    RIGHT = "right"
    BETTER = "better"
    """It could be better, and the person can mend it."""
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Checked:
    """One thing about the computer: what was looked at, how it is, and the finding in a few words."""

    what: M
    state: State
    said: M
    todo: M | None = None


def computer_check(folder: Path, clock: Clock) -> list[Checked]:
    """Disk encryption of the place where the customer file lies or will lie, screen lock, clock."""
    return [_disk(folder), _screen_lock(), _clock(folder, clock)]


def _unknown(what: M) -> Checked:
    return Checked(what, State.UNKNOWN, M("cannot be told from here"), M("Please look in the computer's settings."))


def _disk(folder: Path) -> Checked:
    what = M("Disk encryption")
    match _disk_is_encrypted(folder):
        case True:
            return Checked(what, State.RIGHT, M("on"))
        case False:
            return Checked(what, State.BETTER, M("off"), _MAIN_DISK)
        case None:
            return _unknown(what)


_MAIN_DISK = M(
    "The customer file is encrypted all the same. But papers you save lie on this disk as they are: better encrypt it."
)


def _disk_is_encrypted(folder: Path) -> bool | None:
    if sys.platform == "darwin":
        said = answer_of("fdesetup", "status")
        return None if said is None else "FileVault is On" in said
    mount = mount_of(folder.expanduser().resolve(), mounts())
    return disk_of(mount) if mount is not None else None


def disk_of(mount: Mount, blocks: Path = _BLOCKS) -> bool | None:
    """Whether what lies on this file system is encrypted by the operating system; None where that is not known."""
    return True if mount.kind in _ENCRYPTED_KINDS else is_encrypted(mount, blocks)


def _screen_lock() -> Checked:
    what = M("Screen lock")
    after = _locks_after()
    if after is None:
        return _unknown(what)
    todo = M("Better let it lock after {n} minute.", "Better let it lock after {n} minutes.", n=5)
    if not after:
        return Checked(what, State.BETTER, M("off"), todo)
    said = M("after {n} minute", "after {n} minutes", n=max(1, round(after / timedelta(minutes=1))))
    return Checked(what, State.BETTER, said, todo) if after > LONGEST_IDLE else Checked(what, State.RIGHT, said)


def _locks_after() -> timedelta | None:
    """After which time without a touch the screen locks; nothing of a time where it never does, None if unknown."""
    desktop = os.environ.get("XDG_CURRENT_DESKTOP", "").upper()
    if sys.platform != "linux":
        return None
    if "KDE" in desktop:
        return kde_lock(Path.home() / ".config" / "kscreenlockerrc")
    if "GNOME" in desktop or "UNITY" in desktop or "CINNAMON" in desktop:
        base = "org.cinnamon.desktop" if "CINNAMON" in desktop else "org.gnome.desktop"
        return gnome_lock(
            answer_of("gsettings", "get", f"{base}.screensaver", "lock-enabled"),
            answer_of("gsettings", "get", f"{base}.session", "idle-delay"),
        )
    return None


def gnome_lock(enabled: str | None, delay: str | None) -> timedelta | None:
    """From what `gsettings` says: `true` and `uint32 300`; 0 seconds is never."""
    seconds = re.search(r"(\d+)$", delay or "")
    if enabled is None or seconds is None:
        return None
    return timedelta(seconds=int(seconds[1])) if enabled == "true" else timedelta(0)


def kde_lock(settings: Path) -> timedelta | None:
    """From KDE's settings file; what it leaves out is 5 minutes, on."""
    read = configparser.RawConfigParser(strict=False)
    with contextlib.suppress(OSError, configparser.Error, UnicodeDecodeError, ValueError):
        read.read(settings, encoding="utf-8")
        on = read.getboolean("Daemon", "Autolock", fallback=True)
        return timedelta(minutes=read.getint("Daemon", "Timeout", fallback=5)) if on else timedelta(0)
    return None


def _clock(folder: Path, clock: Clock) -> Checked:
    what = M("Clock")
    now = clock.now()
    if now < max(_WRITTEN, _newest(folder) - timedelta(days=1)):
        todo = M("Please set date and time: keeping times and deadlines are counted from them.")
        return Checked(what, State.BETTER, M("goes wrong: {day}", day=now.date()), todo)
    if _CLOCK_SET.exists():
        return Checked(what, State.RIGHT, M("right, set over the network"))
    return Checked(what, State.RIGHT, M("looks right: {day}", day=now.date()))


def _newest(folder: Path) -> datetime:
    """When something in the folder was last written, by the computer's clock of that moment."""
    newest = 0.0
    with contextlib.suppress(OSError):
        newest = max((path.stat().st_mtime for path in folder.iterdir()), default=0.0)
    return datetime.fromtimestamp(newest, UTC)
