"""One writer, readers on snapshots, all or nothing, and old bytes overwritten soon after they are forgotten."""

from __future__ import annotations

import random
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.records.contact import Contact
from desktop_crm.records.technical import SearchEntry, Setting
from desktop_crm.storage import connection
from desktop_crm.storage import store as storing
from desktop_crm.storage.readers import READERS
from desktop_crm.storage.store import Store
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq, one_of
from desktop_crm.words import Exit, M, Problem
from tests.privacy import pages
from tests.storage.people import company, contact, email, note

LONG = 60.0
COUNT_LONG = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1e8) SELECT count(*) FROM n"


@pytest.fixture
def beside() -> Iterator[ThreadPoolExecutor]:
    """Threads beside the one of the test."""
    with ThreadPoolExecutor(8) as pool:
        yield pool


def names(store: Store) -> set[str]:
    return store.read(lambda reading: {c.name for c in reading.find(Contact)})


def add(store: Store, name: str) -> None:
    store.write(lambda writing: writing.insert(contact(name)))


def test_what_was_written_is_read_and_outlasts_closing(store: Store, key: bytes) -> None:
    add(store, "Łucja")
    assert names(store) == {"Łucja"}
    store.close()
    again = Store(store.database, key)
    assert names(again) == {"Łucja"}
    again.close()


def test_a_reader_sees_one_state_from_beginning_to_end(store: Store) -> None:
    add(store, "before")

    def work(reading: Reading) -> tuple[int, int]:
        first = reading.count(Contact)
        add(store, "meanwhile")
        return first, reading.count(Contact)

    assert store.read(work) == (1, 1)
    assert names(store) == {"before", "meanwhile"}


def test_readers_hold_up_no_writer_and_no_other_reader(store: Store, beside: ThreadPoolExecutor) -> None:
    inside, leave = threading.Barrier(4), threading.Event()

    def work(reading: Reading) -> int:
        seen = reading.count(Contact)
        inside.wait(LONG)
        assert leave.wait(LONG)
        return seen + reading.count(Contact)

    readers = [beside.submit(store.read, work) for _ in range(3)]
    inside.wait(LONG)
    add(store, "written while three read")
    assert names(store) == {"written while three read"}
    leave.set()
    assert [reader.result(LONG) for reader in readers] == [0, 0, 0]


def test_writers_come_one_after_the_other(store: Store, beside: ThreadPoolExecutor) -> None:
    inside: list[int] = []

    def work(writing: Writing) -> None:
        inside.append(1)
        assert len(inside) == 1
        assert threading.current_thread().name == "writer"
        writing.insert(contact("A"))
        before = writing.count(Contact)
        writing.put(Setting(name="count", value=str(before)))
        inside.pop()

    for done in [beside.submit(store.write, work) for _ in range(40)]:
        done.result(LONG)
    assert store.read(lambda reading: reading.get(Setting, "count")) == Setting(name="count", value="40")


def test_waiting_for_oneself_is_a_bug_and_not_a_standstill(store: Store) -> None:
    with pytest.raises(RuntimeError):
        store.write(lambda _: store.write(lambda _: None))
    add(store, "A")


@pytest.mark.parametrize("error", [ValueError("ours"), KeyboardInterrupt(), Problem(M("no"))])
def test_an_error_in_the_middle_leaves_nothing(store: Store, error: BaseException) -> None:
    def work(writing: Writing) -> None:
        employer = company("Employer")
        person = contact("half", company_id=employer.id)
        for row in (employer, person, email(person.id, "half@example.com"), note(person.id, "half")):
            writing.insert(row)
        raise error

    with pytest.raises(type(error)):
        store.write(work)
    assert store.read(lambda reading: reading.count(Contact) + reading.count(SearchEntry)) == 0
    add(store, "whole")
    assert names(store) == {"whole"}


def test_what_breaks_a_rule_of_the_tables_leaves_nothing(store: Store) -> None:
    def work(writing: Writing) -> None:
        writing.insert(contact("A"))
        writing.insert(note(bytes(16), "about nobody"))

    with pytest.raises(connection.IntegrityError):
        store.write(work)
    assert names(store) == set()


