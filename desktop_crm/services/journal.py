"""Writes and checks the activity log. Each line seals the one before with a key that is not in the database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from desktop_crm.privacy import chain
from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.declare import declaration
from desktop_crm.services.acts import Act, Trace
from desktop_crm.storage.rows import codec
from desktop_crm.storage.transaction import Reading, Writing


@dataclass(frozen=True, slots=True)
class Head:
    """The last line: its number and seal."""

    seq: int
    seal: bytes


def head(reading: Reading) -> Head:
    """The last line of the log; number 0 for an empty one."""
    seq = reading.greatest(AuditEntry, "seq")
    last = reading.get(AuditEntry, seq) if seq else None
    return Head(last.seq, last.seal) if last else Head(0, chain.CHAIN_START)


def _seal(key: bytes, entry: AuditEntry) -> bytes:
    values = codec(AuditEntry).encode(entry)[:-2]
    parts = (value if value is None or isinstance(value, bytes) else str(value) for value in values)
    return chain.seal(key, "audit", entry.previous, *parts)


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


def first_break(reading: Reading, key: bytes) -> int | None:
    """The number of the first line that does not fit the one before, or None for an unbroken log."""
    broken = chain.first_break(reading.stream(AuditEntry, order=("seq",)), lambda entry: _seal(key, entry))
    return broken.seq if broken is not None else None
