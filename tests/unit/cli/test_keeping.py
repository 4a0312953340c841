"""Keeping times at the counter: the look by itself, the yes, what the law keeps, and sorting."""

from datetime import UTC, datetime

import pytest

from desktop_crm.cli import run as running
from desktop_crm.host.clock import FixedClock
from desktop_crm.services import retention
from desktop_crm.words import Exit
from tests.unit.cli.counter import Counter

BEGUN = datetime(2026, 11, 21, 9, tzinfo=UTC)
ADD = ("add", "--name", "Bo", "--email", "bo@example.org")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> FixedClock:
    clock = FixedClock(BEGUN)
    monkeypatch.setattr(running, "SystemClock", lambda: clock)
    return clock


@pytest.fixture
def shop(clock: FixedClock, counter: Counter) -> Counter:
    assert clock.at == BEGUN
    counter.ask("init", "--company", "Blumen Weber", "--country", "de", "--region", "sn")
    counter.ask(*ADD)
    return counter


def to(clock: FixedClock, year: int, month: int, day: int) -> None:
    clock.at = datetime(year, month, day, 9, tzinfo=UTC)


def looks(shop: Counter) -> list[str]:
    """Who took the daily looks so far."""
    return [line["actor"] for line in shop.ask("audit", "show") if line["act"] == "run"]


def test_the_look_comes_once_a_day_after_the_answer(shop: Counter, clock: FixedClock) -> None:
    assert looks(shop) == ["program"]
    to(clock, 2026, 12, 25)
    shop.ask("note", "bo@example.org", "Anruf")
    assert len(looks(shop)) == 2
    shop.ask("note", "bo@example.org", "Anruf")
    assert len(looks(shop)) == 2


def test_it_says_so_only_if_something_new_waits(shop: Counter, clock: FixedClock) -> None:
    to(clock, 2026, 12, 22)
    assert shop("retention", "queue")[2] == "Nothing waits for your yes.\n"
    to(clock, 2027, 2, 2)
    shop.ask("retention", "run")
    to(clock, 2027, 3, 1)
    code, out, err = shop("audit", "verify")
    assert (code, "waits" in out, err) == (Exit.DONE, False, "1 entry waits for your yes: retention queue\n")
    to(clock, 2027, 3, 3)
    assert shop("audit", "verify")[2] == ""


