"""Finds people as one types: whole words and beginnings first, near misses when there is little else."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache, partial
from itertools import islice
from typing import Any

from desktop_crm.cheap import fixed
from desktop_crm.records.declare import Declaration, SearchColumn, declaration
from desktop_crm.records.registry import inventory
from desktop_crm.storage.schema import SEARCH_TABLE, VOCABULARY_TABLE
from desktop_crm.storage.search_index import phone_terms, terms
from desktop_crm.storage.transaction import CHUNK, Change, Reading

CANDIDATES = 1000
"""So many matches are ranked at most: ranking all that begin with one letter takes half a second at a million."""
FEW = 5
"""With fewer exact results than this, near misses are looked for."""
_SHORT = 3
_WEIGHTS = "10.0, 5.0, 5.0, 3.0, 1.0"
_NEAR_WORDS = 8
_KNOWN_BY = (SearchColumn.NAME, SearchColumn.COMPANY)
"""The columns of the index whose words near misses are looked for among."""


@fixed
class Hit:
    """A found row: its kind of record, its key, and the person it is about."""

    kind: str
    owner: bytes
    subject: bytes


def _match(words: Iterable[str]) -> str:
    return " ".join(f'"{word}"*' for word in words)


def _query(text: str) -> str:
    words = _match(terms(text))
    numbers = [f'phone : "{number}"*' for number in phone_terms(text)]
    return " OR ".join([f"({words})", *numbers] if words else numbers)


def matching(reading: Reading) -> str:
    """The condition on a row of the index: it holds what is asked for, and whoever asks may see what it tells of.

    An entry as a whole is seen or is not: what stands in it belongs to one part of the data (a test asks for it).
    """
    holds = f"{SEARCH_TABLE} MATCH ?"
    hidden = _hidden(reading)
    if not hidden:
        return holds
    kinds = ", ".join(f"'{told.name}'" for told in hidden)
    rows = ((told.name, told.key, reading.sight.table(told)) for told in hidden)
    seen = [f"e.kind = '{name}' AND e.owner IN (SELECT {key} FROM {table})" for name, key, table in rows]
    told = " OR ".join([f"e.kind NOT IN ({kinds})", *seen])
    return f"{holds} AND EXISTS (SELECT 1 FROM search_entry e WHERE e.rid = {SEARCH_TABLE}.rowid AND ({told}))"


def _hidden(reading: Reading) -> list[Declaration]:
    """The records with words in the index of which whoever asks may not see all."""
    return [told for told in inventory() if told.record in reading.sight.hidden and told.searchable]


def _unranked(reading: Reading, query: str, limit: int) -> list[Hit]:
    rows = reading.connection.execute(
        "SELECT e.kind, e.owner, e.subject FROM "
        f"(SELECT rowid AS rid FROM {SEARCH_TABLE} WHERE {matching(reading)} LIMIT ?) f "
        "JOIN search_entry e ON e.rid = f.rid",
        (query, limit),
    )
    return [Hit(*row) for row in rows.fetchall()]


def _ranked(reading: Reading, query: str, limit: int) -> list[Hit]:
    """Ranks the first thousand matches only, so that the time does not grow with the number of matches."""
    matches = matching(reading)
    last = reading.connection.execute(
        f"SELECT max(rid) FROM (SELECT rowid AS rid FROM {SEARCH_TABLE} WHERE {matches} LIMIT {CANDIDATES})",
        (query,),
    ).fetchone()[0]
    score, bound = _score(reading, query, last)
    rows = reading.connection.execute(
        "SELECT e.kind, e.owner, e.subject FROM "
        f"(SELECT rowid AS rid, {score} AS score FROM {SEARCH_TABLE} "
        f"WHERE {matches} AND rowid <= ? ORDER BY score, rowid LIMIT ?) f "
        "JOIN search_entry e ON e.rid = f.rid ORDER BY f.score, f.rid",
        (*bound, query, last, limit),
    )
    return [Hit(*row) for row in rows.fetchall()]


def _score(reading: Reading, query: str, last: int | None) -> tuple[str, tuple[object, ...]]:
    """By what matches are put in order: the least comes first.

    How rare a word is, is counted over the whole index. What is hidden must change nothing of what is seen, so where
    something is, those whose name matches come first, and that is all.
    """
    if not _hidden(reading):
        return f"bm25({SEARCH_TABLE}, {_WEIGHTS})", ()
    named = f"SELECT rowid FROM {SEARCH_TABLE} WHERE {SEARCH_TABLE} MATCH ? AND rowid <= ?"
    return f"(rowid NOT IN ({named}))", (f"{SearchColumn.NAME} : ({query})", last)


def exact(reading: Reading, text: str, limit: int = 50) -> list[Hit]:
    """Rows whose words begin with the words typed, best first."""
    query = _query(text)
    if not query:
        return []
    if max(map(len, terms(text)), default=0) < _SHORT:
        return _unranked(reading, query, limit)
    return _ranked(reading, query, limit)


def mentioning(reading: Reading, text: str) -> list[Hit]:
    """Rows whose free text holds these words in this order."""
    words = terms(text)
    if not words:
        return []
    return _unranked(reading, f'{SearchColumn.NOTE} : "{" ".join(words)}"', CANDIDATES)


class Vocabulary:
    """The words of names and companies, for near misses. Holds personal data: drop it at lock and after an erasure."""

    def __init__(self, connection: Any) -> None:
        columns = ", ".join(f"'{column}'" for column in _KNOWN_BY)
        rows = connection.execute(f"SELECT DISTINCT term FROM {VOCABULARY_TABLE} WHERE col IN ({columns})")
        self._words: list[str] = []
        while chunk := rows.fetchmany(CHUNK):
            self._words += [row[0] for row in chunk]

    def near(self, word: str, is_seen: Callable[[str], bool] | None = None) -> list[str]:
        """Up to eight known words with one wrong letter, from eight letters on two; only such that are seen."""
        from rapidfuzz import process
        from rapidfuzz.distance import DamerauLevenshtein

        edits = 1 if len(word) < _NEAR_WORDS else 2
        limit = _NEAR_WORDS if is_seen is None else None
        found = process.extract(word, self._words, scorer=DamerauLevenshtein.distance, score_cutoff=edits, limit=limit)
        words = (known for known, _, _ in found)
        return list(islice((known for known in words if is_seen is None or is_seen(known)), _NEAR_WORDS))


def changes_vocabulary(changes: Iterable[Change]) -> bool:
    """Whether words of names or companies came, went or became others: then the vocabulary has to be read anew."""
    return any(
        fields and (change.verb != "change" or not fields.isdisjoint(change.fields))
        for change in changes
        for fields in (_worded(change.record),)
    )


@cache
def _worded(record: type) -> frozenset[str]:
    return frozenset(column.name for column in declaration(record).columns if column.searchable in _KNOWN_BY)


def nearly(reading: Reading, vocabulary: Vocabulary, text: str, limit: int = 50) -> list[Hit]:
    """Rows found when each word typed may have a wrong letter."""
    groups = []
    is_seen = partial(_is_seen, reading) if _hidden(reading) else None
    for word in terms(text):
        choices = [word, *vocabulary.near(word, is_seen)] if len(word) >= _SHORT else [word]
        groups.append("(" + " OR ".join(f'"{choice}"*' for choice in dict.fromkeys(choices)) + ")")
    return _ranked(reading, " AND ".join(groups), limit) if groups else []


def _is_seen(reading: Reading, word: str) -> bool:
    """Whether a word stands in a name that is seen: one of a hidden entry must not take the place of such a word."""
    return bool(_unranked(reading, f'{{{" ".join(_KNOWN_BY)}}} : "{word}"', 1))


def found(reading: Reading, text: str, limit: int, vocabulary: Callable[[], Vocabulary]) -> list[Hit]:
    """Rows as one types: exact ones, best first; near misses after them when there is little else."""
    hits = exact(reading, text, limit)
    if len(hits) < FEW:
        hits += nearly(reading, vocabulary(), text, limit)
    return list(dict.fromkeys(hits))
