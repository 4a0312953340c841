"""Kills the program while people are let in and out: nobody comes in as somebody else, nobody is locked out."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from desktop_crm.records.staff import Staff
from desktop_crm.services import staff
from desktop_crm.services.office import Office
from desktop_crm.vault import staff as ways
from desktop_crm.words import Problem
from tests.faults import shop
from tests.faults.conftest import times
from tests.faults.nursery import Nursery, Said
from tests.faults.test_kill import sound

KILLS = times(8, 100)
LONGEST_RUN = 2.5


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A shop in which two people sign in by name."""
    office = shop.begin(tmp_path)
    for name, role in ((shop.OWNER, "owner"), ("Tom", "staff")):
        new = staff.NewPerson(name, role, shop.PASSWORD, alone_ends=True)
        staff.add_person(office, shop.folder_of(tmp_path), shop.keys_of(tmp_path), new)
    office.close()
    return tmp_path


def test_killed_while_people_come_and_go_rows_and_ways_in_belong_together(nursery: Nursery, root: Path) -> None:
    chance, unfinished = random.Random(20261123), 0
    for number in range(KILLS):
        nursery.start(root, f"s{number}", "people")
        heard = nursery.until("never", chance.uniform(0, LONGEST_RUN)) + nursery.kill()
        unfinished += sum("begin" in line for line in heard) - sum("did" in line for line in heard)
        office = shop.as_owner(root)
        try:
            sound(office)
            rows = working(office)
            assert set(rows) == ways.people(shop.folder_of(root), office.keys)
        finally:
            office.close()
        check(root, heard, rows)
    # Else the kills would all have come before or after.
    assert unfinished > KILLS // 3


def working(office: Office) -> dict[str, str | None]:
    """The names of those who work here, by number."""
    found = office.read(lambda reading: reading.find(Staff))
    return {one.number: one.name for one in found if one.left_on is None}


def check(root: Path, heard: Said, rows: dict[str, str | None]) -> None:
    """What was confirmed holds, and everybody with a row comes in as themselves."""
    mine = {str(line["name"]) for line in heard if "name" in line}
    told = {word: {line["name"] for line in heard if line.get("did") == word} for word in ("come", "reset", "leave")}
    begun = {line["name"] for line in heard if line.get("begin") == "leave"}
    here = {tile.name: tile.number for tile in ways.tiles(shop.folder_of(root), shop.keys_of(root))}
    assert {name for name in here if name in mine} == {name for name in rows.values() if name in mine}
    assert told["come"] - begun <= set(here)
    assert not told["leave"] & set(here)
    for name in mine & set(here):
        office = enter(root, here[name], {shop.OTHER} if name in told["reset"] else {shop.PASSWORD, shop.OTHER})
        assert rows[office.who.name] == name
        office.close()


def enter(root: Path, number: str, passwords: set[str]) -> Office:
    """With one of these passwords; Problem where none is right."""
    for password in sorted(passwords)[:-1]:
        try:
            return shop.as_person(root, number, password)
        except Problem:
            continue
    return shop.as_person(root, number, sorted(passwords)[-1])
