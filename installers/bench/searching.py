"""The search box while a name is typed: the query, and the whole way to the rows of the list."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from statistics import median

from desktop_crm.privacy.folding import fold
from desktop_crm.services import contacts
from desktop_crm.storage import search
from desktop_crm.storage.transaction import Reading
from installers.bench import bare
from installers.bench.customer_file import CustomerFile
from installers.bench.measure import Figure, Work, medians, rounds, share
from installers.bench.workshop import Workshop

Times = list[float]


def measure(shop: Workshop) -> Iterator[Figure]:
    """Each beginning of each name once a round; of its rounds the median counts, then p50 and p95 over all."""
    for size in sorted(shop.options.sizes):
        file = shop.filled(size)
        typed = file.crowd.typed(shop.options.typed)
        times = partial(_times, file, typed, shop.options.runs)
        query, bare_query, find, bare_list = file.office.read(times)
        goal = 1.5 if size == max(shop.options.sizes) else None
        yield from _figures("query", "type-ahead, the query", size, query, bare_query, "bare query, no key", goal)
        against = "bare query and list rows, no key"
        yield from _figures("find", "type-ahead, the whole way", size, find, bare_list, against, None)
        yield _words(file, shop.options.runs)


def _figures(
    name: str, what: str, size: int, own: Times, reference: Times, against: str, goal: float | None
) -> Iterator[Figure]:
    for part in (0.5, 0.95):
        called = f"p{part * 100:.0f}"
        times = share(own, part) * 1e3, share(reference, part) * 1e3
        yield Figure(f"{name}-{called}", f"{what}, {called}", size, times[0], "ms", times[1], against, goal=goal)


def _times(file: CustomerFile, typed: Sequence[str], runs: int, reading: Reading) -> tuple[Times, ...]:
    plain = file.plain()
    contacts.find(file.office, "warm up")
    all_times: tuple[Times, ...] = ([], [], [], [])
    for text in typed:
        folded = fold(text)
        works: tuple[Work, ...] = (
            partial(search.exact, reading, text),
            partial(bare.type_ahead, plain, folded),
            partial(contacts.find, file.office, text),
            partial(bare.type_ahead_list, plain, folded),
        )
        for times, one in zip(all_times, rounds(max(3, runs), *works), strict=True):
            times.append(median(one))
    return all_times


def _words(file: CustomerFile, runs: int) -> Figure:
    """After each change the list of words for near misses is read anew, when it is next needed."""
    plain = file.plain()
    statement = "SELECT DISTINCT term FROM search_word WHERE col IN ('name', 'company')"
    own, reference = file.office.read(
        lambda reading: medians(
            runs, lambda: search.Vocabulary(reading.connection), lambda: plain.execute(statement).fetchall()
        )
    )
    what = "reading the words for near misses"
    return Figure("words", what, file.size, own * 1e3, "ms", reference * 1e3, "bare query, no key")
