"""Excel workbooks: numbers that were texts once, dates, formulas, several sheets, headings in merged cells."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from desktop_crm.intake import reasons
from desktop_crm.intake.reading import ListFile, open_list
from desktop_crm.words import Problem
from tests.unit.intake.lists import said


def book(tmp_path: Path, *rows: Sequence[Any]) -> Path:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in rows:
        sheet.append([*row])
    path = tmp_path / "list.xlsx"
    workbook.save(path)
    return path


def opened(path: Path) -> ListFile:
    return open_list(path, country="DE")


def test_numbers_dates_and_texts(tmp_path: Path) -> None:
    headings = ["Name", "Telefon", "PLZ", "Geburtstag", "Kundennummer", "Newsletter"]
    path = book(
        tmp_path,
        headings,
        ["Łucja", 491713920012, 4109, dt.date(1960, 12, 26), 17, True],
        ["Bert", 3412312512, 12345, 22276, 1.5, False],
        ["Carl", "0171 3920012", "04109", "26.12.1960", 2.0, None],
    )
    file = opened(path)
    lucja, bert, carl = file.people()
    assert (file.kind, file.row_count, file.layout.sheet, len(file.digest)) == ("xlsx", 3, "Sheet", 32)
    assert (lucja.phones[0].value, lucja.phones[0].e164) == ("491713920012", "+491713920012")
    assert (lucja.addresses[0].postal_code, lucja.birthday, lucja.uid, lucja.newsletter) == (
        "04109",
        "1960-12-26",
        "17",
        True,
    )
    assert set(lucja.faults) == {reasons.PHONE_BARE, reasons.ZERO_RESTORED}
    assert (bert.phones[0].e164, bert.birthday, bert.uid, bert.newsletter) == (
        "+493412312512",
        "1960-12-26",
        "1.5",
        False,
    )
    assert (carl.phones[0].e164, carl.birthday, carl.uid, carl.faults, carl.row) == (
        *("+491713920012", "1960-12-26", "2", ()),
        4,
    )


def test_a_formula_without_a_result_is_told(tmp_path: Path) -> None:
    path = book(tmp_path, ["Vorname", "Nachname", "Tags"], ["Anna", "=UPPER(A2)", "VIP"])
    [draft] = opened(path).people()
    assert draft.name == "Anna"
    assert [(left.column, left.value, left.reason) for left in draft.left_out] == [
        ("Nachname", "=UPPER(A2)", reasons.FORMULA_EMPTY)
    ]


def test_the_result_of_a_formula_is_read(tmp_path: Path) -> None:
    path = book(tmp_path, ["Vorname", "Nachname"], ["Anna", "=UPPER(A2)"])
    edited = tmp_path / "calculated.xlsx"
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(edited, "w") as new:
        for part in old.infolist():
            data = old.read(part)
            if part.filename.endswith("sheet1.xml"):
                data = re.sub(
                    rb'<c r="B2"[^>]*><f>UPPER\(A2\)</f><v\s*/?>(</v>)?',
                    b'<c r="B2" t="str"><f>UPPER(A2)</f><v>ANNA</v>',
                    data,
                )
            new.writestr(part, data)
    [draft] = opened(edited).people()
    assert (draft.family, draft.left_out) == ("ANNA", ())


def test_error_values_are_told(tmp_path: Path) -> None:
    [draft] = opened(book(tmp_path, ["Name", "Ort"], ["Anna", "#N/A"])).people()
    assert [(left.value, left.reason) for left in draft.left_out] == [("#N/A", reasons.CELL_ERROR)]


def test_the_first_sheet_with_data(tmp_path: Path) -> None:
    workbook = Workbook()
    workbook.create_sheet("Leer")
    hidden = workbook.create_sheet("Versteckt")
    hidden.append(["Name"])
    hidden.sheet_state = "hidden"
    people = workbook.create_sheet("Kunden")
    people.append(["Name", "Ort"])
    people.append(["Anna", "Leipzig"])
    more = workbook.create_sheet("Alt")
    more.append(["Name"])
    workbook.save(tmp_path / "list.xlsx")
    file = opened(tmp_path / "list.xlsx")
    assert (file.layout.sheet, [draft.name for draft in file.people()]) == ("Kunden", ["Anna"])
    assert {left.column for left in file.left_out} == {"Versteckt", "Alt"}


def test_merged_headings_and_a_title(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    for row in (
        ["Unsere Kunden", None, None, None],
        ["Name", "Anschrift", None, "E-Mail"],
        [None, "Straße", "Ort", None],
    ):
        sheet.append(row)
    sheet.append(["Anna", "Gasse 7", "Leipzig", "a@example.com"])
    for cells in ("A1:D1", "A2:A3", "B2:C2", "D2:D3"):
        sheet.merge_cells(cells)
    workbook.save(tmp_path / "list.xlsx")
    file = opened(tmp_path / "list.xlsx")
    [draft] = file.people()
    assert (draft.name, draft.emails[0].value, draft.row) == ("Anna", "a@example.com", 4)
    assert (draft.addresses[0].street, draft.addresses[0].city) == ("Gasse 7", "Leipzig")
    assert "Unsere Kunden" in [left.value for left in file.left_out]


def test_hostile_cells_stay_texts(tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.append(["Name", "Notiz"])
    sheet.append(["Anna", "x"])
    sheet["A2"].value, sheet["A2"].data_type = '=HYPERLINK("http://x")', "s"
    sheet["B2"].value = "x" * 32_000
    workbook.save(tmp_path / "list.xlsx")
    [draft] = opened(tmp_path / "list.xlsx").people()
    assert (draft.name, draft.notes[0]) == ('=HYPERLINK("http://x")', "x" * 32_000)


def edited(tmp_path: Path, old: bytes, new: bytes, part_name: str = "xl/worksheets/sheet1.xml") -> Path:
    source, target = book(tmp_path, ["Name", "Ort"], ["Anna", "Leipzig"]), tmp_path / "edited.xlsx"
    with zipfile.ZipFile(source) as before, zipfile.ZipFile(target, "w") as after:
        for part in before.infolist():
            data = before.read(part)
            if part.filename == part_name:
                assert old in data
                data = data.replace(old, new)
            after.writestr(part, data)
    return target


@pytest.mark.parametrize(
    ("old", "new", "sentence"),
    [
        (b'r="B2"', b'r="XFD2"', "more than 2,000 columns"),
        (b'<row r="2"', b'<row r="2000000000"', "damaged"),
        (b"<sheetData>", b"<sheetData><<", "damaged"),
        (b'r="B2"', b'r="Anna"', "damaged"),
    ],
)
def test_damaged_sheets(tmp_path: Path, old: bytes, new: bytes, sentence: str) -> None:
    with pytest.raises(Problem) as caught:
        list(opened(edited(tmp_path, old, new)).people())
    assert sentence in said(caught.value)
    assert "Anna" not in str(caught.value)


def test_empty_books(tmp_path: Path) -> None:
    for rows, sentence in (([], "empty"), ([["Name", "Ort"]], "no people")):
        with pytest.raises(Problem) as caught:
            opened(book(tmp_path, *rows))
        assert sentence in said(caught.value)
