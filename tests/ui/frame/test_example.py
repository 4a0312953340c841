"""The example shop beside one's own list, another folder for it, and what is told of it once a day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from desktop_crm.app.notice import Notice
from desktop_crm.host.paths import example_folder
from desktop_crm.services import sample, settings, setup
from desktop_crm.services.office import Office
from desktop_crm.services.shop import Shop
from desktop_crm.services.starting import Opening
from desktop_crm.ui.frame.shell import OpenDesk
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import M, Problem
from tests.privacy.shop import ShopFile
from tests.ui.frame.living import DUE, PASSWORD, Begin
from tests.ui.seeing import calm


@pytest.fixture
def example(with_password: ShopFile) -> Callable[[], Office]:
    """Opens an example shop beside the file."""

    def begun() -> Office:
        folder = VaultFolder(example_folder(with_password.folder.path))
        shop = Shop("Example flowers", "DE", "SN", "en", "Europe/Berlin", with_password.clock.at.date())
        office = setup.begin(folder, shop, clock=with_password.clock, keystore=None, passphrase=PASSWORD).office
        settings.put(office, settings.IS_EXAMPLE, True)
        return office

    return begun


def test_the_example_says_so_and_leads_back_to_ones_own_list(
    with_password: ShopFile, begin: Begin, example: Callable[[], Office]
) -> None:
    living = begin(with_password)
    living.page("locked").step.enter(example)
    shell = living.shell()
    (banner,) = shell.findChildren(Banner)
    assert "made up" in banner.accessibleName()
    shell.home.click()
    page = living.page("locked")
    assert page.step.folder.path == with_password.folder.path
    living.page("locked").step.enter(living.by_password())
    living.qtbot.waitUntil(lambda: isinstance(living.window.page, OpenDesk))
    own = living.shell()
    assert own.desk.office.shop.name == "Blumen Weber"
    assert own.findChildren(Banner) == []


def test_the_example_is_opened_from_ones_own_list_and_left_again(
    with_password: ShopFile, begin: Begin, example: Callable[[], Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sample, "visit", lambda *_, **__: example())
    living = begin(with_password)
    own = living.come_in()
    own.acts.do("example")
    living.qtbot.waitUntil(lambda: isinstance(living.window.page, OpenDesk) and living.window.page is not own)
    shell = living.shell()
    assert shell.desk.office.shop.name == "Example flowers"
    assert not shell.acts.can("example")
    assert living.is_closed()
    shell.home.click()
    assert living.come_in().desk.office.shop.name == "Blumen Weber"


def test_an_example_that_cannot_be_opened_leads_back(
    with_password: ShopFile, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> Office:
        raise Problem(M("The disk is full."))

    monkeypatch.setattr(sample, "visit", full)
    living = begin(with_password)
    living.come_in().acts.do("example")
    living.page("locked")
    assert living.session.problems.shown is not None


def test_locking_the_example_locks_ones_own_list_and_tells_nothing_of_the_made_up_one(
    with_password: ShopFile, begin: Begin, example: Callable[[], Office]
) -> None:
    living = begin(with_password)
    living.page("locked").step.enter(example)
    living.shell()
    living.session.lock()
    page = living.page("locked")
    living.qtbot.waitUntil(lambda: page.told == 1)
    assert (page.step.shop, page.step.due) == ("", ())
    assert page.step.state is not None
    assert page.step.state.page is Opening.PASSWORD
    assert living.come_in().desk.office.shop.name == "Blumen Weber"


def test_without_a_list_of_ones_own_the_example_leads_back_to_the_welcome(
    with_password: ShopFile, begin: Begin, example: Callable[[], Office], tmp_path: Path
) -> None:
    living = begin(with_password)
    step = living.page("locked").step
    living.session.use_folder(VaultFolder(tmp_path / "nothing here"))
    step.enter(example)
    living.shell().home.click()
    living.page("welcome")


# Notices


def test_what_is_due_is_told_once_a_day_while_the_file_stays_open(
    with_password: ShopFile, begin: Begin, monkeypatch: pytest.MonkeyPatch
) -> None:
    living = begin(with_password)
    notify = True
    monkeypatch.setattr(living.session.daily, "_due_of", lambda _: Notice(lambda: (DUE,), notify))
    shell = living.come_in()
    told: list[object] = []
    living.session.due_known.connect(told.append)

    def look() -> int:
        living.session.daily.look()
        calm(living.qtbot, shell.desk.courier)
        return len(told)

    assert (look(), look()) == (1, 1)
    assert told == [(DUE,)]
    with_password.clock.at += timedelta(days=1)
    assert (look(), look()) == (2, 2)
    notify = False
    with_password.clock.at += timedelta(days=1)
    assert look() == 2


def test_where_the_file_lies_now_is_told_to_whoever_looks_for_this_window(
    file: ShopFile, begin: Begin, tmp_path: Path
) -> None:
    living = begin(file)
    step = living.page("welcome").step
    with living.qtbot.waitSignal(living.session.moved) as moved:
        step.use_folder(VaultFolder(tmp_path / "chosen"))
    assert moved.args == [tmp_path / "chosen"]
