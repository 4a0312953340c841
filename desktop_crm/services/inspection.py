"""Looks at the file itself: the activity log and whether it is unbroken, and whether everything is sound."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from desktop_crm.host.paths import place_warning
from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.records.erasure import Erasure, ErasureProof
from desktop_crm.records.technical import JobRun
from desktop_crm.services import consents
from desktop_crm.services.acts import act
from desktop_crm.services.erasing import ledger_is_whole
from desktop_crm.services.office import Office
from desktop_crm.services.retention import JOB, is_due
from desktop_crm.storage.migrate import migrations
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import eq
from desktop_crm.words import M


@dataclass(frozen=True, slots=True)
class LogCheck:
    """Whether the activity log is whole: the first line that does not fit, and whether its end is missing."""

    lines: int
    broken_at: int | None
    cut: bool

    @property
    def whole(self) -> bool:
        """Nothing is wrong with it."""
        return self.broken_at is None and not self.cut


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at."""

    what: M
    sound: bool
    todo: M | None = None
    damage: bool = False
    """Whether a fault here means that the file itself was damaged or changed, and not that something is to be done."""


@act(Verb.LIST, AuditEntry)
def log(office: Office, *, person: bytes | None = None, limit: int = 200) -> list[AuditEntry]:
    """The newest lines of the activity log, of one person if one is given."""
    conditions = (eq("person_id", person),) if person is not None else ()
    return office.read(lambda reading: reading.find(AuditEntry, *conditions, order=("-seq",), limit=limit))


@act(Verb.LIST, AuditEntry)
def check_log(office: Office) -> LogCheck:
    """Go through the whole log, seal by seal, and compare its end with the one remembered outside the file."""
    return office.read(lambda reading: _check_log(office, reading))


def _check_log(office: Office, reading: Reading) -> LogCheck:
    return LogCheck(reading.count(AuditEntry), office.log_break(reading), office.log_was_cut(reading))


@act(Verb.LIST, JobRun)
def check_up(office: Office) -> list[Finding]:
    """Whether file, log, keeping times and erasures are in order, each with what mends it."""
    damaged = office.store.damaged_pages()

    def work(reading: Reading) -> list[Finding]:
        checked = _check_log(office, reading)
        return [
            Finding(
                M("Customer file: every page is undamaged"),
                not damaged,
                M("Please copy the whole folder to a safe place and bring back a safety copy."),
                damage=True,
            ),
            Finding(M("Customer file: version {n}", n=len(migrations())), sound=True),
            Finding(
                M("Activity log: {n} lines, unbroken", n=checked.lines),
                checked.whole,
                M("Somebody or something changed the log outside this program. Please keep a copy of the folder."),
                damage=True,
            ),
            _ledger(M("Permissions: every line is unbroken"), whole=consents.are_unbroken(reading, office.ledger_key)),
            _ledger(M("Erasures: the ledger is unbroken"), whole=ledger_is_whole(reading, office.ledger_key)),
            _looked_at(office, reading),
            *_unproved(reading),
        ]

    findings = office.read(work)
    warning = place_warning(office.store.database.parent)
    if warning is not None:
        findings.append(Finding(warning, sound=False))
    return findings


def _ledger(what: M, *, whole: bool) -> Finding:
    todo = M("Somebody or something changed the ledger outside this program. Please keep a copy of the folder.")
    return Finding(what, whole, todo, damage=True)


def _looked_at(office: Office, reading: Reading) -> Finding:
    last: JobRun | None = reading.get(JobRun, JOB)
    if last is None:
        return Finding(M("Keeping times: never looked at yet"), sound=False, todo=M("Run the review of keeping times."))
    day: datetime = last.last_success
    return Finding(
        M("Keeping times: last looked at on {at}", at=day),
        not is_due(office),
        M("Run the review of keeping times."),
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
                )
            )
    return findings
