"""Keeps this process's memory to itself."""

import contextlib
import os
import sys

_PR_SET_DUMPABLE = 4
_PT_DENY_ATTACH = 31
_NO_CRASH_DIALOGS = 0x0001 | 0x0002 | 0x8000
"""SEM_FAILCRITICALERRORS, SEM_NOGPFAULTERRORBOX, SEM_NOOPENFILEERRORBOX: no window that offers to send a report."""
_NO_HEAP_IN_REPORTS = 0x1
_DISABLE_UPLOAD = 0x20 | 0x40


def harden() -> None:
    """No core dump with customers in it, no debugger of the same account, no file readable by others.

    Each step is best effort: a computer that refuses one still runs the program.
    """
    os.umask(0o077)
    if sys.platform == "win32":
        _no_crash_report()
    else:
        _no_core_dump()
    if sys.platform == "linux":
        _no_debugger()
    elif sys.platform == "darwin":
        _no_debugger_on_mac()


def _no_core_dump() -> None:
    if sys.platform == "win32":
        return
    import resource

    with contextlib.suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _no_debugger() -> None:
    """No process of this account may attach to it or read its memory; a crash handler gets no picture of it either."""
    import ctypes

    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)


def _no_debugger_on_mac() -> None:
    import ctypes

    ptrace = getattr(ctypes.CDLL(None), "ptrace", None)
    if ptrace is not None:
        ptrace(_PT_DENY_ATTACH, 0, None, 0)


def _no_crash_report() -> None:
    """Windows writes memory into its error reports and may send them; this program takes no part in that."""
    import ctypes

    windows = getattr(ctypes, "windll", None)
    if windows is None:
        return
    with contextlib.suppress(OSError, AttributeError):
        windows.kernel32.SetErrorMode(_NO_CRASH_DIALOGS)
    with contextlib.suppress(OSError, AttributeError):
        windows.wer.WerSetFlags(_NO_HEAP_IN_REPORTS | _DISABLE_UPLOAD)
