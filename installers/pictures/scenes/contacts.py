"""The list of contacts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from desktop_crm.services.listing import Chip
from desktop_crm.ui.frame.palette import Palette
from desktop_crm.ui.screens.contacts import Contacts
from desktop_crm.ui.widgets.sheet import Overlay
from installers.pictures.stage import Filled, Scene, Stage


def contacts(stage: Stage, **where: object) -> Contacts:
    """The screen, at a place in it."""
    stage.go("contacts", **where)
    shown = stage.shell.shown
    if not isinstance(shown, Contacts):
        raise TypeError("another screen is shown")
    return shown


def _list(stage: Stage) -> None:
    contacts(stage)


def _searched(stage: Stage) -> None:
    QTest.keyClicks(contacts(stage).list.search, "ho")
    stage.settle()


def _nobody_found(stage: Stage) -> None:
    QTest.keyClicks(contacts(stage).list.search, "zyxwv")
    stage.settle()


def _tidy_up(stage: Stage) -> None:
    contacts(stage, chip=Chip.TIDY_UP)


def _chosen(stage: Stage) -> None:
    view = contacts(stage, person=stage.person("Maximilian Groß")).list.view
    view.setFocus(Qt.FocusReason.TabFocusReason)
    for _ in range(3):
        QTest.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)


def _labels(stage: Stage) -> None:
    contacts(stage, person=stage.person("Maximilian Groß")).record.head.acted.emit("labels")
    stage.settle()


def _palette(stage: Stage, typed: str) -> None:
    contacts(stage)
    stage.shell.open_palette()
    stage.settle()
    palette = Overlay.top(stage.shell)
    if not isinstance(palette, Palette):
        raise TypeError("the palette is not shown")
    QTest.keyClicks(palette.edit, typed)
    stage.settle()


SCENES = (
    Scene("empty", _list, Filled.EMPTY),
    Scene("list", _list),
    Scene("searched", _searched),
    Scene("nobody-found", _nobody_found),
    Scene("tidy-up", _tidy_up),
    Scene("chosen", _chosen),
    Scene("labels", _labels),
    Scene("palette", lambda stage: _palette(stage, "lu")),
    Scene("palette-nobody", lambda stage: _palette(stage, "Mira Vogel")),
)
