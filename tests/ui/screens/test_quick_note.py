"""What is typed into the note box is saved once, or kept as a draft of the person it was typed about."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_crm.records.interaction import Interaction
from desktop_crm.services import contacts, drafts
from desktop_crm.services.office import Office
from desktop_crm.ui.courier import WORKERS
from desktop_crm.ui.record import reading
from desktop_crm.ui.record.record import Record
from desktop_crm.words import M, Problem
from tests.ui.screens.conftest import AtDesk
from tests.ui.screens.over import settle, show, somebody


@pytest.fixture
def anna(office: Office) -> bytes:
    return somebody(office, "Anna Berg")


@pytest.fixture
def record(at_desk: AtDesk, anna: bytes) -> Record:
    made = Record(at_desk.desk)
    show(at_desk, made)
    made.open_person(anna)
    at_desk.calm()
    return made


def write(record: Record, text: str) -> None:
    QTest.keyClicks(record.note, text)


def enter(record: Record) -> None:
    QTest.keyClick(record.note, Qt.Key.Key_Return)


def draft(office: Office, person: bytes) -> str:
    return drafts.take(office, reading.PLACE, person).get(reading.FIELD, "")


def notes(office: Office) -> list[str]:
    return [row.text for row in office.read(lambda reading: reading.find(Interaction))]


def test_a_draft_that_is_slow_does_not_come_back_after_the_note_was_saved(
    at_desk: AtDesk, record: Record, office: Office, anna: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    began, go_on, keep = Event(), Event(), drafts.keep

    def slow(*given: object) -> None:
        began.set()
        go_on.wait(10)
        keep(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(drafts, "keep", slow)
    write(record, "No lilies")
    record.keep_draft()
    at_desk.qtbot.waitUntil(began.is_set)
    enter(record)
    at_desk.qtbot.wait(50)
    go_on.set()
    at_desk.calm()
    assert notes(office) == ["No lilies"]
    assert draft(office, anna) == ""


def test_a_draft_that_is_still_to_be_kept_is_not_kept_once_it_is_saved(
    at_desk: AtDesk, record: Record, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept: list[object] = []
    monkeypatch.setattr(drafts, "keep", lambda *given: kept.append(given))
    go_on = Event()
    for _ in range(WORKERS):
        at_desk.courier.ask(record, lambda: go_on.wait(10), lambda _: None)
    write(record, "No lilies")
    record.keep_draft()
    enter(record)
    go_on.set()
    at_desk.calm()
    assert kept == []


def test_what_is_typed_while_another_page_is_on_its_way_stays_with_its_person(
    at_desk: AtDesk, record: Record, office: Office, anna: bytes
) -> None:
    other = somebody(office, "Bert Zwei")
    write(record, "roses")
    record.open_person(other)
    write(record, " on Friday, 3 pm")
    at_desk.calm()
    assert (record.person, record.note.text()) == (other, "")
    assert draft(office, anna) == "roses on Friday, 3 pm"
    assert draft(office, other) == ""


def test_what_is_typed_while_the_same_page_is_read_anew_stays(at_desk: AtDesk, record: Record, anna: bytes) -> None:
    write(record, "roses")
    record.open_person(anna)
    write(record, " on Friday")
    at_desk.calm()
    assert record.note.text() == "roses on Friday"


def test_a_note_that_cannot_be_saved_is_kept_as_a_draft(
    at_desk: AtDesk, record: Record, office: Office, anna: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> bytes:
        raise Problem(M("The disk is full."))

    monkeypatch.setattr(contacts, "note", full)
    write(record, "No lilies")
    enter(record)
    at_desk.calm()
    assert at_desk.shell.typed == ["No lilies"]
    assert (record.note.text(), draft(office, anna)) == ("No lilies", "No lilies")


def test_the_hint_of_one_person_is_not_shown_with_another(
    at_desk: AtDesk, record: Record, office: Office, anna: bytes
) -> None:
    write(record, "needs a wheelchair")
    settle(at_desk)
    assert record.private.isVisible()
    record.open_person(somebody(office, "Tom Ernst"))
    settle(at_desk)
    assert not record.private.isVisible()
    record.open_person(anna)
    settle(at_desk)
    assert record.private.isVisible()
