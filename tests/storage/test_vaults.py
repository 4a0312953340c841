"""A customer file of every version there ever was opens with its recovery sheet and comes to the present version."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from desktop_crm.host.clock import FixedClock
from desktop_crm.privacy.rights import Deed, grants
from desktop_crm.records.change import Change
from desktop_crm.records.consent import ConsentEvidence, ConsentScreen, ConsentState
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Part
from desktop_crm.records.erasure import Erasure, ErasureCount, ErasureMark, ErasureProof
from desktop_crm.records.purchase import Sale
from desktop_crm.records.use import Restriction, Wish
from desktop_crm.services import (
    changes,
    consents,
    contacts,
    drafts,
    entries,
    locks,
    log_notice,
    sensitive,
    setup,
    staff,
    tasks,
)
from desktop_crm.services.office import Office
from desktop_crm.storage import connection, migrate
from desktop_crm.storage.where import eq
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import Problem
from tests.memory_keystore import MemoryKeyStore
from tests.storage.make_fixture import ACCOUNT, CODE, NOW, PASSWORD, STROKES, VAULTS, make

VERSIONS = sorted(path.name for path in VAULTS.iterdir())
FIRST = "0001"
COPIES = "0003"
LOG = "0004"
PEOPLE = "0005"
EVERY = pytest.mark.parametrize("version", VERSIONS)


def _copy(version: str, tmp_path: Path) -> VaultFolder:
    shutil.copytree(VAULTS / version, tmp_path / "data")
    return VaultFolder(tmp_path / "data")


def _recovered(folder: VaultFolder, keystore: MemoryKeyStore) -> Office:
    code = (folder.path / CODE).read_text(encoding="ascii")
    return setup.recover(folder, code, clock=FixedClock(NOW), keystore=keystore, passphrase=None)


def _as_it_was_made(office: Office) -> None:
    """Everything that `make_fixture` put in."""
    found = contacts.find(office, "lucja")
    assert [(row.name, row.reach, row.company) for row in found] == [
        ("Łucja Kowalska", "lucja@kowalska.example", "Čapek & Söhne")
    ]
    person = contacts.show(office, found[0].id)
    assert [p.number for p in person.phones] == ["+48 601 999 888"]
    assert [a.street for a in person.addresses] == ["Lindenstraße 14, 04107 Leipzig"]
    assert [i.text for i in person.interactions] == ["Mag Weiß und Grün, keine Lilien."]
    assert [(p.amount_minor, p.currency, p.invoice_no, p.bought_on) for p in person.purchases] == [
        (6450, "EUR", "2026-118", date(2026, 11, 16))
    ]
    permissions = {p.purpose.code: p.standing.state for p in consents.of_person(office, found[0].id)}
    assert permissions["newsletter"] is ConsentState.GIVEN
    with pytest.raises(Problem, match="erased on"):
        contacts.add(office, contacts.NewContact(name="G", emails=("Gertrud@Gegangen.example",)))


def _window_as_it_was_made(office: Office) -> None:
    """What the first version did not have yet."""
    assert [(t.text, t.due_time) for t in tasks.list_open(office)] == [
        ("Kranz besprechen", "14:00"),
        ("Vasen kaufen", None),
    ]
    (person,) = office.read(lambda r: r.find(Contact))
    assert drafts.take(office, "note", person.id) == {"text": "Ruft an wegen"}
    (removed,) = office.read(lambda r: r.find(Change, eq("act", "remove_note")))
    changes.undo(office, removed.id)
    assert "Versehen" in [row.text for row in contacts.show(office, person.id).interactions]
    entries.remove_note(
        office, next(i.id for i in contacts.show(office, person.id).interactions if i.text == "Versehen")
    )


def _roles_as_they_were_made(office: Office) -> None:
    (own,) = (role for role in staff.roles(office) if not role.ready_made)
    assert (own.title, own.rights) == ("Aushilfe", grants((Deed.VIEW,), (Part.CONTACTS, Part.SHOP)))
    (detail,) = sensitive.masked(office, contacts.find(office, "lucja")[0].id)
    assert sensitive.reveal(office, detail.id) == ACCOUNT


def _permission_as_it_was_made(office: Office) -> None:
    (shown,) = office.read(lambda r: r.find(ConsentScreen))
    assert "Blumen Weber" in shown.text
    assert [proof.strokes for proof in office.read(lambda r: r.find(ConsentEvidence))] == [STROKES]
    found = locks.locks(office, contacts.find(office, "lucja")[0].id)
    assert [one.reason for one, _ in found.objections] == ["Bekommt zu viel Post"]
    assert [(one.reason, one.lifted_at is not None) for one in office.read(lambda r: r.find(Restriction))] == [
        ("Die Adresse stimmt nicht", True)
    ]
    assert [one.only_service for one in office.read(lambda r: r.find(Wish))] == [True]


def _ledger_as_it_was_made(office: Office) -> None:
    assert [c.name for c in office.read(lambda r: r.find(Contact))] == ["Łucja Kowalska"]
    assert [e.number for e in office.read(lambda r: r.find(Erasure))] == ["E-2026-001"]
    assert office.read(lambda r: r.count(ErasureCount)) > 0
    assert office.read(lambda r: r.count(ErasureMark)) == 1
    assert [(p.found, p.pending) for p in office.read(lambda r: r.find(ErasureProof))] == [(0, False)]
    assert [(s.amount_minor, s.currency) for s in office.read(lambda r: r.find(Sale))] == [(1200, "EUR")]
    assert office.read(office.log_breaks)[1] == []


def test_there_is_a_file_of_every_version() -> None:
    assert [f"{number:04}" for number in range(1, len(migrate.migrations()) + 1)] == VERSIONS


@EVERY
def test_it_is_small_and_holds_what_is_needed(version: str) -> None:
    files = {path.name: path.stat().st_size for path in (VAULTS / version).iterdir()}
    counted = {"customers.tries"} if version > COPIES else set()
    keys = {"customers.db", "customers.keys", "customers.keys.copy", CODE}
    assert set(files) - {"customers.copies"} == keys | counted
    # One page of 4 kB for each table and index is most of it, and encrypted pages cannot be compressed.
    assert sum(files.values()) < 750_000


@EVERY
def test_it_opens_with_the_recovery_sheet_and_everything_is_there(version: str, tmp_path: Path) -> None:
    folder, keystore = _copy(version, tmp_path), MemoryKeyStore()
    office = _recovered(folder, keystore)
    _as_it_was_made(office)
    _ledger_as_it_was_made(office)
    assert all(purpose.active for purpose in consents.purposes(office))
    if version > FIRST:
        _window_as_it_was_made(office)
    if version > COPIES:
        assert [one.reader for one in log_notice.readers(office)] == ["owner"]
    assert office.read(lambda reading: consents.are_unbroken(reading, office.ledger_key))
    if version > LOG:
        _roles_as_they_were_made(office)
    if version > PEOPLE:
        _permission_as_it_was_made(office)
    office.close()
    again = setup.open_office(folder, clock=FixedClock(NOW), keystore=keystore, passphrase=None)
    _as_it_was_made(again)
    again.close()


@EVERY
def test_it_still_opens_with_its_password(version: str, tmp_path: Path) -> None:
    office = setup.open_office(_copy(version, tmp_path), clock=FixedClock(NOW), keystore=None, passphrase=PASSWORD)
    _as_it_was_made(office)
    office.close()


@EVERY
def test_it_comes_to_the_present_version(version: str, tmp_path: Path) -> None:
    folder = _copy(version, tmp_path)
    office = _recovered(folder, MemoryKeyStore())
    assert office.read(lambda r: migrate.version(r.connection)) == len(migrate.migrations())
    office.store.write(
        lambda w: w.connection.execute("INSERT INTO search_text (search_text, rank) VALUES ('integrity-check', 1)")
    )
    assert office.store.damage() == 0
    key = bytes(office.keys.database_key)
    office.close()
    raw = connection.open_reader(folder.database, key)
    assert raw.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    raw.close()


def test_the_script_makes_such_a_file(tmp_path: Path) -> None:
    make(tmp_path / "made", tmp_path / "papers")
    shutil.copytree(tmp_path / "made", tmp_path / "data")
    office = _recovered(VaultFolder(tmp_path / "data"), MemoryKeyStore())
    _as_it_was_made(office)
    _ledger_as_it_was_made(office)
    office.close()
