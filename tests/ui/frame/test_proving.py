"""The password asked for once more: what needed it is then done exactly once, or not at all."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from desktop_crm.privacy.rights import MANAGER, OWNER, STAFF
from desktop_crm.services import staff
from desktop_crm.services.actor import Actor
from desktop_crm.services.office import Office
from desktop_crm.services.staff import NewPerson
from desktop_crm.ui.courier import Cancelled
from desktop_crm.ui.frame.proving import ProveSheet
from desktop_crm.ui.widgets.sheet import Overlay
from desktop_crm.vault.folder import VaultFolder
from desktop_crm.words import Problem
from tests.memory_keystore import MemoryKeyStore
from tests.privacy.shop import clock_of
from tests.ui.frame.framed import Framed, Key

HERS, HIS = "lavender tram seven kettle", "walnut harbour comet nine"


@pytest.fixture
def keys(monkeypatch: pytest.MonkeyPatch) -> MemoryKeyStore:
    store = MemoryKeyStore()
    monkeypatch.setattr("desktop_crm.services.starting.system_keystore", lambda **_: store)
    return store


@pytest.fixture
def tom(office: Office, keys: MemoryKeyStore) -> bytes:
    """Somebody who works here; Anna signed in six minutes ago."""
    folder = VaultFolder(office.store.database.parent)
    anna = staff.add_person(office, folder, keys, NewPerson("Anna", OWNER.code, HERS))
    made = staff.add_person(office, folder, keys, NewPerson("Tom", STAFF.code, HIS, alone_ends=True))
    number = next(one.number for one in staff.people(office) if one.id == anna)
    office.who = Actor(number, OWNER.rights, anna)
    office.proof.give()
    clock_of(office).at += timedelta(minutes=6)
    return made


class Asking:
    """Asks for something that needs the password, and hears what comes of it."""

    def __init__(self, framed: Framed, tom: bytes) -> None:
        self.framed, self.tom = framed, tom
        self.done = 0
        self.refused: list[Problem] = []

    def ask(self) -> None:
        desk = self.framed.shell.desk
        desk.courier.ask(desk, self.work, lambda _: None, failed=self.failed)
        self.framed.calm()

    def work(self) -> None:
        staff.change_role(self.framed.office, self.tom, MANAGER.code)
        self.done += 1

    def failed(self, problem: Problem) -> bool:
        self.refused.append(problem)
        return True

    @property
    def role(self) -> str:
        return next(one.role for one in staff.people(self.framed.office) if one.id == self.tom)


@pytest.fixture
def asking(framed: Framed, tom: bytes) -> Asking:
    return Asking(framed, tom)


def give(framed: Framed, password: str) -> None:
    sheet = framed.top(ProveSheet)
    sheet.password.set_text(password)
    framed.press(Key.Key_Return, on=sheet.password.edit)
    framed.calm()


def test_with_the_right_password_it_is_done_once_and_not_asked_again(framed: Framed, asking: Asking) -> None:
    asking.ask()
    assert asking.done == 0
    give(framed, HERS)
    assert (asking.done, asking.role, asking.refused) == (1, MANAGER.code, [])
    assert Overlay.top(framed.shell) is None
    asking.ask()
    assert asking.done == 2


def test_a_wrong_password_is_told_and_nothing_is_done(framed: Framed, asking: Asking) -> None:
    asking.ask()
    give(framed, HIS)
    assert "Not right" in framed.top(ProveSheet).password._below.text()
    assert (asking.done, asking.role) == (0, STAFF.code)
    give(framed, HERS)
    assert asking.done == 1


def test_cancel_leaves_everything_and_lets_whoever_asked_go_on(framed: Framed, asking: Asking) -> None:
    asking.ask()
    framed.press(Key.Key_Escape)
    framed.calm()
    assert (asking.done, asking.role) == (0, STAFF.code)
    assert [type(one) for one in asking.refused] == [Cancelled]
    assert framed.shell.problems.shown is None


def test_what_needs_it_at_the_same_time_waits_for_the_same_answer(framed: Framed, asking: Asking) -> None:
    asking.ask()
    asking.ask()
    give(framed, HERS)
    framed.calm()
    assert asking.done == 2
    assert Overlay.top(framed.shell) is None


def test_a_long_job_begins_anew_once_it_is_allowed(framed: Framed, asking: Asking) -> None:
    desk = framed.shell.desk
    titles: list[str] = []
    desk.courier.started.connect(lambda job: titles.append(job.title))
    answers: list[str] = []

    def work(step: Callable[[int, int], None]) -> None:
        step(1, 1)
        asking.work()

    desk.courier.run(desk, "Working", work, lambda _: answers.append("done"))
    framed.calm()
    give(framed, HERS)
    framed.calm()
    assert titles == ["Working", "Working"]
    assert (asking.done, answers) == (1, ["done"])