@pytest.mark.parametrize("words", [("find", "Bo"), ("show", "bo@example.org"), ("consent", "list", "bo@example.org")])
def test_who_waits_at_the_counter_does_not_wait_for_the_look(
    shop: Counter, clock: FixedClock, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    to(clock, 2026, 12, 22)
    with monkeypatch.context() as watched:
        watched.setattr(retention, "look_daily", lambda _: pytest.fail("looked"))
        assert shop(*words)[0] == Exit.DONE
    assert len(looks(shop)) == 1
    assert len(looks(shop)) == 2, "the command before it looked once it had answered"


def test_a_command_that_was_refused_takes_no_look(shop: Counter, clock: FixedClock) -> None:
    to(clock, 2026, 12, 22)
    assert shop(*ADD)[0] == Exit.REFUSED
    assert len(looks(shop)) == 1


def test_a_clock_that_jumped_is_told_and_changes_no_answer(shop: Counter, clock: FixedClock) -> None:
    to(clock, 2040, 1, 1)
    code, out, err = shop("note", "bo@example.org", "Anruf", "--json")
    assert (code, "id" in out, "The date jumped" in err) == (Exit.DONE, True, True)
    assert "retention run --date-is-right" in err
    assert "waits" not in err
    assert shop("retention", "run", "--date-is-right")[0] == Exit.DONE
    assert shop("retention", "queue")[2] == "Nothing waits for your yes.\n"


def test_a_yes_shows_first_and_deletes_only_when_said(shop: Counter, clock: FixedClock) -> None:
    shop.ask("purchase", "bo@example.org", "--amount", "12,50")
    gets = shop.ask("deliver", "bo@example.org", "--to", "Gerda", "--on", "2026-12-01")["id"]
    to(clock, 2027, 3, 2)
    shop.ask("retention", "run", "--date-is-right")
    (waiting,) = shop.ask("retention", "queue")
    assert (waiting["row"], waiting["record"], waiting["overdue"]) == (gets, "delivery_recipient", False)
    code, out, err = shop("retention", "erase", waiting["entry"])
    assert (code, "Gerda" in out, "--yes" in err) == (Exit.REFUSED, True, True)
    assert shop("find", "Gerda")[0] == Exit.DONE
    assert shop.ask("retention", "erase", waiting["entry"], "--yes") == {"erased": True, "entries": 1}
    assert shop("find", "Gerda")[0] == Exit.REFUSED
    assert shop("retention", "erase", waiting["entry"], "--yes")[0] == Exit.REFUSED
    assert shop("retention", "erase", "Bo", "--yes")[0] == Exit.USAGE


def test_a_person_in_the_queue_is_erased_by_the_command_that_is_named(shop: Counter, clock: FixedClock) -> None:
    to(clock, 2027, 3, 2)
    shop.ask("retention", "run", "--date-is-right")
    (waiting,) = shop.ask("retention", "queue")
    code, _, err = shop("retention", "erase", waiting["entry"], "--yes")
    assert code == Exit.REFUSED
    named = err.splitlines()[-1].partition("On the command line: ")[2].replace("FOLDER", "papers").split()
    assert named[:2] == ["erase", waiting["person"]]
    assert shop.ask(*named, "--yes")["ground"] == "keeping-time"
    assert shop.ask("retention", "queue") == []


def test_locked_invoices_are_listed_and_go_after_their_end(shop: Counter, clock: FixedClock) -> None:
    assert shop("retention", "invoices")[2] == "No invoice is kept locked away.\n"
    shop.ask("purchase", "bo@example.org", "--amount", "12,50", "--invoice", "2026-7", "--original", "here")
    shop.ask("erase", "bo@example.org", "--reason", "Widerspruch", "--out", "papers", "--no-mark", "--yes")
    (kept,) = shop.ask("retention", "invoices")
    assert (kept["invoice_no"], kept["kept_until"], kept["entry"]) == ("2026-7", "2034-12-31", None)
    _, out, err = shop("retention", "invoices")
    assert all(word in out for word in ("2026-7", "€12.50", "Bo", "§ 147 AO", "31 Dec 2034"))
    assert "locked away from daily work" in err
    assert len([line for line in shop.ask("audit", "show") if line["act"] == "invoices"]) == 3
    assert shop("find", "2026-7")[0] == Exit.REFUSED
    to(clock, 2035, 1, 1)
    shop.ask("retention", "run", "--date-is-right")
    entry = shop.ask("retention", "invoices")[0]["entry"]
    assert "late assessment" in shop("retention", "erase", entry)[2]
    shop.ask("retention", "erase", entry, "--yes")
    assert shop.ask("retention", "invoices") == []


def test_who_came_in_unsorted_is_sorted_and_leaves_the_queue(shop: Counter, clock: FixedClock) -> None:
    shop.ask("add", "--name", "Al", "--email", "al@example.org", "--basis", "unsorted", "--stage", "customer")
    assert [(one["name"], one["why"]) for one in shop.ask("basis", "list", "--none")] == [("Al", "nobody has said why")]
    assert shop.ask("basis", "list") == {"contract": 1, "unsorted": 1}
    to(clock, 2026, 12, 22)
    assert [one["rule"] for one in shop.ask("retention", "preview")] == ["unsorted"]
    assert shop("basis", "set", "al@example.org", "--basis", "unsorted", "--reason", "x")[0] == Exit.USAGE
    said = shop.ask("basis", "set", "al@example.org", "--basis", "contract", "--reason", "Offer of May")
    assert said["basis"] == "contract"
    assert shop.ask("show", "al@example.org")["basis"] == "contract"
    assert shop.ask("retention", "preview") == []
