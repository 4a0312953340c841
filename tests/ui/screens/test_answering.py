"""Papers in one click: the answer, the same for machines, the data to take along; locked, handed over, closed."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel

from desktop_crm.records.interaction import Channel
from desktop_crm.records.request import IdentityCheck, RequestKind
from desktop_crm.services import access, contacts, requests
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.office import Office
from desktop_crm.services.requests import Step
from desktop_crm.ui import clipboard
from desktop_crm.ui.made import folder as made_folder
from desktop_crm.ui.made.folder import FolderSheet
from desktop_crm.ui.made.sheet import MadeSheet
from desktop_crm.ui.requests.answering import Paper
from desktop_crm.ui.requests.start import give_copy
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button
from desktop_crm.words import M
from tests.counting import open_requests
from tests.ui.screens.conftest import AtDesk
from tests.ui.screens.over import (
    button,
    list_of,
    nothing_open,
    page_of,
    papers_go_to,
    papers_of,
    settle,
    top,
    words_of,
)
from tests.ui.seeing import focused

NAME = "Łucja Kowalska"


@pytest.fixture
def person(office: Office) -> bytes:
    key = contacts.add(office, NewContact(name=NAME, emails=("lucja@x.example",)))
    contacts.note(office, key, "White and green, no lilies.")
    return key


@pytest.fixture
def number(office: Office, person: bytes) -> str:
    return requests.register(office, person, RequestKind.ACCESS, Channel.EMAIL, date(2026, 11, 3))


@pytest.fixture
def out(office: Office, tmp_path: Path) -> Path:
    return papers_go_to(office, tmp_path / "papers")


def test_two_clicks_lead_from_a_contact_to_the_finished_copy(
    at_desk: AtDesk, office: Office, person: bytes, out: Path
) -> None:
    screen = list_of(at_desk)
    give_copy(at_desk.desk, person)
    at_desk.calm()
    number = requests.open_of_person(office, person)[0].number
    assert at_desk.shell.went == [("requests", {"number": number})]
    screen.show_at(number=number)
    at_desk.calm()
    assert screen.view is not None
    make = papers_of(screen.view).first
    assert focused() is make
    make.click()
    top(at_desk, MadeSheet)
    assert [path.name for path in out.iterdir()] == [f"access-{number}.pdf"]


def test_a_copy_that_is_asked_for_already_is_not_asked_for_twice(
    at_desk: AtDesk, office: Office, person: bytes, number: str
) -> None:
    give_copy(at_desk.desk, person)
    at_desk.calm()
    assert at_desk.shell.went == [("requests", {"number": number})]
    assert open_requests(office) == 1


@pytest.mark.usefixtures("out")
def test_made_is_not_yet_handed_over(at_desk: AtDesk, office: Office, number: str) -> None:
    _, view = page_of(at_desk, number)
    papers_of(view).make(Paper.ANSWER)
    sheet = top(at_desk, MadeSheet)
    assert requests.request(office, number).row.step is Step.HAND_OVER
    sheet.done.click()
    assert nothing_open(at_desk)
    assert requests.request(office, number).row.step is Step.CLOSED
    at_desk.qtbot.waitUntil(lambda: not papers_of(view).isVisible())
    assert view.steps.accessibleName() == "Step 5 of 5: Closed"


@pytest.mark.usefixtures("out")
def test_who_asked_can_be_noted_while_the_paper_is_handed_over(at_desk: AtDesk, office: Office, number: str) -> None:
    _, view = page_of(at_desk, number)
    papers_of(view).first.click()
    sheet = top(at_desk, MadeSheet)
    assert sheet.sure is not None
    sheet.sure.ways.chip(IdentityCheck.KNOWN_ADDRESS).click()
    at_desk.calm()
    page = requests.request(office, number)
    assert (page.identity, page.identity_on) == (IdentityCheck.KNOWN_ADDRESS, office.today())
    sheet.close()
    papers_of(view).first.click()
    assert top(at_desk, MadeSheet).sure is None, "what is noted is not asked again"


def test_a_paper_that_waits_to_be_handed_over_is_told_on_its_page(
    at_desk: AtDesk, office: Office, number: str, out: Path
) -> None:
    access.answer(office, number, out, closing=False)
    _, view = page_of(at_desk, number)
    banner = view.findChildren(Banner)[0]
    banner.findChildren(Button)[0].click()
    at_desk.qtbot.waitUntil(lambda: not papers_of(view).isVisible())
    assert requests.request(office, number).row.step is Step.CLOSED


def test_the_answer_for_machines_is_that_file_alone(at_desk: AtDesk, number: str, out: Path) -> None:
    _, view = page_of(at_desk, number)
    papers_of(view).cards[Paper.MACHINE].button.click()
    top(at_desk, MadeSheet)
    (made,) = out.iterdir()
    assert json.loads(made.read_text())["number"] == number


def test_data_to_take_along_leaves_the_request_for_a_copy_open(
    at_desk: AtDesk, office: Office, number: str, out: Path
) -> None:
    _, view = page_of(at_desk, number)
    papers_of(view).cards[Paper.TAKE_ALONG].button.click()
    sheet = top(at_desk, MadeSheet)
    assert not hasattr(sheet, "done")
    assert {path.suffix for path in out.iterdir()} == {".json", ".csv", ".vcf"}
    assert requests.request(office, number).row.closed_on is None


@pytest.mark.usefixtures("out")
def test_a_request_for_data_to_take_along_is_answered_by_it(at_desk: AtDesk, office: Office, person: bytes) -> None:
    number = requests.register(office, person, RequestKind.PORTABILITY)
    _, view = page_of(at_desk, number)
    assert list(papers_of(view).cards) == [Paper.TAKE_ALONG]
    papers_of(view).first.click()
    sheet = top(at_desk, MadeSheet)
    assert requests.request(office, number).row.step is Step.HAND_OVER, "made is not yet handed over"
    sheet.done.click()
    assert nothing_open(at_desk)
    assert requests.request(office, number).row.step is Step.CLOSED


def test_a_locked_paper_opens_with_the_password_that_is_shown_once(
    at_desk: AtDesk, number: str, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clipboard, "SECRET_MS", 1000)
    _, view = page_of(at_desk, number)
    papers = papers_of(view)
    papers.lock.click()
    assert not papers.cards[Paper.MACHINE].button.isEnabled()
    papers.first.click()
    sheet = top(at_desk, MadeSheet)
    button(sheet, "Copy the password").click()
    password = QGuiApplication.clipboard().text()
    assert password in [label.text() for label in sheet.findChildren(QLabel)]
    assert QGuiApplication.clipboard().mimeData().hasFormat("x-kde-passwordManagerHint")
    (paper,) = out.iterdir()
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(paper)
    with pikepdf.open(paper, password=password) as opened:
        assert opened.encryption.R == 6
    sheet.close()
    assert password not in words_of(at_desk.window)
    at_desk.qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "")


@pytest.mark.usefixtures("out")
def test_our_own_copy_is_remembered_unless_the_tick_is_taken_out(at_desk: AtDesk, office: Office, number: str) -> None:
    _, view = page_of(at_desk, number)
    papers_of(view).first.click()
    sheet = top(at_desk, MadeSheet)
    assert requests.request(office, number).delete_copy_on == office.today() + timedelta(days=30)
    sheet.remind.click()
    at_desk.calm()
    assert requests.request(office, number).delete_copy_on is None


def test_a_folder_that_cannot_be_written_to_is_told_and_the_buttons_come_back(
    at_desk: AtDesk, office: Office, number: str, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file")
    papers_go_to(office, tmp_path / "taken")
    _, view = page_of(at_desk, number)
    papers_of(view).first.click()
    at_desk.calm()
    at_desk.qtbot.waitUntil(lambda: len(at_desk.shell.problems) == 1)
    assert all(card.button.isEnabled() for card in papers_of(view).cards.values())
    assert requests.request(office, number).row.step is Step.IDENTITY


def test_a_usual_folder_that_is_copied_elsewhere_is_asked_about(
    at_desk: AtDesk, number: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(made_folder, "documents_folder", lambda: tmp_path / "OneDrive")
    monkeypatch.setattr(made_folder, "place_warning", lambda _: M("OneDrive copies it."))
    _, view = page_of(at_desk, number)
    papers_of(view).first.click()
    sheet = top(at_desk, FolderSheet)
    assert not (tmp_path / "OneDrive").exists()
    button(sheet, "Use this one all the same").click()
    top(at_desk, MadeSheet)
    top(at_desk, MadeSheet).close()
    papers_of(view).first.click()
    top(at_desk, MadeSheet)


@pytest.mark.parametrize("height", [600, 900])
def test_what_makes_the_paper_is_seen_without_scrolling(at_desk: AtDesk, number: str, height: int) -> None:
    at_desk.window.resize(856, height)
    _, page = page_of(at_desk, number)
    settle(at_desk)
    first, found = papers_of(page).first, page.found
    assert found is not None
    seen = page.layout_page.scroller.viewport()
    assert seen.rect().contains(first.rect().translated(first.mapTo(seen, QPoint(0, 0))))
    assert page.layout_page.scroller.verticalScrollBar().value() == 0
    assert (found.mapTo(seen, QPoint(0, 0)).y() > first.mapTo(seen, QPoint(0, 0)).y()) is (height == 600)
