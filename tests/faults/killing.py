"""Kills a worker of one kind again and again, and looks at what is left each time.

Half of the kills come at a random moment, half right before a randomly chosen write, fsync or rename (where this
computer lets one process follow another).
"""

from __future__ import annotations

import random
import traceback
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from tests.faults import tracing
from tests.faults.nursery import COUNTING, LONGEST, NOWHERE, Ended, Nursery
from tests.faults.proofs import PROOFS

IN_TIME = "in time"


@dataclass
class Tally:
    """How often a kind of work was killed, where, and what came of it."""

    act: str
    kills: int = 0
    middle: int = 0
    """So many kills came between the beginning of an act and the word that it was done."""
    told: int = 0
    opened: int = 0
    at: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)


@cache
def can_follow() -> bool:
    """Whether kills at chosen writes are possible here."""
    return tracing.possible()


class Killer:
    """Kills one kind of work; `strict` raises at the first failure instead of noting it."""

    def __init__(self, nursery: Nursery, act: str, folder: Path, seed: str, *, strict: bool) -> None:
        self._nursery = nursery
        self._folder = folder
        self._chance = random.Random(seed)
        self._strict = strict
        self._proof = PROOFS[act](folder, self._chance)
        self.tally = Tally(act)
        self._seconds = self._proof.longest
        self._changes: Mapping[str, int] = {}

    def times(self, kills: int) -> Tally:
        """Kill it so often. The first two kills come late: they tell how long the work goes on and what it changes."""
        for number in range(kills):
            try:
                self._once(number)
            except Exception:
                if self._strict:
                    raise
                self._failed(number + 1)
        return self.tally

    def _once(self, number: int) -> None:
        self.tally.kills += 1
        proof = self._proof
        root, before, (seconds, at) = proof.root(), proof.acknowledged, self._plan(number)
        word = "ended" if proof.longest else "did"
        ended = self._nursery.run(root, self._chance.random(), proof.kind, seconds=seconds, word=word, at=at)
        self._learn(number, at, ended)
        proof.look(root, ended.said)
        self.tally.opened += 1
        self.tally.told += proof.acknowledged - before

    def _plan(self, number: int) -> tuple[float, tuple[str, int]]:
        """When to kill: after how many seconds at the latest, and before which change of a file."""
        longest = self._proof.longest
        if number < 2:
            return (number + 1) * longest or LONGEST, COUNTING if number and can_follow() else NOWHERE
        if self._changes and number % 2:
            # The kind of change first, so that the few moves and syncs are met as often as the many writes.
            kind = self._chance.choice(sorted(self._changes))
            return LONGEST / 3, (kind, self._chance.randint(1, self._changes[kind]))
        return self._chance.uniform(0, 1.1 * self._seconds), NOWHERE

    def _learn(self, number: int, at: tuple[str, int], ended: Ended) -> None:
        if not number and not self._proof.longest:
            self._seconds = ended.seconds
        if number == 1:
            self._changes = ended.changes
        self.tally.at[at[0] if ended.reached else IN_TIME] += 1
        self.tally.middle += bool(ended.said) and "begin" in ended.said[-1]

    def _failed(self, number: int) -> None:
        """Go on with a fresh customer file: what is broken would be broken at each later look."""
        tally = self.tally
        tally.failures.append(f"{tally.act}, kill {number}:\n{traceback.format_exc()}")
        self._proof = PROOFS[tally.act](self._folder / f"after-{tally.act}-{number}", self._chance)
