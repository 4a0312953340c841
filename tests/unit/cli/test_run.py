from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from desktop_crm.cli import looking
from desktop_crm.cli.papers import ground_of
from desktop_crm.cli.run import run
from desktop_crm.cli.terminal import MISTAKE
from desktop_crm.records.erasure import Ground
from desktop_crm.words import Exit, M, Problem
from tests.unit.cli.counter import Counter


def broken_by(error: BaseException) -> Callable[[object], NoReturn]:
    def act(_: object) -> NoReturn:
        raise error

    return act


def test_a_mistake_of_ours_tells_type_and_place_alone(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "where", broken_by(KeyError("Anna Zorbinsky")))
    code, out, err = counter("where")
    assert (code, out) == (MISTAKE, "")
    assert "KeyError in desktop_crm.cli.run" in err
    assert "Zorbinsky" not in err


@pytest.mark.parametrize(
    ("error", "code", "said"),
    [
        (
            Problem(M("Your role may not do this."), code=Exit.NOT_ALLOWED),
            Exit.NOT_ALLOWED,
            "Your role may not do this.",
        ),
        (PermissionError(13, "Permission denied: Zorbinsky"), MISTAKE, "PermissionError"),
        (KeyboardInterrupt(), Exit.REFUSED, "Stopped."),
    ],
)
def test_other_ends_have_their_code(
    counter: Counter, monkeypatch: pytest.MonkeyPatch, error: BaseException, code: int, said: str
) -> None:
    monkeypatch.setattr(looking, "where", broken_by(error))
    ended, _, err = counter("where")
    assert (ended, said in err, "Zorbinsky" in err) == (code, True, False)


def test_the_shop_s_language_is_spoken_unless_another_is_asked_for(begun: Counter) -> None:
    assert begun("find", "Zzz")[2] == "Nobody was found.\n"
    assert begun("find", "Zzz", "--lang", "de")[2] == "Es wurde niemand gefunden.\n"


