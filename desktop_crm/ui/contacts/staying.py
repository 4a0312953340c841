"""The choice stays on the same person, whatever happens to the list around them."""

from __future__ import annotations

from PySide6.QtCore import QObject

from desktop_crm.ui.contacts.people_view import PeopleView
from desktop_crm.ui.models.people import PeopleModel
from desktop_crm.ui.models.people_loader import PeopleLoader


class Staying(QObject):
    """Puts the choice back after the list was read anew, and on somebody who is still to come."""

    def __init__(self, view: PeopleView, model: PeopleModel, loader: PeopleLoader) -> None:
        super().__init__(view)
        self._view = view
        self._model = model
        self._wanted: bytes | None = None
        self._chosen: bytes | None = None
        self._scrolled = 0
        loader.leaving.connect(self._note)
        loader.came.connect(self._go_back)
        loader.whole.connect(self._give_up)
        model.rowsInserted.connect(self._find)

    def look_for(self, person: bytes) -> None:
        """Choose somebody as soon as they are in the list, without opening them."""
        self._wanted = person
        self._find()

    def _find(self) -> None:
        if self._wanted is not None and self._model.place_of(self._wanted) is not None:
            self._view.show_person(self._wanted)
            self._wanted = None

    def _give_up(self) -> None:
        """Everybody is in the list: whoever is not there now does not come any more."""
        self._find()
        self._wanted = None

    def _note(self) -> None:
        self._chosen = self._view.person
        self._scrolled = self._view.verticalScrollBar().value()

    def _go_back(self) -> None:
        self._view.verticalScrollBar().setValue(self._scrolled)
        self._view.show_person(self._chosen, in_view=self._view.hasFocus())
