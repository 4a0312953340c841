"""Values that go on from one page to another: the seams between chained pages, and the edges of pages without owner."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from desktop_crm.storage.residue.cells import INDEX_INTERIOR, INDEX_LEAF, OVERFLOW, TABLE_LEAF, kind_of, spilling
from desktop_crm.storage.residue.needles import Wanted
from desktop_crm.storage.residue.pages import Stored
from desktop_crm.storage.residue.patterns import Patterns

_GAP = bytes(16)


class Place(NamedTuple):
    """A page in a source: page, frame or journal, and its number."""

    source: str
    number: int


class Split(NamedTuple):
    """A byte string found over a seam."""

    place: Place
    pattern: bytes


class Chains:
    """Collects the ends and beginnings of chained pages while they pass by, and searches them when all have."""

    def __init__(self, wanted: Wanted, longest: int) -> None:
        self._wanted = wanted
        self._reach = max(longest - 1, 1)
        self._tails: list[tuple[Place, int, bytes]] = []
        self._heads: dict[int, set[bytes]] = {}
        self._edges: list[tuple[Place, bytes]] = []

    def add(self, source: str, stored: Stored, content: bytes, lowered: bytes) -> None:
        """One page that is sound; `lowered` is its content in lower case."""
        place = Place(source, stored.number)
        kind = kind_of(content, stored.number)
        if kind in (TABLE_LEAF, INDEX_LEAF, INDEX_INTERIOR):
            for cell in spilling(content, stored.number):
                end = cell.start + cell.local
                self._tails.append((place, cell.next, lowered[max(cell.start, end - self._reach) : end]))
        elif kind == OVERFLOW:
            self._add_overflow(place, content, lowered)

    def _add_overflow(self, place: Place, content: bytes, lowered: bytes) -> None:
        following = int.from_bytes(content[:4], "big")
        self._heads.setdefault(place.number, set()).add(lowered[4 : 4 + self._reach])
        if following:
            self._tails.append((place, following, lowered[-self._reach :]))
        starts = (whole for part, whole in self._wanted.starts.get(lowered[4:8], ()) if lowered.startswith(part, 4))
        ends = (whole for part, whole in self._wanted.ends.get(lowered[-4:], ()) if lowered.endswith(part))
        self._edges += [(place, whole) for whole in (*starts, *ends)]

    def splits(self, patterns: Patterns, listed: list[bytes]) -> Iterator[Split]:
        """The patterns that lie across a seam between two chained pages."""
        joints = ((place, tail, head) for place, after, tail in self._tails for head in self._heads.get(after, ()))
        batch: list[tuple[Place, bytes, bytes]] = []
        for joint in chain(joints, [None]):
            if joint is not None:
                batch.append(joint)
            if batch and (joint is None or len(batch) >= 4096):
                yield from self._search(batch, patterns, listed)
                batch = []

    def _search(
        self, batch: list[tuple[Place, bytes, bytes]], patterns: Patterns, listed: list[bytes]
    ) -> Iterator[Split]:
        """All joints of a batch laid side by side at equal distances, each with its seam at the same place."""
        reach = self._reach
        width = 2 * reach + len(_GAP)
        text = b"".join(tail.rjust(reach, b"\0") + head.ljust(reach, b"\0") + _GAP for _, tail, head in batch)
        for at, index in patterns.find(text):
            joint, start = divmod(at, width)
            if start < reach < start + len(listed[index]):
                yield Split(batch[joint][0], listed[index])

    def loose_edges(self) -> Iterator[Split]:
        """Ends and beginnings of values at the edges of pages that no chain leads to."""
        owned = {after for _, after, _ in self._tails}
        return (Split(place, whole) for place, whole in self._edges if place.number not in owned)
