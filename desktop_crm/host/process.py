"""Keeps this process's memory to itself."""

import os
import sys

_PR_SET_DUMPABLE = 4


def harden() -> None:
    """No core dump with customers in it, no debugger of the same account, no file readable by others.

    Each step is best effort: a computer that refuses one still runs the program.
    """
    os.umask(0o077)
    if sys.platform != "win32":
        _no_core_dump()
    if sys.platform == "linux":
        _no_debugger()


def _no_core_dump() -> None:
    if sys.platform == "win32":
        return
    import contextlib
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _no_debugger() -> None:
    import ctypes

    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
