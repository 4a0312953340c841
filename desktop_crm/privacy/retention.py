"""Which day's entries are due under a keeping time: the arithmetic behind the review queue."""

from __future__ import annotations

from datetime import date, timedelta

from desktop_crm.privacy.terms import Term, due_from


def due_day(term: Term, start: date) -> date:
    """The first day on which something that started on `start` is no longer kept."""
    return due_from(start, term.length, term.unit, term.anchor)


def latest_start_due(term: Term, on: date) -> date | None:
    """The last start whose keeping time is over on the day `on`, or None if there is none.

    A later start is never due earlier, so that a list of due entries is one comparison in the database.
    """
    low, high = date.min + timedelta(days=366), on
    if due_day(term, low) > on:
        return None
    while low < high:
        middle = low + timedelta(days=((high - low).days + 1) // 2)
        if due_day(term, middle) <= on:
            low = middle
        else:
            high = middle - timedelta(days=1)
    return low
