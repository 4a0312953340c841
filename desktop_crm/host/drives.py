"""Sticks, cards and disks that can be unplugged: the only places where a recovery sheet is saved as a file."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

from desktop_crm.cheap import fixed
from desktop_crm.host.mounts import Mount, can_be_unplugged, mount_of, mounts
from desktop_crm.host.programs import answer_of

_BLOCKS = Path("/sys/class/block")
_OF_THE_SYSTEM = frozenset(map(Path, ("/", "/boot", "/boot/efi", "/home", "/usr", "/var", "/opt")))
"""A computer that runs from a stick keeps its customer file there too."""
_WINDOWS_REMOVABLE = 2


@fixed
class Drive:
    """A drive that can be unplugged: where its files are, and what it is called."""

    path: Path
    label: str


def removable_drives(told: str | None = None, blocks: Path = _BLOCKS) -> list[Drive]:
    """The drives that can be unplugged and are ready to be written to, by name.

    `told` is the text of /proc/mounts and `blocks` what Linux tells of disks; both are asked for if not given.
    """
    if sys.platform == "win32":
        return list(_windows_drives())
    if sys.platform == "darwin":
        return list(_mac_drives())
    loose = (mount for mount in mounts(told) if _is_loose(mount, blocks))
    return sorted({mount.point: Drive(mount.point, mount.point.name) for mount in loose}.values(), key=_by_label)


def is_removable(path: Path, told: str | None = None, blocks: Path = _BLOCKS) -> bool:
    """Whether `path` lies on a drive that can be unplugged. Where the computer does not tell, it does not."""
    whole = path.expanduser().resolve()
    if sys.platform in ("win32", "darwin"):
        return any(whole.is_relative_to(drive.path) for drive in removable_drives())
    mount = mount_of(whole, mounts(told))
    return mount is not None and _is_loose(mount, blocks)


def _is_loose(mount: Mount, blocks: Path) -> bool:
    return mount.point not in _OF_THE_SYSTEM and can_be_unplugged(mount, blocks)


def _by_label(drive: Drive) -> tuple[str, Path]:
    return drive.label.casefold(), drive.path


def _windows_drives() -> Iterator[Drive]:
    import ctypes

    windows = getattr(ctypes, "windll", None)
    if windows is None:
        return
    there = windows.kernel32.GetLogicalDrives()
    for at, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        root = f"{letter}:\\"
        if there >> at & 1 and windows.kernel32.GetDriveTypeW(root) == _WINDOWS_REMOVABLE:
            name = ctypes.create_unicode_buffer(261)
            if windows.kernel32.GetVolumeInformationW(root, name, len(name), None, None, None, None, 0):
                yield Drive(Path(root), f"{name.value or letter} ({letter}:)")


def _mac_drives() -> Iterator[Drive]:
    for volume in sorted(Path("/Volumes").iterdir()):
        if not volume.is_symlink() and _mac_is_loose(volume):
            yield Drive(volume, volume.name)


def _mac_is_loose(volume: Path) -> bool:
    """What macOS' own `diskutil` says; a disk image is nothing to be unplugged."""
    import plistlib

    said = answer_of("diskutil", "info", "-plist", str(volume))
    try:
        told = plistlib.loads((said or "").encode())
    except plistlib.InvalidFileException:
        return False
    return bool(told.get("RemovableMediaOrExternalDevice")) and told.get("BusProtocol") != "Disk Image"
