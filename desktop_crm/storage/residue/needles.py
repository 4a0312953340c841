"""Turns a person's values into the byte strings by which they would show in a page."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from desktop_crm.storage.residue.full_text import WHOLE_WORD, encoded, traces, words
from desktop_crm.storage.residue.patterns import SHORTEST

PIECE = 128
"""Longer values are searched in pieces of so many bytes, each of which is a find."""

FRAGMENT = 8
"""Bytes of a value's end or beginning that are a find at the edge of a page without owner."""


class Meaning(NamedTuple):
    """What a byte string stands for: the needle, its text, and whether it is only a trace of a full-text word."""

    needle: int
    text: str
    word: bool


class Wanted:
    """Everything that is searched for. `count` is how many needles are long enough to be searched for at all."""

    def __init__(self, needles: Sequence[str], fold: Callable[[str], str], min_bytes: int) -> None:
        if min_bytes < SHORTEST:
            raise ValueError("min_bytes too small")
        self._values: dict[bytes, list[Meaning]] = {}
        self._traces: dict[bytes, list[Meaning]] = {}
        self.terms: dict[bytes, list[Meaning]] = {}
        self.starts: dict[bytes, list[tuple[bytes, bytes]]] = {}
        self.ends: dict[bytes, list[tuple[bytes, bytes]]] = {}
        self.count = 0
        for index, needle in enumerate(needles):
            forms = [form for form in _forms(needle, fold) if len(encoded(form)) >= min_bytes]
            self.count += bool(forms)
            for form in forms:
                self._add_value(index, form)
            for word in words(needle, fold=fold, min_bytes=min_bytes):
                self._add_word(index, word)
        self.patterns = list({**self._values, **self._traces})
        self.sorted_terms = sorted(self.terms)

    def drop(self, is_dropped: Callable[[Meaning], bool]) -> None:
        """Forgets some of what is searched for."""
        for table in (self._values, self._traces, self.terms):
            for key in list(table):
                table[key] = [meaning for meaning in table[key] if not is_dropped(meaning)]
                if not table[key]:
                    del table[key]
        self.patterns = list({**self._values, **self._traces})
        self.sorted_terms = sorted(self.terms)

    def values(self, pattern: bytes) -> list[Meaning]:
        """What a byte string means as a value, or as a whole piece of one."""
        return self._values.get(pattern, [])

    def traces(self, pattern: bytes) -> list[Meaning]:
        """What a byte string means as the trace of a full-text word."""
        return self._traces.get(pattern, [])

    def _add_value(self, index: int, form: str) -> None:
        for codec in ("utf-8", "utf-16-le", "utf-16-be"):
            value = form.encode(codec, "surrogatepass").lower()
            if codec == "utf-8" and len(value) <= PIECE and value not in self._values:
                self._add_fragments(value)
            for piece in _pieces(value):
                text = form if piece is value else piece.decode(codec, "ignore")
                _enter(self._values, piece, Meaning(index, text, False))

    def _add_fragments(self, value: bytes) -> None:
        """Enters the beginnings and ends of a value under the four bytes that would lie at the edge of a page."""
        for cut in range(FRAGMENT, len(value)):
            self.ends.setdefault(value[cut - 4 : cut], []).append((value[:cut], value))
        for cut in range(1, len(value) - FRAGMENT + 1):
            self.starts.setdefault(value[cut : cut + 4], []).append((value[cut:], value))

    def _add_word(self, index: int, word: str) -> None:
        term = WHOLE_WORD + encoded(word)
        meaning = Meaning(index, word, True)
        _enter(self.terms, term, meaning)
        for trace in {term.lower(), *(trace.lower() for trace in traces(word))}:
            _enter(self._traces, trace, meaning)


def _forms(needle: str, fold: Callable[[str], str]) -> dict[str, None]:
    """The ways a value may be written: as typed, composed, decomposed, in either case, folded, as text in JSON."""
    plain = [
        needle,
        unicodedata.normalize("NFC", needle),
        unicodedata.normalize("NFD", needle),
        needle.lower(),
        needle.upper(),
        fold(needle),
    ]
    return dict.fromkeys([*plain, *(json.dumps(form)[1:-1] for form in plain)])


def _pieces(value: bytes) -> Iterator[bytes]:
    if len(value) < SHORTEST:
        return
    if len(value) <= PIECE:
        yield value
        return
    yield from (value[at : at + PIECE] for at in range(0, len(value) - PIECE + 1, PIECE))
    yield value[-PIECE:]


def _enter(table: dict[bytes, list[Meaning]], key: bytes, meaning: Meaning) -> None:
    meanings = table.setdefault(key, [])
    if meaning not in meanings:
        meanings.append(meaning)
