"""The key of the details kept apart, changed by people whose own role says little of such details."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from desktop_crm.privacy.rights import Deed, Right
from desktop_crm.records.declare import Part
from desktop_crm.records.sensitive import ApartKind, SensitiveDetail
from desktop_crm.services import contacts, sensitive, staff, staff_sign_in, ways
from desktop_crm.services.office import Office
from desktop_crm.services.sensitive import NewDetail
from desktop_crm.services.ways import LockDue
from desktop_crm.words import Exit, Problem
from tests.privacy.people_at_work import NAME, PASSWORD, Crew
from tests.privacy.shop import ShopFile

ACCOUNT = "DE02 1203 0000 0000 2020 51"
SEES: Right = (Deed.VIEW, Part.SENSITIVE)
KEEPS: tuple[Right, ...] = ((Deed.VIEW, Part.CONTACTS), (Deed.VIEW, Part.PEOPLE), (Deed.CHANGE, Part.PEOPLE))
"""Whoever decides who works here."""


class Shop:
    """A file with one detail kept apart, and people with roles of the shop's own."""

    def __init__(self, file: ShopFile) -> None:
        self.file = file
        self.office = file.begin()
        self.crew = Crew(self.office, file.keystore)
        person = contacts.add(self.office, contacts.NewContact(name="Eva", emails=("e@m.example",)))
        self.detail = sensitive.add_detail(self.office, person, NewDetail(ApartKind.BANK, ACCOUNT))

    def works(self, name: str, *may: Right) -> bytes:
        role = staff.save_role(self.office, staff.RoleForm(None, f"Role of {name}", frozenset(may)))
        new = staff.NewPerson(name, role, PASSWORD)
        self.crew.ids[name] = staff.add_person(self.office, self.file.folder, self.file.keystore, new)
        return self.crew.ids[name]

    def enter(self, name: str) -> Office:
        number = self.crew.row(self.crew.ids[name]).number
        self.office.close()
        self.office = staff_sign_in.open_as(
            self.file.folder, number, PASSWORD, None, clock=self.file.clock, keystore=self.file.keystore
        )
        self.crew.office = self.office
        return self.office

    def stored(self) -> list[bytes | None]:
        rows = self.office.store.read(lambda reading: reading.find(SensitiveDetail))
        return [row.text for row in rows]


@pytest.fixture
def shop(file: ShopFile) -> Iterator[Shop]:
    made = Shop(file)
    yield made
    made.office.close()


def test_whoever_sees_details_and_decides_on_people_takes_a_colleague_out(shop: Shop) -> None:
    """Every value is written anew then, which is no change that a role would have to allow."""
    colleague = shop.works("Sieht", (Deed.VIEW, Part.CONTACTS), SEES)
    shop.works("Leitet", *KEEPS, SEES)
    office = shop.enter("Leitet")
    before = shop.stored()
    staff.remove_person(office, shop.file.folder, colleague)
    assert [one.left_on is None for one in staff.people(office) if one.id == colleague] == [False]
    assert shop.stored() != before
    assert sensitive.reveal(office, shop.detail) == ACCOUNT
    before = shop.stored()
    ways.change_lock(office, shop.file.folder)
    assert shop.stored() != before
    assert ways.lock_state(office).due is LockDue.NO
    assert sensitive.reveal(shop.enter(NAME), shop.detail) == ACCOUNT


def test_the_lock_is_not_changed_by_somebody_who_would_leave_the_key_of_the_details(shop: Shop) -> None:
    colleague = shop.works("Geht", (Deed.VIEW, Part.CONTACTS))
    shop.works("Leitet", *KEEPS)
    staff.remove_person(shop.office, shop.file.folder, colleague)
    office = shop.enter("Leitet")
    before = shop.file.folder.headers()[0]
    with pytest.raises(Problem, match="does not open the details") as told:
        ways.change_lock(office, shop.file.folder)
    assert told.value.code is Exit.NOT_ALLOWED
    assert shop.file.folder.headers()[0] == before
    assert ways.lock_state(office).due is LockDue.WAY_REMOVED
    owner = shop.enter(NAME)
    key = bytes(owner.keys.sensitive[0])
    ways.change_lock(owner, shop.file.folder)
    assert bytes(owner.keys.sensitive[0]) != key
