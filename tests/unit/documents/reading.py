"""Reads papers back with other people's programs."""

import io
import re
import subprocess
import unicodedata
from typing import Any

import pikepdf
from pypdf import PdfReader

_MARKS = re.compile("[\u202a-\u202e\u200e\u200f]")


def poppler(paper: bytes, *options: str) -> str:
    """All text of a paper as poppler reads it, without the marks it puts around right-to-left words."""
    found = subprocess.run(["pdftotext", "-raw", *options, "-", "-"], input=paper, capture_output=True, check=True)
    return _MARKS.sub("", found.stdout.decode("utf-8"))


def by_pypdf(paper: bytes) -> str:
    """All text of a paper as pypdf reads it."""
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(paper)).pages)


def squeezed(text: str) -> str:
    """Text without white space and in compatibility form, to compare what was broken into lines."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def attachments(paper: bytes) -> dict[str, bytes]:
    """The files inside a paper."""
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        return {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}


def fonts(paper: bytes) -> list[Any]:
    """Every font of a paper: name and whether its letters are embedded."""
    with pikepdf.open(io.BytesIO(paper)) as pdf:
        return [
            (str(item.BaseFont), "/FontDescriptor" in item and "/FontFile2" in item.FontDescriptor)
            for item in pdf.objects
            if isinstance(item, pikepdf.Dictionary) and item.get("/Type") == pikepdf.Name.Font
        ]


def pages(paper: bytes) -> int:
    """How many pages a paper has."""
    return len(PdfReader(io.BytesIO(paper)).pages)
