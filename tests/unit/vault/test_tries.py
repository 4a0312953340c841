from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.tries import LONGEST, Tries
from tests.memory_keystore import MemoryKeyStore

pytestmark = pytest.mark.usefixtures("created")


class Watch:
    """A clock that people set, and a run of the computer that nobody sets."""

    def __init__(self) -> None:
        self.at = datetime(2026, 11, 21, 9, tzinfo=UTC)
        self.running = 1000.0

    def now(self) -> datetime:
        return self.at

    def uptime(self) -> float:
        return self.running

    def wait(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)
        self.running += seconds


@pytest.fixture
def watch() -> Watch:
    return Watch()


def wrong(folder: VaultFolder, keystore: MemoryKeyStore | None, watch: Watch, times: int) -> Tries:
    for _ in range(times):
        Tries(folder, keystore, watch).count()
    return Tries(folder, keystore, watch)


def test_five_are_free_then_each_pause_is_twice_the_one_before(folder: VaultFolder, watch: Watch) -> None:
    pauses = []
    for number in range(1, 14):
        tries = wrong(folder, None, watch, 1)
        assert tries.left == max(0, 5 - number)
        pauses.append(tries.pause_left().total_seconds())
        watch.wait(pauses[-1])
        assert tries.pause_left() == timedelta(0)
    assert pauses == [0, 0, 0, 0, 32, 64, 128, 256, 512, 900, 900, 900, 900]
    assert timedelta(seconds=900) == LONGEST


def test_a_restart_of_the_program_ends_no_pause(folder: VaultFolder, watch: Watch) -> None:
    wrong(folder, None, watch, 6)
    watch.wait(10)
    assert Tries(folder, None, watch).pause_left() == timedelta(seconds=54)


@pytest.mark.parametrize("store", [None, MemoryKeyStore()])
def test_no_setting_of_the_clock_ends_a_pause(folder: VaultFolder, watch: Watch, store: MemoryKeyStore | None) -> None:
    wrong(folder, store, watch, 6)
    watch.at += timedelta(days=400)
    assert Tries(folder, store, watch).pause_left() == timedelta(seconds=64)
    watch.at -= timedelta(days=800)
    watch.running += 10
    assert Tries(folder, store, watch).pause_left() == timedelta(seconds=64)
    watch.wait(63)
    assert Tries(folder, store, watch).pause_left() == timedelta(seconds=1)


def test_after_a_start_of_the_computer_the_clock_counts(folder: VaultFolder, watch: Watch) -> None:
    wrong(folder, None, watch, 6)
    watch.at += timedelta(seconds=60)
    watch.running = 5.0
    assert Tries(folder, None, watch).pause_left() == timedelta(seconds=4)


def test_a_right_password_begins_the_count_anew(folder: VaultFolder, watch: Watch) -> None:
    keystore = MemoryKeyStore()
    tries = wrong(folder, keystore, watch, 7)
    tries.right()
    assert not folder.tries.exists()
    assert keystore.items == {}
    assert Tries(folder, keystore, watch).left == 5


def test_deleting_the_file_does_not_help_where_the_computer_keeps_keys(folder: VaultFolder, watch: Watch) -> None:
    keystore = MemoryKeyStore()
    wrong(folder, keystore, watch, 6)
    folder.tries.unlink()
    assert Tries(folder, keystore, watch).pause_left() == timedelta(seconds=64)


@pytest.mark.parametrize("written", [b"", b"0 0 0 00", b"\xff\xfe", b"3 nan nan x", b"1e9"])
def test_a_number_changed_by_hand_costs_a_pause(folder: VaultFolder, watch: Watch, written: bytes) -> None:
    wrong(folder, None, watch, 2)
    folder.tries.write_bytes(written)
    assert Tries(folder, None, watch).pause_left() == timedelta(seconds=32)


def test_a_store_that_is_locked_is_no_way_around(folder: VaultFolder, watch: Watch) -> None:
    keystore = MemoryKeyStore()
    wrong(folder, keystore, watch, 6)
    keystore.locked = True
    assert Tries(folder, keystore, watch).pause_left() == timedelta(seconds=64)
    Tries(folder, keystore, watch).right()
    assert Tries(folder, keystore, watch).left == 5


def test_what_was_no_wrong_password_is_put_back(folder: VaultFolder, watch: Watch) -> None:
    tries = wrong(folder, None, watch, 3)
    tries.put_back(tries.count())
    assert tries.left == 2
