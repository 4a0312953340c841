"""What is due, as numbers and days alone: for notices, and for a screen that is locked."""

from __future__ import annotations

from datetime import date, timedelta

from desktop_crm.cheap import fixed
from desktop_crm.records.audit import Verb
from desktop_crm.records.request import PrivacyRequest
from desktop_crm.records.retention import RetentionAnswer, RetentionItem
from desktop_crm.records.task import Task
from desktop_crm.services.acts import act
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import after, eq

OVERDUE_AFTER = timedelta(days=30)
"""So long an entry may wait for a yes before it is called late."""


@fixed
class DueCounts:
    """Days and numbers, nothing about anybody; they stay true while the file is locked.

    `answers` are the days on which open requests are to be answered, `tasks` those on which open tasks are due, each
    in their order; `waiting` is how many entries wait for a yes.
    """

    answers: tuple[date, ...]
    tasks: tuple[date, ...]
    waiting: int

    def next_answer(self, today: date) -> int | None:
        """In how many days the next answer is due, negative when it is late; None without any."""
        return (self.answers[0] - today).days if self.answers else None

    def answers_within(self, days: int, today: date) -> int:
        """How many answers are due within so many days, late ones included."""
        return sum((day - today).days <= days for day in self.answers)

    def tasks_on(self, today: date) -> int:
        """How many tasks are to be done today, those left over included."""
        return sum(day <= today for day in self.tasks)


@act(Verb.LIST, PrivacyRequest)
def due_counts(office: Office) -> DueCounts:
    """What is due, without a word about anybody."""

    def work(reading: Reading) -> DueCounts:
        requests = reading.find(PrivacyRequest, eq("closed_at", None), order=("due_on",))
        tasks = reading.find(Task, eq("done_at", None), after("due_on", date.min), order=("due_on",))
        return DueCounts(
            answers=tuple(one.due_on for one in requests),
            tasks=tuple(one.due_on for one in tasks if one.due_on is not None),
            waiting=reading.count(RetentionItem, eq("answer", RetentionAnswer.WAITING)),
        )

    return office.read(work)


def celebrated_on(day: date) -> list[str]:
    """The `MM-DD` of birthdays celebrated on a day; who was born on 29 February, in other years on the 28th."""
    keys = [day.strftime("%m-%d")]
    if keys == ["02-28"] and (day + timedelta(days=1)).day == 1:
        keys.append("02-29")
    return keys
