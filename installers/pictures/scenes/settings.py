"""The pages of the settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from desktop_crm.services import outside, ways
from desktop_crm.services.recovery_sheet import sheet_of
from desktop_crm.ui.screens.settings import Settings
from desktop_crm.ui.settings.entries import PANES
from desktop_crm.ui.settings.places import PlacesPane
from desktop_crm.ui.settings.ways import Invitation, WaysPane
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.vault.recovery import as_text
from desktop_crm.vault.slots import PHRASE
from installers.pictures.stage import Filled, Scene, Stage


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


def _ways(stage: Stage) -> WaysPane:
    """With a password, so that something can be taken away."""
    ways.set_password(stage.office, VaultFolder(stage.office.store.database.parent), "four plain wooden chairs")
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
    *(Scene(entry.key, _at(entry.key)) for entry in PANES),
    Scene("places-none", _at("places"), Filled.EMPTY),
    Scene("places-taking-off", _taking_off),
    Scene("ways-due", _ways_due),
    Scene("ways-taking-away", _taking_away),
    Scene("ways-change-lock", _change_lock),
    Scene("ways-password", _password),
    Scene("ways-invite", _invite),
    Scene("search", _found),
    Scene("search-nothing", _nothing_found),
)
