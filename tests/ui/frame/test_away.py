"""Locking where nobody is asked: the computer is left, or a command wants the file closed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event, Thread

import pytest
from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu
from pytestqt.qtbot import QtBot

from desktop_crm.app import away
from desktop_crm.app.away import Away
from desktop_crm.host.instance import Locking
from desktop_crm.services import settings, setup
from desktop_crm.ui import files
from desktop_crm.ui.courier import Progress
from desktop_crm.ui.instance import Claim, FirstInstance, lock_first
from desktop_crm.ui.widgets.sheet import Overlay
from tests.privacy.shop import ShopFile
from tests.ui.frame.living import PASSWORD, Begin, Living


class FakeComputer:
    """A computer that is left when the test says so."""

    def __init__(self) -> None:
        self.leave: Callable[[], None] = lambda: None
        self.freed = 0
        self.listens = False

    def begin(self) -> None:
        self.listens = True

    def may_sleep(self) -> None:
        self.freed += 1

    def end(self) -> None:
        self.listens = False


@pytest.fixture
def computer(monkeypatch: pytest.MonkeyPatch) -> FakeComputer:
    made = FakeComputer()

    def absence(left: Callable[[], None]) -> FakeComputer:
        made.leave = left
        return made

    monkeypatch.setattr(away, "absence", absence)
    return made


@pytest.fixture
def became() -> list[Locking]:
    return []


Watch = Callable[[Living], Away]


@pytest.fixture
def watch(computer: FakeComputer, became: list[Locking]) -> Iterator[Watch]:
    made: list[Away] = []

    def watched(living: Living) -> Away:
        made.append(Away(living.session))
        made[-1].became.connect(became.append)
        made[-1].begin()
        return made[-1]

    yield watched
    for one in made:
        one.end()
    assert not computer.listens


def test_left_on_any_thread_it_locks_and_lets_the_computer_sleep_only_then(
    with_password: ShopFile, begin: Begin, watch: Watch, computer: FakeComputer, became: list[Locking]
) -> None:
    living = begin(with_password)
    watch(living)
    living.come_in()
    closed: list[bool] = []
    living.session.shut.connect(lambda: closed.append(living.is_closed()))
    told = Thread(target=computer.leave)
    told.start()
    told.join()
    living.page("locked")
    living.qtbot.waitUntil(lambda: bool(became))
    assert became == [Locking.LOCKED]
    assert closed == [True]
    assert living.is_closed()
    assert computer.freed == 1


def test_while_the_file_is_still_being_closed_the_computer_waits(
    with_password: ShopFile, begin: Begin, watch: Watch, computer: FakeComputer, monkeypatch: pytest.MonkeyPatch
) -> None:
    living = begin(with_password)
    made = watch(living)
    shell = living.come_in()
    go_on, close = Event(), shell.desk.courier.close
    monkeypatch.setattr(shell.desk.courier, "close", lambda: (go_on.wait(10), close()))
    living.session.lock()
    made.lock()
    assert not living.session.is_open
    assert computer.freed == 0
    go_on.set()
    living.qtbot.waitUntil(lambda: computer.freed == 1)
    assert living.is_closed()


def test_a_locked_window_says_so_at_once(
    with_password: ShopFile, begin: Begin, watch: Watch, computer: FakeComputer, became: list[Locking]
) -> None:
    living = begin(with_password)
    made = watch(living)
    living.page("locked")
    made.lock()
    assert became == [Locking.LOCKED]
    assert computer.freed == 1


def test_a_file_that_is_just_being_opened_is_locked_as_well(
    with_password: ShopFile, begin: Begin, watch: Watch, computer: FakeComputer, became: list[Locking]
) -> None:
    living = begin(with_password)
    made = watch(living)
    page, shut = living.page("locked"), list[int]()
    living.session.shut.connect(lambda: shut.append(1))
    page.step.enter(living.by_password())
    made.lock()
    assert became == []
    living.qtbot.waitUntil(lambda: bool(became))
    assert became == [Locking.LOCKED]
    assert shut == [1], "it was never open"
    assert living.is_closed()
    assert computer.freed == 1
    living.come_in()
    QTest.qWait(100)
    assert living.session.is_open, "the wish is over"


def test_a_long_job_goes_on_and_then_it_locks(
    with_password: ShopFile, begin: Begin, watch: Watch, computer: FakeComputer, became: list[Locking]
) -> None:
    living = begin(with_password)
    made = watch(living)
    shell = living.come_in()
    go_on, done = Event(), list[str]()

    def work(_: Progress) -> str:
        go_on.wait(10)
        return "people are in"

    shell.desk.courier.run(shell, "Bringing in 2 people", work, done.append)
    made.lock()
    made.lock()
    assert became == [Locking.WAITS, Locking.WAITS]
    assert Overlay.top(shell) is None, "nobody is there to answer"
    assert computer.freed == 0
    go_on.set()
    living.page("locked")
    living.qtbot.waitUntil(lambda: became[-1] is Locking.LOCKED)
    assert done == ["people are in"]
    assert became.count(Locking.LOCKED) == 1


def test_a_wish_that_was_fulfilled_by_hand_is_over(
    with_password: ShopFile, begin: Begin, watch: Watch, became: list[Locking]
) -> None:
    living = begin(with_password)
    made = watch(living)
    shell = living.come_in()
    go_on = Event()
    shell.desk.courier.run(shell, "Bringing in 2 people", lambda _: go_on.wait(10), lambda _: None)
    made.lock()
    go_on.set()
    living.session._lock()
    living.qtbot.waitUntil(lambda: became[-1] is Locking.LOCKED)
    living.come_in()
    QTest.qWait(100)
    assert living.session.is_open


def test_a_file_that_is_being_set_up_is_said_to_stay_open(
    with_password: ShopFile, begin: Begin, watch: Watch, became: list[Locking]
) -> None:
    office = setup.open_office(with_password.folder, clock=with_password.clock, keystore=None, passphrase=PASSWORD)
    settings.put(office, settings.BEING_SET_UP, True)
    office.close()
    living = begin(with_password)
    made = watch(living)
    living.page("locked").step.enter(living.by_password())
    living.page("welcome")
    made.lock()
    assert became == [Locking.SET_UP]


def test_nothing_that_stood_over_the_window_is_left(with_password: ShopFile, begin: Begin) -> None:
    """A hint or a menu with a name is a window of its own."""
    living = begin(with_password)
    shell = living.come_in()
    menu = QMenu(shell)
    menu.addAction("Łucja Kowalska")
    menu.popup(QPoint(5, 5))
    hint = QLabel("Łucja Kowalska", shell, Qt.WindowType.ToolTip)
    hint.show()
    assert {"QMenu", "QLabel"} == set(standing(living))
    living.session.lock()
    assert standing(living) == []


def test_a_dialog_for_files_is_given_up(
    with_password: ShopFile, begin: Begin, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """It may show folders that are called like customers."""
    living = begin(with_password)
    living.come_in()
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    seen: list[list[str]] = []

    def leave() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, QFileDialog):
            QTimer.singleShot(20, leave)
            return
        seen.append(standing(living))
        living.session.lock()
        seen.append(standing(living))
        dialog.reject()

    QTimer.singleShot(20, leave)
    assert files.choose_file(living.window, "Choose", "") is None
    assert seen == [["QFileDialog"], []]
    living.page("locked")


def standing(living: Living) -> list[str]:
    shown = (one for one in QApplication.topLevelWidgets() if one.isVisible() and one is not living.window)
    return [type(one).__name__ for one in shown]


# A command asks


@pytest.fixture
def first(data_dir: Path) -> Iterator[FirstInstance]:
    made = FirstInstance(Claim(data_dir))
    yield made
    made.close()


ASKING = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop_crm.ui.instance import lock_first
app = QCoreApplication([])
print(lock_first(Path(sys.argv[1])))
"""
SILENT = """
import sys
from pathlib import Path
from desktop_crm.ui.instance import Claim
claim = Claim(Path(sys.argv[1]))
print(claim.take(), flush=True)
sys.stdin.read()
"""


