"""What is still running with a person, so that nobody erases an order that goes out next week."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.purchase import OpenMatter, Purchase
from desktop_crm.records.request import RequestKind
from desktop_crm.records.task import Task
from desktop_crm.services import labels
from desktop_crm.services.requests import COPIES, open_of
from desktop_crm.storage.transaction import Reading
from desktop_crm.storage.where import after, eq, one_of
from desktop_crm.words import M

AFTERWARDS = timedelta(days=2)
"""So long after the last delivery or task somebody may still ring about it."""
A_FORTNIGHT = timedelta(days=14)
"""What has no day of its own, such as an invoice that is not paid, is given so long."""


class Matter(StrEnum):
    """What can still be running."""

    COPY = "copy"
    DELIVERY = "delivery"
    INVOICE = "invoice"
    VOUCHER = "voucher"
    TASK = "task"


@dataclass(frozen=True, slots=True, repr=False)
class Running:
    """One thing that has not ended: in words, and the day it has if it has one to come."""

    matter: Matter
    what: M
    day: date | None


def running(reading: Reading, people: Sequence[bytes], today: date) -> tuple[Running, ...]:
    """What has not ended with these people: requests for a copy, deliveries, open invoices and vouchers, tasks.

    `people` are a person and those who are here only because of them: whom their orders are delivered to.
    """
    made = (
        *_copies(reading, people),
        *_deliveries(reading, people, today),
        *_purchases(reading, people),
        *_tasks(reading, people, today),
    )
    return tuple(made)


def _copies(reading: Reading, people: Sequence[bytes]) -> Iterator[Running]:
    for request in (one for person in people for one in open_of(reading, person, COPIES)):
        if request.kind is RequestKind.ACCESS:
            said = M("the copy asked for on {day} is not handed over", day=request.received_on)
        else:
            said = M("the data to take along asked for on {day} is not handed over", day=request.received_on)
        yield Running(Matter.COPY, said, None)


def _deliveries(reading: Reading, people: Sequence[bytes], today: date) -> Iterator[Running]:
    coming = after("deliver_on", today - timedelta(days=1))
    for row in reading.find(DeliveryRecipient, one_of("id", people), coming, order=("deliver_on",)):
        yield Running(Matter.DELIVERY, M("delivery on {day}", day=row.deliver_on), row.deliver_on)


def _purchases(reading: Reading, people: Sequence[bytes]) -> Iterator[Running]:
    mine, still_open = one_of("contact_id", people), one_of("still_open", tuple(OpenMatter))
    for row in reading.find(Purchase, mine, still_open, order=("bought_on",)):
        what = labels.of(row.still_open or OpenMatter.INVOICE)
        matter = Matter.VOUCHER if row.still_open is OpenMatter.VOUCHER else Matter.INVOICE
        yield Running(matter, M("{what}, of {day}", what=what, day=row.bought_on), None)


def _tasks(reading: Reading, people: Sequence[bytes], today: date) -> Iterator[Running]:
    for row in reading.find(Task, one_of("contact_id", people), eq("done_at", None), order=("due_on",)):
        said = M("task for {day}", day=row.due_on) if row.due_on else M("a task without a day")
        yield Running(Matter.TASK, said, row.due_on if row.due_on and row.due_on >= today else None)


def wait_until(found: tuple[Running, ...], today: date, last: date) -> date | None:
    """The day until which it is wise to wait, `last` at the latest; None where nothing runs or no time is left."""
    if not found:
        return None
    days = [one.day for one in found if one.day is not None]
    day = min(max(days) + AFTERWARDS if days else today + A_FORTNIGHT, last)
    return day if day > today else None
