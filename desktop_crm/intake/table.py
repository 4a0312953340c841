"""Turns the rows of a table into people, by its columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from operator import itemgetter
from typing import NamedTuple

from desktop_crm.intake import reasons
from desktop_crm.intake.cleaning import cleaned, is_clean
from desktop_crm.intake.days import Day, read_day
from desktop_crm.intake.finishing import finish
from desktop_crm.intake.headings import ADDRESS_FIELDS, Column
from desktop_crm.intake.person import Address, LeftOut, PersonDraft, Phone, Reach
from desktop_crm.intake.values import clean_label, read_emails, read_phones, split_tags, stage_of, yes_or_no
from desktop_crm.words import M

_SINGLE = frozenset(
    {"name", "prefix", "given", "middle", "family", "suffix", "nickname", "company", "department", "job_title"}
    | {"language", "uid", "basis"}
)
_NAMES = frozenset({"name", "family_given", "given", "family", "company", "nickname"})
_ATTRIBUTE = {"basis": "basis_hint"}
_JOINED = frozenset({"prefix", "middle", "family", "suffix", "department"})
_POSTAL_CITY = re.compile(r"([A-Z]{1,2}-)?(\S*\d\S*(?: \d\S*)?)\s+(\D.*)", re.DOTALL).fullmatch
_POSTAL_DIGITS = dict.fromkeys(("DE", "FR", "IT", "ES", "US", "FI", "EE", "HR", "TR", "MX", "UA"), 5)
_COUNTRY_NAMES = {"deutschland": "DE", "germany": "DE", "france": "FR", "italia": "IT", "italy": "IT", "españa": "ES"}


class CellFault(NamedTuple):
    """A cell of an Excel row whose value is lost: its column, what stood there, and why."""

    at: int
    value: str
    reason: M


class _Reachable(NamedTuple):
    """Where the value and its label (-1: nowhere) stand; `label` is what the heading itself says."""

    at: int
    label_at: int
    label: str | None


class _Place(NamedTuple):
    """Where the parts of one address stand."""

    take: Callable[[Sequence[str]], tuple[str, ...]]
    parts: tuple[tuple[int, str], ...]
    label_at: int
    label: str | None


class _Row:
    """One row while it is read."""

    __slots__ = ("birth", "cells", "draft", "faults", "left_out", "notes", "tags")

    def __init__(self, number: int, cells: list[str]) -> None:
        self.draft = PersonDraft(row=number)
        self.cells = cells
        self.left_out: list[LeftOut] = []
        self.faults: list[M] = []
        self.notes: list[str] = []
        self.tags: list[str] = []
        self.birth: dict[str, str] = {}


class TableReader:
    """Reads rows of one table; compiled once from its columns, so that each row costs little."""

    def __init__(self, columns: Sequence[Column], country: str, *, month_first: bool, from_excel: bool) -> None:
        """`country` is the shop's two-letter code; `month_first` and `from_excel` say how dates may look."""
        self._columns = tuple(columns)
        self._country = country
        self._month_first = month_first
        self._from_excel = from_excel
        self._blank = [""] * len(columns)
        fields = [column.field for column in columns]
        self._labels = {column.group: index for index, column in enumerate(columns) if _is_label(column)}
        self._single = [(i, _ATTRIBUTE.get(f, f)) for i, f in enumerate(fields) if f in _SINGLE]
        self._emails = self._reachables("email")
        self._phones = self._reachables("phone")
        self._websites = self._reachables("website")
        self._noted = self._reachables("labelled_note")
        self._places = self._all_places()
        rare: dict[str, Callable[[_Row, Column, str], None]] = {
            "note": _read_note,
            "tag": _read_tags,
            "birthday": self._read_birthday,
            "day_month": self._read_birthday,
            "family_given": _read_family_given,
            "newsletter": _read_newsletter,
            "unsubscribed": _read_unsubscribed,
            "stage": _read_stage,
            **dict.fromkeys(("birth_year", "birth_month", "birth_day"), _read_birth_part),
            "ignore": _leave_out,
        }
        self._rare = [
            (i, column, rare.get(column.field or "ignore", _leave_out))
            for i, column in enumerate(columns)
            if column.field is None or column.field in rare
        ]
        self._named = any(field in _NAMES for field in fields)

    def _reachables(self, field: str) -> list[_Reachable]:
        return [
            _Reachable(i, self._labels.get(column.group, -1) if column.group else -1, column.label)
            for i, column in enumerate(self._columns)
            if column.field == field
        ]

    def _all_places(self) -> list[_Place]:
        groups: dict[str, list[tuple[int, str]]] = {}
        for i, column in enumerate(self._columns):
            if column.field in ADDRESS_FIELDS:
                groups.setdefault(column.group, []).append((i, column.field))
        return [
            _Place(
                _taker([i for i, _ in parts]),
                tuple(parts),
                self._labels.get(group, -1),
                self._columns[parts[0][0]].label,
            )
            for group, parts in groups.items()
        ]

    def read(self, number: int, cells: list[str], lost: Iterable[CellFault] = ()) -> PersonDraft | None:
        """One row as a person, or None for a row with nothing in it."""
        joined = "".join(cells)
        if (not joined or joined.isspace()) and not lost:
            return None
        row = _Row(number, cells)
        if not is_clean(joined):
            self._clean(row)
        cells = row.cells = [cell.strip() for cell in row.cells]
        width = len(self._columns)
        if len(cells) < width:
            cells += self._blank[len(cells) :]
        elif len(cells) > width:
            row.left_out += [LeftOut("", cell, reasons.NO_HEADER) for cell in cells[width:] if cell]
        row.left_out += [LeftOut(self._header(i), value, reason) for i, value, reason in lost]
        self._read_single(row)
        self._read_reach(row)
        for index, column, read in self._rare:
            if cells[index]:
                read(row, column, cells[index])
        if row.birth:
            self._join_birth(row)
        return finish(row.draft, row.left_out, row.faults, row.notes, row.tags, named=self._named)

    def _clean(self, row: _Row) -> None:
        for i, cell in enumerate(row.cells):
            if not is_clean(cell):
                row.cells[i], taken = cleaned(cell)
                if taken:
                    row.left_out.append(LeftOut(self._header(i), taken, reasons.CANNOT_STORE))

    def _header(self, index: int) -> str:
        return self._columns[index].header if index < len(self._columns) else ""

    def _read_single(self, row: _Row) -> None:
        draft, cells = row.draft, row.cells
        for index, attribute in self._single:
            cell = cells[index]
            if cell:
                there = getattr(draft, attribute)
                if not there:
                    setattr(draft, attribute, cell)
                elif attribute in _JOINED:
                    setattr(draft, attribute, f"{there} {cell}")
                elif there != cell:
                    row.left_out.append(LeftOut(self._columns[index].header, cell, reasons.SECOND_VALUE))

    def _read_reach(self, row: _Row) -> None:
        cells, headers = row.cells, self._columns
        emails: list[Reach] = []
        for at, label_at, label in self._filled(row, self._emails):
            kind = self._label(row, label_at, label)
            emails += read_emails(cells[at], kind, headers[at].header, row.left_out, row.faults)
        phones: list[Phone] = []
        for at, label_at, label in self._filled(row, self._phones):
            phones += read_phones(cells[at], self._label(row, label_at, label), self._country, row.faults)
        row.draft.emails, row.draft.phones = tuple(emails), tuple(phones)
        if self._websites:
            filled = self._filled(row, self._websites)
            row.draft.websites = tuple(
                Reach(cells[at], self._label(row, label_at, label)) for at, label_at, label in filled
            )
        for at, label_at, _ in self._filled(row, self._noted):
            row.notes.append(f"{self._label(row, label_at, None) or headers[at].header}: {cells[at]}")
        for place in self._places:
            self._read_address(row, place)

    def _filled(self, row: _Row, columns: list[_Reachable]) -> list[_Reachable]:
        """Those of the columns that hold a value; a label beside an empty one is told."""
        cells = row.cells
        filled = [column for column in columns if cells[column[0]]]
        if len(filled) < len(columns):
            for at, label_at, _ in columns:
                if label_at >= 0 and not cells[at]:
                    self._label_alone(row, label_at)
        return filled

    def _label(self, row: _Row, at: int, label: str | None) -> str | None:
        return label if at < 0 else clean_label(row.cells[at]) or label

    def _label_alone(self, row: _Row, at: int) -> None:
        if row.cells[at]:
            row.left_out.append(LeftOut(self._columns[at].header, row.cells[at], reasons.LABEL_ALONE))

    def _read_address(self, row: _Row, place: _Place) -> None:
        found = place.take(row.cells)
        if not any(found):
            if place.label_at >= 0:
                self._label_alone(row, place.label_at)
            return
        parts: dict[str, str] = {}
        for (index, field), value in zip(place.parts, found, strict=True):
            if value:
                self._add_part(row, parts, index, field, value)
        if self._from_excel:
            self._restore_zero(row, parts)
        label = self._label(row, place.label_at, place.label)
        row.draft.addresses = (*row.draft.addresses, Address(**parts, label=label))

    def _add_part(self, row: _Row, parts: dict[str, str], index: int, field: str, value: str) -> None:
        if field == "postal_city":
            match = _POSTAL_CITY(value)
            if match:
                self._add_part(row, parts, index, "postal_code", (match[1] or "") + match[2])
            self._add_part(row, parts, index, "city", match[3] if match else value)
        elif field == "address":
            self._add_written(row, parts, index, value)
        elif field == "house_number":
            parts["street"] = f"{parts['street']} {value}" if "street" in parts else value
        elif field not in parts:
            parts[field] = value
        elif field in {"extra", "street"}:
            parts[field] = f"{parts[field]}\n{value}"
        else:
            row.left_out.append(LeftOut(self._columns[index].header, value, reasons.SECOND_VALUE))

    def _add_written(self, row: _Row, parts: dict[str, str], index: int, value: str) -> None:
        """The whole address as text is carried only where it says something its parts do not."""
        others = " ".join(self._others(row, index))
        if others and all(word in others for word in re.findall(r"\w+", value)):
            row.left_out.append(LeftOut(self._columns[index].header, value, reasons.SAME_ADDRESS))
        else:
            parts["written"] = f"{parts['written']}\n{value}" if "written" in parts else value

    def _others(self, row: _Row, index: int) -> list[str]:
        group = self._columns[index].group
        same = (i for i, c in enumerate(self._columns) if c.group == group and c.field in ADDRESS_FIELDS and i != index)
        return [row.cells[i] for i in same]

    def _restore_zero(self, row: _Row, parts: dict[str, str]) -> None:
        code, country = parts.get("postal_code", ""), parts.get("country", self._country)
        digits = _POSTAL_DIGITS.get(_COUNTRY_NAMES.get(country.casefold(), country.upper()))
        if digits and code.isdigit() and len(code) == digits - 1:
            parts["postal_code"] = f"0{code}"
            row.faults.append(reasons.ZERO_RESTORED)

    def _read_birthday(self, row: _Row, column: Column, text: str) -> None:
        day = read_day(text, month_first=self._month_first, serials=self._from_excel)
        if column.field == "day_month" and day.iso and (day.reason or not day.iso.startswith("--")):
            row.left_out.append(LeftOut(column.header, text, reasons.YEAR_LEFT_OUT))
            day = Day(f"--{day.iso[-5:]}")
        if day.iso and row.draft.birthday not in {None, day.iso}:
            row.left_out.append(LeftOut(column.header, text, reasons.SECOND_VALUE))
            return
        row.draft.birthday = day.iso or row.draft.birthday
        if day.reason:
            row.left_out.append(LeftOut(column.header, text, day.reason))
            if day.reason is not reasons.DATE_EMPTY:
                row.faults.append(reasons.BIRTHDAY_ODD)

    def _join_birth(self, row: _Row) -> None:
        """Thunderbird keeps year, month and day apart."""
        year, month, day = (row.birth.get(part, "") for part in ("birth_year", "birth_month", "birth_day"))
        iso = read_day(f"{year or '-'}-{month.zfill(2)}-{day.zfill(2)}").iso
        if iso and row.draft.birthday in {None, iso}:
            row.draft.birthday = iso
            return
        reason = reasons.SECOND_VALUE if iso else reasons.DATE_NO_DAY
        row.left_out += [LeftOut(self._heading_of(part), text, reason) for part, text in row.birth.items()]

    def _heading_of(self, field: str) -> str:
        return next(column.header for column in self._columns if column.field == field)


