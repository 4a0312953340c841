"""Takes times of works one after the other, round by round, so that what else the computer does meets them alike."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Work = Callable[[], object]

UNITS = {"ms": 1e3, "s": 1.0, "µs": 1e6}
"""What seconds are multiplied by to be shown."""


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the result.

    `value` and `reference` are in `unit`; `against` says what the reference is. `goal` is the largest ratio wanted,
    `limit` the largest value wanted, None where there is no such goal.
    """

    name: str
    what: str
    size: int
    value: float
    unit: str
    reference: float
    against: str
    goal: float | None = None
    limit: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float:
        """How many times the reference."""
        return self.value / self.reference if self.reference else float("inf")

    @property
    def met(self) -> bool | None:
        """Whether the goals are met; None where there are none."""
        if self.goal is None and self.limit is None:
            return None
        return (self.goal is None or self.ratio <= self.goal) and (self.limit is None or self.value <= self.limit)


def seconds(work: Work) -> float:
    """How long one run takes."""
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def rounds(runs: int, *works: Work) -> list[list[float]]:
    """Seconds of each work in each round; every second round goes through them backwards."""
    taken: list[list[float]] = [[] for _ in works]
    gc.collect()
    for number in range(runs):
        order = range(len(works)) if number % 2 == 0 else range(len(works) - 1, -1, -1)
        for index in order:
            taken[index].append(seconds(works[index]))
    return taken


def medians(runs: int, *works: Work) -> list[float]:
    """The median of each work's seconds."""
    return [statistics.median(one) for one in rounds(runs, *works)]


def share(values: Sequence[float], part: float) -> float:
    """The value that this part of all values does not exceed: 0.5 the median, 0.95 all but the slowest twentieth."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]
