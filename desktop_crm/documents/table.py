"""Tables set directly on the page: a page break falls between rows, and the head row is written again after it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from desktop_crm.documents.page import Align, Sheet, fitting, height
from desktop_crm.documents.styles import BODY_TOP, HEAD, LEFT, RIGHT, TEAL, TEAL_LINE, Style
from desktop_crm.documents.text import Line

GAP = 12.0
"""Points between two columns."""

_TALL = 90.0
"""A row may be this much taller than the room that is kept for it beside its heading."""

Cell = tuple[tuple[str, Style], ...]
"""Texts below each other, each with its style."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its heading; `width` in points includes the gap to the next one."""

    title: str
    width: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """One row: a cell per column, and small print below it over the whole width."""

    cells: tuple[Cell, ...]
    below: Cell = ()


@dataclass(frozen=True, slots=True)
class _Set:
    """A row as lines."""

    cells: tuple[tuple[Line, ...], ...]
    below: tuple[Line, ...]
    tall: float


class Table:
    """A table of a sheet, from its present height on."""

    def __init__(self, sheet: Sheet, columns: Sequence[Column], *, pad: float = 4.4, ruled: bool = True) -> None:
        """`pad` is the space above and below the text of a row; `ruled`: the teal line of a section stands on top."""
        self._sheet = sheet
        self._columns = tuple(columns)
        self._pad = pad
        self._ruled = ruled
        self._titled = any(column.title for column in columns)

    def write(self, rows: Iterable[Row]) -> None:
        """Writes the head row and all rows."""
        self._head()
        placed = [self._set(row) for row in rows]
        for at, row in enumerate(placed):
            self._row(row, placed[-1] if at == len(placed) - 2 and at > 0 else None)

    def least(self, rows: Sequence[Row]) -> float:
        """Height of the head and the first two rows: what has to stay with the section's heading, in points."""
        head = HEAD.leading + 8 if self._titled else 0
        return head + sum(min(self._set(row).tall, _TALL) for row in rows[:2])

    def _head(self) -> None:
        sheet = self._sheet
        if self._ruled:
            sheet.rule(sheet.y, TEAL, TEAL_LINE)
        if not self._titled:
            return
        x = LEFT
        for column in self._columns:
            right = column.align == "right"
            sheet.text(column.title, HEAD, self._end(x, column) if right else x, sheet.y + 11.6, column.align)
            x += column.width
        sheet.y += HEAD.leading + 7
        sheet.rule(sheet.y)

    def _end(self, x: float, column: Column) -> float:
        return min(x + column.width - (0 if column is self._columns[-1] else GAP), RIGHT)

    def _set(self, row: Row) -> _Set:
        x = LEFT
        cells = []
        for column, cell in zip(self._columns, row.cells, strict=True):
            cells.append(self._cell(cell, self._end(x, column) - x))
            x += column.width
        below = self._cell(row.below, RIGHT - LEFT)
        return _Set(tuple(cells), below, max(map(height, cells)) + height(below) + 2 * self._pad)

    def _cell(self, cell: Cell, width: float) -> tuple[Line, ...]:
        if len(cell) == 1:
            return self._sheet.type.lines(*cell[0], width)
        return tuple(line for text, style in cell for line in self._sheet.type.lines(text, style, width))

    def _row(self, row: _Set, following: _Set | None) -> None:
        sheet = self._sheet
        page_room = sheet.bottom - BODY_TOP - HEAD.leading - 8
        if row.tall > page_room:
            self._long(row)
            return
        if row.tall > sheet.room or (following and self._lonely(row, following, page_room)):
            sheet.turn()
            self._head()
        top = sheet.y + self._pad
        end = self._cells(row.cells, top)
        if row.below:
            end = sheet.stack(row.below, LEFT, end, RIGHT - LEFT)
        sheet.y = end + self._pad
        sheet.rule(sheet.y)

    def _lonely(self, row: _Set, following: _Set, page_room: float) -> bool:
        both = row.tall + following.tall
        return self._sheet.room < both <= page_room

    def _cells(self, cells: Sequence[Sequence[Line]], top: float) -> float:
        x, end = LEFT, top
        for column, lines in zip(self._columns, cells, strict=True):
            width = self._end(x, column) - x
            end = max(end, self._sheet.stack(lines, x, top, width, column.align))
            x += column.width
        return end

    def _long(self, row: _Set) -> None:
        """A row that is longer than a page goes on over as many as it takes, each column on its own."""
        sheet = self._sheet
        cells = [list(cell) for cell in row.cells]
        if sheet.room < 6 * HEAD.leading:
            sheet.turn()
            self._head()
        while True:
            room = sheet.room - 2 * self._pad
            counts = [fitting(cell, room) for cell in cells]
            end = self._cells([cell[:count] for cell, count in zip(cells, counts, strict=True)], sheet.y + self._pad)
            cells = [cell[count:] for cell, count in zip(cells, counts, strict=True)]
            sheet.y = end + self._pad
            if not any(cells):
                break
            sheet.turn()
            self._head()
        sheet.paragraph(row.below)
        sheet.y += self._pad
        sheet.rule(sheet.y)


def shared_widths(natural: Sequence[float], fixed: Sequence[bool], width: float) -> tuple[float, ...]:
    """Column widths for texts of `natural` width: `fixed` columns get theirs, the others share the rest.

    A column that needs less than its equal share gives the remainder to the others. `width` is the sum, in points.
    """
    wanted = [min(need + GAP, width * 0.7) for need in natural]
    if sum(wanted) <= width:
        spare = width - sum(wanted)
        weight = [0.0 if still else need for need, still in zip(wanted, fixed, strict=True)]
        total = sum(weight) or sum(wanted)
        weight = weight if any(weight) else wanted
        return tuple(need + spare * share / total for need, share in zip(wanted, weight, strict=True))
    rest = width - sum(need for need, still in zip(wanted, fixed, strict=True) if still)
    flexible = sorted((need, at) for at, (need, still) in enumerate(zip(wanted, fixed, strict=True)) if not still)
    if not flexible or rest < 40 * len(flexible):
        return tuple(width * need / sum(wanted) for need in wanted)
    result = list(wanted)
    for left, (need, at) in zip(range(len(flexible), 0, -1), flexible, strict=True):
        result[at] = min(need, rest / left)
        rest -= result[at]
    result[flexible[-1][1]] += rest
    return tuple(result)
