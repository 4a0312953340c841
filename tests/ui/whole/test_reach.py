"""Every state of every screen: named, reached by the keyboard, easy to hit, in plain words, in German."""

from __future__ import annotations

from installers.pictures.stage import Dress, Scene
from tests.ui.whole.played import Player, every_scene, on_top
from tests.ui.whole.reaching import nameless, too_small, unreached
from tests.ui.whole.telling import trade_words

GERMAN = Dress("german", language="de")


@every_scene
def test_everything_is_named_reached_and_in_plain_words(player: Player, scene: Scene) -> None:
    with player.play(scene, GERMAN) as stage:
        top = on_top(stage)
        found = {
            "without a name": nameless(top),
            "too small": too_small(top),
            "word of our trade": trade_words(stage.window),
            "not reached": unreached(top),
        }
    assert {what: which for what, which in found.items() if which} == {}
