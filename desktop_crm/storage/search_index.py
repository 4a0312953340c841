"""Keeps the full-text index in step with the rows, inside the transaction that changes them."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any

from desktop_crm.cheap import fixed
from desktop_crm.privacy.folding import digits, index_text
from desktop_crm.records.declare import Declaration, SearchColumn, declaration
from desktop_crm.records.registry import inventory
from desktop_crm.records.technical import SearchEntry
from desktop_crm.storage.rows import AT_ONCE, codec, insert_rows
from desktop_crm.storage.schema import SEARCH_TABLE

REBUILD_FROM = 20_000
"""So many new entries at once are indexed faster by rebuilding than one by one (9 against 40 µs each, measured)."""
SWEEP_FROM = 2_000
"""So many entries are forgotten faster by rebuilding: one by one, overwriting costs 6 ms each at a million."""

_SHORTEST_PHONE = 3
_LONGEST_CODE = 3
_TWO_DIGITS = frozenset(
    "20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 "
    "81 82 84 86 90 91 92 93 94 95 98".split()
)

_COLUMNS = tuple(SearchColumn)
_NAMES = ", ".join(_COLUMNS)
_LEARNT = ("rowid", *_COLUMNS)
_FORGOTTEN = (SEARCH_TABLE, "rowid", *_COLUMNS)

Words = dict[SearchColumn, list[str]]


@fixed
class _Source:
    """Which columns of a record feed its search entry."""

    told: Declaration
    owner: str
    names: tuple[str, ...]
    columns: tuple[tuple[SearchColumn, Declaration | None], ...]


_SOURCES: dict[type[Any], _Source | None] = {}


def _source(record: type[Any]) -> _Source | None:
    if record not in _SOURCES:
        _SOURCES[record] = _derive(record)
    return _SOURCES[record]


def _derive(record: type[Any]) -> _Source | None:
    told = declaration(record)
    found = [c for c in told.columns if c.searchable]
    if not found or not told.subjects:
        return None
    targets = tuple((c.searchable, declaration(c.references) if c.references else None) for c in found if c.searchable)
    return _Source(told, told.subjects[-1].column if told.part_of else told.key, tuple(c.name for c in found), targets)


def _parts(owner: type[Any]) -> tuple[type[Any], ...]:
    """The records whose words stand in the entry of `owner`: itself first."""
    return (owner, *(d.record for d in inventory() if d.part_of is owner and _source(d.record)))


def _users(record: type[Any]) -> list[tuple[_Source, str]]:
    """The records whose entries hold words of a row of `record`, and the column that refers to it."""
    return [
        (source, column.name)
        for told in inventory()
        if (source := _source(told.record)) is not None
        for column in told.columns
        if column.searchable and column.references is record
    ]


def phone_words(text: str) -> str:
    """A number as typed, and its international form also without the code of the country."""
    plain = digits(text)
    if text.startswith("+") and len(plain) > _LONGEST_CODE:
        return f"{plain} {plain[_country_code(plain) :]}"
    return plain


def _country_code(plain: str) -> int:
    """How many digits of an international number are the code of the country (ITU-T E.164, list of codes)."""
    if plain[0] in "17":
        return 1
    return 2 if plain[:2] in _TWO_DIGITS else _LONGEST_CODE


def _words(column: SearchColumn, text: str) -> str:
    return phone_words(text) if column is SearchColumn.PHONE else index_text(text)


class SearchIndex:
    """Search entries of one transaction: noted while rows change, written before the commit."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection
        self._new: OrderedDict[tuple[type, bytes], _Entry] = OrderedDict()
        self._stale: set[tuple[type, bytes]] = set()
        self._gone: set[tuple[type, bytes]] = set()
        self._referred: dict[bytes, str] = {}
        self._rebuild = False

    def added(self, record: type[Any], row: Any) -> None:
        """A row was inserted."""
        source = _source(record)
        if source is None:
            return
        owner = source.told.part_of or record
        key = (owner, getattr(row, source.owner))
        if owner is record:
            # A row about nobody stands for itself: whoever is named in it must be found there, too.
            self._new[key] = _Entry(getattr(row, source.told.subjects[-1].column) or key[1])
        entry = self._new.get(key)
        if entry is None:
            self._stale.add(key)
        else:
            self._collect(source, entry.words, [getattr(row, name) for name in source.names])

    def touched(self, record: type[Any], row: Any) -> None:
        """A row was changed, or a part of an entry was deleted."""
        source = _source(record)
        if source is not None:
            self._stale.add((source.told.part_of or record, getattr(row, source.owner)))
        for user, column in _users(record):
            key = getattr(row, declaration(record).key)
            self._referred.pop(key, None)
            self._stale |= {
                (user.told.part_of or user.told.record, owner) for owner in self._referring(user, column, key)
            }

    def deleted(self, record: type[Any], keys: Iterable[bytes]) -> None:
        """Rows with entries of their own were deleted."""
        source = _source(record)
        if source is not None and not source.told.part_of:
            for key in keys:
                self._new.pop((record, key), None)
                self._gone.add((record, key))

    def flush(self) -> None:
        """Write all that was noted, and note afresh."""
        entries = self._connection.execute("SELECT coalesce(max(rid), 0) FROM search_entry").fetchone()[0]
        many_new = len(self._new) >= REBUILD_FROM and len(self._new) * 4 > entries
        self._rebuild = many_new or len(self._gone) >= SWEEP_FROM
        for record, owner in self._gone:
            self._remove(declaration(record).name, owner)
        for record, owner in self._stale:
            entry = self._new.get((record, owner))
            if entry is None:
                self._refresh(record, owner)
            else:
                entry.words = self._stored_words(record, owner)
        self._insert_new(entries + 1)
        if self._rebuild:
            self.rebuild()
        self._stale.clear()
        self._gone.clear()

    def rebuild(self) -> None:
        """Make the index anew from the search entries."""
        self._connection.execute(f"INSERT INTO {SEARCH_TABLE} ({SEARCH_TABLE}) VALUES ('rebuild')")

    def _collect(self, source: _Source, words: Words, values: Iterable[Any]) -> None:
        for (column, referred), value in zip(source.columns, values, strict=True):
            if value is None:
                continue
            text = value if referred is None else self._referred_text(referred, value)
            words.setdefault(column, []).append(_words(column, text))

    def _referring(self, user: _Source, column: str, key: bytes) -> list[bytes]:
        rows = self._connection.execute(
            f"SELECT {user.owner} FROM {user.told.name} WHERE {column} = ?",
            (key,),
        )
        return [row[0] for row in rows.fetchall()]

    def _referred_text(self, told: Declaration, key: bytes) -> str:
        if key not in self._referred:
            name = next(c.name for c in told.columns if c.searchable)
            row = self._connection.execute(
                f"SELECT {name} FROM {told.name} WHERE {told.key} = ?",
                (key,),
            ).fetchone()
            self._referred[key] = row[0] if row else ""
        return self._referred[key]

    def _insert_new(self, start: int) -> None:
        """Some at a time are written and let go: to forget a hundred thousand at once holds up the window."""
        rids = count(start)
        entries = codec(SearchEntry)
        while self._new:
            rows = [self._row(next(rids)) for _ in range(min(len(self._new), AT_ONCE))]
            insert_rows(self._connection, entries.told.name, entries.names, rows)
            self._learn([(row[0], *row[4:]) for row in rows])

    def _row(self, rid: int) -> tuple[Any, ...]:
        (owner, key), entry = self._new.popitem(last=False)
        return rid, declaration(owner).name, key, entry.subject, *_texts(entry.words)

    def _learn(self, rows: Sequence[tuple[Any, ...]]) -> None:
        if not self._rebuild:
            insert_rows(self._connection, SEARCH_TABLE, _LEARNT, rows)

    def _forget(self, rid: int, texts: Iterable[str]) -> None:
        if not self._rebuild:
            insert_rows(self._connection, SEARCH_TABLE, _FORGOTTEN, [("delete", rid, *texts)])

    def _entry(self, kind: str, key: bytes) -> tuple[Any, ...] | None:
        found: tuple[Any, ...] | None = self._connection.execute(
            f"SELECT rid, subject, {_NAMES} FROM search_entry WHERE kind = ? AND owner = ?",
            (kind, key),
        ).fetchone()
        return found

    def _remove(self, kind: str, key: bytes) -> None:
        entry = self._entry(kind, key)
        if entry is not None:
            self._forget(entry[0], entry[2:])
            self._connection.execute("DELETE FROM search_entry WHERE rid = ?", (entry[0],))

    def _refresh(self, owner: type, key: bytes) -> None:
        kind = declaration(owner).name
        old = self._entry(kind, key)
        if old is None:
            return
        texts = _texts(self._stored_words(owner, key))
        if texts == old[2:]:
            return
        self._forget(old[0], old[2:])
        assignments = ", ".join(f"{c} = ?" for c in _COLUMNS)
        self._connection.execute(
            f"UPDATE search_entry SET {assignments} WHERE rid = ?",
            (*texts, old[0]),
        )
        self._learn([(old[0], *texts)])

    def _stored_words(self, owner: type, key: bytes) -> Words:
        words: Words = {}
        for part in _parts(owner):
            self._collect_stored(part, key, words)
        return words

    def _collect_stored(self, part: type, key: bytes, words: Words) -> None:
        source = _source(part)
        if source is None:
            return
        rows = self._connection.execute(
            f"SELECT {', '.join(source.names)} FROM {source.told.name} WHERE {source.owner} = ?",
            (key,),
        ).fetchall()
        for row in rows:
            self._collect(source, words, row)


@dataclass(slots=True)
class _Entry:
    subject: bytes
    words: Words = field(default_factory=dict)


def _texts(words: Words) -> tuple[str, ...]:
    return tuple(" ".join(words.get(c, ())) for c in _COLUMNS)


def terms(text: str) -> list[str]:
    """The words a person typed, folded as the index has them."""
    cleaned = "".join(c if c.isalnum() else " " for c in index_text(text))
    return cleaned.split()


def phone_terms(text: str) -> list[str]:
    """The digits of what looks like a part of a phone number, also without the zeros dialled before it."""
    plain = digits(text)
    if any(c.isalpha() for c in text):
        return []
    bare = plain.removeprefix("00") if plain.startswith("00") else plain.removeprefix("0")
    return [form for form in dict.fromkeys((plain, bare)) if len(form) >= _SHORTEST_PHONE]
