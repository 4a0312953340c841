"""*Activity log*: who did what, line by line, and whether the chain of lines is unbroken."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from shiboken6 import isValid

from desktop_crm.host.files import write_atomically
from desktop_crm.records.registry import RECORDS
from desktop_crm.services import contacts, log_page
from desktop_crm.services.inspection import LogCheck
from desktop_crm.services.log_export import LogFormat, export_log
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.log.chain import WHAT_TO_DO, ChainBadge, what_is_wrong
from desktop_crm.ui.log.entry import EntryRail
from desktop_crm.ui.log.filters import PAGE, Filters, Narrowed
from desktop_crm.ui.log.lines import LogModel, LogRow, in_words
from desktop_crm.ui.log.lines_view import LinesCard, LinesView
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.screens.screen import Screen
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.empty import Empty
from desktop_crm.ui.widgets.page import Page, PageHead
from desktop_crm.words import M

_RAIL = 318
_LIST = "list"


@dataclass(frozen=True, slots=True, repr=False)
class _Found:
    rows: Sequence[LogRow]
    actors: Sequence[tuple[str, M]]


class ActivityLog(Screen):
    """The lines at the left, the chosen one at the right."""

    watches: ClassVar[frozenset[type]] = frozenset(RECORDS)

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)
        say = self.say
        self.chain = ChainBadge(desk)
        self.filters = Filters(desk, self.chain)
        self._model = LogModel(self)
        self.lines = LinesView(self._model, say(M("Activity log")))
        self.rail = EntryRail(desk)
        self._checked = False
        self._more = False
        """Whether there are older lines that nobody asked for yet."""
        told = M("Who did what, and when. Nothing in it can be changed.")
        self.save = Button(say(M("Save …")), icon="download")
        self.save.clicked.connect(lambda _on: self._save())
        desk.only(self.save, permits.HAND_OUT_LOG)
        self._head = PageHead(say(M("Activity log")), say(told), actions=(self.save,), below=self.filters)
        self._page = Page(self._head, rail=_RAIL)
        self._broken: Banner | None = None
        self._fill()
        self._listen()

    def refresh(self) -> None:
        """Ask for the newest lines; the chain is checked each time the page is come to, and when somebody asks."""
        self._ask()
        if not self._checked:
            self._checked = True
            self.chain.check()

    def show_at(self, **where: object) -> None:
        """`person`: only what was about them."""
        person = where.get("person")
        if isinstance(person, bytes):
            self.desk.courier.ask(
                self, lambda: contacts.named(self.desk.office, [person]), self._narrow_to, newest="person"
            )

    def go_to_search(self) -> bool:
        self.filters.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True

    def panes(self) -> tuple[QWidget, ...]:
        return (self._head, self.lines, self.rail)

    def _fill(self) -> None:
        say = self.say
        everything = Button(say(M("Show everything")))
        everything.clicked.connect(self.filters.everything)
        text = M("No line fits what you chose.")
        self.nothing = Empty("search", say(M("Nothing found")), say(text), [everything])
        self._stack = QStackedWidget()
        self._stack.addWidget(LinesCard(self.lines))
        self._stack.addWidget(self.nothing)
        self._page.add(self._stack, 1)
        self._page.rail.addWidget(self.rail)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)

    def _listen(self) -> None:
        self.filters.changed.connect(self._ask)
        self.filters.search.down.connect(self.lines.step_in)
        self.filters.search.entered.connect(self.lines.step_in)
        self.lines.chosen.connect(self.rail.show_row)
        self.lines.opened.connect(self._open)
        self.lines.wants_more.connect(self._ask_more)
        self.chain.checked.connect(self._show_check)

    def hideEvent(self, event: QHideEvent) -> None:
        """Looking at somebody changes no record but leaves a line, so all is read anew when it is shown again."""
        super().hideEvent(event)
        self._stale = True
        self._checked = False

    def forget(self) -> None:
        super().forget()
        self.filters.show_person(None, "")

    # The lines

    def _ask(self) -> None:
        narrowed = self.filters.narrowed
        self._more = False
        self.desk.courier.ask(self, lambda: self._found(narrowed), self._show, newest=_LIST)

    def _found(self, narrowed: Narrowed) -> _Found:
        office = self.desk.office
        lines = narrowed.page(office)
        return _Found(in_words(self.desk.words, lines, office.today()), log_page.actors(office))

    def _show(self, found: _Found) -> None:
        chosen = self.lines.row.line.seq if self.lines.row else None
        self.filters.show_actors(found.actors)
        self._model.show_rows(found.rows)
        self._more = len(found.rows) == PAGE
        self._stack.setCurrentIndex(0 if found.rows else 1)
        self.lines.choose(chosen)

    def _ask_more(self) -> None:
        last = self._model.last
        if not self._more or last is None:
            return
        self._more = False
        narrowed, office, words = self.filters.narrowed, self.desk.office, self.desk.words

        def work() -> Sequence[LogRow]:
            return in_words(words, narrowed.page(office, before_seq=last.line.seq), office.today())

        self.desk.courier.ask(self, work, self._show_more, newest=_LIST)

    def _show_more(self, rows: Sequence[LogRow]) -> None:
        self._model.extend(rows)
        self._more = len(rows) == PAGE

    def _open(self, row: LogRow) -> None:
        if row.line.person is not None:
            self.desk.go("contacts", person=row.line.person)

    def _narrow_to(self, found: Sequence[contacts.Found]) -> None:
        for one in found:
            self.filters.show_person(one.id, one.name)

    def _save(self) -> None:
        path = self.desk.save_file(self.say(M("Save these lines")), "activity-log.csv")
        if path is None or not isValid(self):
            return
        office = self.desk.office
        chosen = self.filters.narrowed.filter(office.today())
        form = LogFormat.JSON if path.suffix.lower() == ".json" else LogFormat.CSV

        def work() -> None:
            write_atomically(path, export_log(office, chosen, form))

        done = M("The lines are saved. They tell who did what: keep the file safe.")
        self.desk.courier.ask(self, work, lambda _: self.desk.toast(self.say(done)))

    # The chain

    def _show_check(self, check: LogCheck) -> None:
        self.rail.show_check(check)
        if self._broken is not None:
            self._broken.deleteLater()
            self._broken = None
        if not check.whole:
            told = self.say(what_is_wrong(check))
            self._broken = Banner(f"{told} {self.say(WHAT_TO_DO)}", Tone.DANGER, strong=[told])
            self._page.main.insertWidget(0, self._broken)
