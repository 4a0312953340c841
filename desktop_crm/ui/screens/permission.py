"""Who said yes or no, to what and when: people against purposes, and beside it the history of one answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_crm.records.consent import ConsentEvent
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Basis
from desktop_crm.records.purpose import Purpose
from desktop_crm.services import consents
from desktop_crm.services.listing import PeopleOrder
from desktop_crm.services.looks import is_same_look
from desktop_crm.services.permission_table import WORDS, Counts, Filter, History, counts, history, people, read_again
from desktop_crm.ui import permits
from desktop_crm.ui.asking.dialog import open_asking
from desktop_crm.ui.asking.withdrawing import withdraw
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import CARD_GAP, SPACE_6
from desktop_crm.ui.permission.model import Column, StatesModel
from desktop_crm.ui.permission.side import Side
from desktop_crm.ui.permission.table import PermissionTable
from desktop_crm.ui.screens.screen import Screen
from desktop_crm.ui.use.making import open_making
from desktop_crm.ui.use.mending import open_mending
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.empty import Empty
from desktop_crm.ui.widgets.page import Page, PageHead
from desktop_crm.words import Gone, M, Problem

_RAIL, _LEAST = 318, 320

Shown = tuple[list[Column], PeopleOrder]


class Permission(Screen):
    """Ids of everybody, rows as they are looked at, and one history at a time."""

    watches: ClassVar[frozenset[type]] = frozenset({Contact, ConsentEvent, Purpose})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.filter = Filter.EVERYBODY
        self.model = StatesModel(desk, self)
        self.table = PermissionTable(desk, self.model)
        self.side = Side(desk)
        self.what_we_ask = Button(self.say(M("What we ask")), icon="gear")
        self.make_list = desk.only(Button(self.say(M("Make a list …")), icon="list"), *permits.MAKE_LISTS)
        self.to_mend = Button(self.say(M("Copies to mend")), icon="copy")
        options = [(one.value, self.say(text)) for one, text in WORDS.items()]
        self.chips = ChipRow(options, name=self.say(M("Narrow the list")), chosen=self.filter)
        self._wanted: bytes | None = None
        self._looked_at = desk.office.clock.now()
        self._lay_out()
        self._connect()

    @property
    def person(self) -> bytes | None:
        cell = self.table.cell
        return cell[0] if cell else None

    def refresh(self) -> None:
        self.model.renew()
        self._ask_people()
        office = self.desk.office
        self.desk.courier.ask(self, lambda: counts(office), self._show_counts, newest="counts")
        if self.side.history is not None:
            self._look_again(self.side.history)

    def show_at(self, **where: object) -> None:
        """`filter` narrows the table, `person` puts the choice on somebody; `mending` shows the copies to mend."""
        if where.get("mending"):
            open_mending(self.desk)
        if isinstance(where.get("filter"), str):
            self.narrow(Filter(str(where["filter"])))
        person = where.get("person")
        if isinstance(person, bytes):
            if "filter" not in where:
                self.narrow(Filter.EVERYBODY)
            self._wanted = person

    def narrow(self, which: Filter) -> None:
        """Show the people of a filter."""
        self.filter = which
        self.chips.choose(which)
        self._ask_people()

    def panes(self) -> tuple[QWidget, ...]:
        return (self.table, self.side)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self.page.scroller:
            # A long history makes the page scroll, and the table no higher: it scrolls by itself.
            self.place.setMaximumHeight(max(_LEAST, self.page.scroller.height() - CARD_GAP - 2 - SPACE_6))
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        head = PageHead(
            self.say(M("Permission")),
            self.say(M("Who said yes or no, to what, and when")),
            actions=[self.to_mend, self.make_list, self.what_we_ask],
            below=self.chips,
        )
        self.page = Page(head, rail=_RAIL)
        self.place = QStackedWidget()
        self.place.addWidget(self.table)
        self.place.setMinimumHeight(_LEAST)
        self.page.add(self.place, 1)
        self.page.main.addStretch(0)
        self.page.scroller.installEventFilter(self)
        self.page.rail.addWidget(self.side)
        every = QVBoxLayout(self)
        every.setContentsMargins(0, 0, 0, 0)
        every.addWidget(self.page)

    def _connect(self) -> None:
        self.what_we_ask.clicked.connect(lambda: self.desk.go("settings", page="ask"))
        self.make_list.clicked.connect(lambda: open_making(self.desk))
        self.to_mend.clicked.connect(lambda: open_mending(self.desk))
        self.chips.changed.connect(lambda key: self.narrow(Filter(key)))
        self.table.looked_at.connect(self._look)
        self.table.person_opened.connect(lambda person: self.desk.go("contacts", person=person))
        self.side.take_back.connect(self._take_back)
        self.side.ask.connect(lambda person: open_asking(self.desk, person))

    def _ask_people(self) -> None:
        office, which = self.desk.office, self.filter

        def work() -> Shown:
            asked = [one for one in consents.purposes(office) if one.basis is Basis.CONSENT and one.active]
            return [Column(one.code, one.name) for one in asked], people(office, which)

        self.desk.courier.ask(self, work, self._show_people, newest="people")

    def _show_people(self, shown: Shown) -> None:
        columns, order = shown
        before = self.table.cell
        if self.model.show_order(order, columns):
            self._back_to(before)
        if self._wanted is not None and self.table.choose_cell(self._wanted):
            self.table.look_now()
        self._wanted = None
        self._show_place(columns, order)

    def _back_to(self, before: tuple[bytes, str] | None) -> None:
        """The choice stays on the same answer; without it nothing is shown beside the table."""
        if before is None or not self.table.choose_cell(*before):
            self.side.show_nothing()

    def _show_place(self, columns: Sequence[Column], order: PeopleOrder) -> None:
        """The table, or why there is none."""
        old = self.place.widget(1)
        if old is not None:
            self.place.removeWidget(old)
            old.deleteLater()
        if len(order) and columns:
            self.place.setCurrentIndex(0)
        else:
            self.place.addWidget(self._empty(columns))
            self.place.setCurrentIndex(1)
        self.page.show_rail(bool(len(order) and columns))

    def _empty(self, columns: Sequence[Column]) -> Empty:
        if not columns:
            look = self._led(M("What we ask"), lambda: self.desk.go("settings", page="ask"))
            text = M("Choose what you want to ask people, such as a newsletter. The words are ready.")
            return Empty("pen", self.say(M("You ask for nothing yet")), self.say(text), [look])
        if self.filter is not Filter.EVERYBODY:
            everybody = self._led(M("Show everybody"), lambda: self.narrow(Filter.EVERYBODY))
            return Empty("pen", self.say(M("Nobody here now")), buttons=[everybody])
        bring = self._led(M("Bring in a list"), lambda: self.desk.go("contacts", import_path=True), "upload")
        text = M("As soon as there are people, you see here who said yes or no, and can show it.")
        return Empty(
            "pen", self.say(M("Nobody here yet")), self.say(text), [self.desk.only(bring, permits.CHANGE_CONTACTS)]
        )

    def _led(self, text: M, go: Callable[[], None], icon: str | None = None) -> Button:
        made = Button(self.say(text), icon=icon, kind=Kind.PRIMARY, large=True)
        made.clicked.connect(lambda _on: go())
        return made

    def _show_counts(self, counted: Counts) -> None:
        for one in counted.filters:
            self.chips.set_text(one.filter, self.say(M("{what} · {n}", what=one.text, n=one.number)))
        self.model.show_yes({one.code: one.yes for one in counted.purposes})

    def _look(self, person: bytes, code: str) -> None:
        office = self.desk.office
        self._looked_at = office.clock.now()
        self.desk.courier.ask(self, lambda: history(office, person, code), self._show_history, newest="history")

    def _look_again(self, before: History) -> None:
        """Something was changed: what is shown beside the table is read again."""
        office, person, code = self.desk.office, before.person, before.code
        if is_same_look(office, self._looked_at):
            self.desk.courier.ask(
                self, lambda: read_again(office, person, code), self._show_history, newest="history", failed=self._gone
            )
        else:
            self._look(person, code)

    def _gone(self, problem: Problem) -> bool:
        """Who stood there is here no more; the table says so."""
        if isinstance(problem, Gone):
            self.side.show_nothing()
            return True
        return False

    def _show_history(self, found: History) -> None:
        if self.table.cell == (found.person, found.code):
            self.side.show_history(found)

    def _take_back(self, person: bytes, code: str) -> None:
        withdraw(self.desk, person, code, then=self.table.grid.setFocus)
