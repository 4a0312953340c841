"""What a command says when something is wrong: never a mistake of ours, never nothing, never what is not so."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.cli import looking
from desktop_crm.cli.commands import COMMANDS, WINDOW
from desktop_crm.cli.grammar import Command
from desktop_crm.cli.terminal import MISTAKE
from desktop_crm.words import Exit
from tests.unit.cli.counter import Counter


def needs_nothing(command: Command) -> bool:
    return not command.arguments and not any(option.required for option in command.options)


def hurt(database: Path, at: int = 300_000) -> None:
    """One byte in the middle of the file is another one; it opens all the same."""
    with database.open("r+b") as data:
        data.seek(at)
        (byte,) = data.read(1)
        data.seek(at)
        data.write(bytes([byte ^ 1]))


@pytest.fixture
def shop(begun: Counter) -> Counter:
    begun.ask("add", "--name", "Bo Bleibt", "--email", "bo@example.org")
    (begun.folder / "stick").mkdir()
    return begun


def refused(shop: Counter, *words: str) -> dict[str, Any]:
    code, out, err = shop(*words, "--json")
    told: dict[str, Any] = json.loads(out)
    assert (told["exit"], bool(err)) == (code, True)
    return told


@pytest.mark.parametrize("also", [(), ("--json",)])
def test_no_command_that_can_stand_alone_ends_in_a_mistake_of_ours(shop: Counter, also: tuple[str, ...]) -> None:
    alone = [one for one in COMMANDS if needs_nothing(one) and one is not WINDOW]
    assert {"audit keep", "doctor", "where"} <= {one.name for one in alone}
    ended = {one.name: shop(*one.name.split(), *also)[0] for one in alone}
    assert {name for name, code in ended.items() if code == MISTAKE} == set()


def test_more_than_there_can_be_is_all_there_is(shop: Counter) -> None:
    assert [row["name"] for row in shop.ask("find", "Bleibt", "--limit", "9" * 25)] == ["Bo Bleibt"]
    assert len(shop.ask("audit", "show", "--limit", "9" * 25)) > 2


def test_how_long_the_log_is_kept_is_chosen_and_told(shop: Counter) -> None:
    assert shop.ask("audit", "keep", "--months", "6")["months"] == 6
    kept = shop.ask("audit", "keep")
    assert (kept["months"], kept["due"], kept["lines"] > 2) == (6, 0, True)


def test_over_a_damaged_file_a_copy_is_brought_back_with_the_password(shop: Counter) -> None:
    file = shop.ask("backup", "create", "--to", str(shop.folder / "stick"))["file"]
    database = shop.folder / "data" / "customers.db"
    os.truncate(database, 100_000)
    assert shop("find", "Bleibt")[0] == Exit.DAMAGED
    assert shop.ask("backup", "restore", file, "--in-place", "--yes")["contacts"] == 1
    assert [row["name"] for row in shop.ask("find", "Bleibt")] == ["Bo Bleibt"]


@pytest.mark.parametrize("words", [("backup", "create", "--to", "stick"), ("rotate-key",)])
def test_of_a_damaged_file_no_copy_is_made_and_the_file_is_named(shop: Counter, words: tuple[str, ...]) -> None:
    hurt(shop.folder / "data" / "customers.db")
    code, _, err = shop(*words)
    assert code == Exit.DAMAGED
    assert err.startswith("The customer file is damaged: 1 of ")
    assert "Nothing was changed or deleted." in err
    assert list((shop.folder / "stick").iterdir()) == []
    assert shop("find", "Bleibt")[0] == Exit.DONE


def test_the_check_does_not_say_that_what_is_damaged_is_not(shop: Counter) -> None:
    hurt(shop.folder / "data" / "customers.db")
    code, out, _ = shop("doctor", "--json")
    found = {one["key"]: one for one in json.loads(out)}
    assert code == Exit.DAMAGED
    assert (found["pages"]["what"], found["pages"]["values"]) == ("Customer file: 1 page is damaged", {"n": 1})
    assert found["structure"]["what"] == "Customer file: rows and indexes contradict each other"


def test_numbers_and_days_of_the_check_are_told_to_machines(shop: Counter) -> None:
    shop.ask("retention", "run")
    found = {one["key"]: one["values"] for one in shop.ask("doctor")}
    assert found["room"]["n"] > 0
    assert found["keeping-times"]["at"].endswith("Z")


def test_a_refusal_is_one_document_for_machines(shop: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    nobody = refused(shop, "show", "zzz@example.org")
    assert (nobody["problem"], "zzz" in nobody["name"]) == ("refused", False)
    assert refused(shop, "find")["problem"] == "usage"
    assert refused(shop, "no-such-command")["problem"] == "usage"
    (shop.folder / "data" / "customers.db").unlink()
    gone = refused(shop, "find", "Bo", "--lang", "de")
    assert (gone["problem"], gone["todo"] is not None) == ("damaged", True)
    assert gone["what"] != refused(shop, "find", "Bo", "--lang", "en")["what"]
    assert gone["name"] == refused(shop, "find", "Bo", "--lang", "en")["name"]

    def broken(_: object) -> None:
        raise KeyError("Anna Zorbinsky")

    monkeypatch.setattr(looking, "where", broken)
    assert refused(shop, "where")["problem"] == "mistake"


def test_the_log_is_saved_into_a_file_of_its_own(shop: Counter) -> None:
    shop.ask("audit", "export", "--out", "log.csv")
    before = Path("log.csv").read_bytes()
    code, _, err = shop("audit", "export", "--out", "log.csv")
    assert (code, "already" in err, Path("log.csv").read_bytes() == before) == (Exit.REFUSED, True, True)
    assert shop("audit", "export", "--out", "log.txt")[0] == Exit.USAGE
    assert not Path("log.txt").exists()


def test_what_was_kept_aside_is_among_the_files(shop: Counter) -> None:
    file = shop.ask("backup", "create", "--to", str(shop.folder / "stick"))["file"]
    shop.ask("backup", "restore", file, "--in-place", "--yes")
    (aside,) = [one for one in shop.ask("where")["files"] if Path(one["path"]).name.startswith("before-")]
    assert aside["size"] > (shop.folder / "data" / "customers.db").stat().st_size / 2
    assert aside["encrypted"]
