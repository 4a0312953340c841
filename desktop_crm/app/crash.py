"""What happens when the program makes a mistake: kind and place are shown and kept, never what a variable held."""

from __future__ import annotations

import faulthandler
import hashlib
import os
import re
import sys
import threading
from contextlib import suppress
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QObject, QtMsgType, Signal, qInstallMessageHandler

from desktop_crm.host.files import PRIVATE_FILE
from desktop_crm.host.paths import CRASH_FILE
from desktop_crm.ui.frame.bug import versions

_LARGEST = 64 * 1024
_FRAME = re.compile(r'File "([^"]*)", line (\d+) in (.+)')
_LOUD = {QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg}


class Crashes(QObject):
    """Every exception nobody dealt with, from whichever thread, brought to the GUI thread."""

    happened = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._before = (sys.excepthook, threading.excepthook)

    def watch(self) -> None:
        """Hear of exceptions from now on, and keep what Qt says out of every log."""
        sys.excepthook = self._on_gui_thread
        threading.excepthook = self._on_other_thread
        qInstallMessageHandler(_said_by_qt)

    def leave(self) -> None:
        """Hear of them no longer."""
        sys.excepthook, threading.excepthook = self._before
        qInstallMessageHandler(None)

    def _on_gui_thread(self, kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
        if isinstance(error, KeyboardInterrupt):
            self._before[0](kind, error, at)
        else:
            self.happened.emit(error)

    def _on_other_thread(self, told: threading.ExceptHookArgs) -> None:
        if told.exc_value is not None:
            self.happened.emit(told.exc_value)


def _said_by_qt(kind: QtMsgType, context: QMessageLogContext, _text: str) -> None:
    """Where Qt warned of something; its words may hold the name of a file or a person."""
    if kind in _LOUD and sys.stderr is not None:
        print(f"Qt: {kind.name} of {context.category or '?'}", file=sys.stderr)


class CrashFile:
    """Where the system's own crashes leave a trace: calls alone, readable by this account alone."""

    def __init__(self, folder: Path, of: Path) -> None:
        """It lies in `folder`; the window on the customer file in the folder `of` has one of its own."""
        self._folder = folder
        self._path = self._path_of(of)
        self._descriptor: int | None = None

    def _path_of(self, of: Path) -> Path:
        """The name tells which windows are apart, and no folder."""
        digest = hashlib.sha256(os.fsencode(of.expanduser().resolve())).hexdigest()
        return self._folder / CRASH_FILE.format(window=digest[:12])

    def move(self, of: Path) -> None:
        """From now on the window is on the customer file of another folder."""
        watched = self._descriptor is not None
        self.leave()
        self._path = self._path_of(of)
        if watched:
            self.watch()

    def take_last(self) -> str:
        """The report of the crash that ended the program last time; empty if there was none. It is told once."""
        try:
            with self._path.open("rb") as file:
                text = file.read(_LARGEST).decode("utf-8", "replace")
        except OSError:
            return ""
        with suppress(OSError):
            self._path.unlink()
        frames = [_without_folder(match) for match in _FRAME.finditer(text)]
        return "\n".join([*versions(), "", "The program ended by itself last time.", *frames]) + "\n" if frames else ""

    def watch(self) -> None:
        """Be ready to write there. A disk that refuses is no reason not to start."""
        with suppress(OSError):
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
            self._descriptor = os.open(self._path, flags, PRIVATE_FILE)
            faulthandler.enable(self._descriptor)

    def leave(self) -> None:
        """The program ends as it should: nothing is left."""
        if self._descriptor is None:
            return
        faulthandler.disable()
        os.close(self._descriptor)
        self._descriptor = None
        with suppress(OSError):
            self._path.unlink()


def _without_folder(frame: re.Match[str]) -> str:
    """A call without the folders before the program's, which bear the name of an account."""
    path, line, function = frame.groups()
    place = "/".join(Path(path.replace("\\", "/")).parts[-2:])
    return f"  {place}, line {line}, {function}"
