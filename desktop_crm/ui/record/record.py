"""The page of one contact beside the list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop_crm.ui import permits
from desktop_crm.ui.against import AGAINST, open_against
from desktop_crm.ui.against.card import LockedStrip
from desktop_crm.ui.contacts.labelling import open_labelling
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.tokens import RAIL, SPACE_3, SPACE_5, SPACE_6
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.private_hint import PrivateHint
from desktop_crm.ui.record import reading
from desktop_crm.ui.record.entry_points import do_for
from desktop_crm.ui.record.head import DETAILS, EDGE, HELD, PERMISSION, TIMELINE, RecordHead
from desktop_crm.ui.record.held_tab import HeldTab
from desktop_crm.ui.record.permission_tab import PermissionTab
from desktop_crm.ui.record.quick_note import QuickNote
from desktop_crm.ui.record.rail import Rail
from desktop_crm.ui.record.reading import Opened
from desktop_crm.ui.record.story import Story
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import Scroll
from desktop_crm.ui.widgets.page import FOLD_BELOW, sides
from desktop_crm.ui.widgets.timeline import Entry, Timeline
from desktop_crm.words import Gone, M, Problem

_NEAR_END = 400
"""So many pixels before the end of what is read, older entries are asked for."""


class Record(QWidget):
    """Head, tabs, line of time and rail of the person who is open; nothing at all while nobody is."""

    built = Signal()
    """There are other parts on the page than before."""
    gone = Signal()
    """Whoever was open is in the file no more; nothing of this page is to be kept."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.asked: bytes | None = None
        """Whose page was asked for last; it may not be here yet."""
        self._opened: Opened | None = None
        self._folded = False
        self._reading_older = False
        self._changed_meanwhile = False
        self.head = RecordHead(desk)
        self.locked = LockedStrip(desk)
        self.note = QuickNote(desk)
        self.private = PrivateHint(desk, self.note)
        self.timeline = Timeline()
        self._nothing = label("", Type.BODY, "text2", wrap=True)
        self._unseen = label("", Type.SMALL, "text3", wrap=True)
        self.permission = PermissionTab(desk)
        self.held = HeldTab(desk)
        self.rail = Rail(desk)
        self.scroller = Scroll()
        self._body = _Body(self._story_column(), self.permission, self.held, self.rail)
        self._pages = QStackedWidget()
        self._lay_out()
        self._connect()

    @property
    def person(self) -> bytes | None:
        """Whose page is open."""
        return self._opened.page.person if self._opened is not None else None

    def open_person(self, person: bytes) -> None:
        """Look at somebody's page; a line in the activity log says so."""
        self.keep_draft()
        self.asked = person
        self._desk.courier.ask(
            self,
            lambda: reading.open_page(self._desk.office, person),
            self._show_new,
            newest="page",
            failed=self._not_there,
        )

    def refresh(self) -> None:
        """Something was changed in the file: read the open page again."""
        before = self._opened
        if self.asked != self.person:
            # Somebody else's page is on its way; asking again would overtake it.
            self._changed_meanwhile = True
        elif before is not None:
            self.held.forget()
            self._desk.courier.ask(
                self,
                lambda: reading.read_again(self._desk.office, before),
                self._show_again,
                newest="page",
                failed=self._is_gone,
            )

    def keep_draft(self) -> None:
        """Keep what stands in the note box."""
        self.note.keep()

    def show_tab(self, key: str) -> None:
        """Show one of the tabs."""
        self.head.tabs.choose(key)
        self._body.show_tab(key, self._folded)
        if key == HELD and self.person is not None:
            self.held.show_person(self.person)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), paint.color("canvas"))

    def _story_column(self) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        if self._desk.may(permits.CHANGE_NOTES):
            column.addWidget(self.note)
            column.addSpacing(6)
            column.addWidget(self.private)
            column.addSpacing(18)
        column.addWidget(self._nothing)
        column.addWidget(self.timeline)
        column.addSpacing(SPACE_3)
        column.addWidget(self._unseen)
        column.addStretch(1)
        return made

    def _lay_out(self) -> None:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(self.locked)
        column.addWidget(self.scroller, 1)
        self.scroller.show_widget(self._body)
        nobody = label(self._desk.say(M("Choose somebody from the list.")), Type.BODY, "text3")
        nobody.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._pages.addWidget(nobody)
        self._pages.addWidget(whole)
        every = QVBoxLayout(self)
        every.setContentsMargins(0, 0, 0, 0)
        every.addWidget(self._pages)

    def _connect(self) -> None:
        self.head.acted.connect(self._act)
        self.head.tab_picked.connect(self.show_tab)
        self.rail.edit_asked.connect(lambda: self._act("edit"))
        self.rail.asking_asked.connect(lambda: self._act("permission.ask"))
        self.permission.asking_asked.connect(lambda: self._act("permission.ask"))
        self.scroller.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.scroller.verticalScrollBar().rangeChanged.connect(self._make_room)

    def _act(self, key: str) -> None:
        if self._opened is None:
            return
        page = self._opened.page
        if key == "labels":
            open_labelling(self._desk, [page.person], page.tags)
        elif key in AGAINST:
            open_against(self._desk, key, page)
        elif key == "request":
            self._desk.go("requests", number=page.request)
        else:
            do_for(self._desk, key, page.person)

    def _show_new(self, opened: Opened) -> None:
        """Somebody else's page, or the same one looked at anew."""
        self._opened = opened
        self._reading_older = False
        self.note.show_for(opened.page.person, opened.page.name, opened.draft)
        self.held.forget()
        self.held.clear()
        self._show_page(opened)
        self.timeline.show_entries(self._entries(opened))
        self.show_tab(TIMELINE)
        self.scroller.verticalScrollBar().setValue(0)
        self._pages.setCurrentIndex(1)
        self.built.emit()
        self._catch_up()

    def _catch_up(self) -> None:
        if self._changed_meanwhile:
            self._changed_meanwhile = False
            self.refresh()

    def _show_again(self, opened: Opened) -> None:
        """The page that is open, after a change: what is typed and where it is scrolled stays."""
        before = self._opened
        if before is None or before.page.person != opened.page.person:
            return
        self._opened = opened
        self._show_page(opened)
        if (before.past, before.page.planned, before.today) != (opened.past, opened.page.planned, opened.today):
            self.timeline.show_entries(self._entries(opened))
        if self.head.tabs.chosen == HELD:
            self.held.show_person(opened.page.person)
        self.built.emit()

    def _show_page(self, opened: Opened) -> None:
        page = opened.page
        self.head.show_page(page)
        self.locked.show_page(page)
        self.note.setEnabled(page.lock is None)
        self.rail.show_page(page)
        self.permission.show_page(page)
        nothing = M("Nothing has happened yet.") if page.unseen is None else M("Nothing that your role is shown.")
        self._nothing.setText(self._desk.say(nothing))
        self._nothing.setVisible(not opened.past and not page.planned)
        if page.unseen is not None:
            self._unseen.setText(self._desk.say(M("Not shown to your role: {parts}.", parts=page.unseen)))
        self._unseen.setVisible(page.unseen is not None)

    def _entries(self, opened: Opened) -> list[Entry]:
        story = Story(self._desk, opened.today)
        return [*story.planned(opened.page.planned), *story.past(opened.past)]

    def _make_room(self, _least: int, most: int) -> None:
        self._body.make_room(self.scroller.verticalScrollBar().sizeHint().width() if most else 0)

    def _scrolled(self, at: int) -> None:
        """Older entries are read before their place is reached."""
        before = self._opened
        near = at + _NEAR_END >= self.scroller.verticalScrollBar().maximum()
        if before is None or before.older is None or self._reading_older or not near or not self._body.shows_story:
            return
        self._reading_older = True
        self._desk.courier.ask(
            self,
            lambda: reading.read_older(self._desk.office, before),
            self._go_on,
            newest="older",
            failed=self._older_failed,
        )

    def _go_on(self, opened: Opened) -> None:
        before = self._opened
        self._reading_older = False
        if before is None:
            return
        if before.page is opened.page:
            story = Story(self._desk, opened.today)
            self.timeline.add(list(story.past(opened.past[len(before.past) :])))
            self._opened = opened
            self.built.emit()
        else:
            # The page was read anew meanwhile, and these entries belong to the old one.
            self._scrolled(self.scroller.verticalScrollBar().value())

    def _older_failed(self, _: Problem) -> bool:
        self._reading_older = False
        return False

    def _not_there(self, _: Problem) -> bool:
        """What was shown before stays; what is wrong is shown where problems are."""
        self.asked = self.person
        self._catch_up()
        return False

    def _is_gone(self, problem: Problem) -> bool:
        """Erased, or taken back with the list they came with: there is nothing to show, and nothing wrong.

        Where reading failed the page stays, with what is being typed.
        """
        if isinstance(problem, Gone):
            self._opened = self.asked = None
            self.note.let_go()
            self.gone.emit()
            return True
        return False

    def _fold(self) -> None:
        """Where room is short, the rail becomes a tab."""
        folded = self.window().width() < FOLD_BELOW
        if folded != self._folded or not self.head.isVisible():
            self._folded = folded
            if not folded and self.head.tabs.chosen == DETAILS:
                self.head.tabs.choose(TIMELINE)
            self.head.tabs.show_tab(DETAILS, folded)
            self._body.show_tab(self.head.tabs.chosen, folded)


