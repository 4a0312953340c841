"""Looks at every column of a list before it is brought in: what stands in it, and what is odd about it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from desktop_crm.intake.cleaning import cleaned
from desktop_crm.intake.headings import Column
from desktop_crm.intake.reading import ListFile, Progress
from desktop_crm.intake.table import names_at_comma
from desktop_crm.intake.values import yes_or_no
from desktop_crm.words import M

SAMPLES = 3
_LONGEST = 200
_STEP = 1024
_DOUBTFUL = frozenset(
    {"email", "phone", "postal_code", "postal_city", "birthday", "day_month", "newsletter", "unsubscribed", "stage"}
)
"""Fields whose values can be odd by themselves."""
_ERROR = re.compile(r"#(?:REF!|VALUE!|NAME\?|N/A|DIV/0!|NULL!|NUM!|BEZUG!|WERT!|NV)", re.IGNORECASE).fullmatch


@dataclass(slots=True)
class Survey:
    """One column: the first values in it, and how many rows fill it, hold an error of Excel, a comma, an answer."""

    column: Column
    samples: list[str] = field(default_factory=list, repr=False)
    filled: int = 0
    errors: int = 0
    commas: int = 0
    answers: int = 0
    doubts: Counter[M] = field(default_factory=Counter)
    yes: Counter[str] = field(default_factory=Counter, repr=False)

    def take(self, number: int, text: str, doubts: Callable[[int, str], tuple[M, ...]] | None) -> None:
        """Count one cell that is not empty."""
        self.filled += 1
        if len(self.samples) < SAMPLES:
            self.samples.append(cleaned(text[:_LONGEST])[0])
        self.errors += _ERROR(text) is not None
        self.commas += names_at_comma(text) is not None
        answer = yes_or_no(text)
        self.answers += answer is not None
        if answer:
            self.yes[text] += 1
        if doubts is not None:
            self.doubts.update(doubts(number, text))


def survey(listed: ListFile, progress: Progress | None = None) -> list[Survey]:
    """One survey for each column, from all rows; an empty list for cards. Raising in `progress` ends it."""
    found = [Survey(column) for column in listed.layout.columns]
    doubts = [listed.doubts(at) if one.column.field in _DOUBTFUL else None for at, one in enumerate(found)]
    for done, (number, cells) in enumerate(listed.cells(), start=1):
        for one, doubt, cell in zip(found, doubts, cells, strict=False):
            if text := cell.strip():
                one.take(number, text, doubt)
        if progress is not None and done % _STEP == 0:
            progress(done, max(done, listed.row_count))
    return found
