"""The whole program as a person starts it: a process of its own, offscreen, in a home of its own."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from desktop_crm.ui.instance import raise_first

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="ended by a signal of POSIX")
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    made = tmp_path / "home"
    made.mkdir()
    return made


@pytest.fixture
def start(home: Path, data_dir: Path, runtime: Path) -> Iterator[Start]:
    begun: list[subprocess.Popen[str]] = []
    away = {name for name in os.environ if name.startswith("XDG_")}
    mine = {name: value for name, value in os.environ.items() if name not in away}
    mine |= {"HOME": str(home), "QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8", "XDG_RUNTIME_DIR": str(runtime)}

    def started(*words: str) -> subprocess.Popen[str]:
        command = [sys.executable, "-m", "desktop_crm", "--data-dir", str(data_dir), *words]
        pipe = subprocess.PIPE
        begun.append(subprocess.Popen(command, env=mine, text=True, stdout=pipe, stderr=pipe))
        return begun[-1]

    yield started
    for one in begun:
        with one:
            if one.poll() is None:
                one.kill()


def wait_for_window(folder: Path, process: subprocess.Popen[str]) -> None:
    last = time.monotonic() + 30
    while not raise_first(folder):
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < last


def test_clicked_twice_there_is_one_window_and_it_goes_on_hearing(start: Start, data_dir: Path) -> None:
    both = [start(), start()]
    last = time.monotonic() + 40
    while all(one.poll() is None for one in both):
        assert time.monotonic() < last
        with suppress(subprocess.TimeoutExpired):
            both[0].wait(0.05)
    left = [one for one in both if one.poll() is None]
    assert [one.returncode for one in both if one not in left] == [0]
    assert len(left) == 1
    wait_for_window(data_dir, left[0])
    assert start().wait(30) == 0
    assert left[0].poll() is None


def test_it_opens_is_found_by_a_second_start_and_ends_without_a_trace(start: Start, data_dir: Path, home: Path) -> None:
    first = start()
    wait_for_window(data_dir, first)
    second = start("window")
    assert second.wait(30) == 0
    assert second.communicate() == ("", "")
    assert first.poll() is None
    first.send_signal(signal.SIGTERM)
    out, err = first.communicate(timeout=30)
    assert (first.returncode, out) == (0, "")
    # The surface that tests draw on cannot come forward, and says so.
    assert set(err.splitlines()) <= {"Qt: QtWarningMsg of default"}
    assert not data_dir.exists()
    kept = sorted(str(path.relative_to(home)) for path in home.rglob("*") if path.is_file())
    assert [path for path in kept if "fontconfig" not in path] == [
        ".config/desktop-crm/preferences.json",
    ]
