"""A safety copy that comes back gives nobody back what was taken from them since, and locks nobody out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_crm.records.staff import OpenCase, SpareCode, Staff
from desktop_crm.services import bringing_back, contacts, copies, copy_box, staff, staff_sign_in
from desktop_crm.services.bringing_back import Present, Ready
from desktop_crm.services.office import Office
from desktop_crm.storage.where import eq
from desktop_crm.vault import swapping
from desktop_crm.words import Problem
from tests.privacy.people_at_work import NAME, PASSWORD, Crew, shown
from tests.privacy.shop import ShopFile


class Shop:
    """A customer file, a stick for copies, and how one comes back."""

    def __init__(self, file: ShopFile, stick: Path) -> None:
        self.file, self.stick = file, stick
        stick.mkdir()
        self.office = file.begin()

    def copied(self) -> Path:
        self.file.clock.at += timedelta(hours=1)
        copy = self.stick / copies.make_copy(self.office, self.stick).file_name
        self.file.clock.at += timedelta(hours=1)
        return copy

    def ready(self, copy: Path, *, broken: bool = False) -> Ready:
        folder = self.file.folder
        access = copy_box.with_keys(copy, folder, self.office.keys)
        present = Present(folder, None if broken else self.office, self.office.keys)
        return bringing_back.make_ready(access, swapping.ready_folder(folder), present, None, clock=self.file.clock)

    def bring_back(self, copy: Path) -> None:
        self.ready(copy)
        self.office.close()
        bringing_back.put_in_place(self.file.folder, clock=self.file.clock, keystore=self.file.keystore)

    def enter(self, number: str, code: str | None = None) -> Office:
        self.office = staff_sign_in.open_as(
            self.file.folder, number, PASSWORD, code, clock=self.file.clock, keystore=self.file.keystore
        )
        return self.office


@pytest.fixture
def shop(file: ShopFile, tmp_path: Path) -> Iterator[Shop]:
    made = Shop(file, tmp_path / "stick")
    yield made
    made.office.close()


def test_nobody_gets_back_a_role_a_day_a_code_or_a_case(shop: Shop) -> None:
    office, crew = shop.office, Crew(shop.office, shop.file.keystore)
    person = contacts.add(office, contacts.NewContact(name="Eva", emails=("e@m.example",)))
    staff.change_role(office, crew.tom, "manager")
    crew.enrolled(crew.owner)
    spare = office.read(lambda reading: reading.find(SpareCode, eq("staff_id", crew.owner)))[0]
    case = staff.open_case(office, crew.dora, person, "a question", 7)
    copy = shop.copied()
    staff.change_role(office, crew.tom, "read-only")
    staff.set_until(office, crew.tom, office.today())
    staff.remove_person(office, crew.folder, crew.dora)
    staff.close_case(office, case)
    office.store.write(lambda writing: writing.delete(SpareCode, eq("id", spare.id)))
    staff.remove_role(office, crew.own_role)
    secret = crew.enrolled(crew.owner)
    numbers = {one: crew.row(one).number for one in crew.ids.values()}
    shop.bring_back(copy)

    shop.file.clock.at += timedelta(seconds=60)
    back = shop.enter(numbers[crew.owner], shown(secret, office))
    rows = {row.id: row for row in back.read(lambda reading: reading.find(Staff))}
    assert (rows[crew.tom].role, rows[crew.tom].until) == ("read-only", back.today())
    assert rows[crew.dora].left_on is not None
    assert spare.id not in {row.id for row in back.read(lambda reading: reading.find(SpareCode))}
    assert [one.code for one in staff.roles(back) if one.code == crew.own_role] == []
    assert staff.cases(back) == []
    assert back.read(lambda reading: reading.get(OpenCase, case)) is not None
    back.close()
    shop.file.clock.at += timedelta(days=2)
    with pytest.raises(Problem, match="is over"):
        shop.enter(numbers[crew.tom])


def test_a_copy_of_before_the_first_person_locks_nobody_out(shop: Shop) -> None:
    copy = shop.copied()
    crew = Crew(shop.office, shop.file.keystore)
    number = crew.row(crew.owner).number
    shop.bring_back(copy)
    assert {one.name for one in staff.people(shop.enter(number))} == {NAME, "Tom", "Dora"}


def test_whoever_is_in_the_copy_alone_is_listed_among_those_who_left(shop: Shop) -> None:
    crew = Crew(shop.office, shop.file.keystore)
    number = crew.row(crew.owner).number
    copy = shop.copied()
    shop.office.store.write(lambda writing: writing.delete(Staff, eq("id", crew.dora)))
    shop.bring_back(copy)
    assert [one.left_on is None for one in staff.people(shop.enter(number)) if one.id == crew.dora] == [False]


def test_where_nothing_can_be_taken_over_it_is_told(shop: Shop) -> None:
    copy = shop.copied()
    assert not shop.ready(copy, broken=True).people_of_then
    swapping.ready_folder(shop.file.folder).remove_files()
    Crew(shop.office, shop.file.keystore)
    ready = shop.ready(copy, broken=True)
    assert any("is again as the copy says" in said.text for said in bringing_back.said_of(ready))
