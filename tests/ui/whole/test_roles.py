"""With each role through the whole window: nothing is offered that the role may not do, and nothing hidden is shown."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest

from desktop_crm.privacy.rights import OWNER, READ_ONLY, READY_ROLES, ReadyRole, hidden
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.purchase import Purchase
from desktop_crm.services.actor import Actor
from desktop_crm.services.acts import Act
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Reading
from desktop_crm.ui.frame.shell import OpenDesk
from desktop_crm.words import Problem
from installers.pictures.stage import Dress, Filled, Stage
from tests.ui.whole.played import Player
from tests.ui.whole.strolling import AREAS, Stroll

NUMBER = "5a" * 16
_ROLES = {code: role for code, role in READY_ROLES.items() if role is not OWNER}


@pytest.fixture(params=list(_ROLES.values()), ids=list(_ROLES))
def role(request: pytest.FixtureRequest) -> ReadyRole:
    made: ReadyRole = request.param
    return made


@pytest.fixture(autouse=True)
def nothing_leaves_the_window(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("choose_file", "choose_folder", "save_file"):
        monkeypatch.setattr(f"desktop_crm.ui.files.{name}", lambda *_: None)
    for name in ("ring", "write", "visit"):
        monkeypatch.setattr(f"desktop_crm.ui.reach.{name}", lambda _: True)
    monkeypatch.setattr("PySide6.QtGui.QDesktopServices.openUrl", lambda _: True)


@pytest.fixture
def refused(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The acts that were asked for and are not allowed."""
    found: list[str] = []
    check = Office.check_right

    def checked(office: Office, act: Act) -> None:
        try:
            check(office, act)
        except Problem:
            found.append(act.name)
            raise

    monkeypatch.setattr(Office, "check_right", checked)
    return found


@pytest.mark.parametrize("area", AREAS)
def test_a_role_is_offered_what_it_may_do_and_shown_what_it_may_see(
    role: ReadyRole, area: str, player: Player, refused: list[str]
) -> None:
    with player.files.fresh(Filled.EXAMPLE, "en") as (office, folder):
        secret = list(_hidden_values(office, role))
        office.who = Actor(NUMBER, role.rights)
        stage = Stage(office, folder, Dress("light"))
        stage.set(OpenDesk(office, stage.courier, stage.words, stage.chosen))
        try:
            stroll = Stroll(stage, reads=bool(secret))
            stroll.through(area)
        finally:
            stage.close()
    assert refused == []
    assert [value for value in secret if any(value in text for text in stroll.texts)] == []
    assert stroll.pressed or (role is READ_ONLY and area == "requests")


def _hidden_values(office: Office, role: ReadyRole) -> Iterator[str]:
    """What stands in the notes and purchases that this role must not see."""
    columns = {Interaction: "text", Purchase: "description"}
    for record in hidden(role.rights) & columns.keys():
        rows = office.store.read(partial(_every, record))
        yield from (getattr(row, columns[record]) for row in rows if getattr(row, columns[record]))


def _every(record: type, reading: Reading) -> list[object]:
    return list(reading.find(record))
