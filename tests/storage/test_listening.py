"""Whoever listens hears of every commit and of nothing else; whoever asks gets the rows as they were before."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.change import Change, ChangeValue
from desktop_crm.records.contact import Contact, ContactEmail, Stage
from desktop_crm.records.purchase import OpenMatter, Purchase
from desktop_crm.records.task import Task
from desktop_crm.records.technical import SearchEntry
from desktop_crm.services import contacts
from desktop_crm.services.contacts import NewContact
from desktop_crm.storage.rows import codec
from desktop_crm.storage.store import Store
from desktop_crm.storage.transaction import Change as Touched
from desktop_crm.storage.transaction import Image, Writing
from desktop_crm.storage.where import eq
from tests.privacy.shop import ShopFile, opened
from tests.storage.people import NOW, contact, email, key


def test_a_commit_is_heard_with_what_was_changed(store: Store) -> None:
    heard: list[tuple[Touched, ...]] = []
    threads: list[str] = []
    store.listen(heard.append)
    store.listen(lambda _: threads.append(threading.current_thread().name))
    anna = contact("Anna")
    store.write(lambda writing: writing.insert(anna))
    store.write(lambda writing: writing.update(Contact, anna.id, nickname="A"))
    assert [(c.record, c.row_id, c.verb) for told in heard for c in told] == [
        (Contact, anna.id, "add"),
        (Contact, anna.id, "change"),
    ]
    assert threads == ["writer", "writer"]


def test_what_was_not_committed_or_changed_nothing_is_not_heard(store: Store) -> None:
    heard: list[tuple[Touched, ...]] = []
    store.listen(heard.append)

    def fails(writing: Writing) -> None:
        writing.insert(contact("Anna"))
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        store.write(fails)
    store.write(lambda writing: writing.delete(Contact))
    store.write(lambda writing: writing.find(Contact))
    store.read(lambda reading: reading.find(Contact))
    assert heard == []


def test_an_office_tells_the_records_that_were_touched(tmp_path: Path) -> None:
    heard: list[frozenset[type]] = []
    with opened(ShopFile(tmp_path / "data")) as office:
        office.listen(heard.append)
        contacts.add(office, NewContact(name="Anna", emails=("a@x.example",)))
    assert heard[0] == {Contact, ContactEmail, AuditEntry, Change, ChangeValue}


def test_who_listens_no_longer_hears_nothing_more(store: Store) -> None:
    heard: list[tuple[Touched, ...]] = []
    stays: list[tuple[Touched, ...]] = []
    stop = store.listen(heard.append)
    store.listen(stays.append)
    store.write(lambda writing: writing.insert(contact("Anna")))
    stop()
    stop()
    store.write(lambda writing: writing.insert(contact("Piet")))
    assert (len(heard), len(stays)) == (1, 2)


def test_images_are_kept_only_when_they_are_asked_for(store: Store) -> None:
    anna, piet = contact("Anna"), contact("Piet")
    mail = email(anna.id, "a@x.example")

    def work(writing: Writing) -> tuple[list[Image] | None, list[Image] | None]:
        writing.insert(piet)
        before = writing.images
        writing.keep_images()
        writing.insert(anna)
        writing.insert_many(ContactEmail, [mail])
        writing.update(Contact, piet.id, stage=Stage.FORMER)
        writing.update(Contact, key(), stage=Stage.FORMER)
        writing.delete(ContactEmail, eq("id", mail.id))
        return before, writing.images

    before, images = store.write(work)
    assert before is None
    assert images is not None
    former = store.read(lambda reading: reading.get(Contact, piet.id))
    assert [(i.record, i.before, i.after) for i in images] == [
        (Contact, None, anna),
        (ContactEmail, None, mail),
        (Contact, piet, former),
        (ContactEmail, mail, None),
    ]
    assert "Anna" not in repr(images)


TASKS = st.builds(
    Task,
    id=st.binary(min_size=16, max_size=16),
    contact_id=st.none() | st.binary(max_size=16),
    text=st.text(),
    due_on=st.none() | st.dates(),
    due_time=st.none() | st.text(),
    call=st.booleans(),
    done_at=st.none() | st.just(NOW),
    actor=st.text(),
    created_at=st.just(NOW),
)


@given(row=TASKS)
def test_every_value_comes_back_from_its_text(row: Task) -> None:
    made = codec(Task)
    texts = {name: made.text(name, getattr(row, name)) for name in made.names}
    assert Task(**{name: made.value(name, text) for name, text in texts.items()}) == row
    assert codec(Purchase).value("still_open", "voucher") is OpenMatter.VOUCHER
    assert codec(Purchase).value("amount_minor", codec(Purchase).text("amount_minor", -4500)) == -4500


def test_a_row_that_moves_to_another_person_is_found_with_that_one(store: Store) -> None:
    anna, piet = contact("Anna"), contact("Piet")
    task = Task(id=key(), text="Vasen", actor="owner", created_at=NOW)
    for row in (anna, piet, task):
        store.write(lambda w, made=row: w.insert(made))  # type: ignore[misc]

    def subject() -> list[tuple[bytes, str]]:
        entries = store.read(lambda reading: reading.find(SearchEntry, eq("kind", "task")))
        return [(e.subject, e.note) for e in entries]

    assert subject() == [(task.id, "vasen")]
    for person in (anna.id, piet.id, None):
        store.write(lambda w, p=person: w.update(Task, task.id, contact_id=p))  # type: ignore[misc]
        assert subject() == [(person or task.id, "vasen")]
    check = "INSERT INTO search_text (search_text, rank) VALUES ('integrity-check', 1)"
    store.write(lambda w: w.connection.execute(check))
    store.write(lambda w: w.delete(Task))
    assert subject() == []