def test_a_write_tells_what_it_changed(store: Store) -> None:
    def work(writing: Writing) -> list[Any]:
        person = contact("A")
        writing.insert(person)
        assert writing.update(Contact, person.id, name="B", sort_name="b")
        assert not writing.update(Contact, bytes(16), name="nobody")
        writing.delete(Contact, eq("id", person.id))
        return [(c.record, c.row_id == person.id, c.verb, c.number) for c in writing.changes]

    assert store.write(work) == [(Contact, True, verb, 1) for verb in ("add", "change", "remove")]


class Watch:
    """Waits for the checkpoint that the file does by itself."""

    def __init__(self, store: Store, patch: pytest.MonkeyPatch) -> None:
        self.done = threading.Event()
        self.results: list[bool] = []
        real = store._checkpoint

        def watched(*given: Any, **more: Any) -> bool:
            self.results.append(real(*given, **more))
            if self.results[-1]:
                self.done.set()
            return self.results[-1]

        patch.setattr(store, "_checkpoint", watched)


def _log(store: Store) -> int:
    return store.database.with_name(f"{store.database.name}-wal").stat().st_size


Act = Callable[[Writing, bytes], object]


@pytest.mark.parametrize(
    "act",
    [
        lambda writing, person: writing.delete(Contact, eq("id", person)),
        lambda writing, person: writing.update(Contact, person, name="new", sort_name="new"),
    ],
    ids=["removed", "changed"],
)
def test_old_bytes_are_overwritten_by_themselves_soon_after(
    store: Store, monkeypatch: pytest.MonkeyPatch, act: Act
) -> None:
    person = contact("old")
    store.write(lambda writing: writing.insert(person))
    assert _log(store) > 0
    monkeypatch.setattr(storing, "CHECKPOINT_AFTER", 0.01)
    watch = Watch(store, monkeypatch)
    store.write(lambda writing: act(writing, person.id))
    assert watch.done.wait(LONG)
    assert store.read(lambda _: _log(store)) == 0


def test_adding_alone_makes_no_haste(store: Store) -> None:
    add(store, "A")
    assert store._checkpoint_due is None


def test_the_promise_is_seconds_and_later_changes_do_not_put_it_off(store: Store) -> None:
    assert storing.CHECKPOINT_AFTER <= 5
    people = [contact("A"), contact("B")]
    store.write(lambda writing: writing.insert_many(Contact, people))
    store.write(lambda writing: writing.delete(Contact, eq("id", people[0].id)))
    due = store._checkpoint_due
    assert due is not None
    store.write(lambda writing: writing.delete(Contact, eq("id", people[1].id)))
    assert store._checkpoint_due == due


def test_a_steady_stream_of_writes_does_not_keep_it_from_coming(
    store: Store, beside: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "CHECKPOINT_AFTER", 0.01)
    watch = Watch(store, monkeypatch)
    people = [contact(str(number)) for number in range(500)]

    def come_and_go(person: Contact, writing: Writing) -> None:
        writing.insert(person)
        writing.delete(Contact, eq("id", person.id))

    def busy(share: int) -> None:
        for person in people[share::4]:
            store.write(partial(come_and_go, person))
            if watch.done.is_set():
                return
        pytest.fail("500 writes went before a checkpoint")

    for one in [beside.submit(busy, share) for share in range(4)]:
        one.result(LONG)


def test_a_foreign_reader_puts_the_checkpoint_off_until_it_ends(
    store: Store, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "_PATIENCE", 0.01)
    add(store, "A")
    foreign = connection.open_reader(store.database, key)
    foreign.execute("BEGIN")
    assert foreign.execute("SELECT count(*) FROM contact").fetchone() == (1,)
    store.write(lambda writing: writing.delete(Contact))
    assert store.checkpoint() is False
    assert _log(store) > 0
    foreign.execute("ROLLBACK")
    assert store.checkpoint() is True
    assert _log(store) == 0
    foreign.close()


