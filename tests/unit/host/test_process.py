from __future__ import annotations

import os
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]

STATE = """
import os, resource
from desktop_crm.host.process import harden
harden()
mask = os.umask(0)
print(resource.getrlimit(resource.RLIMIT_CORE), oct(mask), os.stat("/proc/self/mem").st_uid, end=" ")
import ctypes
print(ctypes.CDLL(None).prctl(3, 0, 0, 0, 0))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Linux settings")
def test_no_core_dump_no_debugger_and_private_files() -> None:
    said = subprocess.run([sys.executable, "-c", STATE], capture_output=True, text=True, check=True).stdout
    assert said == "(0, 0) 0o77 0 0\n"


CRASH = """
import os, sys
os.chdir(sys.argv[1])
from desktop_crm.host.process import harden
harden()
os.abort()
"""

WATCHED = """
import os, sys
if sys.argv[1] == "yes":
    from desktop_crm.host.process import harden
    harden()
print("ready", flush=True)
sys.stdin.read()
"""

WATCHER = """
import sys
try:
    open(f"/proc/{sys.argv[1]}/mem", "rb").close()
    print("read")
except OSError:
    print("refused")
"""


@pytest.mark.skipif(sys.platform != "linux", reason="Linux settings")
def test_a_crash_leaves_no_picture_of_the_memory(tmp_path: Path) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2)
    done = subprocess.run([sys.executable, "-c", CRASH, str(tmp_path)], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == -signal.SIGABRT
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="another account can be taken by root alone")
@pytest.mark.parametrize(("hardened", "said"), [("no", "read"), ("yes", "refused")])
def test_a_program_of_the_same_account_cannot_read_the_memory(hardened: str, said: str) -> None:
    """The one that is not hardened shows that the look itself works."""
    as_somebody = ["setpriv", "--reuid=12345", "--regid=12345", "--clear-groups"]
    with subprocess.Popen(
        [*as_somebody, sys.executable, "-c", WATCHED, hardened],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as watched:
        assert watched.stdout is not None
        assert watched.stdout.readline() == b"ready\n"
        look = [*as_somebody, sys.executable, "-c", WATCHER, str(watched.pid)]
        assert subprocess.run(look, capture_output=True, text=True, check=True).stdout.strip() == said
        watched.communicate(b"")
