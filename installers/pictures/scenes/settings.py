"""The pages of the settings."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from desktop_crm.services import outside
from desktop_crm.ui.screens.settings import Settings
from desktop_crm.ui.settings.entries import PANES
from desktop_crm.ui.settings.health import HealthPane
from desktop_crm.ui.settings.log import LogPane
from desktop_crm.ui.settings.places import PlacesPane
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


def _checked(stage: Stage) -> None:
    cast(HealthPane, _settings(stage, "computer").page).check.click()
    stage.settle()


def _notice(stage: Stage) -> None:
    cast(LogPane, _settings(stage, "log").page).read.click()
    stage.settle()


SCENES = (
    *(Scene(entry.key, _at(entry.key)) for entry in PANES),
    Scene("places-none", _at("places"), Filled.EMPTY),
    Scene("places-taking-off", _taking_off),
    Scene("computer-checked", _checked),
    Scene("log-notice", _notice),
    Scene("search", _found),
    Scene("search-nothing", _nothing_found),
)
