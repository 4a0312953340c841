"""The one place that lets a person choose files, and that opens what was saved.

Qt's own dialog remembers the folders a person went through in a plain file, and a folder may bear a customer's name;
so what it remembered is taken out again at once. (Dialogs of the operating system remember by its rules.)

The window starts with this module loaded, but chooses no file yet: what Qt needs for that is loaded when it does.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def choose_file(window: QWidget, title: str, patterns: str) -> Path | None:
    """A file to read, or None."""
    from PySide6.QtWidgets import QFileDialog

    chosen, _ = QFileDialog.getOpenFileName(window, title, str(documents_folder()), patterns)
    forget_folders()
    return Path(chosen) if chosen else None


def choose_folder(window: QWidget, title: str, start: Path | None = None) -> Path | None:
    """A folder, or None."""
    from PySide6.QtWidgets import QFileDialog

    chosen = QFileDialog.getExistingDirectory(window, title, str(start or documents_folder()))
    forget_folders()
    return Path(chosen) if chosen else None


def save_file(window: QWidget, title: str, name: str) -> Path | None:
    """A path to write to, or None."""
    from PySide6.QtWidgets import QFileDialog

    chosen, _ = QFileDialog.getSaveFileName(window, title, str(documents_folder() / name))
    forget_folders()
    return Path(chosen) if chosen else None


def documents_folder() -> Path:
    """The folder for documents of this account, or its home: a folder that is not there would become a file's name."""
    from PySide6.QtCore import QStandardPaths

    documents = Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation))
    # Asked only while a dialog comes up, which reads the folder itself.
    return documents if documents.is_dir() else Path.home()


def open_in_system(path: Path) -> bool:
    """Open a file or folder in the program the system has for it; False if there is none."""
    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDesktopServices

    return QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))


def forget_folders() -> None:
    """Take out what Qt's own file dialog remembered."""
    from PySide6.QtCore import QSettings

    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    settings.remove("FileDialog")
    settings.sync()
