"""The schedule while a file is open: begun once the first rows are shown, and told on the screen."""

from __future__ import annotations

import gc
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_crm.records.technical import Setting
from desktop_crm.services import settings
from desktop_crm.ui.frame.bug import versions
from desktop_crm.ui.frame.shell import OpenDesk
from desktop_crm.ui.widgets.sheet import Overlay
from desktop_crm.words import M, Problem

if TYPE_CHECKING:
    from desktop_crm.app.schedule import Schedule, Tick
    from desktop_crm.services.copies_daily import LookedAfter
    from desktop_crm.services.log_notice import Told
    from desktop_crm.services.office import Office

TIDY_MS = 60_000
"""How often objects that hold on to each other in a ring are looked for."""
CALM_MS = 400
"""How often is looked whether the first rows are there."""


class Background(QObject):
    """What a tick found is said once; the same question is not asked every quarter of an hour."""

    lock_after = Signal(int)
    """After how many minutes without a touch to lock was chosen anew."""
    ticked = Signal(object)
    """The schedule looked at the clock; arrives on the GUI thread."""

    def __init__(self, shell: OpenDesk, minutes: int, *, tells_of_log: bool = True) -> None:
        """`tells_of_log`: whoever has not confirmed it yet is shown what the activity log notes about them."""
        super().__init__(shell)
        self._tells_of_log = tells_of_log
        self.minutes = minutes
        """After so many without a touch the file is to be locked, as it is set now."""
        self._shell = shell
        self._desk = shell.desk
        self._said = ""
        self._schedule: Schedule | None = None
        self.ticked.connect(self._tell)
        self._desk.changed.connect(self._changed)
        self._timer = QTimer(self)
        self._timer.setInterval(CALM_MS)
        self._timer.timeout.connect(self._begin)
        self._tidying = QTimer(self)
        self._tidying.setInterval(TIDY_MS)
        self._tidying.timeout.connect(self._tidy)
        self._tidying.start()

    def begin_when_calm(self) -> None:
        """Begin once nothing is asked for any more: loading the schedule must hold nobody up."""
        self._timer.start()

    def hold(self) -> None:
        """Do not begin any more."""
        self._timer.stop()

    def stop(self) -> None:
        """End the schedule, once nothing is asked for any more. On any thread."""
        if self._schedule is not None:
            self._schedule.stop()

    def _start(self) -> None:
        from desktop_crm.app.schedule import Schedule

        self._schedule = Schedule(self._desk.office, self._desk.office.clock, listener=self.ticked.emit)
        self._schedule.start()

    def _begin(self) -> None:
        if self._desk.courier.waiting == 0:
            self._timer.stop()
            self._desk.courier.ask(self, self._start, lambda _: None)
            if self._tells_of_log:
                ask = partial(_notice_of_log, self._desk.office)
                self._desk.courier.ask(self, ask, self._tell_of_log, failed=lambda _: True)

    def _tell_of_log(self, told: Told) -> None:
        """Not over something else: then it waits for the next opening."""
        if told.confirmed is None and Overlay.top(self._desk.window) is None:
            from desktop_crm.ui.log.notice import NoticeSheet

            NoticeSheet(self._desk, told).open()

    def _tidy(self) -> None:
        if self._desk.courier.waiting == 0:
            gc.collect()

    def _changed(self, records: frozenset[type]) -> None:
        if Setting in records:
            ask = partial(settings.get, self._desk.office, settings.LOCK_AFTER)
            self._desk.courier.ask(self, ask, self._take_minutes, newest="lock")

    def _take_minutes(self, minutes: int) -> None:
        self.minutes = minutes
        self.lock_after.emit(minutes)

    def _tell(self, tick: Tick) -> None:
        from desktop_crm.app.schedule import Outcome

        if tick.copies is not None:
            self._tell_copies(tick.copies)
        if tick.outcome is Outcome.RAN and tick.run is not None and tick.run.new:
            self._tell_found(tick.run.found)
        elif tick.outcome is Outcome.ASKS and tick.question is not None:
            self._ask(tick.question)
        elif tick.outcome is Outcome.FAILED:
            self._shell.problems.show_report("\n".join([*versions(), "", f"schedule: {tick.failure}"]) + "\n")

    def _tell_copies(self, done: LookedAfter) -> None:
        """What a person should know: a copy could not be made, or one is damaged. A copy that was made is no news."""
        look = self._desk.say(M("Look"))
        if done.problem is not None and self._said != done.problem.what.text:
            self._said = done.problem.what.text
            self._desk.problem(done.problem)
        if done.damaged:
            damaged = self._desk.say(M("A safety copy is damaged. Please make a new one."))
            self._desk.toast(damaged, act=look, then=lambda: self._desk.go("settings", page="copies"))
        if done.finished:
            said = M(
                "{n} safety copy no longer holds those you erased.",
                "{n} safety copies no longer hold those you erased.",
                n=done.finished,
            )
            self._desk.toast(self._desk.say(said), act=look, then=lambda: self._desk.go("settings", page="copies"))

    def _tell_found(self, found: int) -> None:
        waits = M("{n} entry waits for your yes", "{n} entries wait for your yes", n=found)
        look = self._desk.say(M("Look"))
        self._desk.toast(self._desk.say(waits), act=look, then=lambda: self._desk.go("keeping"))

    def _ask(self, question: Problem) -> None:
        from desktop_crm.services.retention import ClockJumped
        from desktop_crm.ui.keeping.look_now import ClockSheet

        if self._said != question.what.text:
            self._said = question.what.text
            if isinstance(question, ClockJumped):
                ClockSheet(self._desk, self._shell, question).open()
            else:
                self._desk.problem(question)


def _notice_of_log(office: Office) -> Told:
    """Once the first page is shown; what it needs is loaded only then."""
    from desktop_crm.services import log_notice

    return log_notice.notice(office)
