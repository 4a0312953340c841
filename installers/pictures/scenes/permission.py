"""Who said yes or no: the table with one answer open, narrowed to nobody, and before anybody is in the file."""

from __future__ import annotations

from desktop_crm.services.permission_table import Filter
from installers.pictures.stage import Filled, Scene, Stage


def _table(stage: Stage) -> None:
    stage.go("permission", person=stage.person("Maximilian"))


def _plain(stage: Stage) -> None:
    stage.go("permission", filter=Filter.NOT_ASKED)


SCENES = (
    Scene("matrix", _table),
    Scene("not-asked", _plain),
    Scene("nobody", lambda stage: stage.go("permission"), Filled.EMPTY),
)
