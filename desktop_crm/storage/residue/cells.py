"""Reads the cells of b-tree pages from their bytes (SQLite file format, sections 1.6 and 2.1), trusting nothing.

Contents here are the 4016 bytes of a decrypted page. Damaged or stale pages yield fewer cells, never an error.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from operator import itemgetter
from typing import NamedTuple

from desktop_crm.storage.residue.pages import CONTENT

TABLE_LEAF = 13
INDEX_LEAF = 10
INDEX_INTERIOR = 2
OVERFLOW = 0
"""First byte of an overflow page (of a file under 64 GB), and of pages on the list of free ones."""

_LEAST = (CONTENT - 12) * 32 // 255 - 23
_MOST = {
    TABLE_LEAF: CONTENT - 35,
    INDEX_LEAF: (CONTENT - 12) * 64 // 255 - 23,
    INDEX_INTERIOR: (CONTENT - 12) * 64 // 255 - 23,
}


class Cell(NamedTuple):
    """A cell's payload: `size` bytes in all, `local` of them in this page from `start`; the rest from page `next`.

    `row` is the row id in a table, 0 in an index.
    """

    start: int
    local: int
    size: int
    next: int
    row: int


def kind_of(content: bytes, number: int) -> int:
    """First byte of the b-tree header: TABLE_LEAF, INDEX_LEAF, INDEX_INTERIOR, or anything else."""
    return content[_header(number)]


def varint(data: bytes, at: int) -> tuple[int, int]:
    """A SQLite variable-length integer and the offset after it. Raises IndexError at the end of the data."""
    value = 0
    for index in range(at, at + 8):
        byte = data[index]
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, index + 1
    return value << 8 | data[at + 8], at + 9


def cells(content: bytes, number: int) -> list[Cell]:
    """Cells of a b-tree page in key order; unreadable ones are left out."""
    kind = kind_of(content, number)
    found = (_cell(content, kind, at) for at in _pointers(content, number))
    return [cell for cell in found if cell is not None]


def spilling(content: bytes, number: int) -> list[Cell]:
    """The cells that go on in overflow pages. Fast where there are none."""
    kind = kind_of(content, number)
    size_at = 4 if kind == INDEX_INTERIOR else 0
    pointers = [at for at in _pointers(content, number) if at + size_at < CONTENT]
    if not pointers:
        return []
    if max(itemgetter(*pointers, pointers[0])(content[size_at:])) <= 0x80:
        return []
    most = _MOST[kind]
    large = (at for at in pointers if _claims_more(content, at + size_at, most))
    found = (_cell(content, kind, at) for at in large)
    return [cell for cell in found if cell is not None and cell.next]


def first_cell(content: bytes, number: int) -> Cell | None:
    """The first readable cell, to learn what kind of rows a page holds."""
    kind = kind_of(content, number)
    for at in _pointers(content, number)[:1]:
        return _cell(content, kind, at)
    return None


def blob_start(payload: bytes) -> int | None:
    """Where the blob begins in a record of (row id, blob), as in the data table of a full-text index; else None."""
    try:
        header, at = varint(payload, 0)
        key, at = varint(payload, at)
        blob, at = varint(payload, at)
    except IndexError:
        return None
    return header if at == header and key == 0 and blob >= 12 and blob % 2 == 0 else None


def record_blobs(payload: bytes) -> Iterator[bytes]:
    """The blobs of a record that lies whole in `payload`."""
    try:
        header, at = varint(payload, 0)
        body = header
        while at < header:
            serial, at = varint(payload, at)
            size = (serial - 12) // 2 if serial >= 12 else (0, 1, 2, 3, 4, 6, 8, 8, 0, 0, 0, 0)[serial]
            if serial >= 12 and serial % 2 == 0:
                yield payload[body : body + size]
            body += size
    except IndexError:
        return


def _header(number: int) -> int:
    return 100 if number == 1 else 0


def _pointers(content: bytes, number: int) -> tuple[int, ...]:
    """Offsets of the cells, as far as they lie in the page."""
    header = _header(number)
    kind = content[header]
    if kind not in _MOST:
        return ()
    start = header + (12 if kind == INDEX_INTERIOR else 8)
    count = min(int.from_bytes(content[header + 3 : header + 5], "big"), (CONTENT - start) // 2)
    return struct.unpack_from(f">{count}H", content, start)


def _claims_more(content: bytes, at: int, most: int) -> bool:
    """Whether the length stored at an offset is above `most`, which is over 128."""
    first = content[at]
    if first <= 0x80 or at + 1 >= CONTENT:
        return False
    second = content[at + 1]
    return second >= 0x80 or (first & 0x7F) << 7 | second > most


def _cell(content: bytes, kind: int, at: int) -> Cell | None:
    try:
        size, start = varint(content, at + 4 if kind == INDEX_INTERIOR else at)
        row, start = varint(content, start) if kind == TABLE_LEAF else (0, start)
    except IndexError:
        return None
    if size <= _MOST[kind]:
        return Cell(start, size, size, 0, row) if start + size <= CONTENT else None
    local = _LEAST + (size - _LEAST) % (CONTENT - 4)
    if local > _MOST[kind]:
        local = _LEAST
    if start + local + 4 > CONTENT:
        return None
    return Cell(start, local, size, int.from_bytes(content[start + local : start + local + 4], "big"), row)
