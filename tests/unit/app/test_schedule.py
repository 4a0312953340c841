from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from threading import Event
from typing import NoReturn
from zoneinfo import ZoneInfo

import pytest

from desktop_crm.app.schedule import Outcome, Schedule, Tick
from desktop_crm.host.clock import FixedClock
from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.contact import Contact
from desktop_crm.services import contacts, journal, retention, setup
from desktop_crm.services.office import Office
from desktop_crm.services.shop import Shop
from desktop_crm.vault.folder import VaultFolder
from tests.memory_keystore import MemoryKeyStore

ZONE = "Europe/Berlin"
BEGUN = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(BEGUN)


@pytest.fixture
def office(tmp_path: Path, clock: FixedClock) -> Iterator[Office]:
    shop = Shop("Blumen Weber", "DE", "SN", "de", ZONE, date(2026, 3, 2))
    store = MemoryKeyStore()
    begun = setup.begin(VaultFolder(tmp_path / "data"), shop, clock=clock, keystore=store, passphrase=None)
    contacts.add(begun.office, contacts.NewContact(name="Anna", emails=("anna@example.org",)))
    yield begun.office
    begun.office.close()


@pytest.fixture
def schedule(office: Office, clock: FixedClock) -> Schedule:
    return Schedule(office, clock)


def runs(office: Office) -> int:
    return sum(entry.act == "run" for entry in office.read(lambda reading: reading.find(AuditEntry)))


def people(office: Office) -> int:
    return office.read(lambda reading: reading.count(Contact))


def quarters(schedule: Schedule, clock: FixedClock, start: datetime, hours: int) -> list[Outcome]:
    """The outcome of every tick from `start` for so many hours."""
    outcomes = []
    for quarter in range(hours * 4):
        clock.at = start + timedelta(minutes=15 * quarter)
        outcomes.append(schedule.tick().outcome)
    return outcomes


def test_it_runs_once_a_day_under_its_own_name(schedule: Schedule, office: Office, clock: FixedClock) -> None:
    assert quarters(schedule, clock, BEGUN, 23).count(Outcome.RAN) == 1
    assert quarters(schedule, clock, BEGUN + timedelta(days=1), 23).count(Outcome.RAN) == 1
    assert {e.actor for e in office.read(lambda r: r.find(AuditEntry)) if e.act == "run"} == {"program"}


def test_the_log_is_tidied_behind_the_look_and_its_end_remembered(
    schedule: Schedule, office: Office, clock: FixedClock
) -> None:
    schedule.tick()
    clock.at += timedelta(days=400)
    asked = schedule.tick()
    assert asked.outcome is Outcome.ASKS
    assert "prune" not in acts(office), "nothing goes before somebody said that the date is right"
    retention.run(office, clock_is_right=True)
    assert schedule.tick().outcome is Outcome.NOT_DUE
    assert acts(office)[-1] == "prune"
    assert "add" not in acts(office)
    assert office.anchor is not None
    remembered = office.anchor.read()
    assert remembered is not None
    assert remembered.sequence == office.read(journal.head).seq
    assert office.reserve.size > 0


def acts(office: Office) -> list[str]:
    return [line.act for line in office.read(lambda reading: reading.find(AuditEntry, order=("seq",)))]


def test_three_weeks_asleep_are_one_run(schedule: Schedule, office: Office, clock: FixedClock) -> None:
    schedule.tick()
    clock.at += timedelta(days=21)
    assert [schedule.tick().outcome for _ in range(3)] == [Outcome.RAN, Outcome.NOT_DUE, Outcome.NOT_DUE]
    assert runs(office) == 2


@pytest.mark.parametrize("day", [date(2026, 3, 29), date(2026, 10, 25)], ids=["spring", "autumn"])
def test_where_clocks_change_it_runs_once_and_not_in_the_night(
    schedule: Schedule, office: Office, clock: FixedClock, day: date
) -> None:
    noon_before = datetime(day.year, day.month, day.day, 1, tzinfo=ZoneInfo(ZONE)).astimezone(UTC) - timedelta(days=1)
    clock.at = noon_before
    retention.run(office, clock_is_right=True)
    midnight = datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(ZONE)).astimezone(UTC)
    outcomes = quarters(schedule, clock, midnight, 24)
    assert outcomes.count(Outcome.RAN) == 1
    ran_at = midnight + timedelta(minutes=15 * outcomes.index(Outcome.RAN))
    assert ran_at.astimezone(ZoneInfo(ZONE)).hour >= 3


@pytest.mark.parametrize("jump", [timedelta(days=3650), timedelta(days=-365), timedelta(days=46)])
def test_a_clock_that_jumped_is_asked_about(
    schedule: Schedule, office: Office, clock: FixedClock, jump: timedelta
) -> None:
    schedule.tick()
    clock.at += jump
    tick = schedule.tick()
    assert tick.outcome is Outcome.ASKS
    assert tick.question is not None
    assert retention.queue(office) == []
    assert people(office) == 1
    retention.run(office, clock_is_right=True)
    assert schedule.tick().outcome is Outcome.NOT_DUE


def test_nothing_is_deleted_without_a_yes(schedule: Schedule, office: Office, clock: FixedClock) -> None:
    for _ in range(40):
        clock.at += timedelta(days=44)
        schedule.tick()
    assert len(retention.queue(office)) > 0
    assert people(office) == 1


def test_a_mistake_does_not_stop_the_next_tick(
    schedule: Schedule, monkeypatch: pytest.MonkeyPatch, office: Office
) -> None:
    def mistake(*_: object) -> NoReturn:
        raise KeyError("Anna Zorbinsky")

    with monkeypatch.context() as broken:
        broken.setattr(retention, "run", mistake)
        tick = schedule.tick()
    assert (tick.outcome, tick.failure) == (Outcome.FAILED, "KeyError")
    assert "Zorbinsky" not in repr(tick)
    assert schedule.tick().outcome is Outcome.RAN
    assert runs(office) == 1


def test_it_looks_at_once_on_its_own_thread_and_stops_clean(office: Office, clock: FixedClock) -> None:
    ticks: list[Tick] = []
    ticked = Event()

    def told(tick: Tick) -> None:
        ticks.append(tick)
        ticked.set()

    schedule = Schedule(office, clock, listener=told)
    schedule.start()
    assert ticked.wait(10)
    schedule.stop()
    schedule.stop()
    assert ticks[0].outcome is Outcome.RAN
    assert runs(office) == 1


def test_started_and_stopped_at_once_it_ends_in_peace(
    office: Office, clock: FixedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    failed: list[object] = []
    monkeypatch.setattr("threading.excepthook", failed.append)
    for _ in range(100):
        schedule = Schedule(office, clock)
        schedule.start()
        schedule.stop()
    assert failed == []
