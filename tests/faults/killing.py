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
        self._seconds, self._changes = self._measured()

    def times(self, kills: int) -> Tally:
        """Kill it so often."""
        for number in range(kills):
            placed = bool(self._changes) and number % 2 == 1
            self._once(self._somewhere() if placed else NOWHERE)
        return self.tally

    def _somewhere(self) -> tuple[str, int]:
        """The kind of change first, so that the few moves and syncs are met as often as the many writes."""
        kind = self._chance.choice(sorted(self._changes))
        return kind, self._chance.randint(1, self._changes[kind])

    def _measured(self) -> tuple[float, Mapping[str, int]]:
        """How long the work goes on, and which changes of files it makes meanwhile; it is killed at the end."""
        longest, proof = self._proof.longest, self._proof
        root = proof.root()
        free = self._run(root, longest or LONGEST, NOWHERE)
        proof.look(root, free.said)
        if not can_follow():
            return longest or free.seconds, {}
        root = proof.root()
        followed = self._run(root, 2 * longest or LONGEST, COUNTING)
        proof.look(root, followed.said)
        return longest or free.seconds, followed.changes

    def _run(self, root: Path, seconds: float, at: tuple[str, int]) -> Ended:
        kind, word = self._proof.kind, "ended" if self._proof.longest else "did"
        return self._nursery.run(root, self._chance.random(), kind, seconds=seconds, word=word, at=at)

    def _once(self, at: tuple[str, int]) -> None:
        proof, tally = self._proof, self.tally
        root = proof.root()
        seconds = LONGEST / 3 if at[1] else self._chance.uniform(0, 1.1 * self._seconds)
        before = proof.acknowledged
        ended = self._run(root, seconds, at)
        where = at[0] if ended.reached else "in time"
        tally.kills += 1
        tally.at[where] += 1
        tally.middle += bool(ended.said) and "begin" in ended.said[-1]
        try:
            proof.look(root, ended.said)
            tally.opened += 1
            tally.told += proof.acknowledged - before
        except Exception:
            if self._strict:
                raise
            tally.failures.append(f"{tally.act}, kill {tally.kills} ({where}):\n{traceback.format_exc()}")
            self._proof = PROOFS[tally.act](self._folder / f"after-{tally.kills}", self._chance)
