"""The permission dialog: what is shown, what is recorded, and that nothing is chosen for anybody."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.records.consent import ConsentHow, ConsentState
from desktop_crm.records.purpose import Wording
from desktop_crm.services import consents, contacts, purposes
from desktop_crm.services.asking import Answer
from desktop_crm.services.office import Office
from desktop_crm.storage.where import eq
from desktop_crm.ui.asking.dialog import AskingSheet, Unrecorded, half_of, open_asking
from desktop_crm.ui.asking.kept import HalfAsked
from desktop_crm.ui.asking.preview import Preview
from desktop_crm.ui.asking.receipt import give_receipt
from desktop_crm.ui.asking.withdrawing import withdraw
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.sheet import Overlay
from tests.ui.screens.conftest import AtDesk


@pytest.fixture
def person(office: Office) -> bytes:
    purposes.use(office, ["newsletter", "birthday-card", "photos"])
    return contacts.add(office, contacts.NewContact(name="Łucja Kowalska", emails=("lucja@example.com",)))


def opened(at_desk: AtDesk, person: bytes) -> AskingSheet:
    if not at_desk.window.isVisible():
        at_desk.put(QWidget())
        at_desk.window.resize(1366, 900)
        at_desk.window.activateWindow()
        at_desk.qtbot.waitUntil(at_desk.window.isActiveWindow)
    open_asking(at_desk.desk, person)
    at_desk.calm()
    top = Overlay.top(at_desk.window)
    assert isinstance(top, AskingSheet)
    return top


def standing(office: Office, person: bytes, code: str) -> ConsentState | None:
    return next(one.standing.state for one in consents.of_person(office, person) if one.purpose.code == code)


def words_shown(preview: Preview) -> str:
    return "\n".join(one.text() for one in preview._exact)


def wording(office: Office, key: bytes | None) -> Wording:
    stored = office.read(lambda reading: reading.get(Wording, key))
    assert stored is not None
    return stored


def test_nothing_is_chosen_beforehand(at_desk: AtDesk, person: bytes) -> None:
    dialog = opened(at_desk, person)
    assert not any(row.card.isChecked() for row in dialog.rows.values())
    assert dialog.ways.chosen() is None
    dialog.rows["newsletter"].card.click()
    dialog.ways.chip(ConsentHow.SCREEN).click()
    assert dialog.answering.rows["newsletter"].answer() is None


def test_the_three_answers_are_equal_in_size(at_desk: AtDesk, person: bytes) -> None:
    dialog = opened(at_desk, person)
    dialog.rows["newsletter"].card.click()
    dialog.ways.chip(ConsentHow.SCREEN).click()
    QApplication.processEvents()
    cards = list(dialog.answering.rows["newsletter"].cards.values())
    assert len(cards) == 3
    assert len({card.height() for card in cards}) == 1
    widths = [card.width() for card in cards]
    assert max(widths) - min(widths) <= 1


def test_the_preview_is_the_stored_wording_word_for_word(at_desk: AtDesk, office: Office, person: bytes) -> None:
    dialog = opened(at_desk, person)
    seen = set()
    for language in dialog.asking.languages:
        dialog.languages.chip(language[0]).click()
        at_desk.calm()
        for row in dialog.rows.values():
            row.card.setFocus()
            stored = wording(office, row.question.wording)
            assert stored.language == language[0]
            assert words_shown(dialog.preview) == stored.text
            assert dialog.preview.version.text() == f"Wording v{stored.version}"
            seen.add(stored.text)
    assert len(seen) == len(dialog.rows) * len(dialog.asking.languages)


def test_the_preview_follows_the_keyboard_and_not_the_tick(at_desk: AtDesk, person: bytes) -> None:
    dialog = opened(at_desk, person)
    cards = [row.card for row in dialog.rows.values()]
    assert cards[0].hasFocus()
    QTest.keyClick(cards[0], Qt.Key.Key_Tab)
    second = list(dialog.rows.values())[1]
    assert second.card.hasFocus()
    assert words_shown(dialog.preview).startswith(second.question.title)
    assert not second.card.isChecked()


def test_record_goes_to_the_first_open_point_and_then_records(at_desk: AtDesk, office: Office, person: bytes) -> None:
    dialog = opened(at_desk, person)
    assert dialog.record_button.isEnabled()
    dialog.record_button.click()
    assert next(iter(dialog.rows.values())).card.hasFocus()
    dialog.rows["newsletter"].card.click()
    dialog.rows["photos"].card.click()
    dialog.record_button.click()
    assert dialog.ways.chip(ConsentHow.SCREEN).hasFocus()
    dialog.ways.chip(ConsentHow.PAPER).click()
    answers = dialog.answering.rows
    answers["newsletter"].cards[Answer.YES].click()
    dialog.record_button.click()
    assert answers["photos"].cards[Answer.YES].hasFocus()
    answers["photos"].cards[Answer.NO].click()
    dialog.evidence.set_text("Folder 2026, sheet 12")
    dialog.record_button.click()
    at_desk.calm()
    assert standing(office, person, "newsletter") is ConsentState.GIVEN
    assert standing(office, person, "photos") is ConsentState.REFUSED
    assert standing(office, person, "birthday-card") is None
    said = contacts.show(office, person).consents
    assert {(one.how, one.evidence) for one in said} == {(ConsentHow.PAPER, "Folder 2026, sheet 12")}
    assert [text for text, _ in at_desk.shell.toasts] == ["2 answers are recorded."]
    assert Overlay.top(at_desk.window) is None


def test_answers_are_stored_with_the_words_that_were_shown(at_desk: AtDesk, office: Office, person: bytes) -> None:
    dialog = opened(at_desk, person)
    dialog.languages.chip("en").click()
    at_desk.calm()
    dialog.rows["newsletter"].card.click()
    dialog.rows["newsletter"].card.setFocus()
    shown = words_shown(dialog.preview)
    dialog.ways.chip(ConsentHow.POST).click()
    dialog.answering.rows["newsletter"].cards[Answer.NOT_NOW].click()
    dialog.record_button.click()
    at_desk.calm()
    event = contacts.show(office, person).consents[0]
    stored = wording(office, event.wording_id)
    assert stored.text == shown
    assert (event.how, event.state) == (ConsentHow.POST, ConsentState.REQUESTED)


def test_what_was_answered_stays_while_the_language_changes(at_desk: AtDesk, person: bytes) -> None:
    dialog = opened(at_desk, person)
    dialog.rows["photos"].card.click()
    dialog.ways.chip(ConsentHow.PHONE).click()
    dialog.answering.rows["photos"].cards[Answer.YES].click()
    dialog.languages.chip("en").click()
    at_desk.calm()
    assert dialog.asking.language == "en"
    assert dialog.rows["photos"].card.isChecked()
    assert dialog.answering.rows["photos"].answer() is Answer.YES


def test_a_recent_no_is_not_asked_again_unless_they_bring_it_up(at_desk: AtDesk, office: Office, person: bytes) -> None:
    consents.give(office, person, "birthday-card", refused=True)
    dialog = opened(at_desk, person)
    card = dialog.rows["birthday-card"].card
    assert not card.isEnabled()
    assert "not again before" in card.accessibleDescription()
    dialog.accord_button.click()
    card = dialog.rows["birthday-card"].card
    assert card.isEnabled()
    card.click()
    dialog.ways.chip(ConsentHow.SCREEN).click()
    dialog.answering.rows["birthday-card"].cards[Answer.YES].click()
    dialog.record_button.click()
    at_desk.calm()
    assert standing(office, person, "birthday-card") is ConsentState.GIVEN


def test_a_permission_is_taken_back_by_one_click_in_the_dialog(at_desk: AtDesk, office: Office, person: bytes) -> None:
    consents.give(office, person, "newsletter")
    dialog = opened(at_desk, person)
    assert not dialog.rows["photos"].take_back.isVisible()
    QTest.mouseClick(dialog.rows["newsletter"].take_back, Qt.MouseButton.LeftButton)
    at_desk.calm()
    assert standing(office, person, "newsletter") is ConsentState.WITHDRAWN
    assert contacts.show(office, person).consents[-1].how is ConsentHow.NOT_NOTED
    assert not dialog.rows["newsletter"].take_back.isVisible()
    said, offered = at_desk.shell.toasts[-1]
    assert "on record" in said
    assert isinstance(offered, partial)
    assert offered.func is give_receipt, "a receipt, and no way to undo it"


def test_withdraw_can_be_called_from_a_record(at_desk: AtDesk, office: Office, person: bytes) -> None:
    consents.give(office, person, "newsletter")
    done: list[bool] = []
    withdraw(at_desk.desk, person, "newsletter", how=ConsentHow.PHONE, then=lambda: done.append(True))
    at_desk.calm()
    assert done == [True]
    assert standing(office, person, "newsletter") is ConsentState.WITHDRAWN
    assert contacts.show(office, person).consents[-1].how is ConsentHow.PHONE


def test_esc_asks_before_answers_are_lost(at_desk: AtDesk, office: Office, person: bytes) -> None:
    dialog = opened(at_desk, person)
    dialog.rows["photos"].card.click()
    dialog.ways.chip(ConsentHow.SCREEN).click()
    dialog.answering.rows["photos"].cards[Answer.YES].click()
    dialog.dismiss()
    asked = Overlay.top(at_desk.window)
    assert isinstance(asked, Unrecorded)
    asked.discard_button.click()
    assert Overlay.top(at_desk.window) is None
    assert standing(office, person, "photos") is None


def half_answered(dialog: AskingSheet) -> None:
    dialog.rows["photos"].card.click()
    dialog.rows["newsletter"].card.click()
    dialog.ways.chip(ConsentHow.PHONE).click()
    dialog.answering.rows["photos"].cards[Answer.YES].click()
    QTest.keyClicks(dialog.telephone.when.edit, "She rang")


def closed_and_opened_again(at_desk: AtDesk, dialog: AskingSheet, person: bytes) -> AskingSheet:
    """As when the window is locked or closed over it."""
    dialog.keep_draft()
    at_desk.calm()
    dialog.close()
    at_desk.calm()
    return opened(at_desk, person)


def test_locked_in_the_middle_of_it_what_they_answered_is_there_again(
    at_desk: AtDesk, office: Office, person: bytes
) -> None:
    dialog = opened(at_desk, person)
    dialog.languages.chip("en").click()
    at_desk.calm()
    half_answered(dialog)
    again = closed_and_opened_again(at_desk, dialog, person)
    assert half_of(again) == HalfAsked(
        {"newsletter": None, "photos": Answer.YES}, ConsentHow.PHONE, "She rang", False, "en"
    )
    assert any("not recorded yet" in one.accessibleName() for one in again.findChildren(Banner))
    assert standing(office, person, "photos") is None
    again.answering.rows["newsletter"].cards[Answer.NO].click()
    again.record_button.click()
    at_desk.calm()
    assert standing(office, person, "photos") is ConsentState.GIVEN
    assert not half_of(opened(at_desk, person)).any


def test_discarded_it_does_not_come_back_and_nothing_entered_leaves_nothing(at_desk: AtDesk, person: bytes) -> None:
    dialog = opened(at_desk, person)
    half_answered(dialog)
    again = closed_and_opened_again(at_desk, dialog, person)
    again.dismiss()
    asked = Overlay.top(at_desk.window)
    assert isinstance(asked, Unrecorded)
    asked.discard_button.click()
    at_desk.calm()
    third = closed_and_opened_again(at_desk, opened(at_desk, person), person)
    assert not half_of(third).any
    assert third.findChildren(Banner) == []


def test_a_language_and_a_yes_taken_back_are_no_second_look(at_desk: AtDesk, office: Office, person: bytes) -> None:
    def looks() -> int:
        return office.read(lambda reading: reading.count(AuditEntry, eq("verb", Verb.VIEW)))

    consents.give(office, person, "newsletter")
    before = looks()
    dialog = opened(at_desk, person)
    assert looks() == before + 1
    dialog.languages.chip("en" if dialog.asking.language == "de" else "de").click()
    at_desk.calm()
    dialog.rows["newsletter"].take_back.click()
    at_desk.calm()
    at_desk.calm()
    assert looks() == before + 1


def test_every_control_has_a_name(at_desk: AtDesk, person: bytes) -> None:
    dialog = opened(at_desk, person)
    dialog.rows["photos"].card.click()
    dialog.ways.chip(ConsentHow.PAPER).click()
    controls = [w for w in dialog.findChildren(QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus and w.isVisible()]
    assert len(controls) > 10
    assert [type(w).__name__ for w in controls if not w.accessibleName()] == []
