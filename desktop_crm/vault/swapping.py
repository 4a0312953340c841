"""Puts a customer file that was made ready beside in place of the present one, which is kept aside as a whole.

Every step can be the last: a mark tells that a swap is under way, and the next opening goes on with it. What is ready
beside and what lies in place tell by themselves which steps were done. The key file stays in its place until the new
one takes it, so that at no moment the folder looks like one in which nothing was begun.
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

from desktop_crm.host.files import make_private_folder, not_written, sync_folder, write_atomically
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.header import HeaderDamaged, HeaderNewer

MARK = "customers.swap"
ASIDE = "before-"
READY = "brought-back"
"""The folder, in that of the customer file, in which the other one is made ready."""
_MOMENT, _MOMENT_SIGNS = "%Y-%m-%d-%H%M%S", 17
COPYING, LOOKING = "copying", "looking"
"""Folders beside the customer file in which safety copies are written and opened."""


def ready_folder(folder: VaultFolder) -> VaultFolder:
    """Where a customer file that is to take the place of the present one is made ready."""
    return VaultFolder(folder.path / READY)


def begin(folder: VaultFolder, aside: str) -> None:
    """From here on there is no way back: what was made ready takes its place, now or at the next opening.

    Hold the InstanceLock; the customer file must be closed. `aside` names the folder for what is there now.
    """
    write_atomically(folder.path / MARK, json.dumps({"aside": aside}).encode("ascii"))
    finish(folder)


def under_way(folder: VaultFolder) -> bool:
    """Whether a swap was begun and not ended."""
    return (folder.path / MARK).exists()


def finish(folder: VaultFolder) -> None:
    """Goes on with a swap that was begun, if one was, and removes what a crash left beside the customer file.

    Hold the InstanceLock. Raises Problem where the disk refuses.
    """
    mark = folder.path / MARK
    if not mark.exists():
        sweep(folder)
        return
    aside = folder.path / _aside_of(mark)
    ready = ready_folder(folder)
    try:
        if ready.database.exists():
            _keep(folder, aside)
            os.replace(ready.database, folder.database)
            sync_folder(folder.path)
        _take_keys(ready, folder)
        sync_folder(folder.path)
        mark.unlink()
        sync_folder(folder.path)
    except OSError as error:
        raise not_written(folder.path, error) from error
    sweep(folder)


def is_other(folder: VaultFolder, ready: VaultFolder) -> bool:
    """Whether the two hold files of different shops, as far as their key files tell."""
    here, there = file_of(folder), file_of(ready)
    return bool(here and there) and here != there


def file_of(folder: VaultFolder) -> str:
    """Which customer file lies here; empty where no key file can be read."""
    with contextlib.suppress(HeaderDamaged, HeaderNewer):
        return folder.headers()[0].vault_id
    return ""


def sweep(folder: VaultFolder) -> None:
    """Removes what was made ready and never used, and what was being written. Not while a swap is under way."""
    if not under_way(folder):
        for name in (READY, COPYING, LOOKING):
            shutil.rmtree(folder.path / name, ignore_errors=True)


def set_asides(folder: VaultFolder) -> list[Path]:
    """The folders in which earlier customer files were kept, oldest first."""
    return sorted(path for path in folder.path.glob(f"{ASIDE}*") if path.is_dir())


def name_aside(folder: VaultFolder, moment: datetime) -> str:
    """A free name for a folder in which the present file is kept; it tells the moment, in UTC."""
    names = (
        f"{ASIDE}{moment.astimezone(UTC):{_MOMENT}}{number}" for number in ("", *(f"-{n}" for n in range(2, 1000)))
    )
    return next(name for name in names if not (folder.path / name).exists())


def kept_aside_at(path: Path) -> datetime | None:
    """When an earlier file was kept aside, by the name of its folder."""
    with contextlib.suppress(ValueError):
        return datetime.strptime(path.name.removeprefix(ASIDE)[:_MOMENT_SIGNS], _MOMENT).replace(tzinfo=UTC)
    return None


def _aside_of(mark: Path) -> str:
    """The name in the mark; should the mark be unreadable, a fixed one: everything is kept all the same."""
    with contextlib.suppress(ValueError, KeyError, TypeError):
        name = str(json.loads(mark.read_bytes())["aside"])
        if name.startswith(ASIDE) and Path(name).name == name:
            return name
    return f"{ASIDE}unnamed"


def _keep(folder: VaultFolder, aside: Path) -> None:
    """Everything of the present file, together: the keys as copies, the database with what lies beside it moved."""
    keys = [path for path in (folder.header, folder.header_copy, folder.copy_keys) if path.exists()]
    data = [path for path in (folder.database, *folder.side_files()) if path.exists()]
    if not keys and not data:
        return
    make_private_folder(aside)
    for path in keys:
        if not (aside / path.name).exists():
            write_atomically(aside / path.name, path.read_bytes())
    for path in data:
        os.replace(path, aside / path.name)
    sync_folder(aside)
    sync_folder(folder.path)


def _take_keys(ready: VaultFolder, folder: VaultFolder) -> None:
    # What was tried here meanwhile is still to be told; what was tried at another shop's file is not.
    if ready.tries.exists() and (is_other(folder, ready) or not folder.tries.exists()):
        os.replace(ready.tries, folder.tries)
    pairs = (
        (ready.header, folder.header),
        (ready.header_copy, folder.header_copy),
        (ready.copy_keys, folder.copy_keys),
    )
    for source, target in pairs:
        if source.exists():
            os.replace(source, target)
