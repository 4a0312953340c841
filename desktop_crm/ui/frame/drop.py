"""Files dropped anywhere on the window: lists are brought in and scans filed, after they were looked at."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.words import Exit, M, Problem

LISTS = frozenset({".csv", ".txt", ".tsv", ".xlsx", ".vcf"})
"""Endings of the files that hold people."""
SCANS = frozenset({".pdf", ".jpg", ".jpeg", ".png"})
"""Endings of papers that were scanned."""


def is_list(path: Path) -> bool:
    """Whether a file looks like a list of people."""
    return path.suffix.lower() in LISTS


def no_list() -> Problem:
    """A file was dropped that holds no people."""
    return Problem(
        M("This file is neither a list of people nor a scan."),
        safe=M("It has not been touched, and nothing was brought in."),
        todo=M("Drop a list as CSV, Excel (.xlsx) or contact file (.vcf) here, or a scan as PDF, JPEG or PNG."),
    )


def not_now() -> Problem:
    """Something else is still going on: the page of a list that is being brought in must not be lost for another."""
    return Problem(
        M("Something is still running."),
        safe=M("It goes on as it was; nothing else was begun."),
        todo=M("Please wait until it is done, and then try again."),
    )


def not_yours() -> Problem:
    """Whoever works here may bring in no lists."""
    return Problem(
        M("Your role may not bring in lists."),
        safe=M("It has not been touched, and nothing was brought in."),
        code=Exit.NOT_ALLOWED,
    )


def local_files(data: QMimeData) -> list[Path]:
    """The files that are being dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def first_list(paths: Iterable[Path]) -> Path | None:
    """The first list among some files."""
    return next((path for path in paths if is_list(path)), None)


def first_scan(paths: Iterable[Path]) -> Path | None:
    """The first scan among some files."""
    return next((path for path in paths if path.suffix.lower() in SCANS), None)


class DropTarget(QObject):
    """Makes a window take files wherever they are let go, also over a field that would take them for text.

    A part of the window that wants files for itself sets its property `takesFiles`.
    """

    brought = Signal(Path)
    """A list of people was dropped."""
    scanned = Signal(Path)
    """A scan of a paper was dropped."""
    refused = Signal()
    """Something else was dropped."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and watched is self._window and self._window.windowHandle() is not None:
            self._window.windowHandle().installEventFilter(self)
        if not isinstance(event, QDropEvent) or not local_files(event.mimeData()) or self._wanted_below(event):
            return False
        event.acceptProposedAction()
        if event.type() == QEvent.Type.Drop:
            self._take(local_files(event.mimeData()))
        return True

    def _wanted_below(self, event: QDropEvent) -> bool:
        part = self._window.childAt(event.position().toPoint())
        while part is not None and not part.property("takesFiles"):
            part = part.parentWidget()
        return part is not None

    def _take(self, paths: list[Path]) -> None:
        found, scan = first_list(paths), first_scan(paths)
        if found is not None:
            self.brought.emit(found)
        elif scan is not None:
            self.scanned.emit(scan)
        else:
            self.refused.emit()
