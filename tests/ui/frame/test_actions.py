"""Actions: declared once, each shortcut used once, shown in the language of the reader, done by whoever is bound."""

from __future__ import annotations

from collections import Counter

import pytest
from PySide6.QtCore import QLibraryInfo, QTranslator
from PySide6.QtWidgets import QApplication

from desktop_crm.ui.actions import ACTIONS, BY_KEY, Bindings, Group, Needs, in_group, key_text
from desktop_crm.ui.frame.shortcuts import typed_actions
from desktop_crm.ui.look.icons import NAMES
from desktop_crm.ui.screens.entries import SCREENS
from desktop_crm.words import Words

ANNA = b"a" * 16


def test_no_shortcut_means_two_things() -> None:
    typed = Counter(keys.toString() for action in ACTIONS for keys in action.shortcuts)
    assert {keys: times for keys, times in typed.items() if times > 1} == {}


def test_every_shortcut_of_the_specification_is_there() -> None:
    shown = {action.key: key_text(action.keys, Words("en")) for action in ACTIONS}
    assert {
        "palette": "Ctrl K",
        "find": "Ctrl F",
        "contact.new": "Ctrl N",
        "note": "Ctrl Shift N",
        "permission.ask": "Ctrl Shift C",
        "copy.give": "Ctrl R",
        "lock": "Ctrl L",
        "undo": "Ctrl Z",
        "settings": "Ctrl ,",
        "shortcuts": "F1",
        "pane.next": "F6",
    }.items() <= shown.items()


def test_each_page_has_its_number() -> None:
    numbers = [key_text(BY_KEY[f"go.{entry.key}"].keys, Words("en")) for entry in SCREENS]
    assert numbers == [f"Ctrl {number}" for number in range(1, len(SCREENS) + 1)]


def test_every_action_has_a_picture_and_a_name_of_its_own() -> None:
    assert {action.icon for action in ACTIONS} <= NAMES
    assert len(BY_KEY) == len(ACTIONS)


def test_what_needs_a_person_says_whose_name_it_takes() -> None:
    words = Words("en")
    for action in ACTIONS:
        if action.needs is Needs.PERSON:
            assert "Łucja {n}" in words.say(action.label_for("Łucja {n}"))
            assert words.say(action.label_for("")) == words.say(action.label)


def test_the_page_of_shortcuts_shows_whatever_can_be_typed() -> None:
    shown = {line for _, lines in typed_actions(Words("en")) for line in lines}
    assert len(shown) == len([action for action in ACTIONS if action.shortcuts])
    assert ("Lock", "Ctrl L") in shown


def test_every_group_has_actions() -> None:
    assert all(in_group(group) for group in Group)
    assert sum(len(in_group(group)) for group in Group) == len(ACTIONS)


def test_an_action_is_done_by_the_last_one_bound_and_by_nobody_after_release() -> None:
    bindings, done = Bindings(), list[object]()
    bindings.bind("lock", lambda _: done.append("first"))
    bindings.bind("lock", lambda _: done.append("second"))
    assert bindings.do("lock")
    bindings.release("lock")
    assert not bindings.do("lock")
    assert done == ["second"]


def test_an_action_for_a_person_waits_for_one() -> None:
    bindings, done = Bindings(), list[object]()
    bindings.bind("note", done.append)
    assert not bindings.can("note")
    assert not bindings.do("note")
    assert bindings.do("note", ANNA)
    assert done == [ANNA]


def test_an_action_that_is_off_is_not_done() -> None:
    bindings, done = Bindings(), list[object]()
    bindings.bind("undo", done.append, lambda: False)
    assert not bindings.do("undo")
    assert done == []


def test_nobody_can_bind_what_is_not_declared() -> None:
    with pytest.raises(KeyError):
        Bindings().bind("notes", lambda _: None)


def test_keys_are_named_in_the_language_of_the_page_whatever_qt_speaks(qapp: QApplication) -> None:
    german = QTranslator()
    assert german.load("qtbase_de", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    qapp.installTranslator(german)
    try:
        assert key_text("Ctrl+K", Words("en")) == "Ctrl K"
        assert key_text("Ctrl+K", Words("de")) == "Strg K"
    finally:
        qapp.removeTranslator(german)
