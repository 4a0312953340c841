"""Looks at the file itself: the activity log and whether it is unbroken, and whether everything is sound."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime

from desktop_crm.privacy.log_chain import Break, Fault
from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.records.erasure import Erasure, ErasureProof
from desktop_crm.records.technical import JobRun
from desktop_crm.services import consents
from desktop_crm.services.acts import act
from desktop_crm.services.erasing import ledger_is_whole
from desktop_crm.services.log_page import EVERYTHING, LogFilter
from desktop_crm.services.office import Office
from desktop_crm.services.retention import JOB, is_due
from desktop_crm.storage.diagnose import contradictions
from desktop_crm.storage.migrate import migrations
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq
from desktop_crm.words import M


@dataclass(frozen=True, slots=True)
class LogCheck:
    """How many lines the activity log has, and every place at which it was changed, from the first on."""

    lines: int
    breaks: tuple[Break, ...] = ()

    @property
    def whole(self) -> bool:
        """Nothing is wrong with it."""
        return not self.breaks

    @property
    def broken_at(self) -> int | None:
        """The first line that is not as it was written, the end aside."""
        return next((one.first for one in self.breaks if one.fault is not Fault.CUT), None)

    @property
    def cut(self) -> bool:
        """Whether its end is missing."""
        return any(one.fault is Fault.CUT for one in self.breaks)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: M
    sound: bool
    todo: M | None = None
    damage: bool = False
    """Whether a fault here means that the file itself was damaged or changed, and not that something is to be done."""
    key: str = ""
    """What it is called by machines."""
    unknown: bool = False
    """Nobody can tell from here."""


@act(Verb.LIST, AuditEntry)
def log(office: Office, chosen: LogFilter = EVERYTHING, *, limit: int = 200) -> list[AuditEntry]:
    """The newest lines of the activity log that meet the filter."""
    conditions = chosen.conditions(office.shop.zone)
    return office.read(lambda reading: reading.find(AuditEntry, *conditions, order=("-seq",), limit=limit))


@act(Verb.LIST, AuditEntry)
def check_log(office: Office) -> LogCheck:
    """Go through the whole log, seal by seal, and compare its end with the one remembered outside the file."""
    return office.read(lambda reading: _check_log(office, reading))


def _check_log(office: Office, reading: Reading) -> LogCheck:
    lines, breaks = office.log_breaks(reading)
    return LogCheck(lines, tuple(breaks))


@act(Verb.LIST, JobRun)
def check_up(office: Office, going: Callable[[], None] = lambda: None) -> list[Finding]:
    """Whether file, log, keeping times and erasures are in order, each with what mends it.

    First the seals of the pages, then what SQLite finds, each on a fresh connection: a bad page spoils what follows.
    `going` is called in between; if it raises, the check ends.
    """
    damaged = office.store.damage()
    going()
    torn = office.store.damage(contradictions)
    going()

    def work(reading: Reading) -> list[Finding]:
        return [
            *_of_pages(damaged, torn),
            Finding(M("Customer file: version {n}", n=len(migrations())), sound=True, key="version"),
            *_of_chains(office, reading),
            _looked_at(office, reading),
            *_unproved(reading),
        ]

    return office.read(work)


def _of_pages(damaged: int, torn: int) -> Iterator[Finding]:
    whole = M("Customer file: every page is undamaged")
    bad = M("Customer file: {n} page is damaged", "Customer file: {n} pages are damaged", n=damaged)
    yield _found(not damaged, whole, bad, _BRING_BACK, "pages")
    fits = M("Customer file: rows and indexes fit together")
    yield _found(not torn, fits, M("Customer file: rows and indexes contradict each other"), _BRING_BACK, "structure")


def _of_chains(office: Office, reading: Reading) -> Iterator[Finding]:
    log = _check_log(office, reading)
    unbroken = M("Activity log: {n} lines, unbroken", n=log.lines)
    broken = M("Activity log: changed or cut outside this program")
    yield _found(log.whole, unbroken, broken, _KEEP_A_COPY, "activity-log")
    yield _found(
        consents.are_unbroken(reading, office.ledger_key),
        M("Permissions: every line is unbroken"),
        M("Permissions: lines were changed outside this program"),
        _KEEP_A_COPY,
        "permissions",
    )
    yield _found(
        ledger_is_whole(reading, office.ledger_key),
        M("Erasures: the ledger is unbroken"),
        M("Erasures: the ledger was changed outside this program"),
        _KEEP_A_COPY,
        "erasures",
    )


_BRING_BACK = M("Please copy the whole folder to a safe place and bring back a safety copy.")
_KEEP_A_COPY = M("Please keep a copy of the whole folder, and find out who had access to it.")


def _found(sound: bool, right: M, wrong: M, todo: M, key: str) -> Finding:
    """Something that is damaged unless it is sound, in the words that belong to it."""
    return Finding(right if sound else wrong, sound, todo, damage=True, key=key)


def _looked_at(office: Office, reading: Reading) -> Finding:
    last: JobRun | None = reading.get(JobRun, JOB)
    if last is None:
        never, todo = M("Keeping times: never looked at yet"), M("Run the review of keeping times.")
        return Finding(never, sound=False, todo=todo, key="keeping-times")
    day: datetime = last.last_success
    return Finding(
        M("Keeping times: last looked at on {at}", at=day),
        not is_due(office),
        M("Run the review of keeping times."),
        key="keeping-times",
    )


def _unproved(reading: Reading) -> list[Finding]:
    """Erasures whose final search was not finished, or found something."""
    findings = []
    for erasure in reading.find(Erasure):
        proofs = reading.find(ErasureProof, eq("erasure_id", erasure.id), order=("-searched_at",), limit=1)
        if not proofs or proofs[0].pending or proofs[0].found:
            findings.append(
                Finding(
                    M("Erasure {number}: the final search is not finished or found something", number=erasure.number),
                    sound=False,
                    todo=M("The erasure itself is done. Old pages are overwritten at each start of the program."),
                    key="final-search",
                )
            )
    return findings
