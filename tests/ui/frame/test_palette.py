"""The palette: people first, acts for the one highlighted, places to go; all by keyboard, and by mouse."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_crm.services import listing, record_page
from desktop_crm.ui.frame.palette import Palette
from desktop_crm.ui.frame.palette_rows import Kind, Row
from desktop_crm.ui.widgets.sheet import Overlay
from desktop_crm.words import LANGUAGES, M, Words
from tests.ui.frame.framed import Framed, Key, Mod, add_people

PEOPLE = ("Łucja Kowalska", "Lucas Brandt", "Maximilian Groß", "محمد الحسن")


@pytest.fixture
def palette(framed: Framed) -> Palette:
    add_people(framed.office, PEOPLE, lambda number: (f"+49 151 2345678{number}",))
    framed.press(Key.Key_K, Mod.ControlModifier)
    framed.calm()
    found: Palette = framed.top(Palette)
    return found


def type_in(framed: Framed, palette: Palette, text: str) -> None:
    QTest.keyClicks(palette.edit, text)
    framed.calm()


def texts(rows: Sequence[Row], kind: Kind) -> list[str]:
    return [row.text for row in rows if row.kind is kind]


def people(palette: Palette) -> list[str]:
    return texts(palette.model.rows, Kind.PERSON)


def chosen(palette: Palette) -> str:
    return palette.model.rows[palette.list.currentIndex().row()].text


def test_people_are_found_without_accents_and_stand_first(framed: Framed, palette: Palette) -> None:
    type_in(framed, palette, "luc")
    assert set(people(palette)) == {"Łucja Kowalska", "Lucas Brandt"}
    assert palette.model.rows[0].text == "People"
    assert [row.kind for row in palette.model.rows[1:3]] == [Kind.PERSON, Kind.PERSON]


def test_digits_of_a_phone_number_find_its_owner(framed: Framed, palette: Palette) -> None:
    type_in(framed, palette, "0151 23456782")
    assert people(palette) == ["Maximilian Groß"]


def test_the_acts_are_for_the_person_who_is_highlighted(framed: Framed, palette: Palette) -> None:
    type_in(framed, palette, "luc")
    first = chosen(palette)
    assert f"Note for {first}" in texts(palette.model.rows, Kind.ACTION)
    framed.press(Key.Key_Down, on=palette.edit)
    second = chosen(palette)
    assert second != first
    assert f"Note for {second}" in texts(palette.model.rows, Kind.ACTION)
    assert f"Note for {first}" not in texts(palette.model.rows, Kind.ACTION)


def test_enter_opens_the_person(framed: Framed, palette: Palette) -> None:
    type_in(framed, palette, "maxi")
    framed.press(Key.Key_Return, on=palette.edit)
    assert framed.shell.current == "contacts"
    (wanted,) = listing.search(framed.office, "maxi")
    assert framed.screen.sent == [{"person": wanted}]
    assert Overlay.top(framed.shell) is None


def test_enter_before_the_answer_means_the_first_row_of_the_answer(framed: Framed, palette: Palette) -> None:
    QTest.keyClicks(palette.edit, "maxi")
    assert palette.pending
    framed.press(Key.Key_Return, on=palette.edit)
    framed.qtbot.waitUntil(lambda: framed.shell.current == "contacts")
    (wanted,) = listing.search(framed.office, "maxi")
    assert framed.screen.sent == [{"person": wanted}]


def test_an_act_goes_to_the_contacts_with_the_person(framed: Framed, palette: Palette) -> None:
    type_in(framed, palette, "maxi")
    rows = palette.model.rows
    copy = next(n for n, row in enumerate(rows) if row.key == "copy.give")
    while palette.list.currentIndex().row() != copy:
        framed.press(Key.Key_Down, on=palette.edit)
    framed.press(Key.Key_Return, on=palette.edit)
    (wanted,) = listing.search(framed.office, "maxi")
    assert framed.screen.sent == [{"person": wanted, "do": "copy.give"}]


def test_the_mouse_does_the_same(framed: Framed, palette: Palette) -> None:
    type_in(framed, palette, "keeping")
    number = next(n for n, row in enumerate(palette.model.rows) if row.key == "go.keeping")
    place = palette.list.visualRect(palette.model.index(number, 0)).center()
    QTest.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert framed.shell.current == "keeping"


def test_esc_and_a_click_beside_put_it_away_and_bring_the_cursor_back(framed: Framed) -> None:
    framed.screen.search.setFocus()
    before = QApplication.focusWidget()
    for put_away in ("esc", "click", "again"):
        framed.press(Key.Key_K, Mod.ControlModifier)
        framed.calm()
        palette: Palette = framed.top(Palette)
        assert palette.edit.hasFocus()
        if put_away == "esc":
            framed.press(Key.Key_Escape, on=palette.edit)
        elif put_away == "click":
            QTest.mouseClick(palette, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        else:
            framed.press(Key.Key_K, Mod.ControlModifier)
        assert Overlay.top(framed.shell) is None
        assert QApplication.focusWidget() is before


def test_in_a_new_session_it_names_those_opened_before_it(framed: Framed) -> None:
    add_people(framed.office, PEOPLE)
    for text in ("lucas", "maxi"):
        record_page.open_record(framed.office, listing.search(framed.office, text)[0])
    framed.press(Key.Key_K, Mod.ControlModifier)
    framed.calm()
    assert people(framed.top(Palette)) == ["Maximilian Groß", "Lucas Brandt"]


def test_without_a_word_it_names_those_opened_last(framed: Framed) -> None:
    add_people(framed.office, PEOPLE)
    opened = [listing.search(framed.office, text)[0] for text in ("lucas", "maxi", "lucas", "lucj")]
    for person in opened:
        framed.shell.go("contacts", person=person)
    framed.press(Key.Key_K, Mod.ControlModifier)
    framed.calm()
    assert people(framed.top(Palette)) == ["Łucja Kowalska", "Lucas Brandt", "Maximilian Groß"]


def test_without_a_word_nobody_is_acted_upon(framed: Framed) -> None:
    add_people(framed.office, PEOPLE)
    framed.shell.go("contacts", person=listing.search(framed.office, "maxi")[0])
    framed.press(Key.Key_K, Mod.ControlModifier)
    framed.calm()
    palette: Palette = framed.top(Palette)
    assert not [row for row in palette.model.rows if row.kind is Kind.ACTION and row.person]
    assert "New contact" in texts(palette.model.rows, Kind.ACTION)


def test_heads_are_never_chosen(framed: Framed, palette: Palette) -> None:
    type_in(framed, palette, "luc")
    for key in (Key.Key_PageDown, Key.Key_Up, Key.Key_PageDown, Key.Key_PageUp, Key.Key_PageUp, Key.Key_Up):
        framed.press(key, on=palette.edit)
        row = palette.model.rows[palette.list.currentIndex().row()]
        assert row.kind is not Kind.HEAD
    assert palette.list.currentIndex().row() == 1


def test_a_screen_reader_hears_every_row_with_its_shortcut(framed: Framed, palette: Palette) -> None:
    type_in(framed, palette, "luc")
    spoken = QAccessible.queryAccessibleInterface(palette.list)
    heard = [spoken.child(n).text(QAccessible.Text.Name) for n in range(spoken.childCount())]
    assert "Łucja Kowalska" in " ".join(heard)
    assert any(line.startswith("Note for") and line.endswith("Ctrl Shift N") for line in heard)


def test_nothing_of_what_was_found_stays(framed: Framed, palette: Palette) -> None:
    type_in(framed, palette, "luc")
    framed.press(Key.Key_Escape, on=palette.edit)
    framed.qtbot.waitUntil(lambda: not framed.shell.findChildren(Palette))


@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_is_not_found_can_be_added_at_once(framed: Framed, palette: Palette, language: str) -> None:
    palette._words = Words(language)
    type_in(framed, palette, "Mira Vogel")
    head, new = palette.model.rows
    assert head.text == palette._words.say(M("Nobody found"))
    assert "“Mira Vogel”" in new.text or "„Mira Vogel“" in new.text
    framed.press(Key.Key_Return, on=palette.edit)
    assert framed.shell.current == "contacts"
    assert framed.screen.sent == [{"new": True, "name": "Mira Vogel"}]


def test_an_act_that_is_meant_stands_before_somebody_new(framed: Framed, palette: Palette) -> None:
    type_in(framed, palette, "dark")
    assert chosen(palette) == "Look: dark"
    assert palette.model.rows[-1].name == "dark"


def test_where_somebody_is_found_nobody_new_is_offered(framed: Framed, palette: Palette) -> None:
    type_in(framed, palette, "luc")
    assert not any(row.name for row in palette.model.rows)
    type_in(framed, palette, "")
    assert not any(row.name for row in palette.model.rows)
