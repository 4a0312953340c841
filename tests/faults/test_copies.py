"""Safety copies on full disks: a copy is whole or not there, and the customer file is never hurt."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from desktop_crm.services import contacts, copies, copies_daily, copies_page, copy_box, erasing
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.vault import container
from desktop_crm.words import Problem
from tests.faults import shop
from tests.faults.conftest import times
from tests.faults.looking import sound

SIZES = times(6, 40)


def _every_copy_is_whole(office: Office) -> int:
    """Every copy in the catalogue opens; every file that bears the ending is one, or is not in the catalogue."""
    found = 0
    for one in copies_page.copies_page(office).copies:
        if one.here and one.has_key and one.row.kind == "copy":
            assert copies.check_copy(office, one.row.id).problem is None
            found += 1
    return found


@pytest.fixture
def small_stick(tmp_path: Path) -> Iterator[Path]:
    """A stick on which there is room for a given number of bytes; only root can make one."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("a small disk can be made by root on Linux alone")
    stick = tmp_path / "small"
    stick.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=1m", "none", str(stick)], check=True)
    try:
        yield stick
    finally:
        subprocess.run(["umount", "--lazy", str(stick)], check=True)


def _leave(stick: Path, room: int) -> None:
    filler = stick / "filler"
    filler.unlink(missing_ok=True)
    free = os.statvfs(stick).f_bavail * os.statvfs(stick).f_frsize
    filler.write_bytes(bytes(max(free - room, 0)))


def test_a_stick_that_fills_up_at_any_write_is_told_and_keeps_what_it_had(small_stick: Path, tmp_path: Path) -> None:
    office = shop.begin(tmp_path)
    first = copies.make_copy(office, small_stick)
    for part in range(SIZES):
        _leave(small_stick, first.size * part // SIZES)
        with pytest.raises(Problem, match="could not be written"):
            copies.make_copy(office, small_stick)
        assert {path.name for path in small_stick.iterdir()} == {first.file_name, "filler"}
        assert _every_copy_is_whole(office) == 1
    (small_stick / "filler").unlink()
    sound(office)
    office.close()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A customer file on a disk of 4 MB."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("a small disk can be made by root on Linux alone")
    root = tmp_path / "shop"
    disk = shop.folder_of(root).path
    disk.mkdir(parents=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(disk)], check=True)
    try:
        yield root
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


ACTS: dict[str, Callable[[Office, Path, bytes], object]] = {
    "make": lambda office, stick, _: copies.make_copy(office, stick),
    "erase": lambda office, _, copy: copies.erase_in_copy(office, copy),
}


@pytest.mark.parametrize("act", sorted(ACTS))
def test_a_full_disk_under_the_customer_file_is_told_and_changes_nothing(
    small_disk: Path, tmp_path: Path, act: str
) -> None:
    """Making a copy, and writing one anew without somebody erased, need room beside the customer file."""
    office, stick = shop.begin(small_disk), tmp_path / "stick"
    stick.mkdir()
    person = contacts.add(office, contacts.NewContact(name="Geht Fort", emails=("g@example.com",)))
    row = copies.make_copy(office, stick)
    erasing.erase(office, person, tmp_path / "papers", ErasureOrder())
    before = (stick / row.file_name).read_bytes()
    office.store.checkpoint()
    data = shop.folder_of(small_disk).path
    for part in range(SIZES):
        _leave(data, row.size * 2 * part // SIZES + 8192)
        with contextlib.suppress(Problem):
            ACTS[act](office, stick, row.id)
            break
        assert (stick / row.file_name).read_bytes() == before
        assert copy_box.with_keys(stick / row.file_name, shop.folder_of(small_disk), office.keys).key
    for path in stick.glob("*.crmcopy"):
        container.read_label(path)
    (data / "filler").unlink(missing_ok=True)
    sound(office)
    assert copies_daily.look_after(office).problem is None
    assert all(not one.erased for one in copies_page.copies_page(office).copies)
    office.close()
