"""Paper in the window: a scan leads to its questions, a list is looked through first, people are told."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget

from desktop_crm.records.consent import ConsentEvidence, ConsentHow, ConsentScreen, ConsentState, EvidenceKind
from desktop_crm.records.contact import Contact, Told
from desktop_crm.services import asking, consents, contacts, informing, paper_forms, purposes
from desktop_crm.services.asking import Answer
from desktop_crm.services.office import Office
from desktop_crm.services.permission_table import Filter
from desktop_crm.storage.where import eq
from desktop_crm.ui.asking.dialog import AskingSheet, open_asking
from desktop_crm.ui.made import folder as folders
from desktop_crm.ui.paper.blank import BlankSheet, open_blank
from desktop_crm.ui.paper.filing import FiledSheet, FilingSheet, open_filing
from desktop_crm.ui.paper.signing_up import SignUpSheet, open_sign_up
from desktop_crm.ui.paper.telling import TellOne
from desktop_crm.ui.screens.permission import Permission
from desktop_crm.ui.widgets.sheet import Overlay
from tests.ui.screens.conftest import AtDesk

TODAY = date(2026, 11, 21)


@pytest.fixture
def person(office: Office) -> bytes:
    purposes.use(office, ["newsletter", "photos"])
    return contacts.add(office, contacts.NewContact(name="Łucja Kowalska", emails=("lucja@example.com",)))


@pytest.fixture
def scan(tmp_path: Path) -> Path:
    path = tmp_path / "scan.pdf"
    path.write_bytes(b"%PDF-1.4 scan %%EOF")
    return path


@pytest.fixture(autouse=True)
def opened_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> list[QUrl]:
    """What the system was asked to open; papers go into a folder of the test."""
    urls: list[QUrl] = []

    def note(url: QUrl) -> bool:
        urls.append(url)
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    monkeypatch.setattr(folders, "usual_folder", lambda: tmp_path / "papers")
    return urls


S = TypeVar("S", bound=Overlay)


def shown(at_desk: AtDesk, kind: type[S]) -> S:
    at_desk.calm()
    top = Overlay.top(at_desk.window)
    assert isinstance(top, kind)
    return top


def begun(at_desk: AtDesk) -> None:
    at_desk.put(QWidget())
    at_desk.window.resize(1366, 900)


def state(office: Office, person: bytes, code: str) -> ConsentState | None:
    return next(one.standing.state for one in consents.of_person(office, person) if one.purpose.code == code)


def printed(office: Office, person: bytes, folder: Path) -> str:
    return paper_forms.print_form(office, asking.questions(office, person), ["newsletter", "photos"], folder).code


def filing_sheet(at_desk: AtDesk, scan: Path, code: str) -> FilingSheet:
    begun(at_desk)
    open_filing(at_desk.desk, scan)
    sheet = shown(at_desk, FilingSheet)
    sheet.code.set_text(code)
    sheet.look.click()
    at_desk.calm()
    return sheet


def test_a_dropped_scan_leads_to_the_questions_as_printed(
    at_desk: AtDesk, office: Office, person: bytes, scan: Path, tmp_path: Path
) -> None:
    sheet = filing_sheet(at_desk, scan, printed(office, person, tmp_path).lower())
    assert set(sheet.answering.rows) == {"newsletter", "photos"}
    sheet.file_button.click()
    at_desk.calm()
    assert state(office, person, "newsletter") is None, "an answer is missing"
    sheet.answering.rows["newsletter"].cards[Answer.YES].click()
    sheet.answering.rows["photos"].cards[Answer.NOT_NOW].click()
    sheet.file_button.click()
    at_desk.calm()
    assert state(office, person, "newsletter") is None, "the day beside the signature is missing"
    sheet.day.set_date(TODAY)
    sheet.file_button.click()
    at_desk.calm()
    assert Overlay.top(at_desk.window) is None
    assert state(office, person, "newsletter") is ConsentState.GIVEN
    assert state(office, person, "photos") is ConsentState.REQUESTED
    (proof,) = office.read(lambda reading: reading.find(ConsentEvidence, eq("contact_id", person)))
    assert proof.content == scan.read_bytes()


def test_a_wrong_code_is_told_at_the_field(at_desk: AtDesk, person: bytes, scan: Path) -> None:
    assert person
    sheet = filing_sheet(at_desk, scan, "0000-00A")
    assert sheet.found is None
    assert at_desk.shell.problems == []
    assert not sheet.answering.rows


def test_a_code_changed_after_the_look_files_nothing_to_whom_was_shown(
    at_desk: AtDesk, office: Office, person: bytes, scan: Path, tmp_path: Path
) -> None:
    eva = contacts.add(office, contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",)))
    sheet = filing_sheet(at_desk, scan, printed(office, person, tmp_path))
    for row in sheet.answering.rows.values():
        row.cards[Answer.YES].click()
    sheet.day.set_date(TODAY)
    sheet.code.set_text(printed(office, eva, tmp_path))
    sheet.file_button.click()
    at_desk.calm()
    assert sheet.found is not None
    assert sheet.found.person == eva, "whose form it is now, for somebody to look at first"
    assert state(office, person, "newsletter") is None


def test_what_was_said_later_is_told_and_does_not_pass_by(
    at_desk: AtDesk, office: Office, person: bytes, scan: Path, tmp_path: Path
) -> None:
    code = printed(office, person, tmp_path)
    consents.give(office, person, "newsletter", refused=True)
    sheet = filing_sheet(at_desk, scan, code)
    for row in sheet.answering.rows.values():
        row.cards[Answer.YES].click()
    sheet.day.set_date(TODAY)
    sheet.file_button.click()
    shown(at_desk, FiledSheet)
    assert state(office, person, "newsletter") is ConsentState.REFUSED
    assert state(office, person, "photos") is ConsentState.GIVEN


def test_a_list_is_looked_through_before_it_is_entered(
    at_desk: AtDesk, office: Office, person: bytes, scan: Path
) -> None:
    begun(at_desk)
    open_sign_up(at_desk.desk)
    sheet = shown(at_desk, SignUpSheet)
    sheet.occasion.set_text("Markt")
    sheet.day.set_date(TODAY)
    sheet.purpose.choose("newsletter")
    sheet.scan.show_path(scan)
    sheet.lines.set_text("Łucja Kowalska; lucja@example.com\nOhne Adresse")
    sheet.look_button.click()
    at_desk.calm()
    assert sheet.enter_button.isHidden(), "a line lacks its address"
    sheet.lines.set_text("Łucja Kowalska; lucja@example.com\nAli Öz; ali@example.com")
    sheet.look_button.click()
    at_desk.calm()
    assert len(sheet.looked.rows) == 2
    sheet.enter_button.click()
    at_desk.calm()
    assert state(office, person, "newsletter") is ConsentState.GIVEN
    assert office.read(lambda reading: reading.count(Contact)) == 2


def test_the_phone_script_is_what_is_kept(at_desk: AtDesk, office: Office, person: bytes) -> None:
    begun(at_desk)
    open_asking(at_desk.desk, person)
    sheet = shown(at_desk, AskingSheet)
    sheet.rows["newsletter"].card.click()
    sheet.ways.chip(ConsentHow.PHONE).click()
    sheet.answering.rows["newsletter"].cards[Answer.YES].click()
    sheet.record_button.click()
    at_desk.calm()
    assert state(office, person, "newsletter") is None, "when it was is missing"
    sheet.telephone.when.set_text("10:30")
    sheet.telephone.witness.set_text("Anna")
    read_out = sheet.telephone.words.text()
    assert sheet.rows["newsletter"].question.title in read_out
    sheet.record_button.click()
    at_desk.calm()
    (event,) = consents.of_person(office, person)[0].events
    (screen,) = office.read(lambda reading: reading.find(ConsentScreen, eq("contact_id", person)))
    (proof,) = office.read(lambda reading: reading.find(ConsentEvidence, eq("contact_id", person)))
    assert (screen.text, screen.how) == (read_out, ConsentHow.PHONE)
    assert (proof.kind, proof.screen_id) == (EvidenceKind.SCRIPT, screen.id)
    assert "10:30" in (proof.note or "")
    assert (event.explicit, event.witness, event.screen_id) == (True, "Anna", screen.id)


def test_the_dialog_prints_the_form_of_what_is_ticked(
    at_desk: AtDesk, person: bytes, opened_outside: list[QUrl]
) -> None:
    begun(at_desk)
    open_asking(at_desk.desk, person)
    sheet = shown(at_desk, AskingSheet)
    sheet.ways.chip(ConsentHow.PAPER).click()
    assert sheet.form_button.isHidden(), "nothing is ticked"
    sheet.rows["photos"].card.click()
    sheet.form_button.click()
    at_desk.calm()
    (url,) = opened_outside
    assert Path(url.toLocalFile()).read_bytes().startswith(b"%PDF")


def test_a_list_to_sign_is_for_one_purpose(at_desk: AtDesk, person: bytes, opened_outside: list[QUrl]) -> None:
    assert person
    begun(at_desk)
    open_blank(at_desk.desk)
    sheet = shown(at_desk, BlankSheet)
    sheet.print_button.click()
    assert opened_outside == []
    for card in sheet.cards.values():
        card.click()
    sheet.occasion.set_text("Markt")
    sheet.print_button.click()
    assert opened_outside == []
    sheet.cards["photos"].click()
    sheet.print_button.click()
    at_desk.calm()
    assert len(opened_outside) == 1


def test_all_who_were_not_told_get_a_letter(
    at_desk: AtDesk, office: Office, person: bytes, opened_outside: list[QUrl]
) -> None:
    assert person
    screen = Permission(at_desk.desk)
    at_desk.put(screen)
    assert screen.tell_all.isHidden()
    screen.narrow(Filter.NOT_TOLD)
    at_desk.calm()
    screen.tell_all.print_button.click()
    at_desk.calm()
    assert informing.counts(office).never == 0
    assert len(opened_outside) == 1
    assert screen.tell_all.isHidden()


def test_one_person_is_told_by_mail_and_noted_only_once_it_is_sent(
    at_desk: AtDesk, office: Office, person: bytes, opened_outside: list[QUrl]
) -> None:
    one = TellOne(at_desk.desk, person, mail=True)
    at_desk.put(one)
    one.mail_button.click()
    at_desk.calm()
    assert [url.scheme() for url in opened_outside] == ["mailto"]
    assert informing.counts(office).never == 1
    _text, sent = at_desk.shell.toasts[-1]
    assert sent is not None
    sent()
    at_desk.calm()
    contact = office.read(lambda reading: reading.get(Contact, person))
    assert contact
    assert contact.informed_how is Told.EMAIL
