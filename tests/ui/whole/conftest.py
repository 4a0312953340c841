"""One player of scenes for all tests of the whole window."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from desktop_crm.ui.look.theme import Theme
from tests.ui.whole.played import Player


@pytest.fixture(scope="session")
def player(tmp_path_factory: pytest.TempPathFactory, one_theme: Theme, qapp: QApplication) -> Player:
    assert qapp is not None
    return Player(tmp_path_factory.mktemp("stage"), one_theme)
