"""Asks the services on worker threads and answers on the GUI thread, which never waits for a file."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from threading import Event
from time import monotonic
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from shiboken6 import isValid

from desktop_crm.cheap import fixed
from desktop_crm.services.proving import ProveAgain
from desktop_crm.words import M, Problem

T = TypeVar("T")
Progress = Callable[[int, int], None]
Failed = Callable[[Problem], bool]
"""Deals with a problem; False leaves it to the one place that shows problems."""

WORKERS = 4
TOLD_EVERY = 1 / 30
"""Seconds between two steps that are shown: nobody sees more, and each of them wakes the window."""


class Cancelled(Problem):
    """A person stopped a long job; what it did is rolled back on the way out."""

    def __init__(self) -> None:
        super().__init__(M("Stopped."), safe=M("Nothing was changed."))


class Job(QObject):
    """A long job: told step by step, and stopped on request."""

    progressed = Signal(int, int)
    finished = Signal()

    def __init__(self, title: str, *, can_cancel: bool) -> None:
        """`title` says what is being done, in the language of the reader."""
        super().__init__()
        self.title = title
        self.can_cancel = can_cancel
        self.shown_elsewhere = False
        """Whoever began it shows how far it is; then no sheet opens by itself."""
        self._cancelled = Event()
        self._told_at = -TOLD_EVERY

    def cancel(self) -> None:
        """Ask the job to stop; it raises at its next step."""
        self._cancelled.set()

    @property
    def cancelled(self) -> bool:
        """Whether it was asked to stop."""
        return self._cancelled.is_set()

    def step(self, done: int, total: int) -> None:
        """Called by the job itself, on its worker thread. Raises Cancelled."""
        if self._cancelled.is_set():
            raise Cancelled
        now = monotonic()
        if now >= self._told_at + TOLD_EVERY or done == total:
            self._told_at = now
            self.progressed.emit(done, total)


@dataclass(frozen=True, slots=True, eq=False)
class _Question:
    """One piece of work and who waits for it."""

    owner: QObject
    work: Callable[[], Any]
    then: Callable[[Any], None]
    failed: Failed | None
    newest: str
    number: int
    again: Callable[[], object]
    job: Job | None = None
    urgent: bool = False
    once: object = None

    @property
    def key(self) -> tuple[int, str]:
        return id(self.owner), self.newest


@fixed
class _Reply:
    question: _Question
    answer: Future[Any]


class Courier(QObject):
    """Carries questions to the services and brings the answers back to widgets that still exist."""

    problem = Signal(object, object)
    """A Problem nobody dealt with, and a callable that asks again."""
    bug = Signal(object)
    """Any other exception: a fault of the program."""
    started = Signal(object)
    """A long Job has begun."""
    proof_wanted = Signal(object, object)
    """The password is needed once more: a callable that then asks again, and one for whoever does not give it."""
    _answered = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="courier")
        self._urgent = ThreadPoolExecutor(1, thread_name_prefix="courier-urgent")
        self._numbers: dict[tuple[int, str], int] = {}
        self._number = 0
        self._waiting: set[_Question] = set()
        self._answered.connect(self._deliver, Qt.ConnectionType.QueuedConnection)

    def ask(
        self,
        owner: QObject,
        work: Callable[[], T],
        then: Callable[[T], None],
        *,
        newest: str = "",
        failed: Failed | None = None,
        urgent: bool = False,
        once: object = None,
    ) -> None:
        """Run `work` on a worker thread, then `then(answer)` on the GUI thread if `owner` still exists.

        Args:
            newest: a name for a kind of question of which only the owner's newest is answered (type-ahead).
            failed: deals with a Problem.
            urgent: somebody is typing, so it queues behind nothing but its like. It changes nothing: what is overtaken
                before its turn is not even asked.
            once: what the work is, where it must not be begun again before it has ended: whoever presses a button
                twice gets one paper. Steps that follow each other bear the same.
        """
        if self._is_under_way(once):
            return
        self._number += 1

        def again() -> None:
            self.ask(owner, work, then, newest=newest, failed=failed, urgent=urgent, once=once)

        question = _Question(owner, work, then, failed, newest, self._number, again, urgent=urgent, once=once)
        if newest:
            self._numbers[question.key] = question.number
        self._send(question)

    def run(
        self,
        owner: QObject,
        title: str,
        work: Callable[[Progress], T],
        then: Callable[[T], None],
        *,
        newest: str = "",
        failed: Failed | None = None,
        cancel: bool = True,
        once: object = None,
    ) -> Job:
        """Run a long job with progress; `work` gets a function to call at each step, which raises when cancelled.

        `newest` and `once` as with `ask`; what is overtaken is stopped. A job that does not begin is never started.
        """
        self._number += 1
        job = Job(title, can_cancel=cancel)
        if self._is_under_way(once):
            return job

        def again() -> None:
            self.run(owner, title, work, then, newest=newest, failed=failed, cancel=cancel, once=once)

        question = _Question(owner, lambda: work(job.step), then, failed, newest, self._number, again, job, once=once)
        if newest:
            self._numbers[question.key] = question.number
            self._stop_overtaken(question.key)
        self.started.emit(job)
        self._send(question)
        return job

    @property
    def waiting(self) -> int:
        """How many questions are not answered yet."""
        return len(self._waiting)

    @property
    def jobs(self) -> tuple[Job, ...]:
        """The long jobs that are running."""
        return tuple(question.job for question in self._waiting if question.job is not None)

    def close(self) -> None:
        """Answer nobody any more, ask long jobs to stop, and wait for what is under way."""
        waiting, self._waiting = self._waiting, set()
        for question in waiting:
            if question.job is not None:
                question.job.cancel()
        self._pool.shutdown(wait=True)
        self._urgent.shutdown(wait=True)

    def _send(self, question: _Question) -> None:
        try:
            if question.urgent:
                future = self._urgent.submit(self._unless_overtaken, question)
            else:
                future = self._pool.submit(question.work)
        except RuntimeError:
            # Closed: the file is on its way out, and nobody is answered any more.
            return
        self._waiting.add(question)
        future.add_done_callback(lambda answer: self._answered.emit(_Reply(question, answer)))

    def _is_under_way(self, once: object) -> bool:
        return once is not None and any(question.once == once for question in self._waiting)

    def _stop_overtaken(self, key: tuple[int, str]) -> None:
        for question in self._waiting:
            if question.job is not None and question.key == key:
                question.job.cancel()

    def _unless_overtaken(self, question: _Question) -> Any:
        return None if self._is_overtaken(question) else question.work()

    def _deliver(self, reply: _Reply) -> None:
        question, answer = reply.question, reply.answer
        if question not in self._waiting:
            return
        self._waiting.discard(question)
        if question.job is not None:
            question.job.finished.emit()
        if self._is_stale(question) or answer.cancelled() or not isValid(question.owner):
            return
        error = answer.exception()
        if error is None:
            question.then(answer.result())
        elif isinstance(error, Problem):
            self._tell(question, error)
        else:
            self.bug.emit(error)

    def _is_stale(self, question: _Question) -> bool:
        if self._is_overtaken(question):
            return True
        self._numbers.pop(question.key, None)
        return False

    def _is_overtaken(self, question: _Question) -> bool:
        return bool(question.newest) and self._numbers.get(question.key) != question.number

    def _tell(self, question: _Question, problem: Problem) -> None:
        if isinstance(problem, ProveAgain):
            self.proof_wanted.emit(lambda: self._again(question), lambda: self._give_up(question))
            return
        if question.failed is not None and question.failed(problem):
            return
        if isinstance(problem, Cancelled):
            return
        self.problem.emit(problem, lambda: self._again(question))

    def _give_up(self, question: _Question) -> None:
        """As if a person had stopped it: whoever asked waits no longer, and nothing is shown."""
        if isValid(question.owner):
            self._tell(question, Cancelled())

    def _again(self, question: _Question) -> None:
        if isValid(question.owner):
            question.again()
