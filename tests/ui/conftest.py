"""Every test of the window begins in the light look, in English, reading from left to right."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.ui.look.spoken import speak
from desktop_crm.ui.look.theme import Mode, Theme
from desktop_crm.ui.widgets.layout import STRETCH, boxed, column
from desktop_crm.words import Words
from tests.ui.seeing import Show

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def one_theme(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture(autouse=True)
def theme(one_theme: Theme, qapp: QApplication) -> Iterator[Theme]:
    """The look of the application."""
    one_theme.use(Mode.LIGHT)
    yield one_theme
    one_theme.use(Mode.LIGHT)
    speak(Words("en"))
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    # Without a screen, Qt keeps what was copied until after Python's end, and falls over it then.
    qapp.clipboard().clear()


@pytest.fixture
def pictures(tmp_path: Path) -> Path:
    """The folder for pictures to look at: the one named by DESKTOP_CRM_PICTURES, else one that is thrown away."""
    folder = Path(os.environ.get("DESKTOP_CRM_PICTURES") or tmp_path)
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    """Shows a widget in a window that has the focus, keeps the window and returns it."""
    windows: list[QWidget] = []

    def shown(widget: QWidget) -> QWidget:
        window = boxed(column(widget, STRETCH, margins=12))
        windows.append(window)
        qtbot.addWidget(window)
        window.resize(420, 300)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        return window

    return shown
