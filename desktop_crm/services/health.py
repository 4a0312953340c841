"""Whether file, disk, place and computer are in order: one page, and `doctor`."""

from __future__ import annotations

import os
import uuid
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
from desktop_crm.records.safety_copy import CopyKind, CopyState, SafetyCopy
from desktop_crm.records.technical import JobRun
from desktop_crm.services import inspection
from desktop_crm.services.acts import act
from desktop_crm.services.copies import JOB as COPIES
from desktop_crm.services.copies_page import EVERY, is_overdue, last_made
from desktop_crm.services.inspection import Finding
from desktop_crm.services.ledger_lines import folder_of
from desktop_crm.services.office import Office
from desktop_crm.services.settings import COPIES_FOLDER, value_of
from desktop_crm.services.yearly import asked
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq
from desktop_crm.vault import copy_keys
from desktop_crm.words import M

_LITTLE = 256 * MIB
"""Less room than this on the disk is too little for daily work."""
_BACK = timedelta(days=1)


class Part(StrEnum):
    """What was looked at."""

    FILE = "file"
    PLACE = "place"
    COMPUTER = "computer"
    SHOP = "shop"


PARTS = {
    Part.FILE: M("Customer file"),
    Part.PLACE: M("Disk and place"),
    Part.COMPUTER: M("This computer"),
    Part.SHOP: M("What only people can see"),
}
"""The parts in their order, with their words."""
EVERY_PART = frozenset(Part)
QUICK = frozenset({Part.PLACE, Part.COMPUTER, Part.SHOP})
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
        Part.SHOP: lambda: _of_shop(office),
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
    writable = os.access(folder, os.W_OK | os.X_OK)
    yield Finding(
        M("Folder: can be written to") if writable else M("Folder: cannot be written to"),
        writable,
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
    yield from office.read(lambda reading: list(_copies(office, reading)))


def _copies(office: Office, reading: Reading) -> Iterator[Finding]:
    yield _safety_copy(reading, office.clock)
    chosen = value_of(reading, COPIES_FOLDER)
    if chosen:
        yield _copies_folder(Path(chosen), reading, office.clock)
    known = copy_keys.load(folder_of(office), office.keys)
    kept = reading.find(SafetyCopy, eq("state", CopyState.KEPT), eq("kind", CopyKind.COPY))
    missing = sum(str(uuid.UUID(bytes=row.id)) not in known.copies for row in kept)
    if known.damaged or missing:
        none = M(
            "Safety copies: this computer has no key to {n} of them",
            "Safety copies: this computer has no keys to {n} of them",
            n=missing,
        )
        yield Finding(
            M("Safety copies: the file that keeps their keys is damaged") if known.damaged else none,
            sound=False,
            todo=M("The recovery sheet of their time still opens them. Please make a new safety copy now."),
            damage=known.damaged,
            key="copy-keys",
        )


def _copies_folder(to: Path, reading: Reading, clock: Clock) -> Finding:
    """A stick that lies in the cupboard is missing only once the copy of the day waits for it."""
    there, last = to.is_dir(), reading.get(JobRun, COPIES)
    waits = last is None or clock.now() - last.last_success >= EVERY
    return Finding(
        M("Folder for the safety copy of every day: to be reached")
        if there
        else M("Folder for the safety copy of every day: not to be reached now"),
        there or not waits,
        M("Please plug in the stick or disk, or choose another folder."),
        key="copies-folder",
    )


def _safety_copy(reading: Reading, clock: Clock) -> Finding:
    last = last_made(reading.find(SafetyCopy, eq("state", CopyState.KEPT)))
    what = M("Safety copy: none yet") if last is None else M("Safety copy: last made on {at}", at=last)
    todo = M("Please make a safety copy: without one, all is lost with this computer.")
    return Finding(what, not is_overdue(last, clock.now()), todo, key="safety-copy")


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


def _of_shop(office: Office) -> Iterator[Finding]:
    for one in office.read(lambda reading: asked(office, reading)):
        said = one.answer
        yield Finding(
            one.statement,
            said is None or said.in_order,
            M("Please put this in order, and say so once it is.")
            if one.fresh
            else M("Please look, and say how it is."),
            key=f"asked-{one.question}",
            unknown=not one.fresh,
        )


def _clock(reading: Reading, clock: Clock) -> Finding:
    """Against the latest line of the log, whenever it was written: the newest one was written by this very clock."""
    latest = reading.whole().find(AuditEntry, order=("-at",), limit=1)
    fits = not latest or clock.now() > latest[0].at - _BACK
    what = M("Clock: later than everything in the file") if fits else M("Clock: earlier than what is in the file")
    todo = M(
        "Please look at date and time: keeping times and deadlines are counted from them. If they are right, the clock "
        "was ahead at an earlier time."
    )
    return Finding(what, fits, todo, key="clock-against-file")
