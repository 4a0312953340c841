"""The people of a list: every id is here, the rows come in pages when they are looked at."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_crm.cheap import fixed
from desktop_crm.services import listing
from desktop_crm.services.listing import ListRow, PeopleOrder
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.widgets.badge import Pill
from desktop_crm.words import M, Problem, Words

PAGE = 200
"""Rows that are fetched together."""
KEPT = 30 * PAGE
"""Rows that stay in memory."""
_AT_ONCE = 2
_WANTED = 6
"""Pages that wait to be fetched; of those that were passed while scrolling the oldest are given up."""

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole + 1
"""The PersonRow, or None while it is being fetched."""


@fixed
class PersonRow:
    """One row, in the words in which it is shown."""

    id: bytes
    name: str
    line: str
    pill: Pill | None

    @property
    def spoken(self) -> str:
        """What a screen reader says."""
        return ", ".join(filter(None, (self.name, self.line, self.pill.text if self.pill else "")))


def in_words(words: Words, row: ListRow) -> PersonRow:
    """A row as it is shown."""
    line = words.say(row.line) if isinstance(row.line, M) else row.line
    tag = row.tag
    pill = Pill(words.say(tag.text), Tone(tag.tone.value), small=True) if tag is not None else None
    return PersonRow(row.id, row.name, line, pill)


def rows_of(desk: Desk, ids: Sequence[bytes]) -> list[PersonRow]:
    """The rows of these people. Runs on a worker thread."""
    return [in_words(desk.words, row) for row in listing.rows(desk.office, ids)]


class _Rows:
    """The rows that were fetched, the longest unseen given up first. Each knows how often the list was renewed."""

    def __init__(self) -> None:
        self._kept: OrderedDict[bytes, tuple[int, PersonRow | None]] = OrderedDict()
        self.renewed = 0

    def get(self, person: bytes) -> PersonRow | None:
        """The row of somebody as it was last read."""
        known = self._kept.get(person)
        if known is None:
            return None
        self._kept.move_to_end(person)
        return known[1]

    def is_fresh(self, person: bytes) -> bool:
        """Whether it was read since the list was renewed."""
        known = self._kept.get(person)
        return known is not None and known[0] == self.renewed

    def put(self, ids: Iterable[bytes], rows: Iterable[PersonRow], renewed: int) -> None:
        """Keep what was read; whoever is not among the rows is not here any more."""
        read = {row.id: row for row in rows}
        for person in ids:
            self._kept[person] = (renewed, read.get(person))
            self._kept.move_to_end(person)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)


class PeopleModel(QAbstractListModel):
    """Shows an order of people. It never waits: a row that is not here yet is None, and comes by itself."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._order = PeopleOrder()
        self._rows = _Rows()
        self._wanted: deque[int] = deque(maxlen=_WANTED)
        self._fetching: set[int] = set()

    @property
    def order(self) -> PeopleOrder:
        """Who is shown, in order."""
        return self._order

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self._order)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role not in {ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole} or not index.isValid():
            return None
        row = self.row_at(index.row())
        if role == ROW:
            return row
        return row.spoken if row is not None else ""

    def row_at(self, place: int) -> PersonRow | None:
        """The row at a place; if it is not here or may have changed, it is fetched."""
        person = self._order.id_at(place)
        if not self._rows.is_fresh(person):
            self._want(place // PAGE)
        return self._rows.get(person)

    def person_at(self, place: int) -> bytes:
        """Who stands at a place."""
        return self._order.id_at(place)

    def place_of(self, person: bytes) -> int | None:
        """Where somebody stands, or None."""
        return self._order.index_of(person)

    def people(self, spans: Iterable[tuple[int, int]]) -> Iterator[bytes]:
        """Who stands in these spans of places, from the first up to before the second."""
        return (person for start, stop in spans for person in self._order.ids(start, stop))

    def show_order(self, order: PeopleOrder) -> None:
        """Show these people instead."""
        self.beginResetModel()
        self._order = order
        self._wanted.clear()
        self.endResetModel()

    def extend(self, packed: bytes) -> None:
        """Go on with these ids, 16 bytes each."""
        here, more = len(self._order), len(packed) // listing.ID
        if more:
            self.beginInsertRows(QModelIndex(), here, here + more - 1)
            self._order.append(packed)
            self.endInsertRows()

    def learn(self, ids: Sequence[bytes], rows: Sequence[PersonRow]) -> None:
        """Keep rows that were read elsewhere, together with what typing found."""
        self._rows.put(ids, rows, self._rows.renewed)

    def renew(self) -> None:
        """Something was changed: every row is read again when it is looked at, and stays as it is until then."""
        self._rows.renewed += 1
        self._tell(0, len(self._order))

    def _want(self, page: int) -> None:
        if page in self._fetching or page in self._wanted:
            return
        for near in (page - 1, page + 1):
            if 0 <= near * PAGE < len(self._order) and near not in self._wanted:
                self._wanted.appendleft(near)
        self._wanted.append(page)
        self._fetch()

    def _fetch(self) -> None:
        while self._wanted and len(self._fetching) < _AT_ONCE:
            page = self._wanted.pop()
            ids = [one for one in self._ids(page) if not self._rows.is_fresh(one)]
            if ids and page not in self._fetching:
                self._ask(page, ids)

    def _ids(self, page: int) -> list[bytes]:
        return self._order.ids(page * PAGE, (page + 1) * PAGE)

    def _ask(self, page: int, ids: Sequence[bytes]) -> None:
        self._fetching.add(page)
        renewed = self._rows.renewed

        def take(rows: Sequence[PersonRow]) -> None:
            self._fetching.discard(page)
            self._rows.put(ids, rows, renewed)
            self._tell(page * PAGE, (page + 1) * PAGE)
            self._fetch()

        def failed(_: Problem) -> bool:
            """Whoever reads the list anew is told; asking at every repaint would tell it a hundred times."""
            self._rows.put(ids, (), renewed)
            self._fetching.discard(page)
            return False

        self._desk.courier.ask(self, lambda: rows_of(self._desk, ids), take, failed=failed)

    def _tell(self, start: int, stop: int) -> None:
        last = min(stop, len(self._order)) - 1
        if start <= last:
            self.dataChanged.emit(self.index(start), self.index(last), [ROW, Qt.ItemDataRole.DisplayRole])
