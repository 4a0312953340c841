"""The open database: one thread that writes, readers that never wait for it, and the checkpoint after each delete."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any, TypeVar

from desktop_crm.host.files import file_mode, not_written
from desktop_crm.storage.connection import BUSY_MS, DatabaseError, IntegrityError, open_reader, open_writer
from desktop_crm.storage.diagnose import at_fault, bad_pages, check_before_opening, has_log, is_of, why_not
from desktop_crm.storage.listeners import Listeners
from desktop_crm.storage.migrate import check_tables, migrate
from desktop_crm.storage.readers import READERS, Readers, closed
from desktop_crm.storage.relocking import Told, copy_beside, discard, put_in_place
from desktop_crm.storage.transaction import Change, Reading, Writing
from desktop_crm.words import Exit, M, Problem

T = TypeVar("T")

CHECKPOINT_AFTER = 5.0
"""Seconds from a delete to the moment its old bytes are overwritten in the main file."""
_PATIENCE = 2.0
"""Seconds for which a demanded checkpoint waits for readers before it interrupts them, and once more after."""


class Store:
    """An open customer file. Close it to end its thread and drop its connections."""

    def __init__(self, database: Path, key: bytes | bytearray, *, create: bool = False) -> None:
        """Open the file; `create` makes it and is refused where one is. Raises Problem in plain words."""
        self.database = database
        self._key = bytearray(key)
        self._writer = self._open(create)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._readers = Readers(self._new_reader)
        self._lock = threading.Lock()
        self._closed = False
        self._at_work = False
        self._stopped = False
        self._checkpoint_due = time.monotonic() if has_log(database) and not create else None
        self._listeners = Listeners()
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    def _open(self, create: bool) -> Any:
        if create:
            _make(self.database)
        else:
            _own_side_files(self.database)
            check_before_opening(self.database, self._key)
        try:
            writer = open_writer(self.database, self._key)
            try:
                migrate(writer, self.database)
                check_tables(writer)
            except BaseException:
                writer.close()
                raise
        except DatabaseError as error:
            raise self._told(error) from None
        return writer

    def write(self, work: Callable[[Writing], T]) -> T:
        """Run `work` in one transaction on the writing thread and wait for it. All of it happens, or nothing."""
        return self._post(lambda: self._transaction(work))

    def listen(self, heard: Callable[[tuple[Change, ...]], None]) -> Callable[[], None]:
        """Call `heard` after each commit with what was changed: in the writing thread, so it must be quick.

        Returns what ends that: once it has returned, `heard` is called no more.
        """
        return self._listeners.join(heard)

    def read(self, work: Callable[[Reading], T]) -> T:
        """Run `work` on one consistent state, in this thread, without waiting for writers."""
        with self._readers.one() as connection:
            try:
                return work(Reading(connection))
            except DatabaseError as error:
                raise self._told(error) from None

    def checkpoint(self) -> bool:
        """Overwrite old bytes in the main file now, interrupting readers that take long.

        False: another program still reads, or the disk refuses; it is tried again later.
        """
        return self._post(lambda: self._checkpoint(_PATIENCE) or self._checkpoint(_PATIENCE, interrupt=True))

    def rebuild_search(self) -> None:
        """Make the full-text index anew from the living rows; nothing of forgotten ones survives that."""
        self.write(lambda writing: writing.rebuild_index())

    def clean_up(self) -> bool:
        """Leave nothing of what was deleted: a fresh full-text index, a fresh file. False: not possible just now.

        For deletions after which nobody searches every page.
        """
        self.rebuild_search()
        return self.rewrite() and self.checkpoint()

    def rewrite(self) -> bool:
        """Write the whole file anew, page by page. False: the disk has no room for it just now.

        Pages that SQLite has split or joined keep old bytes between their rows, whatever its settings say.
        """
        return self._post(self._vacuum)

    def change_key(self, key: bytes | bytearray, told: Told) -> None:
        """Write every page anew under `key`, while nobody writes. `told` may raise until all pages are copied.

        Raises Problem; then the file is whole, and `diagnose.is_of` tells under which of the two keys.
        """
        self._post(lambda: self._change_key(key, told))

    def damage(self, count: Callable[[Path, bytes | bytearray], int] = bad_pages) -> int:
        """How many faults `count` finds in the main file; everything is written into it first.

        `bad_pages` and `contradictions` count, each on a fresh connection.
        """
        self.checkpoint()
        return count(self.database, self._key)

    @property
    def interruptions(self) -> int:
        """How often readers were asked to make room: one that does not ask SQLite just then looks here."""
        return self._readers.interruptions

    def interrupt(self) -> None:
        """Stop what is running; the interrupted work raises Problem and leaves nothing half done."""
        with self._lock:
            if self._at_work:
                self._stopped = True
                self._writer.interrupt()
        self._readers.interrupt()

    def close(self) -> None:
        """End the thread, interrupt readers, write everything into the main file, and forget the key."""
        with self._lock:
            if self._closed:
                return
            self._closed = True
            self._readers.refuse()
            self._jobs.put(None)
        self._thread.join()
        # Whoever still waits for a reader learns that there are none any more.
        self._readers.let(self._readers.hold_back())
        self._checkpoint(_PATIENCE)
        self._writer.close()
        self._key[:] = bytes(len(self._key))

    def _post(self, run: Callable[[], T]) -> T:
        if threading.current_thread() is self._thread:
            raise RuntimeError("the writing thread must not wait for itself")
        job = _Job(run)
        with self._lock:
            if self._closed:
                raise closed()
            self._jobs.put(job)
        return job.answer.result()  # type: ignore[no-any-return]  # the queue holds jobs of any type

    def _work(self) -> None:
        """The writing thread: jobs in their order, and between them the checkpoint when it is due."""
        while True:
            due = self._checkpoint_due
            rest = None if due is None else due - time.monotonic()
            if rest is not None and rest <= 0:
                self._checkpoint(0)
                continue
            try:
                job = self._jobs.get(timeout=rest)
            except queue.Empty:
                continue
            if job is None:
                return
            job.run()

    def _transaction(self, work: Callable[[Writing], T]) -> T:
        writer = self._writer
        writer.execute("PRAGMA query_only = OFF")
        try:
            writer.execute("BEGIN IMMEDIATE")
            writing = Writing(writer, self._go_on)
            with self._working():
                answer = work(writing)
                writing.finish()
            self._go_on()
            writer.execute("COMMIT")
        except BaseException as error:
            if writer.in_transaction:
                writer.execute("ROLLBACK")
            if isinstance(error, DatabaseError):
                raise self._told(error) from None
            raise
        finally:
            writer.execute("PRAGMA query_only = ON")
        # A changed value stays behind in the main file like a deleted one. Later changes must not put it off further.
        if self._checkpoint_due is None and any(change.verb != "add" for change in writing.changes):
            self._checkpoint_due = time.monotonic() + CHECKPOINT_AFTER
        if writing.changes:
            self._listeners.tell(tuple(writing.changes))
        return answer

    def _vacuum(self) -> bool:
        self._writer.execute("PRAGMA query_only = OFF")
        try:
            self._writer.execute("VACUUM")
        except DatabaseError:
            return False
        finally:
            self._writer.execute("PRAGMA query_only = ON")
        return True

    def _change_key(self, key: bytes | bytearray, told: Told) -> None:
        """On the writing thread, so that no write comes between the copy and the swap."""
        if not (self._checkpoint(_PATIENCE) or self._checkpoint(_PATIENCE, interrupt=True)):
            raise _held()
        try:
            beside = copy_beside(self._writer, self.database, key, told)
        except DatabaseError as error:
            raise self._told(error) from None
        except Problem as problem:
            if problem.code is not Exit.DAMAGED:
                raise
            raise at_fault(self.database, self._key, problem) from None
        held_back = self._readers.hold_back()
        try:
            if held_back < READERS:
                raise _held()
            self._swap(beside, key)
        finally:
            discard(self.database)
            self._readers.let(held_back)

    def _swap(self, beside: Path, key: bytes | bytearray) -> None:
        """The file is closed for a moment; whatever happens, it is open again under the key that counts."""
        self._writer.close()
        try:
            put_in_place(beside, self.database)
        finally:
            if is_of(self.database, key):
                self._key[:] = key
            self._writer = open_writer(self.database, self._key)

    @contextlib.contextmanager
    def _working(self) -> Iterator[None]:
        """Only the work itself can be stopped: stopping what cleans up after it would leave half of it."""
        with self._lock:
            self._at_work, self._stopped = True, False
        try:
            yield
        finally:
            with self._lock:
                self._at_work = False

    def _go_on(self) -> None:
        """SQLite forgets an interrupt that comes between two statements; we do not. Raises Problem."""
        if self._stopped:
            raise stopped()

    def _checkpoint(self, patience: float, *, interrupt: bool = False) -> bool:
        """One open read leaves erased text in the main file: wait for it so many seconds, else try again later."""
        if interrupt:
            self._readers.interrupt()
        self._writer.execute(f"PRAGMA busy_timeout = {int(patience * 1000)}")
        try:
            done = not self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        except DatabaseError:
            done = False
        finally:
            self._writer.execute(f"PRAGMA busy_timeout = {BUSY_MS}")
        self._checkpoint_due = None if done else time.monotonic() + CHECKPOINT_AFTER
        return done

    def _told(self, error: Any) -> Any:
        """What SQLite says, in words, where it is no bug of ours."""
        text = str(error)
        if isinstance(error, IntegrityError):
            return error
        if "malformed" in text or "not a database" in text:
            return why_not(self.database, self._key)
        return trouble(error)

    def _new_reader(self) -> Any:
        try:
            return open_reader(self.database, self._key)
        except DatabaseError as error:
            raise self._told(error) from None


class DiskFull(Problem):
    """There is no room left for what was to be written."""

    def __init__(self) -> None:
        super().__init__(
            M("The disk is full."),
            safe=M("Your customer file is whole; the last change was not made."),
            todo=M("Please free some space and try again."),
        )


class _Job:
    """Work for the writing thread, and where its answer goes."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._work = work
        self.answer: Future[Any] = Future()

    def run(self) -> None:
        try:
            self.answer.set_result(self._work())
        except BaseException as error:
            self.answer.set_exception(error)


