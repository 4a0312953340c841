"""Reading and writing records inside one transaction. No other code writes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, TypeVar

from desktop_crm.cheap import fixed
from desktop_crm.storage.rows import RowCodec, codec, insert_rows
from desktop_crm.storage.search_index import SearchIndex
from desktop_crm.storage.sight import WHOLE, Sight
from desktop_crm.storage.where import Condition, compose, eq, one_of

R = TypeVar("R")

CHUNK = 2000
"""Rows built at once: more hold up other threads noticeably (97 ms for 200,000, measured)."""


@fixed
class Change:
    """What a write did: to which record, which row (None: several), which fields, how often."""

    record: type
    row_id: bytes | None
    verb: str
    fields: tuple[str, ...]
    number: int = 1


@fixed
class Image:
    """One row before and after it was touched; None where it was not there."""

    record: type[Any]
    before: Any
    after: Any


class Reading:
    """Reads one consistent state of the database."""

    def __init__(self, connection: Any) -> None:
        self.connection = connection
        self.sight: Sight = WHOLE
        """What is absent for whoever reads."""
        self.begun_at: int | None = None
        """Where whoever asked was in a count of their own before this state was begun, if they count."""

    def whole(self) -> Reading:
        """The same state with nothing hidden, for what the program has to know to be right.

        Nothing hidden may come out of it as a value: who uses it, and what for, is listed in the tests.
        """
        whole = Reading(self.connection)
        whole.begun_at = self.begun_at
        return whole

    def sees(self, record: type[Any], about: bytes | None = None) -> bool:
        """Whether rows of this record are seen: all of them, or those about this person, whose case may be open."""
        sight = self.sight
        return record not in sight.hidden or (about in sight.cases and record in sight.by_case)

    def get(self, record: type[R], key: object) -> R | None:
        """The row with that key, or None."""
        rows = self.find(record, eq(codec(record).told.key, key))
        return rows[0] if rows else None

    def find(self, record: type[R], *conditions: Condition, order: Sequence[str] = (), limit: int = -1) -> list[R]:
        """All rows that meet the conditions; a leading `-` orders downwards."""
        return list(self.stream(record, *conditions, order=order, limit=limit))

    def stream(
        self, record: type[R], *conditions: Condition, order: Sequence[str] = (), limit: int = -1
    ) -> Iterator[R]:
        """The same, in chunks, for more rows than should be in memory."""
        made: RowCodec[Any] = codec(record)
        where, bound = self._where(made, conditions)
        cursor = self.connection.execute(f"{made.select}{where}{_ordered(record, order)} LIMIT ?", (*bound, limit))
        while rows := cursor.fetchmany(CHUNK):
            for row in rows:
                yield made.decode(row)

    def stored(self, record: type[Any], *conditions: Condition, order: Sequence[str] = ()) -> Iterator[tuple[Any, ...]]:
        """The rows as they are stored, column by column as declared, whether or not they still make sense."""
        made: RowCodec[Any] = codec(record)
        where, bound = self._where(made, conditions)
        cursor = self.connection.execute(f"{made.select}{where}{_ordered(record, order)}", bound)
        while rows := cursor.fetchmany(CHUNK):
            yield from rows

    def page(
        self, record: type[R], *conditions: Condition, order: Sequence[str], last: Sequence[Any] | None, limit: int
    ) -> list[R]:
        """The next rows after `last`, the values of `order` in the last row seen. Costs the same at any depth.

        `order` names columns that are never empty, upwards, and together tell each row from all others.
        """
        made: RowCodec[Any] = codec(record)
        where, bound = self._where(made, conditions)
        if last is not None:
            names, marks = ", ".join(order), ", ".join("?" * len(order))
            where += f"{' AND' if where else ' WHERE'} ({names}) > ({marks})"
            bound += [made.parameter(n, v) for n, v in zip(order, last, strict=True)]
        rows = self.connection.execute(f"{made.select}{where}{_ordered(record, order)} LIMIT ?", (*bound, limit))
        return [made.decode(row) for row in rows.fetchall()]

    def count(self, record: type[Any], *conditions: Condition) -> int:
        """How many rows meet the conditions."""
        made: RowCodec[Any] = codec(record)
        where, bound = self._where(made, conditions)
        found: int = self.connection.execute(
            f"SELECT count(*) FROM {made.told.name}{where}",
            bound,
        ).fetchone()[0]
        return found

    def greatest(self, record: type[Any], column: str) -> Any:
        """The greatest stored value of a column, or None in an empty table."""
        made: RowCodec[Any] = codec(record)
        name = made.told.column(column).name
        where, bound = self._where(made, ())
        return self.connection.execute(f"SELECT max({name}) FROM {made.told.name}{where}", bound).fetchone()[0]

    def _where(self, made: RowCodec[Any], conditions: Sequence[Condition]) -> tuple[str, list[Any]]:
        """The conditions asked for, and those of what may be seen."""
        return compose(made, (*conditions, *self.sight.conditions(made.told)))


def _ordered(record: type[Any], order: Sequence[str]) -> str:
    if not order:
        return ""
    told = codec(record).told
    parts = [f"{told.column(n.lstrip('-')).name}{' DESC' if n.startswith('-') else ''}" for n in order]
    return " ORDER BY " + ", ".join(parts)


class Writing(Reading):
    """Changes rows; keeps the search index in step; notes what changed."""

    def __init__(self, connection: Any, go_on: Callable[[], None] = lambda: None) -> None:
        """`go_on` is called after every change and raises what ends the work early."""
        super().__init__(connection)
        self._go_on = go_on
        self.changes: list[Change] = []
        self.images: list[Image] | None = None
        """What rows were before, where somebody wants to know: see `keep_images`."""
        self._index = SearchIndex(connection)

    def keep_images(self) -> None:
        """From here on, remember every row as it was before it is changed, so that the work can be taken back."""
        self.images = []

    def _remember(self, record: type[Any], before: Any, after: Any) -> None:
        if self.images is not None:
            self.images.append(Image(record, before, after))

    def insert(self, row: Any) -> None:
        """Add one row."""
        record = type(row)
        made: RowCodec[Any] = codec(record)
        self.connection.execute(made.insert, made.encode(row))
        self._index.added(record, row)
        self._remember(record, None, row)
        self._note(record, getattr(row, made.told.key), "add", made.names)

    def insert_many(self, record: type[R], rows: Sequence[R]) -> None:
        """Add many rows of one record at once."""
        if not rows:
            return
        made: RowCodec[Any] = codec(record)
        insert_rows(self.connection, made.told.name, made.names, [made.encode(row) for row in rows])
        for row in rows:
            self._index.added(record, row)
            self._remember(record, None, row)
        self._note(record, None, "add", (), len(rows))

    def update(self, record: type[Any], key: object, **values: Any) -> bool:
        """Change fields of one row; False if it is not there."""
        made: RowCodec[Any] = codec(record)
        names = [made.told.column(n).name for n in values]
        bound = [made.parameter(n, v) for n, v in values.items()]
        before = self.get(record, key) if self.images is not None else None
        moved = any(subject.column in values for subject in made.told.subjects)
        if made.told.part_of and moved:
            self._touch(record, key)
        done = self.connection.execute(
            f"UPDATE {made.told.name} SET {', '.join(f'{n} = ?' for n in names)} WHERE {made.told.key} = ?",
            (*bound, key),
        )
        if not done.rowcount:
            return False
        self._touch(record, key, moved=moved and not made.told.part_of)
        if before is not None:
            self._remember(record, before, self.get(record, key))
        self._note(record, key, "change", tuple(names))
        return True

    def reseal(self, record: type[Any], key: object, **values: Any) -> None:
        """Write sealed values of one row anew that say what they said: a matter of keys, and no change of the row."""
        noted = len(self.changes)
        self.update(record, key, **values)
        del self.changes[noted:]

    def _touch(self, record: type[Any], key: object, *, moved: bool = False) -> None:
        """Note for the index that a row has other words; `moved`: that it is about somebody else now."""
        row = self.get(record, key)
        if row is not None and moved:
            self._index.deleted(record, [getattr(row, codec(record).told.key)])
            self._index.added(record, row)
        elif row is not None:
            self._index.touched(record, row)

    def delete(self, record: type[Any], *conditions: Condition) -> int:
        """Delete the rows that meet the conditions; returns how many."""
        rows: list[Any] = self.find(record, *conditions)
        return self.delete_rows(record, rows)

    def delete_rows(self, record: type[Any], rows: Sequence[Any]) -> int:
        """Delete rows that were read in this transaction; returns how many."""
        made: RowCodec[Any] = codec(record)
        keys = [getattr(row, made.told.key) for row in rows]
        for start in range(0, len(keys), CHUNK):
            chunk = keys[start : start + CHUNK]
            where, bound = compose(made, (one_of(made.told.key, chunk),))
            self.connection.execute(f"DELETE FROM {made.told.name}{where}", bound)
        if made.told.part_of:
            for row in rows:
                self._index.touched(record, row)
        for row in rows:
            self._remember(record, row, None)
        self._index.deleted(record, keys)
        if keys:
            self._note(record, keys[0] if len(keys) == 1 else None, "remove", (), len(keys))
        return len(keys)

    def put(self, row: Any) -> None:
        """Add a row, or change the one with the same key."""
        made = codec(type(row))
        key = getattr(row, made.told.key)
        rest = {n: getattr(row, n) for n in made.names if n != made.told.key}
        if not self.update(type(row), key, **rest):
            self.insert(row)

    def rebuild_index(self) -> None:
        """Make the full-text index anew."""
        self._index.rebuild()

    def finish(self) -> None:
        """Write what the index still owes: before the commit, and before the index is asked within the same work."""
        self._index.flush()

    def _note(self, record: type[Any], key: object, verb: str, fields: Iterable[str], number: int = 1) -> None:
        row_id = key if isinstance(key, bytes) else None
        self.changes.append(Change(record, row_id, verb, tuple(fields), number))
        self._go_on()
