"""Looks after the safety copies by itself: makes the one that is due, and lets those go whose time is over.

The question "is it due?" is asked of the row of the last success, so a copy that was missed, because the computer slept
or the stick was in a drawer, is made as soon as that is possible.
"""

from __future__ import annotations

import contextlib
import uuid
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from desktop_crm.records.audit import Verb
from desktop_crm.records.erasure import Erasure
from desktop_crm.records.safety_copy import CopyCheck, CopyKind, CopyState, SafetyCopy
from desktop_crm.records.technical import JobRun
from desktop_crm.services.actor import PROGRAM
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.copies import JOB, TEST_JOB, check_copy, erase_in_copy, expire, is_there, make_copy
from desktop_crm.services.copies_page import EVERY
from desktop_crm.services.ledger_lines import folder_of, remember_erasures, still_in
from desktop_crm.services.office import Office
from desktop_crm.services.settings import COPIES_FOLDER, value_of
from desktop_crm.services.thinning import to_keep
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.vault import copy_keys, swapping
from desktop_crm.vault.copy_keys import CopyKey
from desktop_crm.words import Problem

TEST_EVERY = timedelta(days=7)
_EXPIRED_KEPT = timedelta(days=90)
_ASIDE_KEPT = timedelta(days=35)


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
    finished = _finish_erasures(program)
    made, problem = _make_due(program)
    return LookedAfter(made, _thin(program), finished, _test_due(program), problem)


@act(Verb.CHECK, SafetyCopy)
def see_copies(office: Office) -> None:
    """Bring the catalogue in line with what lies there: what was seen, what has gone, what was kept aside."""

    def work(writing: Writing, trace: Trace) -> None:
        _adopt(office, writing)
        for row in writing.find(SafetyCopy, eq("state", CopyState.KEPT)):
            seen = _seen(row)
            if seen is True:
                writing.update(SafetyCopy, row.id, last_seen=office.clock.now())
            elif seen is False:
                writing.update(SafetyCopy, row.id, state=CopyState.GONE)
            trace.number += 1
        for row in writing.find(SafetyCopy):
            if row.state is not CopyState.KEPT and office.clock.now() - row.made_at > _EXPIRED_KEPT:
                writing.delete(SafetyCopy, eq("id", row.id))

    office.write(work)


def _differs(office: Office, reading: Reading) -> bool:
    """Whether there is anything to bring in line: once a day, and when something was plugged in or has gone."""
    rows = reading.find(SafetyCopy, eq("state", CopyState.KEPT))
    now = office.clock.now()
    known = {row.id for row in reading.find(SafetyCopy)}
    if any(one not in known for one, _ in _unknown(office, known)):
        return True
    return any(_seen(row) is False or (_seen(row) and now - (row.last_seen or row.made_at) >= EVERY) for row in rows)


def _seen(row: SafetyCopy) -> bool | None:
    """Whether the file is there; None where its folder cannot be reached."""
    return is_there(row) if Path(row.folder).is_dir() else None


def _adopt(office: Office, writing: Writing) -> None:
    """Enter copies that a customer file which was brought back does not know of."""
    known = {row.id for row in writing.find(SafetyCopy)}
    for _, row in _unknown(office, known):
        writing.insert(row)


def _unknown(office: Office, known: set[bytes]) -> Iterable[tuple[bytes, SafetyCopy]]:
    folder = folder_of(office)
    for text, copy in copy_keys.load(folder, office.keys).copies.items():
        key = uuid.UUID(text).bytes
        if key not in known:
            yield key, _row_of(key, copy)
    names = {row.file_name for row in office.store.read(lambda r: r.find(SafetyCopy, eq("kind", CopyKind.SET_ASIDE)))}
    for path in swapping.set_asides(folder):
        if path.name not in names:
            key = office.new_id()
            yield key, _aside_row(office, key, path)


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


def _aside_row(office: Office, key: bytes, path: Path) -> SafetyCopy:
    now = office.clock.now()
    return SafetyCopy(
        id=key,
        kind=CopyKind.SET_ASIDE,
        made_at=now,
        folder=str(path.parent),
        file_name=path.name,
        size=sum(one.stat().st_size for one in path.iterdir()),
        state=CopyState.KEPT,
        last_seen=now,
        result=CopyCheck.NOT_YET,
        erased_until=now,
        for_sheet=True,
    )


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
    now = office.clock.now()
    places: dict[str, list[datetime]] = defaultdict(list)
    for row in rows:
        if row.kind is CopyKind.COPY:
            places[row.folder].append(row.made_at)
    kept = to_keep(places, now, office.shop.zone)
    going = [row.id for row in rows if row.kind is CopyKind.COPY and (row.folder, row.made_at) not in kept]
    going += [row.id for row in rows if row.kind is CopyKind.SET_ASIDE and now - row.made_at > _ASIDE_KEPT]
    return expire(office, going) if going else 0


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
