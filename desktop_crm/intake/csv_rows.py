"""Reads the rows of a CSV file strictly: a quotation mark without a partner is found, not guessed around."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from desktop_crm.intake import problems
from desktop_crm.intake.text_file import LONGEST_LINE, TextFile

MOST_COLUMNS = 2_000
"""Outlook writes 92, HubSpot a few hundred."""
_DELIMITERS = ",;\t|"
_SAMPLE_LINES = 60
_SAMPLE_CHARACTERS = 1 << 18
_LONGEST_CELL_LINES = 2_000


@dataclass(frozen=True, slots=True)
class CsvForm:
    """How a CSV file is written; `preamble` is 1 where Excel's `sep=;` stands in the first line."""

    delimiter: str
    preamble: int = 0
    blank_before_quote: bool = False


def form_of(file: TextFile) -> CsvForm:
    """The delimiter that cuts the first rows most evenly."""
    lines = _sample(file)
    if lines and lines[0].lower().startswith("sep=") and len(lines[0].strip()) == 5:
        return CsvForm(lines[0][4], preamble=1)
    delimiter = max(_DELIMITERS, key=lambda mark: _evenness(lines, mark))
    quoted_after_blank = any(f'{delimiter} "' in line for line in lines)
    return CsvForm(delimiter, blank_before_quote=quoted_after_blank)


def _sample(file: TextFile) -> list[str]:
    lines: list[str] = []
    budget = _SAMPLE_CHARACTERS
    for line in islice(file.lines(), _SAMPLE_LINES):
        lines.append(line[:budget])
        budget -= len(line)
        if budget <= 0:
            break
    return lines


def _evenness(lines: list[str], delimiter: str) -> tuple[float, int]:
    """Share of rows as wide as the commonest width, and that width; none where nothing is cut."""
    csv.field_size_limit(LONGEST_LINE)
    widths = Counter(len(row) for row in csv.reader(lines, delimiter=delimiter) if row)
    if not widths:
        return 0.0, 0
    width, count = max(widths.items(), key=lambda item: (item[1] * (item[0] > 1), item[0]))
    return (count / widths.total() if width > 1 else 0.0), width


def read_rows(file: TextFile, form: CsvForm) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers as a spreadsheet counts them; rows without any cell are counted, not given."""
    csv.field_size_limit(LONGEST_LINE)
    record: list[str] = []
    lines = file.lines()
    for _ in range(form.preamble):
        next(lines, None)
    start = 1 + form.preamble
    reader = csv.reader(
        _remembered(lines, record, form),
        delimiter=form.delimiter,
        strict=True,
        skipinitialspace=form.blank_before_quote,
    )
    width = 0
    number = form.preamble
    try:
        for row in reader:
            number += 1
            if row:
                width = width or len(row)
                if len(row) > MOST_COLUMNS:
                    raise problems.too_wide(number, MOST_COLUMNS)
                if len(record) > 1 and len(row) != width:
                    _refuse_swallowed(row, width, form, start + reader.line_num - len(record), record)
                yield number, row
            record.clear()
    except csv.Error:
        first = start + reader.line_num - len(record)
        raise problems.open_quote(first + _last_opening(record, form.delimiter)) from None


def _remembered(lines: Iterable[str], record: list[str], form: CsvForm) -> Iterator[str]:
    """Hands on the lines and keeps those of the row that is being read, which a quotation mark may make long."""
    length = 0
    for number, line in enumerate(lines, start=1 + form.preamble):
        length = length + len(line) if record else len(line)
        record.append(line)
        if len(record) > _LONGEST_CELL_LINES or length > LONGEST_LINE:
            if len(record) == 1:
                raise problems.too_long(number)
            raise problems.open_quote(number - len(record) + 1 + _last_opening(record, form.delimiter))
        yield line


def _refuse_swallowed(row: list[str], width: int, form: CsvForm, first: int, record: list[str]) -> None:
    """A cell that holds a whole row shows that a quotation mark before it was never closed."""
    for cell in row:
        inner = cell.splitlines()[1:]
        if any(len(next(csv.reader([line], delimiter=form.delimiter))) >= width > 1 for line in inner if line):
            raise problems.open_quote(first + _first_long(record, cell))


def _first_long(record: list[str], cell: str) -> int:
    """How many lines into the row this cell begins."""
    beginning = cell.splitlines()[0]
    return next((index for index, line in enumerate(record) if line.rstrip("\r\n").endswith(beginning)), 0)


def _last_opening(record: list[str], delimiter: str) -> int:
    """How many lines into the row the quoted cell begins that is not closed as it should be."""
    opening = 0
    state = "start"
    for index, line in enumerate(record):
        state = "start" if state != "quoted" else state
        for character in line:
            if state == "quoted":
                state = "closed" if character == '"' else state
            elif state == "closed" and character == '"':
                state = "quoted"
            elif state == "closed" and character not in f"{delimiter}\r\n":
                return opening
            elif state == "start" and character == '"':
                state, opening = "quoted", index
            elif state != "start" or character != " ":
                state = "start" if character == delimiter else "bare"
    return opening
