"""The people who work here, from the command line."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.cli import call, staff
from desktop_crm.cli.run import run
from desktop_crm.services import staff_rules
from desktop_crm.vault import codes
from desktop_crm.words import Exit
from tests.memory_keystore import MemoryKeyStore

ANNA, TOM = "vier lose Worte Kaktus", "sieben grüne Türen außen"
SECRET = bytes(range(20))


class Till:
    """The command line in this process, with a key store in memory; each run gets its lines on the input."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self.store = MemoryKeyStore()
        self._monkeypatch = monkeypatch
        self._capsys = capsys

    def __call__(self, *words: str, lines: Iterable[str] = ()) -> tuple[int, str, str]:
        typed = "".join(f"{line}\n" for line in lines).encode()
        self._monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(typed)))
        code = run([*words, "--data-dir", str(self.folder / "data")])
        captured = self._capsys.readouterr()
        return code, captured.out, captured.err

    def ask(self, *words: str, lines: Iterable[str] = ()) -> Any:
        code, out, err = self(*words, "--json", lines=lines)
        assert code == Exit.DONE, err
        return json.loads(out)

    def anna(self, *words: str, lines: Iterable[str] = ()) -> Any:
        return self.ask(*words, "--as", "Änne Ödegård", "--password-stdin", lines=(ANNA, *lines))


