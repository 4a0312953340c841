"""Writes and checks the activity log. Each line seals the one before with a key that is not in the database."""

from __future__ import annotations

import hmac
from dataclasses import replace
from datetime import datetime

from desktop_crm.cheap import fixed
from desktop_crm.privacy import chain, log_chain, log_terms
from desktop_crm.privacy.log_chain import Break, Fault, Link, Walk
from desktop_crm.records.audit import AuditEntry, LogCheckpoint, Verb
from desktop_crm.records.declare import declaration
from desktop_crm.services.acts import Act, Trace
from desktop_crm.storage.rows import codec
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import after, eq, until

PRUNE = "prune"
"""The act that tidies the log away; see `log_keeping`."""


@fixed
class Head:
    """The last line: its number and seal."""

    seq: int
    seal: bytes


def head(reading: Reading) -> Head:
    """The last line of the log; number 0 for an empty one."""
    reading = reading.whole()
    seq = reading.greatest(AuditEntry, "seq")
    last = reading.get(AuditEntry, seq) if seq else None
    return Head(last.seq, last.seal) if last else Head(0, chain.CHAIN_START)


def _seal(key: bytes, entry: AuditEntry) -> bytes:
    return log_chain.line_seal(key, log_chain.link_of(codec(AuditEntry).encode(entry)))


def append(writing: Writing, key: bytes, act: Act, trace: Trace, *, actor: str, at: datetime) -> Head:
    """Add one line, in the transaction of what it tells of."""
    last = head(writing)
    entry = AuditEntry(
        seq=last.seq + 1,
        at=at,
        actor=actor,
        act=act.name,
        verb=act.verb,
        record=declaration(act.record).name,
        person_id=trace.person,
        row_id=trace.row,
        fields=" ".join(sorted(trace.fields)),
        number=trace.number,
        previous=last.seal,
        seal=chain.CHAIN_START,
    )
    entry = replace(entry, seal=_seal(key, entry))
    writing.insert(entry)
    return Head(entry.seq, entry.seal)


def breaks(reading: Reading, key: bytes, remembered: tuple[int, str] | None = None) -> tuple[int, list[Break]]:
    """How many lines there are, and every place at which the log was changed outside the program.

    `remembered`: number and seal of the line that is known to have been its end.
    """
    reading = reading.whole()

    def at(number: int) -> Link | None:
        rows = list(reading.stored(AuditEntry, eq("seq", number)))
        return log_chain.link_of(rows[0]) if rows else None

    stretches = reading.find(LogCheckpoint, order=("first",))
    walk = Walk(key, stretches, lambda one: isinstance(one, LogCheckpoint) and _stands(reading, key, one), at)
    walk.go(map(log_chain.link_of, reading.stored(AuditEntry, order=("seq",))))
    first = reading.get(AuditEntry, 1)
    if not walk.breaks and first is not None and first.verb is not Verb.SET_UP:
        walk.breaks.append(Break(Fault.BEGUN_ANEW, 1, 1))
    if remembered is not None:
        walk.end_at(*remembered)
    return walk.lines, walk.breaks


def has_line(reading: Reading, number: int, code: str) -> bool:
    """Whether a line is there with this seal, or its time was up."""
    reading = reading.whole()
    for stored in reading.stored(AuditEntry, eq("seq", number)):
        return log_chain.link_of(stored).seal.hex() == code
    stretches = reading.find(LogCheckpoint, until("first", number), after("last", number - 1))
    return any(one.last > number or one.after.hex() == code for one in stretches)


def checkpoint_seal(key: bytes, one: LogCheckpoint) -> bytes:
    """The seal a checkpoint must bear: it covers all of it."""
    values = codec(LogCheckpoint).encode(one)[:-1]
    parts = (value if value is None or isinstance(value, bytes) else str(value) for value in values)
    return chain.seal(key, "audit-checkpoint", one.before, *parts)


def _stands(reading: Reading, key: bytes, one: LogCheckpoint) -> bool:
    """Whether a checkpoint bears its seal, proves that only what was due went, and is told of by a line of the log."""
    return (
        hmac.compare_digest(one.seal, checkpoint_seal(key, one))
        and one.ordinary + one.lasting == one.last - one.first + 1
        and log_terms.proves_due(one)
        and _is_told(reading, one)
    )


def _is_told(reading: Reading, one: LogCheckpoint) -> bool:
    """The line that tells of it says so, or its own time was up meanwhile."""
    line = reading.get(AuditEntry, one.line)
    if line is not None:
        return (line.act, line.actor) == (PRUNE, one.actor)
    return bool(reading.count(LogCheckpoint, until("first", one.line), after("last", one.line - 1)))
