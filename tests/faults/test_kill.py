"""Kills the program without warning in the middle of its work, again and again, and looks at what is left."""

from __future__ import annotations

from pathlib import Path

import pytest

from installers import kills
from tests.faults import proofs
from tests.faults.conftest import times
from tests.faults.killing import IN_TIME, Killer, can_follow
from tests.faults.nursery import Nursery, Said
from tests.faults.proofs import PROOFS

KILLS = times(8, 100)


@pytest.mark.parametrize("act", PROOFS)
def test_nothing_told_is_lost_and_nothing_needs_repair(nursery: Nursery, tmp_path: Path, act: str) -> None:
    tally = Killer(nursery, act, tmp_path, f"20261121 {act}", strict=True).times(KILLS)
    assert (tally.kills, tally.opened) == (KILLS, KILLS)
    # Eight kills may by chance all fall between two acts; a hundred do not.
    assert tally.middle >= KILLS // 20
    assert not can_follow() or KILLS - tally.at[IN_TIME] >= KILLS // 4


class Boasting(proofs.Editing):
    """Hears, at the last of its looks, of one commit that never was."""

    looks = 0

    def look(self, root: Path, said: Said) -> None:
        type(self).looks += 1
        boast = {"did": "add", "who": "nobody", "name": "nobody"}
        super().look(root, [*said, boast] if self.looks == 3 else said)


def test_what_is_lost_is_told_with_the_seed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    run = ["--only", "edit", "--times", "3", "--seed", "7", "--dir", str(tmp_path)]
    assert kills.main(run) == 0
    assert "all of them kept" in capsys.readouterr().out

    monkeypatch.setitem(PROOFS, "edit", Boasting)
    assert kills.main(run) == 1
    told = capsys.readouterr().out
    assert "LOST" in told
    assert "FAILED after 1 of 3 kills; --seed 7" in told
