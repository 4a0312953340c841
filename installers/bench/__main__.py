"""Measures Desktop CRM: `from_source.py bench [options]`."""

from __future__ import annotations

import argparse
import contextlib
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from installers.bench import (
    apart,
    backup,
    daily,
    erasure,
    importing,
    keeping_times,
    memory,
    paging,
    permission,
    reporting,
    searching,
    starting,
    table,
    unlocking,
    using,
    window,
)
from installers.bench.measure import Figure
from installers.bench.workshop import Options, Workshop, tell

BENCHES: dict[str, Callable[[Workshop], Iterator[Figure]]] = {
    "import": importing.measure,
    "start": starting.measure,
    "unlock": unlocking.measure,
    "search": searching.measure,
    "page": paging.measure,
    "memory": memory.measure,
    "report": reporting.measure,
    "window": window.measure,
    "daily": daily.measure,
    "apart": apart.measure,
    "backup": backup.measure,
    "retention": keeping_times.measure,
    "erasure": erasure.measure,
    "permission": permission.measure,
    "gate": using.measure,
}
"""In this order, so that no file is changed before it is searched; at the end everybody in it is given answers."""

USUAL = Options(sizes=(10_000, 100_000, 1_000_000), runs=7, long_runs=3, events=5_000, typed=60)
QUICK = Options(sizes=(1_000, 5_000), runs=3, long_runs=1, events=1_000, typed=10)


def sizes(typed: str) -> tuple[int, ...]:
    """`10000,100000` as numbers; ValueError for anything else and below 100."""
    found = tuple(sorted({int(one) for one in typed.split(",")}))
    if found[0] < 100:
        raise ValueError("too few people to measure anything")
    return found


def names(typed: str) -> tuple[str, ...]:
    """`search,page`; ValueError for what is not measured."""
    found = tuple(typed.split(","))
    if unknown := set(found) - BENCHES.keys():
        raise ValueError(f"not measured: {unknown}")
    return found


def grammar() -> argparse.ArgumentParser:
    """What may be asked for."""
    parser = argparse.ArgumentParser(
        prog="from_source.py bench",
        description="Measures with made-up people; each figure is a median, beside a reference of the same run.",
    )
    parser.add_argument("--sizes", type=sizes, metavar="N,N", help="numbers of people, from 100 (10000,100000,1000000)")
    parser.add_argument("--only", type=names, metavar="NAME,NAME", help=f"of {', '.join(BENCHES)}")
    parser.add_argument("--runs", type=int, metavar="N", help=f"how often each is run ({USUAL.runs})")
    parser.add_argument("--long-runs", type=int, metavar="N", help=f"the same for long ones ({USUAL.long_runs})")
    parser.add_argument("--events", type=int, metavar="N", help=f"of the person of whom most is known ({USUAL.events})")
    parser.add_argument("--quick", action="store_true", help="small and rough, in under a minute")
    parser.add_argument("--long", action="store_true", help="import and erasure at every size too")
    parser.add_argument("--json", action="store_true", help="the result for machines, when all is done")
    parser.add_argument("--dir", type=Path, metavar="DIR", help="where the throw-away files lie meanwhile")
    return parser


def options(asked: argparse.Namespace) -> Options:
    """What is asked for, with what is usual for the rest."""
    usual = QUICK if asked.quick else USUAL
    return Options(
        sizes=asked.sizes or usual.sizes,
        runs=asked.runs or usual.runs,
        long_runs=asked.long_runs or usual.long_runs,
        events=asked.events or usual.events,
        typed=usual.typed,
        long=asked.long,
    )


def measure(chosen: Sequence[str], wanted: Options, parent: Path | None) -> Iterator[Figure]:
    """All figures of these measurements, in a folder that is deleted at the end."""
    with tempfile.TemporaryDirectory(prefix="desktop-crm-bench-", dir=parent) as folder:
        shop = Workshop(Path(folder), wanted)
        with contextlib.closing(shop):
            for name in chosen:
                yield from BENCHES[name](shop)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measures and prints."""
    asked = grammar().parse_args(arguments)
    found: list[Figure] = []
    if not asked.json:
        print(table.HEAD)
    for figure in measure([name for name in BENCHES if name in (asked.only or BENCHES)], options(asked), asked.dir):
        found.append(figure)
        show = tell if asked.json else print
        show(table.line(figure))
    if asked.json:
        print(table.as_json(found))
        return 0
    for title, lines in (("How it grows", table.growth(found)), ("Missed", table.missed(found))):
        if lines:
            print(f"\n{title}:", *lines, sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
