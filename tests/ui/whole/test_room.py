"""Every sentence two fifths longer: no text is cut, in the usual window and in the smallest; none in an empty file."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QWidget

from installers.pictures.stage import NARROW, Dress, Scene, Stage
from tests.ui.whole.played import Player, every_scene, on_top
from tests.ui.whole.room import Cuts, cut_hints, cut_labels, scrolling_sideways, sticking_out

STRETCHED = Dress("stretched", stretched=True)


@every_scene
def test_no_text_is_cut_when_stretched(player: Player, scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    with player.play(scene, STRETCHED) as stage:
        usual = _tight(stage, monkeypatch)
        stage.window.setMinimumSize(*NARROW)  # as the program's own window, which then is smaller than its page wants
        stage.window.resize(*NARROW)
        narrow = _tight(stage, monkeypatch)
        size = stage.window.size().toTuple()
    assert (usual, narrow, size) == ([], [], NARROW)


def _tight(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    with Cuts().watched(monkeypatch) as cuts:
        stage.settle()
        stage.window.grab()
        stage.settle()
        stage.window.grab()
    top: QWidget = on_top(stage)
    return [
        *cuts.told(),
        *(f"needs more room: {one}" for one in cut_labels(top)),
        *(f"its example is cut: {one}" for one in cut_hints(top)),
        *(f"sticks out: {one}" for one in sticking_out(top)),
        *(f"scrolls sideways: {one}" for one in scrolling_sideways(top)),
    ]
