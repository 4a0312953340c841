"""Undoing a list takes back all it brought and nothing somebody has worked with since."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_crm.records.batch import ImportBatch
from desktop_crm.records.company import Company
from desktop_crm.records.consent import ConsentEvent, ConsentState
from desktop_crm.records.contact import Contact
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.tag import Tag
from desktop_crm.records.technical import SearchEntry
from desktop_crm.services import consents, contacts, erasing, retention, undoing
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.importing import Duplicates
from desktop_crm.services.office import Office
from desktop_crm.words import M, Problem
from tests.privacy.shop import TickingClock
from tests.unit.services.lists import (
    FILES,
    SAMPLES,
    bring,
    everything,
    find,
    ledger,
    write,
)


def test_undoing_takes_everything_back(office: Office) -> None:
    for name in FILES:
        before = everything(office)
        batch = bring(office, SAMPLES / name).batch
        assert batch
        people = len(find(office, Contact))
        assert undoing.undo_import(office, batch) == undoing.Undone(people, 0, ())
        after = everything(office)
        assert after.pop("import_batch") != before.pop("import_batch")
        assert after == before
    assert all(b.undone_at and b.file_mark is None for b in find(office, ImportBatch))


def test_undoing_a_completion_restores_what_was(office: Office, tmp_path: Path) -> None:
    bring(office, write(tmp_path, "Anna,Eins,a@x.example,,,,,,,,,"))
    before = everything(office)
    line = "Anna,Eins,a2@x.example,+49 341 1234567,Weg 1,Leipzig,Gärtnerei,Meisterin,Annchen,Notiz,VIP,yes"
    path = write(tmp_path, line.replace("a2@x.example", "a@x.example"))
    batch = bring(office, path, duplicates=Duplicates.UPDATE).batch
    assert batch
    undone = undoing.undo_import(office, batch)
    assert (undone.removed, undone.stay) == (0, ())
    after = everything(office)
    for table in ("import_batch", "company", "tag"):
        after.pop(table), before.pop(table)
    assert after == before
    assert contacts.find(office, "Annchen") == contacts.find(office, "1234567") == []


def test_what_only_the_undone_list_used_goes_too(office: Office, tmp_path: Path) -> None:
    bring(office, write(tmp_path, "Anna,Eins,a@x.example,,,,,,,,,"))
    path = write(tmp_path, "Anna,Eins,a@x.example,,,,Gärtnerei,,,,VIP,")
    batch = bring(office, path, duplicates=Duplicates.UPDATE).batch
    assert batch
    undoing.undo_import(office, batch)
    assert find(office, Company) == find(office, Tag) == []


def test_a_contact_edited_before_the_list_gets_its_empty_fields_back(
    office: Office, tmp_path: Path, clock: TickingClock
) -> None:
    bring(office, write(tmp_path, "Anna,Eins,a@x.example,,,,,,,,,"))
    (anna,) = find(office, Contact)
    contacts.change(office, anna.id, {"language": "de"})
    clock.to(date(2026, 11, 22))
    path = write(tmp_path, "Anna,Eins,a@x.example,,,,,,Annchen,,,")
    batch = bring(office, path, duplicates=Duplicates.UPDATE).batch
    assert batch
    undoing.undo_import(office, batch)
    assert find(office, Contact)[0].nickname is None


def test_people_somebody_worked_with_stay_and_are_listed(office: Office, tmp_path: Path) -> None:
    names = ["edit", "note", "consent", "list", "fill", "none"]
    batch = bring(office, write(tmp_path, *(f"{n},Eins,{n}@x.example,,,,,,,Alte Notiz,,yes" for n in names))).batch
    assert batch
    who = {n: contacts.who_is(office, f"{n}@x.example") for n in names}
    contacts.change(office, who["edit"], {"job_title": "Chefin"})
    contacts.note(office, who["note"], "neue Notiz")
    consents.withdraw(office, who["consent"], "newsletter")
    second = write(tmp_path, "list,Eins,list@x.example,0341 555666,,,,,,,,", name="list2.csv")
    bring(office, second, duplicates=Duplicates.UPDATE)
    third = write(tmp_path, "fill,Eins,fill@x.example,,,,,,Füllchen,,,", name="list3.csv")
    bring(office, third, duplicates=Duplicates.UPDATE)
    for name in names:
        contacts.show(office, who[name])
    retention.run(office)
    undone = undoing.undo_import(office, batch)
    assert undone.removed == 1
    assert set(undone.stay) == {who[n] for n in names if n != "none"}
    assert {c.id for c in find(office, Contact)} == set(undone.stay)
    for n in names[:-1]:
        assert "Alte Notiz" in {i.text for i in contacts.show(office, who[n]).interactions}
        ledger(office, who[n])
    with pytest.raises(Problem):
        undoing.undo_import(office, batch)


def test_the_edited_go_too_if_chosen(office: Office, tmp_path: Path) -> None:
    batch = bring(office, write(tmp_path, "Anna,Eins,a@x.example,,,,,,,,,")).batch
    assert batch
    contacts.note(office, contacts.who_is(office, "a@x.example"), "Notiz")
    assert undoing.undo_import(office, batch, also_edited=True).removed == 1
    assert find(office, Contact) == find(office, Interaction) == find(office, SearchEntry) == []


def test_undoing_keeps_the_ledger_of_permissions_unbroken(office: Office, tmp_path: Path) -> None:
    bring(office, write(tmp_path, "Anna,Eins,a@x.example,,,,,,,,,"))
    path = write(tmp_path, "Anna,Eins,a@x.example,,,,,,,,,yes")
    batch = bring(office, path, duplicates=Duplicates.UPDATE).batch
    assert batch
    (anna,) = find(office, Contact)
    consents.give(office, anna.id, "newsletter", evidence="Karte im Ordner")
    consents.withdraw(office, anna.id, "newsletter")
    undoing.undo_import(office, batch)
    assert [e.state for e in ledger(office, anna.id)][-2:] == [ConsentState.GIVEN, ConsentState.WITHDRAWN]


def test_undoing_after_an_erasure_takes_the_rest(office: Office, tmp_path: Path) -> None:
    path = write(tmp_path, "Anna,Eins,a@x.example,,,,Firma,,,,VIP,yes", "Bela,Zwei,b@x.example,,,,Firma,,,,VIP,no")
    batch = bring(office, path).batch
    assert batch
    erasing.erase(office, contacts.who_is(office, "a@x.example"), tmp_path / "out", ErasureOrder())
    assert undoing.undo_import(office, batch).removed == 1
    assert find(office, Contact) == find(office, Company) == find(office, Tag) == find(office, ConsentEvent) == []


def test_undoing_tells_how_far_it_is_and_that_it_ends(office: Office) -> None:
    batch = bring(office, SAMPLES / FILES[0]).batch
    assert batch
    looked: list[tuple[int, int]] = []
    undoing.would_stay(office, batch, progress=lambda done, total: looked.append((done, total)))
    told: list[tuple[int, int]] = []
    undoing.undo_import(office, batch, progress=lambda done, total: told.append((done, total)))
    assert looked
    assert told == sorted(told)
    assert {total for _, total in told} == {told[-1][0]}
    assert [done for done, total in told].count(told[-1][0]) == 1, "only the end says that all is done"


def test_stopped_at_any_step_it_leaves_everything_as_it_was(office: Office, tmp_path: Path) -> None:
    line = "Anna,Eins,a@x.example,,,,,,,,,"
    bring(office, write(tmp_path, line))
    fuller = write(
        tmp_path,
        "Anna,Eins,a@x.example,+49 341 1234567,Weg 1,Leipzig,,,Annchen,,VIP,yes",
        "Bert,Zwei,b@x.example,,,,,,,,,",
    )
    batch = bring(office, fuller, duplicates=Duplicates.UPDATE).batch
    assert batch
    before = everything(office)
    steps: list[int] = []

    def stop_at(number: int) -> None:
        steps.clear()

        def step(_done: int, _total: int) -> None:
            steps.append(number)
            if len(steps) == number:
                raise Problem(M("Stopped."))

        undoing.undo_import(office, batch, progress=step)

    number = 0
    while True:
        number += 1
        try:
            stop_at(number)
        except Problem:
            assert everything(office) == before
        else:
            break
    assert number > 4
    assert everything(office) != before