@pytest.fixture
def till(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Till:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.chdir(tmp_path)
    made = Till(tmp_path, monkeypatch, capsys)
    for room in (call, staff):
        for name in ("system_keystore", "trusted_keystore"):
            if hasattr(room, name):
                monkeypatch.setattr(room, name, lambda **_: made.store)
    for module in ("cli.beginning", "services.starting"):
        monkeypatch.setattr(f"desktop_crm.{module}.system_keystore", lambda **_: made.store)
    made.ask("init", "--company", "Blumen Weber", "--country", "de", "--region", "sn", "--recovery-file", "sheet.txt")
    made.ask("add", "--name", "Eva Muster", "--email", "eva@muster.example")
    return made


@pytest.fixture
def staffed(till: Till) -> Till:
    till.ask("staff", "add", "Änne Ödegård", "--role", "owner", lines=[ANNA])
    till.ask("staff", "add", "Tom", "--role", "staff", "--alone-ends", lines=[TOM])
    return till


def test_the_first_person_is_an_owner_and_the_second_ends_opening_alone(till: Till) -> None:
    code, _, err = till("staff", "add", "Tom", "--role", "staff", lines=[TOM])
    assert (code, "first person is an owner" in err) == (Exit.REFUSED, True)
    till.ask("staff", "add", "Änne Ödegård", "--role", "owner", lines=[ANNA])
    assert till.ask("find", "eva") is not None
    code, _, err = till("staff", "add", "Tom", "--role", "staff", lines=[TOM])
    assert (code, "--alone-ends" in err) == (Exit.REFUSED, True)
    till.ask("staff", "add", "Tom", "--role", "staff", "--alone-ends", lines=[TOM])
    code, _, err = till("find", "eva")
    assert (code, "--as NAME --password-stdin" in err) == (Exit.LOCKED, True)
    assert {one["name"]: one["role"] for one in till.anna("staff", "list")["people"]} == {
        "Änne Ödegård": "owner",
        "Tom": "staff",
    }


def test_whoever_signs_in_does_what_their_role_may(staffed: Till) -> None:
    tom = ("--as", "tom", "--password-stdin")
    staffed.ask("note", "eva@muster.example", "rote Rosen", *tom, lines=[TOM])
    code, _, err = staffed("staff", "list", *tom, lines=[TOM])
    assert (code, "role may not" in err) == (Exit.NOT_ALLOWED, True)
    assert "more rights to “People and roles”" in err
    code, _, err = staffed("access-report", "eva@muster.example", "--out", "papers", *tom, lines=[TOM])
    assert code == Exit.NOT_ALLOWED
    assert len(staffed.ask("staff", "own-report", "--out", "papers", *tom, lines=[TOM])["papers"]) == 2
    by_tom = staffed.anna("audit", "show", "--actor", "tom")
    assert {line["act"] for line in by_tom} == {"sign_in", "note", "own_report"}
    assert by_tom == staffed.anna("audit", "show", "--actor", by_tom[0]["actor"])
    assert "note" not in {line["act"] for line in staffed.anna("audit", "show", "--actor", "owner")}
    code, _, err = staffed("audit", "show", "--actor", "Nemo", "--as", "Tom", "--password-stdin", lines=[TOM])
    assert code == Exit.NOT_ALLOWED, "who works here is not told to whoever may not see the log"
    lines = staffed.anna("audit", "show", "--limit", "200")
    assert len({line["actor"] for line in lines if line["act"] == "sign_in"}) >= 2


@pytest.mark.parametrize(
    ("name", "password", "told"),
    [("Tom", "nicht das Richtige 1", "Not right"), ("Nobody", TOM, "Nobody of this name")],
)
def test_wrong_names_and_passwords_are_told_apart_and_open_nothing(
    staffed: Till, name: str, password: str, told: str
) -> None:
    code, out, err = staffed("find", "eva", "--as", name, "--password-stdin", lines=[password])
    assert (code, out, told in err) == (Exit.LOCKED, "", True)


def test_a_code_from_the_telephone_is_asked_for_and_a_spare_code_helps_once(
    staffed: Till, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(codes, "new_secret", lambda: SECRET)
    tom = ("--as", "Tom", "--password-stdin")
    now = int(datetime.now(UTC).timestamp())
    shown = codes._totp(SECRET).generate(now).decode()
    enrolled = staffed.ask("staff", "second-factor", *tom, lines=[TOM, shown])
    assert len(set(enrolled["spare_codes"])) == codes.SPARE_CODES
    code, _, err = staffed("find", "eva", *tom, lines=[TOM])
    assert (code, "--totp CODE" in err) == (Exit.LOCKED, True)
    code, _, err = staffed("find", "eva", *tom, "--totp", shown, lines=[TOM])
    assert (code, "Not right" in err) == (Exit.LOCKED, True), "the code that enrolled is used up"
    staffed.ask("find", "eva", *tom, "--totp", enrolled["spare_codes"][0], lines=[TOM])
    assert staffed("find", "eva", *tom, "--totp", enrolled["spare_codes"][0], lines=[TOM])[0] == Exit.LOCKED
    staffed.anna("staff", "second-factor", "--drop", "Tom")
    staffed.ask("find", "eva", *tom, lines=[TOM])


def test_passwords_roles_and_days_change_and_people_leave(staffed: Till) -> None:
    other = "neun blaue Dächer innen"
    staffed.ask("staff", "password", "--as", "Tom", "--password-stdin", lines=[TOM, other])
    staffed.anna("staff", "rename", "Tom", "Thomas")
    staffed.ask("find", "eva", "--as", "Thomas", "--password-stdin", lines=[other])
    staffed.anna("staff", "reset", "Thomas", lines=[TOM])
    staffed.ask("find", "eva", "--as", "Thomas", "--password-stdin", lines=[TOM])
    made = staffed.anna("role", "save", "Lager", "--from", "read-only", "--may", "change.notes")
    assert "change.notes" in made["may"]
    staffed.anna("staff", "role", "Thomas", "Lager")
    code, _, err = staffed("role", "remove", "lager", "--as", "Änne Ödegård", "--password-stdin", lines=[ANNA])
    assert (code, "still has this role" in err) == (Exit.REFUSED, True)
    staffed.anna("staff", "until", "Thomas", "--day", "2099-12-31")
    assert staffed.anna("staff", "list")["people"][1]["until"] == "2099-12-31"
    assert len(staffed.anna("staff", "report", "Thomas", "--out", "papers")["papers"]) == 2
    code, _, err = staffed("staff", "remove", "Thomas", "--as", "Änne Ödegård", "--password-stdin", lines=[ANNA])
    assert (code, "--yes" in err) == (Exit.REFUSED, True)
    staffed.anna("staff", "add", "Dora", "--role", "data-protection", lines=[other])
    assert staffed.anna("staff", "remove", "Thomas", "--yes")["lock_due"] == "way-removed"
    assert staffed("find", "eva", "--as", "Thomas", "--password-stdin", lines=[TOM])[0] == Exit.LOCKED
    staffed.anna("role", "remove", "Lager")
    assert {one["code"] for one in staffed.anna("role", "list")["roles"]} == {
        "owner",
        "manager",
        "staff",
        "read-only",
        "data-protection",
    }


def test_where_a_name_fits_two_roles_neither_is_given(staffed: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    """Such names are refused by now; a file may hold one from before."""
    with monkeypatch.context() as earlier:
        earlier.setattr(staff_rules, "_known_as", lambda _role: frozenset())
        weak = staffed.anna("role", "save", "Leitung", "--may", "view.contacts")["code"]
    sign = ("--as", "Änne Ödegård", "--password-stdin", "--lang", "de")
    code, _, err = staffed("staff", "role", "Tom", "Leitung", *sign, lines=[ANNA])
    assert (code, "Mehrere Rollen" in err) == (Exit.USAGE, True)
    staffed.anna("staff", "role", "Tom", weak)
    assert [one["role"] for one in staffed.anna("staff", "list")["people"]] == ["owner", weak]
    staffed.anna("role", "save", "Lager", "--may", "view.contacts")
    staffed.anna("role", "save", "lager", "--may", "view.notes")
    assert [one["may"] for one in staffed.anna("role", "list")["roles"] if one["title"] == "lager"] == [["view.notes"]]


def test_a_role_that_sees_little_is_shown_that_and_told_what_it_is_not_shown(staffed: Till) -> None:
    staffed.anna("role", "save", "Theke", "--may", "view.contacts", "--may", "change.contacts")
    staffed.anna("staff", "role", "Tom", "Theke")
    tom = ("--as", "tom", "--password-stdin")
    shown = staffed.ask("show", "eva@muster.example", *tom, lines=[TOM])
    assert shown["emails"]
    assert not {"interactions", "purchases", "deliveries", "consents"} & shown.keys()
    code, out, err = staffed("show", "eva@muster.example", *tom, lines=[TOM])
    assert code == Exit.DONE
    assert "Not shown to your role: Notes and events." in out + err


def test_a_case_is_opened_and_closed(staffed: Till) -> None:
    staffed.anna("staff", "add", "Dora", "--role", "data-protection", lines=[TOM])
    case = staffed.anna("staff", "case", "Dora", "eva@muster.example", "--reason", "Beschwerde", "--days", "3")["case"]
    assert [one["case"] for one in staffed.anna("staff", "cases")["cases"]] == [case]
    staffed.anna("staff", "close-case", case)
    assert staffed.anna("staff", "cases")["cases"] == []


def test_the_sheet_sets_a_forgotten_password_anew_and_makes_no_way_around_the_people(staffed: Till) -> None:
    other = "neun blaue Dächer innen"
    staffed.store.reset()
    code, _, err = staffed("find", "eva", "--as", "Änne Ödegård", "--password-stdin", lines=[ANNA])
    assert (code, "lost its part of the key" in err, "recover --code-file FILE --as NAME" in err) == (3, True, True)
    assert "owner" not in err, "the only owner is not sent to an owner"
    staffed.ask("recover", "--code-file", "sheet.txt", "--as", "änne ödegård", lines=[other])
    staffed.ask("find", "eva", "--as", "Änne Ödegård", "--password-stdin", lines=[other])
    people = staffed.ask("staff", "list", "--as", "Änne Ödegård", "--password-stdin", lines=[other])["people"]
    assert [(one["here"], one["way_in"]) for one in people] == [(True, True), (False, False)]
    assert "recover --code-file" in staffed("find", "eva", "--as", "Tom", "--password-stdin", lines=[TOM])[2]
    assert staffed("find", "eva")[0] == Exit.LOCKED
    for words, lines in ((), ()), (("--passphrase-stdin",), (TOM,)):
        code, _, err = staffed("recover", "--code-file", "sheet.txt", *words, lines=lines)
        assert (code, "--as NAME" in err) == (Exit.LOCKED, True)
    assert staffed("find", "eva")[0] == Exit.LOCKED


def test_no_name_lies_in_any_file(staffed: Till) -> None:
    staffed.anna("staff", "report", "Tom", "--out", "papers")
    for path in staffed.folder.rglob("*"):
        if path.is_file():
            for name in ("Ödegård", "Änne"):
                assert name.encode() not in path.read_bytes(), path
                assert name.encode("utf-16-le") not in path.read_bytes(), path
                assert name not in path.name


def test_where_the_role_needs_a_code_that_comes_first(staffed: Till, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codes, "new_secret", lambda: SECRET)
    staffed.anna("role", "save", "Kasse", "--from", "staff", "--needs-code")
    staffed.anna("staff", "role", "Tom", "Kasse")
    tom = ("--as", "Tom", "--password-stdin")
    code, _, err = staffed("find", "eva", *tom, lines=[TOM])
    assert (code, "staff second-factor" in err) == (Exit.NOT_ALLOWED, True)
    now = int(datetime.now(UTC).timestamp())
    spare = staffed.ask("staff", "second-factor", *tom, lines=[TOM, codes._totp(SECRET).generate(now).decode()])[
        "spare_codes"
    ]
    staffed.ask("find", "eva", *tom, "--totp", spare[3], lines=[TOM])
