import io
import json
import time
from datetime import UTC, date, datetime

import pytest

from desktop_crm.cli.answer import Answer, Facts, Table, plain
from desktop_crm.cli.terminal import Stopped, Terminal, harmless, width
from desktop_crm.records.contact import Stage
from desktop_crm.words import M, Money, Problem, Words


class Screen(io.StringIO):
    def isatty(self) -> bool:
        return True


def terminal(language: str = "en") -> tuple[Terminal, io.StringIO, Screen]:
    out, err = io.StringIO(), Screen()
    return Terminal(Words(language, "Europe/Berlin"), out=out, err=err), out, err


def test_data_and_messages_go_different_ways() -> None:
    made, out, err = terminal()
    made.answer(Answer({"id": bytes(16)}, (Facts([(M("Number"), "7"), (M("Name"), "")]),), (M("Added."),)))
    assert out.getvalue() == "Number  7\n"
    assert err.getvalue() == "Added.\n"


def test_machines_get_one_document_with_iso_values() -> None:
    made, out, _ = terminal("de")
    made.machine = True
    at = datetime(2026, 11, 21, 9, 30, tzinfo=UTC)
    data = {
        "at": at,
        "on": date(2026, 1, 2),
        "id": bytes(16),
        "seal": b"ab",
        "cost": Money(5, "EUR"),
        "stage": Stage.LEAD,
    }
    made.answer(Answer(data))
    assert json.loads(out.getvalue()) == {
        "at": "2026-11-21T09:30:00Z",
        "on": "2026-01-02",
        "id": "00000000-0000-0000-0000-000000000000",
        "seal": "6162",
        "cost": {"minor": 5, "currency": "EUR"},
        "stage": "lead",
    }


def test_messages_inside_data_are_said_in_the_language() -> None:
    assert plain([M("yes")], Words("de")) == ["ja"]


def test_a_value_cannot_steer_the_terminal() -> None:
    assert harmless("Anna\x1b[2J\x07\x9b1m") == "Anna�[2J��1m"
    assert harmless("Ł王\tx") == "Ł王 x"


def test_columns_of_wide_letters_stay_in_line() -> None:
    made, _, _ = terminal()
    text = made.block(Table((M("Name"), M("Kind")), [("王小明", "a"), ("Anna", "b\nc")]))
    assert [width(line.rpartition("  ")[0]) for line in text.splitlines()][2:] == [6, 6]
    assert text.splitlines()[3] == "Anna    b / c"


def test_an_empty_column_or_table_is_left_out() -> None:
    made, _, _ = terminal()
    assert "Kind" not in made.block(Table((M("Name"), M("Kind")), [("Anna", "")]))
    assert made.block(Table((M("Name"),), [], M("Kind"))) == ""


def test_progress_shows_after_a_second_and_goes_away(monkeypatch: pytest.MonkeyPatch) -> None:
    made, _, err = terminal()
    now = [100.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    with made.progress(M("reading the list")) as bar:
        bar(1, 10)
        assert err.getvalue() == ""
        now[0] += 1.5
        bar(5, 10)
        assert "50%" in err.getvalue()
        shown = len(err.getvalue())
        bar(6, 10)
        assert len(err.getvalue()) == shown
    assert err.getvalue().endswith("\r\x1b[K")


def test_a_job_can_be_stopped_where_nobody_looks() -> None:
    made = Terminal(Words("en"), out=io.StringIO(), err=io.StringIO())
    made.stopping.set()
    with pytest.raises(Stopped), made.progress(M("reading the list")) as bar:
        bar(1, 10)


class Broken(io.StringIO):
    def __init__(self, error: OSError) -> None:
        super().__init__()
        self._error = error

    def write(self, _: str) -> int:
        raise self._error


def test_an_answer_that_cannot_be_written_is_told() -> None:
    full = Terminal(Words("en"), out=Broken(OSError(28, "full")), err=io.StringIO())
    with pytest.raises(Problem):
        full.answer(Answer(None, ("text",)))


def test_a_reader_who_has_gone_is_no_error() -> None:
    Terminal(Words("en"), out=Broken(BrokenPipeError()), err=io.StringIO()).answer(Answer(None, ("text",)))
