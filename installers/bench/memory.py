"""The most memory a process holds while it works, each in a process of its own."""

from __future__ import annotations

import json
from collections.abc import Iterator

from desktop_crm.privacy.folding import fold
from installers.bench.measure import Figure
from installers.bench.people import write_list
from installers.bench.starting import program
from installers.bench.workshop import Workshop

CHILD = "installers.bench.child"


def measure(shop: Workshop) -> Iterator[Figure]:
    """Bringing in a list of everyday size, and typing into the search box of the largest file."""
    size = max(shop.daily)
    path = shop.folder / "list.csv"
    write_list(path, size, seed=3)
    own, reference = (
        peak(shop, "bring-in", folder=str(shop.folder / "import"), path=str(path)),
        peak(shop, "bare-bring-in", folder=str(shop.folder / "bare"), path=str(path)),
    )
    path.unlink()
    yield Figure("memory-import", "memory, importing", size, own, "MB", reference, "csv, executemany, index")

    file = shop.filled(max(shop.options.sizes))
    file.office.store.checkpoint()
    typed = file.crowd.typed(shop.options.typed)
    told = {"database": str(file.office.store.database), "key": file.key.hex()}
    own = peak(shop, "find", **told, typed=" ".join(typed))
    reference = peak(shop, "bare-find", **told, typed=" ".join(map(fold, typed)))
    yield Figure("memory-find", "memory, type-ahead", file.size, own, "MB", reference, "bare query, same cache")


def peak(shop: Workshop, work: str, **told: str) -> float:
    """Megabytes at most during that work."""
    return float(program(["-P", "-m", CHILD, work], json.dumps(told), shop.compiled))
