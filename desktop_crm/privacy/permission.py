"""The state of a permission, derived from what was said; and whether a use of data is allowed by it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop_crm.records.consent import ConsentEvent, ConsentState

CHAIN_START = bytes(32)


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands on one purpose: None means not asked yet."""

    state: ConsentState | None
    since: datetime | None

    @property
    def allows(self) -> bool:
        """Only a yes that was proved and has not run out allows anything; a claimed one does not."""
        return self.state is ConsentState.GIVEN


def as_said(lines: Iterable[ConsentEvent]) -> list[ConsentEvent]:
    """All lines of one person in the order in which they are sealed to each other.

    A clock can be set back, the chain cannot: a no that was said last counts, whatever its time says. Lines that are
    sealed to none of the others come after, by their time.
    """
    by_time = sorted(lines, key=lambda line: (line.happened_at, line.recorded_at, line.id))
    following = {line.previous: line for line in by_time}
    chained: list[ConsentEvent] = []
    last = CHAIN_START
    while (line := following.pop(last, None)) is not None:
        chained.append(line)
        last = line.seal
    known = {line.id for line in chained}
    return [*chained, *(line for line in by_time if line.id not in known)]


def standing(events: Iterable[ConsentEvent], *, now: datetime, valid_days: int | None) -> Standing:
    """The state that follows from the last thing said about one purpose, and from the time since.

    `events` in the order of `as_said`.
    """
    said = list(events)
    if not said:
        return Standing(None, None)
    last = said[-1]
    if last.state is ConsentState.GIVEN and valid_days is not None:
        ends = last.happened_at + timedelta(days=valid_days)
        if now >= ends:
            return Standing(ConsentState.EXPIRED, ends)
    return Standing(last.state, last.happened_at)


def seal(previous: bytes, *parts: str | bytes | None) -> bytes:
    """Seals one line of a person's consent ledger to the line before (SHA-256 over both)."""
    digest = hashlib.sha256(previous)
    for part in parts:
        data = b"" if part is None else part.encode() if isinstance(part, str) else part
        digest.update(len(data).to_bytes(8, "big") + data)
    return digest.digest()


def event_seal(event: ConsentEvent) -> bytes:
    """The seal a consent event must bear."""
    return seal(
        event.previous,
        event.id,
        event.contact_id,
        event.purpose_id,
        event.channel,
        event.state,
        event.how,
        event.wording_id,
        event.notice_id,
        event.happened_at.isoformat(),
        event.recorded_at.isoformat(),
        event.actor,
        event.evidence,
    )
