"""A safety copy comes back beside, without those who were erased, and takes its place whole or not at all."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest

from desktop_crm.privacy.log_chain import Fault
from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.contact import Contact, ContactEmail
from desktop_crm.records.erasure import Erasure
from desktop_crm.services import (
    bringing_back,
    consents,
    contacts,
    copies,
    copies_daily,
    copy_box,
    erasing,
    inspection,
    one_person,
    setup,
    ways,
)
from desktop_crm.services.bringing_back import Present, Ready, WaysIn
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Writing
from desktop_crm.vault import swapping
from desktop_crm.vault.folder import State, VaultFolder
from desktop_crm.words import Exit, Problem
from tests.memory_keystore import MemoryKeyStore
from tests.privacy.shop import ShopFile

PASSWORD = "four quiet geese cross the market"


@dataclass
class Scene:
    """A copy with three people; since then one was erased, one came, one was changed."""

    file: ShopFile
    office: Office
    code: str
    copy: Path
    papers: Path

    def names(self, office: Office) -> set[str]:
        return {one.name for one in office.read(lambda reading: reading.find(Contact))}

    def access(self) -> copy_box.Access:
        return copy_box.with_keys(self.copy, self.file.folder, self.office.keys)

    def ready(self, into: VaultFolder) -> Ready:
        present = Present(self.file.folder, self.office, self.office.keys)
        return bringing_back.make_ready(self.access(), into, present, None, clock=self.file.clock)


def new(name: str) -> contacts.NewContact:
    return contacts.NewContact(name=name, emails=(f"{name.split(maxsplit=1)[0].lower()}@x.example",))


@pytest.fixture
def scene(file: ShopFile, tmp_path: Path) -> Iterator[Scene]:
    from tests.storage.make_fixture import SHOP

    begun = setup.begin(file.folder, SHOP, clock=file.clock, keystore=file.keystore, passphrase=None)
    office, papers = begun.office, tmp_path / "papers"
    stays, changed, goes = (contacts.add(office, new(name)) for name in ("Bleibt Da", "Anders Dann", "Geht Fort"))
    consents.give(office, stays, "newsletter")
    erasing.erase(office, contacts.add(office, new("Früher Weg")), papers, ErasureOrder())
    (tmp_path / "stick").mkdir()
    copy = tmp_path / "stick" / copies.make_copy(office, tmp_path / "stick").file_name
    file.clock.at += timedelta(hours=1)
    contacts.change(office, changed, {"name": "Anders Jetzt"})
    contacts.add(office, new("Kam Danach"))
    erasing.erase(office, goes, papers, ErasureOrder())
    yield Scene(file, office, begun.recovery_code, copy, papers)
    office.close()


def test_it_comes_back_beside_and_nobody_erased_with_it(scene: Scene, tmp_path: Path) -> None:
    before = scene.names(scene.office)
    ready = scene.ready(VaultFolder(tmp_path / "beside"))
    assert (ready.people, ready.replayed.by_number, ready.replayed.found, ready.ledger) == (2, 1, 0, True)
    assert ready.differences is not None
    told = {one.record: (one.added, one.changed, one.missing) for one in ready.differences}
    assert told["contact"] == (0, 1, 1)
    assert told["contact_email"] == (0, 0, 1)
    assert scene.names(scene.office) == before
    beside = setup.open_office(ready.folder, clock=scene.file.clock, keystore=scene.file.keystore, passphrase=None)
    assert scene.names(beside) == {"Bleibt Da", "Anders Dann"}
    assert {one.number for one in beside.read(lambda r: r.find(Erasure))} == {"E-2026-001", "E-2026-002"}
    assert beside.read(lambda r: erasing.ledger_is_whole(r, beside.ledger_key))
    assert beside.read(beside.log_breaks)[1] == [], "the end of the log of the file in use is not missed in this one"
    assert "miss_count" not in {line.act for line in beside.read(lambda reading: reading.find(AuditEntry))}
    assert erasing.erase(
        beside, contacts.add(beside, new("Noch Einer")), scene.papers / "b", ErasureOrder()
    ).number.endswith("003")
    beside.close()
    _each_log_is_watched_by_itself(scene, ready.folder)


def _each_log_is_watched_by_itself(scene: Scene, beside: VaultFolder) -> None:
    """The end of both is remembered: cutting either is told, by whichever was closed last."""
    contacts.add(scene.office, new("Noch Später"))
    scene.office.remember_log()
    assert scene.office.read(scene.office.log_breaks)[1] == []
    heads = [bytes(one) for item, one in scene.file.keystore.items.items() if item.startswith("audit-head")]
    assert len(set(heads)) == 2
    cut = setup.open_office(beside, clock=scene.file.clock, keystore=scene.file.keystore, passphrase=None)
    cut.remember_log()
    cut.store.write(_cut)
    assert [one.fault for one in cut.read(cut.log_breaks)[1]] == [Fault.CUT]
    cut.close()


def _cut(writing: Writing) -> None:
    for trigger in [
        row[0] for row in writing.connection.execute("SELECT name FROM sqlite_master WHERE type='trigger'")
    ]:
        writing.connection.execute(f"DROP TRIGGER {trigger}")
    writing.connection.execute("DELETE FROM audit_entry WHERE seq = (SELECT max(seq) FROM audit_entry)")


def test_on_a_new_computer_file_and_sheet_are_enough(scene: Scene, tmp_path: Path) -> None:
    folder, keystore = VaultFolder(tmp_path / "new"), MemoryKeyStore("Another")
    access = copy_box.with_sheet(scene.copy, scene.code)
    ready = bringing_back.make_ready(
        access, folder, Present(folder), WaysIn(scene.code, keystore), clock=scene.file.clock
    )
    assert (ready.differences, ready.ledger) == (None, False), "who was erased since is not known there, and it says so"
    assert any("not known here" in said.text for said in bringing_back.said_of(ready))
    opened = setup.open_office(folder, clock=scene.file.clock, keystore=keystore, passphrase=None)
    assert opened.keys.root_key == scene.office.keys.root_key
    assert opened.keys.database_key != scene.office.keys.database_key
    assert scene.names(opened) == {"Bleibt Da", "Anders Dann", "Geht Fort"}
    assert opened.read(opened.log_breaks)[1] == []
    assert "miss_count" not in {line.act for line in opened.read(lambda reading: reading.find(AuditEntry))}
    opened.close()
    recovered = setup.recover(folder, scene.code, clock=scene.file.clock, keystore=None, passphrase=PASSWORD)
    recovered.close()


def test_a_copy_from_before_the_lock_was_changed_comes_back(scene: Scene) -> None:
    """In place, by the key kept here; and the keys of the copies outlive the change."""
    before = bytes(scene.office.keys.database_key)
    ways.change_lock(scene.office, scene.file.folder)
    after = bytes(scene.office.keys.database_key)
    assert after != before
    assert scene.ready(swapping.ready_folder(scene.file.folder)).people == 2
    scene.office.close()
    bringing_back.put_in_place(scene.file.folder, clock=scene.file.clock, keystore=scene.file.keystore)
    opened = scene.file.open()
    assert bytes(opened.keys.database_key) == after
    assert scene.names(opened) == {"Bleibt Da", "Anders Dann"}
    assert "miss_count" not in {line.act for line in opened.read(lambda reading: reading.find(AuditEntry))}
    opened.close()


def test_after_the_lock_was_changed_copies_open_with_the_sheet(scene: Scene, tmp_path: Path) -> None:
    ways.change_lock(scene.office, scene.file.folder)
    (tmp_path / "later").mkdir()
    later = tmp_path / "later" / copies.make_copy(scene.office, tmp_path / "later").file_name
    for file in (scene.copy, later):
        access = copy_box.with_sheet(file, scene.code)
        assert access.key == copy_box.with_keys(file, scene.file.folder, scene.office.keys).key


@pytest.mark.parametrize("place", [1, 5, 9])
def test_a_slip_on_the_sheet_is_named(scene: Scene, place: int) -> None:
    groups = scene.code.split("-")
    groups[place - 1] = groups[place - 1][:-1] + ("0" if groups[place - 1][-1] != "0" else "1")
    if place == 9:
        # A slip in the check group alone does no harm.
        assert copy_box.with_sheet(scene.copy, "-".join(groups)).key == scene.access().key
        return
    with pytest.raises(Problem, match="does not fit"):
        copy_box.with_sheet(scene.copy, "-".join(groups))


def test_over_a_broken_database_the_ledger_beside_still_counts(scene: Scene) -> None:
    """The customer file is lost with its ledger; keys and ledger lie beside it."""
    folder, keys = scene.file.folder, scene.file.open
    scene.office.store.checkpoint()
    scene.office.close()
    folder.database.write_bytes(b"")
    assert folder.state() is State.DATABASE_EMPTIED
    from desktop_crm.vault import opening

    alone = opening.keys_alone(folder, keystore=scene.file.keystore, passphrase=None, code=None)
    access = copy_box.with_keys(scene.copy, folder, alone)
    into = swapping.ready_folder(folder)
    ready = bringing_back.make_ready(access, into, Present(folder, None, alone), None, clock=scene.file.clock)
    assert (ready.replayed.by_number, ready.ledger) == (1, True)
    bringing_back.put_in_place(folder, clock=scene.file.clock, keystore=scene.file.keystore)
    again = keys()
    assert scene.names(again) == {"Bleibt Da", "Anders Dann"}
    assert not again.read(again.log_was_cut)
    again.close()


def test_it_takes_its_place_and_what_was_there_is_kept_together(scene: Scene) -> None:
    folder = scene.file.folder
    names = scene.names(scene.office)
    scene.ready(swapping.ready_folder(folder))
    scene.office.close()
    bringing_back.put_in_place(folder, clock=scene.file.clock, keystore=scene.file.keystore)
    now = scene.file.open()
    assert scene.names(now) == {"Bleibt Da", "Anders Dann"}
    (aside,) = swapping.set_asides(folder)
    shutil.copytree(aside, folder.path.parent / "old")
    old = setup.open_office(
        VaultFolder(folder.path.parent / "old"), clock=scene.file.clock, keystore=scene.file.keystore, passphrase=None
    )
    assert scene.names(old) == names
    old.close()
    copies_daily.look_after(now)
    assert inspection.check_up(now)
    scene.file.clock.at += timedelta(days=36)
    copies_daily.look_after(now)
    assert swapping.set_asides(folder) == []
    now.close()


def test_stopped_at_any_step_the_swap_is_finished_by_the_next_opening(scene: Scene, tmp_path: Path) -> None:
    """Every call that changes a file is made to fail once; then the folder is opened as always."""
    folder = scene.file.folder
    scene.ready(swapping.ready_folder(folder))
    scene.office.close()
    shutil.copytree(folder.path, tmp_path / "before")
    kept = dict(scene.file.keystore.items)
    steps = 0
    while True:
        scene.file.keystore.items = dict(kept)
        shutil.rmtree(folder.path)
        shutil.copytree(tmp_path / "before", folder.path)
        try:
            with _stopping_after(steps):
                bringing_back.put_in_place(folder, clock=scene.file.clock, keystore=scene.file.keystore)
            break
        except _Killed:
            again = scene.file.open()
            names = scene.names(again)
            assert again.read(again.log_breaks)[1] == [], "the end of another log is not missed in this one"
            again.close()
            begun = bool(swapping.set_asides(folder))
            assert names == ({"Bleibt Da", "Anders Dann"} if begun else {"Bleibt Da", "Anders Jetzt", "Kam Danach"})
            assert not swapping.under_way(folder)
        steps += 1
    assert steps > 5


class _Killed(BaseException):
    """The program is gone."""


@contextlib.contextmanager
def _stopping_after(steps: int) -> Iterator[None]:
    left = [steps]
    real = os.replace

    def counted(source: Path, target: Path) -> None:
        if not left[0]:
            raise _Killed
        left[0] -= 1
        real(source, target)

    with mock.patch("os.replace", counted):
        yield


def test_one_person_comes_back_and_nobody_erased(scene: Scene) -> None:
    office, access = scene.office, scene.access()
    assert one_person.look_in_copy(office, access, "Geht Fort") == []
    (one,) = one_person.look_in_copy(office, access, "Anders")
    assert (one.is_here, len(one.rows), len(one.other)) == (True, 0, 1)
    one_person.bring_back_person(office, access, one.person, also_other=True)
    assert "Anders Dann" in scene.names(office)
    (stays,) = one_person.look_in_copy(office, access, "Bleibt")
    with pytest.raises(Problem):
        one_person.bring_back_person(office, access, bytes(16))
    _lose(office, stays.person)
    assert "Bleibt Da" not in scene.names(office)
    back = one_person.bring_back_person(office, access, stays.person)
    assert back.parts
    assert contacts.show(office, stays.person).emails[0].address == "bleibt@x.example"
    assert [p.standing.state for p in consents.of_person(office, stays.person) if p.purpose.code == "newsletter"]
    assert inspection.check_up(office)


def test_one_entry_comes_back_and_nothing_else(scene: Scene) -> None:
    office, access = scene.office, scene.access()
    (stays,) = one_person.look_in_copy(office, access, "Bleibt")
    email = contacts.show(office, stays.person).emails[0]
    office.store.write(lambda writing: writing.delete_rows(ContactEmail, [email]))
    contacts.change(office, stays.person, {"name": "Bleibt Anders"})
    (one,) = one_person.look_in_copy(office, access, "Bleibt")
    assert [(entry.values[0], entry.is_here) for entry in one_person.entries_in_copy(office, one)] == [
        ("bleibt@x.example", False),
        ("Bleibt Da", True),
    ]
    one_person.bring_back_person(office, access, one.person, only=(email.id,))
    assert contacts.show(office, one.person).emails[0].address == "bleibt@x.example"
    assert "Bleibt Anders" in scene.names(office)
    one_person.bring_back_person(office, access, one.person, only=(one.person,))
    assert "Bleibt Da" in scene.names(office)
    with pytest.raises(Problem, match="as it was"):
        one_person.bring_back_person(office, access, one.person, only=(email.id,))
    _lose(office, one.person)
    with pytest.raises(Problem, match="belong to nobody"):
        one_person.bring_back_person(office, access, one.person, only=(email.id,))
    assert inspection.check_up(office)


def _lose(office: Office, person: bytes) -> None:
    """Somebody is gone by mistake, and no erasure was made of it."""
    from desktop_crm.services.removal import held_of, take_out

    office.store.write(lambda writing: take_out(office, writing, held_of(writing, [person])))


def test_a_copy_of_another_shop_is_refused(scene: Scene, tmp_path: Path) -> None:
    other = ShopFile(tmp_path / "other")
    office = other.begin()
    with pytest.raises(Problem) as told:
        copy_box.with_keys(scene.copy, other.folder, office.keys)
    assert told.value.code is Exit.DAMAGED
    office.close()


def test_nothing_is_put_where_a_customer_file_lies(scene: Scene) -> None:
    with pytest.raises(Problem):
        scene.ready(scene.file.folder)
    assert scene.names(scene.office)
