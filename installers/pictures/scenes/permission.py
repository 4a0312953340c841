"""Who said yes or no: the table with one answer open, narrowed to nobody, and before anybody is in the file."""

from __future__ import annotations

from desktop_crm.services.permission_table import Filter
from desktop_crm.ui.screens.permission import AGAIN, MONTHS, Permission
from installers.pictures.scenes.welcome import of_kind
from installers.pictures.stage import Filled, Scene, Stage


def _table(stage: Stage) -> None:
    stage.go("permission", person=stage.person("Maximilian"))


def _plain(stage: Stage) -> None:
    stage.go("permission", filter=Filter.NOT_ASKED)


def _one_purpose(stage: Stage) -> None:
    stage.go("permission", filter=Filter.SAID_YES)
    _screen(stage).narrow(Filter.SAID_YES, "newsletter")


def _again(stage: Stage) -> None:
    stage.go("permission", tab=AGAIN)


def _asked(stage: Stage) -> None:
    _again(stage)
    stage.settle()
    pane = _screen(stage).again
    for row, _ in pane.rows[:3]:
        if row.check is not None:
            row.check.click()
    pane.bar.acted.emit("asked")


def _screen(stage: Stage) -> Permission:
    return of_kind(stage.shell.shown, Permission)


SCENES = (
    Scene("matrix", _table),
    Scene("one-purpose", _one_purpose),
    Scene("again", _again),
    Scene("again-asked", _asked),
    Scene("months", lambda stage: stage.go("permission", tab=MONTHS)),
    Scene("not-asked", _plain),
    Scene("nobody", lambda stage: stage.go("permission"), Filled.EMPTY),
)
