"""Finds whose name stands in a text: the question of `search.mentioning`, asked the other way round."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice, pairwise

from desktop_crm.records.declare import SearchColumn
from desktop_crm.storage.schema import SEARCH_TABLE, VOCABULARY_TABLE
from desktop_crm.storage.search import CANDIDATES, Hit, matching
from desktop_crm.storage.search_index import terms
from desktop_crm.storage.transaction import Reading

_AT_ONCE = 200


def named_in(reading: Reading, texts: Iterable[str]) -> list[Hit]:
    """People in whose names two words follow each other as they do in one of these texts.

    They are candidates: whether the whole name stands there, `stands_in` tells.
    """
    pairs = {pair for text in texts for pair in pairwise(terms(text))}
    known = _name_words(reading, {word for pair in pairs for word in pair})
    phrases = sorted(f'"{one} {two}"' for one, two in pairs if one in known and two in known)
    hits = [hit for some in _some(phrases) for hit in _holding(reading, some)]
    return list(dict.fromkeys(hits))


def stands_in(name: str, text: str) -> bool:
    """Whether a name of two words at least stands in a text, word by word."""
    wanted, words = terms(name), terms(text)
    long = len(wanted)
    return long > 1 and any(words[at : at + long] == wanted for at in range(len(words) - long + 1))


def _some(all_: Iterable[str]) -> Iterator[Sequence[str]]:
    left = iter(all_)
    while some := list(islice(left, _AT_ONCE)):
        yield some


def _name_words(reading: Reading, words: Iterable[str]) -> set[str]:
    """Those of these words that stand in any name."""
    known: set[str] = set()
    for some in _some(words):
        marks = ", ".join("?" * len(some))
        rows = reading.connection.execute(
            f"SELECT DISTINCT term FROM {VOCABULARY_TABLE} WHERE term IN ({marks}) AND col = ?",
            (*some, SearchColumn.NAME),
        )
        known.update(row[0] for row in rows.fetchall())
    return known


def _holding(reading: Reading, phrases: Sequence[str]) -> list[Hit]:
    rows = reading.connection.execute(
        "SELECT e.kind, e.owner, e.subject FROM "
        f"(SELECT rowid AS rid FROM {SEARCH_TABLE} WHERE {matching(reading)} LIMIT ?) f "
        "JOIN search_entry e ON e.rid = f.rid",
        (f"{SearchColumn.NAME} : ({' OR '.join(phrases)})", CANDIDATES),
    )
    return [Hit(*row) for row in rows.fetchall()]
