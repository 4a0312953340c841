"""Room on the disk is really taken, given back in parts or whole, and never takes the last from others."""

from __future__ import annotations

import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from desktop_crm.host.reserve import LEAST, MIB, MOST, Reserve

Usage = namedtuple("Usage", "total used free")


@pytest.fixture
def reserve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reserve:
    """One that wants as much as there is in the file beside it."""
    monkeypatch.setattr("desktop_crm.host.reserve.LEAST", 0)
    return Reserve(tmp_path / "customers.reserve", of_size(tmp_path / "customers.db", MIB))


def of_size(path: Path, size: int) -> Path:
    with path.open("ab") as file:
        file.truncate(size)
    return path


def room(monkeypatch: pytest.MonkeyPatch, free: int) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(free * 2, free, free))


def test_it_takes_the_room_and_not_only_the_name(reserve: Reserve, tmp_path: Path) -> None:
    assert reserve.keep()
    told = (tmp_path / "customers.reserve").stat()
    assert told.st_size == MIB
    assert told.st_blocks * 512 >= MIB
    assert told.st_mode & 0o777 == 0o600


def test_it_grows_with_the_file_and_is_made_once(reserve: Reserve, tmp_path: Path) -> None:
    assert reserve.keep()
    assert reserve.keep()
    assert reserve.size == MIB
    of_size(tmp_path / "customers.db", 2 * MIB)
    assert reserve.keep()
    assert reserve.size == 2 * MIB


def test_the_last_room_is_left_to_others(reserve: Reserve, monkeypatch: pytest.MonkeyPatch) -> None:
    room(monkeypatch, 2 * MIB - 1)
    assert not reserve.keep()
    assert reserve.size == 0
    room(monkeypatch, 2 * MIB)
    assert reserve.keep()


def test_it_gives_back_a_part_or_all(reserve: Reserve, tmp_path: Path) -> None:
    of_size(tmp_path / "customers.db", 4 * MIB)
    reserve.keep()
    assert reserve.give(MIB)
    assert not reserve.give(MIB, least=3 * MIB)
    assert reserve.size == 3 * MIB
    assert reserve.release()
    assert reserve.size == 0
    assert not reserve.release()
    assert not reserve.give(MIB)


def test_a_disk_full_to_the_brim_gets_a_little(
    reserve: Reserve, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    of_size(tmp_path / "customers.db", 4 * MIB)
    reserve.keep()
    reserve.ease()
    assert reserve.size == 4 * MIB
    room(monkeypatch, MIB - 1)
    reserve.ease()
    assert reserve.size == 3 * MIB


def test_where_the_disk_refuses_nothing_is_left_lying(tmp_path: Path) -> None:
    gone = Reserve(tmp_path / "no folder" / "customers.reserve", tmp_path / "none")
    assert not gone.keep()
    assert not gone.release()
    assert list(tmp_path.iterdir()) == []


def test_it_is_as_large_as_the_file_within_limits(tmp_path: Path) -> None:
    path = tmp_path / "file"
    kept = Reserve(tmp_path / "reserve", path)
    assert kept.wanted == LEAST
    of_size(path, MIB)
    assert kept.wanted == LEAST + MIB
    of_size(path, 2 * MOST)
    assert kept.wanted == MOST


def test_what_was_given_is_taken_back_as_far_as_it_is_there(reserve: Reserve, monkeypatch: pytest.MonkeyPatch) -> None:
    reserve.take_back()
    assert reserve.size == 0, "nothing was given"
    reserve.keep()
    reserve.release()
    room(monkeypatch, MIB + 4096)
    reserve.take_back()
    assert reserve.size == 4096
