"""The gate, lists, objections, locks, wishes and copies to mend, at the counter."""

from __future__ import annotations

from pathlib import Path

import pytest

from desktop_crm.words import Exit
from tests.unit.cli.counter import Counter

EVA = "eva@muster.example"
NEWS = ("--purpose", "newsletter", "--channel", "email")


@pytest.fixture
def shop(begun: Counter) -> Counter:
    begun.ask("add", "--name", "Eva Muster", "--email", EVA, "--phone", "0341 5550123")
    begun.ask("add", "--name", "Jan Nowak", "--email", "jan@muster.example")
    begun.ask("consent", "give", EVA, "--purpose", "newsletter")
    return begun


def reasons(shop: Counter) -> dict[str, list[str]]:
    """The first names of each reason."""
    found = shop.ask("gate", *NEWS)
    return {one["reason"]: [who["name"] for who in one["first"]] for one in found["left_out"]}


def test_the_gate_tells_who_may_be_used_and_who_not(shop: Counter) -> None:
    assert shop.ask("gate", *NEWS)["people"] == 1
    assert reasons(shop) == {"not-asked": ["Jan Nowak"]}
    _, shown, _ = shop("gate", *NEWS)
    assert "not asked yet" in shown
    code, _, said = shop("gate", "--purpose", "nothing", "--channel", "email")
    assert code == Exit.REFUSED
    assert "newsletter" in said


def test_each_lock_counts_at_once_and_is_lifted(shop: Counter) -> None:
    shop.ask("object", EVA, "--to", "advertising")
    assert reasons(shop)["objected"] == ["Eva Muster"]
    (objection,) = shop.ask("object", "list", EVA)["objections"]
    shop.ask("object", "back", objection["id"])
    shop.ask("restrict", EVA, "--reason", "disputed address", "--ground", "disputed")
    assert reasons(shop)["restricted"] == ["Eva Muster"]
    shop.ask("restrict", "lift", EVA)
    wish = shop.ask("wish", "add", EVA, "--channel", "email", "--value", EVA)["id"]
    assert reasons(shop)["wish"] == ["Eva Muster"]
    shop.ask("wish", "drop", wish)
    assert reasons(shop) == {"not-asked": ["Jan Nowak"]}
    code, _, _ = shop("object", EVA, "--to", "orders")
    assert code == Exit.REFUSED
    code, _, _ = shop("object", "weigh", objection["id"], "--outcome", "upheld", "--reason", "stimmt")
    assert code == Exit.REFUSED


def test_a_list_leaves_out_who_may_not_be_on_it_and_is_mended_later(shop: Counter, tmp_path: Path) -> None:
    out = tmp_path / "lists"
    made = shop.ask("list", "make", *NEWS, "--form", "csv", "--out", str(out))
    assert (made["people"], [one["reason"] for one in made["left_out"]]) == (1, ["not-asked"])
    assert [path.name for path in out.iterdir()] == [f"{made['number']}.csv"]
    assert not shop.ask("mending", "list")
    shop.ask("consent", "withdraw", EVA, "--purpose", "newsletter")
    (one,) = shop.ask("mending", "list")
    assert (one["cause"], one["list"]) == ("withdrawn", made["number"])
    assert shop.ask("mending", "done", one["id"]) == {"mended": 1}
    assert not shop.ask("mending", "list")
    code, _, said = shop("list", "make", *NEWS, "--form", "csv", "--out", str(out))
    assert code == Exit.REFUSED
    assert "1 × took the yes back" in said
