"""Opens a customer list that another program wrote, and gives its people one by one."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from desktop_crm.intake import csv_rows, excel_rows, problems, reasons, text_file, vcard
from desktop_crm.intake.columns import find_header, headings_of, resolve
from desktop_crm.intake.days import months_first
from desktop_crm.intake.guarded import bare_row
from desktop_crm.intake.headings import FIELDS, Column
from desktop_crm.intake.person import LeftOut, PersonDraft
from desktop_crm.intake.table import CellFault, TableReader
from desktop_crm.words import M

__all__ = ["FIELDS", "Cells", "Column", "Layout", "ListFile", "Progress", "open_list"]

Progress = Callable[[int, int], None]
"""Called with people read so far and how many there are about; raising in it cancels, nothing is left behind."""

Cells = tuple[int, list[str]]
"""Number of a row, and what stands in it."""
_Row = tuple[int, list[str], list[CellFault]]
_BIRTHDAYS = frozenset({"birthday", "day_month"})
_SAMPLE = 200
_STEP = 256
_CARD_BEGINS_BY = 50
_VCARD = re.compile(r"\s*BEGIN:VCARD", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Layout:
    """How the list is written; what does not apply to its kind is empty."""

    program: M | None = None
    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 0
    """Row of the headings, 0 where there are none."""
    columns: tuple[Column, ...] = ()


@dataclass(frozen=True, slots=True)
class ListFile:
    """A list that was checked to its end and can be read as often as needed; it holds no row in memory."""

    layout: Layout
    kind: str
    """`csv`, `xlsx` or `vcard`."""
    size: int
    """Bytes."""
    digest: bytes
    """SHA-256 of the bytes."""
    row_count: int
    """How many people there are; for Excel at most so many."""
    left_out: tuple[LeftOut, ...]
    """What stands in the file but in no row of a person."""
    _drafts: Callable[[], Iterator[PersonDraft]] = field(repr=False)
    _progress: Progress | None = field(default=None, repr=False)
    _table: _Table | None = field(default=None, repr=False)

    def cells(self) -> Iterator[Cells]:
        """The rows of people as they stand in a table, each with its number; of cards there are none."""
        return self._table.cells() if self._table is not None else iter(())

    def doubts(self, column: int) -> Callable[[int, str], tuple[M, ...]]:
        """Tells of a row's cell in one column what a person should look at, as if it were the only column."""
        if self._table is None:
            return lambda *_: ()
        read = self._table.alone(column).read

        def doubt(number: int, text: str) -> tuple[M, ...]:
            draft = read(number, [text])
            return draft.faults if draft is not None else ()

        return doubt

    def people(self) -> Iterator[PersonDraft]:
        """The people in the order of the file. Raises a Problem if the file changed meanwhile."""
        done = 0
        for done, draft in enumerate(self._drafts(), start=1):
            if self._progress is not None and done % _STEP == 0:
                self._progress(done, max(done, self.row_count))
            yield draft
        if self._progress is not None:
            self._progress(done, done)


def open_list(
    path: Path,
    *,
    country: str,
    mapping: Mapping[str, str] | None = None,
    encoding: str | None = None,
    progress: Progress | None = None,
) -> ListFile:
    """Recognises and checks a list: CSV, Excel (.xlsx) or vCard, by its content, not by its name.

    `country` is the shop's two-letter code, for phone numbers and dates; `mapping` gives columns (by heading, or
    `Column 3`) a field of FIELDS; `encoding` overrules what was recognised. Raises a Problem that says what is wrong
    with the file, with the row where there is one.
    """
    head = text_file.first_bytes(path)
    excel_rows.refuse_ole(path, head)
    chosen = dict(mapping or {})
    if head.startswith(b"PK\x03\x04"):
        return _open_excel(path, country, chosen, progress)
    file = text_file.survey(path, head, encoding)
    if any(map(_VCARD.match, islice(file.lines(), _CARD_BEGINS_BY))):
        return _open_cards(file, country, progress)
    return _open_csv(file, country, chosen, progress)


def _open_cards(file: text_file.TextFile, country: str, progress: Progress | None) -> ListFile:
    found = vcard.survey(file)
    layout = Layout(program=found.program, encoding=file.encoding)
    drafts = partial(vcard.read_people, file, country)
    return ListFile(layout, "vcard", file.size, file.digest, found.cards, found.outside, drafts, progress)


