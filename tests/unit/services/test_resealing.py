"""After a new recovery sheet: which sheet opens which safety copy, and what is said of it."""

from __future__ import annotations

import contextlib
from datetime import timedelta
from pathlib import Path
from unittest import mock

import pytest

from desktop_crm.records.safety_copy import SafetyCopy
from desktop_crm.services import (
    bringing_back,
    copies,
    copies_daily,
    copies_page,
    copy_box,
    recovery_sheet,
    resealing,
    setup,
)
from desktop_crm.services.bringing_back import Present
from desktop_crm.services.ledger_lines import folder_of
from desktop_crm.services.office import Office
from desktop_crm.services.recovery_sheet import Sheet
from desktop_crm.services.settings import SHEET_CHECKED_ON, SavedHow, get
from desktop_crm.vault import copy_problems, swapping
from desktop_crm.words import Problem
from tests.privacy.shop import ShopFile, clock_of


@pytest.fixture
def sticks(tmp_path: Path) -> tuple[Path, Path]:
    made = tmp_path / "near", tmp_path / "far"
    for one in made:
        one.mkdir()
    return made


def confirmed(office: Office) -> Sheet:
    """A new sheet, typed back."""
    sheet = recovery_sheet.new_sheet()
    typed = {place: sheet.groups[place - 1] for place in recovery_sheet.ASKED_FOR}
    recovery_sheet.confirm_sheet(office, folder_of(office), sheet, typed, SavedHow.WRITTEN)
    return sheet


def opens(file: Path, sheet: Sheet) -> bool:
    """What is said of the copy speaks of the copy, and not of the customer list."""
    try:
        copy_box.with_sheet(file, sheet.code)
    except Problem as problem:
        if problem.what != copy_problems.other_sheet().what:
            raise
        return False
    return True


def path_of(row: SafetyCopy) -> Path:
    return Path(row.folder, row.file_name)


def for_sheet(office: Office) -> dict[str, bool]:
    return {Path(one.row.folder).name: one.row.for_sheet for one in copies_page.copies_page(office).copies}


def test_the_new_sheet_opens_what_can_be_reached_and_the_rest_is_named(
    office: Office, sticks: tuple[Path, Path], tmp_path: Path
) -> None:
    old = confirmed(office)
    near, far = (path_of(copies.make_copy(office, one)) for one in sticks)
    data = near.read_bytes()
    sticks[1].rename(tmp_path / "drawer")
    new = confirmed(office)
    assert for_sheet(office) == {"near": False, "far": False}, "before anything is written anew, nothing is promised"
    left = resealing.seal_for_sheet(office)
    assert [path_of(row) for row in left] == [far]
    assert for_sheet(office) == {"near": True, "far": False}
    said = resealing.said_of(left)
    assert said is not None
    assert str(far) in office.words.say(said)
    assert (opens(near, new), opens(near, old)) == (True, False)
    assert near.read_bytes()[-4096:] == data[-4096:], "the data is as it was"
    in_drawer = tmp_path / "drawer" / far.name
    assert (opens(in_drawer, new), opens(in_drawer, old)) == (False, True)
    (reached,) = [one.row for one in copies_page.copies_page(office).copies if one.here]
    assert copies.check_copy(office, reached.id).problem is None
    (tmp_path / "drawer").rename(sticks[1])
    copies_daily.look_after(office)
    assert (opens(far, new), opens(far, old)) == (True, False)
    assert resealing.not_for_sheet(office) == []
    assert resealing.said_of([]) is None


def test_a_crash_while_it_is_written_anew_leaves_the_copy_whole(office: Office, sticks: tuple[Path, Path]) -> None:
    old = confirmed(office)
    file = path_of(copies.make_copy(office, sticks[0]))
    before = file.read_bytes()
    new = confirmed(office)
    with mock.patch("desktop_crm.vault.container.os.replace", side_effect=OSError), contextlib.suppress(Problem):
        resealing.seal_for_sheet(office)
    assert file.read_bytes() == before
    assert [path.name for path in sticks[0].iterdir()] == [file.name]
    assert opens(file, old)
    resealing.seal_for_sheet(office)
    assert opens(file, new)


@pytest.mark.parametrize("broken", [False, True])
def test_a_file_brought_back_knows_which_sheet_opens_what(
    file: ShopFile, office: Office, sticks: tuple[Path, Path], tmp_path: Path, *, broken: bool
) -> None:
    """The copy was made before the new sheet, and says that every copy opens with the sheet."""
    confirmed(office)
    copies.make_copy(office, sticks[1])
    clock_of(office).at += timedelta(minutes=5)
    inside = path_of(copies.make_copy(office, sticks[0]))
    sticks[1].rename(tmp_path / "drawer")
    clock_of(office).at += timedelta(days=3)
    confirmed(office)
    resealing.seal_for_sheet(office)
    folder = folder_of(office)
    access = copy_box.with_keys(inside, folder, office.keys)
    present = Present(folder, None if broken else office, office.keys)
    bringing_back.make_ready(access, swapping.ready_folder(folder), present, None, clock=office.clock)
    office.close()
    bringing_back.put_in_place(folder, clock=clock_of(office), keystore=file.keystore)
    back = setup.open_office(folder, clock=clock_of(office), keystore=file.keystore, passphrase=None)
    if broken:
        copies_daily.look_after(back)
    assert for_sheet(back) | {"data": True} == {"near": True, "far": False, "data": True}
    if not broken:
        assert get(back, SHEET_CHECKED_ON) == back.today(), "the sheet was checked today, whatever the copy knew of it"
    back.close()


def test_without_the_key_a_copy_stays_with_its_sheet(office: Office, sticks: tuple[Path, Path]) -> None:
    old = confirmed(office)
    file = path_of(copies.make_copy(office, sticks[0]))
    folder_of(office).copy_keys.unlink()
    confirmed(office)
    assert [path_of(row) for row in resealing.seal_for_sheet(office)] == [file]
    assert opens(file, old)
