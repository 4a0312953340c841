"""A button pressed twice opens one sheet: two could say different things about the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from threading import Event

import pytest

from desktop_crm.records.contact import Contact
from desktop_crm.services import importing, undoing
from desktop_crm.services.import_preview import look
from desktop_crm.services.importing import OrderReason
from desktop_crm.services.office import Office
from desktop_crm.ui.contacts.labelling import Labelling
from desktop_crm.ui.courier import Progress
from desktop_crm.ui.import_list.undo import UndoSheet, open_undo
from desktop_crm.ui.record.record import Record
from desktop_crm.ui.settings.about import AboutPane
from desktop_crm.ui.welcome.sheet_again import open_recovery_sheet
from desktop_crm.ui.widgets.sheet import Overlay
from desktop_crm.vault.folder import VaultFolder
from tests.ui.screens.conftest import AtDesk
from tests.ui.screens.over import nothing_open, settle, show, somebody, top


def close_the_only_one(at_desk: AtDesk) -> None:
    """There is one sheet, and below it the window."""
    settle(at_desk)
    sheet = Overlay.top(at_desk.window)
    assert sheet is not None
    sheet.close()
    assert nothing_open(at_desk)


@pytest.fixture
def record(at_desk: AtDesk, office: Office) -> Record:
    made = Record(at_desk.desk)
    show(at_desk, made)
    made.open_person(somebody(office, "Anna Berg"))
    at_desk.calm()
    return made


@pytest.fixture
def batch(office: Office, tmp_path: Path) -> bytes:
    path = tmp_path / "list.csv"
    path.write_text("Name,E-mail\nAnna Eins,anna@eins.example\nBert Zwei,bert@zwei.example\n", encoding="utf-8")
    order = importing.order_for(OrderReason.MIXED, "x", mapping=look(path, "DE").mapping)
    brought = importing.bring_in(office, path, order).batch
    assert brought is not None
    return brought


@pytest.mark.parametrize("key", ["erase", "labels", "permission.ask", "note"])
def test_an_act_on_the_page_of_a_person(at_desk: AtDesk, record: Record, key: str) -> None:
    record.head.acted.emit(key)
    record.head.acted.emit(key)
    close_the_only_one(at_desk)


def test_the_sheet_that_was_asked_for_last_is_the_one_that_opens(at_desk: AtDesk, record: Record) -> None:
    record.head.acted.emit("erase")
    record.head.acted.emit("labels")
    settle(at_desk)
    sheet = Overlay.top(at_desk.window)
    assert isinstance(sheet, Labelling)
    close_the_only_one(at_desk)


@pytest.mark.usefixtures("record")
def test_a_recovery_sheet(at_desk: AtDesk, office: Office) -> None:
    folder = VaultFolder(office.store.database.parent)
    open_recovery_sheet(at_desk.desk, folder)
    open_recovery_sheet(at_desk.desk, folder)
    close_the_only_one(at_desk)


def test_a_licence(at_desk: AtDesk) -> None:
    pane = AboutPane(at_desk.desk)
    show(at_desk, pane)
    pane.come()
    at_desk.calm()
    row = next(row for row in pane.libraries.rows if row.opens)
    row.click()
    row.click()
    close_the_only_one(at_desk)


@pytest.mark.usefixtures("record")
def test_undoing_a_list(at_desk: AtDesk, batch: bytes) -> None:
    open_undo(at_desk.desk, batch, lambda: None)
    open_undo(at_desk.desk, batch, lambda: None)
    close_the_only_one(at_desk)


@pytest.mark.usefixtures("record")
def test_taking_a_list_out(at_desk: AtDesk, batch: bytes) -> None:
    out: list[int] = []
    open_undo(at_desk.desk, batch, lambda: out.append(1))
    sheet = top(at_desk, UndoSheet)
    sheet.take_out.click()
    sheet.take_out.click()
    assert nothing_open(at_desk)
    assert out == [1]
    assert at_desk.shell.problems == []


Waiting = Callable[[str], tuple[Event, list[Progress]]]


@pytest.fixture
def held_up(monkeypatch: pytest.MonkeyPatch) -> Waiting:
    """Let one of the two long looks of undoing wait in the middle, until it is let go."""

    def hold(name: str) -> tuple[Event, list[Progress]]:
        let_go, began = Event(), list[Progress]()
        real = getattr(undoing, name)

        def slow(office: Office, batch: bytes, *, progress: Progress) -> object:
            def step(done: int, total: int) -> None:
                began.append(progress)
                let_go.wait(10)
                progress(done, total)

            return real(office, batch, progress=step)

        monkeypatch.setattr(f"desktop_crm.ui.import_list.undo.{name}", slow)
        return let_go, began

    return hold


@pytest.mark.usefixtures("record")
@pytest.mark.parametrize("name", ["would_stay", "undo_import"])
def test_undoing_a_list_is_a_long_job_that_cancel_stops(
    at_desk: AtDesk, office: Office, batch: bytes, held_up: Waiting, name: str
) -> None:
    let_go, began = held_up(name)
    open_undo(at_desk.desk, batch, lambda: None)
    if name == "undo_import":
        top(at_desk, UndoSheet).take_out.click()
    at_desk.qtbot.waitUntil(lambda: bool(began))
    (job,) = at_desk.courier.jobs
    assert job.can_cancel
    job.cancel()
    let_go.set()
    settle(at_desk)
    assert office.read(lambda reading: reading.count(Contact)) == 3
    assert at_desk.shell.problems == []
    sheet = Overlay.top(at_desk.window)
    if name == "undo_import":
        assert isinstance(sheet, UndoSheet)
        assert sheet.take_out.isEnabled()
        assert not sheet.busy
    else:
        assert sheet is None
