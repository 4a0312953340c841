"""Forms, lists and notices from the command line."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from desktop_crm.cli import run as running
from desktop_crm.host.clock import FixedClock
from desktop_crm.words import Exit
from tests.unit.cli.counter import Counter

TODAY = "2026-11-21"


@pytest.fixture(autouse=True)
def _clock(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = FixedClock(datetime(2026, 11, 21, 9, tzinfo=UTC))
    monkeypatch.setattr(running, "SystemClock", lambda: clock)


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-1.4 scan %%EOF")
    return path


def test_a_form_is_printed_and_filed(begun: Counter, scan: Path) -> None:
    begun.ask("add", "--name", "Eva Muster", "--email", "eva@muster.example")
    made = begun.ask("consent", "form", "eva@muster.example", "--purpose", "newsletter", "--out", "papers")
    assert Path(made["path"]).read_bytes().startswith(b"%PDF")
    today = begun.ask("consent", "list", "eva@muster.example")
    assert {one["state"] for one in today} == {None}
    filed = ("consent", "file", made["code"], "--scan", str(scan), "--on", TODAY, "--yes", "newsletter")
    assert len(begun.ask(*filed)["lines"]) == 1
    stands = {one["purpose"]: one["state"] for one in begun.ask("consent", "list", "eva@muster.example")}
    assert stands["newsletter"] == "given"
    assert begun(*filed)[0] == Exit.REFUSED
    assert begun("consent", "file", "AAAA-AAA", "--scan", str(scan), "--on", TODAY)[0] == Exit.REFUSED


def test_a_list_is_tried_and_entered(begun: Counter, scan: Path, tmp_path: Path) -> None:
    rows = tmp_path / "list.csv"
    rows.write_text("Eva Muster;eva@muster.example\nAli;ali@x.example\n", encoding="utf-8")
    words: tuple[str, ...] = ("consent", "sheet", "--purpose", "newsletter", "--file", str(rows), "--on", TODAY)
    words += ("--scan", str(scan), "--occasion", "Markt")
    assert [one["what"] for one in begun.ask(*words, "--dry-run")] == ["new", "new"]
    assert begun.ask("informed", "list") == []
    begun.ask(*words)
    assert len(begun.ask("informed", "list")) == 2
    assert begun.ask("consent", "list", "ali@x.example")


def test_people_are_told_and_letters_printed(begun: Counter) -> None:
    for name in ("eva", "ali"):
        begun.ask("add", "--name", name, "--email", f"{name}@x.example", "--address", "Weg 1")
    begun.ask("informed", "tell", "eva@x.example", "--how", "counter")
    assert begun.ask("notice", "print", "--not-told", "--out", "papers")["letters"] == 1
    assert begun.ask("informed", "list") == []
    assert begun.ask("notice", "print", "--out", "papers")["letters"] == 0
    assert begun("notice", "print", "--not-told", "--out", "papers")[0] == Exit.REFUSED


def test_a_slip_on_the_line_files_nothing(begun: Counter, scan: Path) -> None:
    for name in ("eva", "jan"):
        begun.ask("add", "--name", name, "--email", f"{name}@muster.example")
    made = begun.ask("consent", "form", "eva@muster.example", "--purpose", "newsletter", "--out", "papers")
    filed = ("consent", "file", made["code"], "--scan", str(scan), "--on", TODAY, "--yes", "newsletter")
    assert begun(*filed, "--no", "newsletter")[0] == Exit.USAGE
    assert begun(*filed, "--contact", "jan@muster.example")[0] == Exit.REFUSED
    assert len(begun.ask(*filed, "--contact", "eva@muster.example")["lines"]) == 1
