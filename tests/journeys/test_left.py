"""The real window when the computer is left: nothing of a customer lies anywhere but in the closed file."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.fake_desktop import FakeDesktop, running_desktop
from tests.journeys.test_window import Account, account, found_in
from tests.secret_service import SecretService

pytestmark = [
    pytest.mark.journey,
    pytest.mark.skipif(sys.platform != "linux", reason="the buses and the list of open files of Linux"),
]
__all__ = ["account"]


def lock_by_command(account: Account) -> tuple[int, str, str]:
    """`desktop-crm lock` in a process of its own."""
    asking = account.begin("-m", "desktop_crm", "lock", "--data-dir", str(account.folder), "--json")
    out, err = asking.communicate(timeout=40)
    return asking.returncode, "".join(out.split()), err


def test_left_in_each_way_the_window_locks_and_leaves_no_customer_behind(
    account: Account, secret_service: SecretService
) -> None:
    ways: tuple[Callable[[FakeDesktop], object], ...] = (
        lambda desktop: desktop.screen("org.gnome.ScreenSaver", locked=True),
        lambda desktop: desktop.change("Active", False),
        lambda desktop: desktop.sleep(begins=True),
        lambda _: lock_by_command(account),
    )
    with running_desktop(secret_service.address) as desktop:
        walking = account.walk("left", "11", str(len(ways)))
        desktop.wait_for_delay()
        words: list[str] = []
        for leave in ways:
            assert line(walking) == "open", walking.communicate()
            leave(desktop)
            said = line(walking).split()
            assert said[:2] == ["locked", "0"], (said[:2], walking.communicate())
            words = said[2:]
            if leave is ways[-1]:  # every word of every round, while it is locked; to look for them takes a while
                assert len(words) > 20
                assert {path for word in words for path in found_in(word, account.home, secret_service.folder)} == set()
            (account.home / "go-on").touch()
        assert walking.wait(40) == 0, walking.communicate()
        printed = walking.communicate()[1]
        assert [word for word in words if word in printed] == []


def test_whoever_signs_in_by_name_leaves_no_customer_behind_when_it_locks_or_is_killed(account: Account) -> None:
    walking = account.walk("staffed", "14")
    state, handles, *words = line(walking).split() or ["ended", *walking.communicate()]
    assert (state, handles) == ("locked", "0"), words
    assert len(words) > 15
    assert nothing_of(words, account)
    (account.home / "go-on").touch()
    state, handles, *words = line(walking).split() or ["ended", *walking.communicate()]
    assert (state, handles != "0") == ("open", True), words
    walking.kill()
    walking.wait(40)
    assert nothing_of(words, account)


def nothing_of(words: Sequence[str], account: Account) -> bool:
    """Whether no file of the account or of the key store has one of these."""
    return not [path for word in words for path in found_in(word, account.home, account.service.folder)]


def test_the_computer_sleeps_once_the_file_is_closed(account: Account, secret_service: SecretService) -> None:
    with running_desktop(secret_service.address) as desktop:
        walking = account.walk("left", "12", "1")
        desktop.wait_for_delay()
        assert line(walking) == "open", walking.communicate()
        assert desktop.is_held()
        desktop.sleep(begins=True)
        assert not desktop.is_held(patience=20)
        # Whoever was let go of now finds no file of the customers open, without asking the window.
        assert held_open(walking.pid, account.folder) == []
        (account.home / "go-on").touch()
        assert walking.wait(40) == 0, walking.communicate()


def test_the_command_says_what_became_of_it(account: Account, secret_service: SecretService) -> None:
    assert lock_by_command(account) == (0, '{"window":"no-window"}', NO_WINDOW)
    with running_desktop(secret_service.address) as desktop:
        walking = account.walk("left", "13", "1")
        desktop.wait_for_delay()
        assert line(walking) == "open", walking.communicate()
        for _ in range(2):
            assert lock_by_command(account) == (0, '{"window":"locked"}', "The customer file is locked.\n")
        assert held_open(walking.pid, account.folder) == []
        (account.home / "go-on").touch()
        assert walking.wait(40) == 0, walking.communicate()


NO_WINDOW = "No window of this customer file is open, so there is nothing to lock.\n"


def held_open(process: int, folder: Path) -> list[Path]:
    """What a process holds open in a folder."""
    return [one for one in (fd.readlink() for fd in Path(f"/proc/{process}/fd").iterdir()) if folder in one.parents]


def line(process: subprocess.Popen[str]) -> str:
    """The next line that a way printed."""
    assert process.stdout is not None
    return process.stdout.readline().strip()
