from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_crm.host import zone
from desktop_crm.host.clock import FixedClock

CLOCK = FixedClock(datetime(2026, 11, 21, 9, tzinfo=UTC))


@pytest.fixture(autouse=True)
def _no_link(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(zone, "_LINK", tmp_path / "none")


def test_the_computer_names_its_zone(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("TZ", raising=False)
    link = tmp_path / "localtime"
    link.symlink_to("/usr/share/zoneinfo/Europe/Warsaw")
    monkeypatch.setattr(zone, "_LINK", link)
    assert zone.usual_zone(CLOCK, "DE") == "Europe/Warsaw"


@pytest.mark.parametrize("name", ["UTC", "Etc/UTC", "", "Nowhere/Atall"])
def test_no_zone_or_utc_is_that_of_the_country(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setenv("TZ", name)
    assert zone.usual_zone(CLOCK, "DE") == "Europe/Berlin"
    assert zone.usual_zone(CLOCK, "ZZ") == "UTC"


def test_countries_have_their_zones() -> None:
    assert zone.zones_of("at") == ["Europe/Vienna"]
    assert len(zone.zones_of("US")) > 10
