"""The only place that asks the computer for the time."""

import time
from datetime import UTC, date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo


class Clock(Protocol):
    """Tells the present instant, always aware and in UTC."""

    def now(self) -> datetime: ...

    def uptime(self) -> float:
        """Seconds of this computer's run, which no setting of the clock changes."""


class SystemClock:
    """The computer's own clock."""

    def now(self) -> datetime:
        return datetime.now(UTC)

    def uptime(self) -> float:
        return time.monotonic()


class FixedClock:
    """A clock that stands still until it is set: for the demo's past, for fixtures and for tests."""

    def __init__(self, at: datetime) -> None:
        self.at = at

    def now(self) -> datetime:
        return self.at

    def uptime(self) -> float:
        return self.at.timestamp()


def today(clock: Clock, zone: str) -> date:
    """The calendar day it is now in an IANA time zone."""
    return clock.now().astimezone(ZoneInfo(zone)).date()
