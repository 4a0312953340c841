"""The window itself: a frame with one page in it, which knows nothing of what the page shows."""

from __future__ import annotations

import sys
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QEvent, QPoint, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from desktop_crm.ui.chosen import Chosen

if TYPE_CHECKING:
    from desktop_crm.ui.frame.access_keys import AccessKeys

TITLE = "Desktop CRM"
LEAST = (920, 600)
USUAL = (1366, 800)
HAS_ALT = sys.platform != "darwin"
"""On a Mac that key types signs, and no button has a letter."""
_FRAME = QSize(16, 40)
"""What a system may put around it: borders and the bar with the title. How much it is shows only afterwards."""


class Window(QMainWindow):
    """Shows one page at a time: welcome, locked, or the open file. Its title bears the shop's name, never another."""

    asked_close = Signal()
    """A person wants to close the window; whoever hears it decides."""

    def __init__(self, chosen: Chosen) -> None:
        super().__init__()
        self._chosen = chosen
        self._may_close = False
        self._fills = False
        self._page: QWidget | None = None
        self._holder = QWidget()
        column = QVBoxLayout(self._holder)
        column.setContentsMargins(0, 0, 0, 0)
        self.setCentralWidget(self._holder)
        self.setMinimumSize(QSize(*LEAST).boundedTo(self._room()))
        self.setWindowTitle(TITLE)
        self._stand_as_before()

    @property
    def page(self) -> QWidget | None:
        """What is shown."""
        return self._page

    def show_page(self, page: QWidget, *, shop: str = "", keep: bool = False) -> None:
        """Show this page instead; the one before is destroyed with everything on it, unless it is to be kept hidden."""
        before, self._page = self._page, page
        layout = self._holder.layout()
        if before is not None and layout is not None:
            before.hide()
            layout.removeWidget(before)
            if not keep:
                before.deleteLater()
        # Where the page wants its keyboard to begin: Qt forgets that when it comes into the window.
        begins = page.focusWidget()
        if layout is not None:
            layout.addWidget(page)
        page.show()
        if begins is not None:
            begins.setFocus(Qt.FocusReason.OtherFocusReason)
        self.name(shop)

    def name(self, shop: str) -> None:
        """Bear the shop's name in the title, or none."""
        self.setWindowTitle(f"{shop} – {TITLE}" if shop else TITLE)

    def fill_screen(self, fill: bool) -> None:
        """Take the whole screen and stay so, whatever a key or the desktop asks for; or stand as before."""
        if fill and not self._fills:
            self._before = self.windowState() & ~Qt.WindowState.WindowMinimized
            self._fills = True
            self.showFullScreen()
        elif self._fills and not fill:
            self._fills = False
            self.setWindowState(self._before)

    def come_forward(self) -> None:
        """Be seen, whatever the window was doing."""
        if self._fills:
            self.showFullScreen()
        elif self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def close_for_good(self) -> None:
        """Remember where the window stood, and close it without asking."""
        self.remember_place()
        self._may_close = True
        self.close()

    def remember_place(self) -> None:
        """Keep place and size; nothing else is kept, and not how it stood before a customer."""
        if self._fills:
            return
        self._chosen.remember(geometry=bytes(self.saveGeometry().data()).hex())

    def _stand_as_before(self) -> None:
        try:
            kept = bytes.fromhex(self._chosen.now.geometry)
        except ValueError:
            kept = b""
        if not kept or not self.restoreGeometry(QByteArray(kept)):
            self._stand_in_the_middle()

    def _stand_in_the_middle(self) -> None:
        """As large as is usual, and all of it on the screen: where it is cut, nobody finds the button to go on."""
        size = QSize(*USUAL).boundedTo(self._room())
        self.resize(size)
        free = (self._room() - size) / 2
        self.move(self.screen().availableGeometry().topLeft() + QPoint(free.width(), free.height()))

    def _room(self) -> QSize:
        return self.screen().availableGeometry().size() - _FRAME

    @cached_property
    def _access_keys(self) -> AccessKeys:
        from desktop_crm.ui.frame.access_keys import AccessKeys

        return AccessKeys(self)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt and HAS_ALT:
            self._access_keys.show(self._page)
        super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Alt:
            self._access_keys.hide()
        super().keyReleaseEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Who goes to another window by Alt and Tab lets go of Alt there."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange and self._fills:
            QTimer.singleShot(0, self, self._stay_full)
        if event.type() is QEvent.Type.ActivationChange and "_access_keys" in self.__dict__:
            self._access_keys.hide()

    def _stay_full(self) -> None:
        if self._fills and not self.isMinimized() and not self.isFullScreen():
            self.showFullScreen()

    def closeEvent(self, event: QCloseEvent) -> None:
        if self._may_close:
            event.accept()
            return
        event.ignore()
        if not self._fills:  # a customer closes nothing
            self.asked_close.emit()
