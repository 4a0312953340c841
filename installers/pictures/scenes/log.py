"""The activity log: a line chosen, about one person, nothing found, and a chain that is broken."""

from __future__ import annotations

from desktop_crm.privacy.log_chain import Break, Fault
from desktop_crm.services.inspection import LogCheck
from desktop_crm.ui.screens.log import ActivityLog
from installers.pictures.scenes.welcome import of_kind
from installers.pictures.stage import Filled, Scene, Stage


def _log(stage: Stage) -> ActivityLog:
    stage.go("log")
    return of_kind(stage.shell.shown, ActivityLog)


def _person(stage: Stage) -> None:
    stage.go("log", person=stage.person("Maximilian"))


def _nothing(stage: Stage) -> None:
    _log(stage).filters.search.setText("nobody of this name")
    stage.settle()


def _broken(stage: Stage) -> None:
    screen = _log(stage)
    screen.chain.show_check(LogCheck(191, (Break(Fault.CHANGED, 180, 180),)), stage.clock.now())
    stage.settle()


SCENES = (
    Scene("lines", _log),
    Scene("person", _person),
    Scene("nothing", _nothing),
    Scene("broken", _broken),
    Scene("new", _log, Filled.EMPTY),
)
