"""The questions before a customer: the words of the preview and of the record, equal answers, a signature, a parent."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from desktop_crm.records.consent import ConsentEvidence, ConsentScreen, ConsentState
from desktop_crm.records.purpose import Purpose, SpecialGround
from desktop_crm.services import asking, consents, contacts, purposes
from desktop_crm.services.asking import Answer, Piece
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.office import Office
from desktop_crm.ui.asking.dialog import AskingSheet, open_asking
from desktop_crm.ui.asking.preview import Inert
from desktop_crm.ui.handover.form import Form
from desktop_crm.ui.handover.page import HandOver
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.chip import Chip
from desktop_crm.ui.widgets.choice import ChoiceCard
from desktop_crm.ui.widgets.sheet import Overlay
from tests.ui.screens.conftest import AtDesk

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def person(office: Office) -> bytes:
    purposes.use(office, ["newsletter", "birthday-card", "photos"])
    return contacts.add(office, NewContact(name="Łucja Kowalska", emails=("lucja@example.com",)))


@pytest.fixture
def young(office: Office) -> bytes:
    purposes.use(office, ["newsletter", "photos"])
    return contacts.add(office, NewContact(name="Mia Klein", emails=("mia@example.com",), under_age=True))


def handed(at_desk: AtDesk, person: bytes, *codes: str) -> HandOver:
    page = HandOver(at_desk.desk, asking.questions(at_desk.desk.office, person, "en").only(codes))
    at_desk.put(page)
    at_desk.window.resize(1366, 900)
    at_desk.calm()
    return page


def form(page: HandOver) -> Form:
    assert page.form is not None
    return page.form


def dialog(at_desk: AtDesk, person: bytes) -> AskingSheet:
    at_desk.put(QWidget())
    open_asking(at_desk.desk, person)
    at_desk.calm()
    top = Overlay.top(at_desk.window)
    assert isinstance(top, AskingSheet)
    return top


def sign(pad: QWidget, *points: tuple[int, int]) -> None:
    start, *on = (QPoint(*point) for point in points)
    QTest.mousePress(pad, LEFT, pos=start)
    for point in on:
        QTest.mouseMove(pad, point)
    QTest.mouseRelease(pad, LEFT, pos=on[-1])


def texts(within: QWidget) -> set[str]:
    """All that is to be read in it."""
    found: set[str] = set()
    for one in within.findChildren(QWidget):
        if isinstance(one, QLabel) or (isinstance(one, Button) and one.text()):
            found.add(one.text())
        elif isinstance(one, ChoiceCard | Inert):
            found.add(one.accessibleName())
    return found


def lines(text: str) -> Iterator[str]:
    return (line for line in text.split("\n") if line)


def test_preview_screen_and_record_are_the_same_word_for_word(at_desk: AtDesk, office: Office, person: bytes) -> None:
    staff = dialog(at_desk, person)
    staff.languages.chip("en").click()
    at_desk.calm()
    staff.preview.show_question(staff.asking, staff.rows["photos"].question)
    before = texts(staff.preview.page)
    pages: list[HandOver] = []
    staff.desk.handed.connect(pages.append)
    staff.hand_button.click()
    at_desk.calm()
    page = pages[0]
    at_desk.put(page)
    assert [one.code for one in page.asking.questions] == ["photos"]
    # What stands on the screen besides: the field to type in, ways to change one's mind, and what is missing.
    own = {"", "Your name instead of a signature", "Type my name instead", "Sign again"}
    on_screen = texts(form(page)) - own
    (chip,) = (one for one in page.languages.findChildren(Chip) if one.isChecked())
    form(page).questions[0].cards[Answer.NOT_NOW].click()
    form(page).save.click()
    at_desk.calm()
    (stored,) = office.read(lambda reading: reading.find(ConsentScreen))
    assert before == on_screen
    assert set(lines(stored.text)) == on_screen | {chip.text()}
    assert stored.text.index("\nYes\n") < stored.text.index("\nNo\n") < stored.text.index("\nNot now\n")
    assert stored.language == "en"


def test_the_pieces_stand_on_the_screen_in_their_order(at_desk: AtDesk, person: bytes) -> None:
    page = handed(at_desk, person, "photos", "newsletter")
    places: list[int] = []
    for piece in page.asking.pieces():
        if piece.piece in {Piece.GREETING, Piece.ASKER, Piece.WITHDRAW, Piece.NOTICE, Piece.TITLE}:
            one = next(one for one in form(page).findChildren(QWidget) if piece.text in texts_of(one))
            places.append(one.mapTo(page, QPoint(0, 0)).y())
    assert places == sorted(places)
    assert len(places) == len(set(places)) == 6


def texts_of(one: QWidget) -> str:
    return one.text() if isinstance(one, QLabel | Button) else ""


def test_the_three_answers_are_alike_and_none_is_chosen(at_desk: AtDesk, person: bytes) -> None:
    page = handed(at_desk, person, "photos", "newsletter")
    for question in form(page).questions:
        cards = list(question.cards.values())
        assert question.answer() is None
        assert len({card.height() for card in cards}) == 1
        assert max(card.width() for card in cards) - min(card.width() for card in cards) <= 1
        assert min(card.height() for card in cards) >= 56
    form(page).save.click()
    at_desk.calm()
    assert contacts.show(at_desk.desk.office, person).consents == ()
    assert "Please choose one answer" in form(page).questions[0].fault.text()


def test_language_and_larger_letters_keep_what_was_answered_and_signed(at_desk: AtDesk, person: bytes) -> None:
    page = handed(at_desk, person, "photos", "newsletter")
    form(page).questions[1].cards[Answer.NO].click()
    sign(form(page).pad, (20, 20), (80, 60), (120, 30))
    drawn = form(page).pad.strokes
    high = form(page).questions[0].cards[Answer.YES].height()
    page.larger.click()
    page.larger.click()
    QApplication.processEvents()
    assert form(page).questions[0].cards[Answer.YES].height() >= high
    page.languages.chip("de").click()
    at_desk.calm()
    assert form(page).questions[0].cards[Answer.NO].accessibleName() == "Nein"
    assert form(page).questions[1].answer() is Answer.NO
    assert form(page).questions[0].answer() is None
    assert form(page).pad.strokes == drawn


def test_a_signature_is_lines_without_times_and_can_be_drawn_again(
    at_desk: AtDesk, office: Office, person: bytes
) -> None:
    page = handed(at_desk, person, "newsletter")
    pad = form(page).pad
    sign(pad, (20, 20), (80, 60))
    form(page).again.click()
    assert pad.strokes == ""
    half = pad.width() // 2
    sign(pad, (0, 10), (half, 10), (half + 1, 10), (pad.width() + 50, 10))
    form(page).questions[0].cards[Answer.YES].click()
    form(page).save.click()
    at_desk.calm()
    (proof,) = office.read(lambda reading: reading.find(ConsentEvidence))
    assert proof.strokes is not None
    first, middle, last = (point.split(",") for point in proof.strokes.split(" "))
    assert (first[0], last[0]) == ("0", "1000")
    assert 495 <= int(middle[0]) <= 500
    assert "Thank you, Łucja Kowalska" in texts(page)


def test_a_name_can_be_typed_instead(at_desk: AtDesk, office: Office, person: bytes) -> None:
    page = handed(at_desk, person, "newsletter")
    form(page).type_instead.click()
    form(page).typed.set_text("Ł. Kowalska")
    form(page).questions[0].cards[Answer.YES].click()
    form(page).save.click()
    at_desk.calm()
    (proof,) = office.read(lambda reading: reading.find(ConsentEvidence))
    assert (proof.note, proof.strokes) == ("Ł. Kowalska", None)


def test_for_somebody_too_young_a_yes_needs_a_parent_and_a_no_nobody(
    at_desk: AtDesk, office: Office, young: bytes
) -> None:
    page = handed(at_desk, young, "newsletter", "photos")
    form(page).questions[0].cards[Answer.YES].click()
    form(page).questions[1].cards[Answer.NO].click()
    form(page).save.click()
    at_desk.calm()
    assert contacts.show(office, young).consents == ()
    guardian = form(page).guardian
    assert guardian is not None
    guardian.set_text("Ida Klein")
    sign(form(page).guardian_pad, (20, 20), (80, 60))
    form(page).save.click()
    at_desk.calm()
    said = contacts.show(office, young).consents
    assert {(one.state, one.guardian) for one in said} == {
        (ConsentState.GIVEN, "Ida Klein"),
        (ConsentState.REFUSED, "Ida Klein"),
    }
    (proof,) = office.read(lambda reading: reading.find(ConsentEvidence))
    assert (proof.note, bool(proof.strokes)) == ("Ida Klein", True)


def test_the_dialog_asks_for_a_parent_as_well(at_desk: AtDesk, young: bytes) -> None:
    staff = dialog(at_desk, young)
    staff.rows["newsletter"].card.click()
    staff.ways.chip("paper").click()
    staff.answering.rows["newsletter"].cards[Answer.YES].click()
    staff.record_button.click()
    at_desk.calm()
    assert staff.guardian.edit.accessibleDescription().startswith("For a yes")
    staff.guardian.set_text("Ida Klein")
    staff.record_button.click()
    at_desk.calm()
    assert [text for text, _ in at_desk.shell.toasts] == ["1 answer is recorded."]


def test_what_is_very_private_is_agreed_to_expressly(at_desk: AtDesk, office: Office, person: bytes) -> None:
    chosen = consents.purpose(office, "newsletter")
    office.store.write(lambda writing: writing.update(Purpose, chosen.id, special=SpecialGround.EXPLICIT))
    page = handed(at_desk, person, "newsletter", "photos")
    assert "This is very private. With “Yes” I agree to it expressly." in texts(form(page))
    for question in form(page).questions:
        question.cards[Answer.YES].click()
    form(page).save.click()
    at_desk.calm()
    said = {one.purpose_id: one.explicit for one in contacts.show(office, person).consents}
    assert said[chosen.id] is True
    assert sorted(said.values()) == [False, True]


def test_what_fails_is_told_without_the_reason_and_the_reason_to_staff(
    at_desk: AtDesk, office: Office, person: bytes
) -> None:
    page = handed(at_desk, person, "newsletter")
    consents.give(office, person, "newsletter", refused=True)
    form(page).questions[0].cards[Answer.YES].click()
    form(page).save.click()
    at_desk.calm()
    assert form(page).fault.text().startswith("This did not work, and nothing was saved.")
    assert at_desk.shell.problems == []
    page.tell(at_desk.desk)
    assert len(at_desk.shell.problems) == 1


def test_nothing_is_pasted_and_no_menu_opens(at_desk: AtDesk, person: bytes) -> None:
    page = handed(at_desk, person, "newsletter")
    QApplication.clipboard().setText("somebody@else.example")
    form(page).type_instead.click()
    edit = form(page).typed.edit
    edit.setFocus()
    QTest.keyClick(edit, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(edit, Qt.Key.Key_Insert, Qt.KeyboardModifier.ShiftModifier)
    QTest.mouseClick(edit, Qt.MouseButton.MiddleButton)
    assert form(page).typed.text() == ""
    assert edit.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu
    assert not edit.acceptDrops()


def test_with_nothing_ticked_the_question_that_is_shown_is_handed_over(at_desk: AtDesk, person: bytes) -> None:
    staff = dialog(at_desk, person)
    pages: list[HandOver] = []
    staff.desk.handed.connect(pages.append)
    staff.hand_button.click()
    at_desk.calm()
    assert [one.code for one in pages[0].asking.questions] == ["birthday-card"]
    assert Overlay.top(at_desk.window) is None


def test_a_recent_no_is_not_handed_over(at_desk: AtDesk, office: Office, person: bytes) -> None:
    consents.give(office, person, "newsletter", refused=True)
    staff = dialog(at_desk, person)
    pages: list[HandOver] = []
    staff.desk.handed.connect(pages.append)
    staff.preview.show_question(staff.asking, staff.rows["newsletter"].question)
    staff.hand_button.click()
    at_desk.calm()
    assert not pages
    assert staff._nothing.isVisible()