def test_a_checkpoint_that_was_put_off_is_tried_again(
    store: Store, key: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "CHECKPOINT_AFTER", 0.01)
    watch = Watch(store, monkeypatch)
    add(store, "A")
    foreign = connection.open_reader(store.database, key)
    foreign.execute("BEGIN")
    foreign.execute("SELECT count(*) FROM contact").fetchone()
    store.write(lambda writing: writing.delete(Contact))
    monkeypatch.setattr(storing, "_PATIENCE", 0.0)
    assert store.checkpoint() is False
    foreign.close()
    assert watch.done.wait(LONG)
    assert watch.results[0] is False
    assert store.read(lambda _: _log(store)) == 0


def test_a_demanded_checkpoint_interrupts_our_own_long_readers(
    store: Store, beside: ThreadPoolExecutor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storing, "_PATIENCE", 0.2)
    add(store, "A")
    reading_now = threading.Event()

    def work(reading: Reading) -> None:
        reading.count(Contact)
        reading_now.set()
        reading.connection.execute(COUNT_LONG).fetchone()

    reader = beside.submit(store.read, work)
    assert reading_now.wait(LONG)
    store.write(lambda writing: writing.delete(Contact))
    while not store.checkpoint():
        assert not reader.done()
    with pytest.raises(Problem, match=r"Stopped\."):
        reader.result(LONG)


