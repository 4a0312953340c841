"""An open file in a real window."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_crm.services.office import Office
from desktop_crm.ui.chosen import Chosen
from tests.privacy.shop import ShopFile, opened
from tests.ui.frame.framed import Framed


@pytest.fixture
def chosen(tmp_path: Path) -> Chosen:
    """What was chosen for the window, kept in a folder of the test."""
    return Chosen(tmp_path / "preferences")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    with opened(ShopFile(tmp_path / "data")) as office:
        yield office


@pytest.fixture
def framed(qtbot: QtBot, office: Office, chosen: Chosen) -> Iterator[Framed]:
    made = Framed(qtbot, office, chosen)
    yield made
    made.close()
