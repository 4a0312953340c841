"""Tasks: one line, a date, perhaps a person. Found by their words, shown in the report, gone with the person."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_crm.records.task import Task
from desktop_crm.records.technical import SearchEntry
from desktop_crm.services import access, contacts, erasing, tasks
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.services.tasks import TaskForm
from desktop_crm.storage.where import eq
from desktop_crm.words import Problem
from tests.privacy.papers import json_text, path_of

FRIDAY, MONDAY = date(2026, 11, 27), date(2026, 11, 30)


@pytest.fixture
def person(office: Office) -> bytes:
    return contacts.add(office, NewContact(name="Łucja Kowalska", emails=("lucja@kowalska.example",)))


def test_a_task_about_nobody_is_kept_and_listed(office: Office) -> None:
    key = tasks.add_task(office, TaskForm(text=" Vasen kaufen "))
    (task,) = tasks.list_open(office)
    assert (task.id, task.text, task.contact_id, task.due_on, task.call) == (key, "Vasen kaufen", None, None, False)


def test_open_tasks_come_in_the_order_of_their_time_and_undated_ones_last(office: Office, person: bytes) -> None:
    for text, day, at in (
        ("undated", None, None),
        ("monday", MONDAY, None),
        ("friday late", FRIDAY, "16:30"),
        ("friday early", FRIDAY, "09:00"),
        ("friday some time", FRIDAY, None),
    ):
        tasks.add_task(office, TaskForm(text=text, due_on=day, due_time=at, person=person))
    friday = ["friday early", "friday late", "friday some time"]
    assert [t.text for t in tasks.list_open(office)] == [*friday, "monday", "undated"]
    assert [t.text for t in tasks.list_open(office, FRIDAY)] == friday
    assert tasks.list_open(office, date(2026, 11, 26)) == []


def test_a_finished_task_is_no_longer_open_but_still_the_persons(office: Office, person: bytes) -> None:
    first = tasks.add_task(office, TaskForm(text="first", person=person))
    tasks.add_task(office, TaskForm(text="second", person=person))
    assert tasks.finish(office, first) is not None
    assert tasks.finish(office, first) is None
    assert [t.text for t in tasks.list_open(office)] == ["second"]
    assert [t.text for t in tasks.of_contact(office, person)] == ["second", "first"]


@pytest.mark.parametrize(
    "form",
    [
        TaskForm(text="  "),
        TaskForm(text="x", due_time="24:00"),
        TaskForm(text="x", due_time="9:00"),
        TaskForm(text="x", due_time="14:00 Uhr"),
        TaskForm(text="x\0"),
        TaskForm(text="x", person=bytes(16)),
    ],
)
def test_what_is_no_task_is_refused(office: Office, form: TaskForm) -> None:
    with pytest.raises(Problem):
        tasks.add_task(office, form)
    assert office.read(lambda r: r.count(Task)) == 0


def test_a_task_that_is_gone_is_told_as_such(office: Office) -> None:
    for attempt in (tasks.finish, tasks.remove_task):
        with pytest.raises(Problem, match="not there"):
            attempt(office, office.new_id())
    with pytest.raises(Problem, match="not there"):
        tasks.change_task(office, office.new_id(), TaskForm(text="x"))


def test_a_person_is_found_by_what_is_to_be_done_for_them(office: Office, person: bytes) -> None:
    other = contacts.add(office, NewContact(name="Piet", phones=("1",)))
    task = tasks.add_task(office, TaskForm(text="Trauerkranz besprechen", person=person))
    assert [f.id for f in contacts.find(office, "trauerkranz")] == [person]
    tasks.change_task(office, task, TaskForm(text="Hochzeit besprechen", person=other))
    assert contacts.find(office, "trauerkranz") == []
    assert [f.id for f in contacts.find(office, "hochzeit")] == [other]
    tasks.change_task(office, task, TaskForm(text="Hochzeit besprechen"))
    assert contacts.find(office, "hochzeit") == []
    tasks.change_task(office, task, TaskForm(text="Hochzeit besprechen", person=person))
    assert [f.id for f in contacts.find(office, "hochzeit")] == [person]


def test_a_persons_tasks_stand_in_their_report_and_go_with_them(office: Office, person: bytes, tmp_path: Path) -> None:
    tasks.add_task(office, TaskForm(text="Trauerkranz besprechen", person=person, due_on=MONDAY, call=True))
    tasks.add_task(office, TaskForm(text="Vasen kaufen"))
    text = json_text(path_of(access.access_report(office, person, tmp_path / "out").papers, ".json"))
    assert "Trauerkranz" in text
    assert "Vasen" not in text
    erasing.erase(office, person, tmp_path / "out", ErasureOrder())
    assert [t.text for t in tasks.list_open(office)] == ["Vasen kaufen"]
    assert office.read(lambda r: r.count(SearchEntry, eq("kind", "task"))) == 1


def test_a_task_of_nobody_that_names_somebody_is_seen_before_an_erasure(office: Office, person: bytes) -> None:
    tasks.add_task(office, TaskForm(text="Łucja Kowalska anrufen"))
    shown = erasing.preview(office, person)
    assert [(one.name, one.text) for one in shown.mentions] == [("", "Łucja Kowalska anrufen")]