def _open_csv(file: text_file.TextFile, country: str, mapping: dict[str, str], progress: Progress | None) -> ListFile:
    form = csv_rows.form_of(file)

    def rows() -> Iterator[_Row]:
        return ((number, bare_row(cells), []) for number, cells in csv_rows.read_rows(file, form))

    table = _Table(rows, country, mapping)
    layout = table.layout(encoding=file.encoding, delimiter=form.delimiter)
    return ListFile(layout, "csv", file.size, file.digest, table.count(), table.above, table.people, progress, table)


def _open_excel(path: Path, country: str, mapping: dict[str, str], progress: Progress | None) -> ListFile:
    sheet = excel_rows.choose_sheet(path, _SAMPLE)
    table = _Table(partial(excel_rows.read_rows, sheet), country, mapping, excel_sample=sheet.first)
    layout = table.layout(sheet=sheet.title)
    left_out = (*sheet.left_out, *table.above)
    if sheet.first[-1][0] <= table.header_row:
        raise problems.no_people()
    count = max(1, sheet.rows - table.header_row)
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").digest()
    size = path.stat().st_size
    return ListFile(layout, "xlsx", size, digest, count, left_out, table.people, progress, table)


class _Table:
    """The rows of a CSV file or a sheet, and what its columns mean."""

    def __init__(
        self,
        rows: Callable[[], Iterable[_Row]],
        country: str,
        mapping: Mapping[str, str],
        *,
        excel_sample: Sequence[_Row] = (),
    ) -> None:
        from_excel = bool(excel_sample)
        self._rows = rows
        first = excel_sample or list(islice(rows(), _SAMPLE))
        sample = [cells for _, cells, _ in first]
        at = find_header(sample, country)
        self.header_row = first[at][0] if at >= 0 else 0
        below = sample[at + 1 :]
        headers = headings_of(sample, at)
        headers += [""] * (max(map(len, below), default=0) - len(headers) if at >= 0 and from_excel else 0)
        self._columns, self._program = resolve(headers, below, country, mapping)
        days = [
            cells[i] for i, c in enumerate(self._columns) if c.field in _BIRTHDAYS for cells in below if i < len(cells)
        ]
        self._reader_of = partial(
            TableReader, country=country, month_first=months_first(days, country), from_excel=from_excel
        )
        self._reader = self._reader_of(self._columns)
        used = set(headers)
        texts = [cell for cells in sample[: max(at, 0)] for cell in cells if cell.strip() and cell.strip() not in used]
        self.above = tuple(LeftOut("", text, reasons.ABOVE_HEADER) for text in texts)

    def layout(self, *, encoding: str = "", delimiter: str = "", sheet: str = "") -> Layout:
        """What was recognised."""
        return Layout(self._program, encoding, delimiter, sheet, self.header_row, self._columns)

    def people(self) -> Iterator[PersonDraft]:
        """Reads all rows below the headings."""
        read, header = self._reader.read, self.header_row
        for number, cells, lost in self._rows():
            if number > header:
                draft = read(number, cells, lost)
                if draft is not None:
                    yield draft

    def cells(self) -> Iterator[Cells]:
        """All rows below the headings that hold anything, as they are."""
        header = self.header_row
        for number, cells, lost in self._rows():
            if number > header and (lost or not _is_blank(cells)):
                yield number, _with_lost(cells, lost)

    def alone(self, column: int) -> TableReader:
        """A reader of this column and no other."""
        return self._reader_of(self._columns[column : column + 1])

    def count(self) -> int:
        """How many rows hold anything: goes through the whole file, so that a fault in it is found first."""
        count = sum(1 for number, cells, _ in self._rows() if number > self.header_row and not _is_blank(cells))
        if not count:
            raise problems.no_people()
        return count


def _with_lost(cells: list[str], lost: Sequence[CellFault]) -> list[str]:
    """The row with the cells whose value is lost as they stand in the file."""
    if not lost:
        return cells
    whole = cells + [""] * (max(fault.at for fault in lost) + 1 - len(cells))
    for fault in lost:
        whole[fault.at] = fault.value
    return whole


def _is_blank(cells: list[str]) -> bool:
    joined = "".join(cells)
    return not joined or joined.isspace()
