"""Erasing somebody: nothing goes by mistake, nothing is left half done, and nobody is left in the window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor

from desktop_crm.records.contact import Contact
from desktop_crm.records.erasure import Erasure, ErasureMark, Ground
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purchase import Original
from desktop_crm.records.request import RequestKind
from desktop_crm.records.retention import RetentionAnswer, RetentionItem
from desktop_crm.services import access, contacts, erasing, outside, portability, requests
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.erasing import STEPS
from desktop_crm.services.office import Office
from desktop_crm.services.proof import Searched
from desktop_crm.ui.courier import Cancelled
from desktop_crm.ui.erasing.certificate import Certificate, searched_said
from desktop_crm.ui.erasing.columns import Column
from desktop_crm.ui.erasing.running import EraseJob
from desktop_crm.ui.erasing.sheet import EraseSheet, open_erasing
from desktop_crm.ui.look.theme import tokens
from desktop_crm.ui.screens.requests import Requests
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.facts import SmallButton, WhyCard
from desktop_crm.words import M, Money, Problem, Words
from tests.counting import open_requests
from tests.ui.screens.conftest import AtDesk
from tests.ui.screens.over import button, nothing_open, papers_go_to, press, settle, show, top, words_of, write
from tests.ui.seeing import focused

NAME = "Łucja Kowalska"
TYPED = "lucja kowalska"


@pytest.fixture
def person(office: Office) -> bytes:
    key = contacts.add(office, NewContact(name=NAME, emails=("lucja@x.example",)))
    contacts.note(office, key, "White and green, no lilies.")
    return key


@pytest.fixture(autouse=True)
def out(office: Office, tmp_path: Path) -> Path:
    return papers_go_to(office, tmp_path / "papers")


@pytest.fixture
def screen(at_desk: AtDesk) -> Requests:
    """A page that the sheet lies over."""
    made = Requests(at_desk.desk)
    show(at_desk, made)
    return made


def sheet_of(at_desk: AtDesk, person: bytes) -> EraseSheet:
    open_erasing(at_desk.desk, person)
    return top(at_desk, EraseSheet)


def fill(at_desk: AtDesk, sheet: EraseSheet) -> None:
    sheet.why.chips.chip(Ground.NO_LONGER_NEEDED).click()
    write(sheet.who.field.edit, TYPED)
    settle(at_desk)


def people(office: Office) -> int:
    return office.read(lambda reading: reading.count(Contact))


def erasures(office: Office) -> list[Erasure]:
    return office.read(lambda reading: reading.find(Erasure))


pytestmark = pytest.mark.usefixtures("screen")


# What is shown before


def test_three_columns_say_what_goes_what_stays_and_what_lies_elsewhere(
    at_desk: AtDesk, office: Office, person: bytes
) -> None:
    money, day = Money(4_800, "EUR"), date(2024, 5, 3)
    contacts.purchase(office, person, money, bought_on=day, invoice_no="2024-031", original=Original.HERE)
    outside.add_place(office, "Mailbox")
    sheet = sheet_of(at_desk, person)
    goes, stays, elsewhere = sheet.findChildren(Column)
    entries = erasing.preview(office, person).entries
    assert goes.number.text() == str(entries)
    assert sheet.erase.text() == f"Erase {entries} entries"
    assert "Invoice 2024-031" in words_of(stays)
    assert "31 Dec 2032" in words_of(stays)
    assert "Mailbox" in words_of(elsewhere)


def test_the_law_that_keeps_an_invoice_stands_behind_its_sign(at_desk: AtDesk, office: Office, person: bytes) -> None:
    money = Money(4_800, "EUR")
    contacts.purchase(office, person, money, bought_on=date(2024, 5, 3), invoice_no="1", original=Original.HERE)
    sheet = sheet_of(at_desk, person)
    law = erasing.preview(office, person).stays[0].law
    assert law not in words_of(sheet)
    sign = next(one for one in sheet.findChildren(SmallButton) if one.accessibleName() == "Why it stays")
    sign.click()
    card = sign.findChildren(WhyCard)[0]
    assert law in card.accessibleName()
    card.close()


def test_who_asked_and_until_when_stands_below_the_name(at_desk: AtDesk, office: Office, person: bytes) -> None:
    assert "This cannot be undone." in words_of(sheet_of(at_desk, person))
    top(at_desk, EraseSheet).close()
    number = requests.register(office, person, RequestKind.ERASURE, received_on=date(2026, 11, 20))
    said = words_of(sheet_of(at_desk, person))
    assert "Asked for on Fri 20 Nov 2026 · answer by Mon 21 Dec 2026 · this cannot be undone" in said
    top(at_desk, EraseSheet).close()
    requests.set_channel(office, number, Channel.POST)
    said = words_of(sheet_of(at_desk, person))
    assert "Asked for by post on Fri 20 Nov 2026 · answer by Mon 21 Dec 2026 · this cannot be undone" in said


def test_a_dispute_is_told_and_no_sheet_opens(at_desk: AtDesk, office: Office, person: bytes) -> None:
    item = RetentionItem(
        id=office.new_id(),
        record="contact",
        row_id=person,
        person_id=person,
        rule="customer",
        due_on=date(2026, 11, 1),
        found_at=office.clock.now(),
        answer=RetentionAnswer.HOLD,
        reason="A bill is disputed",
    )
    office.store.write(lambda writing: writing.insert(item))
    open_erasing(at_desk.desk, person)
    assert nothing_open(at_desk)
    assert len(at_desk.shell.problems) == 1


def test_nothing_is_entered_when_the_sheet_is_cancelled(at_desk: AtDesk, office: Office, person: bytes) -> None:
    sheet = sheet_of(at_desk, person)
    assert focused() is sheet.cancel
    press(Qt.Key.Key_Escape)
    assert nothing_open(at_desk)
    assert open_requests(office) == 0
    assert people(office) == 1


def test_that_they_asked_is_entered_in_one_click_and_stays(at_desk: AtDesk, office: Office, person: bytes) -> None:
    sheet = sheet_of(at_desk, person)
    assert sheet.asked is not None
    assert sheet.asked.ways.chosen() is None
    sheet.asked.ways.chip(Channel.PHONE).click()
    at_desk.calm()
    (row,) = requests.open_requests(office)
    assert (row.kind, row.channel, row.received_on) == (RequestKind.ERASURE, Channel.PHONE, office.today())
    assert row.number in sheet.asked.says.text()
    sheet.asked.ways.chip(Channel.POST).click()
    at_desk.calm()
    press(Qt.Key.Key_Escape)
    assert nothing_open(at_desk)
    assert [(one.number, one.channel) for one in requests.open_requests(office)] == [(row.number, Channel.POST)]
    assert sheet_of(at_desk, person).asked is None, "it is known now"


# Still running


def test_waiting_enters_the_request_and_its_day(at_desk: AtDesk, office: Office, person: bytes) -> None:
    contacts.deliver(office, person, name="Gerda", deliver_on=date(2026, 12, 12))
    sheet = sheet_of(at_desk, person)
    assert "delivery on 12 Dec 2026" in sheet.findChildren(Banner)[0].accessibleName()
    assert sheet.wait.text() == "Wait until 14 Dec 2026"
    sheet.wait.click()
    assert nothing_open(at_desk)
    (row,) = requests.open_requests(office)
    assert (row.kind, row.wait_until) == (RequestKind.ERASURE, date(2026, 12, 14))
    text, then = at_desk.shell.toasts[-1]
    assert text == "Waits until 14 Dec 2026."
    assert then is not None
    then()
    assert at_desk.shell.went[-1] == ("requests", {"number": row.number})
    assert people(office) == 1


def test_a_copy_that_was_asked_for_can_be_handed_over_first(at_desk: AtDesk, office: Office, person: bytes) -> None:
    number = requests.register(office, person, RequestKind.ACCESS)
    sheet = sheet_of(at_desk, person)
    button(sheet, "Hand over the copy first").click()
    assert nothing_open(at_desk)
    assert at_desk.shell.went == [("requests", {"number": number})]


# Open points


def test_nothing_is_chosen_at_first_and_the_button_goes_to_the_first_open_point(
    at_desk: AtDesk, office: Office, person: bytes
) -> None:
    requests.register(office, person, RequestKind.ACCESS)
    other = contacts.add(office, NewContact(name="Tom Late", emails=("tom@x.example",)))
    contacts.note(office, other, f"Comes with {NAME}.")
    sheet = sheet_of(at_desk, person)
    assert sheet.why.ground is None
    assert sheet.copy is not None
    assert sheet.mentions is not None
    for expected, answer in (
        (sheet.copy.tick, sheet.copy.tick.click),
        (sheet.mentions.tick, sheet.mentions.tick.click),
        (sheet.why.chips.chip(Ground.NO_LONGER_NEEDED), sheet.why.chips.chip(Ground.WITHDREW).click),
        (sheet.who.field.edit, sheet.who.tick.click),
    ):
        assert sheet.erase.isEnabled()
        sheet.erase.click()
        assert focused() is expected
        assert people(office) == 2
        answer()
    sheet.erase.click()
    top(at_desk, Certificate)
    assert people(office) == 1
    assert erasures(office)[0].ground is Ground.WITHDREW


def test_plain_letters_are_enough_and_another_name_is_not(at_desk: AtDesk, person: bytes) -> None:
    sheet = sheet_of(at_desk, person)
    sheet.why.chips.chip(Ground.OBJECTS).click()
    write(sheet.who.field.edit, "Lucja Kowalski")
    settle(at_desk)
    sheet.erase.click()
    assert "This is not the name above." in words_of(sheet)
    sheet.who.field.edit.clear()
    write(sheet.who.field.edit, TYPED)
    settle(at_desk)
    assert sheet.who.field.edit.property("state") == "right"
    assert "This is not the name above." not in words_of(sheet)


def test_only_no_more_advertising_leads_to_where_that_is_stopped(
    at_desk: AtDesk, office: Office, person: bytes
) -> None:
    sheet = sheet_of(at_desk, person)
    button(sheet, "Stop using this").click()
    assert nothing_open(at_desk)
    assert at_desk.shell.went == [("permission", {"person": person})]
    assert people(office) == 1


# Erasing


def test_our_copies_of_answers_are_ticked_off_or_told_of_at_the_end(
    at_desk: AtDesk, office: Office, person: bytes, tmp_path: Path
) -> None:
    answers = [access.access_report(office, person, tmp_path / "copies").number for _ in range(2)]
    asked = requests.register(office, person, RequestKind.ACCESS)
    portability.take_along(office, person, tmp_path / "copies", number=asked)
    requests.close(office, asked)
    made = [*(f"access-{number}" for number in answers), f"take-along-{asked}"]
    assert {path.stem for path in (tmp_path / "copies").iterdir()} == set(made)
    requests.register(office, person, RequestKind.RECTIFICATION)
    for number in answers:
        requests.remember_copy(office, number, date(2026, 12, 21))
    sheet = sheet_of(at_desk, person)
    assert list(sheet.elsewhere.copies) == sorted(made)
    assert sheet.elsewhere.number.text() == "3"
    outside.add_place(office, "Mailbox")
    sheet.elsewhere.places.refresh()
    settle(at_desk)
    assert sheet.elsewhere.number.text() == "4"
    sheet.elsewhere.copies[made[0]].click()
    fill(at_desk, sheet)
    sheet.erase.click()
    said = words_of(top(at_desk, Certificate))
    assert f"whose names begin so: {made[1]}, {made[2]}." in said
    assert made[0] not in said


def test_the_certificate_says_what_was_searched_and_nobody_is_left_in_the_window(
    at_desk: AtDesk, office: Office, person: bytes, out: Path, screen: Requests
) -> None:
    number = requests.register(office, person, RequestKind.ERASURE)
    screen.show_at(number=number)
    settle(at_desk)
    sheet = sheet_of(at_desk, person)
    fill(at_desk, sheet)
    press(Qt.Key.Key_Return, sheet.who.field.edit)
    certificate = top(at_desk, Certificate)
    erased = erasures(office)[0]
    said = certificate.proof.accessibleName()
    assert said.startswith("We searched every page of the file for ")
    assert "0 found." in said
    assert sorted(path.name for path in out.iterdir()) == [
        f"erasure-{erased.number}.json",
        f"erasure-{erased.number}.pdf",
        f"letter-{erased.number}.pdf",
    ]
    assert "Kowalska" not in words_of(at_desk.window)
    button(certificate, "Done").click()
    assert nothing_open(at_desk)
    assert screen.isAncestorOf(focused())
    assert "Kowalska" not in words_of(at_desk.window)
    with pytest.raises(Problem):
        requests.request(office, number)


def test_the_mark_is_left_out_where_it_is_not_wanted(at_desk: AtDesk, office: Office, person: bytes) -> None:
    sheet = sheet_of(at_desk, person)
    fill(at_desk, sheet)
    sheet.mark.click()
    sheet.erase.click()
    top(at_desk, Certificate)
    assert office.read(lambda reading: reading.count(ErasureMark)) == 0


def test_a_folder_that_cannot_be_written_to_changes_nothing_and_keeps_what_was_typed(
    at_desk: AtDesk, office: Office, person: bytes, tmp_path: Path
) -> None:
    (tmp_path / "taken").write_text("a file")
    papers_go_to(office, tmp_path / "taken")
    sheet = sheet_of(at_desk, person)
    fill(at_desk, sheet)
    sheet.erase.click()
    at_desk.qtbot.waitUntil(lambda: len(at_desk.shell.problems) == 1)
    assert top(at_desk, EraseSheet) is sheet
    assert sheet.who.field.text() == TYPED
    assert people(office) == 1


class Slow:
    """An erasure that takes as long as a test lets it. Stopped in its first step it raises, as the real one does."""

    def __init__(self) -> None:
        self.go_on = Event()
        self.commit = Event()
        self.ended = Event()
        self.stopped = False

    def __call__(self, *_: Any, tell: Any, progress: Any, **__: Any) -> Any:
        try:
            tell(1, 3, STEPS[0])
            while not self.commit.wait(0.005):
                tell(1, 3, STEPS[0])
            tell(2, 3, STEPS[1])
            progress(3, 4)
            self.go_on.wait(10)
            raise Problem(M("The erasure is done, but its papers were not written."))
        except Cancelled:
            self.stopped = True
            raise
        finally:
            self.ended.set()


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Iterator[Slow]:
    made = Slow()
    monkeypatch.setattr(erasing, "erase", made)
    yield made
    made.commit.set()
    made.go_on.set()


def begin(at_desk: AtDesk, person: bytes) -> tuple[EraseSheet, EraseJob]:
    sheet = sheet_of(at_desk, person)
    fill(at_desk, sheet)
    sheet.erase.click()
    at_desk.qtbot.waitUntil(lambda: bool(at_desk.window.findChildren(EraseJob)))
    return sheet, at_desk.window.findChildren(EraseJob)[0]


def test_until_the_first_step_ends_cancel_puts_everything_back(at_desk: AtDesk, person: bytes, slow: Slow) -> None:
    sheet, job = begin(at_desk, person)
    press(Qt.Key.Key_Escape, job)
    assert job.isVisible()
    job.cancel_button.click()
    assert top(at_desk, EraseSheet) is sheet
    assert slow.stopped
    assert sheet.who.field.text() == TYPED
    assert at_desk.shell.problems == []
    sheet.dismiss()
    assert nothing_open(at_desk)


def test_while_somebody_is_erased_nothing_of_the_window_shows(at_desk: AtDesk, person: bytes, slow: Slow) -> None:
    _, job = begin(at_desk, person)
    picture = at_desk.window.grab().toImage()
    corners = {picture.pixelColor(x, y).name() for x in (2, 600) for y in (2, picture.height() - 3)}
    assert len(corners) == 1
    assert QColor(corners.pop()) != QColor(tokens().surface)
    job.cancel_button.click()
    settle(at_desk)
    assert slow.stopped


def test_after_the_first_step_there_is_no_way_back_and_no_button_for_it(
    at_desk: AtDesk, person: bytes, slow: Slow
) -> None:
    sheet, job = begin(at_desk, person)
    slow.commit.set()
    at_desk.qtbot.waitUntil(lambda: "75 percent of the file searched" in words_of(job))
    assert not job.cancel_button.isVisible()
    slow.go_on.set()
    at_desk.qtbot.waitUntil(lambda: len(at_desk.shell.problems) == 1)
    assert nothing_open(at_desk), "the person is gone, so the sheet is too"
    assert sheet is not None


def test_traces_that_were_found_are_said_and_never_called_clean(at_desk: AtDesk) -> None:
    said = Words("en").say(searched_said(Searched(pages=9, details=41, shared=0, found=2, pending=False)))
    assert said == "We searched every page of the file for 41 details of this person: 2 found."
    assert at_desk.faults == []