def test_a_german_account_begins_a_german_shop(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_AT.UTF-8")
    counter.ask("init")
    monkeypatch.setenv("LC_ALL", "C")
    assert counter("find", "Zzz")[2] == "Es wurde niemand gefunden.\n"


def test_a_text_sheet_is_read_back(counter: Counter) -> None:
    counter.ask("init", "--recovery-file", "sheet.txt", "--lang", "de")
    text = Path("sheet.txt").read_text(encoding="utf-8")
    assert text.startswith("Notfallblatt")
    assert counter.ask("recover", "--code-file", "sheet.txt")["way_in"] == "passphrase"
    Path("sheet.pdf").write_bytes(b"%PDF-1.7")
    assert "text file" in counter("recover", "--code-file", "sheet.pdf")[2]
    assert counter("recover", "--code-file", "none.txt")[0] == Exit.REFUSED


def test_a_sheet_that_cannot_be_written_stops_before_anything_is_made(counter: Counter) -> None:
    assert counter("init", "--recovery-file", "nowhere/sheet.txt")[0] == Exit.REFUSED
    assert not Path("data").exists()


@pytest.mark.parametrize("words", [("--zone", "Mars/Olympus"), ("--country", "Germany")])
def test_a_wrong_place_is_a_wrong_line(counter: Counter, words: tuple[str, ...]) -> None:
    assert counter("init", *words)[0] == Exit.USAGE


def test_everything_about_a_person_is_shown(begun: Counter) -> None:
    begun.ask("add", "--name", "Bo", "--email", "bo@example.org", "--birthday", "1.5.", "--informed-how", "counter")
    begun.ask("note", "bo@example.org", "Mag", "keine", "Lilien", "--kind", "call")
    begun.ask("purchase", "bo@example.org", "--amount", "12,50", "--date", "2.11.2026")
    begun.ask("deliver", "bo@example.org", "--to", "Gerda", "--on", "1.12.2026")
    begun.ask("consent", "give", "bo@example.org", "--purpose", "newsletter", "--refused")
    shown = begun("show", "bo@example.org")[1]
    assert all(word in shown for word in ("1.5., year not known", "Mag keine Lilien", "€12.50", "Gerda", "said no"))
    data = begun.ask("show", "bo@example.org")
    assert (data["birthday"], data["purchases"][0]["amount_minor"]) == ("--05-01", 1250)
    assert begun("purchase", "bo@example.org", "--amount", "1.234,50")[0] == Exit.USAGE
    assert [one["kind"] for one in begun.ask("find", "Gerda")] == ["delivery_recipient"]


def test_for_somebody_too_young_the_parent_is_named(begun: Counter) -> None:
    begun.ask("add", "--name", "Mia", "--email", "mia@example.org", "--under-age")
    give = ("consent", "give", "mia@example.org", "--purpose", "newsletter")
    assert begun(*give)[0] == Exit.REFUSED
    assert begun(*give, "--guardian", "Ida", "--language", "xx")[0] == Exit.REFUSED
    begun.ask(*give, "--guardian", "Ida", "--witness", "Tom", "--language", "en", "--how", "phone")
    (one,) = begun.ask("consent", "list", "mia@example.org", "--purpose", "newsletter")
    (event,) = one["events"]
    assert (event["guardian"], event["witness"], event["language"]) == ("Ida", "Tom", "en")


def test_a_list_is_tried_brought_in_and_taken_back(begun: Counter) -> None:
    Path("list.csv").write_text("Name,Wohl,Lieblingsfarbe\nAnna,anna@example.org,rot\n", encoding="utf-8")
    order = ("import", "list.csv", "--source", "x", "--basis", "unsorted", "--map", "Wohl=email")
    assert begun.ask(*order, "--dry-run")["batch"] is None
    assert begun("find", "Anna")[0] == Exit.REFUSED
    batch = begun.ask(*order)["batch"]
    assert [one["name"] for one in begun.ask("find", "rot")] == ["Anna"]
    assert begun.ask("undo-import", batch)["removed"] == 1
    assert begun("undo-import", batch)[0] == Exit.REFUSED
    assert begun("undo-import", "Anna")[0] == Exit.USAGE


def test_keeping_times_are_shown_and_decided(begun: Counter) -> None:
    person = begun.ask("add", "--name", "Bo", "--email", "bo@example.org")["id"]
    due = begun.ask("retention", "preview", "--on", "2035-01-01")
    assert due[0]["person"] == person
    assert "Bo" in begun("retention", "preview", "--on", "2035-01-01")[1]
    assert begun.ask("retention", "run")["found"] == 0
    assert begun.ask("retention", "queue") == []
    assert begun("retention", "keep", person, "--reason", "Streit")[0] == Exit.REFUSED
    assert begun("retention", "hold", "Bo", "--reason", "Streit")[0] == Exit.USAGE


def test_an_erasure_needs_a_yes_a_reason_and_a_folder(begun: Counter) -> None:
    begun.ask("add", "--name", "Bo", "--email", "bo@example.org")
    assert begun("erase", "bo@example.org", "--yes")[0] == Exit.USAGE
    assert begun("erase", "bo@example.org", "--dry-run")[0] == Exit.DONE
    looked, out, _ = begun("erase", "bo@example.org", "--reason", "Umzug", "--out", "papers")
    assert (looked, "Umzug" in out) == (Exit.REFUSED, True)
    assert begun.ask("find", "Bo")
    done = begun.ask("erase", "bo@example.org", "--reason", "Widerspruch", "--out", "papers", "--yes")
    assert done["ground"] == "objects"
    assert begun("find", "Bo")[0] == Exit.REFUSED
    again = begun.ask("erasure-record", done["number"].lower(), "--out", "again")
    assert len(again["papers"]) == 2


def test_a_reason_in_any_language_is_a_ground() -> None:
    assert ground_of("Objection") is ground_of("widerspruch ") is ground_of("objects") is Ground.OBJECTS
    assert ground_of("sie zieht weg") is None


def test_the_log_is_shown_and_checked(begun: Counter) -> None:
    begun.ask("add", "--name", "Bo", "--email", "bo@example.org")
    assert [line["act"] for line in begun.ask("audit", "show", "--contact", "bo@example.org")] == ["add"]
    assert "Owner" in begun("audit", "show")[1]
    checked = begun.ask("audit", "verify")
    assert (checked["whole"], checked["broken_at"], checked["cut"], checked["places"]) == (True, None, False, [])
    acts = [line["act"] for line in begun.ask("audit", "show")]
    assert acts.count("sign_in") == 5, "each command opens the file, and is noted"
    assert begun("doctor")[0] == Exit.DONE
    assert {Path(one["path"]).name for one in begun.ask("where")["files"]} >= {"customers.db", "customers.keys"}


def test_help_and_version_need_no_customer_file(counter: Counter) -> None:
    assert "find" in counter("--help")[1]
    assert "--limit" in counter("find", "--help")[1]
    code, out, err = counter("consent")
    assert (code, out, "consent give" in err, "retention" in err) == (Exit.USAGE, "", True, False)
    assert run(["--version"]) == Exit.DONE
