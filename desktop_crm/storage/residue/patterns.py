"""Finds many byte strings at once; the time hardly depends on how many.

Every pattern of at least 7 bytes holds four bytes that begin at a multiple of 4, wherever it lies. So it is enough to
look up each aligned group of four of the text in one table, a loop that runs in C. Patterns of 5 or 6 bytes are looked
for one by one while they are few, else in a second round over the groups between. The rarest possible groups are chosen
from a sample.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence

SHORTEST = 5
"""Bytes a pattern must have."""

_FEW = 32
"""So many patterns are found as fast one by one (0.25 ms/MB each) as by another round (9 ms/MB)."""

_Entries = dict[int, list[tuple[int, int]]]


class Patterns:
    """The byte strings to be found, lower-case in ASCII; texts must be so too."""

    def __init__(self, patterns: Sequence[bytes], sample: bytes = b"") -> None:
        """`sample` is text like the one to be searched. Raises ValueError for a pattern that is too short."""
        if any(len(pattern) < SHORTEST for pattern in patterns):
            raise ValueError("pattern too short")
        self._patterns = patterns
        self.longest = max(map(len, patterns), default=0)
        self._even: _Entries = {}
        self._odd: _Entries = {}
        short = [index for index, pattern in enumerate(patterns) if len(pattern) < 7]
        single = range(len(patterns)) if len(patterns) <= _FEW else short if len(short) <= _FEW else ()
        self._single = frozenset(single)
        known = Counter(_groups(sample, 0))
        for index in frozenset(range(len(patterns))) - self._single:
            if len(patterns[index]) >= 7:
                self._enter((self._even,), index, 4, known)
            else:
                self._enter((self._even, self._odd), index, 2, known)

    def _enter(self, tables: Sequence[_Entries], index: int, step: int, known: Counter[int]) -> None:
        """Enters one group for each way the pattern can lie to multiples of `step`."""
        pattern = self._patterns[index]
        for first in range(step):
            places = range(first, len(pattern) - 3, step)
            at = min(places, key=lambda place: known[_group(pattern, place)])
            for entries in tables:
                entries.setdefault(_group(pattern, at), []).append((index, at))

    def find(self, text: bytes) -> Iterator[tuple[int, int]]:
        """Offset and pattern index of every occurrence, some twice, in no order."""
        if self._even:
            yield from self._look_up(text, self._even, 0)
        if self._odd:
            yield from self._look_up(text, self._odd, 2)
        for index in self._single:
            at = text.find(self._patterns[index])
            while at >= 0:
                yield at, index
                at = text.find(self._patterns[index], at + 1)

    def _look_up(self, text: bytes, entries: _Entries, shift: int) -> Iterator[tuple[int, int]]:
        """Looks at the groups at `shift` and every four bytes after it."""
        marks = bytes(map(entries.__contains__, _groups(text, shift)))
        at = marks.find(1)
        while at >= 0:
            place = at * 4 + shift
            for index, offset in entries[_group(text, place)]:
                start = place - offset
                if start >= 0 and text.startswith(self._patterns[index], start):
                    yield start, index
            at = marks.find(1, at + 1)


def _groups(text: bytes, shift: int) -> memoryview:
    """Groups of four bytes from `shift` on, as numbers of this machine's byte order."""
    return memoryview(text)[shift : shift + (len(text) - shift) // 4 * 4].cast("I")


def _group(text: bytes, at: int) -> int:
    return int.from_bytes(text[at : at + 4], sys.byteorder)
