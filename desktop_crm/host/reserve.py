"""Room that is kept on the disk, so that there is some when the disk is full and somebody has to be erased."""

from __future__ import annotations

import contextlib
import os
import shutil
from pathlib import Path

from desktop_crm.host.files import PRIVATE_FILE

MIB = 1024 * 1024
LEAST = 8 * MIB
"""So much an erasure needs whatever the size of the file."""
MOST = 512 * MIB
"""More is not kept, however large the file."""


class Reserve:
    """A file without content that can be made smaller or removed. Nothing here raises: it is help, and no duty."""

    def __init__(self, path: Path, database: Path) -> None:
        """`path` is the file that keeps the room; `database` the one an erasure would write anew."""
        self._path = path
        self._database = database
        self._given = False

    @property
    def size(self) -> int:
        """How much room it keeps now."""
        try:
            return self._path.stat().st_size
        except OSError:
            return 0

    @property
    def free(self) -> int:
        """How much room there is on the disk beside it."""
        try:
            return shutil.disk_usage(self._path.parent).free
        except OSError:
            return 0

    @property
    def wanted(self) -> int:
        """What an erasure may need: to write the whole file anew, and a little more."""
        try:
            return min(LEAST + self._database.stat().st_size, MOST)
        except OSError:
            return LEAST

    def keep(self) -> bool:
        """Keep what is wanted, if as much is left to others afterwards; whether it is kept now."""
        wanted = self.wanted
        missing = wanted - self.size
        if missing <= 0:
            return True
        if self.free < missing + wanted:
            return False
        try:
            _allocate(self._path, wanted)
        except OSError:
            self.release()
            return False
        return True

    def take_back(self) -> None:
        """Keep again what was given, as far as nobody else has taken it meanwhile."""
        size = min(self.wanted, self.size + self.free - MIB)
        if self._given and size > self.size:
            with contextlib.suppress(OSError):
                _allocate(self._path, size)

    def give(self, amount: int, *, least: int = 0) -> bool:
        """Give so much room back to the disk, but keep `least`; False if there is not so much."""
        left = self.size - amount
        if left < least:
            return False
        self._given = True
        try:
            os.truncate(self._path, left)
        except OSError:
            return False
        return True

    def release(self) -> bool:
        """Give all of it back; False if there was nothing."""
        had = self.size > 0
        self._given |= had
        with contextlib.suppress(OSError):
            self._path.unlink(missing_ok=True)
        return had and not self._path.exists()

    def ease(self) -> None:
        """Where the disk is full to the brim, give as much as opening and looking need."""
        if self.size and self.free < MIB:
            self.give(MIB)


def _allocate(path: Path, size: int) -> None:
    """Really take the room: a file with a hole in it keeps none."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), PRIVATE_FILE)
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(file.fileno(), 0, size)
        else:
            # Not zeros: some file systems keep no room for those.
            block = os.urandom(MIB)
            for start in range(0, size, MIB):
                file.write(block[: size - start])
        os.fsync(file.fileno())
