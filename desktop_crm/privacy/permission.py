"""The state of a permission, derived from what was said; and whether a use of data is allowed by it."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from desktop_crm.privacy.chain import CHAIN_START, in_order, seal
from desktop_crm.records.consent import ConsentEvent, ConsentEvidence, ConsentScreen, ConsentState

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
        event.proof_id,
    )


def screen_seal(key: bytes, shown: ConsentScreen) -> bytes:
    """The seal of what was shown. An answer's seal covers its number; this one ties the words to that number."""
    parts = (shown.id, shown.contact_id, shown.how, shown.language, shown.text_sha256, shown.notice_id)
    return seal(key, "consent-screen", CHAIN_START, *parts, shown.shown_at.isoformat())


def evidence_seal(key: bytes, proof: ConsentEvidence) -> bytes:
    """The seal of a proof: with its number in the seal of the answers it is bound to them, and to nothing else."""
    parts = (proof.id, proof.contact_id, proof.screen_id, proof.kind, proof.note, proof.strokes, proof.media_type)
    end = (proof.content_sha256, proof.list_id, proof.actor, proof.created_at.isoformat())
    return seal(key, "consent-evidence", CHAIN_START, *parts, *end)


def is_as_shown(key: bytes, shown: ConsentScreen) -> bool:
    """Whether these are the words that were shown: they fit their check sum, and that is sealed."""
    fits = hashlib.sha256(shown.text.encode()).digest() == shown.text_sha256
    return fits and hmac.compare_digest(shown.seal, screen_seal(key, shown))


def is_as_kept(key: bytes, proof: ConsentEvidence) -> bool:
    """Whether this is the proof that was kept: its file fits its check sum, and that is sealed.

    The file of a list that several people signed lies with the list, and the check sum alone stands here.
    """
    fits = proof.content_sha256 is None or proof.list_id is not None
    if proof.content is not None:
        fits = hashlib.sha256(proof.content).digest() == proof.content_sha256
    return fits and hmac.compare_digest(proof.seal, evidence_seal(key, proof))
