"""Faults from every thread come to one place, and a crash leaves calls alone, told once."""

from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, qWarning
from pytestqt.qtbot import QtBot

from desktop_crm.app.crash import Crashes, CrashFile
from desktop_crm.app.signals import EndSignals

OF = Path("/customers/of/a/shop")


@pytest.fixture
def crashes(qapp: QCoreApplication) -> Iterator[Crashes]:
    made = Crashes(qapp)
    made.watch()
    yield made
    made.leave()


def test_a_fault_of_this_thread_and_of_another_are_both_heard(qtbot: QtBot, crashes: Crashes) -> None:
    heard: list[BaseException] = []
    crashes.happened.connect(heard.append)
    fault = KeyError("Łucja")
    sys.excepthook(KeyError, fault, None)

    def fail() -> None:
        raise ValueError("Łucja")

    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard[0] is fault
    assert isinstance(heard[1], ValueError)


def test_afterwards_faults_go_where_they_went_before(qapp: QCoreApplication) -> None:
    before = (sys.excepthook, threading.excepthook)
    made = Crashes(qapp)
    made.watch()
    made.leave()
    assert (sys.excepthook, threading.excepthook) == before


@pytest.mark.usefixtures("crashes")
def test_what_qt_says_is_never_repeated(capfd: pytest.CaptureFixture[str]) -> None:
    qWarning("could not open /home/anna/Łucja Kowalska.pdf")
    said = capfd.readouterr()
    assert "QtWarningMsg" in said.err
    assert "Kowalska" not in said.out + said.err


def test_a_crash_is_told_once_without_the_folders_of_an_account(tmp_path: Path) -> None:
    trace = (
        "Fatal Python error: Segmentation fault\n\nCurrent thread 0x00007f (most recent call first):\n"
        '  File "/home/anna/.venv/lib/desktop_crm/ui/courier.py", line 12 in ask\n'
        '  File "/usr/lib/python3.11/threading.py", line 1002 in _bootstrap\n'
    )
    file = CrashFile(tmp_path, OF)
    file.watch()
    (left,) = tmp_path.iterdir()
    left.write_text(trace, encoding="utf-8")
    assert CrashFile(tmp_path, OF / "another").take_last() == ""
    report = file.take_last()
    assert "ui/courier.py, line 12, ask" in report
    assert "anna" not in report
    assert file.take_last() == ""
    file.leave()


def test_a_program_that_ends_as_it_should_leaves_nothing(tmp_path: Path) -> None:
    file = CrashFile(tmp_path, OF)
    file.watch()
    (before,) = tmp_path.iterdir()
    assert before.stat().st_mode & 0o077 == 0 or sys.platform == "win32"
    file.move(OF / "another")
    (after,) = tmp_path.iterdir()
    assert after.name != before.name
    file.leave()
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_cannot_be_written_is_no_reason_not_to_start(tmp_path: Path) -> None:
    file = CrashFile(tmp_path / "not there", OF)
    assert file.take_last() == ""
    file.watch()
    file.leave()


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_the_system_may_ask_the_program_to_end(qtbot: QtBot, qapp: QCoreApplication) -> None:
    import os
    import signal

    before = signal.getsignal(signal.SIGTERM)
    ends = EndSignals(qapp)
    with qtbot.waitSignal(ends.asked_end):
        os.kill(os.getpid(), signal.SIGTERM)
    ends.close()
    assert signal.getsignal(signal.SIGTERM) is before