def elsewhere(code: str, folder: Path) -> subprocess.Popen[str]:
    pipe = subprocess.PIPE
    return subprocess.Popen([sys.executable, "-c", code, str(folder)], stdin=pipe, stdout=pipe, text=True)


@pytest.mark.parametrize("answer", [Locking.LOCKED, Locking.WAITS, Locking.SET_UP])
def test_whoever_asks_to_lock_waits_for_what_becomes_of_it(
    qtbot: QtBot, first: FirstInstance, data_dir: Path, answer: Locking
) -> None:
    called: list[object] = []
    first.called.connect(called.append)
    with qtbot.waitSignal(first.lock_asked):
        asking = elsewhere(ASKING, data_dir)
    assert asking.poll() is None
    first.answer(answer)
    assert asking.communicate(timeout=20)[0] == f"{answer}\n"
    assert called == [], "the window came forward"
    first.answer(Locking.LOCKED)


def test_who_asked_and_went_away_is_in_nobodys_way(qtbot: QtBot, first: FirstInstance, data_dir: Path) -> None:
    for _ in range(2):
        with qtbot.waitSignal(first.lock_asked):
            asking = elsewhere(ASKING, data_dir)
        asking.kill()
        asking.communicate()
    qtbot.waitUntil(lambda: not first.findChildren(QLocalSocket))
    first.answer(Locking.LOCKED)


def test_without_a_window_nobody_locks(data_dir: Path) -> None:
    assert lock_first(data_dir) is Locking.NO_WINDOW


def test_a_window_that_never_answers_is_not_called_locked(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_crm.ui.instance._STARTING_MS", 200)
    with elsewhere(SILENT, data_dir) as silent:
        assert silent.stdout is not None
        assert silent.stdout.readline() == "True\n"
        assert lock_first(data_dir) is Locking.UNHEARD
        silent.communicate("")
