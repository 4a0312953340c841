"""The sign beside the system's clock, for those who want it. It never shows a name."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal, SignalInstance
from PySide6.QtGui import QAction, QIcon
from PySide6.QtWidgets import QMenu, QSystemTrayIcon

from desktop_crm.ui.frame.window import TITLE
from desktop_crm.words import M, Words


def tray_is_there() -> bool:
    """Whether this desktop shows such signs; GNOME as it comes does not."""
    return QSystemTrayIcon.isSystemTrayAvailable()


class Tray(QObject):
    """The sign, its menu, and notifications that hold numbers only."""

    asked_open = Signal()
    asked_lock = Signal()
    asked_quit = Signal()

    def __init__(self, words: Words, icon: QIcon, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._menu = QMenu()
        self._add(M("Open"), self.asked_open)
        self._lock = self._add(M("Lock"), self.asked_lock)
        self._add(M("Quit"), self.asked_quit)
        self._sign = QSystemTrayIcon(icon, self)
        self._sign.setToolTip(TITLE)
        self._sign.setContextMenu(self._menu)
        self._sign.activated.connect(self._touched)
        self._sign.messageClicked.connect(self.asked_open)
        self._sign.show()

    def speaks(self, words: Words) -> bool:
        """Whether it was made in this language."""
        return self._words.language == words.language

    def set_open(self, is_open: bool) -> None:
        """Whether there is anything to lock."""
        self._lock.setEnabled(is_open)

    def tell(self, message: M) -> None:
        """Notify. The desktop keeps a history of these: numbers and days alone, nothing of a person."""
        self._sign.showMessage(TITLE, self._words.say(message))

    def close(self) -> None:
        """Take the sign away."""
        self._sign.hide()
        self._menu.deleteLater()
        self.deleteLater()

    def _add(self, label: M, asked: SignalInstance) -> QAction:
        added = self._menu.addAction(self._words.say(label))
        added.triggered.connect(asked)
        return added

    def _touched(self, how: QSystemTrayIcon.ActivationReason) -> None:
        if how in (QSystemTrayIcon.ActivationReason.Trigger, QSystemTrayIcon.ActivationReason.DoubleClick):
            self.asked_open.emit()
