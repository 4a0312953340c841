"""The start of the window: it is painted first, in the right colours, and the program is loaded behind it."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QDeadlineTimer, QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from desktop_crm.ui.chosen import Chosen
from desktop_crm.ui.frame.window import TITLE, Window
from desktop_crm.ui.instance import Claim, raise_first
from desktop_crm.ui.look.theme import STYLE, Mode, Theme, fitting_tokens, palette

if TYPE_CHECKING:
    from desktop_crm.app.window import Program

_PATIENCE_MS = 200
"""How long to wait until the computer lets the window be painted; a window that begins minimised never is."""
_YOUNG = (2_000, 5, 1_000_000)
"""So many new objects, collections of the youngest, and of the middle-aged: the last number is never reached."""
_TURN_S = 0.001 if sys.platform == "win32" else 0.0001
"""After how many seconds a thread that computes lets the window have its turn.

To paint takes dozens of turns. Windows counts whole milliseconds; none at all would be a turn after every step.
"""
_CALM_MS = 5_000
"""By then the first page is shown."""


def run(folder: Path | None, files: Sequence[Path], language: str) -> int:
    """Show the window until it is closed. Returns the exit code; a window that is open already comes forward."""
    first = First()
    place = folder or first.chosen.now.place
    claim = Claim(place)
    if not claim.take() and raise_first(place, files):
        return 0
    first.paint()
    program = first.load(claim, files, language)
    program.begin()
    QTimer.singleShot(_CALM_MS, settle)
    code = first.app.exec()
    program.end()
    return code


def settle() -> None:
    """The first page is there: from here on garbage is looked for again.

    Among what is young alone: going through everything holds up the window for as long as 400 ms while a list is
    brought in. `Background` does that when nothing else is done.
    """
    gc.set_threshold(*_YOUNG)
    gc.enable()


class First:
    """What there is before the program is loaded: the application, its look and the empty window."""

    def __init__(self) -> None:
        self.app = QApplication(["desktop-crm", *STYLE])
        self.app.setApplicationDisplayName(TITLE)
        self.app.setDesktopFileName("desktop-crm")
        self.chosen = Chosen()

    def paint(self) -> None:
        """Show the window as it was last left, empty. Its ground alone is painted, so fonts and style can wait."""
        self.app.setPalette(palette(fitting_tokens(self.app, Mode.named(self.chosen.now.look))))
        self.window = Window(self.chosen)
        self.window.show()
        patience = QDeadlineTimer(_PATIENCE_MS)
        while not self.window.windowHandle().isExposed() and not patience.hasExpired():
            self.app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, _PATIENCE_MS)
        self.app.processEvents()

    def load(self, claim: Claim, files: Sequence[Path], language: str) -> Program:
        """Load the program behind the window; `claim` is to be the only one on a customer file."""
        sys.setswitchinterval(_TURN_S)
        self.theme = Theme(self.app, styled=True)
        from desktop_crm.app.window import Program

        # What was loaded stays to the end, and holds nobody's data: it is never looked through.
        gc.freeze()
        return Program(self, claim, files, language)
