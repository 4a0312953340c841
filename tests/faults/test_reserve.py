"""Somebody can be looked at and erased on a disk that is full to the brim."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_crm.host.reserve import LEAST, MIB
from desktop_crm.records.contact import Contact
from desktop_crm.services import contacts, erasing, health, inspection
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.storage.store import DiskFull
from tests.faults import shop
from tests.faults.looking import nothing_left, sound
from tests.faults.small_disk import fill, mounted

WORD = "xqvbnmklrtzwpd"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    with mounted(tmp_path / "shop", 40 * MIB) as root:
        yield root


def begun(root: Path) -> tuple[Office, bytes]:
    office = shop.begin(root)
    person = contacts.add(office, contacts.NewContact(name=f"Anna {WORD}", emails=(f"{WORD}@example.com",)))
    contacts.add(office, contacts.NewContact(name="Bert Bleibt", emails=("bert@example.com",)))
    for _ in range(20):
        contacts.note(office, person, f"{WORD} " * 2000)
    assert office.reserve.keep()
    assert office.reserve.size >= LEAST
    return office, person


def gone(office: Office) -> None:
    assert f"Anna {WORD}" not in office.read(lambda r: [c.name for c in r.find(Contact)])
    nothing_left(office, [WORD])
    sound(office)


def fill_wholly(root: Path, office: Office) -> None:
    """Until not even an entry fits into what the database has taken already."""
    for number in range(200):
        fill(root)
        try:
            contacts.add(office, contacts.NewContact(name=f"Späte {number}", emails=(f"late{number}@example.com",)))
        except DiskFull:
            return
    pytest.fail("the disk does not fill up")


def test_an_open_file_on_a_full_disk_still_looks_and_erases(disk: Path, tmp_path: Path) -> None:
    office, person = begun(disk)
    fill_wholly(disk, office)
    assert contacts.show(office, person).contact.name.startswith("Anna")
    fill(disk)
    assert erasing.preview(office, person).gone
    fill(disk)
    erased = erasing.erase(office, person, tmp_path / "papers", ErasureOrder())
    assert erased.searched.found == 0
    assert not erased.searched.pending
    gone(office)
    office.close()


def test_a_file_opens_and_erases_on_a_disk_that_was_filled_meanwhile(disk: Path, tmp_path: Path) -> None:
    office, person = begun(disk)
    office.close()
    filler = fill(disk)
    again = shop.reopen(disk)
    erasing.erase(again, person, tmp_path / "papers", ErasureOrder())
    gone(again)
    assert inspection.check_log(again).whole
    filler.unlink()
    again.close()


def test_the_room_is_kept_again_once_there_is_some(disk: Path, tmp_path: Path) -> None:
    office, person = begun(disk)
    before = office.reserve.size
    fill_wholly(disk, office)
    erasing.erase(office, person, tmp_path / "papers", ErasureOrder())
    assert office.reserve.size > before / 2, "what the erasure did not need is kept again at once"
    office.reserve.release()
    filler = fill(disk)
    assert not office.reserve.keep()
    (short,) = [one.finding for one in health.look_over(office) if one.finding.key == "reserve"]
    assert not short.sound
    filler.unlink()
    assert office.reserve.keep()
    assert office.reserve.size >= LEAST
    office.close()


def test_daily_work_does_not_use_it_up(disk: Path) -> None:
    office, _ = begun(disk)
    before = office.reserve.size
    fill_wholly(disk, office)
    assert office.reserve.size == before
    office.close()
