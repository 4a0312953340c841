"""Asking again, the figures over time and the proof of an answer, by mouse and keyboard over a real customer file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import QBuffer, Qt
from PySide6.QtGui import QImage, QImageWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel

from desktop_crm.records.audit import Verb
from desktop_crm.records.consent import ConsentEvent, ConsentHow, ConsentState, EvidenceKind
from desktop_crm.services import consents, contacts
from desktop_crm.services.acts import Trace, act
from desktop_crm.services.consents import Proof, Said, SaidWith
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.office import Office
from desktop_crm.services.renewals import Turn, due
from desktop_crm.storage.transaction import Writing
from desktop_crm.ui.permission import again
from desktop_crm.ui.permission.asked import AskedSheet
from desktop_crm.ui.permission.proof import ScanSheet, Signature
from desktop_crm.ui.screens.permission import AGAIN, MONTHS, Permission
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.empty import Empty
from desktop_crm.ui.widgets.sheet import Overlay
from tests.ui.screens.conftest import AtDesk


def person(office: Office, name: str = "Łucja Kowalska") -> bytes:
    return contacts.add(office, NewContact(name=name, emails=("l@x.example",), address=f"Lindenstraße {name}"))


def too_old(office: Office, name: str = "Łucja Kowalska") -> bytes:
    """Somebody whose yes ran out by the clock of the desk."""
    who = person(office, name)
    consents.give(office, who, "newsletter")
    office.clock.at += timedelta(days=366)  # type: ignore[attr-defined]
    return who


def put(at_desk: AtDesk, tab: str = AGAIN) -> Permission:
    screen = Permission(at_desk.desk)
    at_desk.put(screen)
    screen.show_at(tab=tab)
    at_desk.calm()
    return screen


def texts(screen: Permission) -> list[str]:
    return [f"{row.title} · {row.sub}" for row, _ in screen.again.rows]


def test_the_queue_says_who_why_and_by_which_ways(at_desk: AtDesk, office: Office) -> None:
    too_old(office)
    screen = put(at_desk)
    (text,) = texts(screen)
    assert text.startswith("Łucja Kowalska · Newsletter")
    assert "ask at the counter, by post" in text
    assert "email ·" not in text
    assert screen.again.chips.chip(Turn.TOO_OLD).text() == "Too old · 1"
    assert "1" in screen.tabs._tabs[AGAIN].accessibleName()


def test_who_was_chosen_is_noted_as_asked_and_leaves_the_queue(at_desk: AtDesk, office: Office) -> None:
    too_old(office)
    screen = put(at_desk)
    row, _ = screen.again.rows[0]
    assert row.check is not None
    row.check.click()
    assert screen.again.bar.isVisible()
    screen.again.bar.acted.emit("asked")
    sheet = Overlay.top(at_desk.window)
    assert isinstance(sheet, AskedSheet)
    assert not sheet.save_button.isEnabled()
    QTest.mouseClick(sheet.ways.chip(ConsentHow.EMAIL), Qt.MouseButton.LeftButton)
    assert not sheet.save_button.isEnabled(), "an email to ask would itself be advertising"
    assert sheet.left_out.text()
    QTest.mouseClick(sheet.ways.chip(ConsentHow.POST), Qt.MouseButton.LeftButton)
    QTest.mouseClick(sheet.save_button, Qt.MouseButton.LeftButton)
    at_desk.calm()
    at_desk.qtbot.waitUntil(lambda: not screen.again.rows)
    assert due(office, (Turn.ASKED,)).numbers[Turn.ASKED] == 1
    assert at_desk.shell.toasts
    QTest.mouseClick(screen.again.chips.chip(Turn.ASKED), Qt.MouseButton.LeftButton)
    at_desk.calm()
    (text,) = texts(screen)
    assert "asked on" in text


def test_each_of_them_can_be_asked_at_once(at_desk: AtDesk, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[bytes] = []
    monkeypatch.setattr(again, "open_asking", lambda _desk, who: asked.append(who))
    who = too_old(office)
    screen = put(at_desk)
    button = next(one for one in screen.again.findChildren(Button) if one.text() == "Ask …")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert asked == [who]


def test_a_long_queue_is_shown_in_parts(at_desk: AtDesk, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(again, "STEP", 1)
    people = [person(office, f"Person {n}") for n in range(3)]
    for who in people:
        consents.give(office, who, "newsletter")
    office.clock.at += timedelta(days=366)  # type: ignore[attr-defined]
    screen = put(at_desk)
    screen.again._shown = 1
    screen.again.refresh()
    at_desk.calm()
    assert len(screen.again.rows) == 1
    screen.again._show_more()
    at_desk.calm()
    assert len(screen.again.rows) == 3


def test_an_empty_queue_says_when_somebody_comes(at_desk: AtDesk, office: Office) -> None:
    person(office)
    screen = put(at_desk)
    assert screen.again.findChildren(Empty)
    assert not screen.again.bar.isVisible()


def test_the_chart_tells_each_month_to_mouse_keyboard_and_table(at_desk: AtDesk, office: Office) -> None:
    consents.give(office, person(office), "newsletter")
    screen = put(at_desk, MONTHS)
    pane = screen.months
    assert "1 times yes" in pane.chart.accessibleDescription()
    assert pane.chart.told(23).endswith("Said yes: 1, Said no or took it back: 0, Ran out: 0")
    assert pane.model.index(0, 1).data() == "1"
    assert pane.model.rowCount() == 24
    QTest.keyClick(pane.chart, Qt.Key.Key_Left)
    QTest.keyClick(pane.chart, Qt.Key.Key_Left)
    assert pane.chart.accessibleName() == pane.chart.told(22)
    pane.purpose.choose("photos")
    pane.refresh()
    at_desk.calm()
    assert pane.model.index(0, 1).data() == "0"
    assert "Nothing was said" in pane.chart.accessibleDescription()


def test_a_click_on_the_figure_of_a_purpose_shows_who_says_yes_to_it(at_desk: AtDesk, office: Office) -> None:
    yes, other = person(office), person(office, "Jonas Ziegler")
    consents.give(office, yes, "newsletter")
    consents.give(office, other, "photos")
    screen = put(at_desk, "answers")
    head = screen.table.grid.horizontalHeader()
    section = 1 + [one.code for one in screen.model.columns].index("newsletter")
    middle = head.sectionViewportPosition(section) + head.sectionSize(section) // 2
    place = head.rect().center()
    place.setX(middle)
    QTest.mouseClick(head.viewport(), Qt.MouseButton.LeftButton, pos=place)
    at_desk.calm()
    assert list(screen.model.order) == [yes]
    assert (screen.choice.key(), screen.chips.chosen()) == ("newsletter", "said-yes")


def picture() -> bytes:
    image = QImage(40, 20, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    held = QBuffer()
    held.open(QBuffer.OpenModeFlag.WriteOnly)
    QImageWriter(held, b"png").write(image)
    return bytes(held.data().data())


def test_the_history_shows_what_was_read_who_was_there_and_the_proof(at_desk: AtDesk, office: Office) -> None:
    who = person(office)

    def said(writing: Writing, trace: Trace) -> None:
        screen = consents.keep_screen(
            office, writing, who, "Guten Tag, Łucja. Dürfen wir?", how=ConsentHow.SCREEN, language="de", notice=None
        )
        consents.keep_evidence(
            office, writing, who, screen, Proof(EvidenceKind.SIGNATURE, strokes="0,0 500,100\n200,50 900,300")
        )
        consents.keep_evidence(
            office, writing, who, screen, Proof(EvidenceKind.SCAN, content=picture(), media_type="image/png")
        )
        answer = Said(consents.purpose(office, "newsletter"), ConsentState.GIVEN)
        with_ = SaidWith(screen=screen, device="Kasse 1", witness="Tom", guardian="Ida Kowalska")
        consents.enter(office, writing, trace, who, [answer], how=ConsentHow.SCREEN, said_with=with_)

    at_work(office, said)
    screen = put(at_desk, "answers")
    assert screen.table.choose_cell(who, "newsletter")
    screen.table.look_now()
    at_desk.calm()
    shown = [one.text() for one in screen.side.findChildren(QLabel)]
    assert "Guten Tag, Łucja. Dürfen wir?" in shown
    assert {"On which device: Kasse 1", "Witness: Tom", "Parent or guardian who agreed: Ida Kowalska"} <= set(shown)
    assert any(text.startswith("Counts until: ") for text in shown)
    (signature,) = screen.side.findChildren(Signature)
    drawn = signature.grab().toImage()
    inside = [(x, y) for x in range(2, drawn.width() - 2) for y in range(2, drawn.height() - 2)]
    assert any(drawn.pixelColor(x, y).lightness() < 40 for x, y in inside)
    look = next(one for one in screen.side.findChildren(Button) if one.text() == "Show the scan")
    QTest.mouseClick(look, Qt.MouseButton.LeftButton)
    sheet = Overlay.top(at_desk.window)
    assert isinstance(sheet, ScanSheet)
    assert sheet.picture.whole.width() == 40


def at_work(office: Office, work: Callable[[Writing, Trace], None]) -> None:
    """Runs as part of the act that records answers."""

    @act(Verb.ADD, ConsentEvent)
    def take_answers(office: Office) -> None:
        """Records answers."""
        office.write(work)

    take_answers(office)
