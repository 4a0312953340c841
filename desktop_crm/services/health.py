"""Whether file, disk, place and computer are in order: one page, and `doctor`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from pathlib import Path

from desktop_crm.host import computer
from desktop_crm.host.clock import Clock
from desktop_crm.host.paths import place_warning
from desktop_crm.host.reserve import MIB
from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.records.technical import JobRun
from desktop_crm.services import inspection
from desktop_crm.services.acts import act
from desktop_crm.services.inspection import Finding
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Reading
from desktop_crm.words import M

_LITTLE = 256 * MIB
"""Less room than this on the disk is too little for daily work."""
_BACK = timedelta(days=1)


class Part(StrEnum):
    """What was looked at."""

    FILE = "file"
    PLACE = "place"
    COMPUTER = "computer"


PARTS = {Part.FILE: M("Customer file"), Part.PLACE: M("Disk and place"), Part.COMPUTER: M("This computer")}
"""The parts in their order, with their words."""
EVERY_PART = frozenset(Part)
QUICK = frozenset({Part.PLACE, Part.COMPUTER})
"""What can be told at once, however large the file is."""
Tell = Callable[[Part], None]
"""Gets what is looked at, several times. If it raises, the check ends."""


@dataclass(frozen=True, slots=True)
class Checked:
    """One finding, and the part it belongs to."""

    part: Part
    finding: Finding


@act(Verb.LIST, JobRun)
def look_over(office: Office, tell: Tell = lambda _: None, *, parts: frozenset[Part] = EVERY_PART) -> list[Checked]:
    """Look at everything, or at these parts. Changes nothing but the room that is kept for erasures."""
    folder = office.store.database.parent
    looks: dict[Part, Callable[[], Iterable[Finding]]] = {
        Part.FILE: lambda: inspection.check_up(office, lambda: tell(Part.FILE)),
        Part.PLACE: lambda: _of_place(office, folder),
        Part.COMPUTER: lambda: _of_computer(office, folder),
    }
    found: list[Checked] = []
    for part, look in looks.items():
        if part in parts:
            tell(part)
            found += [Checked(part, finding) for finding in look()]
    return found


def _of_place(office: Office, folder: Path) -> Iterator[Finding]:
    yield _room(office)
    yield _reserve(office)
    yield Finding(
        M("Folder: can be written to"),
        os.access(folder, os.W_OK | os.X_OK),
        M("Please check the folder and its rights: nothing can be saved there."),
        key="writable",
    )
    warning = place_warning(folder)
    yield Finding(
        M("Folder: on this computer, and not copied to a cloud") if warning is None else warning,
        warning is None,
        M("Close the program, move the whole folder to another place, and open it from there."),
        key="place",
    )


def _room(office: Office) -> Finding:
    free = office.reserve.free
    enough = free >= max(_LITTLE, 2 * office.reserve.wanted)
    return Finding(M("Disk: {n} MB free", n=free // MIB), enough, M("Please free some space."), key="room")


def _reserve(office: Office) -> Finding:
    kept = office.reserve.keep()
    return Finding(
        M("Room kept for erasing on a full disk: {n} MB", n=office.reserve.size // MIB),
        kept,
        M("Please free some space: erasing may need it."),
        key="reserve",
    )


def _of_computer(office: Office, folder: Path) -> Iterator[Finding]:
    yield office.read(lambda reading: _clock(reading, office.clock))
    for one in computer.computer_check(folder, office.clock):
        yield Finding(
            M("{what}: {said}", what=one.what, said=one.said),
            one.state is not computer.State.BETTER,
            one.todo,
            key=one.key,
            unknown=one.state is computer.State.UNKNOWN,
        )


def _clock(reading: Reading, clock: Clock) -> Finding:
    """Against the newest line of the log: the file itself remembers when it was."""
    newest = reading.whole().find(AuditEntry, order=("-seq",), limit=1)
    fits = not newest or clock.now() > newest[0].at - _BACK
    what = M("Clock: later than everything in the file") if fits else M("Clock: earlier than what is in the file")
    todo = M("Please set date and time: keeping times and deadlines are counted from them.")
    return Finding(what, fits, todo, key="clock-against-file")