class _Body(QWidget):
    """What stands below the tabs: one part and, on the line of time, the rail beside it."""

    def __init__(self, story: QWidget, permission: QWidget, held: QWidget, rail: QWidget) -> None:
        super().__init__()
        self._parts = {TIMELINE: story, PERMISSION: permission, HELD: held}
        self._rail = rail
        self.shows_story = True
        self._line = QHBoxLayout(self)
        self._line.setSpacing(SPACE_5)
        for part in self._parts.values():
            self._line.addWidget(part, 1)
        self._line.addWidget(rail)
        self.make_room(0)
        self.show_tab(TIMELINE, False)

    def make_room(self, bar: int) -> None:
        """The scroll bar stands in the edge of the page, so that nothing moves when it comes."""
        self._bar = bar
        left, right = sides(self, EDGE, bar)
        self._line.setContentsMargins(left, SPACE_5, right, SPACE_6)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.make_room(self._bar)

    def show_tab(self, key: str, folded: bool) -> None:
        """Show a part. Folded, the rail is a part of its own."""
        self.shows_story = key == TIMELINE
        for other, part in self._parts.items():
            part.setVisible(other == key)
        self._rail.setVisible(key == DETAILS or (key == TIMELINE and not folded))
        if folded:
            self._rail.setMinimumWidth(0)
            self._rail.setMaximumWidth(2 * RAIL)
        else:
            self._rail.setFixedWidth(RAIL)
