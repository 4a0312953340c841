"""Fills the list of people: everybody of a chip, piece by piece, or what typing finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress

from PySide6.QtCore import QObject, QTimer, Signal

from desktop_crm.services import listing
from desktop_crm.services.listing import Chip, PeopleOrder
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.models.people import PeopleModel, PersonRow, rows_of

MOST_FOUND = 200
_FIRST_ROWS = 50
"""As many as a high window shows at once; they come together with what was found."""
_CALM = 300
"""Milliseconds in which several changes count as one."""

Found = tuple[list[bytes], Sequence[PersonRow]]


class _EnoughError(Exception):
    """The first people are read."""


class _OvertakenError(Exception):
    """Somebody asked for something else meanwhile."""


def first_rows(desk: Desk, chip: str) -> Found:
    """The rows that are seen first: they are there when the first ids come, and wait for no other reading."""
    begin: list[bytes] = []

    def take(packed: bytes) -> None:
        begin.extend(PeopleOrder(packed).ids(0, _FIRST_ROWS))
        raise _EnoughError

    with suppress(_EnoughError):
        listing.order(desk.office, chip, on_chunk=take)
    return begin, rows_of(desk, begin)


class PeopleLoader(QObject):
    """Asks for people and puts them into the model. What is shown stays until what comes instead is here."""

    leaving = Signal()
    """The model is about to show the same list in a newer state."""
    came = Signal()
    """It does now."""
    whole = Signal()
    """Everybody who belongs to the list is in it."""
    _first = Signal(int, object)
    _piece = Signal(int, object)

    def __init__(self, desk: Desk, model: PeopleModel) -> None:
        super().__init__(model)
        self._desk = desk
        self._model = model
        self.chip: str = Chip.ALL
        self.text = ""
        self.is_whole = False
        self._asked = 0
        self._begun = -1
        self._all: PeopleOrder | None = None
        self._calm = QTimer(self)
        self._calm.setSingleShot(True)
        self._calm.setInterval(_CALM)
        self._calm.timeout.connect(self._read_anew)
        self._first.connect(self._take_first)
        self._piece.connect(self._take_piece)

    @property
    def may_be_more(self) -> bool:
        """Whether typing found as many as are looked for, so that there may be more."""
        return bool(self.text) and self._model.rowCount() >= MOST_FOUND

    def narrow(self, chip: str) -> None:
        """Show everybody of a chip."""
        self.chip, self.text = chip, ""
        if chip == Chip.ALL and self._all is not None:
            self._show(self._all)
            self.renew()
        else:
            self._stream()

    def find(self, text: str) -> None:
        """Show what typing finds among everybody; nothing typed shows everybody."""
        if not text.strip():
            self.narrow(Chip.ALL)
            return
        self.chip, self.text = Chip.ALL, text
        self.is_whole = False
        self._asked += 1
        self._search(self._show_found)

    def renew(self) -> None:
        """People may have come, gone or been renamed: read the order again, soon, and in one go.

        Where nobody is shown yet it is read at once: the first ones are waited for.
        """
        if self._model.rowCount():
            self._calm.start()
        else:
            self._read_anew()

    def _stream(self) -> None:
        """Everybody of the chip, the first ones as soon as they are read."""
        self.is_whole = False
        self._asked += 1
        number = self._asked

        def tell(packed: bytes) -> None:
            if self._asked != number:
                raise _OvertakenError
            self._piece.emit(number, packed)

        chip = self.chip

        def work() -> PeopleOrder | None:
            try:
                self._first.emit(number, first_rows(self._desk, chip))
                return listing.order(self._desk.office, chip, on_chunk=tell)
            except _OvertakenError:
                return None

        self._desk.courier.ask(self, work, lambda order: self._end(number, order), newest="people")

    def _take_first(self, number: int, found: Found) -> None:
        if number == self._asked:
            self._model.learn(*found)

    def _take_piece(self, number: int, packed: bytes) -> None:
        if number != self._asked:
            return
        if self._begun != number:
            self._begun = number
            self._model.show_order(PeopleOrder())
        self._model.extend(packed)

    def _end(self, number: int, order: PeopleOrder | None) -> None:
        if order is None or self._asked != number:
            return
        if self._begun != number:
            self._model.show_order(order)
        self._keep(order)
        self._be_whole()

    def _show(self, order: PeopleOrder) -> None:
        self._asked += 1
        self._model.show_order(order)
        self._be_whole()

    def _search(self, then: Callable[[Found], None]) -> None:
        text, desk = self.text, self._desk

        def work() -> Found:
            ids = listing.search(desk.office, text, limit=MOST_FOUND)
            return ids, rows_of(desk, ids[:_FIRST_ROWS])

        desk.courier.ask(self, work, then, newest="people", urgent=True)

    def _show_found(self, found: Found) -> None:
        ids, rows = found
        self._model.learn(ids[:_FIRST_ROWS], rows)
        self._model.show_order(PeopleOrder(b"".join(ids)))
        self._be_whole()

    def _read_anew(self) -> None:
        if not self.is_whole:
            self._calm.start()
        elif self.text:
            self._search(lambda found: self._swap(PeopleOrder(b"".join(found[0]))))
        else:
            chip = self.chip
            self._desk.courier.ask(self, lambda: listing.order(self._desk.office, chip), self._swap, newest="people")

    def _swap(self, order: PeopleOrder) -> None:
        self._keep(order)
        if order != self._model.order:
            self.leaving.emit()
            self._model.show_order(order)
            self.came.emit()
        self._be_whole()

    def _keep(self, order: PeopleOrder) -> None:
        if self.chip == Chip.ALL and not self.text:
            self._all = order

    def _be_whole(self) -> None:
        self.is_whole = True
        self.whole.emit()
