"""Details kept apart at the counter: what they say comes by the input, and is shown one by one."""

from __future__ import annotations

import io
import json
import sys

import pytest

from desktop_crm.cli.run import run
from desktop_crm.words import Exit
from tests.unit.cli.counter import PASSWORD, Counter

ACCOUNT = "DE02 1203 0000 0000 2020 51"


@pytest.fixture
def shop(counter: Counter) -> Counter:
    counter.ask("init", "--company", "Blumen Weber", "--country", "de")
    counter.ask("add", "--name", "Eva Muster", "--email", "eva@muster.example")
    return counter


def typed(
    shop: Counter, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], text: bytes, *words: str
) -> tuple[int, str, str]:
    """The command with the password and this text on the input."""
    lines = PASSWORD.encode() + b"\n" + text
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(lines)))
    code = run([*words, "--data-dir", str(shop.folder / "data"), "--passphrase-stdin", "--json"])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


ADD = ("detail", "add", "eva@muster.example", "--kind")


def test_from_entering_to_taking_out(
    shop: Counter, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = typed(shop, monkeypatch, capsys, ACCOUNT.encode() + b"\n", *ADD, "bank-account")
    assert code == Exit.DONE
    assert ACCOUNT not in out
    number = json.loads(out)["id"]
    (listed,) = shop.ask("detail", "show", "eva@muster.example")
    assert (listed["id"], listed["kind"]) == (number, "bank-account")
    assert ACCOUNT not in json.dumps(listed)
    _, table, _ = shop("detail", "show", "eva@muster.example")
    assert ACCOUNT not in table
    assert shop.ask("detail", "show", "eva@muster.example", "--open", number)["text"] == ACCOUNT
    assert "reveal" in [line["act"] for line in shop.ask("audit", "show")]
    assert ACCOUNT not in shop("show", "eva@muster.example", "--json")[1]
    assert shop("detail", "remove", number)[0] == Exit.DONE
    assert shop.ask("detail", "show", "eva@muster.example") == []
    for wrong in (number, "x"):
        assert shop("detail", "remove", wrong)[0] == Exit.REFUSED
        assert shop("detail", "show", "eva@muster.example", "--open", wrong)[0] == Exit.REFUSED


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        (b"", ("bank-account",), Exit.USAGE),
        (b"\xff\xfe\n", ("bank-account",), Exit.USAGE),
        (b"Walnuss\n", ("health",), Exit.REFUSED),
        (b"Walnuss\n", ("health", "--agreed", "2026-01-02"), Exit.DONE),
        (b"Walnuss\n", ("nothing-such",), Exit.USAGE),
    ],
)
def test_what_is_missing_is_told(
    shop: Counter,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    text: bytes,
    words: tuple[str, ...],
    expected: Exit,
) -> None:
    code, out, err = typed(shop, monkeypatch, capsys, text, *ADD, *words)
    assert code == expected
    assert "Walnuss" not in out + err
    assert len(shop.ask("detail", "show", "eva@muster.example")) == (expected is Exit.DONE)
