"""A disk of a few megabytes that can be filled."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.faults import shop

LEAST = 64 * 1024


@contextmanager
def mounted(root: Path, size: int) -> Iterator[Path]:
    """A shop's root whose data lie on a disk of so many bytes; only root can make one."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("a small disk can be made by root on Linux alone; see the test with a limit on file sizes")
    disk = shop.folder_of(root).path
    disk.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "none", str(disk)], check=True)
    try:
        yield root
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def fill(root: Path) -> Path:
    """Takes all the room that is left."""
    filler = shop.folder_of(root).path / "filler"
    with filler.open("ab", buffering=0) as file:
        for size in (LEAST, 4096, 512):
            try:
                while file.write(bytes(size)):
                    pass
            except OSError:
                continue
    return filler
