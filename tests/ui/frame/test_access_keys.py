"""Alt and a letter press a button: in each language, each letter once, and nothing below a sheet."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.ui.chosen import Chosen
from desktop_crm.ui.frame.access_keys import letters
from desktop_crm.ui.frame.window import Window
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.sheet import Sheet
from tests.ui.seeing import image

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier


class Page(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.edit = QLineEdit()
        self.back = Button("Continue later", kind=Kind.QUIET)
        self.on = Button("Continue", kind=Kind.PRIMARY)
        self.pressed: list[str] = []
        column = QVBoxLayout(self)
        for one in (self.edit, self.back, self.on):
            column.addWidget(one)
        for button in (self.back, self.on):
            button.clicked.connect(partial(self.pressed.append, button.text()))


@pytest.fixture
def window(qtbot: QtBot, chosen: Chosen) -> Window:
    made = Window(chosen)
    qtbot.addWidget(made)
    made.show_page(Page())
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def page_of(window: Window) -> Page:
    assert isinstance(window.page, Page)
    return window.page


def with_alt(window: Window, key: Key) -> None:
    """As somebody types it: Alt down, a letter, Alt up."""
    at = window.focusWidget()
    QTest.keyPress(at, Key.Key_Alt, ALT)
    QTest.keyClick(at, key, ALT)
    QTest.keyRelease(window, Key.Key_Alt)


def test_a_letter_with_alt_presses_its_button_and_types_nothing(window: Window) -> None:
    page = page_of(window)
    page.edit.setFocus()
    with_alt(window, Key.Key_C)
    assert page.pressed == ["Continue"]
    page.edit.setFocus()
    with_alt(window, Key.Key_L)
    assert page.pressed == ["Continue", "Continue later"]
    assert page.edit.text() == ""


def test_the_letter_is_underlined_as_long_as_alt_is_held_and_nothing_is_cut(window: Window) -> None:
    page = page_of(window)
    page.edit.setFocus()
    before, wide, text = image(page.on), page.on.sizeHint(), page.on.text()
    QTest.keyPress(page.edit, Key.Key_Alt, ALT)
    assert image(page.on) != before
    assert (page.on.sizeHint(), page.on.text(), page.on.accessibleName()) == (wide, text, text)
    QTest.keyRelease(page.edit, Key.Key_Alt)
    assert image(page.on) == before


def test_the_letters_go_also_where_the_desktop_keeps_the_end_of_alt_to_itself(window: Window, qtbot: QtBot) -> None:
    page = page_of(window)
    page.edit.setFocus()
    before = image(page.on)
    QTest.keyPress(page.edit, Key.Key_Alt, ALT)
    assert image(page.on) != before
    QTest.keyClick(page.edit, Key.Key_Shift)
    qtbot.waitUntil(lambda: image(page.on) == before)


def test_without_alt_and_below_a_sheet_no_letter_presses_anything(window: Window) -> None:
    page = page_of(window)
    page.edit.setFocus()
    QTest.keyClick(page.edit, Key.Key_C)
    sheet = Sheet(page, "Over it")
    close = Button("Close")
    close.clicked.connect(sheet.close)
    sheet.footer("", close)
    sheet.open()
    with_alt(window, Key.Key_O)
    assert page.pressed == []
    with_alt(window, Key.Key_C)
    assert sheet.isHidden()
    assert page.pressed == []


@pytest.mark.parametrize(
    ("texts", "wanted"),
    [
        (("Save", "Send", "Save and print", "Über", "…"), "seab"),
        (("Löschen", "Liste löschen", "Größe", "ÖÜ"), "lig"),
    ],
)
def test_each_letter_is_given_once_and_is_on_every_keyboard(qtbot: QtBot, texts: tuple[str, ...], wanted: str) -> None:
    buttons = [Button(text) for text in texts]
    for one in buttons:
        qtbot.addWidget(one)
    given = [letter for _, letter in letters(buttons)]
    assert len(set(given)) == len(given)
    assert all(letter.isascii() for letter in given)
    assert sorted(given) == sorted(wanted)
