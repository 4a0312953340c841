"""By whom, what, since when, which word, and about whom: what the log is narrowed down to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop_crm.records.audit import LogGroup
from desktop_crm.services import log_page
from desktop_crm.services.log_page import GROUPS, LogFilter, LogLine
from desktop_crm.services.office import Office
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_2
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.layout import STRETCH, boxed, column, flow
from desktop_crm.ui.widgets.search import SearchField
from desktop_crm.ui.widgets.select import Select
from desktop_crm.words import M

PAGE = 100
_SEARCH = 244
_LEVEL = (0, 2, 0, 2)
"""The badge is lower than the fields, and stands level with the first line of them."""
_TIMES: tuple[tuple[str, M], ...] = (
    ("", M("Any time")),
    ("0", M("Today")),
    ("6", M("Last 7 days")),
    ("29", M("Last 30 days")),
)
"""Days before today, as the key of a Select."""


@dataclass(frozen=True, slots=True, repr=False)
class Narrowed:
    """What is asked of the log."""

    actor: str = ""
    group: str = ""
    days: str = ""
    text: str = ""
    person: bytes | None = None

    def page(self, office: Office, before_seq: int | None = None) -> list[LogLine]:
        """The lines, newest first. Runs on a worker thread."""
        return log_page.entries(office, self.filter(office.today()), text=self.text, before_seq=before_seq, limit=PAGE)

    def filter(self, today: date) -> LogFilter:
        """The same without the typed words."""
        group = LogGroup(self.group) if self.group else None
        return LogFilter(self.actor or None, group, self._since(today), None, self.person)

    def _since(self, today: date) -> date | None:
        return today - timedelta(days=int(self.days)) if self.days else None


class Filters(QWidget):
    """The fields in one line, with the badge of the chain at its end; it stands below where room is short."""

    changed = Signal()

    def __init__(self, desk: Desk, badge: QWidget) -> None:
        super().__init__()
        self._desk = desk
        self._person: bytes | None = None
        say = desk.say
        self.who = Select([("", say(M("Everybody")))], name=say(M("Who")))
        groups = [("", say(M("Everything"))), *((group.value, say(text)) for group, text in GROUPS)]
        self.what = Select(groups, name=say(M("What")))
        self.when = Select([(key, say(text)) for key, text in _TIMES], name=say(M("When")))
        self.search = SearchField(say(M("Person, number or word")), name=say(M("Search in the log")), framed=True)
        self.search.setFixedWidth(_SEARCH)
        self.about = Button("", icon="x")
        self.about.hide()
        for select in (self.who, self.what, self.when):
            select.picked.connect(lambda _: self.changed.emit())
        self.search.typed.connect(lambda _: self.changed.emit())
        self.about.clicked.connect(lambda: self.show_person(None, ""))
        self._lay_out(badge)

    @property
    def narrowed(self) -> Narrowed:
        """What is chosen."""
        return Narrowed(self.who.key(), self.what.key(), self.when.key(), self.search.text(), self._person)

    def show_actors(self, actors: Sequence[tuple[str, M]]) -> None:
        """Offer these to choose from."""
        say = self._desk.say
        options = [("", say(M("Everybody"))), *((key, say(text)) for key, text in actors)]
        self.who.set_options(options, chosen=self.who.key())

    def show_person(self, person: bytes | None, name: str) -> None:
        """Narrow down to what was about one person, or to nobody any more."""
        self._person = person
        self.about.setText(self._desk.say(M("About {name}", name=name)))
        self.about.setAccessibleName(self._desk.say(M("Only about {name}. Show everybody", name=name)))
        self.about.setVisible(person is not None)
        self.changed.emit()

    def everything(self) -> None:
        """Take all limits away."""
        for select in (self.who, self.what, self.when):
            select.choose("")
        self.search.blockSignals(True)
        self.search.clear()
        self.search.blockSignals(False)
        self.show_person(None, "")

    def _lay_out(self, badge: QWidget) -> None:
        self._fields = flow(self.who, self.what, self.when, self.search, self.about)
        self._badge = boxed(column(badge, STRETCH, margins=_LEVEL))
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(SPACE_2)
        self._box.addWidget(self._fields, 1)
        self._box.addWidget(self._badge)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._fields.minimumSizeHint().width(), self._box.minimumSize().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        parts = (self.who, self.what, self.when, self.search, self.about)
        needed = sum(part.sizeHint().width() + SPACE_2 for part in parts[:3]) + _SEARCH + SPACE_2
        fits = self.width() >= needed + self._badge.sizeHint().width()
        self._box.setDirection(QBoxLayout.Direction.LeftToRight if fits else QBoxLayout.Direction.TopToBottom)
