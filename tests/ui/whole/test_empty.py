"""Every screen opens on an empty customer file, in English and in German, in plain words and with room for all."""

from __future__ import annotations

import pytest

from desktop_crm.ui.screens.entries import SCREENS
from installers.pictures.stage import Dress, Filled, Scene
from tests.ui.whole.played import Player, on_top
from tests.ui.whole.reaching import nameless, unreached
from tests.ui.whole.telling import trade_words


@pytest.mark.parametrize("key", [entry.key for entry in SCREENS])
@pytest.mark.parametrize("language", ["en", "de"])
def test_every_screen_opens_empty(player: Player, key: str, language: str) -> None:
    scene = Scene(key, lambda stage: stage.go(key), Filled.EMPTY)
    with player.play(scene, Dress(language, language=language)) as stage:
        assert stage.shell.current == key
        assert (nameless(stage.window), trade_words(stage.window), unreached(on_top(stage))) == ([], [], [])
