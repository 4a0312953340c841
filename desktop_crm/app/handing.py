"""The screen in a customer's hands: one page fills it, and nothing else of the program is to be seen or reached."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from desktop_crm.app.background import Background
from desktop_crm.ui.frame.put_away import put_away
from desktop_crm.ui.frame.shell import OpenDesk, empty, wake
from desktop_crm.ui.frame.window import Window

if TYPE_CHECKING:
    from desktop_crm.ui.handover.page import HandOver

IDLE_MINUTES = 2
"""So long nobody needs to touch it; then the file is locked, and nothing is saved."""


class Handing(QObject):
    """Gives the window to a HandOver, and takes it back. Locking takes it back as well."""

    changed = Signal()
    """The screen was handed over, or is back."""

    def __init__(self, window: Window, clear: Callable[[], None], lock_after: Callable[[int], None]) -> None:
        """`clear` takes out of the clipboard what was copied; `lock_after` sets after how many idle minutes to lock."""
        super().__init__(window)
        self._window = window
        self._clear = clear
        self._lock_after = lock_after
        self._page: HandOver | None = None

    @property
    def on(self) -> bool:
        """Whether the screen is in a customer's hands."""
        return self._page is not None

    def begin(self, shell: OpenDesk, background: Background, page: HandOver) -> None:
        """Hand it over: nothing of anybody else is left in the window, and it fills the screen."""
        put_away()
        self._clear()
        self._page = page
        empty(shell)
        self._window.show_page(page, keep=True)
        self._window.fill_screen(True)
        self._lock_after(IDLE_MINUTES)
        self.changed.emit()
        page.returned.connect(lambda: self._back(shell, background, page))
        page.begin()

    def over(self) -> None:
        """The file is being locked: a page of the session takes its place."""
        if self._page is not None:
            self._page.deleteLater()
            self._page = None
            self._window.fill_screen(False)
            self.changed.emit()

    def _back(self, shell: OpenDesk, background: Background, page: HandOver) -> None:
        """Staff took it back: to the record of the person who answered."""
        shop = shell.desk.office.shop.name
        self._window.show_page(shell, shop=shop)
        self.over()
        wake(shell)
        self._lock_after(background.minutes)
        shell.go("contacts", person=page.asking.person)
        page.tell(shell.desk)
