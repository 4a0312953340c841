"""The state of a permission follows from what was said, and from nothing else."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.privacy.chain import CHAIN_START
from desktop_crm.privacy.permission import as_said, event_seal, standing
from desktop_crm.records.consent import ConsentEvent, ConsentHow, ConsentState
from desktop_crm.records.interaction import Channel

KEY = b"k" * 32
START = datetime(2026, 1, 1, tzinfo=UTC)


def chained(states: list[ConsentState], times: list[int] | None = None) -> list[ConsentEvent]:
    """A person's ledger: one line after the other, at the given seconds."""
    lines: list[ConsentEvent] = []
    for number, said in enumerate(states):
        at = START + timedelta(seconds=times[number] if times else number)
        line = ConsentEvent(
            id=random.Random(number).randbytes(16),
            contact_id=b"p" * 16,
            purpose_id=b"n" * 16,
            channel=Channel.EMAIL,
            state=said,
            how=ConsentHow.SCREEN,
            happened_at=at,
            recorded_at=at,
            actor="owner",
            previous=lines[-1].seal if lines else CHAIN_START,
            seal=CHAIN_START,
        )
        lines.append(replace(line, seal=event_seal(KEY, line)))
    return lines


@pytest.mark.parametrize("state", ConsentState)
def test_only_a_proved_yes_allows(state: ConsentState) -> None:
    found = standing(chained([state]), now=START + timedelta(days=1), valid_days=None)
    assert found.allows is (state is ConsentState.GIVEN)


def test_not_being_asked_allows_nothing() -> None:
    found = standing([], now=START, valid_days=None)
    assert (found.state, found.since, found.allows) == (None, None, False)


@pytest.mark.parametrize(("seconds", "allowed"), [(-1, True), (0, False), (1, False)])
def test_a_yes_ends_on_the_second(seconds: int, allowed: bool) -> None:
    end = START + timedelta(days=365)
    [line] = chained([ConsentState.GIVEN])
    of_the_first_form, settled = replace(line, form=1), replace(line, ends_at=end)
    for said, days in ((of_the_first_form, 365), (settled, 9)):
        found = standing([said], now=end + timedelta(seconds=seconds), valid_days=days)
        assert found.allows is allowed
        assert found.since == (START if allowed else end)


def test_what_a_purpose_counts_later_does_not_change_what_was_settled() -> None:
    found = standing(chained([ConsentState.GIVEN]), now=START + timedelta(days=9999), valid_days=1)
    assert found.allows


def test_a_yes_does_not_cover_words_that_mean_something_else_since() -> None:
    now, line = START + timedelta(days=1), chained([ConsentState.GIVEN])
    assert standing(line, now=now, valid_days=None, renewed_at=START).allows
    later = standing(line, now=now, valid_days=None, renewed_at=now)
    assert (later.state, later.since, later.allows) == (ConsentState.INVALIDATED, now, False)


def test_the_seal_of_the_first_form_stays_what_it_was() -> None:
    """Lines of older files are never sealed anew; a field that came later is not in their seal."""
    [line] = chained([ConsentState.GIVEN])
    first = replace(line, form=1)
    assert event_seal(KEY, first) == event_seal(KEY, replace(first, witness="Uwe", ends_at=START))
    for changed in ({"witness": "Uwe"}, {"ends_at": START}, {"explicit": True}, {"form": 1}, {"receipt": b"r" * 16}):
        assert event_seal(KEY, line) != event_seal(KEY, replace(line, **changed))


def test_a_no_never_runs_out() -> None:
    for state in (ConsentState.REFUSED, ConsentState.WITHDRAWN):
        found = standing(chained([state]), now=START + timedelta(days=9999), valid_days=1)
        assert found.state is state


@given(st.lists(st.tuples(st.sampled_from(ConsentState), st.integers(0, 5)), max_size=12), st.randoms())
def test_the_chain_tells_the_order_whatever_the_clock_said(
    said: list[tuple[ConsentState, int]], shuffle: random.Random
) -> None:
    lines = chained([state for state, _ in said], [at for _, at in said])
    mixed = shuffle.sample(lines, len(lines))
    assert as_said(mixed) == lines


def test_lines_of_a_broken_chain_stay_in_the_order_of_their_time() -> None:
    lines = chained([ConsentState.GIVEN, ConsentState.REFUSED, ConsentState.GIVEN, ConsentState.WITHDRAWN])
    del lines[1]
    assert as_said(reversed(lines)) == lines
    assert as_said(lines[1:]) == lines[1:]
