"""Erasing a person twice over: the transaction alone, and with checkpoint and the search of every page."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from functools import partial

from desktop_crm.services import erasing
from desktop_crm.services.erasure_plan import ErasureOrder
from installers.bench import bare
from installers.bench.customer_file import CustomerFile
from installers.bench.measure import Figure, seconds
from installers.bench.workshop import Workshop


def measure(shop: Workshop) -> Iterator[Figure]:
    """Against deleting the rows by their numbers alone, and against that with every page read once."""
    for size in shop.daily:
        yield from _erasures(shop, shop.filled(size))


def _erasures(shop: Workshop, file: CustomerFile) -> Iterator[Figure]:
    runs = shop.options.runs
    people = file.people(3 * runs)
    alone, proved, deleted, read = [], [], [], []
    copy = file.copy()
    for number in range(runs):
        mine, theirs, others = people[3 * number : 3 * number + 3]
        transaction, whole = _erase(shop, file, mine)
        alone.append(transaction)
        proved.append(whole)
        deleted.append(seconds(partial(bare.delete_person, copy, theirs)))
        read.append(seconds(partial(bare.delete_and_read_all, copy, others)))
    times = [statistics.median(one) * 1e3 for one in (alone, deleted, proved, read)]
    against = "plain DELETEs, index untouched"
    yield Figure("erase", "erasing, the transaction", file.size, times[0], "ms", times[1], against)
    against = "DELETEs, checkpoint, reading all pages"
    yield Figure("erase-proof", "erasing with checkpoint and proof", file.size, times[2], "ms", times[3], against)


def _erase(shop: Workshop, file: CustomerFile, person: bytes) -> tuple[float, float]:
    """Seconds of the transaction, and from its beginning until the proof is in the ledger."""
    file.office.writes.clear()
    erased = erasing.erase(file.office, person, shop.folder / "papers", ErasureOrder())
    if erased.searched.found or erased.searched.pending:
        raise RuntimeError("an erasure left something behind")
    (started, ended), (_, noted), *_ = file.office.writes
    return ended - started, noted - started
