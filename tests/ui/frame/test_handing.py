"""The screen in a customer's hands: no key and no trick of the window leaves it or shows anybody else."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QAccessibleInterface, QContextMenuEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.app import window as program_window
from desktop_crm.app.first import First
from desktop_crm.app.handing import IDLE_MINUTES
from desktop_crm.app.window import Program
from desktop_crm.records.consent import ConsentEvidence, ConsentHow, ConsentScreen, ConsentState
from desktop_crm.services import consents, contacts, purposes, setup
from desktop_crm.services.asking import Answer
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.office import Office
from desktop_crm.ui import tray
from desktop_crm.ui.asking.dialog import AskingSheet, open_asking
from desktop_crm.ui.chosen import Chosen
from desktop_crm.ui.frame.shell import OpenDesk
from desktop_crm.ui.frame.window import Window
from desktop_crm.ui.handover import leaving
from desktop_crm.ui.handover.leaving import HoldToTakeBack, TakeBack
from desktop_crm.ui.handover.page import HandOver
from desktop_crm.ui.instance import Claim
from desktop_crm.ui.locked.page import Locked
from desktop_crm.ui.look.theme import Mode, Theme, tokens
from desktop_crm.ui.look.tokens import LIGHT
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.sheet import Overlay
from desktop_crm.vault.folder import VaultFolder
from tests.privacy.shop import ShopFile
from tests.ui.frame.living import PASSWORD
from tests.ui.seeing import calm

OTHER = ("Zebulon Querfeldein", "zebulon@querfeldein.example", "4567123", "allergic to lilies")
MU = 0xB5
"""Qt takes its name for out of date, and warns of each use."""
LEFT = Qt.MouseButton.LeftButton
Mod = Qt.KeyboardModifier
HELD = (Mod.NoModifier, Mod.ControlModifier, Mod.AltModifier, Mod.ShiftModifier, Mod.MetaModifier)
KEYS = [key for key in Qt.Key if key != MU]
TOGETHER = (Mod.ControlModifier | Mod.ShiftModifier, Mod.ControlModifier | Mod.AltModifier)


class Counter:
    """The whole program in its window, with a customer before it and somebody else in the list."""

    def __init__(self, qtbot: QtBot, theme: Theme, chosen: Chosen, folder: VaultFolder) -> None:
        self.qtbot = qtbot
        self.chosen = chosen
        chosen.change(look=Mode.DARK.value, language="en")
        self.window = Window(chosen)
        qtbot.addWidget(self.window)
        first = SimpleNamespace(app=QApplication.instance(), chosen=chosen, theme=theme, window=self.window)
        self.program = Program(cast(First, first), Claim(folder.path), [], "en")
        self.session = self.program.session
        self.window.resize(1366, 800)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()
        self.session.begin()
        qtbot.waitUntil(self.is_locked)

    def is_locked(self) -> bool:
        return isinstance(self.window.page, Locked) and not self.session.is_open

    @property
    def shell(self) -> OpenDesk:
        self.qtbot.waitUntil(lambda: isinstance(self.window.page, OpenDesk))
        assert isinstance(self.window.page, OpenDesk)
        return self.window.page

    @property
    def office(self) -> Office:
        return self._shell.desk.office

    @property
    def page(self) -> HandOver:
        assert isinstance(self.window.page, HandOver)
        return self.window.page

    def calm(self) -> None:
        calm(self.qtbot, self._shell.desk.courier)
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def come_in(self) -> None:
        """Everybody in the list, and the record of the customer open."""
        self._shell = self.shell
        purposes.use(self.office, ["newsletter", "photos"])
        contacts.add(self.office, NewContact(name=OTHER[0], emails=(OTHER[1],), phones=("+49 341 " + OTHER[2],)))
        self.person = contacts.find(self.office, "Kowalska")[0].id
        self._shell.go("contacts", person=contacts.find(self.office, OTHER[0])[0].id)
        self.calm()
        self._shell.toast(OTHER[3])
        QGuiApplication.clipboard().setText(OTHER[1])
        self._shell.go("contacts", person=self.person)
        self.calm()

    def hand_over(self) -> HandOver:
        open_asking(self._shell.desk, self.person)
        self.calm()
        top = Overlay.top(self._shell)
        assert isinstance(top, AskingSheet)
        top.hand_button.click()
        self.calm()
        return self.page

    def is_sealed(self) -> bool:
        """The page is the whole of the window, which is the whole of the screen, and the only one."""
        others = [one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not self.window]
        return isinstance(self.window.page, HandOver) and self.window.isFullScreen() and not others

    def answers(self) -> dict[str, ConsentState]:
        said = contacts.show(self.office, self.person).consents
        codes = {one.id: one.code for one in consents.purposes(self.office)}
        return {codes[one.purpose_id]: one.state for one in said}


@pytest.fixture
def counter(
    qtbot: QtBot, theme: Theme, chosen: Chosen, with_password: ShopFile, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Counter]:
    monkeypatch.setattr(program_window, "SystemClock", lambda: with_password.clock)
    monkeypatch.setattr("desktop_crm.services.starting.system_keystore", lambda **_: with_password.keystore)
    made = Counter(qtbot, theme, chosen, with_password.folder)
    made.session.enter(with_password_opened(with_password))
    made.come_in()
    yield made
    made.program.end()


def with_password_opened(file: ShopFile) -> Callable[[], Office]:
    return lambda: setup.open_office(file.folder, clock=file.clock, keystore=None, passphrase=PASSWORD)


def said_by(widget: QWidget) -> str:
    """All that a widget says, to whoever looks at it or listens."""
    texts = [widget.accessibleName(), widget.accessibleDescription(), widget.toolTip(), widget.windowTitle()]
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit):
        texts.append(widget.text())
    return " ".join(texts)


def heard(interface: QAccessibleInterface | None) -> Iterator[str]:
    """All that a screen reader can say of something and what is in it."""
    if interface is None:
        return
    for kind in (QAccessible.Text.Name, QAccessible.Text.Description, QAccessible.Text.Value):
        yield interface.text(kind)
    for at in range(interface.childCount()):
        yield from heard(interface.child(at))


def everything(window: QWidget) -> str:
    """Said or heard anywhere in the window, seen or hidden."""
    widgets = (window, *window.findChildren(QWidget))
    return " ".join((*map(said_by, widgets), *heard(QAccessible.queryAccessibleInterface(window))))


def test_nothing_of_anybody_else_is_left_in_the_window(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tray, "tray_is_there", lambda: True)
    counter.chosen.change(tray=True)
    signs = [counter.program._tray is not None]
    before = everything(counter.window)
    assert all(value in before for value in (OTHER[0], OTHER[3]))
    page = counter.hand_over()
    signs.append(counter.program._tray is not None)
    after = everything(counter.window)
    assert "Łucja Kowalska" in after
    assert not [value for value in OTHER if value in after]
    assert QGuiApplication.clipboard().text() == ""
    assert counter.window.windowTitle() == "Desktop CRM"
    assert tokens() == LIGHT
    assert counter.is_sealed()
    page.returned.emit()
    assert [*signs, counter.program._tray is not None] == [True, False, True]


def test_no_key_leads_out_or_to_anybody_else(counter: Counter) -> None:
    page = counter.hand_over()
    for held in (*HELD, *TOGETHER):
        for key in KEYS:
            QTest.keyClick(QApplication.focusWidget() or counter.window, key, held)
            assert counter.window.page is page, (key, held)
        counter.calm()
        assert counter.is_sealed(), held
        after = everything(counter.window)
        assert not [value for value in OTHER if value in after], held
    assert counter.session.handing.on


def test_no_trick_of_the_window_leads_out(counter: Counter, tmp_path: Path) -> None:
    page, window = counter.hand_over(), counter.window
    ended: list[bool] = []
    counter.session.ended.connect(lambda: ended.append(True))
    listed = tmp_path / "people.csv"
    listed.write_text("name,email\nA,a@example.com\n")
    menu = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, QPoint(300, 300), QPoint(300, 300))
    tricks: tuple[Callable[[], object], ...] = (
        window.close,
        window.showNormal,
        window.showMaximized,
        partial(minimise, window),
        partial(counter.program._called, []),
        partial(counter.program._called, [listed]),
        partial(counter.program._called, [tmp_path / "no-list.exe"]),
        partial(drop, window, listed),
        partial(QApplication.sendEvent, page, menu),
        partial(counter._shell.desk.toast, OTHER[3]),
        *(action.trigger for action in counter._shell.actions()),
        counter._shell.open_palette,
    )
    for trick in tricks:
        trick()
        counter.calm()
        counter.qtbot.waitUntil(counter.is_sealed)
        assert window.isVisible()
        assert not ended
        assert counter._shell.shown is None
        shown = [one for one in window.findChildren(QWidget) if one.isVisible()]
        assert not [one for one in shown if one is not page and not page.isAncestorOf(one) and said_by(one).strip()]
        focus = QApplication.focusWidget()
        assert focus is None or focus is window or focus is page or page.isAncestorOf(focus)


def minimise(window: Window) -> None:
    """And back, as the desktop does it."""
    window.showMinimized()
    window.showNormal()


def drop(window: QWidget, file: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file))])
    copy = Qt.DropAction.CopyAction
    event = QDropEvent(QPointF(300, 300), copy, data, LEFT, Mod.NoModifier)
    for target in (window, cast(Window, window).page):
        if target is not None:
            QApplication.sendEvent(target, event)


def test_after_two_minutes_it_locks_and_nothing_is_saved(counter: Counter) -> None:
    with counter.qtbot.waitSignal(counter.session.opened) as opened:
        counter.hand_over()
    assert opened.args == [IDLE_MINUTES]
    form = counter.page.form
    assert form is not None
    form.questions[0].cards[Answer.YES].click()
    counter.program._idle.passed.emit()
    counter.qtbot.waitUntil(counter.is_locked)
    assert not counter.window.isFullScreen()
    assert not counter.session.handing.on
    counter.session.enter(with_password_opened(ShopFile(counter.session._folder.path)))
    counter._shell = counter.shell
    assert counter.answers() == {}


def test_only_the_password_takes_it_back_to_the_record(counter: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    # Also where the list opened by the key of this computer, and has a password besides.
    monkeypatch.setattr(counter.office.proof, "at", None)
    page = counter.hand_over()
    page.back.click()
    counter.calm()
    sheet = Overlay.top(page)
    assert isinstance(sheet, TakeBack)
    QTest.keyClicks(sheet.password.edit, "not the password at all")
    QTest.keyClick(sheet.password.edit, Qt.Key.Key_Return)
    counter.calm()
    assert counter.is_sealed()
    sheet.password.set_text(PASSWORD)
    sheet.on.click()
    counter.calm()
    assert counter.window.page is counter._shell
    assert not counter.window.isFullScreen()
    assert counter._shell.shown is not None
    assert counter._shell.shown.person == counter.person
    assert tokens() != LIGHT
    assert counter._shell.isEnabled()
    assert all(action.isEnabled() for action in counter._shell.actions())
    counter._shell.open_palette()
    assert Overlay.top(counter._shell) is not None


class Clicks:
    """Clicks by mouse, counted."""

    def __init__(self, counter: Counter) -> None:
        self.counter = counter
        self.number = 0

    def on(self, target: QWidget) -> None:
        self.number += 1
        QTest.mouseClick(target, LEFT)
        self.counter.calm()

    def ask(self) -> AskingSheet:
        buttons = self.counter._shell.findChildren(Button)
        self.on(next(one for one in buttons if one.isVisible() and one.text().startswith("Ask")))
        top = Overlay.top(self.counter._shell)
        assert isinstance(top, AskingSheet)
        return top


def test_four_clicks_and_a_signature_from_the_record_to_a_proved_yes_and_two_to_take_it_back(counter: Counter) -> None:
    clicks = Clicks(counter)
    clicks.on(clicks.ask().hand_button)
    form = counter.page.form
    assert form is not None
    (question,) = form.questions
    clicks.on(question.cards[Answer.YES])
    QTest.mousePress(form.pad, LEFT, pos=QPoint(30, 50))
    QTest.mouseMove(form.pad, QPoint(90, 20))
    QTest.mouseRelease(form.pad, LEFT, pos=QPoint(90, 20))
    shown = counter.page.asking.as_shown()
    clicks.on(form.save)
    assert clicks.number == 4
    assert counter.answers() == {question.code: ConsentState.GIVEN}
    (event,) = contacts.show(counter.office, counter.person).consents
    (screen,) = counter.office.read(lambda reading: reading.find(ConsentScreen))
    (proof,) = counter.office.read(lambda reading: reading.find(ConsentEvidence))
    assert (event.how, event.screen_id, screen.text) == (ConsentHow.SCREEN, screen.id, shown)
    assert event.device
    assert (proof.screen_id, bool(proof.strokes)) == (screen.id, True)
    counter.page.returned.emit()
    counter.calm()
    assert "1 answer is recorded." in everything(counter.window)
    clicks = Clicks(counter)
    clicks.on(clicks.ask().rows[question.code].take_back)
    assert clicks.number == 2
    stands = (one.standing.state for one in consents.of_person(counter.office, counter.person) if one.events)
    assert list(stands) == [ConsentState.WITHDRAWN]


def test_without_a_password_only_holding_the_button_leads_back(
    counter: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(counter.office.proof, "at", None)
    monkeypatch.setattr("desktop_crm.services.proving.opens_by_password", lambda _: False)
    monkeypatch.setattr(leaving, "HOLD_MS", 60)
    page = counter.hand_over()
    page.back.click()
    counter.calm()
    sheet = Overlay.top(page)
    assert isinstance(sheet, HoldToTakeBack)
    QTest.mouseClick(sheet.hold, LEFT)
    QTest.keyClick(sheet.hold, Qt.Key.Key_Space)
    QTest.qWait(120)
    assert counter.is_sealed()
    QTest.mousePress(sheet.hold, LEFT)
    counter.qtbot.waitUntil(lambda: counter.window.page is counter._shell)
