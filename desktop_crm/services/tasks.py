"""What there is to do: one line, a date, and perhaps a person."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from desktop_crm.records.audit import Verb
from desktop_crm.records.task import Task
from desktop_crm.services.acts import Trace, act, performing
from desktop_crm.services.changes import without_reviews
from desktop_crm.services.contacts import known_person
from desktop_crm.services.office import Office
from desktop_crm.services.people import storable
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq, until
from desktop_crm.words import M, Problem

_TIME = re.compile(r"([01]\d|2[0-3]):[0-5]\d").fullmatch
_LATEST = "99"


@dataclass(frozen=True, slots=True, kw_only=True, repr=False)
class TaskForm:
    """What is typed for a task; `due_time` like 14:00, `person` None where it is about nobody."""

    text: str
    person: bytes | None = None
    due_on: date | None = None
    due_time: str | None = None
    call: bool = False


@act(Verb.ADD, Task)
def add_task(office: Office, form: TaskForm) -> bytes:
    """Note something to be done; returns its number. Raises Problem without a text or for an odd time."""
    form = _checked(form)

    def work(writing: Writing, trace: Trace) -> bytes:
        _refuse_unknown(writing, form)
        trace.person, trace.row = form.person, office.new_id()
        writing.insert(
            Task(
                id=trace.row,
                contact_id=form.person,
                text=form.text,
                due_on=form.due_on,
                due_time=form.due_time,
                call=form.call,
                actor=office.who.name,
                created_at=office.clock.now(),
            )
        )
        return trace.row

    return office.write(work, undoable=True)


@act(Verb.CHANGE, Task)
def change_task(office: Office, task: bytes, form: TaskForm) -> bytes | None:
    """Put other words, another date or person into a task; the number of the change, None if nothing is other."""
    form = _checked(form)

    def work(writing: Writing, trace: Trace) -> None:
        _task(writing, task)
        _refuse_unknown(writing, form)
        trace.person, trace.row = form.person, task
        writing.update(
            Task,
            task,
            text=form.text,
            contact_id=form.person,
            due_on=form.due_on,
            due_time=form.due_time,
            call=form.call,
        )

    office.write(work, undoable=True)
    return performing().change


@act(Verb.CHANGE, Task)
def finish(office: Office, task: bytes) -> bytes | None:
    """Tick a task off; returns the number of the change, None if it was done already."""

    def work(writing: Writing, trace: Trace) -> None:
        trace.person, trace.row = _task(writing, task).contact_id, task
        if _task(writing, task).done_at is None:
            writing.update(Task, task, done_at=office.clock.now())

    office.write(work, undoable=True)
    return performing().change


@act(Verb.REMOVE, Task)
def remove_task(office: Office, task: bytes) -> bytes | None:
    """Drop a task; returns the number of the change."""

    def work(writing: Writing, trace: Trace) -> None:
        row = _task(writing, task)
        trace.person, trace.row = row.contact_id, task
        without_reviews(office, writing, [row.contact_id] if row.contact_id else [], task)
        writing.delete(Task, eq("id", task))

    office.write(work, undoable=True)
    return performing().change


@act(Verb.LIST, Task)
def list_open(office: Office, last_day: date | None = None) -> list[Task]:
    """What is not done yet, the next first and what has no date last; with a day: what is due by then."""
    by_then = () if last_day is None else (until("due_on", last_day),)
    return office.read(lambda reading: sorted(reading.find(Task, eq("done_at", None), *by_then), key=_when))


@act(Verb.LIST, Task)
def of_contact(office: Office, person: bytes) -> list[Task]:
    """A person's tasks: the open ones as `list_open` has them, then the finished ones, the newest first."""
    rows = office.read(lambda reading: reading.find(Task, eq("contact_id", person), order=("-done_at",)))
    return sorted((r for r in rows if r.done_at is None), key=_when) + [r for r in rows if r.done_at is not None]


def _when(task: Task) -> tuple[date, str, bytes]:
    return (task.due_on or date.max, task.due_time or _LATEST, task.id)


def _checked(form: TaskForm) -> TaskForm:
    text, due_time = storable(form.text), storable(form.due_time or "") or None
    if not text:
        raise Problem(M("There is nothing to do in this task."), safe=M("Nothing was saved."))
    if due_time is not None and not _TIME(due_time):
        raise Problem(M("The time is not written like 14:00."), safe=M("Nothing was saved."))
    return TaskForm(text=text, person=form.person, due_on=form.due_on, due_time=due_time, call=form.call)


def _refuse_unknown(reading: Reading, form: TaskForm) -> None:
    if form.person is not None:
        known_person(reading, form.person)


def _task(reading: Reading, task: bytes) -> Task:
    row = reading.get(Task, task)
    if row is None:
        raise Problem(M("This task is not there any more."), safe=M("Nothing was changed."))
    return row
