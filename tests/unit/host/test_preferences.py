from __future__ import annotations

import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_crm.host import preferences
from desktop_crm.host.clock import FixedClock
from desktop_crm.host.computer import State, computer_check
from desktop_crm.host.preferences import FILE_NAME, Preferences, load, save
from desktop_crm.words import Words

CHOSEN = Preferences("de", "dark", "01d9", tray=True, folder="/home/anna/Kunden")
NOW = datetime(2026, 11, 21, 9, tzinfo=UTC)


def test_what_was_chosen_is_there_the_next_time(tmp_path: Path) -> None:
    save(CHOSEN, tmp_path / "new")
    assert load(tmp_path / "new") == CHOSEN


def test_nobody_else_can_read_it(tmp_path: Path) -> None:
    save(CHOSEN, tmp_path)
    assert stat.S_IMODE((tmp_path / FILE_NAME).stat().st_mode) == 0o600


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'"x"', b"\xff\xfe", b"[" * 40_000])
def test_a_damaged_file_counts_as_nothing_chosen(tmp_path: Path, content: bytes) -> None:
    (tmp_path / FILE_NAME).write_bytes(content)
    assert load(tmp_path) == Preferences()


def test_of_a_file_with_one_wrong_value_the_rest_holds(tmp_path: Path) -> None:
    (tmp_path / FILE_NAME).write_text('{"language": "de", "look": 3, "tray": "yes", "more": 1}')
    assert load(tmp_path) == Preferences(language="de")


def test_without_a_file_nothing_is_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(preferences, "config_dir", lambda: tmp_path / "none")
    assert load() == Preferences()


def test_a_clock_behind_the_customer_file_goes_wrong(tmp_path: Path) -> None:
    (tmp_path / "customers.db").touch()
    wrong, right = datetime(2020, 1, 1, tzinfo=UTC), datetime.now(UTC) + timedelta(hours=1)
    assert computer_check(tmp_path, FixedClock(wrong))[-1].state is State.BETTER
    assert computer_check(tmp_path, FixedClock(max(right, NOW)))[-1].state is State.RIGHT


def test_what_is_not_known_is_said_to_be_unknown(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("XDG_CURRENT_DESKTOP", raising=False)
    screen = computer_check(tmp_path, FixedClock(NOW))[1]
    assert screen.state is State.UNKNOWN
    assert Words("en").say(screen.said) == "cannot be told from here"
