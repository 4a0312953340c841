"""Fields, lists to pick from and days: what is typed, what is told, what is forgiven."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from desktop_crm.ui.look.spoken import speak
from desktop_crm.ui.look.theme import tokens
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.day import Calendar, DayField, read_day
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.layout import boxed, column
from desktop_crm.ui.widgets.search import SearchField
from desktop_crm.ui.widgets.select import Select
from desktop_crm.words import Words
from tests.ui.seeing import Show, colours, focused, image

NOW = date(2026, 11, 21)


# Fields


def no_digits(text: str) -> str | None:
    return "Please write letters only." if any(map(str.isdigit, text)) else None


def test_a_field_is_checked_on_leaving_it_and_forgives_while_typing(show: Show) -> None:
    field, other = Field("Name", check=no_digits, hint="As on the invoice"), QLineEdit()
    show(boxed(column(field, other)))
    field.edit.setFocus()
    QTest.keyClicks(field.edit, "Ann4")
    assert field.edit.property("state") != "wrong"
    other.setFocus()
    assert field.edit.property("state") == "wrong"
    assert field.edit.accessibleDescription() == "Please write letters only."
    field.edit.setFocus()
    QTest.keyClicks(field.edit, "a")
    assert field.edit.property("state") == ""
    assert field.edit.accessibleDescription() == "As on the invoice"


def test_a_field_that_nobody_touched_is_not_scolded(show: Show) -> None:
    field, other = Field("Name", check=lambda text: None if text else "Please write a name."), QLineEdit()
    show(boxed(column(field, other)))
    field.edit.setFocus()
    other.setFocus()
    assert field.edit.property("state") == ""
    assert not field.is_right()
    assert field.edit.property("state") == "wrong"


def test_an_optional_field_may_stay_empty() -> None:
    field = Field("Birthday", optional=True, check=lambda text: "no" if text != "yes" else None)
    assert field.is_right()
    field.set_text("maybe")
    assert not field.is_right()


@pytest.mark.parametrize("multiline", [False, True])
def test_a_field_tells_what_was_typed(qtbot: QtBot, show: Show, multiline: bool) -> None:
    field = Field("Note", multiline=multiline)
    show(field)
    with qtbot.waitSignal(field.edited):
        QTest.keyClicks(field.edit, " white ")
    assert field.text() == "white"
    assert field.edit.accessibleName() == "Note"


def test_a_password_is_kept_to_the_letter_and_shown_only_on_request(show: Show) -> None:
    field = Field("Password", password=True)
    show(field)
    field.set_text(" blank in front")
    assert isinstance(field.edit, QLineEdit)
    assert field.edit.echoMode() is QLineEdit.EchoMode.Password
    eye = field.findChild(Button)
    assert isinstance(eye, Button)
    QTest.mouseClick(eye, Qt.MouseButton.LeftButton)
    assert field.edit.echoMode() is QLineEdit.EchoMode.Normal
    assert field.text() == " blank in front"


def test_tab_leaves_a_field_of_several_lines(show: Show) -> None:
    field, other = Field("Note", multiline=True), QLineEdit()
    show(boxed(column(field, other)))
    field.edit.setFocus()
    QTest.keyClick(field.edit, Qt.Key.Key_Tab)
    assert other.hasFocus()


def test_what_an_empty_field_asks_for_can_be_read(show: Show) -> None:
    search = SearchField("Name, phone, e-mail")
    show(search)
    assert tokens().text3 in colours(image(search))


def test_searching_tells_every_key_and_hands_over_the_arrows(qtbot: QtBot, show: Show) -> None:
    search = SearchField("Name, phone, e-mail")
    show(search)
    told: list[str] = []
    search.typed.connect(told.append)
    QTest.keyClicks(search, "luc")
    assert told == ["l", "lu", "luc"]
    with qtbot.waitSignal(search.down):
        QTest.keyClick(search, Qt.Key.Key_Down)
    with qtbot.waitSignal(search.entered):
        QTest.keyClick(search, Qt.Key.Key_Return)
    QTest.keyClick(search, Qt.Key.Key_Escape)
    assert (search.text(), told[-1]) == ("", "")


# Selects
def test_a_select_tells_what_a_person_picked_and_not_what_the_program_chose(qtbot: QtBot, show: Show) -> None:
    select = Select([("week", "every week"), ("month", "every month")], name="Remind me")
    show(select)
    with qtbot.assertNotEmitted(select.picked):
        select.choose("month")
    assert select.key() == "month"
    with qtbot.waitSignal(select.picked) as told:
        QTest.keyClick(select, Qt.Key.Key_Up)
    assert told.args == ["week"]


def test_the_wheel_over_a_select_changes_no_answer(show: Show) -> None:
    select = Select([("week", "every week"), ("month", "every month")], name="Remind me")
    show(select)
    down = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(select, down)
    assert select.key() == "week"


# Days


@pytest.mark.parametrize(
    ("language", "typed", "day"),
    [
        ("de", "21.11.2026", NOW),
        ("de", "21.11.26", NOW),
        ("de", " 21. November 2026 ", NOW),
        ("de", "3. Mär 2026", date(2026, 3, 3)),
        ("en", "21 Nov 2026", NOW),
        ("en", "21/11/2026", NOW),
        ("en", "2026-11-21", NOW),
        ("en", "31 Nov 2026", None),
        ("en", "21 Nov", None),
        ("en", "21 Nuv 2026", None),
        ("en", "J 3 2026", None),
        ("en", "21 11 226", None),
        ("en", "1.2.3.2026", None),
        ("en", "21<11>2026", None),
        ("en", "", None),
    ],
)
def test_days_are_read_as_people_write_them(language: str, typed: str, day: date | None) -> None:
    assert read_day(typed, Words(language)) == day


@pytest.mark.parametrize("language", ["en", "de"])
def test_what_the_program_writes_it_reads(language: str) -> None:
    words = Words(language)
    for month in range(1, 13):
        day = date(2026, month, 9)
        assert read_day(words.day(day), words) == day
        assert read_day(words.day(day, long=True), words) == day


def test_a_day_field_writes_the_day_out_on_leaving(show: Show) -> None:
    field, other = DayField("Received", now=NOW, latest=NOW), QLineEdit()
    show(boxed(column(field, other)))
    field.edit.setFocus()
    QTest.keyClicks(field.edit, "3/11/26")
    other.setFocus()
    assert field.text() == "3 Nov 2026"
    assert field.date() == date(2026, 11, 3)
    field.set_text("22 Nov 2026")
    assert not field.is_right()
    assert "21 Nov 2026" in field.edit.accessibleDescription()


def test_the_calendar_is_walked_by_keys_and_picks_with_enter(qtbot: QtBot, show: Show) -> None:
    calendar = Calendar(NOW, date(2026, 11, 30), lambda day: day.year > 2025)
    show(calendar)
    calendar.focus_day(date(2026, 11, 30))
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down):
        QTest.keyClick(focused(), key)
    with qtbot.waitSignal(calendar.picked) as told:
        QTest.keyClick(focused(), Qt.Key.Key_Return)
    assert told.args == [date(2026, 12, 8)]
    assert focused().accessibleName() == "8 December 2026"


def test_the_calendar_speaks_the_language_of_the_window(show: Show) -> None:
    speak(Words("de"))
    calendar = Calendar(NOW, None, lambda _day: True)
    show(calendar)
    texts = {each.text() for each in calendar.findChildren(QLabel)}
    assert {"November 2026", "Mo", "So"} <= texts


def test_a_day_picked_from_the_calendar_stands_in_the_field(qtbot: QtBot, show: Show) -> None:
    field = DayField("Received", now=NOW)
    show(field)
    opener = field.findChild(Button)
    assert isinstance(opener, Button)
    with qtbot.waitSignal(field.edited):
        opener.click()
        calendar = field.findChild(Calendar)
        assert isinstance(calendar, Calendar)
        calendar.picked.emit(date(2026, 11, 3))
    assert field.date() == date(2026, 11, 3)
