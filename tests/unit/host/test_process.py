from __future__ import annotations

import subprocess
import sys

import pytest

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
