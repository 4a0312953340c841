from __future__ import annotations

import pytest

from desktop_crm.host.instance import InstanceLock
from desktop_crm.vault.facts import describe
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.opening import create
from desktop_crm.words import Words
from tests.memory_keystore import MemoryKeyStore
from tests.unit.vault.conftest import CLOCK

SAY = Words("en").say


@pytest.mark.usefixtures("created")
def test_every_file_is_told_with_who_opens_it(folder: VaultFolder) -> None:
    for path in (*folder.side_files(), folder.path / "notes.txt"):
        path.write_bytes(b"x")
    with InstanceLock(folder.path):
        facts = describe(folder)
    assert {fact.path for fact in facts} == set(folder.path.iterdir())
    database = facts[0]
    assert database.path == folder.database
    assert database.encrypted
    assert SAY(database.opened_by) == "Opens with your computer account or the recovery sheet."
    assert [fact.path.name for fact in facts if not fact.encrypted] == [
        "customers.db-shm",
        "customers.lock",
        "notes.txt",
    ]
    assert SAY(facts[-1].purpose) == "Not made by this program."


def test_what_an_interrupted_set_up_left_is_told(folder: VaultFolder, keystore: MemoryKeyStore) -> None:
    create(folder, clock=CLOCK, keystore=keystore, passphrase=None)
    folder.database.write_bytes(b"x")
    create(folder, clock=CLOCK, keystore=None, passphrase="four plain wooden chairs")
    left = [fact for fact in describe(folder) if fact.path.name.startswith("unfinished-1-customers")]
    assert len(left) == 3
    assert all("interrupted" in SAY(fact.purpose) for fact in left)


@pytest.mark.usefixtures("created")
def test_it_needs_neither_key_nor_whole_key_file(folder: VaultFolder) -> None:
    folder.header.write_bytes(b"")
    folder.header_copy.write_bytes(b"")
    assert SAY(describe(folder)[0].opened_by).startswith("Nobody at present")


def test_a_folder_not_made_yet_holds_nothing(folder: VaultFolder) -> None:
    assert describe(folder) == []
