"""Enters in the catalogue what lies there and is not in it: a customer file that was brought back knows only its time.

Done as soon as such a file opens, before anybody can be erased in it: an erasure record counts every copy that may
still hold the person.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from desktop_crm.records.audit import Verb
from desktop_crm.records.safety_copy import CopyCheck, CopyKind, CopyState, SafetyCopy
from desktop_crm.records.staff import OpenCase, Role, RoleRight, SpareCode, Staff
from desktop_crm.records.technical import JobRun, Setting
from desktop_crm.services import settings
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.copies import JOB, TEST_JOB
from desktop_crm.services.ledger_lines import folder_of
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import after, eq
from desktop_crm.vault import copy_keys, swapping
from desktop_crm.vault.copy_keys import CopyKey, CopyKeys
from desktop_crm.vault.folder import VaultFolder

_OF_KEYS = tuple(
    one.name
    for one in (
        settings.SHEET_CHECKED_ON,
        settings.SHEET_SAVED_HOW,
        settings.SHEET_PUT_OFF_ON,
        settings.LOCK_CHANGED_ON,
        settings.WAY_REMOVED_ON,
    )
)
"""Settings that tell of the key file, which stays as it is when a safety copy comes back."""
_OF_PLACE = (settings.COPIES_FOLDER.name,)
"""Settings that tell of this place, for a file that takes the place of the present one."""


@dataclass(frozen=True, slots=True)
class People:
    """Who works here now and may do what: this belongs to the key file, which stays as it is."""

    staff: tuple[Staff, ...]
    rights: tuple[Role | RoleRight | SpareCode, ...]
    cases: dict[bytes, datetime]
    """Until when an opened case is open."""


@dataclass(frozen=True, slots=True)
class Carried:
    """What a customer file that comes back takes over from the one that is here: it knows better than the copy."""

    copies: tuple[SafetyCopy, ...]
    runs: tuple[JobRun, ...]
    settings: dict[str, Setting | None]
    people: People


def carried_from(reading: Reading, *, in_place: bool) -> Carried:
    """From the file that is here. `in_place`: the other one takes its place, and lies not beside it."""
    rows = reading.find(SafetyCopy)
    runs = (reading.get(JobRun, job) for job in (JOB, TEST_JOB))
    names = (*_OF_KEYS, *_OF_PLACE) if in_place else _OF_KEYS
    return Carried(
        tuple(row for row in rows if in_place or row.kind is CopyKind.COPY),
        tuple(run for run in runs if run is not None),
        {name: reading.get(Setting, name) for name in names},
        _people(reading),
    )


def _people(reading: Reading) -> People:
    roles, rights, spare = reading.find(Role), reading.find(RoleRight), reading.find(SpareCode)
    return People(
        tuple(reading.find(Staff)), (*roles, *rights, *spare), {case.id: case.until for case in reading.find(OpenCase)}
    )


def take_over(writing: Writing, carried: Carried, now: datetime, today: date) -> None:
    """Inside the writing of another act: in place of what the copy said of this."""
    _take_over_people(writing, carried.people, now, today)
    for row in writing.find(SafetyCopy):
        writing.delete(SafetyCopy, eq("id", row.id))
    for row in carried.copies:
        writing.insert(row)
    for run in carried.runs:
        writing.put(run)
    for name, value in carried.settings.items():
        if value is None:
            writing.delete(Setting, eq("name", name))
        else:
            writing.put(value)


def _take_over_people(writing: Writing, people: People, now: datetime, today: date) -> None:
    """Nobody gets back what was taken from them since: no role, no day, no used code, no case that was closed.

    Whoever is in the copy alone has no way in, and is listed among those who left.
    """
    for record in (SpareCode, RoleRight, Role):
        writing.delete(record)
    known = {one.id for one in people.staff}
    for row in people.staff:
        writing.put(row)
    for row in writing.find(Staff, eq("left_on", None)):
        if row.id not in known:
            writing.update(Staff, row.id, left_on=today)
    for right in people.rights:
        writing.insert(right)
    for case in writing.find(OpenCase, after("until", now)):
        until = people.cases.get(case.id, now)
        if until < case.until:
            writing.update(OpenCase, case.id, until=until)


@act(Verb.CHECK, SafetyCopy)
def adopt(office: Office) -> None:
    """Enter what lies there and is not in the catalogue."""

    def work(writing: Writing, trace: Trace) -> None:
        rows = unknown(office, writing)
        enter(writing, rows)
        trace.number = len(rows)

    office.write(work)


def enter(writing: Writing, rows: list[SafetyCopy]) -> None:
    """Inside the writing of another act: these as well."""
    for row in rows:
        writing.insert(row)


def unknown(office: Office, reading: Reading) -> list[SafetyCopy]:
    """Lines for the safety copies whose keys are here and for earlier files kept aside that have none."""
    folder = folder_of(office)
    keys = copy_keys.load(folder, office.keys)
    return [*unknown_copies(reading, keys), *_unknown_asides(office, reading, folder.path)]


def unknown_copies(reading: Reading, keys: CopyKeys) -> list[SafetyCopy]:
    """Lines for the safety copies with these keys that have none."""
    known = {row.id for row in reading.find(SafetyCopy)}
    named = {uuid.UUID(text).bytes: copy for text, copy in keys.copies.items()}
    return [_row_of(key, copy) for key, copy in named.items() if key not in known]


def place_of_asides(office: Office) -> str:
    """Where files are kept aside: beside the customer file, wherever its folder was moved."""
    return str(folder_of(office).path.absolute())


def _unknown_asides(office: Office, reading: Reading, folder: Path) -> Iterator[SafetyCopy]:
    names = {row.file_name for row in reading.find(SafetyCopy, eq("kind", CopyKind.SET_ASIDE))}
    for path in swapping.set_asides(VaultFolder(folder)):
        if path.name not in names:
            yield _aside_row(office, path)


def _row_of(key: bytes, copy: CopyKey) -> SafetyCopy:
    made = datetime.fromisoformat(copy.made_at)
    path = Path(copy.folder) / copy.file_name
    return SafetyCopy(
        id=key,
        kind=CopyKind.COPY,
        made_at=made,
        folder=copy.folder,
        file_name=copy.file_name,
        size=path.stat().st_size if path.exists() else 0,
        state=CopyState.KEPT,
        result=CopyCheck.NOT_YET,
        erased_until=made,
        for_sheet=copy.for_sheet,
    )


def _aside_row(office: Office, path: Path) -> SafetyCopy:
    """It is as old as the swap, and whoever was erased since is still in it."""
    now = office.clock.now()
    at = swapping.kept_aside_at(path) or datetime.fromtimestamp(path.stat().st_mtime, UTC)
    return SafetyCopy(
        id=office.new_id(),
        kind=CopyKind.SET_ASIDE,
        made_at=min(at, now),
        folder=place_of_asides(office),
        file_name=path.name,
        size=sum(one.stat().st_size for one in path.iterdir()),
        state=CopyState.KEPT,
        last_seen=now,
        result=CopyCheck.NOT_YET,
        erased_until=min(at, now),
        for_sheet=True,
    )
