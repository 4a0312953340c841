"""Decodes leaf pages of SQLite's FTS5 index, where words are stored without the beginning they share with the last.

Format, from the comments of fts5_index.c: two bytes offset of the first row id, two bytes offset of the page index,
then terms and their lists of rows; the page index is a list of variable-length integers, the distances of the terms.
The first term of a page is (length, bytes); each later one (length shared with the term before, length, bytes). The
first byte of a term is `0` for whole words and the following characters for the indexes of beginnings.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence

from desktop_crm.storage.residue.cells import varint

WHOLE_WORD = b"0"
"""First byte of a term that is a whole word."""

_SURE = 6
"""Bytes of a word's end that are taken for that word where its beginning cannot be known."""


def words(text: str, *, fold: Callable[[str], str], min_bytes: int = 6) -> tuple[str, ...]:
    """The words of a value as the full-text index holds them: runs of letters and digits of the folded value.

    Same classes of characters as FTS5's `unicode61` (L*, N*, Co). Words under `min_bytes` in UTF-8 are left out.
    """
    spaced = "".join(letter if _in_word(letter) else " " for letter in fold(text))
    return tuple(dict.fromkeys(word for word in spaced.split() if len(encoded(word)) >= min_bytes))


def encoded(text: str) -> bytes:
    """UTF-8; lone surrogates too."""
    return text.encode("utf-8", "surrogatepass")


def terms(leaf: bytes) -> list[bytes]:
    """All terms of a leaf, whole, each with its leading index byte. Raises ValueError if these bytes are no leaf."""
    return list(_walk(leaf))


def first_term(leaf: bytes) -> bytes | None:
    """The first term; None for a leaf that only goes on with a list of rows. Raises ValueError as `terms` does."""
    return next(_walk(leaf), None)


def contained(leaf: bytes, upper: bytes | None, wanted: Sequence[bytes]) -> list[bytes]:
    """Which of the sorted `wanted` terms a leaf holds, of whose terms all are below `upper` if that is known.

    The leaf is unpacked only if one of them lies in its range. Raises ValueError if these bytes are no leaf.
    """
    first = first_term(leaf)
    if first is None:
        return []
    low = bisect_left(wanted, first)
    high = len(wanted) if upper is None or upper <= first else bisect_left(wanted, upper)
    if low >= high:
        return []
    asked = set(wanted[low:high])
    return [term for term in _walk(leaf) if term in asked]


def traces(word: str) -> list[bytes]:
    """Byte strings by which a word shows in pieces of a leaf that cannot be decoded: its end with the two lengths."""
    term = WHOLE_WORD + encoded(word)
    size = len(term)
    if size > 127:
        return [term]
    return [bytes((size,)) + term] + [
        bytes((shared, size - shared)) + term[shared:] for shared in range(1, size - _SURE + 1)
    ]


def _walk(leaf: bytes) -> Iterator[bytes]:
    try:
        yield from _unpack(leaf)
    except IndexError:
        raise ValueError("not a full-text leaf") from None


def _unpack(leaf: bytes) -> Iterator[bytes]:
    end = leaf[2] << 8 | leaf[3]
    if not 4 <= end <= len(leaf):
        raise ValueError("not a full-text leaf")
    at, place, term = end, 0, b""
    while at < len(leaf):
        distance, at = varint(leaf, at) if leaf[at] >= 0x80 else (leaf[at], at + 1)
        place += distance
        # Nearly all lengths are one byte: this loop is the time of the whole decoding.
        shared, start = 0, place
        if term:
            shared, start = varint(leaf, place) if leaf[place] >= 0x80 else (leaf[place], place + 1)
        size, start = varint(leaf, start) if leaf[start] >= 0x80 else (leaf[start], start + 1)
        if place < 4 or shared > len(term) or not size or start + size > end:
            raise ValueError("not a full-text leaf")
        term = term[:shared] + leaf[start : start + size]
        yield term


def _in_word(letter: str) -> bool:
    category = unicodedata.category(letter)
    return category[0] in "LN" or category == "Co"
