"""Who came in, and who tried: lines of the activity log that are written when the customer file opens."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum

from desktop_crm.host.clock import Clock, FixedClock
from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.records.staff import Staff
from desktop_crm.records.technical import Setting
from desktop_crm.services import journal
from desktop_crm.services.actor import PROGRAM, UNKNOWN, Actor
from desktop_crm.services.acts import Trace, act, performing
from desktop_crm.services.office import Office
from desktop_crm.services.passwords import WrongCode, WrongPassword
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from desktop_crm.vault import problems, recovery, staff, tries
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.tries import Attempt
from desktop_crm.words import Problem

GENERATION = "sign_in.count"
"""The setting that says which count of failed attempts is the present one."""
_APART = 50
"""So many failed attempts get a line each; of more, one line tells how many."""


class Way(StrEnum):
    """A way into the customer file."""

    KEY_STORE = "key-store"
    PASSWORD = "password"  # noqa: S105 - the name of a way in
    RECOVERY_SHEET = "recovery-sheet"
    INVITATION = "invitation"
    PERSON = "person"
    """The password of one person."""
    CODE = "code"
    """The code from a person's telephone, or a spare code, after the right password."""


@act(Verb.SIGN_IN, AuditEntry)
def sign_in(office: Office, way: Way, *, counting: int | None = None) -> None:
    """Note that somebody opened the file. `counting`: which count of failed attempts begins now."""

    def work(writing: Writing, trace: Trace) -> None:
        trace.fields = (way.value,)
        if counting is not None:
            writing.put(Setting(name=GENERATION, value=str(counting)))

    office.write(work)


@act(Verb.SIGN_IN, AuditEntry)
def failed_sign_ins(office: Office, attempts: Sequence[Attempt]) -> None:
    """Note what was tried while the file was locked, with the time of each attempt, and as whom."""
    rows = office.read(_numbers)
    lines = [(one, _line_of(one, rows)) for one in attempts[:_APART]]
    if rest := attempts[_APART:]:
        lines.append((rest[-1], replace(_line_of(rest[-1], rows), number=len(rest))))
    told, key = performing().act, office.audit_key

    def work(writing: Writing, trace: Trace) -> None:
        for one, line in lines[:-1]:
            journal.append(writing, key, told, line, actor=_who_tried(one, rows).name, at=one.at)
        last = lines[-1][1]
        trace.row, trace.fields, trace.number = last.row, last.fields, last.number

    office.write(work)


def _numbers(reading: Reading) -> dict[str, bytes]:
    return {one.number: one.id for one in reading.find(Staff)}


def _who_tried(attempt: Attempt, rows: Mapping[str, bytes]) -> Actor:
    """Nobody knows who it was, unless the password of that person was right and only the code was not."""
    way, _, number = attempt.way.partition(" ")
    return replace(UNKNOWN, name=number) if way == Way.CODE and number in rows else UNKNOWN


def _line_of(attempt: Attempt, rows: Mapping[str, bytes]) -> Trace:
    """The way in, and the row of the person as whom it was tried."""
    way, _, number = attempt.way.partition(" ")
    return Trace(row=rows.get(number), fields=(way,))


@act(Verb.SIGN_IN, AuditEntry)
def miss_count(office: Office) -> None:
    """Note that the count of failed attempts was removed or changed while the file was locked."""
    office.looked(None)


def come_in(office: Office, folder: VaultFolder, way: Way, *, noted: bool = False) -> None:
    """Write who came in and who had tried before; `noted`: the opening itself stands in the log already.

    On a full disk the file can be read all the same; each look at a person still needs its line.
    """
    with contextlib.suppress(Problem):
        _come_in(office, folder, way, noted=noted)
    with contextlib.suppress(Problem):
        _mend(office, folder)


def _mend(office: Office, folder: VaultFolder) -> None:
    known = office.read(lambda reading: frozenset(one.number for one in reading.find(Staff, eq("left_on", None))))
    if staff.people(folder, office.keys) - known:
        mend_ways(Office(office.store, office.keys, office.clock, who=PROGRAM), folder, known)


@act(Verb.CHECK, Staff)
def mend_ways(office: Office, folder: VaultFolder, known: frozenset[str]) -> None:
    """Take out of the key file the ways in of people who left or were never entered: a crash may leave them there."""
    office.looked(None, number=staff.keep_only(folder, office.keys, known))


def _come_in(office: Office, folder: VaultFolder, way: Way, *, noted: bool) -> None:
    stored = office.read(lambda reading: reading.get(Setting, GENERATION))
    counted = tries.read(folder, office.audit_key, int(stored.value)) if stored is not None else None
    if counted is not None and counted.attempts:
        last = counted.attempts[-1]
        who = _who_tried(last, office.read(_numbers))
        failed_sign_ins(Office(office.store, office.keys, FixedClock(last.at), who=who), counted.attempts)
    if counted is not None and not counted.whole:
        miss_count(office)
    anew = counted is None or bool(counted.attempts) or not counted.whole
    last_one = max(int(stored.value) if stored is not None else 0, counted.generation if counted is not None else 0)
    following = last_one + 1 if anew else None
    if following is not None or not noted:
        sign_in(office, way, counting=following)
    if following is not None:
        tries.begin(folder, office.audit_key, following)


def begin_counting(office: Office, folder: VaultFolder) -> None:
    """Of a file that is new in this folder: count failed attempts from now on. Problem where the disk refuses."""
    stored = office.read(lambda reading: reading.get(Setting, GENERATION))
    if stored is not None:
        tries.begin(folder, office.audit_key, int(stored.value))


def count_failed(folder: VaultFolder, clock: Clock, problem: Problem, who: str = "") -> None:
    """Count an attempt that was refused because of what was typed. Anything else that is in the way is no attempt.

    `who`: the number of the person as whom it was tried.
    """
    way = _tried(problem, who)
    if way is not None:
        tries.add(folder, Attempt(clock.now(), f"{way} {who}".strip()))


def _tried(problem: Problem, who: str) -> Way | None:
    if isinstance(problem, WrongPassword) and not problem.tried:
        return None
    if isinstance(problem, WrongCode):
        return Way.CODE
    if isinstance(problem, WrongPassword):
        return Way.PERSON if who else Way.PASSWORD
    sheets = (problems.other_sheet(), recovery.several_groups(), *map(recovery.wrong_group, range(1, 10)))
    return Way.RECOVERY_SHEET if any(problem.what == one.what for one in sheets) else None
