"""Who said yes or no, to what and when: people against purposes, and beside it the history of one answer."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import ClassVar

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from desktop_crm.records.consent import ConsentEvent
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Basis
from desktop_crm.records.purpose import Purpose
from desktop_crm.records.use import Objection, Restriction, Wish
from desktop_crm.services import consents
from desktop_crm.services.listing import PeopleOrder
from desktop_crm.services.looks import is_same_look
from desktop_crm.services.permission_table import (
    TELLING,
    WORDS,
    Counts,
    Filter,
    History,
    counts,
    history,
    people,
    read_again,
)
from desktop_crm.services.renewals import counted
from desktop_crm.ui import permits
from desktop_crm.ui.actions import BY_KEY
from desktop_crm.ui.asking.dialog import open_asking
from desktop_crm.ui.asking.withdrawing import withdraw
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import CARD_GAP, PAGE_EDGE, SPACE_2, SPACE_6
from desktop_crm.ui.paper.telling import TellAll
from desktop_crm.ui.permission.again import AgainPane
from desktop_crm.ui.permission.model import Column, StatesModel
from desktop_crm.ui.permission.months import MonthsPane
from desktop_crm.ui.permission.nothing import nothing_here
from desktop_crm.ui.permission.side import Side
from desktop_crm.ui.permission.table import PermissionTable
from desktop_crm.ui.screens.screen import Screen
from desktop_crm.ui.use.making import open_making
from desktop_crm.ui.use.mending import open_mending
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.layout import boxed, column, row
from desktop_crm.ui.widgets.menu import Menu
from desktop_crm.ui.widgets.nav import Tabs
from desktop_crm.ui.widgets.page import WIDEST, Page, PageHead
from desktop_crm.ui.widgets.select import Select
from desktop_crm.words import Gone, M, Problem

_RAIL, _LEAST = 318, 320
ANSWERS, AGAIN, MONTHS = "answers", "again", "months"
TABS: tuple[tuple[str, M], ...] = (
    (ANSWERS, M("Answers")),
    (AGAIN, M("Ask again")),
    (MONTHS, M("Over time")),
)
ALL = M("All we ask for")

Shown = tuple[list[Column], PeopleOrder]


class Permission(Screen):
    """Ids of everybody, rows as they are looked at, and one history at a time."""

    watches: ClassVar[frozenset[type]] = frozenset({Contact, ConsentEvent, Purpose, Restriction, Objection, Wish})

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        self.filter = Filter.EVERYBODY
        self.purpose: str | None = None
        """The one purpose the filters go by; None: all of them."""
        self.model = StatesModel(desk, self)
        self.table = PermissionTable(desk, self.model)
        self.side = Side(desk)
        self.tell_all = TellAll(desk, lambda: iter(self.model.order))
        self.on_paper = Button(self.say(M("On paper …")), icon="file")
        self.what_we_ask = Button(self.say(M("What we ask")), icon="gear")
        self.make_list = desk.only(Button(self.say(M("Make a list …")), icon="list"), *permits.MAKE_LISTS)
        self.to_mend = Button(self.say(M("Copies to mend")), icon="copy")
        options = [(one.value, self.say(text)) for one, text in WORDS.items()]
        self.chips = ChipRow(options, name=self.say(M("Narrow the list")), chosen=self.filter)
        self.choice = Select([("", self.say(ALL))], name=self.say(M("What it is for")))
        self.again, self.months = AgainPane(desk), MonthsPane(desk)
        self.tabs = Tabs([(key, self.say(text)) for key, text in TABS], name=self.say(M("Permission")))
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
        self._ask_counts()
        self._fill_tab()
        if self.side.history is not None:
            self._look_again(self.side.history)

    def show_at(self, **where: object) -> None:
        """`tab` shows one of TABS, `filter` narrows the table, `person` puts the choice on somebody.

        `mending` shows the copies to mend.
        """
        if where.get("mending"):
            open_mending(self.desk)
        if where:
            self._show_tab(str(where.get("tab", ANSWERS)))
        if isinstance(where.get("filter"), str):
            self.narrow(Filter(str(where["filter"])))
        person = where.get("person")
        if isinstance(person, bytes):
            if "filter" not in where:
                self.narrow(Filter.EVERYBODY, None)
            self._wanted = person

    def narrow(self, which: Filter, purpose: str | None = None) -> None:
        """Show the people of a filter, by all purposes or by one."""
        self.filter = which
        self.chips.choose(which)
        if purpose != self.purpose:
            self.purpose = purpose
            self.choice.choose(purpose or "")
            self._ask_counts()
        self._ask_people()

    def panes(self) -> tuple[QWidget, ...]:
        return (self.table, self.side) if self.tabs.chosen == ANSWERS else (self.tabs, self._stack)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Resize and watched is self.page.scroller:
            # A long history makes the page scroll, and the table no higher: it scrolls by itself.
            self.place.setMaximumHeight(max(_LEAST, self.page.scroller.height() - CARD_GAP - 2 - SPACE_6))
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        head = PageHead(
            self.say(M("Permission")),
            self.say(M("Who said yes or no, to what, and when")),
            actions=[
                self.to_mend,
                self.make_list,
                self.desk.only(self.on_paper, permits.CHANGE_CONSENTS),
                self.what_we_ask,
            ],
            below=self.tabs,
        )
        self.page = Page(rail=_RAIL)
        self.place = QStackedWidget()
        self.place.addWidget(self.table)
        self.place.setMinimumHeight(_LEAST)
        self.tell_all.hide()
        self.page.add(self.tell_all)
        self.page.add(self.place, 1)
        self.page.main.addStretch(0)
        self.page.scroller.installEventFilter(self)
        self.page.rail.addWidget(self.side)
        every = QVBoxLayout(self)
        every.setContentsMargins(0, 0, 0, 0)
        every.setSpacing(0)
        every.addWidget(head)
        self._stack = QStackedWidget()
        answers = boxed(column(self._filters(), boxed(column(self.page)), space=0))
        for pane in (answers, self.again, self.months):
            self._stack.addWidget(pane)
        every.addWidget(self._stack, 1)

    def _filters(self) -> QWidget:
        """Over the table and what stands beside it, as wide as both."""
        line = row(self.chips, self.choice, space=SPACE_2, margins=(PAGE_EDGE, CARD_GAP, PAGE_EDGE, 0))
        line.setStretch(0, 1)
        made = boxed(line)
        made.setMaximumWidth(WIDEST + 2 * PAGE_EDGE)
        return made

    def _connect(self) -> None:
        self.what_we_ask.clicked.connect(lambda: self.desk.go("settings", page="ask"))
        self.on_paper.clicked.connect(lambda _on: self._open_papers())
        self.make_list.clicked.connect(lambda: open_making(self.desk))
        self.to_mend.clicked.connect(lambda: open_mending(self.desk))
        self.chips.changed.connect(lambda key: self.narrow(Filter(key), self.purpose))
        self.choice.picked.connect(lambda code: self.narrow(self.filter, code or None))
        self.table.purpose_opened.connect(lambda code: self.narrow(Filter.SAID_YES, code))
        self.tabs.picked.connect(self._show_tab)
        self.again.counted.connect(partial(self.tabs.set_count, AGAIN))
        self.table.looked_at.connect(self._look)
        self.table.person_opened.connect(lambda person: self.desk.go("contacts", person=person))
        self.side.take_back.connect(self._take_back)
        self.side.ask.connect(lambda person: open_asking(self.desk, person))

    def _open_papers(self) -> None:
        """What there is to do with paper; those of the menus, so that they stand in one place."""
        menu = Menu(self, name=self.say(M("On paper …")))
        for key in ("scan.file", "list.enter", "form.blank"):
            action = BY_KEY[key]
            if self.desk.may(*action.rights):
                menu.add(self.say(action.label), partial(self.desk.do, key), icon=action.icon)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.open_below(self.on_paper)

    def _show_tab(self, key: str) -> None:
        self.tabs.choose(key)
        self._stack.setCurrentIndex([each for each, _ in TABS].index(key))
        self._fill_tab()

    def _fill_tab(self) -> None:
        """Only what is looked at is asked for; of the queue else the number it had last."""
        if self.tabs.chosen == MONTHS:
            self.months.refresh()
        if self.tabs.chosen == AGAIN:
            self.again.refresh()
        else:
            office = self.desk.office
            self.desk.courier.ask(self, lambda: counted(office), partial(self.tabs.set_count, AGAIN), newest="counted")

    def _ask_counts(self) -> None:
        office, purpose = self.desk.office, self.purpose
        self.desk.courier.ask(self, lambda: counts(office, purpose), self._show_counts, newest="counts")

    def _ask_people(self) -> None:
        office, which, purpose = self.desk.office, self.filter, self.purpose

        def work() -> Shown:
            asked = [one for one in consents.purposes(office) if one.basis is Basis.CONSENT and one.active]
            return [Column(one.code, one.name) for one in asked], people(office, which, purpose=purpose)

        self.desk.courier.ask(self, work, self._show_people, newest="people")

    def _show_people(self, shown: Shown) -> None:
        columns, order = shown
        options = [("", self.say(ALL)), *((one.code, one.name) for one in columns)]
        self.choice.set_options(options, chosen=self.purpose or "")
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
            narrowed = self.filter is not Filter.EVERYBODY or self.purpose is not None
            everybody = partial(self.narrow, Filter.EVERYBODY) if narrowed else None
            self.place.addWidget(nothing_here(self.desk, everybody, asks=bool(columns)))
            self.place.setCurrentIndex(1)
        self.page.show_rail(bool(len(order) and columns))
        self.tell_all.setVisible(bool(len(order)) and self.filter in TELLING)

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
