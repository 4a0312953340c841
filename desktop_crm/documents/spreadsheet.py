"""Tables for spreadsheets (CSV) in which no value can be taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from desktop_crm.documents.text import plain_unicode

_COMPUTED = tuple("=+-@＝＋－＠\t\r\n")
"""What a spreadsheet begins to compute at, also in the wide forms of East Asian keyboards."""


def harmless(value: str) -> str:
    """The value with an apostrophe before it where a spreadsheet would compute it; blanks before do not hide it."""
    begins = value.startswith(_COMPUTED) or value.strip().startswith(_COMPUTED)
    return f"'{value}" if begins else value


def table_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV (RFC 4180), every value quoted; with the mark by which spreadsheets know UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([harmless(plain_unicode(value)) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
