"""The folder of a customer file: which files lie in it, what state they are in, and how the key file is kept."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from enum import Enum
from pathlib import Path

from desktop_crm.host.files import file_mode, not_written, sync_folder, write_atomically
from desktop_crm.host.instance import LOCK_NAME
from desktop_crm.vault import problems
from desktop_crm.vault.header import Header, HeaderDamaged, HeaderNewer, from_bytes, to_bytes
from desktop_crm.vault.names import COPY_KEYS, DATABASE, KEYS, KEYS_COPY, RESERVE, TRIES
from desktop_crm.words import Problem

_SIDE_FILES = ("-wal", "-shm", "-journal")
_ASIDE = "unfinished-"
_LARGEST_HEADER = 1024 * 1024


class State(Enum):
    """What lies in the folder of a customer file."""

    NOTHING = "nothing"
    INTERRUPTED = "interrupted"
    """Setting up began and did not end; no customer was ever in it."""
    COMPLETE = "complete"
    HEADER_MISSING = "database without key file"
    HEADER_DAMAGED = "both copies of the key file damaged"
    HEADER_NEWER = "key file of a later version"
    DATABASE_MISSING = "key file without database"
    DATABASE_EMPTIED = "database of 0 bytes"
    """Somebody else's doing: an emptied file is never taken for a new one."""


_PROBLEMS: dict[State, Callable[[Path], Problem]] = {
    State.NOTHING: problems.nothing_here,
    State.INTERRUPTED: problems.interrupted,
    State.COMPLETE: problems.here_already,
    State.HEADER_MISSING: problems.header_missing,
    State.HEADER_DAMAGED: problems.header_damaged,
    State.HEADER_NEWER: problems.header_newer,
    State.DATABASE_MISSING: problems.database_missing,
    State.DATABASE_EMPTIED: problems.database_emptied,
}


class VaultFolder:
    """Names and state of the files of one customer file. Reads and writes the key file; never the database."""

    def __init__(self, data_dir: Path) -> None:
        """`data_dir` need not exist yet."""
        self.path = data_dir

    @property
    def database(self) -> Path:
        """The encrypted customer list."""
        return self.path / DATABASE

    @property
    def header(self) -> Path:
        """The key file."""
        return self.path / KEYS

    @property
    def header_copy(self) -> Path:
        """The key file's second copy."""
        return self.path / KEYS_COPY

    @property
    def copy_keys(self) -> Path:
        """The keys of the safety copies."""
        return self.path / COPY_KEYS

    @property
    def lock(self) -> Path:
        """Tells other programs who has the customer file open."""
        return self.path / LOCK_NAME

    @property
    def tries(self) -> Path:
        """Counts failed attempts to open the file, for the pauses and until the activity log can tell of them."""
        return self.path / TRIES

    @property
    def reserve(self) -> Path:
        """Keeps room on the disk, so that an erasure finds some when it is full."""
        return self.path / RESERVE

    @property
    def unfinished_copy(self) -> Path:
        """Where the customer file is copied under a new key, before it takes the file's place."""
        return self.path / (DATABASE + "-next")

    def side_files(self) -> tuple[Path, ...]:
        """What the database keeps beside itself while it is open, or after a crash."""
        return tuple(self.path / (DATABASE + ending) for ending in _SIDE_FILES)

    @property
    def page_numbers(self) -> Path:
        """Among these the one without content: in which order the pages beside the database are to be read."""
        return self.path / f"{DATABASE}-shm"

    def state(self) -> State:
        """What lies here."""
        if not self.header.exists() and not self.header_copy.exists():
            there = any(path.exists() for path in (self.database, *self.side_files()))
            return State.HEADER_MISSING if there else State.NOTHING
        try:
            newest = self.headers()[0]
        except HeaderNewer:
            return State.HEADER_NEWER
        except HeaderDamaged:
            return State.HEADER_DAMAGED
        if not newest.complete:
            return State.INTERRUPTED
        if not self.database.exists():
            return State.DATABASE_MISSING
        return State.COMPLETE if self.database.stat().st_size else State.DATABASE_EMPTIED

    def headers(self) -> list[Header]:
        """The readable copies of the key file, newest first. Raises HeaderNewer if one is of a later version.

        Raises HeaderDamaged if none is readable.
        """
        found = [header for path in (self.header, self.header_copy) if (header := _read(path)) is not None]
        if not found:
            raise HeaderDamaged
        return sorted(found, key=lambda header: -header.sequence)

    def write_header(self, header: Header) -> None:
        """Writes both copies, one after the other, so that a crash leaves at least one. Raises Problem."""
        data, mode = to_bytes(header), file_mode(self.path)
        write_atomically(self.header, data, mode)
        write_atomically(self.header_copy, data, mode)

    def mend_header(self, header: Header) -> None:
        """Puts a known good header in place of a missing, damaged or older copy; one of another file is left alone.

        A folder that cannot be written just now is no reason not to open.
        """
        data = to_bytes(header)
        for path in (self.header, self.header_copy):
            other = _read(path)
            if other is None or (other != header and other.vault_id == header.vault_id):
                with contextlib.suppress(Problem):
                    write_atomically(path, data, file_mode(self.path))

    def set_aside_unfinished(self) -> None:
        """After an interrupted set-up: renames its database, if that has bytes, and puts its key file beside.

        No customer should be in it. But should the mark "not complete" be wrong, everything is still there to open it:
        the keys first, so that a crash in between separates nothing. Raises Problem where the disk refuses.
        """
        data = [path for path in (self.database, *self.side_files()) if path.exists()]
        if not any(path.stat().st_size for path in data):
            return
        aside = f"{_ASIDE}{_free_number(self.path)}-"
        for path in (self.header, self.header_copy):
            if path.exists():
                write_atomically(path.with_name(aside + path.name), path.read_bytes())
        try:
            for path in data:
                path.rename(path.with_name(aside + path.name))
            sync_folder(self.path)
        except OSError as error:
            raise not_written(self.path, error) from error

    def remove_files(self) -> None:
        """Removes the customer file and, last, its key file. Raises Problem where the disk refuses."""
        try:
            ours = (self.copy_keys, self.tries, self.reserve, self.header_copy, self.header)
            for path in (self.database, *self.side_files(), *ours):
                path.unlink(missing_ok=True)
            sync_folder(self.path)
        except OSError as error:
            raise not_written(self.path, error) from error

    def set_aside(self) -> list[Path]:
        """What earlier interrupted set-ups left."""
        return sorted(self.path.glob(f"{_ASIDE}*"))

    def require(self, *states: State) -> None:
        """Raises the Problem that belongs to the present state unless it is one of `states`."""
        state = self.state()
        if state not in states:
            raise _PROBLEMS[state](self.path)


def _read(path: Path) -> Header | None:
    """One copy, None if it is missing or damaged. Raises HeaderNewer."""
    try:
        with path.open("rb") as file:
            return from_bytes(file.read(_LARGEST_HEADER))
    except (OSError, HeaderDamaged):
        return None


def _free_number(folder: Path) -> int:
    number = 1
    while any(folder.glob(f"{_ASIDE}{number}-*")):
        number += 1
    return number
