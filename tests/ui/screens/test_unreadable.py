"""What is open and cannot be read again stays open, with what is typed in it; only what is gone goes."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_crm.records.request import RequestKind
from desktop_crm.services import requests
from desktop_crm.services.office import Office
from desktop_crm.ui.record import reading
from desktop_crm.ui.record.record import Record
from desktop_crm.ui.screens import permission
from desktop_crm.ui.screens.permission import Permission
from desktop_crm.words import Gone, M, Problem
from tests.ui.screens.conftest import AtDesk
from tests.ui.screens.over import page_of, show, somebody

UNREADABLE = Problem(M("The disk cannot be read."))
GONE = Gone(M("Nobody here has this number or email address."))


class Reads:
    """What reading again comes to."""

    problem: Problem = UNREADABLE

    def __call__(self, *_: object) -> object:
        raise self.problem


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Reads:
    made = Reads()
    monkeypatch.setattr(reading, "read_again", made)
    monkeypatch.setattr(permission, "read_again", made)
    return made


def told(at_desk: AtDesk) -> list[Problem]:
    return at_desk.shell.problems


def test_the_page_of_a_person(at_desk: AtDesk, office: Office, reads: Reads) -> None:
    record = Record(at_desk.desk)
    show(at_desk, record)
    person = somebody(office, "Anna Berg")
    record.open_person(person)
    at_desk.calm()
    QTest.keyClicks(record.note, "half a note")
    record.refresh()
    at_desk.calm()
    assert told(at_desk) == [UNREADABLE]
    assert (record.person, record.note.text()) == (person, "half a note")
    reads.problem = GONE
    record.refresh()
    at_desk.calm()
    assert told(at_desk) == [UNREADABLE]
    assert (record.person, record.note.text()) == (None, "")


def test_a_request(at_desk: AtDesk, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    reads = Reads()
    screen, view = page_of(at_desk, requests.register(office, somebody(office, "Anna Berg"), RequestKind.ACCESS))
    monkeypatch.setattr(requests, "request", reads)
    screen.refresh()
    at_desk.calm()
    assert told(at_desk) == [UNREADABLE]
    assert screen.view is view
    reads.problem = GONE
    screen.refresh()
    at_desk.calm()
    assert told(at_desk) == [UNREADABLE]
    assert screen.view is None


def test_the_history_of_an_answer(at_desk: AtDesk, office: Office, reads: Reads) -> None:
    somebody(office, "Anna Berg")
    screen = Permission(at_desk.desk)
    show(at_desk, screen)
    grid = screen.table.grid
    answer = grid.visualRect(screen.model.index(0, 1)).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=answer)
    at_desk.calm()
    found = screen.side.history
    assert found is not None
    screen.refresh()
    at_desk.calm()
    assert told(at_desk) == [UNREADABLE]
    assert screen.side.history is found
    reads.problem = GONE
    screen.refresh()
    at_desk.calm()
    assert told(at_desk) == [UNREADABLE]
    assert screen.side.history is None
