"""The pages of the settings."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import cast

from desktop_crm.host.clock import FixedClock
from desktop_crm.services import contacts, copies, copies_page, erasing, outside, resealing, settings, ways
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.recovery_sheet import ASKED_FOR, confirm_sheet, new_sheet, sheet_of
from desktop_crm.services.settings import SavedHow
from desktop_crm.ui.copies.back import BackSheet
from desktop_crm.ui.copies.person import PersonSheet
from desktop_crm.ui.screens.settings import Settings
from desktop_crm.ui.settings.copies import CopiesPane, DestroySheet
from desktop_crm.ui.settings.entries import PANES
from desktop_crm.ui.settings.health import HealthPane
from desktop_crm.ui.settings.log import LogPane
from desktop_crm.ui.settings.places import PlacesPane
from desktop_crm.ui.settings.safety import SheetPane
from desktop_crm.ui.settings.ways import Invitation, WaysPane
from desktop_crm.ui.welcome.sheet_again import SheetAgain
from desktop_crm.vault.copy_problems import OtherShop
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.recovery import as_text
from desktop_crm.vault.slots import PHRASE
from installers.pictures.stage import MORNING, Filled, Scene, Stage


def _settings(stage: Stage, page: str) -> Settings:
    stage.go("settings", page=page)
    return cast(Settings, stage.shell.shown)


def _at(page: str) -> Callable[[Stage], object]:
    return lambda stage: _settings(stage, page)


def _found(stage: Stage) -> None:
    _settings(stage, "shop").search.setText("lost key")


def _nothing_found(stage: Stage) -> None:
    _settings(stage, "shop").search.setText("xyz")


def _taking_off(stage: Stage) -> None:
    outside.add_place(stage.office, "Bestellbuch auf dem Tresen")
    pane = cast(PlacesPane, _settings(stage, "places").page)
    next(iter(pane.removes.values())).click()
    stage.settle()


def _beside(stage: Stage, name: str) -> Path:
    return stage.folder.path.parent / name


def _with_copies(stage: Stage) -> CopiesPane:
    """A stick in a drawer and one plugged in; somebody was erased since the older copy was made."""
    stick, drawer = _beside(stage, "STICK"), _beside(stage, "DRAWER")
    for place in (stick, drawer):
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
    settings.put(stage.office, settings.COPIES_FOLDER, str(stick))
    copies.make_copy(stage.office, drawer)
    copies.make_copy(stage.office, stick)
    shutil.rmtree(drawer)
    out = _beside(stage, "papers")
    stage.office.clock = FixedClock(MORNING + timedelta(hours=3))
    gone = stage.person("Novák")
    erasing.erase(stage.office, gone, out, ErasureOrder(given_up=True, mentions_seen=True))
    return cast(CopiesPane, _settings(stage, "copies").page)


def _bringing_back(stage: Stage) -> None:
    _with_copies(stage).bring_back(next(_beside(stage, "STICK").iterdir()))
    stage.settle()


def _asking_for_the_sheet(stage: Stage) -> None:
    pane = _with_copies(stage)
    (stage.folder.path / "customers.copies").unlink()
    pane.bring_back(next(_beside(stage, "STICK").iterdir()))
    stage.settle()


def _other_shop(stage: Stage) -> None:
    pane = _with_copies(stage)
    pane.bring_back(next(_beside(stage, "STICK").iterdir()))
    stage.settle()
    pane.desk.window.findChildren(BackSheet)[0].ask_other(OtherShop("Café am Markt"))


def _sheet_for_some(stage: Stage) -> None:
    """A new sheet was made while one stick lay in a drawer."""
    _with_copies(stage)
    sheet = new_sheet()
    typed = {place: sheet.groups[place - 1] for place in ASKED_FOR}
    confirm_sheet(stage.office, VaultFolder(stage.office.store.database.parent), sheet, typed, SavedHow.PRINTED)
    resealing.seal_for_sheet(stage.office)
    _settings(stage, "sheet")


def _sheet_typed(stage: Stage) -> None:
    settings.put(stage.office, settings.SHEET_CHECKED_ON, None)
    pane = cast(SheetPane, _settings(stage, "sheet").page)
    pane.make.click()
    stage.settle()
    pane.desk.window.findChildren(SheetAgain)[0].have.click()


def _one_person(stage: Stage) -> None:
    pane = _with_copies(stage)
    newest = next(one.row for one in copies_page.copies_page(stage.office).copies if one.here)
    contacts.change(stage.office, stage.person("Kowalska"), {"name": "Falsch Geschrieben"})
    sheet = PersonSheet(pane.desk, newest)
    sheet.open()
    sheet.text.set_text("Kowalska")
    sheet.look.click()
    stage.settle()
    sheet.choose[0].click()
    stage.settle()


def _destroying(stage: Stage) -> None:
    pane = _with_copies(stage)
    DestroySheet(pane, copies_page.copies_page(stage.office).copies[0].row).open()
    stage.settle()


def _checked(stage: Stage) -> None:
    cast(HealthPane, _settings(stage, "computer").page).check.click()
    stage.settle()


def _notice(stage: Stage) -> None:
    cast(LogPane, _settings(stage, "log").page).read.click()
    stage.settle()


def _ways(stage: Stage) -> WaysPane:
    """With a password, so that something can be taken away, and a code that nobody has used yet."""
    folder = VaultFolder(stage.office.store.database.parent)
    ways.set_password(stage.office, folder, "four plain wooden chairs")
    ways.invite(stage.office, folder)
    return cast(WaysPane, _settings(stage, "ways").page)


def _ways_due(stage: Stage) -> None:
    pane = _ways(stage)
    stage.settle()
    folder = pane.folder
    found = next(way for way in ways.ways_in(stage.office, folder) if way.kind == PHRASE)
    ways.remove_way(stage.office, folder, found.id, None)


def _taking_away(stage: Stage) -> None:
    pane = _ways(stage)
    stage.settle()
    pane.removes[PHRASE].click()


def _change_lock(stage: Stage) -> None:
    _ways(stage).lock.click()


def _password(stage: Stage) -> None:
    _ways(stage).password.click()


def _invite(stage: Stage) -> None:
    pane = _ways(stage)
    # Always the same groups, so that two pictures differ only where something changed.
    Invitation(pane, sheet_of(as_text(bytes(range(20, 40))))).open()


SCENES = (
    Scene("copies-made", _with_copies),
    Scene("copies-back", _bringing_back),
    Scene("copies-sheet", _asking_for_the_sheet),
    Scene("copies-other-shop", _other_shop),
    Scene("copies-person", _one_person),
    Scene("sheet-for-some", _sheet_for_some),
    Scene("sheet-typed", _sheet_typed),
    Scene("copies-destroying", _destroying),
    *(Scene(entry.key, _at(entry.key)) for entry in PANES if not entry.by_name),
    Scene("places-none", _at("places"), Filled.EMPTY),
    Scene("places-taking-off", _taking_off),
    Scene("computer-checked", _checked),
    Scene("log-notice", _notice),
    Scene("ways-due", _ways_due),
    Scene("ways-taking-away", _taking_away),
    Scene("ways-change-lock", _change_lock),
    Scene("ways-password", _password),
    Scene("ways-invite", _invite),
    Scene("search", _found),
    Scene("search-nothing", _nothing_found),
)
