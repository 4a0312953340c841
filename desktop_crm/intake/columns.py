"""Decides what each column of a table is: by the person's choice, by its heading, by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from desktop_crm.intake import problems, reasons
from desktop_crm.intake.checking import normal_email, phone_e164
from desktop_crm.intake.headings import (
    ADDRESS_FIELDS,
    FIELDS,
    LABEL_FIELDS,
    TITLE,
    Column,
    column_of,
    plain,
    program_of,
)
from desktop_crm.words import M

_SALUTATIONS = frozenset(
    "mr mrs ms miss mx dr prof herr frau hr fr divers familie monsieur madame m mme mlle sr sra señor señora pan pani "
    "sir dame rev dhr mevr signor signora".split()
)
_WEB = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE).fullmatch
_MOST = 0.6
_SHORTEST_PHONE = 7
_HEADER_DEPTH = 10


def find_header(rows: Sequence[Sequence[str]], country: str) -> int:
    """Index of the row with the headings, or -1 if the table has none: the one with the most known words.

    Titles may stand above it. A row with an e-mail address or a phone number is a person, so the search ends there.
    """
    best, best_score = -1, 0
    first = -1
    for index, row in enumerate(rows[:_HEADER_DEPTH]):
        cells = [cell.strip() for cell in row if cell.strip()]
        if any(normal_email(cell) or _is_phone(cell, country) for cell in cells):
            break
        if cells and first < 0:
            first = index
        score = sum(column_of(cell).field is not None for cell in cells)
        if score > best_score and (score > 1 or len(cells) == 1 or index == first):
            best, best_score = index, score
    best = first if best < 0 else best
    while 0 <= best < len(rows) - 1 and _is_all_headings(rows[best + 1]):
        best += 1
    return best


def _is_all_headings(row: Sequence[str]) -> bool:
    """A second row of headings under merged ones: `Straße` and `Ort` under `Anschrift`."""
    cells = [cell.strip() for cell in row if cell.strip()]
    return bool(cells) and all(column_of(cell).field is not None for cell in cells)


def headings_of(rows: Sequence[Sequence[str]], header: int) -> list[str]:
    """The headings; where a cell of the row is empty, merged cells put the heading into the row above."""
    width = max((len(row) for row in rows), default=0)
    if header < 0:
        return [""] * width
    texts = [cell.strip() for cell in rows[header]]
    above = [cell.strip() for cell in rows[header - 1]] if header else []
    for index, text in enumerate(above):
        if index < len(texts) and not texts[index] and column_of(text).field:
            texts[index] = text
    return texts


def resolve(
    headers: Sequence[str], sample: Sequence[Sequence[str]], country: str, mapping: Mapping[str, str]
) -> tuple[tuple[Column, ...], M | None]:
    """The columns of a table and the program that wrote it, if known.

    `sample` are the first rows below the headings; `mapping` is what a person chose, heading to field.
    """
    program = program_of(list(headers))
    chosen = _chosen(headers, mapping)
    columns = [column_of(header) if header else Column("", None, reason=reasons.UNKNOWN_COLUMN) for header in headers]
    columns = _settle(columns, sample)
    for index, column in enumerate(columns):
        field = chosen.get(index)
        if field is not None:
            columns[index] = _given(column, field)
        elif column.field is None:
            columns[index] = _guess(column, _values(sample, index), country, keep=program is None)
    columns = _one_label_each(columns) if any(headers) else _without_headings(columns, sample)
    return tuple(columns), program


def _one_label_each(columns: list[Column]) -> list[Column]:
    """A label needs a value in its group, and a group has one label: of several the last one, which says most."""
    has_value = {column.group for column in columns if column.field not in LABEL_FIELDS and column.field != "ignore"}
    last = {column.group: index for index, column in enumerate(columns) if column.field in LABEL_FIELDS}
    return [
        column
        if column.field not in LABEL_FIELDS or (column.group in has_value and last[column.group] == index)
        else Column(column.header, None, reason=reasons.LABEL_ALONE)
        for index, column in enumerate(columns)
    ]


def _without_headings(columns: list[Column], sample: Sequence[Sequence[str]]) -> list[Column]:
    """In a table without headings the first column of words is the name, and the other words are notes."""
    found: list[Column] = []
    for index, column in enumerate(columns):
        has_words = any(any(map(str.isalpha, value)) for value in _values(sample, index))
        field = "note" if any(each.field == "name" for each in (*found, *columns)) else "name"
        found.append(Column("", field, guessed=True) if column.field is None and has_words else column)
    return found


def _chosen(headers: Sequence[str], mapping: Mapping[str, str]) -> dict[int, str]:
    """The person's choice by column; headings compared without case and marks, or given as `Column 3`."""
    chosen: dict[int, str] = {}
    for header, field in mapping.items():
        if field not in FIELDS:
            raise problems.unknown_field(field)
        words = plain(header)
        found = [i for i, text in enumerate(headers) if text == header] or [
            i for i, text in enumerate(headers) if plain(text) == words or words == f"column {i + 1}"
        ]
        if not found:
            raise problems.unknown_column()
        chosen |= dict.fromkeys(found, field)
    return chosen


def _given(column: Column, field: str) -> Column:
    if field == "ignore":
        return Column(column.header, "ignore", reason=reasons.CHOSEN)
    group = (column.group if column.field in ADDRESS_FIELDS else "") or ("address " if field in ADDRESS_FIELDS else "")
    return Column(column.header, field, group=group, label=column.label)


def _settle(columns: list[Column], sample: Sequence[Sequence[str]]) -> list[Column]:
    """Headings that mean one thing in one list and another in the next."""
    fields = {column.field for column in columns}
    settled = []
    for index, column in enumerate(columns):
        words = plain(column.header)
        field = column.field
        if field == TITLE:
            words_below = {word for value in _values(sample, index) for word in plain(value).split()}
            field = "prefix" if "job_title" in fields or words_below & _SALUTATIONS else "job_title"
        elif words in {"name", "naam"} and "given" in fields and "family" not in fields:
            field = "family"
        elif words in {"nom", "nome", "nombre"} and not {"given", "family"} <= fields:
            field = "name"
        elif words == "geburtstag" and "birth_month" in fields:
            field = "birth_day"
        settled.append(column._replace(field=field))
    return settled


def _values(sample: Sequence[Sequence[str]], index: int) -> list[str]:
    return [row[index].strip() for row in sample if index < len(row) and row[index].strip()]


def _guess(column: Column, values: Sequence[str], country: str, *, keep: bool) -> Column:
    """By the look of its values; else, in a list somebody made themselves, a note that begins with the heading."""
    looks = {
        "email": sum(normal_email(value) is not None for value in values),
        "phone": sum(_is_phone(value, country) for value in values),
        "website": sum(_WEB(value) is not None for value in values),
    }
    field, count = max(looks.items(), key=lambda item: item[1])
    if values and count >= _MOST * len(values):
        return Column(column.header, field, guessed=True)
    if keep and column.header:
        return Column(column.header, "labelled_note", guessed=True)
    return column


def _is_phone(text: str, country: str) -> bool:
    """Long enough not to be a year or a postal code, and a real number."""
    digits = sum(character.isdigit() for character in text)
    return digits >= _SHORTEST_PHONE and text[0] in "+0(" and phone_e164(text, country) is not None
