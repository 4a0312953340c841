"""Safety copies at the counter: made, listed, checked, brought back; and what is typed when they are not right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_crm.words import Exit
from tests.unit.cli.counter import Counter


@pytest.fixture
def sheet(tmp_path: Path) -> Path:
    return tmp_path / "sheet.txt"


@pytest.fixture
def shop(counter: Counter, sheet: Path, tmp_path: Path) -> Counter:
    counter.ask("init", "--company", "Blumen Weber", "--country", "de", "--recovery-file", str(sheet))
    counter.ask("add", "--name", "Bo Bleibt", "--email", "bo@example.org")
    counter.ask("add", "--name", "Ed Geht", "--email", "ed@example.org")
    (tmp_path / "stick").mkdir()
    return counter


def made(shop: Counter) -> str:
    file: str = shop.ask("backup", "create", "--to", str(shop.folder / "stick"))["file"]
    return file


def test_from_making_to_bringing_back_beside(shop: Counter, tmp_path: Path) -> None:
    file = made(shop)
    assert shop.ask("backup", "verify", file)["counts"]["contact"] == 2
    erase = ("erase", "ed@example.org", "--reason", "withdrew", "--out", str(tmp_path / "out"), "--yes")
    shop.ask(*erase)
    (line,) = shop.ask("backup", "list")["copies"]
    assert (line["file"], line["check"], line["erased_since"]) == (file, "fine", 1)
    back = shop.ask("backup", "restore", file, "--into", str(tmp_path / "beside"))
    assert (back["contacts"], back["erased_again"], back["found"]) == (1, 1, 0)
    assert (tmp_path / "beside" / "customers.keys").exists()
    code, _, err = shop("backup", "restore", file, "--into", str(tmp_path / "beside"))
    assert code == Exit.REFUSED
    assert "already" in err


def test_in_place_the_earlier_one_is_kept(shop: Counter) -> None:
    file = made(shop)
    shop.ask("add", "--name", "Kam Danach", "--email", "k@example.org")
    code, shown, said = shop("backup", "restore", file, "--in-place", "--json")
    assert (code, json.loads(shown)["done"]) == (Exit.REFUSED, False)
    assert "--yes" in said
    assert [row["name"] for row in shop.ask("find", "Danach")] == ["Kam Danach"]
    assert shop.ask("backup", "restore", file, "--in-place", "--yes")["done"]
    assert shop("find", "Danach")[0] == Exit.REFUSED
    assert len(list((shop.folder / "data").glob("before-*"))) == 1
    assert shop.ask("audit", "verify")["whole"]
    assert shop.ask("doctor")


def test_file_and_sheet_set_up_another_computer(shop: Counter, sheet: Path, tmp_path: Path) -> None:
    file = made(shop)
    (tmp_path / "data").rename(tmp_path / "stolen")
    code, _, err = shop("backup", "restore", file, "--into", str(tmp_path / "data"))
    assert code == Exit.LOCKED
    assert "recovery sheet" in err
    back = shop.ask("backup", "restore", file, "--into", str(tmp_path / "data"), "--code-file", str(sheet))
    assert back["contacts"] == 2
    assert [row["name"] for row in shop.ask("find", "Bleibt")] == ["Bo Bleibt"]


def test_in_place_on_another_computer_nothing_is_said_of_an_earlier_one(
    shop: Counter, sheet: Path, tmp_path: Path
) -> None:
    file = made(shop)
    (tmp_path / "data").rename(tmp_path / "stolen")
    code, _, said = shop("backup", "restore", file, "--in-place", "--code-file", str(sheet))
    assert code == Exit.DONE
    assert "kept aside" not in said
    assert list((tmp_path / "data").glob("before-*")) == []
    assert [row["name"] for row in shop.ask("find", "Bleibt")] == ["Bo Bleibt"]
    assert "count" not in str(shop.ask("audit", "show"))


@pytest.mark.parametrize("size", [0, 100, 5000])
def test_damaged_or_foreign_copies_are_exit_5_and_a_plain_sentence(shop: Counter, tmp_path: Path, size: int) -> None:
    whole = Path(made(shop)).read_bytes()
    hurt = tmp_path / "hurt.crmcopy"
    hurt.write_bytes(whole[:size])
    for words in (("verify", str(hurt)), ("restore", str(hurt), "--into", str(tmp_path / "x"))):
        code, _, err = shop("backup", *words)
        assert code == Exit.DAMAGED
        assert "safety copy" in err
        assert "Nothing was changed." in err
    hurt.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    assert shop("backup", "verify", str(hurt))[0] == Exit.DAMAGED
    assert not (tmp_path / "x" / "customers.db").exists()


def test_one_person_is_shown_first_and_comes_back_after_a_yes(shop: Counter) -> None:
    file = made(shop)
    code, out, _ = shop("backup", "person", file, "Bleibt", "--json")
    assert code == Exit.REFUSED
    assert '"done": false' in out
    assert shop("backup", "person", file, "Bleibt", "--yes")[0] == Exit.DONE
    assert shop("backup", "person", file, "Niemand")[0] == Exit.REFUSED


def test_expiring_asks_for_a_yes(shop: Counter) -> None:
    file = made(shop)
    (line,) = shop.ask("backup", "list")["copies"]
    assert shop("backup", "expire", line["copy"])[0] == Exit.REFUSED
    assert Path(file).exists()
    shop.ask("backup", "expire", line["copy"], "--yes")
    assert not Path(file).exists()
    assert shop.ask("backup", "list")["copies"] == []


def test_where_to_has_to_be_said_once(shop: Counter) -> None:
    assert shop("backup", "create")[0] == Exit.USAGE
    shop.ask("backup", "create", "--to", str(shop.folder / "stick"), "--every-day")
    shop.ask("backup", "create")
    # Of two on one day the newer stays.
    (line,) = shop.ask("backup", "list")["copies"]
    assert Path(line["file"]).exists()
    assert shop("backup", "restore", "x.crmcopy")[0] == Exit.USAGE
