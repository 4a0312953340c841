"""One look at file, disk, place and computer, in the right order, and what each fault is told as."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_crm.host import computer
from desktop_crm.host.computer import State, mac_update, updates_since
from desktop_crm.host.reserve import MIB, Reserve
from desktop_crm.services import contacts, copies, health, inspection, settings, setup
from desktop_crm.services.health import Part
from desktop_crm.services.inspection import Finding
from desktop_crm.services.office import Office
from desktop_crm.storage.diagnose import bad_pages, contradictions
from desktop_crm.words import M, Problem
from tests.privacy.shop import ShopFile, TickingClock

PAGE = 4096


def findings(office: Office) -> dict[str, Finding]:
    return {one.finding.key: one.finding for one in health.look_over(office)}


def test_everything_has_a_name_for_machines(office: Office) -> None:
    found = health.look_over(office)
    assert all(one.finding.key for one in found)
    assert [part for part in Part if any(one.part is part for one in found)] == list(Part)
    assert {"pages", "structure", "activity-log", "room", "reserve", "writable", "place", "clock"} <= {
        one.finding.key for one in found
    }


def test_a_sound_file_is_sound(office: Office) -> None:
    found = findings(office)
    assert all(found[key].sound for key in ("pages", "structure", "activity-log", "writable", "place"))


def test_a_missing_or_old_safety_copy_is_told(file: ShopFile, office: Office, tmp_path: Path) -> None:
    def told() -> tuple[str, bool]:
        (one,) = [
            one.finding for one in health.look_over(office, parts=health.QUICK) if one.finding.key == "safety-copy"
        ]
        assert one.todo is not None
        return one.what.text, one.sound

    assert told() == ("Safety copy: none yet", False)
    copies.make_copy(office, tmp_path)
    assert told() == ("Safety copy: last made on {at}", True)
    file.clock.at += timedelta(days=8)
    assert told() == ("Safety copy: last made on {at}", False)


def test_the_folder_of_every_day_is_missed_once_the_copy_of_the_day_waits_for_it(
    file: ShopFile, office: Office, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    settings.put(office, settings.COPIES_FOLDER, str(stick))
    copies.make_copy(office, stick)
    assert findings(office)["copies-folder"].sound
    stick.rename(tmp_path / "away")
    assert findings(office)["copies-folder"].sound, "the copy of today was made"
    file.clock.at += timedelta(days=2)
    told = findings(office)["copies-folder"]
    assert (told.sound, told.what.text) == (False, "Folder for the safety copy of every day: not to be reached now")


def test_spoilt_keys_of_safety_copies_are_told(file: ShopFile, office: Office, tmp_path: Path) -> None:
    copies.make_copy(office, tmp_path)
    assert "copy-keys" not in findings(office)
    file.folder.copy_keys.write_bytes(b"x")
    found = findings(office)["copy-keys"]
    assert (found.sound, found.damage) == (False, True)


def test_a_clock_that_went_back_is_told_although_the_opening_was_logged_by_it(file: ShopFile) -> None:
    file.begin().close()
    file.clock.at -= timedelta(days=400)
    office = file.open()
    try:
        assert not findings(office)["clock-against-file"].sound
        file.clock.at += timedelta(days=400)
        assert findings(office)["clock-against-file"].sound
    finally:
        office.close()


def test_quick_parts_leave_the_file_alone(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office.store, "damage", lambda *_: pytest.fail("the file was read"))
    assert {one.part for one in health.look_over(office, parts=health.QUICK)} == health.QUICK


def test_seals_are_looked_at_before_what_sqlite_finds(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    order: list[str] = []

    def noting(count: Callable[..., int] = bad_pages) -> int:
        order.append(count.__name__)
        return 0

    monkeypatch.setattr(office.store, "damage", noting)
    health.look_over(office)
    assert order == ["bad_pages", "contradictions"]


def damaged(file: ShopFile, spoil: Callable[[Path], None]) -> tuple[int, int]:
    office = file.begin()
    for n in range(40):
        contacts.add(office, contacts.NewContact(name=f"Person {n}", emails=(f"p{n}@x.example",)))
    key = bytes(office.keys.database_key)
    office.close()
    spoil(file.folder.database)
    return bad_pages(file.folder.database, key), contradictions(file.folder.database, key)


def _flip(path: Path) -> None:
    with path.open("r+b") as data:
        data.seek(20 * PAGE + 100)
        byte = data.read(1)[0]
        data.seek(20 * PAGE + 100)
        data.write(bytes([byte ^ 1]))


def _cut(path: Path) -> None:
    os.truncate(path, (path.stat().st_size // PAGE - 5) * PAGE)


def test_a_flipped_byte_is_found_by_the_seals(file: ShopFile) -> None:
    assert damaged(file, _flip)[0] == 1


def test_a_cut_end_is_found_by_sqlite_alone(file: ShopFile) -> None:
    pages, torn = damaged(file, _cut)
    assert pages == 0, "the seals cannot see it; that is why both are asked"
    assert torn > 0


def test_a_row_that_refers_to_nobody_is_found(office: Office) -> None:
    person = contacts.add(office, contacts.NewContact(name="Eva", emails=("eva@x.example",)))
    office.store.checkpoint()
    assert office.store.damage(contradictions) == 0
    writer = office.store._writer
    writer.execute("PRAGMA query_only = OFF")
    writer.execute("PRAGMA foreign_keys = OFF")
    writer.execute("DELETE FROM contact WHERE id = ?", (person,))
    assert office.store.damage(contradictions) > 0
    assert findings(office)["structure"].damage


def test_a_clock_behind_the_file_is_told(office: Office, clock: TickingClock) -> None:
    clock.at -= timedelta(hours=20)
    assert findings(office)["clock-against-file"].sound
    clock.at -= timedelta(hours=8)
    assert not findings(office)["clock-against-file"].sound


def test_little_room_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Reserve, "free", 100 * MIB)
    assert not findings(office)["room"].sound


def test_a_folder_that_cannot_be_written_to_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    assert not findings(office)["writable"].sound


def test_a_cloud_folder_is_told_by_name(tmp_path: Path) -> None:
    file = ShopFile(tmp_path / "OneDrive - Blumen Weber" / "data")
    office = file.begin()
    told = findings(office)["place"]
    office.close()
    assert not told.sound
    assert "OneDrive" in str(told.what.values)
    assert told.todo is not None


def test_a_new_file_is_refused_on_a_network_drive(file: ShopFile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(setup, "is_in_network", lambda _: True)
    with pytest.raises(Problem, match="another computer in the network"):
        file.begin()
    assert not file.folder.path.exists()


def test_a_check_ends_where_somebody_cancels(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[Part] = []

    def tell(part: Part) -> None:
        told.append(part)
        if len(told) == 2:
            raise Problem(M("Stopped."))

    monkeypatch.setattr(inspection, "contradictions", lambda *_: pytest.fail("it went on"))
    with pytest.raises(Problem, match="Stopped"):
        health.look_over(office, tell)


NOW = datetime(2026, 11, 21, tzinfo=UTC)


@pytest.mark.parametrize(
    ("days", "state"), [(0, State.RIGHT), (30, State.RIGHT), (31, State.BETTER), (-3, State.RIGHT)]
)
def test_updates_are_told_by_their_age(days: int, state: State) -> None:
    assert updates_since(NOW - timedelta(days=days), NOW).state is state


def test_updates_nobody_knows_of_are_unknown() -> None:
    assert updates_since(None, NOW).state is State.UNKNOWN
    assert mac_update("nonsense") is None
    assert mac_update("2026-11-20 08:15:00 +0000") == datetime(2026, 11, 20, 8, 15, tzinfo=UTC)


def test_a_computer_that_waits_for_its_restart_is_told_so(
    tmp_path: Path, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "reboot-required"
    mark.touch()
    monkeypatch.setattr(computer, "_RESTART", (mark,))
    assert not findings(office)["updates"].sound
