"""What we ask: cards, a purpose of one's own, new words and what they mean, seen and pressed as in the shop."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtWidgets import QLabel, QWidget

from desktop_crm.records.consent import ConsentState
from desktop_crm.services import consents, contacts, purpose_editing, purposes
from desktop_crm.services.office import Office
from desktop_crm.ui.chosen import Chosen
from desktop_crm.ui.purposes.purpose_sheet import PurposeSheet
from desktop_crm.ui.purposes.wording_sheet import Meaning, NoticeSheet, WordingSheet
from desktop_crm.ui.screens.settings import Settings
from desktop_crm.ui.settings.purposes import AskPane
from desktop_crm.ui.widgets.sheet import Overlay
from desktop_crm.words import M, Problem
from tests.ui.screens.conftest import AtDesk

S = TypeVar("S", bound=Overlay)


@pytest.fixture
def pane(at_desk: AtDesk, tmp_path: Path) -> AskPane:
    at_desk.desk.chosen = Chosen(tmp_path / "config")
    screen = Settings(at_desk.desk)
    at_desk.put(screen)
    screen.show_at(page="ask")
    at_desk.calm()
    assert isinstance(screen.page, AskPane)
    return screen.page


def top(at_desk: AtDesk, kind: type[S]) -> S:
    at_desk.calm()
    found = Overlay.top(at_desk.desk.window)
    assert isinstance(found, kind)
    return found


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget))


def yes(office: Office, code: str) -> bytes:
    person = contacts.add(office, contacts.NewContact(name="Eva Muster", emails=("eva.muster@example.com",)))
    consents.give(office, person, code)
    return person


def state(office: Office, person: bytes, code: str) -> ConsentState | None:
    return next(one.standing.state for one in consents.of_person(office, person) if one.purpose.code == code)


def card(office: Office, code: str) -> purposes.PurposeCard:
    return next(one for one in purposes.cards(office) if one.code == code)


def test_what_is_on_offer_is_taken_up_by_its_switch(pane: AskPane, at_desk: AtDesk, office: Office) -> None:
    assert "allergies" in pane.switches
    assert "allergies" not in pane.rewords
    pane.switches["allergies"].click()
    at_desk.calm()
    assert card(office, "allergies").active
    assert "allergies" in pane.rewords


def fill(sheet: PurposeSheet) -> None:
    sheet.name.set_text("Wine evening")
    sheet.what_for.set_text("To invite you to an evening in the shop.")
    sheet.part.fields.question.set_text("Wine evening by e-mail: may we invite you?")
    sheet.part.fields.text.set_text("Four times a year.")


def test_a_purpose_of_ones_own_is_set_up_and_read_as_it_will_be_asked(
    pane: AskPane, at_desk: AtDesk, office: Office
) -> None:
    pane.new.click()
    sheet = top(at_desk, PurposeSheet)
    fill(sheet)
    sheet.data.chip("contact_email.address").click()
    sheet.part.show_preview()
    at_desk.calm()
    read = said(sheet.part.preview)
    sheet.save.click()
    at_desk.calm()
    made = card(office, "wine-evening")
    assert made.active
    assert made.wording.split("\n")[:2] == ["Wine evening by e-mail: may we invite you?", "Four times a year."]
    assert all(line in read for line in made.wording.split("\n"))
    assert purpose_editing.purpose_entry(office, "wine-evening").form.data == ("contact_email.address",)
    assert "wine-evening" in pane.switches


def test_what_ties_or_bundles_is_refused_where_it_stands_and_nothing_typed_is_lost(
    pane: AskPane, at_desk: AtDesk, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    pane.new.click()
    sheet = top(at_desk, PurposeSheet)
    fill(sheet)
    sheet.name.set_text("Wine and photos")
    sheet.part.fields.text.set_text("Only if you agree we deliver.")
    sheet.part.fields.free.set_text("")
    sheet.save.click()
    at_desk.calm()
    assert "Two uses" in said(sheet.name)
    assert "tie something to a yes" in said(sheet.part.fields.text)
    assert "a no changes nothing" in said(sheet.part.fields.free)
    sheet.basis.choose("contract")
    sheet.kind.choose("advertising")
    sheet.save.click()
    assert "would tie" in sheet.wrong.text()
    sheet.kind.choose("other")
    sheet.basis.choose("legitimate-interest")
    sheet.save.click()
    assert "weighed" in said(sheet.balancing)
    sheet.balancing.set_text("Little, and a word stops it.")

    def full(*_: object) -> None:
        raise Problem(M("The disk is full."))

    with monkeypatch.context() as broken:
        broken.setattr(purpose_editing, "add_purpose", full)
        sheet.save.click()
        at_desk.calm()
    assert (sheet.name.text(), sheet.busy) == ("Wine and photos", False)
    sheet.basis.picked.emit("legitimate-interest")
    at_desk.calm()
    assert not sheet.part.preview.isVisibleTo(sheet), "nobody is asked, so there is nothing to answer"
    assert len(consents.purposes(office)) == 4


def test_new_words_that_mean_something_else_are_asked_anew(pane: AskPane, at_desk: AtDesk, office: Office) -> None:
    eva = yes(office, "newsletter")
    pane.rewords["newsletter"].click()
    sheet = top(at_desk, WordingSheet)
    sheet.part.fields.text.set_text("About ten times a month.")
    sheet.save.click()
    asked = top(at_desk, Meaning)
    assert (asked.same.isChecked(), asked.other.isChecked(), asked.save.isEnabled()) == (False, False, False)
    assert "1 person said yes" in said(asked)
    asked.other.click()
    asked.save.click()
    at_desk.calm()
    assert state(office, eva, "newsletter") is ConsentState.INVALIDATED
    assert "1 person said yes before" in said(pane)
    assert "Old words, not asked with" in said(pane)


def test_words_that_only_read_better_leave_every_yes(pane: AskPane, at_desk: AtDesk, office: Office) -> None:
    eva = yes(office, "newsletter")
    pane.rewords["newsletter"].click()
    sheet = top(at_desk, WordingSheet)
    sheet.part.fields.text.set_text("About once each month.")
    sheet.save.click()
    asked = top(at_desk, Meaning)
    asked.same.click()
    asked.save.click()
    at_desk.calm()
    assert state(office, eva, "newsletter") is ConsentState.GIVEN
    assert card(office, "newsletter").words[0].version == 2


def test_words_in_a_further_language_are_asked_nothing_about(pane: AskPane, at_desk: AtDesk, office: Office) -> None:
    yes(office, "newsletter")
    pane.rewords["newsletter"].click()
    sheet = top(at_desk, WordingSheet)
    sheet.language.choose("pl")
    sheet.language.picked.emit("pl")
    lines = ("Newsletter: czy możemy go wysyłać?", "Raz w miesiącu.", "Zgodę można cofnąć.", "Odmowa nic nie zmienia.")
    for field, line in zip(sheet.part.fields.every, lines, strict=True):
        field.set_text(line)
    sheet.save.click()
    at_desk.calm()
    assert {one.language: one.version for one in card(office, "newsletter").words}["pl"] == 1


def test_a_purpose_is_changed_but_not_in_what_people_answer_to(pane: AskPane, at_desk: AtDesk, office: Office) -> None:
    pane.changes["photos"].click()
    sheet = top(at_desk, PurposeSheet)
    assert not any(one.isEnabled() for one in (sheet.basis, sheet.kind, sheet.channel, sheet.special))
    sheet.days.set_text("many")
    sheet.save.click()
    assert "needs an end" in said(sheet.days)
    sheet.days.set_text("100")
    sheet.name.set_text("Photos on the web")
    sheet.save.click()
    at_desk.calm()
    form = purpose_editing.purpose_entry(office, "photos").form
    assert (form.name, form.valid_days) == ("Photos on the web", 100)


def test_the_privacy_notice_gets_a_new_version(pane: AskPane, at_desk: AtDesk, office: Office) -> None:
    pane.notice.click()
    sheet = top(at_desk, NoticeSheet)
    sheet.text.set_text(f"{sheet.text.text()}\n\nNew.")
    sheet.save.click()
    at_desk.calm()
    newest = purpose_editing.notices(office)[0]
    assert (newest.version, newest.text.endswith("New.")) == (2, True)
    assert "version 2" in said(pane)
