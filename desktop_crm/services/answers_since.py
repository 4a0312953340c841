"""What people said after a safety copy was made: it counts in the file that is brought back as well.

Without this, an older copy would make a yes valid again that was taken back since.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from typing import Any

from desktop_crm.privacy.chain import CHAIN_START
from desktop_crm.privacy.permission import as_said, event_seal, standing
from desktop_crm.records.consent import (
    BlankForm,
    ConsentEvent,
    ConsentEvidence,
    ConsentHow,
    ConsentScreen,
    ConsentState,
    PaperForm,
    SignUpList,
)
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import declaration
from desktop_crm.records.informing import Informing
from desktop_crm.records.purpose import Notice, Purpose, Wording
from desktop_crm.records.use import Objection, Restriction, Wish
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq

_BEFORE: tuple[type[Any], ...] = (
    Purpose,
    Wording,
    Notice,
    BlankForm,
    SignUpList,
    ConsentScreen,
    ConsentEvidence,
    PaperForm,
)
"""What an answer refers to, and the forms that are still out, each after what it refers to itself."""
_AFTER: tuple[type[Any], ...] = (Informing, Objection, Restriction, Wish)


@dataclass(frozen=True, slots=True, repr=False)
class AnswersSince:
    """Rows of the present file that are not so in the copy, those first to which others refer; and who is in both."""

    before: tuple[Any, ...]
    lines: tuple[ConsentEvent, ...]
    after: tuple[Any, ...]


def answers_since(now: Reading, then: Reading) -> AnswersSince:
    """What the present file knows better than the copy, of people who are in both."""
    both = {row.id for row in now.stream(Contact)} & {row.id for row in then.stream(Contact)}
    before = [row for record in _BEFORE for row in _newer(now, then, record, both)]
    signed = {row.list_id for row in before if isinstance(row, ConsentEvidence)}
    signed |= {row.id for row in then.stream(SignUpList)}
    return AnswersSince(
        # A list that nobody of the copy signed stays out: its scan shows people who are not in it.
        tuple(row for row in before if not isinstance(row, SignUpList) or row.id in signed),
        tuple(sorted(_newer(now, then, ConsentEvent, both), key=attrgetter("contact_id"))),
        tuple(row for record in _AFTER for row in _newer(now, then, record, both)),
    )


def _newer(now: Reading, then: Reading, record: type[Any], both: set[bytes]) -> Iterator[Any]:
    """Rows that the copy has not, and where rows may be changed at all, those that are other in it."""
    changes = not declaration(record).append_only
    known = {row.id: row if changes else None for row in then.stream(record)}
    for row in now.stream(record):
        mine = not hasattr(row, "contact_id") or row.contact_id in both
        if mine and (row.id not in known or (changes and known[row.id] != row)):
            yield row


def take_over(writing: Writing, since: AnswersSince, key: bytes, now: datetime) -> None:
    """Inside the writing of another act: each answer that came since, sealed as it was."""
    for row in since.before:
        _enter(writing, row)
    for person, mine in groupby(since.lines, attrgetter("contact_id")):
        _continue(writing, person, list(mine), key, now)
    for row in since.after:
        _enter(writing, row)


def _enter(writing: Writing, row: Any) -> None:
    """Add a row; where such rows may be changed, bring one that is there to what it is now."""
    writing.insert(row) if declaration(type(row)).append_only else writing.put(row)


def _continue(writing: Writing, person: bytes, lines: Sequence[ConsentEvent], key: bytes, now: datetime) -> None:
    """The lines as they are where they go on from the copy's last; else, each no in them as a new line."""
    there = as_said(writing.find(ConsentEvent, eq("contact_id", person)))
    last = there[-1].seal if there else CHAIN_START
    said = as_said(lines)
    follows = {line.previous: line for line in said}
    going_on: list[ConsentEvent] = []
    while (line := follows.get(going_on[-1].seal if going_on else last)) is not None:
        going_on.append(line)
    if len(going_on) == len(said):
        for line in going_on:
            writing.insert(line)
        return
    for denied in _denied(writing, there, said, now):
        line = replace(denied, previous=last, batch_id=None, how=ConsentHow.NOT_NOTED, recorded_at=now)
        line = replace(line, seal=event_seal(key, line))
        writing.insert(line)
        last = line.seal


def _denied(
    reading: Reading, there: Sequence[ConsentEvent], said: Sequence[ConsentEvent], now: datetime
) -> Iterable[ConsentEvent]:
    """The last line about each purpose that counts as a yes in the copy and was answered otherwise since."""
    answers = [line for line in said if line.state is not ConsentState.REQUESTED]
    for purpose in {line.purpose_id for line in answers}:
        row = reading.get(Purpose, purpose)
        then = [line for line in there if line.purpose_id == purpose]
        *_, last = (line for line in answers if line.purpose_id == purpose)
        if row is None or last.state is ConsentState.GIVEN:
            continue
        if standing(then, now=now, valid_days=row.valid_days, renewed_at=row.renewed_at).allows:
            yield last
