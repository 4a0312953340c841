"""One window per customer file; what idles is locked; the sign beside the clock holds no name."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtNetwork import QLocalServer, QLocalSocket
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QSystemTrayIcon, QWidget
from pytestqt.qtbot import QtBot

from desktop_crm.host.account import account_name
from desktop_crm.host.clock import FixedClock
from desktop_crm.ui.idle import Idle
from desktop_crm.ui.instance import Claim, FirstInstance, address, raise_first
from desktop_crm.ui.tray import Tray
from desktop_crm.words import M, Words

SECOND = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from desktop_crm.ui.instance import raise_first
app = QCoreApplication([])
sys.exit(0 if raise_first(Path(sys.argv[1]), [Path(word) for word in sys.argv[2:]]) else 3)
"""

KILLED = """
import os, sys
from PySide6.QtNetwork import QLocalServer
server = QLocalServer()
server.listen(sys.argv[1])
os._exit(0)
"""


@pytest.fixture
def first(data_dir: Path) -> Iterator[FirstInstance]:
    made = FirstInstance(Claim(data_dir))
    yield made
    made.close()


def listens(made: FirstInstance) -> bool:
    server = made.findChild(QLocalServer)
    return server is not None and server.isListening()


def start_again(folder: Path, *files: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", SECOND, str(folder), *map(str, files)]
    return subprocess.Popen(command, env={**os.environ, "QT_QPA_PLATFORM": "offscreen"})


def test_a_second_start_raises_the_first_and_hands_over_its_files(
    qtbot: QtBot, first: FirstInstance, data_dir: Path, tmp_path: Path
) -> None:
    with qtbot.waitSignal(first.called) as called:
        second = start_again(data_dir, tmp_path / "anna.vcf")
    assert called.args == [[tmp_path / "anna.vcf"]]
    assert second.wait(20) == 0


def test_after_another_folder_was_chosen_a_later_start_finds_it_there(
    qtbot: QtBot, first: FirstInstance, data_dir: Path, tmp_path: Path
) -> None:
    first.move(tmp_path / "chosen")
    assert start_again(data_dir).wait(20) == 3
    with qtbot.waitSignal(first.called):
        second = start_again(tmp_path / "chosen")
    assert second.wait(20) == 0


def test_a_second_start_waits_for_a_first_that_is_still_starting(qtbot: QtBot, data_dir: Path) -> None:
    claim = Claim(data_dir)
    assert claim.take()
    second = start_again(data_dir)
    with pytest.raises(subprocess.TimeoutExpired):
        second.wait(2)
    made = FirstInstance(claim)
    with qtbot.waitSignal(made.called):
        pass
    assert second.wait(20) == 0
    made.close()


def test_a_first_too_busy_to_answer_is_left_its_address(qtbot: QtBot, first: FirstInstance, data_dir: Path) -> None:
    """Nobody takes away what a living window listens on, however long it does not answer."""
    before = Path(address(data_dir)).stat().st_ino if sys.platform != "win32" else 0
    other = FirstInstance(Claim(data_dir))
    assert not listens(other)
    other.close()
    assert sys.platform == "win32" or Path(address(data_dir)).stat().st_ino == before
    with qtbot.waitSignal(first.called):
        second = start_again(data_dir)
    assert second.wait(20) == 0


def test_when_the_first_ends_while_a_second_waits_the_second_is_the_first(data_dir: Path) -> None:
    claim = Claim(data_dir)
    assert claim.take()
    second = start_again(data_dir)
    with pytest.raises(subprocess.TimeoutExpired):
        second.wait(1)
    claim.let_go()
    assert second.wait(20) == 3


def test_another_file_has_a_window_of_its_own(first: FirstInstance, tmp_path: Path) -> None:
    assert listens(first)
    assert start_again(tmp_path / "other").wait(20) == 3


def test_without_a_first_window_there_is_nobody_to_raise(data_dir: Path) -> None:
    assert raise_first(data_dir) is False


def test_what_a_killed_program_left_is_in_nobodys_way(data_dir: Path) -> None:
    subprocess.run([sys.executable, "-c", KILLED, address(data_dir)], check=True)
    made = FirstInstance(Claim(data_dir))
    assert listens(made)
    made.close()


def test_the_address_names_neither_account_nor_folder(data_dir: Path) -> None:
    named = Path(address(data_dir)).name
    assert account_name() not in named.removeprefix("desktop-crm-")
    assert data_dir.name not in named.removeprefix("desktop-crm-")
    assert named == Path(address(data_dir / ".." / data_dir.name)).name


POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no sockets that are files")


@pytest.mark.skipif(sys.platform == "win32" or os.getuid() != 0, reason="only root can give a file away")
def test_whoever_listens_from_another_account_is_told_nothing(qtbot: QtBot, data_dir: Path) -> None:
    stranger = QLocalServer()
    Path(address(data_dir)).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    assert stranger.listen(address(data_dir))
    with qtbot.waitSignal(stranger.newConnection):
        raise_first(data_dir)
    os.chown(address(data_dir), 54321, -1)
    with qtbot.assertNotEmitted(stranger.newConnection, wait=100):
        assert raise_first(data_dir) is False
    stranger.close()


@POSIX
def test_the_folder_it_lies_in_is_open_to_no_other_account(
    data_dir: Path, runtime: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Path(address(data_dir)).parent == runtime
    runtime.chmod(0o777)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path_factory.mktemp("c")))
    assert Path(address(data_dir)).parent != runtime
    made = FirstInstance(Claim(data_dir))
    assert listens(made)
    folder = Path(address(data_dir)).parent
    assert folder.stat().st_mode & 0o077 == 0
    made.close()
    folder.chmod(0o777)
    made = FirstInstance(Claim(data_dir))
    assert not listens(made)
    folder.chmod(0o700)


