"""How long the activity log is kept, and how what is older goes without tearing the chain."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from desktop_crm.privacy.chain import CHAIN_START
from desktop_crm.privacy.log_terms import LEAST_MONTHS, MOST_MONTHS, USUAL_MONTHS, cut_off, is_lasting, proves_due
from desktop_crm.records.audit import AuditEntry, LogCheckpoint, Verb
from desktop_crm.records.technical import JobRun, Setting
from desktop_crm.services import retention
from desktop_crm.services.actor import PROGRAM
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.journal import checkpoint_seal, head
from desktop_crm.services.office import Office
from desktop_crm.services.removal import opened_ledgers
from desktop_crm.services.settings import Choice, set_value, value_of
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import before
from desktop_crm.words import Exit, M, Problem

JOB = "activity-log"
EVERY = timedelta(days=1)


def _refuse(months: int) -> M | None:
    if LEAST_MONTHS <= months <= MOST_MONTHS:
        return None
    return M("Please give a number from {least} to {most}.", least=LEAST_MONTHS, most=MOST_MONTHS)


MONTHS = Choice("log.months", USUAL_MONTHS, M("Keep the activity log for so many months"), int, _refuse)


@dataclass(frozen=True, slots=True)
class LogKeeping:
    """How long lines are kept, how many there are since when, and when what was older went last."""

    months: int
    lines: int
    oldest: datetime | None
    last_run: datetime | None
    last_gone: int
    due: int


@act(Verb.LIST, AuditEntry)
def keeping_of_log(office: Office) -> LogKeeping:
    """How the log is kept. Changes nothing."""

    def work(reading: Reading) -> LogKeeping:
        oldest = reading.find(AuditEntry, order=("at",), limit=1)
        last = reading.get(JobRun, JOB)
        months = months_of(reading)
        return LogKeeping(
            months=months,
            lines=reading.count(AuditEntry),
            oldest=oldest[0].at if oldest else None,
            last_run=last.last_success if last else None,
            last_gone=last.found if last else 0,
            due=len(_due(reading, months, office.clock.now())),
        )

    return office.read(work)


def months_of(reading: Reading) -> int:
    """How many months ordinary lines are kept."""
    months = value_of(reading, MONTHS)
    return months if _refuse(months) is None else USUAL_MONTHS


@act(Verb.CHANGE, Setting)
def choose_months(office: Office, months: int) -> None:
    """Keep ordinary lines for so many months from now on. Raises Problem for fewer than 6 or more than 36."""

    def work(writing: Writing, trace: Trace) -> None:
        trace.fields = (MONTHS.name,)
        set_value(writing, MONTHS, months)

    office.write(work)


@act(Verb.CHECK, AuditEntry)
def prune(office: Office, *, clock_is_right: bool = False) -> int:
    """Take out the lines whose time is up, all or none; returns how many.

    A sealed checkpoint stands for each stretch that goes. Raises Problem, leaving everything, if the clock jumped or
    the log does not fit together: it is evidence then.
    """
    office.read(lambda reading: _refuse_broken(office, reading))

    def work(writing: Writing, trace: Trace) -> int:
        retention.check_clock(writing, office, clock_is_right)
        now, months = office.clock.now(), months_of(writing)
        gone = _due(writing, months, now)
        made = _Checkpoints(office, writing, months, now)
        with opened_ledgers(office, writing):
            old, new = made.around(gone)
            writing.delete_rows(LogCheckpoint, old)
            writing.delete_rows(AuditEntry, gone)
            for one in new:
                writing.insert(one)
        writing.put(JobRun(name=JOB, last_success=now, found=len(gone)))
        trace.number = len(gone)
        return len(gone)

    return office.write(work)


def prune_daily(office: Office) -> int | None:
    """Do it under the program's own name, once a day at most, if there is something; None if not. Raises Problem.

    Not before the daily look at keeping times succeeded: that one asks a person whether the date is right.
    """
    program = Office(office.store, office.keys, office.clock, who=PROGRAM, anchor=office.anchor)
    if retention.is_due(program) or not program.read(lambda reading: _has_work(program, reading)):
        return None
    gone = prune(program)
    program.remember_log()
    return gone


def _has_work(office: Office, reading: Reading) -> bool:
    last, now = reading.get(JobRun, JOB), office.clock.now()
    if last is not None and abs(now - last.last_success) < EVERY:
        return False
    return bool(_due(reading, months_of(reading), now))


def _refuse_broken(office: Office, reading: Reading) -> None:
    if office.log_breaks(reading)[1]:
        raise Problem(
            M("The activity log does not fit together, so nothing is taken out of it."),
            safe=M("Nothing was changed."),
            todo=M("Please look at the activity log first: what is wrong may be evidence."),
            code=Exit.DAMAGED,
        )


def _due(reading: Reading, months: int, now: datetime) -> list[AuditEntry]:
    """The lines whose time is up, in their order. Never the newest one: the chain goes on from it."""
    last, lasting_until = head(reading).seq, cut_off(now, MOST_MONTHS)
    old = reading.find(AuditEntry, before("at", cut_off(now, months)), before("seq", last), order=("seq",))
    return [line for line in old if not is_lasting(line.act, line.verb) or line.at < lasting_until]


class _Checkpoints:
    """Makes the checkpoints of one run, and joins them with earlier ones beside them."""

    def __init__(self, office: Office, reading: Reading, months: int, now: datetime) -> None:
        self._office = office
        self._reading = reading
        self._months = months
        self._now = now
        self._line = head(reading).seq + 1
        """The run's own line comes last in its transaction."""

    def around(self, gone: Iterable[AuditEntry]) -> tuple[list[LogCheckpoint], list[LogCheckpoint]]:
        """The earlier checkpoints that are joined with what goes now, and the new ones."""
        earlier = self._reading.find(LogCheckpoint, order=("first",))
        parts = sorted([*map(self._of_line, gone), *earlier], key=lambda one: one.first)
        old: list[LogCheckpoint] = []
        new: list[LogCheckpoint] = []
        for stretch in _touching(parts):
            for joined in self._joined(stretch):
                if len(joined) > 1 or joined[0] not in earlier:
                    old += [one for one in joined if one in earlier]
                    new.append(self._sealed(joined))
        return old, new

    def _of_line(self, line: AuditEntry) -> LogCheckpoint:
        lasting = is_lasting(line.act, line.verb)
        return LogCheckpoint(
            first=line.seq,
            last=line.seq,
            ordinary=int(not lasting),
            newest_ordinary=None if lasting else line.at,
            lasting=int(lasting),
            newest_lasting=line.at if lasting else None,
            months=self._months,
            made_at=self._now,
            actor=self._office.who.name,
            line=self._line,
            before=line.previous,
            after=line.seal,
            seal=CHAIN_START,
        )

    def _joined(self, stretch: list[LogCheckpoint]) -> Iterator[list[LogCheckpoint]]:
        """An earlier one made when fewer months held stays apart, until by today's months, too, it was due."""
        together: list[LogCheckpoint] = []
        for one in stretch:
            if proves_due(replace(one, months=self._months, made_at=self._now)):
                together.append(one)
                continue
            if together:
                yield together
            yield [one]
            together = []
        if together:
            yield together

    def _sealed(self, parts: list[LogCheckpoint]) -> LogCheckpoint:
        made = replace(
            self._of_run(parts[0]),
            last=parts[-1].last,
            after=parts[-1].after,
            ordinary=sum(one.ordinary for one in parts),
            lasting=sum(one.lasting for one in parts),
            newest_ordinary=max((one.newest_ordinary for one in parts if one.newest_ordinary), default=None),
            newest_lasting=max((one.newest_lasting for one in parts if one.newest_lasting), default=None),
        )
        return replace(made, seal=checkpoint_seal(self._office.audit_key, made))

    def _of_run(self, first: LogCheckpoint) -> LogCheckpoint:
        return replace(first, months=self._months, made_at=self._now, actor=self._office.who.name, line=self._line)


def _touching(parts: Iterable[LogCheckpoint]) -> Iterator[list[LogCheckpoint]]:
    """The parts in groups without a line between them."""
    group: list[LogCheckpoint] = []
    for one in parts:
        if group and group[-1].last + 1 != one.first:
            yield group
            group = []
        group.append(one)
    if group:
        yield group
