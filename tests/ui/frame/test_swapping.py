"""A safety copy takes the place of the open file: closed, swapped, and opened anew."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_crm.records.contact import Contact
from desktop_crm.services import bringing_back, contacts, copies, settings
from desktop_crm.services.bringing_back import Present
from desktop_crm.services.settings import COPIES_FOLDER
from desktop_crm.vault import swapping
from tests.privacy.shop import ShopFile
from tests.ui.frame.living import Begin


@pytest.mark.parametrize("is_ready", [True, False])
def test_the_session_closes_swaps_and_opens(
    with_password: ShopFile, begin: Begin, tmp_path: Path, is_ready: bool
) -> None:
    living, folder = begin(with_password), with_password.folder
    shell = living.come_in()
    office = shell.desk.office
    (tmp_path / "stick").mkdir()
    contacts.add(office, contacts.NewContact(name="Von Damals", emails=("d@x.example",)))
    row = copies.make_copy(office, tmp_path / "stick")
    contacts.add(office, contacts.NewContact(name="Kam Danach", emails=("k@x.example",)))
    if is_ready:
        into, present = swapping.ready_folder(folder), Present(folder, office, office.keys)
        bringing_back.make_ready(copies.access_of(office, row), into, present, None, clock=office.clock)
    shell.desk.change_places(None)
    living.page("locked").step.enter(living.by_password())
    names = {one.name for one in living.shell().desk.office.read(lambda reading: reading.find(Contact))}
    # What was not made ready replaces nothing, and the present list is there as before.
    assert "Von Damals" in names
    assert ("Kam Danach" in names) is not is_ready
    assert bool(swapping.set_asides(folder)) is is_ready


def test_the_background_makes_the_copy_that_is_due(with_password: ShopFile, begin: Begin, tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    living = begin(with_password)
    shell = living.come_in()
    settings.put(shell.desk.office, COPIES_FOLDER, str(stick))
    shell.lock_asked.emit()
    living.qtbot.waitUntil(living.is_closed)
    living.come_in()
    living.qtbot.waitUntil(lambda: len(list(stick.glob("*.crmcopy"))) == 1)