@POSIX
def test_a_long_path_of_the_account_is_in_nobodys_way(
    data_dir: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / ("long" * 30)))
    made = FirstInstance(Claim(data_dir))
    assert listens(made)
    assert len(os.fsencode(address(data_dir))) <= 100
    made.close()


@pytest.mark.parametrize("sent", [b"no list\n", b'{"a": 1}\n', b"[1, null]\n", b"\xff\n"])
def test_whatever_else_is_sent_is_no_file(qtbot: QtBot, first: FirstInstance, data_dir: Path, sent: bytes) -> None:
    socket = QLocalSocket()
    with qtbot.waitSignal(first.called) as called:
        socket.connectToServer(address(data_dir))
        socket.write(sent)
    assert called.args == [[]]
    socket.abort()


def test_only_this_account_may_speak_to_it(first: FirstInstance) -> None:
    server = first.findChild(QLocalServer)
    assert server is not None
    assert server.socketOptions() is QLocalServer.SocketOption.UserAccessOption
    if os.name != "nt":
        assert Path(server.fullServerName()).stat().st_mode & 0o077 == 0


# Idle


@pytest.fixture
def idle(qapp: QApplication) -> Iterator[Idle]:
    made = Idle(qapp, FixedClock(datetime(2026, 11, 21, 9, tzinfo=UTC)))
    yield made
    made.stop()


def test_nobody_here_for_the_time_set_is_told_once(qtbot: QtBot, idle: Idle) -> None:
    with qtbot.waitSignal(idle.passed):
        idle.watch(0.002)
    with qtbot.assertNotEmitted(idle.passed, wait=250):
        pass


def test_keys_and_mouse_begin_the_count_anew(qtbot: QtBot, idle: Idle) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    idle.watch(0.005)
    with qtbot.assertNotEmitted(idle.passed):
        for _ in range(5):
            QTest.qWait(100)
            QTest.keyClick(widget, Qt.Key.Key_A)
    with qtbot.waitSignal(idle.passed):
        pass


def test_never_is_never(qtbot: QtBot, idle: Idle) -> None:
    with qtbot.assertNotEmitted(idle.passed, wait=100):
        idle.watch(0)


def test_a_long_job_counts_as_being_here(qtbot: QtBot, qapp: QApplication) -> None:
    busy = [True]
    idle = Idle(qapp, FixedClock(datetime(2026, 11, 21, 9, tzinfo=UTC)), busy=lambda: busy[0])
    with qtbot.assertNotEmitted(idle.passed, wait=200):
        idle.watch(0.001)
    with qtbot.waitSignal(idle.passed):
        busy[0] = False
    idle.stop()


def test_a_computer_that_slept_is_locked_when_it_wakes(qtbot: QtBot, qapp: QApplication) -> None:
    clock = FixedClock(datetime(2026, 11, 21, 9, tzinfo=UTC))
    idle = Idle(qapp, clock)
    idle.watch(5)
    clock.at += timedelta(minutes=4)
    with qtbot.assertNotEmitted(idle.passed):
        idle._look()
    clock.at += timedelta(hours=8)
    with qtbot.waitSignal(idle.passed):
        idle._look()
    idle.stop()


# Tray


def test_the_sign_beside_the_clock_asks_and_tells_without_names(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[str, str]] = []
    monkeypatch.setattr(QSystemTrayIcon, "showMessage", lambda _, title, text: told.append((title, text)))
    tray = Tray(Words("en"), QIcon())
    sign = tray.findChild(QSystemTrayIcon)
    assert sign is not None
    assert sign.toolTip() == "Desktop CRM"
    menu = sign.contextMenu()
    assert isinstance(menu, QMenu)
    actions = {action.text(): action for action in menu.actions()}
    assert list(actions) == ["Open", "Lock", "Quit"]
    for text, asked in (("Open", tray.asked_open), ("Lock", tray.asked_lock), ("Quit", tray.asked_quit)):
        with qtbot.waitSignal(asked):
            actions[text].trigger()
    tray.set_open(False)
    assert not actions["Lock"].isEnabled()
    tray.tell(M("One answer is due in {n} days", n=3))
    assert told == [("Desktop CRM", "One answer is due in 3 days")]
    tray.close()
