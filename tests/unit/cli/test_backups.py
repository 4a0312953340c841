"""Safety copies at the counter: made, listed, checked, brought back; and what is typed when they are not right."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from desktop_crm.host.clock import SystemClock
from desktop_crm.services import contacts, settings, setup
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import Exit
from tests.unit.cli import counter as counter_module
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
    assert (line["file"], line["check"], line["erased_since"]) == (file, "fine", 0), "it was written anew by itself"
    back = shop.ask("backup", "restore", file, "--into", str(tmp_path / "beside"))
    assert (back["contacts"], back["erased_again"], back["found"]) == (1, 0, 0)
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
    assert not [row for row in shop.ask("audit", "show") if "count" in row["fields"]]


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
    code, out, said = shop("backup", "person", file, "Bleibt", "--json")
    assert (code, json.loads(out)["done"]) == (Exit.DONE, False), "there is nothing to bring back, and it says so"
    assert "Nothing of theirs is missing" in said
    office = setup.open_office(
        VaultFolder(shop.folder / "data"), clock=SystemClock(), keystore=None, passphrase=counter_module.PASSWORD
    )
    contacts.change(office, contacts.who_is(office, "bo@example.org"), {"name": "Bo Bliebe"})
    office.close()
    assert "--also-changed" in shop("backup", "person", file, "Bleibt", "--yes")[2]
    code, out, _ = shop("backup", "person", file, "Bleibt", "--also-changed", "--json")
    assert (code, json.loads(out)["done"]) == (Exit.REFUSED, False)
    (entry,) = json.loads(out)["entries"]
    assert entry["here"]
    assert shop("backup", "person", file, "Bleibt", "--entry", "x")[0] == Exit.USAGE
    back = ("backup", "person", file, "Bleibt", "--entry", entry["id"], "--json")
    assert json.loads(shop(*back)[1])["done"] is False
    assert json.loads(shop(*back, "--yes")[1])["done"]
    assert json.loads(shop("backup", "person", file, "Bleibt", "--also-changed", "--json")[1])["other"] == 0
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


def test_a_new_sheet_opens_the_copies_and_a_file_of_the_sheet_counts_as_kept(shop: Counter, tmp_path: Path) -> None:
    file, new = made(shop), tmp_path / "new.txt"
    shop.ask("recovery-sheet", "--out", str(new), "--anybody-who-finds-it")
    assert shop.ask("backup", "verify", file, "--code-file", str(new))["whole"]
    code, _, err = shop("backup", "verify", file, "--code-file", str(tmp_path / "sheet.txt"))
    assert code == Exit.LOCKED
    assert "does not open this safety copy" in err
    lines = shop.ask("audit", "show")
    assert "confirm_sheet" in {line["act"] for line in lines}, "the sheet of the first day was kept, too"


def test_a_sheet_in_a_file_is_not_asked_for_again(counter: Counter, tmp_path: Path) -> None:
    code, _, said = counter("init", "--country", "de", "--recovery-file", str(tmp_path / "sheet.txt"))
    assert code == Exit.DONE
    assert "can open everything" in said
    office = setup.open_office(
        VaultFolder(tmp_path / "data"), clock=SystemClock(), keystore=None, passphrase=counter_module.PASSWORD
    )
    assert settings.get(office, settings.SHEET_CHECKED_ON) == office.today()
    office.close()


def test_of_another_shop_nothing_is_replaced_unasked(shop: Counter, sheet: Path, tmp_path: Path) -> None:
    file = made(shop)
    (tmp_path / "data").rename(tmp_path / "of-weber")
    shop.ask("init", "--company", "Andere GmbH", "--country", "de")
    restore = ("backup", "restore", file, "--in-place", "--yes", "--code-file", str(sheet))
    code, _, err = shop(*restore)
    assert code == Exit.DAMAGED
    assert "Blumen Weber" in err
    assert "--replace-other-shop" in err
    assert shop(*restore, "--replace-other-shop", "Andere GmbH")[0] == Exit.DAMAGED
    code, _, err = shop("backup", "person", file, "Bleibt", "--yes", "--code-file", str(sheet))
    assert code == Exit.DAMAGED
    assert shop.ask("shop")["name"] == "Andere GmbH"
    assert shop("find", "Bleibt")[0] == Exit.REFUSED
    shop.ask(*restore, "--replace-other-shop", "Blumen Weber")
    assert shop.ask("shop")["name"] == "Blumen Weber"
    assert "miss_count" not in {line["act"] for line in shop.ask("audit", "show")}


def test_with_the_sheet_the_password_that_is_given_opens_what_comes_back(
    shop: Counter, sheet: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, beside = made(shop), tmp_path / "beside"
    monkeypatch.setattr(counter_module, "PASSWORD", "short")
    restore = ("backup", "restore", file, "--into", str(beside), "--code-file", str(sheet))
    assert shop(*restore)[0] != Exit.DONE
    assert not (beside / "customers.db").exists()
    monkeypatch.setattr(counter_module, "PASSWORD", "noch vier andere Worte")
    assert "password that was given" in shop(*restore)[2]
    setup.open_office(
        VaultFolder(beside), clock=SystemClock(), keystore=None, passphrase="noch vier andere Worte"
    ).close()
    monkeypatch.undo()
    assert "failed_sign_ins" not in {line["act"] for line in shop.ask("audit", "show")}


def test_only_an_empty_folder_and_only_one_place(shop: Counter, tmp_path: Path) -> None:
    file, full = made(shop), tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("Dear all")
    code, _, err = shop("backup", "restore", file, "--into", str(full))
    assert code == Exit.REFUSED
    assert "is not empty" in err
    code, _, err = shop("backup", "restore", file, "--into", str(tmp_path / "x"), "--in-place")
    assert code == Exit.USAGE
    assert "Only one of both" in err


def test_a_folder_that_is_not_there_is_no_full_disk(shop: Counter, tmp_path: Path) -> None:
    code, _, err = shop("recovery-sheet", "--out", str(tmp_path / "nodir" / "x.txt"), "--anybody-who-finds-it")
    assert code == Exit.REFUSED
    assert "is not there" in err
    assert "disk" not in err


def test_the_log_tells_failed_attempts_from_openings(shop: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(counter_module, "PASSWORD", "dies ist ganz falsch")
    assert shop("find", "Bleibt")[0] == Exit.LOCKED
    monkeypatch.undo()
    _, shown, _ = shop("audit", "show")
    assert "tried to open the customer file and could not" in shown
    assert "opened the customer file with the password" in shown
    assert "checked the recovery sheet" in shown
