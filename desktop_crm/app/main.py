"""Where the program starts: the window, unless a command is given."""

from __future__ import annotations

import builtins
import gc
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from desktop_crm.cheap import fixed
from desktop_crm.host.instance import LOCK_NAME, InstanceLock, Locking
from desktop_crm.host.preferences import load
from desktop_crm.host.process import harden

_TEXT_ONLY = ("--version", "--json", "--passphrase-stdin")
"""Options that make no sense in a window."""
_LISTS = (".csv", ".xlsx", ".vcf")


@fixed
class Order:
    """What a start without a command asks for: a folder and a language other than the usual, and lists to bring in."""

    folder: Path | None
    files: tuple[Path, ...]
    language: str | None


def main() -> int:
    """The window or the command line. Returns the exit code."""
    prepare()
    words = sys.argv[1:]
    order = window_order(words)
    if order is not None and can_show_windows(os.environ):
        from desktop_crm.app.first import run as show

        return show(order.folder, order.files, order.language or _language())
    from desktop_crm.cli.run import run

    gc.enable()
    return run(words, lock_window)


def prepare() -> None:
    """Before anything is loaded: keep the memory to ourselves, and look for no garbage in what is being loaded.

    All of it stays; looking through it again and again took a seventh of the time until the window was there.
    """
    harden()
    gc.disable()


def window_order(words: Sequence[str]) -> Order | None:
    """What is asked of the window; None for the command line, also where the line is typed wrongly.

    The window is meant by its command, by no command at all, and by nothing but lists, as a file manager starts it.
    """
    if not words:
        return Order(None, (), None)
    from desktop_crm.cli.commands import COMMON, WINDOW
    from desktop_crm.cli.parsing import HELP, read, split
    from desktop_crm.words import Problem

    if set(words) & {*HELP, *_TEXT_ONLY}:
        return None
    try:
        given, rest = split(words, (*COMMON, *WINDOW.options))
        typed = read(WINDOW, given, (), COMMON)
    except Problem:
        return None
    files = [Path(word) for word in (rest[1:] if rest[:1] == [WINDOW.name] else rest)]
    if not all(path.suffix.lower() in _LISTS and path.is_file() for path in files):
        return None
    return Order(typed.values["data_dir"], (*typed.values["bring_in"], *files), typed.values["lang"])


def can_show_windows(environment: Mapping[str, str]) -> bool:
    """Whether there is a screen, and the library that draws on it."""
    screens = ("WAYLAND_DISPLAY", "DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform not in ("win32", "darwin") and not any(environment.get(name) for name in screens):
        return False
    try:
        load_qt()
    except ImportError:
        # Not installed, or a library of the system is missing that it draws with.
        return False
    return True


def lock_window(folder: Path | None) -> Locking:
    """Have the open window lock the customer file of this folder, or of the usual one. Needs no screen.

    Raises Problem where something else than a window of this account has it open.
    """
    place = folder or load().place
    became = _asked_of_window(place)
    if became is Locking.NO_WINDOW and (place / LOCK_NAME).exists():
        with InstanceLock(place):
            pass
    return became


def _asked_of_window(place: Path) -> Locking:
    try:
        from PySide6.QtCore import QCoreApplication
    except ImportError:
        return Locking.NO_WINDOW
    from desktop_crm.ui.instance import lock_first

    app = QCoreApplication.instance() or QCoreApplication(["desktop-crm"])
    became = lock_first(place)
    del app
    return became


def load_qt() -> None:
    """Load what draws windows, and import the rest of the program as Python does.

    PySide6 puts an `import` of its own in its place. That one reads the source of every module, to see whether it asks
    for names with underscores; none does, and reading took a tenth of the time until the first page was there.
    """
    plain = builtins.__import__
    import PySide6.QtWidgets  # noqa: F401

    setattr(builtins, "__import__", plain)  # noqa: B010 - for mypy it is a function, not a variable


def _language() -> str:
    from desktop_crm.cli.locale_names import language_of

    return language_of(os.environ) or "en"
