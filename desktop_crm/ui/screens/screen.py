"""What a screen is."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QWidget

from desktop_crm.records.erasure import Erasure
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.widgets.search import SearchField
from desktop_crm.words import M


class Screen(QWidget):
    """One page of the window. It is made at its first visit and fills itself when it is shown and out of date."""

    watches: ClassVar[frozenset[type]] = frozenset()
    """The records it shows: a committed write to one of them makes it fill itself anew."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self.desk = desk
        self._stale = True
        desk.changed.connect(self._changed)

    def refresh(self) -> None:
        """Ask the services for what is to be seen. Every screen that shows data has its own."""

    def show_at(self, **where: object) -> None:
        """Go to a place within the screen; each screen names its own."""

    @property
    def person(self) -> bytes | None:
        """Whose record is open here: for them are the acts of menu, palette and shortcuts."""
        return None

    def go_to_search(self) -> bool:
        """Put the cursor into the search of the page; False where it has none."""
        return False

    def panes(self) -> tuple[QWidget, ...]:
        """The parts of the page that F6 goes through."""
        return (self,)

    def keep_draft(self) -> None:
        """The file is about to be closed: keep what is being typed, as a draft inside it."""

    def forget(self) -> None:
        """Somebody was erased: let go of every name that reading the file anew does not replace."""
        for search in self.findChildren(SearchField):
            search.setText("")  # and not `clear`, which can be taken back

    def say(self, message: M) -> str:
        """The message in the language of the person at the desk."""
        return self.desk.say(message)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.bring_up_to_date()

    def bring_up_to_date(self) -> None:
        """Refresh if something changed since the last time."""
        if self._stale:
            self._stale = False
            self.refresh()

    def _changed(self, records: frozenset[type]) -> None:
        erased = Erasure in records
        if erased:
            self.forget()
        if erased or records & self.watches:
            self._stale = True
            # A page that nobody sees is read anew when it is shown, and until then holds what was erased.
            if erased or self.isVisible():
                self.bring_up_to_date()
