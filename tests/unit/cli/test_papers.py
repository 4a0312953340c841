from pathlib import Path

import pytest

from desktop_crm.services import erasing
from desktop_crm.services.proof import Searched
from desktop_crm.words import Exit
from tests.unit.cli.counter import Counter


def test_traces_that_are_left_are_told_and_end_in_another_code(begun: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    begun.ask("add", "--name", "Max Eins", "--email", "max@example.com")
    traces = Searched(pages=9, details=3, shared=0, found=1, pending=False)
    monkeypatch.setattr(erasing, "_searched", lambda *_: traces)
    code, _, err = begun("erase", "max@example.com", "--reason", "withdrew", "--out", "papers", "--yes")
    assert code == Exit.REFUSED
    assert "found traces" in err
    assert "Hand out the letter" not in err


def test_data_to_take_along_is_written_under_a_number(begun: Counter) -> None:
    begun.ask("add", "--name", "Max Eins", "--email", "max@example.com")
    told = begun.ask("take-along", "max@example.com", "--out", "papers")
    assert (told["number"], told["details"]) == ("R-2026-001", 2)
    names = {Path(paper["path"]).name for paper in told["papers"]}
    assert names == {f"take-along-R-2026-001.{ending}" for ending in ("json", "csv", "vcf")}
