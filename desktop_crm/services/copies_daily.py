"""Looks after the safety copies by itself: makes the one that is due, and lets those go whose time is over.

The question "is it due?" is asked of the row of the last success, so a copy that was missed, because the computer slept
or the stick was in a drawer, is made as soon as that is possible.
"""

from __future__ import annotations

import contextlib
import uuid
from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop_crm.records.audit import Verb
from desktop_crm.records.erasure import Erasure
from desktop_crm.records.safety_copy import CopyCheck, CopyKind, CopyState, SafetyCopy
from desktop_crm.records.technical import JobRun
from desktop_crm.services import adopting
from desktop_crm.services.actor import PROGRAM
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.copies import JOB, TEST_JOB, check_copy, erase_in_copy, expire, is_there, make_copy
from desktop_crm.services.copies_page import EVERY
from desktop_crm.services.ledger_lines import folder_of, remember_erasures, still_in
from desktop_crm.services.office import Office
from desktop_crm.services.resealing import seal_for_sheet
from desktop_crm.services.settings import COPIES_FOLDER, value_of
from desktop_crm.services.thinning import Thinning, to_keep
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.vault import copy_keys
from desktop_crm.vault.copy_keys import CopyKeys
from desktop_crm.words import Problem

TEST_EVERY = timedelta(days=7)
_EXPIRED_KEPT = timedelta(days=90)
_LONGEST = timedelta(days=Thinning().longest)


@dataclass(frozen=True, slots=True)
class LookedAfter:
    """What was done: a new copy, how many had their time, in how many erasures were finished, and what went wrong."""

    made: bool = False
    expired: int = 0
    finished: int = 0
    damaged: int = 0
    problem: Problem | None = None


def look_after(office: Office) -> LookedAfter:
    """Do what is due, under the program's own name. Raises nothing that a plugged-out stick can cause."""
    program = Office(office.store, office.keys, office.clock, who=PROGRAM)
    remember_erasures(program)
    if program.read(lambda reading: _differs(program, reading)):
        see_copies(program)
    seal_for_sheet(program)
    finished = _finish_erasures(program)
    made, problem = _make_due(program)
    return LookedAfter(made, _thin(program), finished, _test_due(program), problem)


@act(Verb.CHECK, SafetyCopy)
def see_copies(office: Office) -> None:
    """Bring the catalogue in line with what lies there: what was seen, what has gone, what was kept aside."""

    def work(writing: Writing, trace: Trace) -> None:
        adopting.enter(writing, adopting.unknown(office, writing))
        keys, here = copy_keys.load(folder_of(office), office.keys), adopting.place_of_asides(office)
        for row in writing.find(SafetyCopy, eq("state", CopyState.KEPT)):
            seen = _seen(row)
            if seen is True:
                writing.update(SafetyCopy, row.id, last_seen=office.clock.now())
            elif seen is False:
                writing.update(SafetyCopy, row.id, state=CopyState.GONE)
            if row.kind is CopyKind.SET_ASIDE and row.folder != here:
                writing.update(SafetyCopy, row.id, folder=here)
            if (opens := _opens_with_sheet(row, keys)) is not row.for_sheet:
                writing.update(SafetyCopy, row.id, for_sheet=opens)
            trace.number += 1
        for row in writing.find(SafetyCopy):
            if row.state is not CopyState.KEPT and office.clock.now() - row.made_at > _EXPIRED_KEPT:
                writing.delete(SafetyCopy, eq("id", row.id))

    office.write(work)


def _differs(office: Office, reading: Reading) -> bool:
    """Whether there is anything to bring in line: once a day, and when something was plugged in or has gone."""
    rows = reading.find(SafetyCopy, eq("state", CopyState.KEPT))
    now = office.clock.now()
    keys, here = copy_keys.load(folder_of(office), office.keys), adopting.place_of_asides(office)
    if any(row.kind is CopyKind.SET_ASIDE and row.folder != here for row in rows):
        return True
    if adopting.unknown(office, reading) or any(_opens_with_sheet(row, keys) is not row.for_sheet for row in rows):
        return True
    return any(_seen(row) is False or (_seen(row) and now - (row.last_seen or row.made_at) >= EVERY) for row in rows)


def _opens_with_sheet(row: SafetyCopy, keys: CopyKeys) -> bool:
    """As it is remembered beside the database, which may have been brought back from before the present sheet."""
    known = keys.copies.get(str(uuid.UUID(bytes=row.id)))
    return known.for_sheet if known is not None else row.for_sheet


def _seen(row: SafetyCopy) -> bool | None:
    """Whether the file is there; None where its folder cannot be reached."""
    return is_there(row) if Path(row.folder).is_dir() else None


def _finish_erasures(office: Office) -> int:
    """Write those copies anew that can be reached and still hold somebody who was erased; returns how many."""

    def due(reading: Reading) -> list[SafetyCopy]:
        erased = reading.find(Erasure)
        rows = reading.find(SafetyCopy, eq("state", CopyState.KEPT), eq("kind", CopyKind.COPY))
        return [row for row in rows if still_in(row, erased) and _seen(row)]

    done = 0
    for row in office.read(due):
        # One without a key here goes by itself when its time is over.
        with contextlib.suppress(Problem):
            erase_in_copy(office, row.id)
            done += 1
    return done


def _make_due(office: Office) -> tuple[bool, Problem | None]:
    to = office.read(lambda reading: value_of(reading, COPIES_FOLDER))
    if not to or not Path(to).is_dir() or not _is_due(office, JOB, EVERY):
        return False, None
    try:
        make_copy(office, Path(to))
    except Problem as problem:
        return False, problem
    return True, None


def _is_due(office: Office, job: str, every: timedelta) -> bool:
    last = office.read(lambda reading: reading.get(JobRun, job))
    return last is None or abs(office.clock.now() - last.last_success) >= every


def _thin(office: Office) -> int:
    rows = office.read(lambda reading: reading.find(SafetyCopy, eq("state", CopyState.KEPT)))
    erased = office.read(lambda reading: reading.find(Erasure))
    now = office.clock.now()
    places: dict[str, list[datetime]] = defaultdict(list)
    for row in rows:
        if row.kind is CopyKind.COPY:
            places[row.folder].append(row.made_at)
    kept = to_keep(places, now, office.shop.zone)
    going = [row.id for row in rows if row.kind is CopyKind.COPY and (row.folder, row.made_at) not in kept]
    # Erasure records promise a last day, also for the only copy there is.
    going += [row.id for row in rows if row.id not in going and now - row.made_at > _LONGEST and _goes(row, erased)]
    return expire(office, going) if going else 0


def _goes(row: SafetyCopy, erased: list[Erasure]) -> bool:
    return row.kind is CopyKind.SET_ASIDE or bool(still_in(row, erased))


def _test_due(office: Office) -> int:
    """Open the copy that was not opened for longest, once a week; returns how many were found damaged."""
    if not _is_due(office, TEST_JOB, TEST_EVERY):
        return 0
    rows = office.read(
        lambda reading: reading.find(
            SafetyCopy, eq("state", CopyState.KEPT), eq("kind", CopyKind.COPY), order=("checked_at", "made_at")
        )
    )
    for row in rows:
        if _seen(row):
            with contextlib.suppress(Problem):
                return int(check_copy(office, row.id).result is CopyCheck.DAMAGED)
    return 0
