"""Somebody who was erased stands nowhere in the window any more, on no screen that was visited."""

from __future__ import annotations

from itertools import count, takewhile
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QAbstractItemView, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.records.interaction import Channel
from desktop_crm.records.request import RequestKind
from desktop_crm.services import erasing, requests
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.ui.screens.contacts import Contacts
from desktop_crm.ui.screens.entries import SCREENS
from desktop_crm.ui.screens.log import ActivityLog
from desktop_crm.ui.screens.permission import Permission
from installers.pictures.stage import Dress, Scene, Stage
from tests.ui.whole.played import Player
from tests.ui.whole.telling import texts

Role = Qt.ItemDataRole
T = TypeVar("T", bound=QWidget)
NAME = "Maximilian Groß"
ROLES = (Role.DisplayRole, Role.ToolTipRole, Role.AccessibleTextRole, Role.AccessibleDescriptionRole)
EVERY = {entry.key for entry in SCREENS}
NAMING = {"contacts", "requests", "permission", "today", "log"}
"""The screens that certainly say whose page they show."""


def test_after_an_erasure_no_screen_that_was_visited_holds_the_name(
    player: Player, tmp_path: Path, qtbot: QtBot
) -> None:
    with player.play(Scene("everywhere", _everywhere), Dress("light")) as stage:
        assert _naming(stage) >= NAMING
        stage.go("settings")
        erasing.erase(stage.office, stage.person(NAME), tmp_path, ErasureOrder(given_up=True, mentions_seen=True))
        qtbot.waitUntil(lambda: _naming(stage) == set())
        for key in EVERY:
            stage.go(key)
        assert _naming(stage) == set()


def test_what_was_typed_to_find_them_cannot_be_taken_back(player: Player, tmp_path: Path) -> None:
    with player.play(Scene("everywhere", _everywhere), Dress("light")) as stage:
        erasing.erase(stage.office, stage.person(NAME), tmp_path, ErasureOrder(given_up=True, mentions_seen=True))
        stage.settle()
        search = _screen(stage, Contacts).list.search
        search.undo()
        assert search.text() == ""
        assert not search.isUndoAvailable()


def test_the_log_is_unbroken_at_the_time_it_is_looked_at(player: Player, tmp_path: Path) -> None:
    with player.play(Scene("log", lambda stage: stage.go("log")), Dress("light")) as stage:
        before = _screen(stage, ActivityLog).chain.text()
        stage.go("today")
        erasing.erase(stage.office, stage.person(NAME), tmp_path, ErasureOrder(mentions_seen=True))
        stage.go("log")
        assert _screen(stage, ActivityLog).chain.text() != before


def _everywhere(stage: Stage) -> None:
    """Everything that can be opened for one person was."""
    person = stage.person(NAME)
    number = requests.register(stage.office, person, RequestKind.ACCESS, Channel.EMAIL)
    for key in EVERY:
        stage.go(key)
    stage.go("contacts", person=person)
    _screen(stage, Contacts).list.search.setText(NAME)
    stage.go("requests", number=number)
    stage.go("permission", person=person)
    _screen(stage, Permission).table.look_now()
    stage.go("log", person=person)
    _screen(stage, ActivityLog).filters.search.setText(NAME)
    stage.settle()


def _screen(stage: Stage, kind: type[T]) -> T:
    return next(iter(stage.shell.findChildren(kind)))


def _naming(stage: Stage) -> set[str]:
    """The screens with the name on them, hidden ones included."""
    screens = stage.shell._screens.items()
    return {key for key, screen in screens if any(NAME in text for text in (*texts(screen), *_in_lists(screen)))}


def _in_lists(screen: QWidget) -> list[str]:
    """What lists and tables would show and tell, past the first column too."""
    told = []
    for view in screen.findChildren(QAbstractItemView):
        model = view.model()
        for row in range(min(model.rowCount(), 100)):
            cells = takewhile(QModelIndex.isValid, (model.index(row, column) for column in count()))
            told += [str(cell.data(role) or "") for cell in cells for role in ROLES]
    return told
