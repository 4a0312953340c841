"""What is too old goes out of the log, what must stay stays, and the chain still proves both."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from desktop_crm.privacy.log_chain import Break, Fault
from desktop_crm.privacy.log_terms import cut_off, proves_due
from desktop_crm.records.audit import AuditEntry, LogCheckpoint
from desktop_crm.records.erasure import ErasingNow
from desktop_crm.services import contacts, erasing, inspection, journal, log_keeping, retention, settings, setup
from desktop_crm.services.actor import PROGRAM
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.words import Problem
from tests.privacy.shop import ShopFile, TickingClock

DAY = timedelta(days=1)


def acts(office: Office) -> list[str]:
    return [line.act for line in office.read(lambda r: r.find(AuditEntry, order=("seq",)))]


def checkpoints(office: Office) -> list[LogCheckpoint]:
    return office.read(lambda r: r.find(LogCheckpoint, order=("first",)))


def add(office: Office, name: str) -> bytes:
    return contacts.add(office, contacts.NewContact(name=name, emails=(f"{name}@x.example",)))


def prune(office: Office) -> int:
    return log_keeping.prune(office, clock_is_right=True)


@pytest.fixture
def grown(office: Office, clock: TickingClock, tmp_path: Path) -> Office:
    """Three people and an erasure, then a year and a day in which nothing happened."""
    first, *_ = (add(office, name) for name in ("anna", "bert"))
    add(office, "cleo")
    erasing.erase(office, first, tmp_path / "out", ErasureOrder())
    add(office, "dora")
    clock.at += timedelta(days=366)
    contacts.show(office, contacts.who_is(office, "cleo@x.example"))
    return office


def test_ordinary_lines_go_after_a_year_and_those_of_safety_and_erasure_stay(grown: Office) -> None:
    before = acts(grown)
    assert before.count("add") == 4
    gone = prune(grown)
    assert gone == 4
    assert acts(grown) == ["furnish", "erase", "show", "prune"]
    assert inspection.check_log(grown).breaks == ()


def test_each_hole_has_a_sealed_note_of_when_and_by_whom(grown: Office) -> None:
    prune(grown)
    told = [(c.first, c.last, c.ordinary, c.lasting, c.months, c.actor) for c in checkpoints(grown)]
    assert told == [(2, 4, 3, 0, 12, "owner"), (6, 6, 1, 0, 12, "owner")]
    line = grown.read(lambda r: r.find(AuditEntry, order=("-seq",), limit=1))[0]
    assert {c.line for c in checkpoints(grown)} == {line.seq}
    assert line.act == "prune"
    assert line.number == 4


def test_lines_of_safety_and_erasure_go_after_three_years(grown: Office, clock: TickingClock) -> None:
    prune(grown)
    clock.at += timedelta(days=365 * 2 + 10)
    add(grown, "emil")
    assert prune(grown) > 0
    assert acts(grown) == ["prune", "add", "prune"]
    (whole,) = checkpoints(grown)
    assert (whole.first, whole.last) == (1, 7)
    assert inspection.check_log(grown).breaks == ()


def test_a_log_with_holes_survives_being_closed_and_opened(file: ShopFile) -> None:
    office = file.begin()
    for name in ("anna", "bert"):
        add(office, name)
    file.clock.at += timedelta(days=400)
    add(office, "cleo")
    prune(office)
    office.close()
    again = file.open()
    assert inspection.check_log(again).breaks == ()
    assert not again.log_cut_seen
    again.close()


def test_the_remembered_end_may_have_gone_meanwhile(file: ShopFile) -> None:
    office = file.begin()
    add(office, "anna")
    office.remember_log()
    remembered = dict(file.keystore.items)
    file.clock.at += timedelta(days=400)
    add(office, "bert")
    prune(office)
    office.close()
    file.keystore.items.update(remembered)
    again = file.open()
    assert inspection.check_log(again).breaks == ()
    again.close()


@pytest.mark.parametrize("months", [6, 36])
def test_the_shop_chooses_how_long(office: Office, clock: TickingClock, months: int) -> None:
    log_keeping.choose_months(office, months)
    add(office, "anna")
    clock.at = cut_off(clock.at, -months) - DAY
    assert prune(office) == 0
    clock.at += 2 * DAY
    assert prune(office) >= 1
    assert "add" not in acts(office)
    assert inspection.check_log(office).breaks == ()


@pytest.mark.parametrize("months", [0, 5, 37, -1])
def test_fewer_than_six_months_or_more_than_36_are_refused(office: Office, months: int) -> None:
    with pytest.raises(Problem, match="give a number"):
        log_keeping.choose_months(office, months)
    assert log_keeping.keeping_of_log(office).months == 12


def test_a_setting_that_was_tampered_with_counts_for_nothing(office: Office) -> None:
    settings.put(office, replace(log_keeping.MONTHS, refuse=lambda _: None), 0)
    assert log_keeping.keeping_of_log(office).months == 12


def test_what_went_by_fewer_months_stays_provable_by_more(office: Office, clock: TickingClock) -> None:
    log_keeping.choose_months(office, 6)
    add(office, "anna")
    clock.at += timedelta(days=200)
    prune(office)
    log_keeping.choose_months(office, 36)
    for _ in range(3):
        add(office, f"p{clock.at:%Y%m%d%f}")
        clock.at += timedelta(days=400)
        prune(office)
        assert inspection.check_log(office).breaks == ()


def test_many_runs_leave_one_note_for_each_hole(office: Office, clock: TickingClock) -> None:
    for n in range(30):
        add(office, f"p{n}")
        clock.at += timedelta(days=40)
        prune(office)
    notes = checkpoints(office)
    stays = len(acts(office))
    assert len(notes) <= stays
    assert sum(c.ordinary + c.lasting for c in notes) + stays == acts_ever(office)
    assert inspection.check_log(office).breaks == ()


def acts_ever(office: Office) -> int:
    return office.read(lambda r: journal.head(r).seq)


def test_nothing_goes_out_of_a_broken_log(grown: Office) -> None:
    def tamper(connection: object) -> None:
        connection.execute("DROP TRIGGER audit_entry_no_update")  # type: ignore[attr-defined]
        connection.execute("UPDATE audit_entry SET actor = 'x' WHERE seq = 3")  # type: ignore[attr-defined]

    grown.store.write(lambda w: tamper(w.connection))
    before = acts(grown)
    with pytest.raises(Problem, match="does not fit together"):
        prune(grown)
    assert acts(grown) == before


def test_all_of_it_or_nothing(grown: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    before = acts(grown)
    monkeypatch.setattr(log_keeping, "JobRun", None)
    with pytest.raises(TypeError):
        prune(grown)
    assert acts(grown) == before
    assert checkpoints(grown) == []
    assert grown.read(lambda r: r.count(ErasingNow)) == 0


@pytest.mark.parametrize(
    "sql",
    [
        "DELETE FROM log_checkpoint WHERE first = 2",
        "UPDATE log_checkpoint SET last = 5 WHERE first = 2",
        "UPDATE log_checkpoint SET actor = 'program' WHERE first = 2",
        "UPDATE log_checkpoint SET newest_ordinary = NULL WHERE first = 2",
        "UPDATE log_checkpoint SET after = zeroblob(32) WHERE first = 2",
    ],
)
def test_a_changed_note_is_named(grown: Office, sql: str) -> None:
    prune(grown)

    def tamper(connection: object) -> None:
        for name in ("log_checkpoint_no_update", "log_checkpoint_no_delete"):
            connection.execute(f"DROP TRIGGER {name}")  # type: ignore[attr-defined]
        connection.execute(sql)  # type: ignore[attr-defined]

    grown.store.write(lambda w: tamper(w.connection))
    first = inspection.check_log(grown).breaks[0]
    assert first.fault in (Fault.CHECKPOINT, Fault.MISSING)
    assert first.first == 2


def test_a_line_taken_out_beside_a_hole_is_named(grown: Office) -> None:
    prune(grown)

    def tamper(connection: object) -> None:
        connection.execute("DROP TRIGGER audit_entry_no_delete")  # type: ignore[attr-defined]
        connection.execute("DELETE FROM audit_entry WHERE act = 'erase'")  # type: ignore[attr-defined]

    grown.store.write(lambda w: tamper(w.connection))
    assert inspection.check_log(grown).breaks[0] == Break(Fault.MISSING, 5, 5)


def test_a_note_that_lets_newer_lines_go_proves_nothing(grown: Office) -> None:
    prune(grown)
    note = checkpoints(grown)[0]
    assert proves_due(note)
    assert note.newest_ordinary is not None
    assert not proves_due(replace(note, newest_ordinary=note.made_at - timedelta(days=300)))
    assert not proves_due(replace(note, months=5))
    assert not proves_due(replace(note, lasting=1, newest_lasting=note.made_at - timedelta(days=800)))
    assert not proves_due(replace(note, lasting=1))


def test_a_clock_that_jumped_is_asked_about(grown: Office, clock: TickingClock) -> None:
    retention.run(grown)
    clock.at += timedelta(days=365 * 5)
    before = acts(grown)
    with pytest.raises(retention.ClockJumped):
        log_keeping.prune(grown)
    assert log_keeping.prune_daily(grown) is None, "the daily look at keeping times asks first"
    assert acts(grown) == before


def test_it_goes_by_itself_once_a_day_after_the_look_at_keeping_times(grown: Office, clock: TickingClock) -> None:
    retention.run(grown, clock_is_right=True)
    assert log_keeping.prune_daily(grown) == 4
    assert log_keeping.prune_daily(grown) is None
    line = grown.read(lambda r: r.find(AuditEntry, order=("-seq",), limit=1))[0]
    assert (line.act, line.actor) == ("prune", PROGRAM.name)
    clock.at += timedelta(days=2)
    retention.run(grown)
    assert log_keeping.prune_daily(grown) is None, "nothing is due, so nothing is written"


def test_the_end_of_a_month_is_no_trap() -> None:
    assert cut_off(datetime(2028, 2, 29, tzinfo=UTC), 12) == datetime(2027, 2, 28, tzinfo=UTC)
    assert cut_off(datetime(2026, 8, 31, tzinfo=UTC), 6) == datetime(2026, 2, 28, tzinfo=UTC)
    assert cut_off(datetime(2026, 1, 31, tzinfo=UTC), 13) == datetime(2024, 12, 31, tzinfo=UTC)


def test_a_shop_nobody_was_in_can_still_be_given_up(file: ShopFile) -> None:
    office = file.begin()
    assert office.read(setup.is_empty)
    file.clock.at += timedelta(days=1500)
    settings.put(office, settings.LOCK_AFTER, 7)
    prune(office)
    assert office.read(setup.is_empty)
    office.close()
