"""Finds the rows of full-text indexes in decrypted pages, puts their parts together, and looks for words in them."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from typing import NamedTuple

from desktop_crm.storage.residue.cells import TABLE_LEAF, Cell, blob_start, cells, first_cell, kind_of
from desktop_crm.storage.residue.full_text import contained, first_term
from desktop_crm.storage.residue.needles import Wanted
from desktop_crm.storage.residue.pages import CONTENT, PAGE, PageReader

_LARGEST = 1 << 17
"""Bytes; a leaf's page index begins at an offset of 16 bits, so larger blobs are no leaves."""

_SMALLEST = 16
"""Bytes of a row with a leaf that holds one word of 5 bytes; the index of text lengths has many smaller rows."""

_SEGMENT_BITS = 37
"""The row id of a leaf is its segment, shifted by this, plus its page in it (fts5_index.c)."""


class Row(NamedTuple):
    """A cell that may be a full-text leaf, and where in its payload the blob begins."""

    cell: Cell
    blob: int


class Leaves:
    """Rows of (row id, blob) of the main file."""

    def __init__(self, wanted: Wanted, reader: PageReader) -> None:
        self._wanted = wanted.sorted_terms
        self._reader = reader
        self.claimed: set[int] = set()
        """Overflow pages of the main file that belong to decoded leaves."""

    def decode(self, number: int, content: bytes) -> tuple[list[bytes], list[tuple[int, int]]]:
        """The wanted terms in the leaves of one page, and the ranges of that page the leaves lie in."""
        found: list[bytes] = []
        ranges: list[tuple[int, int]] = []
        upper: bytes | None = None
        segment = -1
        for row in reversed(rows(number, content)):
            try:
                leaf = self._whole(content, row)
                if row.cell.row >> _SEGMENT_BITS != segment:
                    segment, upper = row.cell.row >> _SEGMENT_BITS, None
                found += contained(leaf, upper, self._wanted)
                upper = first_term(leaf) or upper
            except ValueError:
                continue
            ranges.append((row.cell.start, row.cell.start + row.cell.local))
        return found, ranges

    def _whole(self, content: bytes, row: Row) -> bytes:
        """The blob with its overflow pages, which become claimed if it is a leaf. Raises ValueError if it is not."""
        cell = row.cell
        parts = [content[cell.start + row.blob : cell.start + cell.local]]
        missing, after = cell.size - cell.local, cell.next
        pages: list[int] = []
        while missing > 0:
            if not after or after in pages:
                raise ValueError("broken chain")
            page = self._reader.content(after, (after - 1) * PAGE)
            pages.append(after)
            parts.append(page[4 : min(4 + missing, CONTENT)])
            missing -= CONTENT - 4
            after = int.from_bytes(page[:4], "big")
        leaf = b"".join(parts)
        first_term(leaf)
        self.claimed.update(pages)
        return leaf


class Versions:
    """Where in the log or journal each page is stored, to put leaves together that lie there in pieces."""

    def __init__(self, wanted: Wanted, reader: PageReader, main: PageReader) -> None:
        self._wanted = wanted.sorted_terms
        self._reader = reader
        self._main = main
        self._offsets: dict[int, list[int]] = {}
        self._leaves: list[tuple[int, int]] = []

    def add(self, number: int, offset: int, content: bytes) -> None:
        """Notes one stored page; offsets must rise."""
        self._offsets.setdefault(number, []).append(offset)
        if rows(number, content):
            self._leaves.append((number, offset))

    def decode(self) -> Iterator[tuple[int, bytes]]:
        """Page number and wanted term of every leaf noted."""
        for number, offset in self._leaves:
            content = self._reader.content(number, offset)
            for row in rows(number, content):
                for leaf in self._candidates(content, row, offset):
                    try:
                        yield from ((number, term) for term in contained(leaf, None, self._wanted))
                    except ValueError:
                        continue

    def _candidates(self, content: bytes, row: Row, offset: int) -> set[bytes]:
        """The blob, completed with the page versions next to `offset` before and after it and with the main file's.

        A leaf and its overflow page are written by the same transaction, so the right one is among these.
        """
        cell = row.cell
        done: set[bytes] = set()
        open_ends = [(content[cell.start + row.blob : cell.start + cell.local], cell.size - cell.local, cell.next)]
        while open_ends:
            part, missing, after = open_ends.pop()
            if missing <= 0:
                done.add(part)
            elif after:
                for page in self._near(after, offset):
                    piece = page[4 : min(4 + missing, CONTENT)]
                    open_ends.append((part + piece, missing - len(piece), int.from_bytes(page[:4], "big")))
        return done

    def _near(self, number: int, offset: int) -> list[bytes]:
        offsets = self._offsets.get(number, [])
        middle = bisect_right(offsets, offset)
        near = [self._reader.content(number, at) for at in offsets[max(middle - 1, 0) : middle + 1]]
        return [*near, self._main.content(number, (number - 1) * PAGE)]


def rows(number: int, content: bytes) -> list[Row]:
    """The rows of (row id, blob) in a page, if it holds such rows; those too short or too long for a leaf left out."""
    if kind_of(content, number) != TABLE_LEAF:
        return []
    first = first_cell(content, number)
    if first is None or blob_start(_beginning(content, first)) is None:
        return []
    fitting = (cell for cell in cells(content, number) if _SMALLEST <= cell.size <= _LARGEST)
    found = ((cell, blob_start(_beginning(content, cell))) for cell in fitting)
    return [Row(cell, at) for cell, at in found if at is not None and at + 4 <= cell.local]


def _beginning(content: bytes, cell: Cell) -> bytes:
    return content[cell.start : cell.start + min(cell.local, 32)]
