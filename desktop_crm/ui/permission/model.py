"""People against purposes: every id is here, what they said comes in pages when it is looked at."""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop_crm.services.listing import PeopleOrder
from desktop_crm.services.permission_table import Cell, TableRow, row_states
from desktop_crm.services.signs import Badge, answer_badge
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.widgets.badge import Pill
from desktop_crm.ui.widgets.table import Role
from desktop_crm.words import M, Problem, Words

PAGE = 100
"""Rows that are fetched together."""
KEPT = 60 * PAGE
"""Rows that stay in memory."""
_AT_ONCE = 2
_WANTED = 4
"""Pages that wait to be fetched; of those that were passed while scrolling the oldest are given up."""

Index = QModelIndex | QPersistentModelIndex
_CENTRE = Qt.AlignmentFlag.AlignCenter
_START = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Column:
    """A purpose that people are asked about."""

    code: str
    name: str


def pill_of(words: Words, badge: Badge) -> Pill:
    """A badge as it is painted in a cell; what was not asked yet has no ground."""
    unasked = badge == answer_badge(None)
    text = words.say(M("Not asked") if unasked else badge.text)
    return Pill(text, Tone(badge.tone.value), badge.icon, lifted=unasked)


class StatesModel(QAbstractTableModel):
    """Never waits: a row that is not here yet is empty, and comes by itself."""

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.order = PeopleOrder()
        self.columns: tuple[Column, ...] = ()
        self._yes: Mapping[str, int] = {}
        self._rows: OrderedDict[bytes, TableRow | None] = OrderedDict()
        self._old: set[bytes] = set()
        self._wanted: deque[int] = deque(maxlen=_WANTED)
        self._fetching: set[int] = set()
        self._renewed = 0

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else len(self.order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - as Qt has it
        return 0 if parent.isValid() else 1 + len(self.columns)

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if orientation is not Qt.Orientation.Horizontal or section > len(self.columns):
            return None
        column = self.columns[section - 1] if section else None
        match role:
            case Qt.ItemDataRole.DisplayRole | Qt.ItemDataRole.ToolTipRole:
                return column.name if column else self._desk.say(M("Person"))
            case Role.SUB:
                return self._figure(column)
            case Qt.ItemDataRole.TextAlignmentRole:
                return _CENTRE if column else _START
            case _:
                return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _CENTRE if index.column() else _START
        row = self.row_at(index.row())
        if row is None:
            return None
        if index.column():
            return self._cell(row, self.columns[index.column() - 1], role)
        return row.name if role in {Qt.ItemDataRole.DisplayRole, Role.AVATAR} else None

    def row_at(self, place: int) -> TableRow | None:
        """The row at a place; if it is not here or may have changed, it is fetched."""
        person = self.order.id_at(place)
        if person not in self._rows or person in self._old:
            self._want(place // PAGE)
        return self._rows.get(person)

    def show_order(self, order: PeopleOrder, columns: Sequence[Column]) -> bool:
        """Show these people against these purposes; False if they are shown already, and only what they said is new."""
        if order == self.order and tuple(columns) == self.columns:
            return False
        self.beginResetModel()
        self.order, self.columns = order, tuple(columns)
        self._wanted.clear()
        self.endResetModel()
        return True

    def show_yes(self, yes: Mapping[str, int]) -> None:
        """How many people say yes, by the code of the purpose."""
        self._yes = yes
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns))

    def renew(self) -> None:
        """Something was said: every row is read again when it is looked at, and stays as it is until then."""
        self._renewed += 1
        self._old = set(self._rows)
        self._tell(0, len(self.order))

    def _figure(self, column: Column | None) -> str:
        if column is None:
            return self._desk.words.number(len(self.order))
        yes = self._yes.get(column.code)
        return "" if yes is None else self._desk.say(M("{n} yes", "{n} yes", n=yes))

    def _cell(self, row: TableRow, column: Column, role: int) -> Any:
        cell = row.cells.get(column.code)
        if cell is None:
            return None
        match role:
            case Role.PILL:
                return pill_of(self._desk.words, cell.badge)
            case Qt.ItemDataRole.DisplayRole:
                return self._desk.say(cell.badge.text)
            case Qt.ItemDataRole.AccessibleTextRole:
                return f"{row.name}, {column.name}: {self._spoken(cell)}"
            case Qt.ItemDataRole.ToolTipRole:
                return self._spoken(cell) if cell.since else None
            case _:
                return None

    def _spoken(self, cell: Cell) -> str:
        if cell.since is None:
            return self._desk.say(cell.badge.text)
        return self._desk.say(M("{what}, since {day}", what=cell.badge.text, day=cell.since))

    def _want(self, page: int) -> None:
        if page not in self._fetching and page not in self._wanted:
            self._wanted.append(page)
            self._fetch()

    def _fetch(self) -> None:
        while self._wanted and len(self._fetching) < _AT_ONCE:
            page = self._wanted.pop()
            self._ask(page, self.order.ids(page * PAGE, (page + 1) * PAGE))

    def _ask(self, page: int, ids: Sequence[bytes]) -> None:
        self._fetching.add(page)
        renewed, office = self._renewed, self._desk.office

        def take(rows: Sequence[TableRow]) -> None:
            self._fetching.discard(page)
            self._keep(ids, {row.id: row for row in rows}, fresh=renewed == self._renewed)
            self._tell(page * PAGE, (page + 1) * PAGE)
            self._fetch()

        def failed(_: Problem) -> bool:
            """It is told once; asking at every repaint would tell it a hundred times."""
            self._keep(ids, {}, fresh=True)
            self._fetching.discard(page)
            return False

        self._desk.courier.ask(self, lambda: row_states(office, ids), take, failed=failed)

    def _keep(self, ids: Sequence[bytes], rows: Mapping[bytes, TableRow], *, fresh: bool) -> None:
        for person in ids:
            self._rows[person] = rows.get(person)
            self._rows.move_to_end(person)
        if fresh:
            self._old.difference_update(ids)
        else:
            self._old.update(ids)
        while len(self._rows) > KEPT:
            self._old.discard(self._rows.popitem(last=False)[0])

    def _tell(self, start: int, stop: int) -> None:
        last = min(stop, len(self.order)) - 1
        if start <= last:
            self.dataChanged.emit(self.index(start, 0), self.index(last, len(self.columns)))
