"""The computer tells that nobody sits there: by its real messages on a private bus, and by fake ones elsewhere."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Condition, Thread

import pytest

from desktop_crm.host.absence import Absence, absence
from desktop_crm.host.absence_mac import MacAbsence
from desktop_crm.host.absence_windows import WindowsAbsence, is_left, sleeps
from tests.secret_service import running_bus

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the bus of a Linux desktop")
if sys.platform == "linux":
    from tests.fake_desktop import ANOTHERS, PATIENCE_S, FakeDesktop, running_desktop

Tell = Callable[["FakeDesktop"], None]
SCREENS = (
    "org.xfce.ScreenSaver",
    "org.freedesktop.ScreenSaver",
    "org.gnome.ScreenSaver",
    "org.cinnamon.ScreenSaver",
    "org.mate.ScreenSaver",
)


class Heard:
    """How often it was told, and a wait for more."""

    def __init__(self) -> None:
        self._told: list[int] = []
        self._more = Condition()

    def __call__(self) -> None:
        with self._more:
            self._told.append(1)
            self._more.notify_all()

    def wait_for(self, times: int) -> bool:
        """Until it was told so often."""
        with self._more:
            return self._more.wait_for(lambda: len(self) >= times, PATIENCE_S)

    def __len__(self) -> int:
        return len(self._told)


@pytest.fixture
def address(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with running_bus(tmp_path_factory.mktemp("bus")) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        monkeypatch.delenv("XDG_SESSION_ID", raising=False)
        yield address


@contextmanager
def listening(left: Heard, desktop: FakeDesktop) -> Iterator[Absence]:
    made = absence(left)
    made.begin()
    desktop.wait_for_delay()
    yield made
    made.end()


def is_heard(desktop: FakeDesktop, left: Heard, tell: Tell, times: int) -> None:
    """So often. Each of the two connections keeps the order: what is told after it comes after it."""
    tell(desktop)
    desktop.screen(SCREENS[0], locked=True)
    desktop.lock()
    assert left.wait_for(times + 2)
    desktop.sleep(begins=False)
    desktop.wait_for_delay(2)
    assert len(left) == times + 2


@pytest.mark.parametrize(
    "tell",
    [
        *(lambda desktop, of=of: desktop.screen(of, locked=True) for of in SCREENS),
        lambda desktop: desktop.lock(),
        lambda desktop: desktop.change("Active", False),
        lambda desktop: desktop.change("LockedHint", True),
        lambda desktop: desktop.sleep(begins=True),
    ],
)
def test_each_way_to_leave_the_computer_is_heard_once(address: str, tell: Tell) -> None:
    left = Heard()
    with running_desktop(address) as desktop, listening(left, desktop):
        is_heard(desktop, left, tell, 1)


@pytest.mark.parametrize(
    "tell",
    [
        *(lambda desktop, of=of: desktop.screen(of, locked=False) for of in SCREENS),
        lambda desktop: desktop.lock(ANOTHERS),
        lambda desktop: desktop.change("Active", False, ANOTHERS),
        lambda desktop: desktop.change("Active", True),
        lambda desktop: desktop.change("LockedHint", False),
        lambda desktop: desktop.change("IdleHint", True),
    ],
)
def test_coming_back_and_what_others_do_locks_nobody_out(address: str, tell: Tell) -> None:
    left = Heard()
    with running_desktop(address) as desktop, listening(left, desktop):
        is_heard(desktop, left, tell, 0)


def test_what_is_told_while_it_still_asks_for_its_session_is_heard(address: str) -> None:
    left = Heard()
    with running_desktop(address) as desktop:
        desktop.before = lambda: desktop.sleep(begins=True)
        with listening(left, desktop):
            assert left.wait_for(1)


@pytest.mark.parametrize("answers", ["GetSession", "GetSessionByPID", "Display"])
def test_the_own_session_is_found_in_each_way(address: str, answers: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_SESSION_ID", "1")
    left = Heard()
    with running_desktop(address, answers) as desktop, listening(left, desktop):
        is_heard(desktop, left, lambda desktop: desktop.lock(), 1)


def holds_delay(desktop: FakeDesktop, left: Heard) -> None:
    """Wait until the delay that was handed out has come, too: what is told after it comes after it."""
    before = len(left)
    desktop.lock()
    assert left.wait_for(before + 1)


def test_the_computer_sleeps_only_once_everything_is_locked(address: str) -> None:
    left = Heard()
    with running_desktop(address) as desktop, listening(left, desktop) as made:
        holds_delay(desktop, left)
        made.may_sleep()
        assert desktop.is_held(), "the delay was given away while nobody wanted to sleep"
        desktop.sleep(begins=True)
        assert left.wait_for(2)
        assert desktop.is_held()
        made.may_sleep()
        assert not desktop.is_held(patience=10)
        desktop.sleep(begins=False)
        desktop.wait_for_delay(2)
        holds_delay(desktop, left)
        made.may_sleep()
        assert desktop.is_held()


def test_a_program_that_was_started_from_here_does_not_keep_the_computer_awake(address: str) -> None:
    left = Heard()
    with running_desktop(address) as desktop, listening(left, desktop) as made:
        holds_delay(desktop, left)
        command = [sys.executable, "-c", "import sys; sys.stdin.read()"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, close_fds=False) as started:
            desktop.sleep(begins=True)
            assert left.wait_for(2)
            made.may_sleep()
            assert not desktop.is_held(patience=5)
            started.communicate()


def test_at_the_end_the_delay_is_given_back(address: str) -> None:
    with running_desktop(address) as desktop:
        with listening(Heard(), desktop):
            assert desktop.is_held()
        assert not desktop.is_held(patience=10)


def test_a_computer_without_any_of_it_is_no_fault() -> None:
    made = absence(Heard())
    made.begin()
    made.end()


def test_a_bus_that_goes_away_is_no_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with running_bus(tmp_path) as address:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address)
        with running_desktop(address) as desktop:
            made = absence(Heard())
            made.begin()
            desktop.wait_for_delay()
    made.end()


def test_what_was_never_begun_can_be_ended() -> None:
    made: list[Absence] = [absence(Heard()), WindowsAbsence(Heard()), MacAbsence(Heard())]
    for one in made:
        one.end()


# Windows and the Mac: what can be known of them here


@pytest.mark.parametrize(
    ("message", "what", "said"),
    [
        (0x02B1, 0x7, True),  # locked
        (0x02B1, 0x8, False),  # unlocked
        (0x02B1, 0x2, True),  # another account at the console
        (0x02B1, 0x1, False),  # back at the console
        (0x02B1, 0x4, True),  # a remote connection was cut
        (0x0218, 0x4, True),  # sleeps
        (0x0218, 0x7, False),  # woke
        (0x0200, 0x7, False),  # the mouse moved
    ],
)
def test_windows_is_understood(message: int, what: int, said: bool) -> None:
    assert is_left(message, what) is said


def test_windows_waits_until_everything_is_locked() -> None:
    left = Heard()
    made = WindowsAbsence(left)
    assert sleeps(0x0218, 0x4)
    waiting = Thread(target=made._understand, args=(0x0218, 0x4))
    waiting.start()
    assert left.wait_for(1)
    made.may_sleep()
    waiting.join(1)
    assert not waiting.is_alive()


@pytest.mark.parametrize("kind", [WindowsAbsence, MacAbsence])
def test_without_its_system_it_tells_nothing(kind: type[WindowsAbsence] | type[MacAbsence]) -> None:
    left = Heard()
    made = kind(left)
    made.begin()
    made.end()
    assert not left
