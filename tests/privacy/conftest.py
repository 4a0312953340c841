"""Fixtures of the privacy proofs: a shop whose whole surroundings are watched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_crm.services.office import Office
from tests.privacy.shop import ShopFile, opened

SURROUNDINGS = ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")


@pytest.fixture
def surroundings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Home, settings and temporary folders of the program, all below one folder that can be searched."""
    for name in SURROUNDINGS:
        folder = tmp_path / name.lower()
        folder.mkdir()
        monkeypatch.setenv(name, str(folder))
    return tmp_path


@pytest.fixture
def file(surroundings: Path) -> ShopFile:
    return ShopFile(surroundings / "data")


@pytest.fixture
def office(file: ShopFile) -> Iterator[Office]:
    with opened(file) as office:
        yield office
