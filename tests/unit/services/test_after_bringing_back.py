"""A customer file that was brought back knows at once what lies beside it, and whose sheet it has."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_crm.records.safety_copy import CopyKind, SafetyCopy
from desktop_crm.services import (
    bringing_back,
    contacts,
    copies,
    copies_daily,
    copies_page,
    copy_box,
    erasing,
    erasure_papers,
    one_person,
    recovery_sheet,
    settings,
    setup,
)
from desktop_crm.services.bringing_back import Present, WaysIn
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.services.settings import COPIES_FOLDER, SHEET_CHECKED_ON, SHEET_SAVED_HOW, SavedHow
from desktop_crm.vault import opening, swapping
from desktop_crm.vault.copy_problems import OtherShop
from desktop_crm.vault.folder import State, VaultFolder
from desktop_crm.words import Exit, Problem, Words
from tests.privacy.shop import ShopFile

PASSWORD = "four quiet geese cross the market"


@dataclass
class Scene:
    """A shop with one copy on a stick."""

    file: ShopFile
    office: Office
    code: str
    copy: Path

    def bring_back(self) -> Office:
        """The copy, in place of the present file, which is open no more."""
        folder, office = self.file.folder, self.office
        access = copy_box.with_keys(self.copy, folder, office.keys)
        present = Present(folder, office, office.keys)
        bringing_back.make_ready(access, swapping.ready_folder(folder), present, None, clock=self.file.clock)
        office.close()
        bringing_back.put_in_place(folder, clock=self.file.clock, keystore=self.file.keystore)
        self.office = self.file.open()
        return self.office

    def rows(self, kind: CopyKind) -> list[SafetyCopy]:
        return [one.row for one in copies_page.copies_page(self.office).copies if one.row.kind is kind]


def _on_paper(scene: Scene) -> str:
    """What the erasure record says."""
    papers = erasure_papers.record_papers(scene.office, Words("en"), "E-2026-001")
    return papers["erasure-E-2026-001.json"].decode()


@pytest.fixture
def scene(file: ShopFile, tmp_path: Path) -> Iterator[Scene]:
    begun = setup.begin(file.folder, file.shop(), clock=file.clock, keystore=file.keystore, passphrase=None)
    contacts.add(begun.office, contacts.NewContact(name="Geht Fort", emails=("geht@x.example",)))
    (tmp_path / "stick").mkdir()
    copy = tmp_path / "stick" / copies.make_copy(begun.office, tmp_path / "stick").file_name
    file.clock.at += timedelta(hours=1)
    made = Scene(file, begun.office, begun.recovery_code, copy)
    yield made
    made.office.close()


def erased(scene: Scene, tmp_path: Path) -> str:
    person = contacts.who_is(scene.office, "geht@x.example")
    return erasing.erase(scene.office, person, tmp_path / "papers", ErasureOrder()).number


def test_whoever_is_erased_right_after_is_told_of_every_place(scene: Scene, tmp_path: Path) -> None:
    """The copy that was brought back and the file kept aside hold the person, and are counted at once."""
    scene.bring_back()
    assert [row.file_name for row in scene.rows(CopyKind.COPY)] == [scene.copy.name]
    (aside,) = scene.rows(CopyKind.SET_ASIDE)
    scene.file.clock.at += timedelta(minutes=1)
    erased(scene, tmp_path)
    views = copies_page.copies_page(scene.office).copies
    assert {one.row.kind: one.erased for one in views} == {CopyKind.COPY: 1, CopyKind.SET_ASIDE: 1}
    last = (aside.made_at + timedelta(days=35)).date().isoformat()
    paper = _on_paper(scene)
    assert "1 safety copy still holds the person" in paper
    assert "1 earlier customer file, kept aside" in paper
    assert last in paper
    copies_daily.look_after(scene.office)
    paper = _on_paper(scene)
    assert "None that this program made" in paper
    assert "1 earlier customer file, kept aside" in paper, "it is not written anew"
    scene.file.clock.at += timedelta(days=36)
    copies_daily.look_after(scene.office)
    assert "kept aside" not in _on_paper(scene)
    assert swapping.set_asides(scene.file.folder) == []


def test_each_file_kept_aside_keeps_its_own_day(scene: Scene) -> None:
    scene.bring_back()
    (first,) = scene.rows(CopyKind.SET_ASIDE)
    scene.file.clock.at += timedelta(days=20)
    scene.bring_back()
    days = {row.made_at for row in scene.rows(CopyKind.SET_ASIDE)}
    assert len(days) == 2
    assert first.made_at in days
    scene.file.clock.at += timedelta(days=16)
    copies_daily.look_after(scene.office)
    assert first.made_at not in {row.made_at for row in scene.rows(CopyKind.SET_ASIDE)}, "the second prolongs no first"


def test_two_files_kept_aside_in_one_second_do_not_meet(scene: Scene) -> None:
    folder, moment = scene.file.folder, scene.file.clock.now()
    name = swapping.name_aside(folder, moment)
    (folder.path / name).mkdir()
    other = swapping.name_aside(folder, moment)
    assert other != name
    assert swapping.kept_aside_at(folder.path / other) == moment.replace(microsecond=0)


def test_what_belongs_to_place_and_keys_stays_as_it_is(scene: Scene, tmp_path: Path) -> None:
    """Daily copies go on, and a sheet that was checked since is not asked for again."""
    settings.put(scene.office, COPIES_FOLDER, str(tmp_path / "stick"))
    settings.put(scene.office, SHEET_CHECKED_ON, scene.office.today())
    settings.put(scene.office, SHEET_SAVED_HOW, SavedHow.PRINTED)
    (before,) = scene.rows(CopyKind.COPY)
    scene.bring_back()
    assert settings.get(scene.office, COPIES_FOLDER) == str(tmp_path / "stick")
    assert settings.get(scene.office, SHEET_CHECKED_ON) == scene.office.today()
    assert settings.get(scene.office, SHEET_SAVED_HOW) is SavedHow.PRINTED
    assert scene.rows(CopyKind.COPY) == [before], "size and check are known, too"


def test_a_sheet_that_was_typed_on_a_new_computer_counts(scene: Scene, tmp_path: Path) -> None:
    folder = VaultFolder(tmp_path / "new")
    access = copy_box.with_sheet(scene.copy, scene.code)
    ways = WaysIn(scene.code, None, PASSWORD)
    bringing_back.make_ready(access, swapping.ready_folder(folder), Present(folder), ways, clock=scene.file.clock)
    bringing_back.put_in_place(folder, clock=scene.file.clock, keystore=None)
    new = setup.open_office(folder, clock=scene.file.clock, keystore=None, passphrase=PASSWORD)
    assert recovery_sheet.sheet_due(new) is recovery_sheet.SheetDue.NONE
    assert settings.get(new, SHEET_CHECKED_ON) == new.today()
    assert [one.row.file_name for one in copies_page.copies_page(new).copies] == [scene.copy.name]
    assert swapping.set_asides(folder) == []
    new.close()


def test_a_sheet_that_opened_the_file_counts(scene: Scene) -> None:
    scene.office.close()
    scene.office = setup.recover(
        scene.file.folder, scene.code, clock=scene.file.clock, keystore=scene.file.keystore, passphrase=None
    )
    assert settings.get(scene.office, SHEET_CHECKED_ON) == scene.office.today()


def test_over_a_broken_file_the_typed_sheet_counts_too(scene: Scene) -> None:
    scene.office.store.checkpoint()
    scene.office.close()
    folder = scene.file.folder
    folder.database.write_bytes(b"")
    keys = opening.keys_alone(folder, keystore=None, passphrase=None, code=scene.code)
    access = copy_box.with_sheet(scene.copy, scene.code)
    present = Present(folder, None, keys, by_sheet=True)
    bringing_back.make_ready(access, swapping.ready_folder(folder), present, None, clock=scene.file.clock)
    bringing_back.put_in_place(folder, clock=scene.file.clock, keystore=scene.file.keystore)
    scene.office = scene.file.open()
    assert settings.get(scene.office, SHEET_CHECKED_ON) == scene.office.today()
    assert {row.kind for row in (one.row for one in copies_page.copies_page(scene.office).copies)} == set(CopyKind)


def test_even_the_only_copy_goes_on_the_day_that_was_promised(scene: Scene, tmp_path: Path) -> None:
    """Out of reach with somebody erased in it: its key does not outlive the day on the erasure record."""
    (tmp_path / "stick").rename(tmp_path / "drawer")
    erased(scene, tmp_path)
    scene.file.clock.at += timedelta(days=34)
    assert copies_daily.look_after(scene.office).expired == 0
    scene.file.clock.at += timedelta(days=2)
    assert copies_daily.look_after(scene.office).expired == 1


def test_another_shops_file_is_replaced_by_typed_words_alone(scene: Scene, tmp_path: Path) -> None:
    other = ShopFile(tmp_path / "other")
    other.begin().close()
    access = copy_box.with_sheet(scene.copy, scene.code)
    ready, ways = swapping.ready_folder(other.folder), WaysIn(scene.code, other.keystore)

    def make(named: str | None) -> None:
        bringing_back.make_ready(access, ready, Present(other.folder), ways, clock=other.clock, other_shop=named)

    for named in (None, "", "Andere GmbH"):
        with pytest.raises(OtherShop, match="another customer file") as told:
            make(named)
        assert told.value.code is Exit.DAMAGED
        assert told.value.shop == "Blumen Weber"
        assert ready.state() is State.NOTHING
    make(" Blumen  Weber ")
    other.folder.tries.write_bytes(b"of the other shop")
    bringing_back.put_in_place(other.folder, clock=other.clock, keystore=other.keystore)
    assert b"of the other shop" not in other.folder.tries.read_bytes()
    came = other.open()
    assert came.keys.vault_id == scene.office.keys.vault_id
    came.close()


def test_nobody_comes_over_from_another_shop(scene: Scene, tmp_path: Path) -> None:
    other = ShopFile(tmp_path / "other")
    office = other.begin()
    access = copy_box.with_sheet(scene.copy, scene.code)
    with pytest.raises(Problem, match="another customer file"):
        one_person.look_in_copy(office, access, "Geht")
    with pytest.raises(Problem, match="another customer file"):
        one_person.bring_back_person(office, access, contacts.who_is(scene.office, "geht@x.example"))
    office.close()


def test_a_damaged_file_of_keys_is_put_aside_and_not_overwritten(scene: Scene, tmp_path: Path) -> None:
    folder = scene.file.folder
    folder.copy_keys.write_bytes(b"x")
    scene.file.clock.at += timedelta(hours=1)
    copies.make_copy(scene.office, tmp_path / "stick")
    (aside,) = folder.path.glob("customers.copies-unreadable*")
    assert aside.read_bytes() == b"x"


def test_a_folder_that_was_moved_takes_what_was_kept_aside_along(scene: Scene, tmp_path: Path) -> None:
    """What was kept aside goes after its time there, too."""
    scene.bring_back()
    assert Path(scene.rows(CopyKind.SET_ASIDE)[0].folder).is_absolute()
    scene.office.close()
    scene.file.folder.path.rename(tmp_path / "moved")
    scene.file.folder = VaultFolder(tmp_path / "moved")
    scene.office = scene.file.open()
    copies_daily.look_after(scene.office)
    (aside,) = scene.rows(CopyKind.SET_ASIDE)
    assert Path(aside.folder) == tmp_path / "moved"
    scene.file.clock.at += timedelta(days=36)
    copies_daily.look_after(scene.office)
    assert swapping.set_asides(scene.file.folder) == []
