"""Puts finished papers where a person wants them: checked before the work, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from desktop_crm.host.files import not_written, write_atomically
from desktop_crm.words import M, Problem

LEAST_ROOM = 4_000_000
"""Bytes that must be free before papers are promised: an erasure cannot be taken back when its letter has no room."""


@dataclass(frozen=True, slots=True)
class Saved:
    """A paper that was written, and the SHA-256 of what was handed out."""

    path: Path
    sha256: bytes


def check_folder(folder: Path) -> None:
    """Make the folder if need be and see that it can be written to, before anything is done. Raises Problem."""
    probe = folder / f".{secrets.token_hex(8)}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe.touch()
        os.unlink(probe)
        free = shutil.disk_usage(folder).free
    except OSError as error:
        raise not_written(folder, error) from None
    if free < LEAST_ROOM:
        raise Problem(
            M("There is too little room for papers in the folder “{folder}”.", folder=str(folder)),
            safe=M("Nothing was changed."),
            todo=M("Please free some space, or choose another folder."),
        )


def save(folder: Path, papers: Mapping[str, bytes]) -> list[Saved]:
    """Write papers under their names (numbers, never a person's name). Raises Problem."""
    written = []
    for name, content in papers.items():
        write_atomically(folder / name, content)
        written.append(Saved(folder / name, hashlib.sha256(content).digest()))
    return written
