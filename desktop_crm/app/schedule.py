"""Looks after keeping times and safety copies by itself, once a day. It lists what is due; it destroys no entry.

The scheduler only wakes up; the guarantee is the row of the last success in the customer file. So a computer that
slept for three weeks looks once when it wakes, and a look that failed is made up for a quarter of an hour later.

It is for a program that stays open, such as a window. A single command takes the same look once it has answered
(`desktop_crm.cli.call.Call.look`); both ask the same row, so neither looks twice on one day.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from desktop_crm.host.clock import Clock
from desktop_crm.services import copies_daily, log_keeping, renewals, retention, staff_leaving
from desktop_crm.services.copies_daily import LookedAfter
from desktop_crm.services.office import Office
from desktop_crm.words import Problem

if TYPE_CHECKING:
    from apscheduler.schedulers.background import BackgroundScheduler

EVERY_MINUTES = 15
QUIET = range(1, 3)
"""Hours of the local day in which nothing runs: where clocks are changed, they are skipped or come twice."""


class Outcome(Enum):
    """What came of one look at the clock."""

    NOT_DUE = "not due"
    QUIET = "not at this hour"
    RAN = "ran"
    ASKS = "asks"
    """The clock jumped, or something else is in the way that a person can answer."""
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Tick:
    """One look at the clock: what came of it, what was listed, what is asked, or what kind of mistake it was."""

    outcome: Outcome
    run: retention.Run | None = None
    question: Problem | None = None
    failure: str = ""
    copies: LookedAfter | None = None
    """What was done about safety copies; None where that was not looked at."""


class Schedule:
    """Asks every quarter of an hour whether the daily look at keeping times is due, and then takes it.

    Not while the customer file is closed: make it when the file is opened, and `stop` it before it is closed.
    """

    def __init__(self, office: Office, clock: Clock, *, listener: Callable[[Tick], None] = lambda _: None) -> None:
        """`listener` is told of every tick, on the scheduler's thread."""
        self._office = office
        self._clock = clock
        self._listener = listener
        self._ticking = threading.Lock()
        self._scheduler: BackgroundScheduler | None = None

    def start(self) -> None:
        """Look now, and then every quarter of an hour, on a thread of its own."""
        from apscheduler.schedulers.background import BackgroundScheduler

        defaults = {"misfire_grace_time": None, "coalesce": True, "max_instances": 1}
        scheduler = BackgroundScheduler(timezone="UTC", job_defaults=defaults)
        job = scheduler.add_job(self.tick, "interval", minutes=EVERY_MINUTES)
        scheduler.start()
        # Brought forward, and not a second job that ends: one that ends while the scheduler stops fails on its thread.
        job.modify(next_run_time=job.next_run_time - timedelta(minutes=EVERY_MINUTES))
        self._scheduler = scheduler

    def stop(self) -> None:
        """End the thread; a look that is under way is waited for."""
        if self._scheduler is None:
            return
        self._scheduler.shutdown(wait=False)
        self._scheduler = None
        with self._ticking:
            pass

    def tick(self) -> Tick:
        """Take the daily look if it is due. Raises nothing: what goes wrong is tried again at the next tick."""
        with self._ticking:
            tick = self._look()
        self._listener(tick)
        return tick

    def _look(self) -> Tick:
        try:
            if self._clock.now().astimezone(ZoneInfo(self._office.shop.zone)).hour in QUIET:
                return Tick(Outcome.QUIET)
            copies = copies_daily.look_after(self._office)
            run = retention.look_daily(self._office)
            renewals.count_daily(self._office)
            log_keeping.prune_daily(self._office)
            staff_leaving.forget_daily(self._office)
            self._office.remember_log(if_grown=True)
            self._office.reserve.keep()
            return Tick(Outcome.NOT_DUE if run is None else Outcome.RAN, run, copies=copies)
        except Problem as problem:
            return Tick(Outcome.ASKS, question=problem)
        except Exception as error:
            # The kind alone: what an exception says may be a customer's.
            return Tick(Outcome.FAILED, failure=type(error).__name__)
