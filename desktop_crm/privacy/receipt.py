"""What a person takes home of their answers: made from the lines that were entered together, so that nothing differs.

Where each field of the two standards comes from:

| ISO/IEC TS 27560 | Kantara 1.1 | here |
|---|---|---|
| schema version | version | constant of each form |
| record id | | `ConsentEvent.id` |
| receipt id | consentReceiptID | `ConsentEvent.receipt`, for older lines derived from the line's number |
| subject id | piiPrincipalId | the contact's number, never a name |
| privacy notice, language | policyUrl, language | `ConsentEvent.notice_id`, `.language`; `Wording`, `ConsentScreen` |
| time | consentTimestamp | `ConsentEvent.happened_at` |
| collection method | collectionMethod | `ConsentEvent.how`, `.device` |
| purpose, purpose type | purpose, purposeCategory | `Purpose.name`, `.kind` |
| lawful basis | consentType | `Purpose.basis`, `.special`; `ConsentEvent.explicit` |
| personal data, optional or required | piiCategory | `PurposeData`, else what the channel needs |
| sensitive, special category | sensitive, spiCat | `Purpose.special` |
| controllers | piiControllers | the shop's settings |
| recipients | thirdPartyDisclosure, thirdPartyName | `Purpose.recipients` |
| retention, validity | termination | `ConsentEvent.ends_at`, and taking back |
| withdrawal method, rights | termination | derived: the ways to reach the shop |
| jurisdiction | jurisdiction | the shop's country |
| storage location | | derived: the shop's own computer, in no other place |
| state: requested … invalidated | | derived by `privacy.permission.standing`; every line stays |
| who gave it | | the person, or `ConsentEvent.guardian` |
| proof | | `ConsentEvidence`, `ConsentEvent.witness`, `.evidence`, `.seal`, `.previous` |
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from desktop_crm.privacy.permission import Standing, as_said, standing
from desktop_crm.records.consent import ConsentEvent, ConsentHow, ConsentState
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Notice, Purpose, PurposeData, Wording
from desktop_crm.records.registry import inventory
from desktop_crm.words import M

_BY_CHANNEL = {
    Channel.EMAIL: "contact_email.address",
    Channel.PHONE: "contact_phone.number",
    Channel.MESSENGER: "contact_phone.number",
    Channel.POST: "contact_address",
}
_NO_WORDS_OF_THEIRS = frozenset({ConsentState.CLAIMED})
"""What a list claims was not said here, so there is no receipt of it."""


@dataclass(frozen=True, slots=True)
class Datum:
    """One kind of data a purpose needs."""

    field: str
    label: M
    required: bool


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """One answer of the set: what it was about, what was said before and since, and where that leaves it."""

    line: ConsentEvent
    purpose: Purpose
    wording: Wording | None
    data: tuple[Datum, ...]
    history: tuple[ConsentEvent, ...]
    """Every line about this purpose, the oldest first."""
    standing: Standing

    @property
    def counts(self) -> bool:
        """Whether this is a yes, and nothing has ended it since."""
        return self.line.state is ConsentState.GIVEN and self.is_last and self.standing.allows

    @property
    def is_last(self) -> bool:
        """Whether nothing was answered about this since."""
        said = [line for line in self.history if line.state is not ConsentState.REQUESTED or line.id == self.line.id]
        return said[-1].id == self.line.id


@dataclass(frozen=True, slots=True, repr=False)
class Receipt:
    """Answers that were given together. `number` is a UUID of version 4."""

    number: UUID
    person: UUID
    said_at: datetime
    how: ConsentHow
    language: str | None
    device: str | None
    guardian: str | None
    witness: str | None
    actor: str
    notice: Notice | None
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, repr=False)
class Known:
    """The rows that lines refer to, by their numbers."""

    purposes: Mapping[bytes, Purpose]
    wordings: Mapping[bytes, Wording]
    notices: Mapping[bytes, Notice]
    data: Sequence[PurposeData]


def number_of(line: ConsentEvent) -> UUID:
    """The number of the receipt a line stands on. Lines of older files have one of their own, always the same."""
    number = line.receipt or hashlib.sha256(b"receipt" + line.id).digest()
    return UUID(bytes=number[:16], version=4)


def numbers(lines: Iterable[ConsentEvent], purpose: bytes | None = None) -> list[UUID]:
    """The receipts of a person (on which one purpose stands), in the order in which that was said.

    A line of a list that proves nothing has none.
    """
    mine = (line for line in as_said(lines) if line.state not in _NO_WORDS_OF_THEIRS)
    said = [number_of(line) for line in mine if purpose in (None, line.purpose_id)]
    return list(dict.fromkeys(said))


def receipt_of(lines: Iterable[ConsentEvent], number: UUID, known: Known, now: datetime) -> Receipt:
    """The receipt of that number, from all that a person said. KeyError if there is none."""
    said = as_said(lines)
    mine = [line for line in said if line.state not in _NO_WORDS_OF_THEIRS and number_of(line) == number]
    if not mine:
        raise KeyError(number)
    first = mine[0]
    return Receipt(
        number=number,
        person=UUID(bytes=first.contact_id),
        said_at=first.happened_at,
        how=first.how,
        language=first.language,
        device=first.device,
        guardian=first.guardian,
        witness=first.witness,
        actor=first.actor,
        notice=known.notices.get(first.notice_id or b""),
        answers=tuple(_answer(line, said, known, now) for line in mine),
    )


def _answer(line: ConsentEvent, said: Sequence[ConsentEvent], known: Known, now: datetime) -> Answer:
    purpose = known.purposes[line.purpose_id]
    history = tuple(one for one in said if one.purpose_id == line.purpose_id)
    return Answer(
        line=line,
        purpose=purpose,
        wording=known.wordings.get(line.wording_id or b"") or _words_before(line, history, known),
        data=data_of(purpose, known.data),
        history=history,
        standing=standing(history, now=now, valid_days=purpose.valid_days, renewed_at=purpose.renewed_at),
    )


def _words_before(line: ConsentEvent, history: Sequence[ConsentEvent], known: Known) -> Wording | None:
    """Who takes a yes back reads no question: the words are those of the last answer before."""
    before = history[: history.index(line)]
    return next((words for one in reversed(before) if (words := known.wordings.get(one.wording_id or b""))), None)


_NAME = "contact.name"
"""Nobody is written to, or shown, without it; so it is not declared for each purpose."""


def data_of(purpose: Purpose, data: Iterable[PurposeData]) -> tuple[Datum, ...]:
    """What a purpose needs: the name, and what the shop declared, or else what the channel needs."""
    labels = {told.name: told.label for told in inventory()}
    labels |= {f"{told.name}.{column.name}": column.label for told in inventory() for column in told.columns}
    declared = [(one.field, one.required) for one in data if one.purpose_id == purpose.id and one.field in labels]
    by_channel = _BY_CHANNEL.get(Channel(purpose.channel))
    needed = declared or ([(by_channel, True)] if by_channel else [])
    return tuple(Datum(field, labels[field], required) for field, required in [(_NAME, True), *needed])
