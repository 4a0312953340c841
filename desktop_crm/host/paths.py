"""Where the customer file lies, and whether that is a good place for it."""

from __future__ import annotations

import sys
from pathlib import Path

from desktop_crm.host.mounts import mount_of, mounts
from desktop_crm.words import M

CRASH_FILE = "last-crash-{window}.txt"
"""Where the system's own crashes leave a trace, beside the preferences: one file for each window."""

_CLOUDS = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "nextcloud": "Nextcloud",
    "owncloud": "ownCloud",
    "icloud": "iCloud",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "com~apple~clouddocs": "iCloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "my drive": "Google Drive",
    "pcloud drive": "pCloud",
    "pclouddrive": "pCloud",
    "synologydrive": "Synology Drive",
    "box sync": "Box",
    "megasync": "MEGA",
}
_NETWORK_TYPES = frozenset(
    {
        "nfs",
        "nfs4",
        "cifs",
        "smb3",
        "smbfs",
        "ncpfs",
        "afs",
        "ceph",
        "9p",
        "davfs",
        "glusterfs",
        "lustre",
        "fuse.sshfs",
        "fuse.davfs2",
        "fuse.glusterfs",
        "fuse.rclone",
        "fuse.s3fs",
        "fuse.gvfsd-fuse",
        "fuse.onedriver",
        "fuse.google-drive-ocamlfuse",
    }
)
_DRIVE_REMOTE = 4


def example_folder(data_dir: Path) -> Path:
    """Where the example shop lies: beside the folder of the real customer file, never in it."""
    return data_dir.with_name(f"{data_dir.name} example")


def default_data_dir() -> Path:
    """The folder of this account in which the customer file lies unless another is chosen."""
    from platformdirs import user_data_path

    name = "Desktop CRM" if sys.platform in ("win32", "darwin") else "desktop-crm"
    return user_data_path(name, appauthor=False, roaming=False)


def place_warning(folder: Path, told: str | None = None) -> M | None:
    """A warning if `folder` is copied to a cloud or lies on another computer, else None.

    Both copy a file while it is being written, and the cloud keeps what was erased here. `told` is the text of
    /proc/mounts; read from there if not given.
    """
    whole = folder.expanduser().resolve()
    cloud = cloud_of(whole)
    if cloud is not None:
        return M(
            "The folder “{folder}” is copied to {cloud} by itself. The copies there outlive what you erase here, and a "
            "copy made while you work can be broken. Better choose a folder that stays on this computer.",
            folder=str(folder),
            cloud=cloud,
        )
    if is_in_network(whole, told):
        return M(
            "The folder “{folder}” lies on another computer in the network. A dropped connection can damage the "
            "customer file there. Better choose a folder on this computer.",
            folder=str(folder),
        )
    return None


def cloud_of(folder: Path) -> str | None:
    """The cloud to which a folder is copied by itself, by its name; None for none that is known."""
    for part in folder.parts:
        # "OneDrive - Blumen Weber", "Dropbox (Personal)", "OneDrive-Personal", "Nextcloud2"
        plain = part.casefold().strip(" .")
        for start, cloud in _CLOUDS.items():
            rest = plain.removeprefix(start)
            if rest != plain and (not rest or not rest[0].isalpha()):
                return cloud
    return None


def is_in_network(folder: Path, told: str | None = None) -> bool:
    """Whether `folder` lies on another computer; `told` as in `place_warning`."""
    if sys.platform == "win32":
        return _is_remote_drive(folder)
    mount = mount_of(folder, mounts(told))
    return mount is not None and mount.kind in _NETWORK_TYPES


def _is_remote_drive(folder: Path) -> bool:
    if folder.drive.startswith("\\\\"):
        return True
    import ctypes

    windows = getattr(ctypes, "windll", None)
    return windows is not None and windows.kernel32.GetDriveTypeW(folder.anchor) == _DRIVE_REMOTE
