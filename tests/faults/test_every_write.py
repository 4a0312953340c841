"""A disk that fills up at every write of the great acts: told, and the customer file is whole, before or after."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from desktop_crm.records.safety_copy import SafetyCopy
from desktop_crm.services import bringing_back, contacts, copies, erasing, ways
from desktop_crm.services.bringing_back import Present
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.vault import swapping
from desktop_crm.words import Exit, Problem
from tests.faults import shop
from tests.faults.conftest import LONG
from tests.faults.looking import nothing_left, sound
from tests.faults.proofs import people
from tests.faults.small_disk import fill, mounted

SIZE = 8 * 1024 * 1024
STEP = 4096 if LONG else 20 * 4096
"""So much more room each time: a page in the long run."""
FIRST = 16 * 4096
"""Up to here each page is tried in the usual run too: key files and marks are small."""
WORD = "xqvbnmklrtzwpd"
HERE = {f"Anna {WORD}", "Bert Bleibt"}


@dataclass
class Scene:
    """A customer file on a small disk, and a safety copy of it, elsewhere, from before Bert came."""

    root: Path
    elsewhere: Path
    person: bytes
    copy: bytes

    @property
    def data(self) -> Path:
        return shop.folder_of(self.root).path


@pytest.fixture
def scene(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Scene]:
    monkeypatch.setattr(ways, "_SPARE", -SIZE)
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    with mounted(tmp_path / "shop", SIZE) as root:
        office = shop.begin(root)
        person = contacts.add(office, contacts.NewContact(name=f"Anna {WORD}", emails=(f"{WORD}@example.com",)))
        contacts.note(office, person, f"{WORD} " * 2000)
        copy = copies.make_copy(office, elsewhere).id
        contacts.add(office, contacts.NewContact(name="Bert Bleibt", emails=("bert@example.com",)))
        office.close()
        yield Scene(root, elsewhere, person, copy)


def erase(scene: Scene, office: Office) -> None:
    erased = erasing.erase(office, scene.person, scene.elsewhere / "papers", ErasureOrder())
    assert erased.searched.pending or not erased.searched.found


def back_up(scene: Scene, office: Office) -> None:
    copies.make_copy(office, scene.elsewhere)


def change_the_lock(scene: Scene, office: Office) -> None:
    ways.change_lock(office, shop.folder_of(scene.root))


def restore(scene: Scene, office: Office) -> None:
    folder = shop.folder_of(scene.root)
    swapping.sweep(folder)
    access = copies.access_of(office, copies.row_of(office, scene.copy))
    ready = swapping.ready_folder(folder)
    bringing_back.make_ready(access, ready, Present(folder, office, office.keys), None, clock=office.clock)
    office.close()
    bringing_back.put_in_place(folder, clock=office.clock, keystore=shop.keys_of(scene.root))


Act = Callable[[Scene, Office], None]
AFTER: dict[Act, set[str]] = {erase: {"Bert Bleibt"}, back_up: HERE, change_the_lock: HERE, restore: {f"Anna {WORD}"}}
"""Who is there when it was done."""


@pytest.mark.parametrize("act", AFTER)
def test_a_disk_that_fills_up_at_any_write_leaves_everything_whole(scene: Scene, tmp_path: Path, act: Act) -> None:
    told, room = 0, 0
    shutil.copytree(scene.root, tmp_path / "before")
    while not _done_with(scene, act, room):
        told += 1
        _put_back(scene, tmp_path / "before")
        room += 4096 if room < FIRST else STEP
    assert told > 4
    assert {path.name for path in scene.elsewhere.glob("*") if path.suffix not in ("", ".crmcopy")} == set()


def _put_back(scene: Scene, before: Path) -> None:
    """Files and keys, as they were: the key store remembers the end of the log."""
    for path in [*scene.data.iterdir(), *(scene.root / "keys").iterdir()]:
        shutil.rmtree(path) if path.is_dir() else path.unlink()
    shutil.copytree(before, scene.root, dirs_exist_ok=True)


def _done_with(scene: Scene, act: Act, room: int) -> bool:
    """Whether it was done with so much room left. Looks at what is there then, without more room and with."""
    office = shop.reopen(scene.root)
    office.reserve.release()
    office.store.checkpoint()
    filler = fill(scene.root)
    os.truncate(filler, max(0, filler.stat().st_size - room))
    done = _tried(scene, office, act)
    office.close()
    _opens_or_says_why(scene)
    filler.unlink()
    office = shop.reopen(scene.root)
    try:
        there = people(office)
        assert there in ((AFTER[act],) if done else (HERE, AFTER[act]))
        if act is erase and there != HERE:
            nothing_left(office, [WORD])
        sound(office)
        row = next(iter(office.read(lambda reading: reading.find(SafetyCopy))), None)
        assert row is None or copies.is_there(row)
    finally:
        office.close()
    return done


def _tried(scene: Scene, office: Office, act: Act) -> bool:
    told = _told(lambda: act(scene, office))
    return told is None


def _told(work: Callable[[], object]) -> Problem | None:
    """Why it could not be done, in the words for it; None if it was done."""
    try:
        work()
    except Problem as problem:
        told = problem
    else:
        return None
    assert told.what.text in TOLD, told
    assert told.code is not Exit.DAMAGED
    return told


TOLD = (
    "The disk is full.",
    "“{path}” could not be written. {why}",
    "The disk refused to read or write the customer file.",
)


def _opens_or_says_why(scene: Scene) -> None:
    """With the disk as full as it is."""

    def look() -> None:
        office = shop.reopen(scene.root)
        there = people(office)
        office.close()
        assert there in tuple(AFTER.values())

    _told(look)