def _is_label(column: Column) -> bool:
    return bool(column.group) and (column.field or "").endswith("_label")


def _taker(indexes: list[int]) -> Callable[[Sequence[str]], tuple[str, ...]]:
    """Takes the cells of these columns, always as a tuple."""
    if len(indexes) == 1:
        only = indexes[0]
        return lambda cells: (cells[only],)
    take: Callable[[Sequence[str]], tuple[str, ...]] = itemgetter(*indexes)
    return take


def names_at_comma(text: str) -> tuple[str, str] | None:
    """Last and first name of `Kowalska, Łucja`; None where there is not exactly one comma with words on both sides."""
    family, _, given = map(str.strip, text.partition(","))
    return (family, given) if family and given and "," not in given else None


def _read_family_given(row: _Row, column: Column, text: str) -> None:
    """A name without a comma, such as a company's, stays whole."""
    names = names_at_comma(text)
    parts = dict(zip(("family", "given"), names, strict=True)) if names else {"name": text}
    for attribute, value in parts.items():
        there = getattr(row.draft, attribute)
        if there and there != value:
            row.left_out.append(LeftOut(column.header, value, reasons.SECOND_VALUE))
        else:
            setattr(row.draft, attribute, value)


def _read_note(row: _Row, _column: Column, text: str) -> None:
    row.notes.append(text)


