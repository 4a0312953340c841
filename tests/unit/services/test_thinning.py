"""Which safety copies stay, by table and over a year."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desktop_crm.services.thinning import Thinning, to_keep

NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
ZONE = "Europe/Berlin"


def ages(kept: set[tuple[str, datetime]], now: datetime = NOON) -> list[int]:
    return sorted((now - made).days for _, made in kept)


def days_ago(*days: int) -> dict[str, list[datetime]]:
    return {"stick": [NOON - timedelta(days=day) for day in days]}


@pytest.mark.parametrize(
    ("made", "kept"),
    [
        ((), []),
        ((0,), [0]),
        ((90,), [90]),
        ((0, 90), [0]),
        (tuple(range(7)), list(range(7))),
        (tuple(range(20)), [0, 1, 2, 3, 4, 5, 6, 13]),
        (tuple(range(36)), [0, 1, 2, 3, 4, 5, 6, 13, 20]),
        ((0, 8, 15, 22, 29, 36), [0, 8, 15, 22, 29]),
        ((36, 40), [36]),
    ],
)
def test_seven_days_and_four_weeks_and_never_without_one(made: tuple[int, ...], kept: list[int]) -> None:
    assert ages(to_keep(days_ago(*made), NOON, ZONE)) == kept


def test_of_several_on_one_day_the_newest_stays() -> None:
    morning, evening = NOON - timedelta(hours=3), NOON
    assert to_keep({"stick": [morning, evening]}, NOON, ZONE) == {("stick", evening)}


def test_each_place_is_thinned_by_itself_but_the_longest_time_holds_everywhere() -> None:
    places = {"a": [NOON, NOON - timedelta(days=2)], "b": [NOON - timedelta(days=1), NOON - timedelta(days=50)]}
    assert ages(to_keep(places, NOON, ZONE)) == [0, 1, 2]


@pytest.mark.parametrize("open_on", [range(7), range(5), (0,), (0, 3)])
def test_over_a_year_there_are_few_old_ones_and_always_a_new_one(open_on: range | tuple[int, ...]) -> None:
    """Day by day: a copy on each day on which the shop is open, then thinning."""
    have: list[datetime] = []
    for number in range(365):
        now = NOON + timedelta(days=number)
        if now.weekday() in open_on:
            have.append(now)
        have = sorted(made for _, made in to_keep({"stick": have}, now, ZONE))
        assert len(have) <= Thinning().daily + Thinning().weekly
        assert all(now - made <= timedelta(days=Thinning().longest) for made in have)
        if number > 40:
            assert now - have[-1] <= timedelta(days=7)
            assert now - have[0] >= timedelta(days=14)
