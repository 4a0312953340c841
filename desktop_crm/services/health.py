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
from desktop_crm.services.copies_page import is_overdue, last_made
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
    yield office.read(lambda reading: _safety_copy(reading, office.clock))
    yield from _copies_folder(office)
    yield _copy_keys(office)


def _safety_copy(reading: Reading, clock: Clock) -> Finding:
    last = last_made(reading.find(SafetyCopy, eq("state", CopyState.KEPT)))
    what = M("Safety copy: none yet") if last is None else M("Safety copy: last made on {at}", at=last)
    todo = M("Please make a safety copy: without one, all is lost with this computer.")
    return Finding(what, not is_overdue(last, clock.now()), todo, key="safety-copy")


def _copies_folder(office: Office) -> Iterator[Finding]:
    """Only where a copy is to be made every day."""
    to = office.read(lambda reading: value_of(reading, COPIES_FOLDER))
    if to:
        there = Path(to).is_dir()
        yield Finding(
            M("Folder for safety copies: can be reached")
            if there
            else M("Folder for safety copies: not to be reached"),
            there,
            M("Please plug in the stick or disk, or choose another folder: no copy is made until then."),
            key="copies-folder",
        )


def _copy_keys(office: Office) -> Finding:
    """A copy that is kept has its key, unless the file of keys was damaged or taken away."""
    keys = copy_keys.load(folder_of(office), office.keys).copies
    rows = office.read(lambda reading: reading.find(SafetyCopy, eq("state", CopyState.KEPT), eq("kind", CopyKind.COPY)))
    n = sum(str(uuid.UUID(bytes=row.id)) not in keys for row in rows)
    missing = M("Keys of the safety copies: {n} is missing", "Keys of the safety copies: {n} are missing", n=n)
    return Finding(
        missing if n else M("Keys of the safety copies: all there"),
        not n,
        M("Safety copies made so far open with the recovery sheet only. Please make a new one."),
        key="copy-keys",
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
    """Against the newest line of the log: the file itself remembers when it was."""
    newest = reading.find(AuditEntry, order=("-seq",), limit=1)
    fits = not newest or clock.now() > newest[0].at - _BACK
    what = M("Clock: later than everything in the file") if fits else M("Clock: earlier than what is in the file")
    todo = M("Please set date and time: keeping times and deadlines are counted from them.")
    return Finding(what, fits, todo, key="clock-against-file")