def _read_tags(row: _Row, column: Column, text: str) -> None:
    for tag in split_tags(text):
        if tag.startswith("* "):
            row.left_out.append(LeftOut(column.header, tag, reasons.OWN_GROUP))
        elif tag not in row.tags:
            row.tags.append(tag)


def _read_newsletter(row: _Row, column: Column, text: str, *, unsubscribes: bool = False) -> None:
    answer = yes_or_no(text)
    if answer is None:
        row.left_out.append(LeftOut(column.header, text, reasons.YES_NO_UNCLEAR))
        row.faults.append(reasons.NEWSLETTER_ODD)
    elif unsubscribes and answer:
        row.draft.newsletter = False
    elif unsubscribes:
        row.left_out.append(LeftOut(column.header, text, reasons.NOT_UNSUBSCRIBED))
    elif row.draft.newsletter is not False:
        row.draft.newsletter = answer


def _read_unsubscribed(row: _Row, column: Column, text: str) -> None:
    _read_newsletter(row, column, text, unsubscribes=True)


def _read_stage(row: _Row, column: Column, text: str) -> None:
    stage, reason = stage_of(text)
    row.draft.stage = row.draft.stage or stage
    if reason:
        row.left_out.append(LeftOut(column.header, text, reason))


def _read_birth_part(row: _Row, column: Column, text: str) -> None:
    there = row.birth.setdefault(column.field or "", text)
    if there != text:
        row.left_out.append(LeftOut(column.header, text, reasons.SECOND_VALUE))


def _leave_out(row: _Row, column: Column, text: str) -> None:
    row.left_out.append(LeftOut(column.header, text, column.reason or reasons.UNKNOWN_COLUMN))
