"""Files that are no list each get their own clear sentence, quickly and in little memory."""

from __future__ import annotations

import time
import tracemalloc
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_crm.intake.reading import open_list
from desktop_crm.words import Exit, Problem
from tests.unit.intake.lists import said, write

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

CASES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "blank": (b"\n \n\n", "empty"),
    "header only": (b"Name,Ort\n", "no people"),
    "header and blanks": (b"Name,Ort\n,\n\n", "no people"),
    "binary": (bytes(range(256)) * 40 + bytes(5000), "no readable text"),
    "picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture"),
    "pdf": (b"%PDF-1.7\n", "a PDF document"),
    "html as xls": (b"<html><table><tr><td>Anna</td></tr></table>", "a web page"),
    "json": (b'[{"name": "Anna"}]', "a JSON file"),
    "calendar": (b"BEGIN:VCALENDAR\nEND:VCALENDAR\n", "a calendar"),
    "old excel": (OLE, "old Excel file"),
    "locked excel": (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "cut zip": (b"PK\x03\x04" + bytes(200), "damaged"),
}


@pytest.mark.parametrize(("content", "sentence"), CASES.values(), ids=CASES.keys())
def test_a_clear_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    with pytest.raises(Problem) as caught:
        open_list(write(tmp_path, content), country="DE")
    assert sentence in said(caught.value)
    assert "Nothing was brought in." in said(caught.value)
    assert caught.value.code is Exit.REFUSED
    assert "Anna" not in str(caught.value)


def test_folders_and_missing_files(tmp_path: Path) -> None:
    for path, sentence in ((tmp_path, "a folder"), (tmp_path / "gone.csv", "no such file")):
        with pytest.raises(Problem) as caught:
            open_list(path, country="DE")
        assert sentence in said(caught.value)
        assert caught.value.__cause__ is None


def test_other_archives(tmp_path: Path) -> None:
    for part, sentence in (("mimetype", "LibreOffice"), ("word/document.xml", "Word"), ("contacts.csv", "packed")):
        path = tmp_path / "list.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(part, "Anna")
        with pytest.raises(Problem) as caught:
            open_list(path, country="DE")
        assert sentence in said(caught.value)


def zeros(path: Path) -> None:
    with path.open("wb") as file:
        file.truncate(100 << 20)


def zeros_below_a_heading(path: Path) -> None:
    path.write_bytes(b"Name,Ort\nAnna,Leipzig\n")
    with path.open("ab") as file:
        file.truncate(100 << 20)


def one_long_line(path: Path) -> None:
    with path.open("wb") as file:
        file.write(b"Name\n")
        for _ in range(30):
            file.write(b"x" * (1 << 20))


def two_million_columns(path: Path) -> None:
    path.write_bytes(b"a," * 2_000_000 + b"\n" + b"b," * 2_000_000)


def two_million_columns_below(path: Path) -> None:
    path.write_bytes(b"Name,Ort\nAnna,Leipzig\n" + b"b," * 2_000_000)


def bomb(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w") as part:
            for _ in range(100):
                part.write(bytes(1 << 20))


def entities(path: Path) -> None:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><workbook>&a;</workbook>')


@pytest.mark.parametrize(
    ("make", "sentence"),
    [
        (zeros, "no readable text"),
        (zeros_below_a_heading, "no readable text"),
        (one_long_line, "too long"),
        (two_million_columns, "Row 1 has more than 2,000 columns"),
        (two_million_columns_below, "Row 3 has more than 2,000 columns"),
        (bomb, "unpack to far more"),
        (entities, "unpack to far more"),
    ],
)
def test_monsters_are_refused_quickly_in_little_memory(
    tmp_path: Path, make: Callable[[Path], None], sentence: str
) -> None:
    path = tmp_path / "monster"
    make(path)
    tracemalloc.start()
    start = time.perf_counter()
    with pytest.raises(Problem) as caught:
        open_list(path, country="DE")
    seconds, (_, peak) = time.perf_counter() - start, tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert sentence in said(caught.value)
    assert seconds < 20, "2 s without the tracing"
    assert peak < 250 << 20


def test_a_file_that_changes_meanwhile(tmp_path: Path) -> None:
    path = write(tmp_path, "Name\nAnna\n")
    file = open_list(path, country="DE")
    path.write_bytes(b"Name\nAnna \xff\xfe\n")
    with pytest.raises(Problem, match="changed"):
        list(file.people())
    path.unlink()
    with pytest.raises(Problem, match="cannot be opened"):
        list(file.people())
