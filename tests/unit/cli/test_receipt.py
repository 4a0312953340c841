"""The command `receipt`."""

from __future__ import annotations

from pathlib import Path

from desktop_crm.words import Exit
from tests.unit.cli.counter import Counter


def test_a_receipt_is_written_under_its_number(begun: Counter) -> None:
    begun.ask("add", "--name", "Max Eins", "--email", "max@example.com")
    code, _, err = begun("receipt", "max@example.com", "--out", "papers")
    assert code == Exit.REFUSED
    assert "no receipt" in err
    begun.ask("consent", "give", "max@example.com", "--purpose", "newsletter")
    told = begun.ask("receipt", "max@example.com", "--out", "papers")
    names = {Path(paper["path"]).name for paper in told["papers"]}
    assert names == {f"receipt-{told['number']}.{ending}" for ending in ("pdf", "json", "jsonld")}
    assert begun.ask("receipt", "max@example.com", "--out", "again", "--number", told["number"])["answers"] == 1
