"""The window in fresh processes: its start, each key typed into its search, and how long it ever stands still."""

from __future__ import annotations

import json
import shutil
import statistics
import time
from collections.abc import Iterator
from typing import Any

from installers.bench.customer_file import CustomerFile, add_events
from installers.bench.measure import Figure, share
from installers.bench.people import write_list
from installers.bench.starting import program
from installers.bench.workshop import DAILY_SIZES, Workshop

_STALL_MS = 50.0
_KEY_MS = {True: 50.0, False: 100.0}
"""From a key to the rows, up to a hundred thousand people and beyond."""
_FAMILIAR = "mü"
_FEW = 100
_WORKS = {
    "scrolling": "scrolling to the end of the list",
    "searching": "searching",
    "report": "an access report of {events:,} events",
    "import": "bringing in {size:,} people",
}


def measure(shop: Workshop) -> Iterator[Figure]:
    """Start and standstills at the largest file of every day, keys at every size."""
    usual = max(shop.daily)
    with _Copy(shop, usual) as copy:
        yield from _start(shop, copy)
    for size in sorted(shop.options.sizes):
        with _Copy(shop, size) as copy:
            yield _keys(shop, copy)
    yield from _stalls(shop, usual)


class _Copy:
    """A closed copy of a customer file, and what the computer's place for keys would hold for it."""

    def __init__(self, shop: Workshop, size: int) -> None:
        self.file: CustomerFile = shop.filled(size)
        self.folder = shop.folder / "window"
        self._compiled = shop.compiled
        source = self.file.office.store
        source.checkpoint()
        shutil.copytree(source.database.parent, self.folder, ignore=shutil.ignore_patterns("*.lock", "*-wal", "*-shm"))
        self.database = self.folder / source.database.name

    def __enter__(self) -> _Copy:
        return self

    def __exit__(self, *_: object) -> None:
        shutil.rmtree(self.folder)

    def ours(self, work: str, **rest: Any) -> str:
        """What the window printed while it did a work on this copy."""
        return self.run(work, folder=str(self.folder), keys=self.file.keys.as_text(), **rest)

    def run(self, work: str, **rest: Any) -> str:
        """What a process of its own printed."""
        return program(["-m", "installers.bench.window_child", work], json.dumps(rest), self._compiled)


def _start(shop: Workshop, copy: _Copy) -> Iterator[Figure]:
    taken: dict[str, list[float]] = {}
    bare = {"database": str(copy.database), "key": copy.file.key.hex()}
    for round_ in range(max(shop.options.runs, 3) + 1):
        steps = {
            "bare": _steps(lambda: copy.run("bare"))["painted"],
            "rows": _steps(lambda: copy.run("bare-rows", **bare))["usable"],
            **_steps(lambda: copy.ours("ours", typed=_FAMILIAR)),
        }
        # The first round compiles.
        for step, milliseconds in steps.items() if round_ else ():
            taken.setdefault(step, []).append(milliseconds)
    middle = {step: statistics.median(each) for step, each in taken.items()}
    least, rows, size = middle["bare"], middle["rows"], copy.file.size
    against = "bare window with an empty table, painted"
    yield Figure("window-painted", "window painted", size, middle["painted"], "ms", least, against, goal=1.5)
    what = "first 50 contacts shown"
    yield Figure("window-usable", what, size, middle["usable"], "ms", least, against, goal=3.0)
    yield Figure("window-rows", what, size, middle["usable"], "ms", rows, "bare window, raw key and 50 rows")
    note = f"“{_FAMILIAR}” typed as soon as they are"
    yield Figure("window-search", "search answered", size, middle["searched"], "ms", least, against, note=note)


def _steps(run: Any) -> dict[str, float]:
    """After how many milliseconds each step was reached, counted from before the process began."""
    started = time.monotonic()
    lines = (line.split() for line in run().splitlines())
    return {step: (float(at) - started) * 1e3 for step, at in lines}


def _keys(shop: Workshop, copy: _Copy) -> Figure:
    typed = shop.options.typed
    words = [name[:4] for name in copy.file.crowd.last(typed // 4 + 1)]
    own, bare = json.loads(copy.ours("typing", words=words))
    size = copy.file.size
    return Figure(
        "window-key",
        "key press to rows painted, p95",
        size,
        share(own, 0.95),
        "ms",
        share(bare, 0.95),
        "bare query and list rows",
        limit=_KEY_MS[size <= DAILY_SIZES],
        note=f"{len(own)} keys, median {statistics.median(own):.1f} ms, longest {max(own):.1f} ms",
    )


def _stalls(shop: Workshop, size: int) -> Iterator[Figure]:
    events = shop.options.events
    file = shop.filled(size)
    person = file.people(1)[0]
    add_events(file.office, person, events)
    # The first round compiles.
    _stood(shop, size, person, _FEW)
    longest = _stood(shop, size, person, size)
    for work, what in _WORKS.items():
        yield Figure(
            f"window-still-{work}",
            f"longest standstill: {what.format(events=events, size=size)}",
            size,
            longest[work],
            "ms",
            longest["counting"],
            "the same window beside a thread that only counts",
            limit=_STALL_MS,
        )


def _stood(shop: Workshop, size: int, person: bytes, rows: int) -> dict[str, float]:
    """The longest standstills in milliseconds, with a list of so many rows to bring in."""
    path, out = shop.folder / "window-list.csv", shop.folder / "papers"
    write_list(path, rows, seed=size + 1)
    words = [name[:4] for name in shop.filled(size).crowd.last(5)]
    with _Copy(shop, size) as copy:
        told = copy.ours("stalls", path=str(path), person=person.hex(), out=str(out), words=words)
    path.unlink()
    shutil.rmtree(out)
    longest: dict[str, float] = json.loads(told)
    return longest
