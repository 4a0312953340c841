"""Where people stand is told by the lines of one person and by three queries about many: all say the same."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import product

from desktop_crm.privacy.permission import standing
from desktop_crm.records.consent import ConsentEvent, ConsentState
from desktop_crm.records.contact import Contact
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Purpose
from desktop_crm.storage import listing, renewing, usable
from desktop_crm.storage.listing import Asked
from desktop_crm.storage.store import Store
from desktop_crm.storage.transaction import Reading, Writing
from tests.storage.people import NOW, contact
from tests.storage.test_listing import purpose, said

_DAY = timedelta(days=1)
_DAYS = 10
_STAGES = {
    ConsentState.GIVEN: "ending",
    ConsentState.EXPIRED: "too-old",
    ConsentState.INVALIDATED: "new-words",
}
_FIRST = (ConsentState.REQUESTED, ConsentState.GIVEN, ConsentState.REFUSED)
Case = tuple[Purpose, list[ConsentEvent], int | None, int | None]


def cases(person: Contact) -> Iterator[Case]:
    """A purpose of its own for each history of two lines, with an end or without, asked anew or not."""
    for first, last, form, days, renewed, ago in product(
        _FIRST, ConsentState, (1, 2), (None, _DAYS), (None, 6), (3, 10, 12)
    ):
        about = purpose(f"p{first}{last}{form}{days}{renewed}{ago}")
        lines = []
        for state, back in ((first, ago + 1), (last, ago)):
            at = NOW - back * _DAY
            ends = at + days * _DAY if days and form == 2 and state is ConsentState.GIVEN else None
            lines.append(said(person, about, state, at, form=form, ends=ends))
        yield about, lines, days, renewed


def test_each_way_of_asking_where_somebody_stands_says_the_same(store: Store) -> None:
    eva = contact("Eva")
    every = list(cases(eva))

    def put(writing: Writing) -> None:
        writing.insert(eva)
        writing.insert_many(Purpose, [about for about, *_ in every])
        writing.insert_many(ConsentEvent, [line for _, lines, *_ in every for line in lines])

    store.write(put)
    told = store.read(lambda reading: [_told(reading, *case) for case in every])
    for (about, *_), (alone, *others) in zip(every, told, strict=True):
        answer = None if alone is ConsentState.REQUESTED else alone
        assert others == [answer, answer, _STAGES.get(alone) if alone else None], about.code
    assert {alone for alone, *_ in told} == set(ConsentState)


def _told(
    reading: Reading, about: Purpose, lines: list[ConsentEvent], days: int | None, renewed: int | None
) -> tuple[ConsentState | None, ConsentState | None, ConsentState | None, str | None]:
    """By the person's lines, by the figures, by the gate, and in the queue of those who are asked again."""
    renewed_at = NOW - renewed * _DAY if renewed else None
    too_old = NOW - days * _DAY if days else None
    alone = standing(lines, now=NOW, valid_days=days, renewed_at=renewed_at).state
    asked = Asked(about.id, NOW, too_old, renewed_at)
    (figure,) = listing.combinations(reading, [asked]) or {(None,): 1}
    ((_, _, _, stored),) = usable.stored(reading, asked, Channel.EMAIL, None, date.max)
    soon = NOW + 10_000 * _DAY
    turns = renewing.Renewed(about.id, NOW, soon, NOW, days, too_old, soon if days else None, renewed_at)
    _, queued = renewing.queue(reading, [turns], renewing.STAGES, -1)
    endless = alone is ConsentState.GIVEN and days is None
    stage = queued[0].stage if queued else _STAGES[ConsentState.GIVEN] if endless else None
    return alone, figure[0], stored.state, stage
