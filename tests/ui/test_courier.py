"""Questions to the services: answered on the GUI thread, dropped when nobody waits, stopped on request."""

from collections.abc import Iterator
from functools import partial
from threading import Event, get_ident

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from desktop_crm.ui.courier import WORKERS, Cancelled, Courier, Progress
from desktop_crm.words import M, Problem
from tests.ui.seeing import calm


@pytest.fixture
def courier(qapp: QApplication) -> Iterator[Courier]:
    made = Courier(qapp)
    yield made
    made.close()


@pytest.fixture
def owner(qtbot: QtBot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


def test_work_runs_elsewhere_and_its_answer_comes_here(qtbot: QtBot, courier: Courier, owner: QWidget) -> None:
    threads: list[int] = []
    courier.ask(owner, get_ident, lambda there: threads.extend((there, get_ident())))
    calm(qtbot, courier)
    assert threads[1] == get_ident() != threads[0]


def test_many_small_steps_wake_the_window_seldom(qtbot: QtBot, courier: Courier, owner: QWidget) -> None:
    told: list[tuple[int, int]] = []
    heard = Event()

    def work(progress: Progress) -> None:
        heard.wait(5)
        for done in range(1, 20_001):
            progress(done, 20_000)

    job = courier.run(owner, "Bringing in", work, lambda _: None)
    job.progressed.connect(lambda done, total: told.append((done, total)))
    heard.set()
    calm(qtbot, courier)
    assert len(told) < 100
    assert told[0] == (1, 20_000)
    assert told[-1] == (20_000, 20_000)


def test_an_answer_for_a_widget_that_is_gone_is_dropped(qtbot: QtBot, courier: Courier) -> None:
    gone, go, answers = QWidget(), Event(), list[int]()
    courier.ask(gone, lambda: go.wait(5), lambda _: answers.append(1))
    delete(gone)
    go.set()
    calm(qtbot, courier)
    assert answers == []


def test_only_the_newest_question_of_a_kind_is_answered(qtbot: QtBot, courier: Courier, owner: QWidget) -> None:
    first, answers = Event(), list[str]()

    def slow() -> str:
        first.wait(5)
        return "old"

    courier.ask(owner, slow, answers.append, newest="search")
    courier.ask(owner, lambda: "new", answers.append, newest="search")
    courier.ask(owner, lambda: "other", answers.append)
    qtbot.waitUntil(lambda: len(answers) == 2)
    first.set()
    calm(qtbot, courier)
    assert sorted(answers) == ["new", "other"]


def test_a_long_job_that_is_asked_for_again_is_stopped(qtbot: QtBot, courier: Courier, owner: QWidget) -> None:
    answers: list[str] = []
    began = Event()

    def slow(step: Progress) -> str:
        while True:
            step(1, 2)
            began.set()

    first = courier.run(owner, "Looking", slow, answers.append, newest="look")
    other = courier.run(owner, "Counting", lambda _: "counted", answers.append, newest="count")
    qtbot.waitUntil(began.is_set)
    courier.run(owner, "Looking", lambda _: "again", answers.append, newest="look")
    qtbot.waitUntil(lambda: not courier.waiting)
    assert sorted(answers) == ["again", "counted"]
    assert (first.cancelled, other.cancelled) == (True, False)


def test_what_is_typed_waits_for_nothing_slow_and_asks_for_the_newest_only(
    qtbot: QtBot, courier: Courier, owner: QWidget
) -> None:
    go, asked, answers = Event(), list[str](), list[str]()

    def look_up(text: str, slow: bool = False) -> str:
        asked.append(text)
        if slow:
            go.wait(5)
        return text

    for _ in range(WORKERS):
        courier.ask(owner, lambda: go.wait(5), lambda _: None)
    courier.ask(owner, lambda: look_up("a"), answers.append, newest="search", urgent=True)
    qtbot.waitUntil(lambda: answers == ["a"])
    courier.ask(owner, lambda: look_up("l", slow=True), answers.append, newest="search", urgent=True)
    qtbot.waitUntil(lambda: asked == ["a", "l"])
    for text in ("li", "lil"):
        courier.ask(owner, partial(look_up, text), answers.append, newest="search", urgent=True)
    go.set()
    calm(qtbot, courier)
    assert asked == ["a", "l", "lil"]
    assert answers == ["a", "lil"]


def test_a_problem_nobody_deals_with_can_be_tried_again(qtbot: QtBot, courier: Courier, owner: QWidget) -> None:
    attempts: list[int] = []

    def work() -> int:
        attempts.append(1)
        if len(attempts) == 1:
            raise Problem(M("The disk is full."))
        return len(attempts)

    answers: list[int] = []
    courier.problem.connect(lambda _problem, again: again())
    courier.ask(owner, work, answers.append)
    qtbot.waitUntil(lambda: answers == [2])


def test_a_problem_that_is_dealt_with_goes_no_further(qtbot: QtBot, courier: Courier, owner: QWidget) -> None:
    told: list[Problem] = []

    def refuse() -> None:
        raise Problem(M("Not now."))

    def note(problem: Problem) -> bool:
        told.append(problem)
        return True

    with qtbot.assertNotEmitted(courier.problem):
        courier.ask(owner, refuse, lambda _: None, failed=note)
        calm(qtbot, courier)
    assert len(told) == 1


def test_a_fault_of_the_program_is_told_as_one(qtbot: QtBot, courier: Courier, owner: QWidget) -> None:
    with qtbot.waitSignal(courier.bug) as told:
        courier.ask(owner, lambda: dict[str, int]()["missing"], lambda _: None)
    assert isinstance(told.args[0], KeyError)


def test_a_long_job_tells_its_steps_and_stops_when_asked(qtbot: QtBot, courier: Courier, owner: QWidget) -> None:
    begun, ended = Event(), list[str]()

    def work(progress: Progress) -> None:
        try:
            for done in range(1_000_000):
                progress(done, 1_000_000)
                begun.set()
        except Cancelled:
            ended.append("rolled back")
            raise

    with qtbot.waitSignal(courier.started) as told, qtbot.assertNotEmitted(courier.problem):
        job = courier.run(owner, "Counting", work, lambda _: ended.append("done"))
        assert told.args is None or told.args[0] is job
        begun.wait(5)
        job.cancel()
        calm(qtbot, courier)
    assert ended == ["rolled back"]
    assert courier.jobs == ()


def test_closing_stops_jobs_and_answers_nobody(qtbot: QtBot, owner: QWidget) -> None:
    courier, begun, answers = Courier(), Event(), list[int]()

    def work(progress: Progress) -> int:
        while True:
            begun.set()
            progress(1, 2)

    courier.run(owner, "For ever", work, answers.append)
    begun.wait(5)
    courier.close()
    qtbot.wait(1)
    assert answers == []


def test_what_is_done_once_is_not_begun_again_before_it_has_ended(
    qtbot: QtBot, courier: Courier, owner: QWidget
) -> None:
    go, done, answers = Event(), list[str](), list[object]()

    def work(name: str) -> str:
        go.wait(5)
        done.append(name)
        return name

    def next_step(_: str) -> None:
        courier.ask(owner, partial(work, "second step"), answers.append, once="paper")

    courier.ask(owner, partial(work, "first step"), next_step, once="paper")
    for press in ("again", "and again"):
        again = partial(work, press)
        courier.ask(owner, again, answers.append, once="paper")
        job = courier.run(owner, press, lambda _, again=again: again(), answers.append, once="paper")  # type: ignore[misc]
        assert job not in courier.jobs
    courier.ask(owner, partial(work, "other"), answers.append, once="another paper")
    go.set()
    calm(qtbot, courier)
    assert sorted(done) == ["first step", "other", "second step"]
    courier.run(owner, "Later", lambda _: work("later"), answers.append, once="paper")
    calm(qtbot, courier)
    assert answers[-1] == "later"


def test_what_is_done_once_can_be_tried_again_after_it_failed(qtbot: QtBot, courier: Courier, owner: QWidget) -> None:
    tries: list[int] = []

    def work() -> int:
        tries.append(1)
        if len(tries) == 1:
            raise Problem(M("The disk is full."))
        return 2

    answers: list[int] = []
    courier.problem.connect(lambda _, again: again())
    courier.ask(owner, work, answers.append, once="paper")
    calm(qtbot, courier)
    assert answers == [2]
