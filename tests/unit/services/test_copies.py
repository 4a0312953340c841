"""Safety copies made, looked after and closed for ever, on real customer files."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.contact import Contact
from desktop_crm.records.safety_copy import CopyCheck, CopyState, SafetyCopy
from desktop_crm.services import contacts, copies, copies_daily, copies_page, copy_box, erasing, settings
from desktop_crm.services.actor import PROGRAM
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.ledger_lines import folder_of
from desktop_crm.services.office import Office
from desktop_crm.services.settings import COPIES_FOLDER
from desktop_crm.storage.rows import codec
from desktop_crm.storage.store import Store
from desktop_crm.vault import container
from desktop_crm.vault.container import ENDING
from desktop_crm.words import Exit, Problem
from tests.privacy.shop import ShopFile, TickingClock

PERSON = contacts.NewContact(name="Zdzisława Wieczorek", emails=("zdzislawa@wieczorek.example",))


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    made = tmp_path / "stick"
    made.mkdir()
    return made


@pytest.fixture
def person(office: Office) -> bytes:
    return contacts.add(office, PERSON)


def kept(office: Office) -> list[SafetyCopy]:
    return [one.row for one in copies_page.copies_page(office).copies]


def names_in(office: Office, row: SafetyCopy, work: Path) -> list[str]:
    access = copies.access_of(office, row)
    with (
        copy_box.work_folder(work),
        copy_box.opened(access, work, office.clock, office.who, copy_box.quiet) as inside,
    ):
        return [one.name for one in inside.read(lambda reading: reading.find(Contact))]


def test_a_copy_is_one_file_that_names_nobody_and_is_proved(office: Office, stick: Path) -> None:
    contacts.add(office, PERSON)
    row = copies.make_copy(office, stick)
    (file,) = stick.iterdir()
    assert file.name == row.file_name == "safety-copy-2026-11-21-100000.crmcopy"
    assert (row.result, row.state, row.for_sheet) == (CopyCheck.FINE, CopyState.KEPT, True)
    whole = file.read_bytes()
    assert not any(word in whole for word in (b"Wieczorek", b"Blumen", b"Weber", b"SQLite"))
    assert {path.name for path in (office.store.database.parent).iterdir()}.isdisjoint({"copying"})
    checked = copies.check_copy(office, row.id)
    assert checked.result is CopyCheck.FINE
    assert checked.counts["contact"] == 1


def test_people_work_on_while_it_is_made(office: Office, stick: Path, tmp_path: Path) -> None:
    """What is written after the copy began is not in it, and nothing waits for it."""
    written: list[bytes] = []

    def work_on(done: int, _total: int) -> None:
        if not written and done:
            written.append(contacts.add(office, contacts.NewContact(name="Während Kopie", emails=("w@x.example",))))

    contacts.add(office, PERSON)
    row = copies.make_copy(office, stick, tell=work_on)
    assert written
    assert names_in(office, row, tmp_path / "work") == [PERSON.name]


def test_stopping_leaves_no_copy_and_no_key(office: Office, stick: Path) -> None:
    class Stop(Exception):
        pass

    def stop(done: int, _total: int) -> None:
        if done > 50:
            raise Stop

    with pytest.raises(Stop):
        copies.make_copy(office, stick, tell=stop)
    assert list(stick.iterdir()) == []
    assert copies_page.copies_page(office).copies == ()
    assert copies_daily.look_after(office).made is False
    assert copies_page.copies_page(office).copies == ()


def test_an_erasure_meanwhile_does_not_wait_and_the_copy_is_begun_again(
    office: Office, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[int] = []

    def interrupt(done: int, _total: int) -> None:
        if len(tries) < 2 and done < 5:
            tries.append(done)
            office.store.interrupt()

    monkeypatch.setattr("desktop_crm.storage.copying._PAGES", 4)
    assert copies.make_copy(office, stick, tell=interrupt).result is CopyCheck.FINE
    assert tries


def test_a_destroyed_key_closes_the_copy_even_where_the_file_is_left(
    office: Office, stick: Path, tmp_path: Path
) -> None:
    row = copies.make_copy(office, stick)
    shutil.copy(stick / row.file_name, tmp_path / f"lost{ENDING}")
    later = copies.make_copy(office, stick)
    copies.expire(office, [row.id])
    assert [path.name for path in stick.iterdir()] == [later.file_name]
    with pytest.raises(Problem) as told:
        copy_box.with_keys(tmp_path / f"lost{ENDING}", folder_of(office), office.keys)
    assert told.value.code is Exit.LOCKED


def test_no_copy_holds_the_key_of_another(office: Office, stick: Path, tmp_path: Path) -> None:
    first = copies.make_copy(office, stick)
    key = copies.access_of(office, first).key
    second = copies.make_copy(office, stick)
    copy_box.proved(copies.access_of(office, second), made(tmp_path / "w"), copy_box.quiet)
    inside = Store(tmp_path / "w" / "customers.db", copies.access_of(office, second).key)
    for one in inside.read(lambda reading: reading.find(SafetyCopy)):
        values = codec(SafetyCopy).encode(one)
        assert not any(key.hex() in str(value) or value == key for value in values)
    inside.close()


def test_who_was_erased_is_counted_and_then_gone_from_a_copy_that_can_be_reached(
    office: Office, person: bytes, stick: Path, tmp_path: Path, clock: TickingClock
) -> None:
    other = contacts.add(office, contacts.NewContact(name="Bleibt Da", emails=("b@x.example",)))
    row = copies.make_copy(office, stick)
    clock.at += timedelta(hours=1)
    late = contacts.add(office, contacts.NewContact(name="Kam Später", emails=("s@x.example",)))
    for one in (person, late):
        erasing.erase(office, one, tmp_path / "papers", ErasureOrder())
    (view,) = copies_page.copies_page(office).copies
    assert view.erased == 1, "who came later is not in it"
    assert view.still_holds is not None
    assert copies_daily.look_after(office).finished == 1
    (view,) = copies_page.copies_page(office).copies
    assert (view.erased, view.row.made_at, view.row.file_name) == (0, row.made_at, row.file_name)
    assert names_in(office, view.row, tmp_path / "work") == ["Bleibt Da"]
    assert office.read(lambda reading: reading.get(Contact, other)) is not None


@pytest.mark.parametrize("written", [True, False])
def test_a_crash_while_a_copy_is_written_anew_leaves_one_that_opens(
    office: Office, stick: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, written: bool
) -> None:
    """Just before the new file takes the place of the old one, and just after: the next look makes up for it."""
    person = contacts.add(office, PERSON)
    copies.make_copy(office, stick)
    erasing.erase(office, person, tmp_path / "papers", ErasureOrder())
    real = container.write

    def stopped(*given: Any) -> None:
        if written:
            real(*given)
        raise KeyboardInterrupt

    with monkeypatch.context() as killed:
        killed.setattr(container, "write", stopped)
        killed.setattr(copies, "_destroy_keys", lambda *_: None)
        with pytest.raises(KeyboardInterrupt):
            copies.erase_in_copy(office, kept(office)[0].id)
    copies_daily.look_after(office)
    (row,) = kept(office)
    assert copies.check_copy(office, row.id).problem is None
    assert names_in(office, row, tmp_path / "work") == []


def test_an_unplugged_stick_says_so_and_is_finished_when_it_comes_back(
    office: Office, person: bytes, stick: Path, tmp_path: Path, clock: TickingClock
) -> None:
    copies.make_copy(office, stick)
    clock.at += timedelta(hours=1)
    erasing.erase(office, person, tmp_path / "papers", ErasureOrder())
    stick.rename(tmp_path / "drawer")
    assert copies_daily.look_after(office).finished == 0
    (view,) = copies_page.copies_page(office).copies
    assert view.still_holds is not None
    assert view.still_holds.text == "This stick still holds {n} person you erased. Plug it in to finish."
    (tmp_path / "drawer").rename(stick)
    assert copies_daily.look_after(office).finished == 1
    assert copies_page.copies_page(office).copies[0].still_holds is None


def test_a_missed_copy_is_made_when_it_can_be_and_once_a_day(
    office: Office, stick: Path, tmp_path: Path, clock: TickingClock
) -> None:
    settings.put(office, COPIES_FOLDER, str(stick))
    stick.rename(tmp_path / "drawer")
    assert not copies_daily.look_after(office).made
    clock.at += timedelta(days=20)
    assert not copies_daily.look_after(office).made
    (tmp_path / "drawer").rename(stick)
    assert copies_daily.look_after(office).made
    assert not copies_daily.look_after(office).made
    clock.at += timedelta(days=1)
    assert copies_daily.look_after(office).made
    line = office.read(lambda reading: reading.find(SafetyCopy))
    assert len(line) == 2


def test_copies_go_when_their_time_is_over_but_never_the_last_one(
    office: Office, stick: Path, clock: TickingClock
) -> None:
    first = copies.make_copy(office, stick)
    clock.at += timedelta(days=40)
    assert copies_daily.look_after(office).expired == 0
    copies.make_copy(office, stick)
    assert copies_daily.look_after(office).expired == 1
    assert first.id not in {row.id for row in kept(office)}


def test_a_file_somebody_deleted_is_noticed(office: Office, stick: Path) -> None:
    row = copies.make_copy(office, stick)
    (stick / row.file_name).unlink()
    copies_daily.look_after(office)
    assert kept(office) == []


def test_damage_is_found_by_the_weekly_test(office: Office, stick: Path, clock: TickingClock) -> None:
    row = copies.make_copy(office, stick)
    whole = (stick / row.file_name).read_bytes()
    (stick / row.file_name).write_bytes(whole[:-100] + bytes(100))
    clock.at += timedelta(days=8)
    assert copies_daily.look_after(office).damaged == 1
    assert kept(office)[0].result is CopyCheck.DAMAGED


def test_a_stick_that_is_full_or_gone_is_told_and_leaves_nothing(office: Office, stick: Path) -> None:
    with pytest.raises(Problem, match="is not there"):
        copies.make_copy(office, stick / "nowhere")
    assert copies_page.copies_page(office).copies == ()


def test_the_program_makes_copies_under_its_own_name(office: Office, stick: Path) -> None:
    settings.put(office, COPIES_FOLDER, str(stick))
    assert copies_daily.look_after(office).made
    lines = office.read(lambda reading: reading.find(AuditEntry, order=("seq",)))
    assert (PROGRAM.name, "make_copy") in {(line.actor, line.act) for line in lines}


def test_bad_places_are_named(file: ShopFile, stick: Path) -> None:
    inside = copies_page.place_said(file.folder.path / "copies", file.folder.path)
    assert "folder of the customer file itself" in inside[0].text
    cloud = copies_page.place_said(stick / "Dropbox", file.folder.path)
    assert any("copied to" in said.text for said in cloud)


def made(folder: Path) -> Path:
    folder.mkdir()
    return folder
