"""Purposes at the counter: listed, taken up, set up, put in other words."""

from __future__ import annotations

import pytest

from desktop_crm.words import Exit
from tests.unit.cli.counter import Counter

WORDS = (
    "Wine evening by e-mail: may we invite you?\nFour times a year.\n\n"
    "You can take your yes back at any time.\nEvery answer is fine and changes nothing.\n"
)
ADD = ("purpose", "add", "--name", "Wine evening", "--what-for", "To invite you.", "--channel", "email")


@pytest.fixture
def shop(counter: Counter) -> Counter:
    counter.ask("init", "--company", "Weber", "--country", "de", "--lang", "en")
    counter.ask("add", "--name", "Eva Muster", "--email", "eva@muster.example")
    return counter


def test_from_setting_up_to_asking_again(shop: Counter) -> None:
    path = shop.folder / "words.txt"
    path.write_text(WORDS, "utf-8")
    assert shop.ask(*ADD, "--file", str(path), "--needs", "contact_email.address") == {"code": "wine-evening"}
    shop.ask("consent", "give", "eva@muster.example", "--purpose", "wine-evening")
    path.write_text(WORDS.replace("Four", "Eight"), "utf-8")
    new = ("purpose", "wording", "wine-evening", "--file", str(path), "--means-something-else")
    assert shop.ask(*new) == {"code": "wine-evening", "language": "en", "version": 2, "ask_again": 1}
    (words,) = shop.ask("purpose", "wording", "wine-evening")
    assert (words["version"], words["current"], words["text"].split("\n")[1]) == (2, True, "Eight times a year.")
    listed = {one["code"]: one for one in shop.ask("purpose", "list")}
    assert (listed["wine-evening"]["uncovered"], listed["allergies"]["offered"]) == (1, True)
    assert "old words, ask again" in shop("consent", "list", "eva@muster.example")[1]
    shop.ask("purpose", "use", "allergies")
    shop.ask("purpose", "use", "newsletter", "--off")
    used = {one["code"] for one in shop.ask("purpose", "list") if one["active"]}
    assert used == {"orders", "birthday-card", "photos", "wine-evening", "allergies"}
    assert shop("purpose", "list")[0] == Exit.DONE
    assert "Eight" in shop("purpose", "wording", "wine-evening")[1]


def test_a_privacy_notice_gets_a_new_version(shop: Counter) -> None:
    path = shop.folder / "notice.txt"
    path.write_text("How we use your data", "utf-8")
    assert shop.ask("purpose", "notice", "--file", str(path))["version"] == 2
    (now,) = shop.ask("purpose", "notice", "--language", "en")
    assert (now["version"], now["text"]) == (2, "How we use your data")
    assert "How we use your data" in shop("purpose", "notice")[1]


def test_what_cannot_be_is_told(shop: Counter) -> None:
    path = shop.folder / "words.txt"
    path.write_bytes(b"\xff\xfe")
    gone = str(shop.folder / "nothing")
    for words in (
        ADD,
        (*ADD, "--file", gone),
        (*ADD, "--file", str(path)),
        ("purpose", "wording", "nothing-such"),
        ("purpose", "wording", "newsletter", "--means-something-else"),
        ("purpose", "use", "orders", "--off"),
        ("purpose", "notice", "--file", gone),
    ):
        code, out, err = shop(*words)
        assert (code, out) == (Exit.REFUSED, ""), words
        assert err
    path.write_text(WORDS.replace("Four", "Only if you agree we deliver. Four"), "utf-8")
    assert "tie" in shop(*ADD, "--file", str(path))[2]
    assert shop("purpose", "wording", "newsletter", "--language", "english", "--file", str(path))[0] == Exit.USAGE
