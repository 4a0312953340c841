"""The list of privacy requests: what is open by its day, and what is done."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop_crm.services import labels, requests
from desktop_crm.services.office import Office
from desktop_crm.services.requests import RequestRow
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.made.left import copy_is_deleted, show_papers_folder
from desktop_crm.ui.requests.phrases import days_said, days_tone, step_now, title
from desktop_crm.ui.requests.start import open_new_request
from desktop_crm.ui.widgets.avatar import Avatar
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.empty import Empty
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import clear, keep_focus
from desktop_crm.ui.widgets.nav import Tabs
from desktop_crm.ui.widgets.page import Page, PageHead
from desktop_crm.ui.widgets.progress import Ring
from desktop_crm.ui.widgets.rows import ROW_HIGH, Row, RowList, RowLook
from desktop_crm.words import M

OPEN, DONE = "open", "done"
_RING = 44


@dataclass(frozen=True, slots=True, repr=False)
class Asked:
    """All that the list shows."""

    open: Sequence[RequestRow]
    done: Sequence[RequestRow]
    copies: Sequence[RequestRow]


def asked(office: Office) -> Asked:
    """What the services know."""
    return Asked(requests.open_requests(office), requests.closed_requests(office), requests.copies_to_delete(office))


class Inbox(QWidget):
    """Tabs over the rows, each a sentence with its days left; late ones are red and say so."""

    def __init__(self, desk: Desk, opened: Callable[[str], None]) -> None:
        """`opened` gets the number of the request whose row was pressed."""
        super().__init__()
        self._desk = desk
        self._opened = opened
        self._asked: Asked | None = None
        self.rows: RowList | None = None
        self._shown: list[str] = []
        say = desk.say
        self.new = Button(say(M("New privacy request")), icon="plus", kind=Kind.PRIMARY)
        self.new.clicked.connect(lambda: open_new_request(desk))
        desk.only(self.new, permits.CHANGE_REQUESTS)
        self.tabs = Tabs([(OPEN, say(M("Still open"))), (DONE, say(M("Done")))], name=say(M("Privacy requests")))
        self.tabs.picked.connect(lambda _: self._fill())
        head = PageHead(say(M("Copy or erase")), actions=[self.new], below=self.tabs)
        self._page = Page(head)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)

    def show_asked(self, asked: Asked) -> None:
        """Show these, with the keyboard on the row where it was."""
        at = self._at()
        self._asked = asked
        late = any(row.days_left < 0 for row in asked.open)
        self.tabs.set_count(OPEN, len(asked.open), Tone.DANGER if late else Tone.WARNING)
        self._fill()
        if at:
            self.focus_row(at)

    def focus_row(self, number: str) -> None:
        """Put the keyboard on the row of a request; on the first where that is gone."""
        if self.rows is None or not self._shown:
            self.new.setFocus()
            return
        place = self._shown.index(number) if number in self._shown else 0
        self.rows.rows[place].setFocus()

    def _at(self) -> str:
        rows = self.rows.rows if self.rows is not None else []
        return next((number for number, row in zip(self._shown, rows, strict=False) if row.hasFocus()), "")

    def _fill(self) -> None:
        if self._asked is None:
            return
        keep_focus(self)
        clear(self._page.main)
        self.rows = None
        is_open = self.tabs.chosen == OPEN
        shown = self._asked.open if is_open else self._asked.done
        self._shown = [row.number for row in shown]
        if is_open and self._asked.copies:
            for row in self._asked.copies:
                self._page.add(self._copy_to_delete(row))
        if not shown:
            self._page.add(self._empty(is_open), 1)
            return
        self.rows = RowList(name=self._desk.say(M("Open requests") if is_open else M("Answered requests")))
        self.rows.show_rows([self._row(row) for row in shown])
        self._page.add(self.rows)
        self._page.main.addStretch(1)

    def _empty(self, is_open: bool) -> Empty:
        say = self._desk.say
        if not is_open:
            return Empty("check", say(M("Nothing answered yet")), say(M("What was answered stands here.")))
        begin = Button(say(M("New privacy request")), icon="plus", kind=Kind.SECONDARY)
        begin.clicked.connect(lambda: open_new_request(self._desk))
        text = M("When somebody asks what you hold about them, or wants to be erased, it stands here with its day.")
        return Empty(
            "inbox", say(M("Nobody waits for an answer")), say(text), [self._desk.only(begin, permits.CHANGE_REQUESTS)]
        )

    def _row(self, row: RequestRow) -> Row:
        say = self._desk.say
        name = row.who.name if row.who else say(M("Somebody"))
        look = RowLook(
            lead=Avatar(name),
            strong=[name],
            chevron=True,
            height=ROW_HIGH,
            trailing=self._end_of_done(row) if row.closed_on else self._end_of_open(row),
        )
        came = M("received {day}", day=row.received_on)
        way = (labels.of(row.channel),) if row.way_told else ()
        sub = " · ".join(map(say, (*way, came, M("no. {number}", number=row.number))))
        made = Row(say(title(row.kind, name)), sub, look, partial(self._opened, row.number))
        made.setAccessibleDescription(say(days_said(row.days_left)) if not row.closed_on else "")
        return made

    def _end_of_done(self, row: RequestRow) -> list[QWidget]:
        when = label(self._desk.say(M("{day}", day=row.closed_on)), Type.SMALL, "text3")
        return [when, Badge(self._desk.say(M("Answered")), Tone.SUCCESS, "check")]

    def _end_of_open(self, row: RequestRow) -> list[QWidget]:
        say, tone = self._desk.say, days_tone(row.days_left)
        waits = row.wait_until is not None
        step = M("Waits until {day}", day=row.wait_until) if waits else step_now(row)
        parts: list[QWidget] = [Badge(say(step), Tone.NEUTRAL, "clock" if waits else None)]
        if row.days_left < 0:
            return [*parts, Badge(say(days_said(row.days_left)), Tone.DANGER, "alert")]
        by = label(say(M("by {day}", day=row.due_on)), Type.SMALL, "text2")
        whole = max(1, (row.due_on - row.received_on).days)
        ring = Ring(str(row.days_left), "", row.days_left / whole, tone, size=_RING)
        ring.setAccessibleName(say(days_said(row.days_left)))
        ring.setToolTip(say(days_said(row.days_left)))
        return [*parts, by, ring]

    def _copy_to_delete(self, row: RequestRow) -> Banner:
        say = self._desk.say
        done = Button(say(M("It is deleted")), icon="check")
        done.clicked.connect(lambda: copy_is_deleted(self._desk, row.number))
        self._desk.only(done, permits.CHANGE_REQUESTS)
        folder = Button(say(M("Show in folder")), icon="folder", kind=Kind.LINK)
        folder.clicked.connect(lambda: show_papers_folder(self._desk))
        text = M("Your copy of the paper no. {number} can go now: delete it from its folder.", number=row.number)
        return Banner(say(text), Tone.VIOLET, "file", actions=[done, folder])
