"""Details kept apart: masked until asked for, each look noted, readable for owners after everything that can happen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_crm.privacy import rights
from desktop_crm.privacy.rights import Deed, grants
from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.change import Change, ChangeValue
from desktop_crm.records.declare import Part
from desktop_crm.records.draft import Draft
from desktop_crm.records.sensitive import ApartKind, SensitiveDetail
from desktop_crm.records.staff import Role, RoleRight, Staff
from desktop_crm.records.technical import SearchEntry
from desktop_crm.services import (
    access,
    apart,
    bringing_back,
    contacts,
    copies,
    copy_box,
    listing,
    one_person,
    record_page,
    sensitive,
    setup,
    ways,
)
from desktop_crm.services.actor import Actor
from desktop_crm.services.bringing_back import Present, WaysIn
from desktop_crm.services.office import Office
from desktop_crm.services.sensitive import NewDetail
from desktop_crm.storage.where import eq
from desktop_crm.vault import staff, swapping
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import Exit, Problem
from tests.memory_keystore import MemoryKeyStore
from tests.privacy.papers import json_text, path_of, pdf_text
from tests.privacy.shop import ShopFile

ACCOUNT, ALLERGY = "DE02 1203 0000 0000 2020 51", "Haselnüsse und Walnüsse"
PASSWORD = "four quiet geese cross the market"
ANNA = "aa" * 16


@dataclass
class Scene:
    """A person with an account number and an allergy that are kept apart."""

    file: ShopFile
    office: Office
    code: str
    person: bytes
    account: bytes
    allergy: bytes

    def texts(self, office: Office | None = None) -> tuple[str, str]:
        opened = office or self.office
        return sensitive.reveal(opened, self.account), sensitive.reveal(opened, self.allergy)

    def stored(self) -> list[SensitiveDetail]:
        return self.office.read(lambda reading: reading.find(SensitiveDetail, order=("id",)))


@pytest.fixture
def scene(file: ShopFile) -> Iterator[Scene]:
    begun = setup.begin(file.folder, file.shop(), clock=file.clock, keystore=file.keystore, passphrase=None)
    office = begun.office
    person = contacts.add(office, contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",)))
    account = sensitive.add_detail(office, person, NewDetail(ApartKind.BANK, f" {ACCOUNT} "))
    allergy = sensitive.add_detail(office, person, NewDetail(ApartKind.HEALTH, ALLERGY, office.today()))
    yield Scene(file, office, begun.recovery_code, person, account, allergy)
    office.close()


def lines(office: Office) -> list[AuditEntry]:
    return office.read(lambda reading: reading.find(AuditEntry, order=("seq",)))


def test_it_is_listed_masked_and_opened_one_by_one_each_with_a_line(scene: Scene) -> None:
    listed = sensitive.masked(scene.office, scene.person)
    assert [(one.id, one.kind) for one in listed] == [
        (scene.account, ApartKind.BANK),
        (scene.allergy, ApartKind.HEALTH),
    ]
    assert ACCOUNT not in repr(listed)
    before = len(lines(scene.office))
    assert scene.texts() == (ACCOUNT, ALLERGY)
    told = [(one.act, one.person_id, one.row_id, one.fields) for one in lines(scene.office)[before:]]
    assert told == [
        ("reveal", scene.person, scene.account, "text"),
        ("reveal", scene.person, scene.allergy, "health"),
    ]


def test_a_row_shows_nothing_and_is_in_no_index_change_or_draft(scene: Scene) -> None:
    rows = scene.stored()
    assert [(row.text is None, row.health is None) for row in rows] == [(False, True), (True, False)]
    assert {repr(rows[0].text), str(rows[1].health)} == {"<Sealed>"}
    sensitive.remove_detail(scene.office, scene.account)
    kept = scene.office.read(lambda r: [*r.find(Change), *r.find(ChangeValue), *r.find(Draft)])
    assert [row for row in kept if getattr(row, "record", "") == "sensitive_detail"] == []
    indexed = scene.office.read(lambda r: {entry.kind for entry in r.find(SearchEntry)})
    assert "sensitive_detail" not in indexed
    assert contacts.find(scene.office, "Walnüsse") == []
    assert listing.search(scene.office, "1203") == []
    with pytest.raises(Problem, match="not there any more"):
        sensitive.reveal(scene.office, scene.account)


def test_the_screen_has_it_masked_and_the_persons_own_copy_in_full(scene: Scene, tmp_path: Path) -> None:
    held = repr([s.entries for s in record_page.what_we_hold(scene.office, scene.person)])
    texts = [
        fact[1] for s in record_page.what_we_hold(scene.office, scene.person) for e in s.entries for fact in e.facts
    ]
    assert texts.count(apart.MASK) == 2
    assert not [text for text in (ACCOUNT, ALLERGY) if text in texts or text in held]
    answered = access.access_report(scene.office, scene.person, tmp_path / "out")
    machine, paper = json_text(path_of(answered.papers, ".json")), pdf_text(path_of(answered.papers, ".pdf"))
    for text in (ACCOUNT, ALLERGY):
        assert text in machine
        assert "".join(text.split()) in paper
    assert "".join("ausdrücklich".split()) in paper, "and on which ground health is held"


def test_health_needs_an_explicit_yes(scene: Scene) -> None:
    for agreed_on in (None, scene.office.today() + timedelta(days=1)):
        with pytest.raises(Problem, match="agreed"):
            sensitive.add_detail(scene.office, scene.person, NewDetail(ApartKind.HEALTH, "Hafer", agreed_on))
    for text in ("", "  ", "x" * (sensitive.MOST + 1)):
        with pytest.raises(Problem):
            sensitive.add_detail(scene.office, scene.person, NewDetail(ApartKind.OTHER, text))
    assert len(scene.stored()) == 2


@pytest.mark.parametrize("role", [rights.STAFF, rights.READ_ONLY, rights.DATA_PROTECTION])
def test_without_the_right_it_is_absent(scene: Scene, role: rights.ReadyRole) -> None:
    scene.office.who = Actor("bb" * 16, role.rights)
    assert not sensitive.may_see(scene.office)
    assert not sensitive.may_change(scene.office)
    assert scene.stored() == []
    for attempt in (
        lambda: sensitive.masked(scene.office, scene.person),
        lambda: sensitive.reveal(scene.office, scene.account),
        lambda: sensitive.add_detail(scene.office, scene.person, NewDetail(ApartKind.BANK, ACCOUNT)),
        lambda: sensitive.remove_detail(scene.office, scene.account),
    ):
        with pytest.raises(Problem) as refused:
            attempt()
        assert refused.value.code is Exit.NOT_ALLOWED
    with pytest.raises(Problem) as refused:
        record_page.what_we_hold(scene.office, scene.person)
    assert refused.value.code is Exit.NOT_ALLOWED


def test_with_the_right_but_without_the_key_it_stays_sealed(scene: Scene, tmp_path: Path) -> None:
    """Somebody who patched the program, or whose way in has not got the key yet."""
    held = list(scene.office.keys.sensitive)
    scene.office.keys.sensitive.clear()
    for attempt in (
        scene.texts,
        lambda: access.access_report(scene.office, scene.person, tmp_path / "out"),
        lambda: sensitive.add_detail(scene.office, scene.person, NewDetail(ApartKind.BANK, ACCOUNT)),
    ):
        with pytest.raises(Problem) as refused:
            attempt()
        assert refused.value.code is Exit.NOT_ALLOWED
    assert list(tmp_path.glob("out/*")) == []
    scene.office.keys.sensitive.extend(held)
    assert scene.texts() == (ACCOUNT, ALLERGY)


def test_a_value_moved_to_another_row_or_column_does_not_open(scene: Scene) -> None:
    first, second = scene.stored()
    scene.office.store.write(lambda w: w.update(SensitiveDetail, second.id, health=first.text))
    scene.office.store.write(lambda w: w.update(SensitiveDetail, first.id, text=second.health))
    for detail in (first.id, second.id):
        with pytest.raises(Problem) as refused:
            sensitive.reveal(scene.office, detail)
        assert refused.value.code is Exit.DAMAGED
    scene.office.store.write(lambda w: w.update(SensitiveDetail, first.id, text=first.text))
    assert sensitive.reveal(scene.office, first.id) == ACCOUNT


def test_with_the_lock_the_key_changes_and_every_value_is_written_anew(scene: Scene) -> None:
    (before,) = [bytes(key) for key in scene.office.keys.sensitive]
    old = scene.stored()
    ways.change_lock(scene.office, scene.file.folder)
    assert [bytes(key) for key in scene.office.keys.sensitive][1:] == [before]
    assert scene.texts() == (ACCOUNT, ALLERGY)
    assert [row.text or row.health for row in scene.stored()] != [row.text or row.health for row in old]
    assert scene.stored() == old, "sealed anew, it is the same detail"
    scene.office.keys.sensitive[1:] = []
    assert scene.texts() == (ACCOUNT, ALLERGY), "nothing lies under the earlier key any more"
    scene.office.close()
    again = scene.file.open()
    assert scene.texts(again) == (ACCOUNT, ALLERGY)
    again.close()


def _works_here(scene: Scene, role: str) -> None:
    now = scene.office.clock.now()
    scene.office.store.write(
        lambda w: w.put(Staff(id=bytes(16), number=ANNA, name="Anna", role=role, outside=False, added_at=now))
    )
    scene.office.store.write(lambda writing: apart.share_key(scene.office, writing))


def test_who_gets_and_loses_the_right_gets_and_loses_the_key(scene: Scene) -> None:
    office, folder, keystore = scene.office, scene.file.folder, scene.file.keystore
    staff.set_password(folder, office.keys, keystore, staff.Tile(ANNA, "Anna"), PASSWORD, scene.file.clock)
    _works_here(scene, "staff")
    assert staff.open_with_password(folder, keystore, ANNA, PASSWORD).sensitive == []
    _works_here(scene, "manager")
    anna = staff.open_with_password(folder, keystore, ANNA, PASSWORD)
    assert anna.sensitive == office.keys.sensitive
    office.store.write(lambda w: w.insert(Role(code="own-1", title="Kasse", second_factor=False)))
    row = RoleRight(id=bytes([1]) * 16, role="own-1", deed="view", of="sensitive")
    office.store.write(lambda w: w.insert(row))
    _works_here(scene, "own-1")
    assert staff.open_with_password(folder, keystore, ANNA, PASSWORD).sensitive == office.keys.sensitive
    office.store.write(lambda w: w.delete(RoleRight, eq("id", row.id)))
    office.store.write(lambda writing: apart.share_key(office, writing))
    assert staff.open_with_password(folder, keystore, ANNA, PASSWORD).sensitive == []
    assert scene.texts() == (ACCOUNT, ALLERGY)
    office.keys.sensitive[:] = anna.sensitive
    with pytest.raises(Problem):
        scene.texts()


def test_after_a_crash_between_key_and_values_the_next_detail_finishes_it(scene: Scene) -> None:
    """The key file has the new key, the values are of the old one: they open, and are written anew."""
    from desktop_crm.vault import sensitive as key_file

    key_file.change(scene.file.folder, scene.office.keys)
    assert scene.texts() == (ACCOUNT, ALLERGY)
    sensitive.add_detail(scene.office, scene.person, NewDetail(ApartKind.OTHER, "Türcode"))
    scene.office.keys.sensitive[1:] = []
    assert scene.texts() == (ACCOUNT, ALLERGY)


def _copied(scene: Scene, tmp_path: Path) -> Path:
    (tmp_path / "stick").mkdir()
    return tmp_path / "stick" / copies.make_copy(scene.office, tmp_path / "stick").file_name


@pytest.mark.parametrize("by_program", [True, False])
def test_copy_and_sheet_open_it_on_a_new_computer(scene: Scene, tmp_path: Path, by_program: bool) -> None:
    """Also where the copy was made while somebody without the key had the file open."""
    if by_program:
        scene.office.keys.sensitive.clear()
    copy = _copied(scene, tmp_path)
    folder, keystore = VaultFolder(tmp_path / "new"), MemoryKeyStore("Another")
    back = WaysIn(scene.code, keystore)
    bringing_back.make_ready(
        copy_box.with_sheet(copy, scene.code), folder, Present(folder), back, clock=scene.file.clock
    )
    opened = setup.open_office(folder, clock=scene.file.clock, keystore=keystore, passphrase=None)
    assert scene.texts(opened) == (ACCOUNT, ALLERGY)
    opened.close()
    recovered = setup.recover(folder, scene.code, clock=scene.file.clock, keystore=None, passphrase=PASSWORD)
    assert scene.texts(recovered) == (ACCOUNT, ALLERGY)
    recovered.close()


def test_a_copy_from_before_the_key_was_changed_opens_where_it_was_made(scene: Scene, tmp_path: Path) -> None:
    copy = _copied(scene, tmp_path)
    ways.change_lock(scene.office, scene.file.folder)
    sensitive.remove_detail(scene.office, scene.allergy)
    access_to = copy_box.with_keys(copy, scene.file.folder, scene.office.keys)
    present = Present(scene.file.folder, scene.office, scene.office.keys)
    ready = bringing_back.make_ready(
        access_to, swapping.ready_folder(scene.file.folder), present, None, clock=scene.file.clock
    )
    told = {one.record: (one.added, one.changed, one.missing) for one in ready.differences or ()}
    assert told["sensitive_detail"] == (1, 0, 0), "what was only sealed anew is no difference"
    scene.office.close()
    bringing_back.put_in_place(scene.file.folder, clock=scene.file.clock, keystore=scene.file.keystore)
    opened = scene.file.open()
    assert scene.texts(opened) == (ACCOUNT, ALLERGY)
    opened.close()


def test_one_person_comes_back_with_it_sealed_with_the_present_key(scene: Scene, tmp_path: Path) -> None:
    copy = _copied(scene, tmp_path)
    ways.change_lock(scene.office, scene.file.folder)
    sensitive.remove_detail(scene.office, scene.allergy)
    with_sheet = copy_box.with_sheet(copy, scene.code)
    assert len(with_sheet.sensitive) == 1
    back = one_person.bring_back_person(scene.office, with_sheet, scene.person)
    assert [type(row) for row in back.rows if isinstance(row, SensitiveDetail)] == [SensitiveDetail]
    assert [row for row in back.other if isinstance(row, SensitiveDetail)] == []
    scene.office.keys.sensitive[1:] = []
    assert scene.texts() == (ACCOUNT, ALLERGY)


def test_keys_that_came_with_a_copy_of_another_time_are_kept(scene: Scene, tmp_path: Path) -> None:
    """The present key file is of before the first detail; the copy and the sheet bring key and values."""
    copy = _copied(scene, tmp_path)
    held = copy_box.with_sheet(copy, scene.code)
    assert held.sensitive
    other = replace(held, sensitive=(bytes(32), *held.sensitive))
    back = one_person.bring_back_person(scene.office, other, scene.person)
    assert back.is_here
    assert bytes(32) in [bytes(key) for key in scene.office.keys.sensitive]
    assert scene.texts() == (ACCOUNT, ALLERGY)


def test_a_role_with_the_right_to_see_alone_does_not_change(scene: Scene) -> None:
    scene.office.who = Actor("cc" * 16, grants((Deed.VIEW,), (Part.CONTACTS, Part.SENSITIVE)))
    assert sensitive.may_see(scene.office)
    assert not sensitive.may_change(scene.office)
    assert sensitive.reveal(scene.office, scene.account) == ACCOUNT
    with pytest.raises(Problem):
        sensitive.remove_detail(scene.office, scene.account)


def test_days_are_those_of_the_shop(scene: Scene) -> None:
    (first, second) = sensitive.masked(scene.office, scene.person)
    assert first.since == scene.office.today() == second.agreed_on
    assert first.agreed_on is None
    assert isinstance(first.since, date)
