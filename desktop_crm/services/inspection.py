"""Looks at the file itself: the activity log and whether it is unbroken, and whether everything is sound."""

from __future__ import annotations

from collections.abc import Callable
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
        checked = _check_log(office, reading)
        return [
            Finding(
                M("Customer file: every page is undamaged"),
                not damaged,
                M("Please copy the whole folder to a safe place and bring back a safety copy."),
                damage=True,
                key="pages",
            ),
            Finding(
                M("Customer file: rows and indexes fit together"),
                not torn,
                M("Please copy the whole folder to a safe place and bring back a safety copy."),
                damage=True,
                key="structure",
            ),
            Finding(M("Customer file: version {n}", n=len(migrations())), sound=True, key="version"),
            Finding(
                M("Activity log: {n} lines, unbroken", n=checked.lines),
                checked.whole,
                M("Somebody or something changed the log outside this program. Please keep a copy of the folder."),
                damage=True,
                key="activity-log",
            ),
            _ledger(
                M("Permissions: every line is unbroken"),
                "permissions",
                whole=consents.are_unbroken(reading.whole(), office.ledger_key),
            ),
            _ledger(
                M("Erasures: the ledger is unbroken"),
                "erasures",
                whole=ledger_is_whole(reading.whole(), office.ledger_key),
            ),
            _looked_at(office, reading),
            *_unproved(reading),
        ]

    return office.read(work)


def _ledger(what: M, key: str, *, whole: bool) -> Finding:
    todo = M("Somebody or something changed the ledger outside this program. Please keep a copy of the folder.")
    return Finding(what, whole, todo, damage=True, key=key)


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
