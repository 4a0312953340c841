"""Kills the program while it makes a file, changes its version, or changes its keys: nobody is ever locked out."""

from __future__ import annotations

import random
import shutil
import time
from pathlib import Path

import pytest

from desktop_crm.records.contact import Contact
from desktop_crm.services import contacts
from desktop_crm.storage import migrate
from desktop_crm.vault.folder import State
from desktop_crm.words import Problem
from tests.faults import shop
from tests.faults.conftest import times
from tests.faults.nursery import LONGEST, Nursery

SHORT = times(10, 100)


def _whole(nursery: Nursery, root: Path, kind: str) -> float:
    """Seconds that the work takes when it is not killed."""
    root.mkdir(exist_ok=True)
    nursery.start(root, 0, kind)
    begun = time.monotonic()
    nursery.until("did", LONGEST)
    taken = time.monotonic() - begun
    nursery.kill()
    return taken


def test_killed_while_setting_up_it_is_begun_again_or_complete(nursery: Nursery, tmp_path: Path) -> None:
    """Never a customer file without its key, and never a folder in which nothing can be begun any more."""
    taken = _whole(nursery, tmp_path / "whole", "init")
    seen = set()
    for number in range(SHORT):
        root = tmp_path / str(number)
        root.mkdir()
        nursery.start(root, number, "init")
        told = nursery.until("did", taken * number / SHORT) + nursery.kill()
        state = shop.folder_of(root).state()
        seen.add(state)
        if any("did" in line for line in told):
            assert state is State.COMPLETE
        if state is State.COMPLETE:
            office = shop.reopen(root)
        else:
            assert state in (State.NOTHING, State.INTERRUPTED)
            with pytest.raises(Problem):
                shop.reopen(root)
            office = shop.begin(root)
        contacts.add(office, contacts.NewContact(name="Łucja", emails=("lucja@example.com",)))
        office.close()
        again = shop.reopen(root)
        assert [row.name for row in contacts.find(again, "lucja")] == ["Łucja"]
        again.close()
    assert State.INTERRUPTED in seen


CHANGE = (
    "CREATE TABLE passing (name TEXT);\n"
    "INSERT INTO passing SELECT name || hex(randomblob(4)) FROM contact;\n"
    "UPDATE contact SET nickname = 'changed';\n"
    "DROP TABLE passing;\n"
)


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """A file of the present version with some people in it, and a migration to the next."""
    root = tmp_path / "before"
    root.mkdir()
    office = shop.begin(root)
    for number in range(30):
        contacts.add(office, contacts.NewContact(name=f"Person {number}", emails=(f"p{number}@example.com",)))
    office.close()
    shutil.copytree(migrate.migrations()[0].parent, root / "migrations")
    (root / "migrations" / f"{len(migrate.migrations()) + 1:04}_next.sql").write_text(CHANGE * 40, encoding="utf-8")
    return root


def _nicknames(root: Path) -> list[str | None]:
    office = shop.reopen(root)
    try:
        return office.read(lambda reading: [c.nickname for c in reading.find(Contact)])
    finally:
        office.close()


def _is_newer(root: Path) -> bool:
    try:
        shop.reopen(root).close()
    except Problem as problem:
        return "newer version" in problem.what.text
    return False


def test_killed_while_changing_version_the_old_or_the_new_program_opens_it(
    nursery: Nursery, before: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree(before, tmp_path / "whole")
    taken = _whole(nursery, tmp_path / "whole", "change_version")
    seen = set()
    for number in range(SHORT):
        root = tmp_path / str(number)
        shutil.copytree(before, root)
        nursery.start(root, number, "change_version")
        told = nursery.until("did", 1.2 * taken * number / SHORT) + nursery.kill()
        done = any("did" in line for line in told)
        if _is_newer(root):
            seen.add("new")
        else:
            assert not done
            assert _nicknames(root) == [None] * 30
            seen.add("old")
        with monkeypatch.context() as patch:
            patch.setattr(migrate, "_FOLDER", root / "migrations")
            migrate.migrations.cache_clear()
            assert _nicknames(root) == ["changed"] * 30
        migrate.migrations.cache_clear()
        assert list((root / "data").glob("*.version-*")) == []
    assert "old" in seen


def test_killed_while_the_keys_change_the_file_still_opens(nursery: Nursery, tmp_path: Path) -> None:
    chance = random.Random(4)
    shop.begin(tmp_path).close()
    changes = 0
    for number in range(SHORT):
        nursery.start(tmp_path, number, "new_ways_in")
        told = nursery.until("never", chance.uniform(0, 0.1)) + nursery.kill()
        changes += len(told)
        shop.reopen(tmp_path).close()
        folder = shop.folder_of(tmp_path)
        assert folder.header.read_bytes() == folder.header_copy.read_bytes()
    assert changes
