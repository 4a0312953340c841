"""Reads the rows of an Excel workbook: values, not formulas, as the texts a person sees."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_crm.intake import problems, reasons
from desktop_crm.intake.csv_rows import MOST_COLUMNS
from desktop_crm.intake.person import LeftOut
from desktop_crm.intake.table import CellFault
from desktop_crm.words import M

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_MOST_ROWS = 1_048_576
_MOST_PARTS = 10_000
_MOST_BYTES = 1 << 30
_SMALL_PART = 32 << 20
_MOST_RATIO = 200
_OLE_HEAD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCKED_MARK = "EncryptedPackage".encode("utf-16-le")
_DIRECTORY_SPAN = 1 << 20
_BEHIND_ZIP = (
    ("mimetype", M("a LibreOffice document")),
    ("word/document.xml", M("a Word document")),
    ("Index/Document.iwa", M("an Apple document")),
    ("xl/workbook.bin", M("a binary Excel file (.xlsb)")),
)
_DECLARATION = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)

ExcelRow = tuple[int, list[str], list[CellFault]]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The sheet that is read; `rows` is how many rows are in the file, `has_formulas` whether any cell computes."""

    path: Path
    title: str
    rows: int
    has_formulas: bool
    left_out: tuple[LeftOut, ...]
    first: tuple[ExcelRow, ...] = ()


def refuse_ole(path: Path, head: bytes) -> None:
    """Old Excel files and protected new ones come in the same container; each gets its own sentence."""
    if head.startswith(_OLE_HEAD):
        if _LOCKED_MARK in _span(path):
            raise problems.locked_excel()
        raise problems.old_excel()


def _span(path: Path) -> bytes:
    """Both ends of the file, where the container's directory stands in practice."""
    with path.open("rb") as file:
        start = file.read(_DIRECTORY_SPAN)
        file.seek(max(0, path.stat().st_size - _DIRECTORY_SPAN))
        return start + file.read(_DIRECTORY_SPAN)


def choose_sheet(path: Path, first: int) -> Sheet:
    """The first visible sheet with anything in it, with its `first` rows, so that they need not be opened again.

    Raises a Problem for bombs, damage and other formats.
    """
    with _damage_told():
        _refuse_bombs(path)
        with closing(_open(path, values=True)) as book:
            sheet = _first_with_data(path, book)
            return replace(sheet, first=tuple(islice(_rows_of(book, sheet), first)))


def read_rows(sheet: Sheet) -> Iterator[ExcelRow]:
    """The rows with their numbers, their cells as text, and the cells whose value is lost."""
    with _damage_told(), closing(_open(sheet.path, values=True)) as book:
        yield from _rows_of(book, sheet)


def _rows_of(book: Workbook, sheet: Sheet) -> Iterator[ExcelRow]:
    with ExitStack() as stack:
        behind: Iterator[tuple[Any, ...]] | None = None
        if sheet.has_formulas:
            formulas = stack.enter_context(closing(_open(sheet.path, values=False)))
            behind = _all_rows(formulas[sheet.title])
        for number, row in enumerate(_all_rows(book[sheet.title]), start=1):
            if number > _MOST_ROWS:
                raise problems.damaged_excel()
            cells = row if len(row) <= MOST_COLUMNS else _narrowed(number, row)
            texts, lost = _texts(cells)
            if behind is not None:
                lost += _empty_formulas(cells, next(behind, ()))
            if any(texts) or lost:
                yield number, texts, lost


@contextmanager
def _damage_told() -> Iterator[None]:
    """Whatever the library trips over is a damaged file; its own words may hold a customer's."""
    try:
        yield
    except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, SyntaxError, EOFError):
        raise problems.damaged_excel() from None
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OverflowError, AssertionError):
        raise problems.damaged_excel() from None


def _open(path: Path, *, values: bool) -> Workbook:
    import warnings

    from openpyxl import load_workbook

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return load_workbook(path, read_only=True, data_only=values, keep_links=False)


