"""In which time zone the computer stands."""

from __future__ import annotations

import os
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from zoneinfo import ZoneInfo, available_timezones

from desktop_crm.host.clock import Clock

_LINK = Path("/etc/localtime")
_NOWHERE = {"UTC", "Etc/UTC", "Etc/UCT", "Zulu", "GMT", "Etc/GMT", "Universal", "localtime", "posixrules"}


def usual_zone(clock: Clock, country: str) -> str:
    """The IANA zone of the computer; where that is not known or UTC, the zone of the country that fits its clock."""
    named = _named()
    if named is not None:
        return named
    zones = zones_of(country)
    local = clock.now().astimezone()
    fitting = (zone for zone in zones if _same_clock(local, zone)) if local.utcoffset() else iter(zones)
    return next(fitting, zones[0] if zones else "UTC")


def zones_of(country: str) -> list[str]:
    """The zones of a country (ISO 3166 code), as zone.tab of the IANA time zone database lists them."""
    table = files("tzdata.zoneinfo").joinpath("zone.tab").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return [row[2] for row in rows if row[0] == country.upper()]


def _same_clock(local: datetime, zone: str) -> bool:
    """Whether the zone's clocks stand like the computer's, now and half a year off."""
    moments = (local, local.replace(month=(local.month + 5) % 12 + 1, day=1))
    return all(
        m.replace(tzinfo=None).astimezone().utcoffset() == m.replace(tzinfo=ZoneInfo(zone)).utcoffset() for m in moments
    )


def _named() -> str | None:
    """What the settings of the computer call its zone; None if they do not, or call it UTC."""
    names = [os.environ.get("TZ", "").lstrip(":")]
    if _LINK.is_symlink():
        names.append(os.readlink(_LINK).partition("zoneinfo/")[2])
    known = available_timezones()
    return next((name for name in names if name in known and name not in _NOWHERE), None)