def _make(database: Path) -> None:
    """An empty file for whom the folder is for; what SQLite later puts beside it takes over its rights.

    An interrupted set-up may have left it empty.
    """
    if database.exists() and database.stat().st_size:
        raise Problem(M("There is a customer file here already."), safe=M("Nothing was changed."))
    try:
        database.touch(file_mode(database.parent))
        database.chmod(file_mode(database.parent))
    except OSError as error:
        raise not_written(database, error) from None


def _own_side_files(database: Path) -> None:
    """Rights once taken from the file were taken over by what lies beside it; they come back by themselves."""
    for ending in ("-wal", "-shm"):
        with contextlib.suppress(OSError):
            database.with_name(database.name + ending).chmod(file_mode(database.parent))


def stopped() -> Problem:
    """Somebody wanted it to end."""
    return Problem(M("Stopped."), safe=M("Nothing was changed."))


def _held() -> Problem:
    return Problem(
        M("Another program holds the customer file."), safe=M("Nothing was changed."), todo=M("Please try again.")
    )


def trouble(error: Any) -> Any:
    """What SQLite says about disk, lock and cancel, in words. The rest is our bug and passes."""
    text = str(error)
    if "interrupted" in text:
        return stopped()
    if "full" in text:
        return DiskFull()
    if "readonly" in text or "unable to open" in text:
        return Problem(
            M("The folder of the customer file cannot be written to."),
            safe=M("Nothing was changed."),
            todo=M("Please check the folder and its rights, or copy the whole folder to a place where you may write."),
        )
    if "locked" in text or "busy" in text:
        return _held()
    if "disk I/O" in text:
        return Problem(
            M("The disk refused to read or write the customer file."),
            safe=M("The last change was not made."),
            todo=M("Please copy the whole folder to another disk before you go on."),
        )
    return error