def _refuse_bombs(path: Path) -> None:
    """Sizes are those the archive declares; the unpacker never gives more than that."""
    with zipfile.ZipFile(path) as archive:
        parts = archive.infolist()
        names = {part.filename for part in parts}
        for name, format_name in _BEHIND_ZIP:
            if name in names:
                raise problems.other_format(format_name)
        if "xl/workbook.xml" not in names:
            raise problems.other_format(M("a packed archive"))
        swollen = any(p.file_size > _SMALL_PART and p.file_size > _MOST_RATIO * p.compress_size for p in parts)
        if swollen or len(parts) > _MOST_PARTS or sum(part.file_size for part in parts) > _MOST_BYTES:
            raise problems.swollen_excel()
        for part in parts:
            if part.filename.endswith((".xml", ".rels")):
                with archive.open(part) as file:
                    if _DECLARATION.search(file.read(4096)):
                        raise problems.swollen_excel()


def _first_with_data(path: Path, book: Workbook) -> Sheet:
    shown = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
    filled = [sheet for sheet in [*shown, *book.worksheets] if _has_data(sheet)]
    if not filled:
        raise problems.empty()
    chosen = filled[0]
    others = dict.fromkeys(sheet.title for sheet in filled if sheet.title != chosen.title)
    left_out = tuple(LeftOut(title, "", reasons.OTHER_SHEET) for title in others)
    part: Any = chosen
    rows, has_formulas = _measure(path, part._worksheet_path)
    return Sheet(path, chosen.title, rows, has_formulas, left_out)


def _all_rows(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """All rows that are there, not only those of the size that the sheet declares, which programs get wrong."""
    sheet.reset_dimensions()
    rows: Iterator[tuple[Any, ...]] = sheet.iter_rows()
    return rows


def _has_data(sheet: Any) -> bool:
    """Whether anything stands in the first rows that the sheet gives."""
    sheet.reset_dimensions()
    return any(
        value is not None
        for row in sheet.iter_rows(max_row=200, max_col=MOST_COLUMNS, values_only=True)
        for value in row
    )


def _measure(path: Path, part: str) -> tuple[int, bool]:
    """How many rows the sheet's XML holds, and whether any cell has a formula, without building cells."""
    rows, has_formulas, tail = 0, False, b""
    with zipfile.ZipFile(path) as archive, archive.open(part) as file:
        while chunk := file.read(1 << 20):
            block = tail + chunk
            rows += block.count(b"<row ") - tail.count(b"<row ")
            has_formulas = has_formulas or b"<f>" in block or b"<f " in block
            tail = block[-4:]
    return rows, has_formulas


def _narrowed(number: int, cells: tuple[Any, ...]) -> tuple[Any, ...]:
    """Formatting alone can reach far to the right; values may not."""
    if any(cell.value is not None for cell in cells[MOST_COLUMNS:]):
        raise problems.too_wide(number, MOST_COLUMNS)
    return cells[:MOST_COLUMNS]


def _texts(cells: tuple[Any, ...]) -> tuple[list[str], list[CellFault]]:
    texts: list[str] = []
    lost: list[CellFault] = []
    for index, cell in enumerate(cells):
        value = cell.value
        if value is None:
            texts.append("")
        elif type(value) is str and cell.data_type != "e":
            texts.append(value)
        elif cell.data_type == "e":
            texts.append("")
            lost.append(CellFault(index, str(value), reasons.CELL_ERROR))
        else:
            texts.append(_text(value))
    while texts and not texts[-1]:
        texts.pop()
    return texts, lost


def _text(value: object) -> str:
    """A value that is no text: whole numbers without `.0` or exponent, days as ISO 8601."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float():
            return str(int(value)) if value.is_integer() else repr(value)
        case datetime():
            return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
        case date() | time():
            return value.isoformat()
        case timedelta():
            return str(value)
        case _:
            return str(value)


def _empty_formulas(values: tuple[Any, ...], formulas: tuple[Any, ...]) -> list[CellFault]:
    return [
        CellFault(index, str(formula.value), reasons.FORMULA_EMPTY)
        for index, (value, formula) in enumerate(zip(values, formulas, strict=False))
        if formula.data_type == "f" and value.value is None
    ]
