"""Whether the computer itself is in order, as far as that can be known without network and without special rights.

What cannot be known is said to be unknown: nobody is told that a disk is encrypted because it might be.
"""

from __future__ import annotations

import configparser
import contextlib
import os
import re
import sys
from dataclasses import dataclass, replace
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
LONGEST_WITHOUT_UPDATES = 30
"""Days after which a computer that looked for no updates is told so."""
_RESTART = (Path("/run/reboot-required"), Path("/var/run/reboot-required"))
_UPDATE_MARKS = (
    Path("/var/lib/apt/periodic/update-success-stamp"),
    Path("/var/lib/apt/lists/partial"),
    Path("/var/cache/dnf/last_makecache"),
    Path("/var/lib/PackageKit/transactions.db"),
    Path("/var/lib/pacman/sync"),
)
"""What package managers touch when they look for updates."""
_MAC_UPDATES = "/Library/Preferences/com.apple.SoftwareUpdate"
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
    key: str = ""
    """What it is called by machines."""


def computer_check(folder: Path, clock: Clock) -> list[Checked]:
    """Disk encryption of the place where the customer file lies or will lie, screen lock, updates, clock."""
    looked = {
        "disk-encryption": _disk(folder),
        "screen-lock": _screen_lock(),
        "updates": _updates(clock),
        "clock": _clock(folder, clock),
    }
    return [replace(one, key=key) for key, one in looked.items()]


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


def _updates(clock: Clock) -> Checked:
    what = M("System updates")
    if any(mark.exists() for mark in _RESTART):
        return Checked(what, State.BETTER, M("wait for a restart"), M("Please restart the computer."))
    return updates_since(_updated_at(), clock.now())


def updates_since(last: datetime | None, now: datetime) -> Checked:
    """The finding, from when updates were looked for last."""
    what = M("System updates")
    if last is None:
        return _unknown(what)
    days = max(0, (now - last).days)
    said = M("looked for {n} day ago", "looked for {n} days ago", n=days) if days else M("looked for today")
    if days <= LONGEST_WITHOUT_UPDATES:
        return Checked(what, State.RIGHT, said)
    return Checked(what, State.BETTER, said, M("Please let the computer look for updates."))


def _updated_at() -> datetime | None:
    """When this computer last looked for updates; None where it does not tell."""
    if sys.platform == "darwin":
        return mac_update(answer_of("defaults", "read", _MAC_UPDATES, "LastSuccessfulDate"))
    found = [datetime.fromtimestamp(path.stat().st_mtime, UTC) for path in _UPDATE_MARKS if path.exists()]
    return max(found, default=None)


def mac_update(said: str | None) -> datetime | None:
    """From what `defaults` says: `2026-11-20 08:15:00 +0000`."""
    try:
        return datetime.strptime(said or "", "%Y-%m-%d %H:%M:%S %z")
    except ValueError:
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
