"""Writes and checks the activity log. Each line seals the one before with a key that is not in the database."""

from __future__ import annotations

import hmac
from dataclasses import dataclass, replace
from datetime import datetime

from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.declare import declaration
from desktop_crm.services.acts import Act, Trace
from desktop_crm.storage.rows import codec
from desktop_crm.storage.transaction import Reading, Writing

START = bytes(32)


@dataclass(frozen=True, slots=True)
class Head:
    """The last line: its number and seal."""

    seq: int
    seal: bytes


def head(reading: Reading) -> Head:
    """The last line of the log; number 0 for an empty one."""
    seq = reading.greatest(AuditEntry, "seq")
    last = reading.get(AuditEntry, seq) if seq else None
    return Head(last.seq, last.seal) if last else Head(0, START)


def _sealed(key: bytes, entry: AuditEntry) -> bytes:
    digest = hmac.new(key, entry.previous, "sha256")
    for value in codec(AuditEntry).encode(entry)[:-2]:
        data = b"" if value is None else value if isinstance(value, bytes) else str(value).encode()
        digest.update(len(data).to_bytes(4, "big") + data)
    return digest.digest()


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
        seal=START,
    )
    entry = replace(entry, seal=_sealed(key, entry))
    writing.insert(entry)
    return Head(entry.seq, entry.seal)


def first_break(reading: Reading, key: bytes) -> int | None:
    """The number of the first line that does not fit the one before, or None for an unbroken log."""
    last = Head(0, START)
    for entry in reading.stream(AuditEntry, order=("seq",)):
        fits = entry.seq == last.seq + 1 and hmac.compare_digest(entry.previous, last.seal)
        if not fits or not hmac.compare_digest(entry.seal, _sealed(key, entry)):
            return entry.seq
        last = Head(entry.seq, entry.seal)
    return None
