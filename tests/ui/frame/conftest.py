"""An open file in a real window."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_crm.services import contacts, setup
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.office import Office
from desktop_crm.services.shop import Shop
from desktop_crm.ui.chosen import Chosen
from tests.privacy.shop import ShopFile, opened
from tests.ui.frame.framed import Framed
from tests.ui.frame.living import PASSWORD, Living


@pytest.fixture(autouse=True)
def runtime(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What the system gives an account for its sockets: a folder of its own, with a short path."""
    made = tmp_path_factory.mktemp("r")
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(made))
    return made


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


@pytest.fixture
def file(data_dir: Path) -> ShopFile:
    return ShopFile(data_dir)


@pytest.fixture
def with_password(file: ShopFile) -> ShopFile:
    shop = Shop("Blumen Weber", "DE", "SN", "en", "Europe/Berlin", file.clock.at.date())
    begun = setup.begin(file.folder, shop, clock=file.clock, keystore=None, passphrase=PASSWORD)
    contacts.add(begun.office, NewContact(name="Łucja Kowalska", phones=("+49 341 5550001",)))
    begun.office.close()
    return file


@pytest.fixture
def begin(qtbot: QtBot, chosen: Chosen) -> Iterator[Callable[[ShopFile], Living]]:
    made: list[Living] = []

    def began(file: ShopFile) -> Living:
        made.append(Living(qtbot, file, chosen))
        return made[-1]

    yield began
    for one in made:
        one.session.end()
