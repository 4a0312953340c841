from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest

from desktop_crm.vault import tries
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.tries import LONGEST, Attempt, Counted, Tries
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
        counted = wrong(folder, None, watch, 1)
        assert counted.left == max(0, 5 - number)
        pauses.append(counted.pause_left().total_seconds())
        watch.wait(pauses[-1])
        assert counted.pause_left() == timedelta(0)
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
    counted = wrong(folder, keystore, watch, 7)
    counted.right()
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


def test_a_number_changed_by_hand_makes_no_longer_pause_shorter(folder: VaultFolder, watch: Watch) -> None:
    keystore = MemoryKeyStore()
    wrong(folder, keystore, watch, 9)
    folder.tries.write_bytes(b"{}")
    assert Tries(folder, keystore, watch).pause_left() == timedelta(seconds=512)


def test_where_the_folder_takes_nothing_a_spoilt_count_shuts_nobody_out(
    folder: VaultFolder, watch: Watch, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder.tries.write_bytes(b"{}")
    monkeypatch.setattr("desktop_crm.vault.tries.write_atomically", refuse)
    assert Tries(folder, None, watch).pause_left() == timedelta(0)


def refuse(*_: object) -> None:
    raise OSError("read-only")


KEY = bytes(range(32))


def test_the_count_for_the_log_and_the_pause_leave_each_other_alone(folder: VaultFolder, watch: Watch) -> None:
    tries.begin(folder, KEY, 4)
    wrong(folder, None, watch, 6)
    tries.add(folder, Attempt(watch.now(), "password"))
    assert tries.read(folder, KEY, 4) == Counted((Attempt(watch.now(), "password"),), True, 4)
    Tries(folder, None, watch).right()
    assert tries.read(folder, KEY, 4).attempts
    wrong(folder, None, watch, 6)
    tries.begin(folder, KEY, 5)
    assert tries.read(folder, KEY, 5) == Counted((), True, 5)
    assert Tries(folder, None, watch).pause_left() == timedelta(seconds=64)


def test_taking_the_pause_out_of_the_file_costs_one(folder: VaultFolder, watch: Watch) -> None:
    tries.begin(folder, KEY, 1)
    wrong(folder, None, watch, 9)
    lies = json.loads(folder.tries.read_bytes())
    folder.tries.write_text(json.dumps({name: lies[name] for name in lies if name not in {"wrong", "seal"}}))
    assert Tries(folder, None, watch).pause_left() == timedelta(seconds=32)
    assert tries.read(folder, KEY, 1).whole


@pytest.mark.parametrize(("seen", "whole"), [(3, True), (4, True), (5, False)])
def test_a_later_count_is_whole_and_an_earlier_one_is_not(folder: VaultFolder, seen: int, whole: bool) -> None:
    """An earlier number is remembered after a safety copy was brought back; a later one after the file was put back."""
    tries.begin(folder, KEY, 4)
    assert tries.read(folder, KEY, seen).whole is whole
    assert not tries.read(folder, bytes(32), seen).whole


@pytest.mark.parametrize("part", [{"state": "\ud800"}, {"attempts": [["2026-11-21T09:00:00+00:00", "x" * 500]]}])
def test_a_row_that_is_not_ours_is_told_as_missing(folder: VaultFolder, part: dict[str, object]) -> None:
    tries.begin(folder, KEY, 1)
    folder.tries.write_text(json.dumps({**json.loads(folder.tries.read_bytes()), **part}))
    assert tries.read(folder, KEY, 1) == Counted((), False)


def test_a_store_that_is_locked_is_no_way_around(folder: VaultFolder, watch: Watch) -> None:
    keystore = MemoryKeyStore()
    wrong(folder, keystore, watch, 6)
    keystore.locked = True
    assert Tries(folder, keystore, watch).pause_left() == timedelta(seconds=64)
    Tries(folder, keystore, watch).right()
    assert Tries(folder, keystore, watch).left == 5


def test_what_was_no_wrong_password_is_put_back(folder: VaultFolder, watch: Watch) -> None:
    counted = wrong(folder, None, watch, 3)
    counted.put_back(counted.count())
    assert counted.left == 2


def as_person(folder: VaultFolder, keystore: MemoryKeyStore | None, watch: Watch, who: str) -> Tries:
    return Tries(folder, keystore, watch, who)


@pytest.mark.parametrize("store", [None, MemoryKeyStore()])
def test_whoever_comes_in_takes_only_their_own_wrong_ones_out(
    folder: VaultFolder, watch: Watch, store: MemoryKeyStore | None
) -> None:
    """Else a colleague could guess four times, come in by their own password, and guess on, for ever."""
    for guesses in (4, 6):
        for _ in range(guesses - Tries(folder, store, watch)._read().wrong):
            as_person(folder, store, watch, "anna").count()
        watch.wait(3600)
        tom = as_person(folder, store, watch, "tom")
        tom.right(tom.count())
        assert Tries(folder, store, watch).left == max(0, 5 - guesses)
        assert Tries(folder, store, watch).pause_left() == timedelta(0)
    anna = as_person(folder, store, watch, "anna")
    anna.right(anna.count())
    assert Tries(folder, store, watch).left == 5


def test_all_people_share_one_pause(folder: VaultFolder, watch: Watch) -> None:
    for who in ("anna", "tom", "eva", "anna", "tom"):
        as_person(folder, None, watch, who).count()
    assert as_person(folder, None, watch, "eva").pause_left() == timedelta(seconds=32)
    assert Tries(folder, None, watch).pause_left() == timedelta(seconds=32)


def test_the_count_stays_at_its_highest_and_comes_down_again(folder: VaultFolder, watch: Watch) -> None:
    anna = as_person(folder, None, watch, "anna")
    for _ in range(40):
        anna.count()
    anna.right(anna.count())
    assert Tries(folder, None, watch).left == 5
