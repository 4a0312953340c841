"""`lock`: what became of the open window's file, and whether it is closed now."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_crm.app.main import lock_window
from desktop_crm.cli.run import run
from desktop_crm.host.instance import InstanceLock, Locking
from desktop_crm.words import Exit, Problem

HOLDER = """
import sys
from pathlib import Path
from desktop_crm.host.instance import InstanceLock
InstanceLock(Path(sys.argv[1])).acquire()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.mark.parametrize(
    ("became", "code"),
    [
        (Locking.LOCKED, Exit.DONE),
        (Locking.NO_WINDOW, Exit.DONE),
        (Locking.WAITS, Exit.REFUSED),
        (Locking.SET_UP, Exit.REFUSED),
        (Locking.UNHEARD, Exit.REFUSED),
    ],
)
def test_it_ends_well_only_where_the_file_is_closed(
    became: Locking, code: Exit, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    asked: list[Path | None] = []

    def lock(folder: Path | None) -> Locking:
        asked.append(folder)
        return became

    assert run(["lock", "--data-dir", str(tmp_path), "--json"], lock) is code
    printed = capsys.readouterr()
    assert json.loads(printed.out) == {"window": became}
    assert printed.err.startswith("Not locked") is (code is Exit.REFUSED)
    run(["lock"], lock)
    assert asked == [tmp_path, None]


@pytest.mark.usefixtures("qapp")
def test_where_nothing_was_ever_open_nothing_is_made(tmp_path: Path) -> None:
    assert lock_window(tmp_path / "data") is Locking.NO_WINDOW
    assert not (tmp_path / "data").exists()


@pytest.mark.usefixtures("qapp")
def test_a_file_that_something_else_than_a_window_holds_open_is_not_called_locked(tmp_path: Path) -> None:
    with InstanceLock(tmp_path):
        pass
    assert lock_window(tmp_path) is Locking.NO_WINDOW
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(Problem) as told:
            lock_window(tmp_path)
        assert told.value.code is Exit.LOCKED
        assert str(holder.pid) in str(told.value.what.values.values())
        holder.communicate("")
