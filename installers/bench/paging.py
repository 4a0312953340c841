"""The list of all people: a page deep down against the first one."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from desktop_crm.records.contact import Contact
from desktop_crm.storage.transaction import Reading
from installers.bench.customer_file import CustomerFile
from installers.bench.measure import Figure, medians
from installers.bench.workshop import Workshop

_ORDER = ("sort_name", "id")
_ROWS = 100
_BARE = "SELECT * FROM contact WHERE (sort_name, id) > (?, ?) ORDER BY sort_name, id LIMIT 100"
_AT = "SELECT sort_name, id FROM contact ORDER BY sort_name, id LIMIT 1 OFFSET ?"


def measure(shop: Workshop) -> Iterator[Figure]:
    """A page of 100 after nine tenths of all rows."""
    for size in sorted(shop.options.sizes):
        file = shop.filled(size)
        yield from file.office.read(partial(_pages, file, shop.options.runs))


def _pages(file: CustomerFile, runs: int, reading: Reading) -> list[Figure]:
    row = file.size * 9 // 10
    plain = file.plain()
    last = plain.execute(_AT, (row,)).fetchone()
    deep, first, bare_page = medians(
        max(21, runs),
        lambda: reading.page(Contact, order=_ORDER, last=last, limit=_ROWS),
        lambda: reading.page(Contact, order=_ORDER, last=None, limit=_ROWS),
        lambda: plain.execute(_BARE, last).fetchall(),
    )
    what = f"page at row {row:,}"
    return [
        Figure("page", what, file.size, deep * 1e3, "ms", first * 1e3, "page 1", goal=2.0),
        Figure("page-bare", what, file.size, deep * 1e3, "ms", bare_page * 1e3, "bare query, no key"),
    ]
