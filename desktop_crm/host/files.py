"""Writing small files so that a crash leaves the old one or the new one, never half of either."""

import contextlib
import errno
import os
import stat
import sys
from collections.abc import Iterator
from pathlib import Path

from desktop_crm.words import M, Problem

PRIVATE_FILE = 0o600
PRIVATE_FOLDER = 0o700


def file_mode(folder: Path) -> int:
    """Rights of a file of ours in `folder`: for this account alone, or for a group that the folder itself is open to.

    So several accounts share a customer file where somebody has made such a folder for them; nobody else ever reads.
    """
    try:
        shared = folder.stat().st_mode & stat.S_IRWXG == stat.S_IRWXG
    except OSError:
        shared = False
    return PRIVATE_FILE | (stat.S_IRGRP | stat.S_IWGRP if shared else 0)


def make_private_folder(folder: Path) -> None:
    """Creates `folder` for this account alone; one that is there already keeps its rights.

    Raises Problem where the folder cannot be created.
    """
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=PRIVATE_FOLDER)
    except FileExistsError:
        if not folder.is_dir():
            raise not_written(folder, NotADirectoryError(errno.ENOTDIR, "")) from None
    except OSError as error:
        raise not_written(folder, error) from error


@contextlib.contextmanager
def told_apart() -> Iterator[None]:
    """Turns what the computer refuses while files are opened into a sentence, without the path."""
    try:
        yield
    except OSError as error:
        raise Problem(
            M("This account may not read the customer file or its folder, or one of them is not what it should be."),
            safe=M("Nothing was changed."),
            todo=M("Please check the folder and its rights."),
        ) from error


def write_atomically(path: Path, data: bytes, mode: int = PRIVATE_FILE) -> None:
    """Puts `data` at `path`, readable by this account only unless `mode` says more, and returns once the disk has it.

    The text goes to a file beside it first, which then takes its place. Raises Problem where the disk refuses.
    """
    beside = path.with_name(path.name + ".new")
    try:
        _write_through(beside, data, mode)
        os.replace(beside, path)
        sync_folder(path.parent)
    except OSError as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise not_written(path, error) from error


def sync_folder(folder: Path) -> None:
    """Makes a rename in `folder` outlast a power cut. Windows has no such call and needs none."""
    if sys.platform == "win32":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    except OSError as error:
        # Some network disks know no such call for a folder.
        if error.errno not in (errno.EINVAL, errno.ENOTSUP):
            raise
    finally:
        os.close(descriptor)


def not_written(path: Path, error: OSError) -> Problem:
    """What to tell a person when `path` could not be written."""
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return _not_allowed(path.parent)
    if error.errno in (errno.ENOENT, errno.ENOTDIR):
        return _no_folder(path.parent)
    why = M("The disk is full.") if error.errno in (errno.ENOSPC, errno.EDQUOT) else M("The disk refused it.")
    return Problem(
        M("“{path}” could not be written. {why}", path=str(path), why=why),
        safe=M("What was there before is still there."),
        todo=M("Make room or choose another folder, then try again."),
    )


def _no_folder(folder: Path) -> Problem:
    return Problem(
        M("The folder “{folder}” is not there.", folder=str(folder)),
        safe=M("Nothing was changed."),
        todo=M("Choose another folder, or make this one first."),
    )


def _not_allowed(folder: Path) -> Problem:
    """Nothing is broken and nothing was lost: a door is closed, and somebody can open it."""
    return Problem(
        M("This account may not write into the folder “{folder}”.", folder=str(folder)),
        safe=M("Nothing was changed."),
        todo=M("Choose another folder, or ask whoever looks after this computer to let you write into this one."),
    )


def _write_through(path: Path, data: bytes, mode: int) -> None:
    path.unlink(missing_ok=True)
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, PRIVATE_FILE)
    with os.fdopen(descriptor, "wb") as file:
        if mode != PRIVATE_FILE:
            path.chmod(mode)
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
