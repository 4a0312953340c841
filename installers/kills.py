"""Kills the program without warning in every kind of work: `from_source.py kills [--times N] [--seed N]`.

After each kill the customer file is opened as the next start would open it, and compared with what the dead program
had told as done. Exit 0 if nothing told was lost and nothing needed repair, else 1.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from tests.faults.killing import IN_TIME, Killer, Tally, can_follow
from tests.faults.nursery import Nursery
from tests.faults.proofs import PROOFS

TIMES = 300
HEAD = (
    f"{'act':20}{'kills':>5}{'in time':>9}{'at a write':>12}{'in the act':>12}"
    f"{'told':>7}{'kept':>7}{'opened':>9}  where"
)


def line(tally: Tally) -> str:
    """The line of the table."""
    timed = tally.at[IN_TIME]
    where = ", ".join(f"{name} {n}" for name, n in tally.at.most_common() if name != IN_TIME)
    kept, opened = "LOST" if tally.failures else str(tally.told), f"{tally.opened}/{tally.kills}"
    numbers = f"{tally.kills:5}{timed:9}{tally.kills - timed:12}{tally.middle:12}{tally.told:7}{kept:>7}"
    return f"{tally.act:20}{numbers}{opened:>9}  {where}"


def grammar() -> argparse.ArgumentParser:
    """What may be asked for."""
    parser = argparse.ArgumentParser(
        prog="from_source.py kills",
        description="Kills the program in the middle of its work, again and again, and looks at what is left.",
    )
    parser.add_argument("--times", type=int, default=TIMES, metavar="N", help=f"how many kills in all ({TIMES})")
    parser.add_argument("--seed", type=int, metavar="N", help="the same choices as in another run")
    parser.add_argument(
        "--only", choices=sorted(PROOFS), action="append", help="one kind of work; more than once for more"
    )
    parser.add_argument("--dir", type=Path, metavar="DIR", help="where the throw-away files lie meanwhile")
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Kills, looks, prints."""
    asked = grammar().parse_args(arguments)
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(10**9)
    acts = [act for act in PROOFS if act in (asked.only or PROOFS)]
    print(
        f"Seed {seed}. Kills at chosen writes: {'yes' if can_follow() else 'not possible here'}.\n\n{HEAD}", flush=True
    )
    tallies = []
    with (
        tempfile.TemporaryDirectory(prefix="desktop-crm-kills-", dir=asked.dir) as folder,
        closing(Nursery()) as nursery,
    ):
        for number, act in enumerate(acts):
            kills = asked.times * (number + 1) // len(acts) - asked.times * number // len(acts)
            killer = Killer(nursery, act, Path(folder), f"{seed} {act}", strict=False)
            tallies.append(killer.times(kills))
            print(line(tallies[-1]), flush=True)
    return verdict(tallies, seed)


def verdict(tallies: Sequence[Tally], seed: int) -> int:
    """The last lines, and the exit code."""
    failures = [text for tally in tallies for text in tally.failures]
    kills, told = sum(tally.kills for tally in tallies), sum(tally.told for tally in tallies)
    for text in failures:
        print(f"\n{text}")
    if failures:
        print(f"\nFAILED after {len(failures)} of {kills} kills; --seed {seed} makes the same choices again.")
        return 1
    print(
        f"\n{kills} kills, {told} acts told as done: all of them kept, every file opened at once, without any repair."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
