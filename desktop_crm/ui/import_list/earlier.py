"""The lists that were brought in before: each can still be taken out again as a whole."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from desktop_crm.records.batch import ImportBatch
from desktop_crm.services.importing import batches
from desktop_crm.services.office import Office
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.import_list.undo import open_undo
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.rows import Row, RowList, RowLook
from desktop_crm.words import M

_SHOWN = 5


def in_force(office: Office) -> list[ImportBatch]:
    """The newest lists that were not taken back."""
    return [batch for batch in batches(office) if batch.undone_at is None][:_SHOWN]


class Earlier(Card):
    """A row for each list: where it is from, when it came, how many people, and *Undo the whole list*."""

    def __init__(self, desk: Desk, then: Callable[[], None]) -> None:
        """`then` is called once a list was taken back."""
        super().__init__(desk.say(M("Lists brought in so far")))
        self._desk = desk
        self._then = then
        self.undo: dict[bytes, Button] = {}
        """The button beside each list, by its number."""
        self._rows = RowList(name=desk.say(M("Lists brought in so far")))
        self.add(self._rows)
        self.hide()

    def show_lists(self, lists: Sequence[ImportBatch]) -> None:
        """Show these; the card is there only where there are any."""
        self.undo = {batch.id: self._button(batch) for batch in lists}
        self._rows.show_rows([self._row(batch) for batch in lists])
        self.setVisible(bool(lists))

    def _row(self, batch: ImportBatch) -> Row:
        people = M("{n} person", "{n} people", n=batch.added + batch.updated)
        told = M("{at} · {people}", at=batch.created_at, people=people)
        return Row(batch.source, self._desk.say(told), RowLook(lead="list", trailing=(self.undo[batch.id],)))

    def _button(self, batch: ImportBatch) -> Button:
        text = self._desk.say(M("Undo the whole list"))
        made = Button(text, icon="undo", kind=Kind.QUIET, name=f"{text}: {batch.source}")
        made.clicked.connect(lambda _on: open_undo(self._desk, batch.id, self._then))
        return self._desk.only(made, permits.TAKE_OUT_LISTS)
