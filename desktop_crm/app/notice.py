"""What is due, said in numbers and days: for the page of a locked file, and for a notice beside the clock."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from desktop_crm.cheap import fixed
from desktop_crm.host.clock import today
from desktop_crm.services import settings
from desktop_crm.services.due import DueCounts, due_counts
from desktop_crm.services.office import Office
from desktop_crm.words import M

_SOON = 14
"""Days before an answer is due from which it is worth a line on a locked screen."""


@fixed
class Notice:
    """`say` tells what is due as of now, also days after the file was closed; `notify` whether people want notices."""

    say: Callable[[], tuple[M, ...]] = tuple
    notify: bool = False


def notice_of(office: Office) -> Notice:
    """What has to be known of an open file to tell, once it is closed, what is due."""
    counts, clock, zone = due_counts(office), office.clock, office.shop.zone
    return Notice(lambda: lines(counts, today(clock, zone)), settings.get(office, settings.NOTIFY))


def lines(counts: DueCounts, day: date) -> tuple[M, ...]:
    """The most urgent first; nothing where nothing is due soon."""
    said = (_answers(counts, day), _tasks(counts.tasks_on(day)), _waiting(counts.waiting))
    return tuple(line for line in said if line is not None)


def _answers(counts: DueCounts, day: date) -> M | None:
    days = counts.next_answer(day)
    if days is None or days > _SOON:
        return None
    if days < 0:
        late = counts.answers_within(-1, day)
        return M("{n} answer is late", "{n} answers are late", n=late)
    if days == 0:
        return M("{n} answer is due today", "{n} answers are due today", n=counts.answers_within(0, day))
    return M("One answer is due in {n} day", "One answer is due in {n} days", n=days)


def _tasks(number: int) -> M | None:
    return M("{n} task for today", "{n} tasks for today", n=number) if number else None


def _waiting(number: int) -> M | None:
    return M("{n} entry waits for your yes", "{n} entries wait for your yes", n=number) if number else None
