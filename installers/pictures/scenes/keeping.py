"""Keeping times: the four tabs, choosing, keeping, the yes, and its end."""

from __future__ import annotations

from desktop_crm.ui.keeping.queue import QueuePane
from desktop_crm.ui.keeping.yes import YesSheet
from desktop_crm.ui.screens.keeping import Keeping
from desktop_crm.ui.widgets.sheet import Overlay
from installers.pictures.scenes.welcome import of_kind
from installers.pictures.stage import Filled, Scene, Stage


def _queue(stage: Stage) -> QueuePane:
    stage.go("keeping", tab="queue")
    return of_kind(stage.shell.shown, Keeping).queue


def _choose(stage: Stage, number: int = 3) -> QueuePane:
    queue = _queue(stage)
    assert queue.list is not None  # noqa: S101 - the example shop has entries that wait
    for row in queue.list.rows[:number]:
        if row.check is not None:
            row.check.setChecked(True)
    stage.settle()
    return queue


def _act(stage: Stage, key: str) -> None:
    _choose(stage).bar.acted.emit(key)
    stage.settle()


def _yes(stage: Stage) -> YesSheet:
    queue = _queue(stage)
    for row in queue.list.rows:  # type: ignore[union-attr]
        if row.check is not None:
            row.check.setChecked(True)
    queue.bar.acted.emit("erase")
    stage.settle()
    return of_kind(Overlay.top(stage.shell), YesSheet)


SCENES = (
    Scene("queue", _choose),
    Scene("keep", lambda stage: _act(stage, "keep")),
    Scene("hold", lambda stage: _act(stage, "hold")),
    Scene("yes", _yes),
    Scene("rules", lambda stage: stage.go("keeping", tab="rules")),
    Scene("runs", lambda stage: stage.go("keeping", tab="runs")),
    Scene("held", lambda stage: stage.go("keeping", tab="held")),
    Scene("queue-empty", lambda stage: stage.go("keeping", tab="queue"), Filled.EMPTY),
    Scene("held-empty", lambda stage: stage.go("keeping", tab="held"), Filled.EMPTY),
)
