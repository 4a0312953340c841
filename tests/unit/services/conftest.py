"""A shop for the tests of the services."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_crm.services.office import Office
from tests.privacy.shop import ShopFile, TickingClock, clock_of, opened


@pytest.fixture
def file(tmp_path: Path) -> ShopFile:
    return ShopFile(tmp_path / "data")


@pytest.fixture
def office(file: ShopFile) -> Iterator[Office]:
    with opened(file) as office:
        yield office


@pytest.fixture
def clock(office: Office) -> TickingClock:
    return clock_of(office)
