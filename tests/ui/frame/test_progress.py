"""Long jobs: a sheet after a moment, how far they are, and a button that really stops them."""

from __future__ import annotations

from threading import Event

from PySide6.QtWidgets import QLabel

from desktop_crm.ui.courier import Job, Progress
from desktop_crm.ui.frame.leaving import Leaving
from desktop_crm.ui.frame.progress import Bullet, JobSheet, State
from desktop_crm.ui.widgets.sheet import Overlay
from tests.ui.frame.framed import Framed, Key


class Work:
    """A job of as many steps as a test lets it take."""

    def __init__(self, total: int = 23) -> None:
        self.total = total
        self.go_on = Event()
        self.stopped = False

    def __call__(self, progress: Progress) -> str:
        try:
            progress(17, self.total)
            while not self.go_on.wait(0.005):
                progress(17, self.total)
        except Exception:
            self.stopped = True
            raise
        return "done"


def begin(framed: Framed, work: Work, answers: list[str], *, cancel: bool = True) -> Job:
    courier = framed.shell.desk.courier
    return courier.run(framed.shell, "Bringing in 23 people", work, answers.append, cancel=cancel)


def sheet_of(framed: Framed) -> JobSheet:
    framed.qtbot.waitUntil(lambda: isinstance(Overlay.top(framed.shell), JobSheet))
    found: JobSheet = framed.top(JobSheet)
    return found


def test_a_long_job_shows_how_far_it_is_and_the_sheet_goes_with_it(framed: Framed) -> None:
    work, answers = Work(), list[str]()
    begin(framed, work, answers)
    sheet = sheet_of(framed)
    framed.qtbot.waitUntil(lambda: sheet.how_far.text() == "17 of 23")
    assert (sheet.bar.value(), sheet.bar.maximum()) == (17, 23)
    work.go_on.set()
    framed.qtbot.waitUntil(lambda: Overlay.top(framed.shell) is None)
    assert answers == ["done"]


def test_how_far_it_is_has_its_room_before_anything_is_said(framed: Framed) -> None:
    sheet = JobSheet(framed.shell, framed.shell.desk.words, Job("Bringing in 23 people", can_cancel=True))
    sheet.open()
    framed.qtbot.waitExposed(framed.shell)
    sheet.show_progress(1_000_017, 23_000_000)
    assert sheet.how_far.width() >= sheet.how_far.sizeHint().width()


def test_a_short_job_shows_nothing(framed: Framed) -> None:
    work, answers = Work(), list[str]()
    work.go_on.set()
    begin(framed, work, answers)
    framed.qtbot.waitUntil(lambda: bool(answers))
    framed.qtbot.wait(350)
    assert Overlay.top(framed.shell) is None


def test_cancel_stops_the_job_itself(framed: Framed) -> None:
    work, answers = Work(), list[str]()
    begin(framed, work, answers)
    sheet = sheet_of(framed)
    assert sheet.cancel_button.hasFocus()
    framed.press(Key.Key_Space)
    assert not sheet.cancel_button.isEnabled()
    framed.qtbot.waitUntil(lambda: Overlay.top(framed.shell) is None)
    assert work.stopped
    assert answers == []
    assert framed.shell.problems.shown is None


def test_once_all_is_done_there_is_nothing_left_to_cancel(framed: Framed) -> None:
    work, answers = Work(total=17), list[str]()
    begin(framed, work, answers)
    sheet = sheet_of(framed)
    framed.qtbot.waitUntil(lambda: sheet.how_far.text() == "17 of 17")
    assert not sheet.cancel_button.isEnabled()
    work.go_on.set()
    framed.qtbot.waitUntil(lambda: bool(answers))


def test_esc_does_not_hide_a_job_that_runs(framed: Framed) -> None:
    work, answers = Work(), list[str]()
    begin(framed, work, answers)
    sheet = sheet_of(framed)
    framed.press(Key.Key_Escape)
    assert Overlay.top(framed.shell) is sheet
    work.go_on.set()
    framed.qtbot.waitUntil(lambda: bool(answers))


def test_what_cannot_be_stopped_has_no_button_for_it(framed: Framed) -> None:
    work, answers = Work(), list[str]()
    begin(framed, work, answers, cancel=False)
    assert not sheet_of(framed).cancel_button.isVisible()
    work.go_on.set()
    framed.qtbot.waitUntil(lambda: bool(answers))


def test_who_shows_a_job_itself_gets_no_second_sheet(framed: Framed) -> None:
    work, answers = Work(), list[str]()
    begin(framed, work, answers).shown_elsewhere = True
    framed.qtbot.wait(400)
    assert Overlay.top(framed.shell) is None
    work.go_on.set()
    framed.qtbot.waitUntil(lambda: bool(answers))


def test_steps_are_ticked_off_one_by_one(framed: Framed) -> None:
    job = Job("Erasing 23 entries", can_cancel=True)
    steps = [("Person locked", "nobody else can open them now"), ("Taking out entries", ""), ("Final search", "")]
    sheet = JobSheet(framed.shell, framed.shell.desk.words, job, steps=steps, cancel="Cancel, put all back")
    assert sheet.steps is not None
    sheet.open()
    sheet.steps.go_to(1)
    assert [bullet.state for bullet in sheet.steps.findChildren(Bullet)] == [State.DONE, State.NOW, State.LATER]
    assert "Taking out entries" in [label.text() for label in sheet.findChildren(QLabel)]
    job.finished.emit()
    assert Overlay.top(framed.shell) is None


def test_a_job_that_ends_below_another_sheet_leaves_no_sheet_behind(framed: Framed) -> None:
    work, answers = Work(), list[str]()
    job = begin(framed, work, answers)
    sheet_of(framed)
    left: list[int] = []
    Leaving(framed.shell, framed.shell.desk.words, [job], lambda: left.append(1)).open()
    framed.top(Leaving).wait_button.click()
    assert left == []
    work.go_on.set()
    framed.qtbot.waitUntil(lambda: bool(answers))
    assert left == [1]
    framed.qtbot.waitUntil(lambda: Overlay.top(framed.shell) is None)
