"""Picks a person: type a few letters, take one of those found."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.services import listing
from desktop_crm.services.listing import ListRow
from desktop_crm.services.office import Office
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.spoken import announce
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.avatar import Avatar
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import clear
from desktop_crm.ui.widgets.rows import ROW_PEOPLE, Row, RowList, RowLook
from desktop_crm.ui.widgets.search import SearchField
from desktop_crm.words import M

MOST = 5
"""So many people are shown while somebody types."""
_AVATAR = 32


def _found(office: Office, text: str) -> list[ListRow]:
    return listing.rows(office, listing.search(office, text, limit=MOST)) if text.strip() else []


class PersonPicker(QWidget):
    """A search field with those found below it; whoever is picked stands in its place."""

    picked = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.person: bytes | None = None
        self.search = SearchField(desk.say(M("Name, phone, email …")), name=desk.say(M("Who is it about?")))
        self.search.typed.connect(self._ask)
        self.search.down.connect(self._go_down)
        self.search.entered.connect(self._take_first)
        self.results = RowList(name=desk.say(M("Found")))
        self.results.hide()
        self.nobody = label("", Type.SMALL, "text3", wrap=True)
        self.nobody.hide()
        self._chosen = QVBoxLayout()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(6)
        for part in (self.search, self.results, self.nobody):
            column.addWidget(part)
        column.addLayout(self._chosen)
        self.setFocusProxy(self.search)

    def forget(self) -> None:
        """Nobody is picked any more: search again."""
        self.person = None
        clear(self._chosen)
        self.search.clear()
        self.search.show()
        self.search.setFocus()

    def _ask(self, text: str) -> None:
        work = partial(_found, self._desk.office, text)
        self._desk.courier.ask(self, work, partial(self._show, text), newest="found", urgent=True)

    def _show(self, text: str, rows: Sequence[ListRow]) -> None:
        if self.person is not None:
            return
        self._rows = rows
        self.results.show_rows([self._row(row) for row in rows])
        self.results.setVisible(bool(rows))
        none = bool(text.strip()) and not rows
        self.nobody.setVisible(none)
        if none:
            told = self._desk.say(M("Nobody found. Whoever is not in the file gets the answer that nothing is held."))
            self.nobody.setText(told)
            announce(self.search, told)

    def _row(self, row: ListRow) -> Row:
        look = RowLook(lead=Avatar(row.name, _AVATAR), height=ROW_PEOPLE)
        return Row(row.name, self._desk.words.value(row.line), look, partial(self._pick, row))

    def _pick(self, row: ListRow) -> None:
        self.person = row.id
        for part in (self.search, self.results, self.nobody):
            part.hide()
        again = Button(self._desk.say(M("Somebody else")), kind=Kind.LINK)
        again.clicked.connect(self.forget)
        look = RowLook(lead=Avatar(row.name, _AVATAR), height=ROW_PEOPLE, trailing=[again])
        shown = RowList(name=self._desk.say(M("Who is it about?")))
        shown.show_rows([Row(row.name, self._desk.words.value(row.line), look)])
        self._chosen.addWidget(shown)
        again.setFocus()
        self.picked.emit(row.id)

    def _go_down(self) -> None:
        if self.results.isVisible():
            self.results.rows[0].setFocus()

    def _take_first(self) -> None:
        if self.results.isVisible():
            self.results.rows[0].click()
