"""Tables for spreadsheets (CSV) in which no value can be taken for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from desktop_crm.documents.text import plain_unicode
from desktop_crm.intake.guarded import guarded


def table_csv(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV (RFC 4180), every value quoted; with the mark by which spreadsheets know UTF-8."""
    text = io.StringIO(newline="")
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([guarded(plain_unicode(value)) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
