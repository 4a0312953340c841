"""The measurements run, small, and give every figure with its reference; the people they make up are like real ones."""

from __future__ import annotations

import json
import math
from collections import Counter
from pathlib import Path

import pytest

from desktop_crm.intake.checking import normal_email, phone_e164
from installers.bench import table
from installers.bench.__main__ import BENCHES, main
from installers.bench.measure import Figure, rounds, share
from installers.bench.people import Crowd

EXPECTED = {
    *("import", "import-light", "start", "start-python", "open", "report", "due", "queue", "words"),
    *("query-p50", "query-p95", "find-p50", "find-p95", "page", "page-bare", "memory-import", "memory-find"),
    *("unlock-key", "unlock-password", "relock", "apart-add", "apart-open"),
    *("erase", "erase-proof", "one-insert", "one-find", "one-export", "one-export-paper"),
    *("one-erase", "one-erase-paper", "one-bulk", "backup", "backup-check", "backup-restore", "gate"),
    *("window-painted", "window-usable", "window-rows", "window-search", "window-key", "window-still-scrolling"),
    *("window-still-searching", "window-still-report", "window-still-import"),
    *("overview", "overview-figures", "ask-again", "by-month"),
}


def test_every_figure_comes_with_a_ratio_and_nothing_stays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["--quick", "--sizes", "200", "--runs", "1", "--events", "50", "--json", "--dir", str(tmp_path)]
    assert main(asked) == 0
    told = json.loads(capsys.readouterr().out)
    figures = {figure["name"]: figure for figure in told["figures"]}
    assert set(figures) == EXPECTED
    assert all(figure["value"] > 0 and figure["reference"] > 0 for figure in figures.values())
    assert all(math.isclose(f["ratio"], f["value"] / f["reference"]) for f in figures.values())
    assert {name for name, figure in figures.items() if figure["met"] is not None} == {
        *("import", "query-p50", "query-p95", "page", "report", "window-painted", "window-usable", "window-key"),
        *("window-still-scrolling", "window-still-searching", "window-still-report", "window-still-import"),
        *("unlock-key", "unlock-password", "gate", "overview"),
    }
    assert list(tmp_path.iterdir()) == []


def test_one_measurement_alone_prints_lines_and_growth(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--quick", "--sizes", "100,200", "--only", "page", "--runs", "1", "--dir", str(tmp_path)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == table.HEAD
    assert len([line for line in lines if "against:" in line and "page at row" in line]) >= 4
    assert any(line.startswith("page ") and "100 → 200" in line for line in lines)


@pytest.mark.parametrize("asked", [["--sizes", "99"], ["--sizes", "many"], ["--only", "weather"]])
def test_what_cannot_be_measured_is_refused(asked: list[str]) -> None:
    with pytest.raises(SystemExit) as refused:
        main(asked)
    assert refused.value.code == 2


def test_all_measurements_have_names() -> None:
    assert list(BENCHES)[-3:] == ["erasure", "permission", "gate"]


def test_made_up_people_are_skewed_valid_and_the_same_for_the_same_seed() -> None:
    people = list(Crowd(7).take(5000))
    assert people == list(Crowd(7).take(5000))
    assert people != list(Crowd(8).take(5000))
    families = Counter(person.family for person in people)
    assert 0.005 < families.most_common(1)[0][1] / len(people) < 0.05
    assert len(families) > 1000
    assert all(normal_email(person.email) for person in people if person.email)
    assert all(phone_e164(person.phone, "DE") for person in people if person.phone)
    assert all(person.email or person.phone for person in people)
    assert len({person.email for person in people if person.email}) == sum(1 for p in people if p.email)


def test_rounds_alternate_so_that_both_meet_the_same_load() -> None:
    order: list[str] = []
    taken = rounds(3, lambda: order.append("a"), lambda: order.append("b"))
    assert order == ["a", "b", "b", "a", "a", "b"]
    assert [len(times) for times in taken] == [3, 3]


def test_share_is_the_value_not_exceeded_by_that_part() -> None:
    values = [float(number) for number in range(100)]
    assert share(values, 0.5) == 50
    assert share(values, 0.95) == 95
    assert share([3.0], 0.95) == 3


@pytest.mark.parametrize(
    ("value", "goal", "limit", "met"),
    [(15.0, 1.5, None, True), (15.1, 1.5, None, False), (20.0, None, 20.0, True), (9.0, 0.8, 20.0, False)],
)
def test_a_goal_is_met_or_missed(value: float, goal: float | None, limit: float | None, met: bool) -> None:
    figure = Figure("x", "x", 100, value, "ms", 10.0, "y", goal=goal, limit=limit)
    assert figure.met is met
    assert ("MISSED" in table.line(figure)) is not met
    assert (len(table.missed([figure])) == 1) is not met
