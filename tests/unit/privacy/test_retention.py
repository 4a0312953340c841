"""What is due on a day: two ways of asking give one answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.privacy.presets import load_preset
from desktop_crm.privacy.retention import due_day, latest_start_due
from desktop_crm.privacy.terms import Anchor, Unit


@dataclass(frozen=True)
class Time:
    length: int
    unit: Unit
    anchor: Anchor


TIMES = st.one_of(
    st.builds(Time, st.integers(0, 4000), st.just(Unit.DAYS), st.sampled_from(Anchor)),
    st.builds(Time, st.integers(0, 400), st.just(Unit.MONTHS), st.sampled_from(Anchor)),
    st.builds(Time, st.integers(0, 60), st.just(Unit.YEARS), st.sampled_from(Anchor)),
)
DAYS = st.dates(date(1990, 1, 1), date(2200, 12, 31))


@given(TIMES, DAYS, DAYS)
def test_what_is_due_is_what_started_no_later_than_the_last_start_due(time: Time, start: date, on: date) -> None:
    last = latest_start_due(time, on)
    assert (last is not None and start <= last) == (due_day(time, start) <= on) or start > on


@given(TIMES, DAYS)
def test_the_last_start_due_is_the_last(time: Time, on: date) -> None:
    last = latest_start_due(time, on)
    assert last is not None
    assert due_day(time, last) <= on
    assert last == on or due_day(time, last + timedelta(days=1)) > on


@given(TIMES, DAYS, DAYS)
def test_a_later_start_is_never_due_earlier(time: Time, one: date, other: date) -> None:
    first, second = sorted((one, other))
    assert due_day(time, first) <= due_day(time, second)


def test_there_may_be_no_start_so_early_that_it_is_due() -> None:
    assert latest_start_due(Time(9000, Unit.YEARS, Anchor.EVENT), date(2026, 1, 1)) is None


def test_the_rules_of_every_preset_can_be_asked() -> None:
    for country in ("DE", "AT", "FR", "CH", "GB", "US"):
        for rule in load_preset(country, "").rules:
            last = latest_start_due(rule, date(2026, 11, 21))
            assert last is None or due_day(rule, last) <= date(2026, 11, 21)


def test_a_german_customer_of_2026_is_due_in_2030() -> None:
    (rule,) = [r for r in load_preset("DE", "SN").rules if r.code == "customer"]
    assert due_day(rule, date(2026, 1, 1)) == due_day(rule, date(2026, 12, 31)) == date(2030, 1, 1)
