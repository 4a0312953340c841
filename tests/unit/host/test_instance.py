from __future__ import annotations

import errno
import os
import signal
import stat
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from desktop_crm.host.account import account_name, host_name
from desktop_crm.host.instance import LOCK_NAME, InstanceLock
from desktop_crm.words import Exit, Problem, Words

HOLD = """
import sys, time
from pathlib import Path
from desktop_crm.host.instance import InstanceLock
InstanceLock(Path(sys.argv[1])).acquire()
print("held", flush=True)
sys.stdin.read()
"""


def _holder(folder: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def _end(process: subprocess.Popen[str]) -> None:
    process.communicate(timeout=30)


def test_a_second_process_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    process = _holder(tmp_path)
    try:
        with pytest.raises(Problem) as told:
            InstanceLock(tmp_path).acquire()
    finally:
        _end(process)
    assert told.value.code is Exit.LOCKED
    sentence = Words("en").say(told.value.what)
    assert f"process {process.pid}" in sentence
    assert account_name() in sentence
    assert host_name() in sentence


def test_a_killed_holder_holds_nothing(tmp_path: Path) -> None:
    process = _holder(tmp_path)
    process.send_signal(signal.SIGKILL)
    _end(process)
    with InstanceLock(tmp_path):
        assert (tmp_path / LOCK_NAME).read_text().splitlines()[0] == str(os.getpid())


def test_a_lock_given_back_can_be_taken_again(tmp_path: Path) -> None:
    first, second = InstanceLock(tmp_path), InstanceLock(tmp_path)
    first.acquire()
    first.acquire()
    with pytest.raises(Problem):
        second.acquire()
    first.release()
    first.release()
    assert (tmp_path / LOCK_NAME).read_bytes() == b""
    second.acquire()
    second.release()


def test_a_lock_with_unreadable_text_is_still_a_lock(tmp_path: Path) -> None:
    with InstanceLock(tmp_path):
        (tmp_path / LOCK_NAME).write_bytes(b"\xff\x00 nonsense")
        with pytest.raises(Problem) as told:
            InstanceLock(tmp_path).acquire()
    assert told.value.what.text == "The customer file is open in another program or account."


def test_every_account_the_folder_lets_in_can_see_the_lock(tmp_path: Path) -> None:
    before = os.umask(0o077)
    try:
        with InstanceLock(tmp_path):
            assert stat.S_IMODE((tmp_path / LOCK_NAME).stat().st_mode) == 0o666
    finally:
        os.umask(before)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another account")
def test_another_account_is_told_who_holds_the_lock(tmp_path: Path) -> None:
    temporary = Path(tempfile.gettempdir())
    for folder in (tmp_path, *tmp_path.parents):
        if temporary in folder.parents:
            folder.chmod(0o777)
    # Everything is imported first: the other account may not be let in to where Python lies.
    code = HOLD.replace("InstanceLock(Path", "import fcntl, os, pwd\nos.setuid(65534)\nInstanceLock(Path", 1)
    with InstanceLock(tmp_path):
        tried = subprocess.run(
            [sys.executable, "-c", code, str(tmp_path)],
            stdin=subprocess.DEVNULL,
            check=False,
            capture_output=True,
            text=True,
        )
    assert "held" not in tried.stdout
    assert "Problem: The customer file is already open" in tried.stderr


def test_a_missing_folder_is_told_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(Problem) as told:
        InstanceLock(tmp_path / "missing").acquire()
    assert told.value.code is Exit.REFUSED
    assert not (tmp_path / "missing").exists()


def test_a_folder_that_lets_nobody_write_is_not_called_in_use(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with InstanceLock(tmp_path):
        pass

    def closed(*_: object) -> int:
        raise PermissionError(errno.EACCES, "closed")

    monkeypatch.setattr(os, "open", closed)
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(Problem) as told:
        InstanceLock(tmp_path).acquire()
    assert told.value.code is not Exit.LOCKED
    monkeypatch.setattr(os, "access", lambda *_: True)
    with pytest.raises(Problem) as told:
        InstanceLock(tmp_path).acquire()
    assert told.value.code is Exit.LOCKED
