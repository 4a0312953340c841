"""A shop for tests: a real customer file in a folder, opened with a key store in memory and a clock that obeys."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from desktop_crm.services import setup
from desktop_crm.services.office import Office
from desktop_crm.services.shop import Shop
from desktop_crm.vault.folder import VaultFolder
from tests.memory_keystore import MemoryKeyStore

START = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
REGIONS = {"DE": "SN", "AT": "", "FR": ""}


class TickingClock:
    """Goes on by a millisecond each time it is asked, and jumps where it is told to."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def now(self) -> datetime:
        self.at += timedelta(milliseconds=1)
        return self.at

    def uptime(self) -> float:
        return self.at.timestamp()

    def to(self, day: date, hour: int = 9) -> None:
        """Go to an hour (UTC) of a day, forwards or back."""
        self.at = datetime(day.year, day.month, day.day, hour, tzinfo=UTC)


class ShopFile:
    """Where a customer file lies and what opens it."""

    def __init__(self, folder: Path, *, country: str = "DE") -> None:
        self.folder = VaultFolder(folder)
        self.country = country
        self.clock = TickingClock()
        self.keystore = MemoryKeyStore()

    def shop(self) -> Shop:
        return Shop(
            name="Blumen Weber",
            country=self.country,
            region=REGIONS[self.country],
            language="de",
            zone="Europe/Berlin",
            begun_on=self.clock.at.date(),
            city="Leipzig",
        )

    def begin(self) -> Office:
        return setup.begin(self.folder, self.shop(), clock=self.clock, keystore=self.keystore, passphrase=None).office

    def open(self) -> Office:
        return setup.open_office(self.folder, clock=self.clock, keystore=self.keystore, passphrase=None)


@contextmanager
def opened(file: ShopFile) -> Iterator[Office]:
    """The file, begun and closed again whatever happens."""
    office = file.begin()
    try:
        yield office
    finally:
        office.close()


def clock_of(office: Office) -> TickingClock:
    """The clock of a test shop."""
    assert isinstance(office.clock, TickingClock)
    return office.clock