def test_a_disk_that_refuses_the_checkpoint_is_no_end_of_the_world(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Refusing:
        def __init__(self, real: Any) -> None:
            self._real = real
            self.left = 2

        def execute(self, statement: str, *given: Any) -> Any:
            if "wal_checkpoint" in statement and self.left:
                self.left -= 1
                raise connection.OperationalError("database or disk is full")
            return self._real.execute(statement, *given)

        def __getattr__(self, name: str) -> Any:
            return getattr(self._real, name)

    monkeypatch.setattr(store, "_writer", Refusing(store._writer))
    assert store.checkpoint() is False
    add(store, "the writing thread lives")
    assert store.checkpoint() is True


def test_stopping_a_long_write_leaves_nothing(store: Store, beside: ThreadPoolExecutor) -> None:
    begun = threading.Event()

    def work(writing: Writing) -> None:
        writing.insert(contact("half"))
        begun.set()
        writing.connection.execute(COUNT_LONG).fetchone()

    long = beside.submit(store.write, work)
    assert begun.wait(LONG)
    while not long.done():
        store.interrupt()
    with pytest.raises(Problem, match=r"Stopped\."):
        long.result(LONG)
    assert names(store) == set()
    add(store, "after")
    assert names(store) == {"after"}


def test_stopping_between_two_statements_counts_too(store: Store, beside: ThreadPoolExecutor) -> None:
    begun, stopped = threading.Event(), threading.Event()

    def work(writing: Writing) -> None:
        begun.set()
        assert stopped.wait(LONG)
        writing.insert(contact("half"))
        pytest.fail("went on")

    long = beside.submit(store.write, work)
    assert begun.wait(LONG)
    store.interrupt()
    stopped.set()
    with pytest.raises(Problem, match=r"Stopped\."):
        long.result(LONG)
    assert names(store) == set()


def test_stopping_a_long_read_lets_the_reader_go_on_afterwards(store: Store, beside: ThreadPoolExecutor) -> None:
    begun = threading.Event()

    def work(reading: Reading) -> None:
        begun.set()
        reading.connection.execute(COUNT_LONG).fetchone()

    long = beside.submit(store.read, work)
    assert begun.wait(LONG)
    while not long.done():
        store.interrupt()
    with pytest.raises(Problem, match=r"Stopped\."):
        long.result(LONG)
    assert names(store) == set()


def test_stopping_when_nothing_runs_does_no_harm(store: Store) -> None:
    add(store, "A")
    names(store)
    store.interrupt()
    add(store, "B")
    assert names(store) == {"A", "B"}


def test_closing_writes_everything_into_one_file_and_forgets_the_key(store: Store, key: bytes) -> None:
    add(store, "A")
    names(store)
    store.close()
    assert [path.name for path in store.database.parent.iterdir()] == [store.database.name]
    assert store._key == bytes(32)
    store.close()
    for use in (lambda: add(store, "late"), lambda: names(store), store.checkpoint):
        with pytest.raises(Problem) as told:
            use()
        assert told.value.code is Exit.LOCKED
    again = Store(store.database, key)
    assert names(again) == {"A"}
    again.close()


def test_closing_waits_for_what_was_ordered_before(store: Store, beside: ThreadPoolExecutor, key: bytes) -> None:
    begun, leave = threading.Event(), threading.Event()

    def work(writing: Writing) -> None:
        begun.set()
        assert leave.wait(LONG)
        writing.insert(contact("ordered before"))

    written = beside.submit(store.write, work)
    assert begun.wait(LONG)
    closed = beside.submit(store.close)
    leave.set()
    written.result(LONG)
    closed.result(LONG)
    again = Store(store.database, key)
    assert names(again) == {"ordered before"}
    again.close()


def test_closing_ends_a_reader_that_would_never_end(store: Store, beside: ThreadPoolExecutor) -> None:
    begun = threading.Event()

    def work(reading: Reading) -> None:
        begun.set()
        while True:
            reading.connection.execute("SELECT count(*) FROM contact").fetchone()
            reading.connection.execute(COUNT_LONG).fetchone()

    reader = beside.submit(store.read, work)
    assert begun.wait(LONG)
    store.close()
    with pytest.raises(Problem, match=r"Stopped\."):
        reader.result(LONG)
    assert store._readers.idle == 0


def test_more_readers_than_connections_wait_their_turn(store: Store, beside: ThreadPoolExecutor) -> None:
    add(store, "A")
    found = [beside.submit(names, store) for _ in range(60)]
    assert all(one.result(LONG) == {"A"} for one in found)
    assert store._readers.idle <= READERS


def test_a_crash_leaves_the_log_and_the_next_start_empties_it(store: Store, key: bytes, tmp_path: Path) -> None:
    add(store, "A")
    store.write(lambda writing: writing.delete(Contact))
    crashed = tmp_path / "crashed"
    crashed.mkdir()
    for path in store.database.parent.iterdir():
        (crashed / path.name).write_bytes(path.read_bytes())
    assert (crashed / f"{store.database.name}-wal").stat().st_size > 0
    again = Store(crashed / store.database.name, key)
    assert _log(again) == 0
    assert names(again) == set()
    again.close()


def test_writing_the_whole_file_anew_removes_what_split_pages_keep(store: Store, key: bytes) -> None:
    """SQLite leaves copies of rows between those of a page it has split, with secure_delete on; measured, so shown."""
    chance = random.Random(1)
    rows = [contact("".join(chance.choices("bcdfghjklm", k=14)), id=chance.randbytes(16)) for _ in range(2000)]
    for start in range(0, len(rows), 20):
        store.write(partial(_put_all, rows[start : start + 20]))
    gone = chance.sample(rows, 1200)
    for start in range(0, len(gone), 20):
        keys = [row.id for row in gone[start : start + 20]]
        store.write(partial(_remove_all, keys))
    assert store.checkpoint()
    words = [row.name.encode() for row in gone]
    assert _left(store, key, words)
    store.rebuild_search()
    assert store.rewrite()
    assert store.checkpoint()
    assert _left(store, key, words) == []
    assert store.read(lambda reading: reading.count(Contact)) == 800


def _left(store: Store, key: bytes, words: list[bytes]) -> list[bytes]:
    everything = b"".join(content for _, _, content in pages.stored_pages(store.database, key))
    return [word for word in words if word in everything]


def _put_all(rows: list[Contact], writing: Writing) -> None:
    writing.insert_many(Contact, rows)


def _remove_all(keys: list[bytes], writing: Writing) -> None:
    writing.delete(Contact, one_of("id", keys))
