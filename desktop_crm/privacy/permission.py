"""The state of a permission, derived from what was said; and whether a use of data is allowed by it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop_crm.privacy.chain import in_order, seal
from desktop_crm.records.consent import ConsentEvent, ConsentState

_FIRST_FORM = 1
"""The form of lines written before all fields were sealed."""


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
    chained = in_order(by_time)
    known = {line.id for line in chained}
    return [*chained, *(line for line in by_time if line.id not in known)]


def standing(
    events: Iterable[ConsentEvent], *, now: datetime, valid_days: int | None, renewed_at: datetime | None = None
) -> Standing:
    """The state that follows from the last thing said about one purpose, and from the time since.

    `events` in the order of `as_said`. Having been asked and said neither yes nor no changes nothing of what was
    answered before. A yes said before `renewed_at` does not cover what the question means since then.
    """
    said = list(events)
    if not said:
        return Standing(None, None)
    last = next((event for event in reversed(said) if event.state is not ConsentState.REQUESTED), said[-1])
    if last.state is ConsentState.GIVEN:
        ends = ends_at(last, valid_days)
        if ends is not None and now >= ends:
            return Standing(ConsentState.EXPIRED, ends)
        if renewed_at is not None and last.happened_at < renewed_at:
            return Standing(ConsentState.INVALIDATED, renewed_at)
    return Standing(last.state, last.happened_at)


def ends_at(event: ConsentEvent, valid_days: int | None) -> datetime | None:
    """When a yes runs out: as was settled when it was said; for lines of the first form by the purpose's days."""
    if event.form != _FIRST_FORM or valid_days is None:
        return event.ends_at
    return event.happened_at + timedelta(days=valid_days)


def event_seal(key: bytes, event: ConsentEvent) -> bytes:
    """The seal a consent event must bear, under the key for ledgers; `form` says which fields it covers."""
    parts = [
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
    ]
    if event.form == _FIRST_FORM:
        return seal(key, "consent", event.previous, *parts)
    return seal(
        key,
        f"consent-{event.form}",
        event.previous,
        *parts,
        event.batch_id,
        str(int(event.explicit)),
        event.ends_at.isoformat() if event.ends_at else None,
        event.guardian,
        event.witness,
        event.language,
        event.device,
        event.screen_id,
        event.receipt,
    )
