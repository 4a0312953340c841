"""What the file systems of this computer are mounted on, and whether a disk can be unplugged or is encrypted."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from desktop_crm.cheap import fixed

_DEPTH = 8
"""Layers of disks upon disks that are looked through: encryption on a volume group on a disk is three."""


@fixed
class Mount:
    """A file system: the device it lies on (or a name, for those without), where it is found, and its type."""

    device: str
    point: Path
    kind: str


def mounts(text: str | None = None) -> list[Mount]:
    """The file systems there are, in the order in which they were mounted; empty where the computer does not tell.

    `text` is that of /proc/mounts; read from there if not given.
    """
    if text is None:
        try:
            text = Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape")
        except OSError:
            return []
    lines = (line.split(" ") for line in text.splitlines())
    return [Mount(_plain(row[0]), Path(_plain(row[1])), row[2]) for row in lines if len(row) >= 3]


def mount_of(folder: Path, known: list[Mount]) -> Mount | None:
    """The file system that holds `folder`: the longest point above it, the last one if stacked."""
    best: Mount | None = None
    for mount in known:
        longer = best is None or len(mount.point.parts) >= len(best.point.parts)
        if longer and folder.is_relative_to(mount.point):
            best = mount
    return best


def can_be_unplugged(mount: Mount, blocks: Path = Path("/sys/class/block")) -> bool:
    """Whether the file system lies on a stick, a card or a disk on a cable. `blocks` is what Linux tells of disks."""
    return any(_is_loose(disk) for disk in _disks_of(mount, blocks))


def is_encrypted(mount: Mount, blocks: Path = Path("/sys/class/block")) -> bool | None:
    """Whether the disk under the file system is encrypted by the operating system; None where that is not known."""
    layers = list(_layers(_name_of(mount), blocks))
    if not layers:
        return None
    return any(_text(layer / "dm" / "uuid").startswith("CRYPT-") for layer in layers)


def _plain(text: str) -> str:
    """A mount point as it is: the kernel writes space, tab, newline and backslash as octal numbers."""
    for sign in (" ", "\t", "\n", "\\"):
        text = text.replace(f"\\{ord(sign):03o}", sign)
    return text


def _name_of(mount: Mount) -> str:
    """`sdb1` of `/dev/sdb1`; a name given by a link (`/dev/mapper/luks-…`) is that of what it leads to."""
    if not mount.device.startswith("/dev/"):
        return ""
    device = Path(mount.device)
    return device.resolve().name if sys.platform != "win32" and device.exists() else device.name


def _layers(name: str, blocks: Path, depth: int = _DEPTH) -> Iterator[Path]:
    """The disk of that name and those it is made of, down to what can be touched."""
    disk = blocks / name
    if not name or not depth or not disk.exists():
        return
    yield disk.resolve()
    below = disk / "slaves"
    for part in sorted(below.iterdir()) if below.is_dir() else ():
        yield from _layers(part.name, blocks, depth - 1)


def _disks_of(mount: Mount, blocks: Path) -> Iterator[Path]:
    """The disks under a file system; of a partition the disk it is part of."""
    for layer in _layers(_name_of(mount), blocks):
        yield layer.parent if (layer / "partition").exists() else layer


def _is_loose(disk: Path) -> bool:
    on_a_cable = any(part.startswith("usb") and part[3:].isdigit() for part in disk.parts)
    return _text(disk / "removable") == "1" or on_a_cable or _text(disk / "device" / "type") == "SD"


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
