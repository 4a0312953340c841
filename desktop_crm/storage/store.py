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

from desktop_crm.storage.connection import DatabaseError, OperationalError, open_reader, open_writer
from desktop_crm.storage.diagnose import bad_pages, check_before_opening, why_not
from desktop_crm.storage.migrate import check_tables, migrate
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.words import M, Problem

T = TypeVar("T")

CHECKPOINT_AFTER = 5.0
"""Seconds from a delete to the moment its old bytes are overwritten in the main file."""
_READERS = 4
_PATIENCE = 2.0


class Store:
    """An open customer file. Close it to end its thread and drop its connections."""

    def __init__(self, database: Path, key: bytes | bytearray, *, create: bool = False) -> None:
        """Open the file; `create` makes it and is refused where one is. Raises Problem in plain words."""
        self.database = database
        self._key = bytearray(key)
        self._writer = self._open(create)
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._readers: queue.LifoQueue[Any] = queue.LifoQueue()
        self._busy: set[Any] = set()
        self._lock = threading.Lock()
        self._checkpoint_due: float | None = None
        self._slots = threading.Semaphore(_READERS)
        self._thread = threading.Thread(target=self._work, name="writer", daemon=True)
        self._thread.start()

    def _open(self, create: bool) -> Any:
        if create:
            if self.database.exists():
                raise Problem(M("There is a customer file here already."), safe=M("Nothing was changed."))
        else:
            check_before_opening(self.database)
        try:
            writer = open_writer(self.database, self._key)
            try:
                migrate(writer, self.database)
                check_tables(writer)
            except BaseException:
                writer.close()
                raise
        except OperationalError as error:
            raise _trouble(error) from None
        except DatabaseError:
            raise why_not(self.database, self._key) from None
        self.database.chmod(0o600)
        return writer

    def write(self, work: Callable[[Writing], T]) -> T:
        """Run `work` in one transaction on the writing thread and wait for it. All of it happens, or nothing."""
        return self._post(lambda: self._transaction(work))

    def read(self, work: Callable[[Reading], T]) -> T:
        """Run `work` on one consistent state, in this thread, without waiting for writers."""
        with self._reader() as connection:
            connection.execute("BEGIN")
            try:
                return work(Reading(connection))
            except OperationalError as error:
                raise _trouble(error) from None
            finally:
                connection.execute("ROLLBACK")

    def checkpoint(self) -> bool:
        """Overwrite old bytes in the main file now. False: another program still reads; it is tried again later."""
        return self._post(self._checkpoint)

    def rebuild_search(self) -> None:
        """Make the full-text index anew from the living rows; nothing of forgotten ones survives that."""
        self.write(lambda writing: writing.rebuild_index())

    def damaged_pages(self) -> int:
        """How many pages of the main file fail their seal; everything is written into it first."""
        self.checkpoint()
        return bad_pages(self.database, self._key)

    def interrupt(self) -> None:
        """Stop what is running; the interrupted work raises Problem and leaves nothing half done."""
        self._writer.interrupt()
        with self._lock:
            for connection in self._busy:
                connection.interrupt()

    def close(self) -> None:
        """End the thread, write everything into the main file, and forget the key."""
        if not self._thread.is_alive():
            return
        self._jobs.put(None)
        self._thread.join()
        while not self._readers.empty():
            self._readers.get_nowait().close()
        with contextlib.suppress(OperationalError):
            self._checkpoint()
        self._writer.close()
        self._key[:] = bytes(len(self._key))

    def _post(self, run: Callable[[], T]) -> T:
        if threading.current_thread() is self._thread:
            raise RuntimeError("the writing thread must not wait for itself")
        job = _Job(run)
        self._jobs.put(job)
        return job.answer.result()  # type: ignore[no-any-return]  # the queue holds jobs of any type

    def _work(self) -> None:
        """The writing thread: jobs in their order, and the checkpoint when it is due and nothing else waits."""
        while True:
            try:
                job = self._jobs.get(timeout=self._rest())
            except queue.Empty:
                with contextlib.suppress(OperationalError):
                    self._checkpoint()
                continue
            if job is None:
                return
            job.run()

    def _rest(self) -> float | None:
        due = self._checkpoint_due
        return None if due is None else max(0.0, due - time.monotonic())

    def _transaction(self, work: Callable[[Writing], T]) -> T:
        writer = self._writer
        writer.execute("PRAGMA query_only = OFF")
        try:
            writer.execute("BEGIN IMMEDIATE")
            writing = Writing(writer)
            answer = work(writing)
            writing.finish()
            writer.execute("COMMIT")
        except BaseException as error:
            if writer.in_transaction:
                writer.execute("ROLLBACK")
            if isinstance(error, OperationalError):
                raise _trouble(error) from None
            raise
        finally:
            writer.execute("PRAGMA query_only = ON")
        if writing.deleted_rows:
            self._checkpoint_due = time.monotonic() + CHECKPOINT_AFTER
        return answer

    def _checkpoint(self) -> bool:
        """One open read leaves erased text in the main file, so readers are waited for, then interrupted."""
        ended = time.monotonic() + _PATIENCE
        while True:
            busy = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            if not busy:
                self._checkpoint_due = None
                return True
            if time.monotonic() > ended:
                self._checkpoint_due = time.monotonic() + CHECKPOINT_AFTER
                return False
            with self._lock:
                for connection in self._busy:
                    connection.interrupt()

    @contextlib.contextmanager
    def _reader(self) -> Iterator[Any]:
        with self._slots:
            try:
                connection = self._readers.get_nowait()
            except queue.Empty:
                connection = open_reader(self.database, self._key)
            with self._lock:
                self._busy.add(connection)
            try:
                yield connection
            finally:
                with self._lock:
                    self._busy.discard(connection)
                self._readers.put(connection)


class _Job:
    """Work for the writing thread, and where its answer goes."""

    def __init__(self, work: Callable[[], Any]) -> None:
        self._work = work
        self.answer: Future[Any] = Future()

    def run(self) -> None:
        try:
            self.answer.set_result(self._work())
        except BaseException as error:  # noqa: BLE001 - carried to the thread that asked
            self.answer.set_exception(error)


def _trouble(error: Exception) -> Problem:
    """What SQLite says about disk, lock and cancel, in words. The rest is our bug and passes."""
    text = str(error)
    if "interrupted" in text:
        return Problem(M("Stopped."), safe=M("Nothing was changed."))
    if "full" in text:
        return Problem(
            M("The disk is full."),
            safe=M("Your customer file is whole; the last change was not made."),
            todo=M("Please free some space and try again."),
        )
    if "readonly" in text or "unable to open" in text:
        return Problem(
            M("The folder of the customer file cannot be written to."),
            safe=M("Your customer file is whole."),
            todo=M("Please check the folder and its rights."),
        )
    if "locked" in text or "busy" in text:
        return Problem(
            M("Another program holds the customer file."), safe=M("Nothing was changed."), todo=M("Please try again.")
        )
    raise error
