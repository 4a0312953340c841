"""Who is to be asked again, on the command line."""

from datetime import UTC, datetime

import pytest

from desktop_crm.cli import run as running
from desktop_crm.host.clock import FixedClock
from desktop_crm.words import Exit
from tests.unit.cli.counter import Counter

BEGUN = datetime(2026, 11, 21, 9, tzinfo=UTC)
BO = "bo@example.org"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FixedClock:
    clock = FixedClock(BEGUN)
    monkeypatch.setattr(running, "SystemClock", lambda: clock)
    return clock


def test_a_yes_is_due_before_it_ends_and_a_no_never(clock: FixedClock, counter: Counter) -> None:
    counter.ask("init", "--company", "Blumen Weber", "--country", "de", "--region", "sn")
    counter.ask("add", "--name", "Bo", "--email", BO)
    counter.ask("consent", "give", BO, "--purpose", "newsletter")
    assert counter("consent", "due")[2] == "Nobody is to be asked again now.\n"
    clock.at = datetime(2027, 10, 21, 9, tzinfo=UTC)
    assert counter.ask("consent", "due", "--within", "7") == []
    (row,) = counter.ask("consent", "due")
    assert (row["name"], row["purpose"], row["why"], row["ends_on"]) == ("Bo", "newsletter", "ending", "2027-11-21")
    assert row["ways"] == ["counter", "email"]
    clock.at = datetime(2028, 1, 21, 9, tzinfo=UTC)
    code, out, _ = counter("consent", "due", "--purpose", "newsletter")
    assert (code, "Too old" in out, "at the counter" in out, "by email" in out) == (Exit.DONE, True, True, False)
    counter.ask("consent", "refuse", BO, "--purpose", "newsletter")
    assert counter.ask("consent", "due") == []
    assert counter("consent", "due", "--purpose", "nothing")[0] == Exit.REFUSED
