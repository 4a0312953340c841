"""What waits for a yes: rows by rule, each to keep or to erase, and many at once."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from desktop_crm.records.retention import RetentionAnswer
from desktop_crm.services.keeping import QueueRow
from desktop_crm.services.signs import dotted
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.keeping.keep import open_keep
from desktop_crm.ui.keeping.rail import LastTidyUp, NewYear
from desktop_crm.ui.keeping.standing import Group, Standing, Touched
from desktop_crm.ui.keeping.yes import ask_yes
from desktop_crm.ui.look.tokens import RAIL, SPACE_5, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.avatar import Avatar
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.card import Mark
from desktop_crm.ui.widgets.empty import Empty
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import clear
from desktop_crm.ui.widgets.nav import SelectionBar
from desktop_crm.ui.widgets.page import Page
from desktop_crm.ui.widgets.rows import ROW, ROW_PEOPLE, GroupHead, Row, RowList, RowLook
from desktop_crm.ui.widgets.sheet import Overlay
from desktop_crm.words import M

STEP = 15
"""So many rows of a group are shown at once; groups that begin after so many rows are folded at first."""
_AVATAR = 32
_UNDER_BAR = 48
"""So the dark bar never lies over the last row for good."""
_OPENED = frozenset({"contact", "interaction"})
"""Of these the person has a page of their own."""


def since(desk: Desk, day: date, today: date) -> str:
    """`since 18 Nov`; with the year where that is another one."""
    near = desk.words.day_of_year(day) if day.year == today.year else desk.words.day(day)
    return desk.say(M("since {day}", day=near))


class QueuePane(QWidget):
    """The rows that wait, their boxes, and the dark bar for those that are chosen."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._now: Standing | None = None
        self._steps: dict[str, int] = {}
        """How many rows of a group are shown, once somebody unfolded it or asked for more; 0 is folded."""
        self.chosen: dict[bytes, QueueRow] = {}
        self.list: RowList | None = None
        self._rows: list[tuple[Row, QueueRow]] = []
        self._last = -1
        self._page = Page(rail=True)
        self.new_year, self.last = NewYear(desk), LastTidyUp(desk)
        self._page.rail.addWidget(self.new_year)
        self._page.rail.addWidget(self.last)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._page)
        say = desk.say
        self._decides, self._erases = desk.may(permits.CHANGE_RULES), desk.may(*permits.ERASE_BY_RULE)
        acts = [("keep", say(M("Keep …"))), ("hold", say(M("Do not delete (dispute)")))] if self._decides else []
        acts += [("erase", say(M("Erase …")))] if self._erases else []
        self.bar = SelectionBar(self, acts)
        self.bar.acted.connect(self._act_on_chosen)

    def show_standing(self, now: Standing) -> None:
        """Show what waits now; what was chosen and still waits stays chosen."""
        before, self._now = self._now, now
        waiting = {row.item: row for group in now.groups for row in group.rows}
        self.chosen = {item: waiting[item] for item in self.chosen if item in waiting}
        self.last.show_run(now.runs[0] if now.runs else None, now.today)
        if before is None or (before.groups, before.today) != (now.groups, now.today):
            self._fill()

    def show_touched(self, found: Touched) -> None:
        """Show how much will have passed its time by New Year."""
        self.new_year.show_number(sum(found.new_year.values()))

    def come_back(self) -> None:
        """The keyboard goes to the row where it was, or to the one that took its place."""
        if self._rows and self._last >= 0 and Overlay.top(self._desk.window) is None:
            self._rows[min(self._last, len(self._rows) - 1)][0].setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.chosen:
            self.chosen = {}
            self._fill()
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bar.beside = 0 if self._page.folded else RAIL + SPACE_5

    # The rows

    def _fill(self) -> None:
        now = self._now
        if now is None:
            return
        self._note_place()
        clear(self._page.main)
        self._rows, self.list = [], None
        if not now.groups:
            self._page.add(self._empty(), 1)
        else:
            self.list = RowList(name=self._desk.say(M("Waiting for your yes")))
            heads = self._show_groups(self.list, now)
            self.list.picked.connect(self._picked)
            for head, group in heads:
                self._follow(head, group)
            self._page.add(self.list)
            self._page.main.addStretch(1)
            self._page.main.addSpacing(_UNDER_BAR)
        self._show_bar()
        self.come_back()

    def _show_groups(self, into: RowList, now: Standing) -> list[tuple[GroupHead, Group]]:
        bands: list[Row | GroupHead] = []
        heads: list[tuple[GroupHead, Group]] = []
        before = 0
        for group in now.groups:
            shown = self._steps.get(group.key, STEP if before < STEP else 0)
            head = self._head(group, shown, folds=before >= STEP)
            heads.append((head, group))
            made = [(self._row(row, now.today), row) for row in group.rows[:shown]]
            self._rows += made
            bands += [head, *(row for row, _ in made)]
            if 0 < shown < len(group.rows):
                bands.append(self._more(group, shown))
            before += len(group.rows)
        into.show_rows(bands)
        for row, told in self._rows:
            if row.check is not None and told.item in self.chosen:
                row.check.setChecked(True)
        return heads

    def _head(self, group: Group, shown: int, *, folds: bool) -> GroupHead:
        say = self._desk.say
        trailing: list[QWidget] = []
        if group.overdue:
            n = group.overdue
            text = M("{n} waits longer than 30 days", "{n} wait longer than 30 days", n=n)
            trailing.append(Badge(say(text), Tone.DANGER, "alert"))
        if not shown:
            n = len(group.rows)
            trailing.append(label(say(M("{n} entry", "{n} entries", n=n)), Type.SMALL, "text2"))
        beyond = group.rows[shown:]
        head = GroupHead(
            say(group.title),
            check=self._decides or self._erases,
            trailing=trailing,
            folded=not shown if folds else None,
            beyond=len(beyond),
        )
        head.beyond_ticked = bool(beyond) and all(row.item in self.chosen for row in beyond)
        return head

    def _follow(self, head: GroupHead, group: Group) -> None:
        head.toggled_all.connect(partial(self._tick_group, group))
        head.folds.connect(lambda folded: self._show_more(group, 0 if folded else STEP))

    def _more(self, group: Group, shown: int) -> Row:
        text = self._desk.say(M("Show {n} more", "Show {n} more", n=len(group.rows) - shown))
        look = RowLook(lead="chevron-down", kind=Type.BUTTON, height=ROW)
        return Row(text, "", look, lambda: self._show_more(group, shown + 2 * STEP))

    def _show_more(self, group: Group, shown: int) -> None:
        self._steps[group.key] = shown
        self._fill()

    def _row(self, row: QueueRow, today: date) -> Row:
        say = self._desk.say
        sub = say(dotted([row.line, row.kept_why or None]) or M("")) if row.name else ""
        waits = label(since(self._desk, row.since, today), Type.SMALL, "danger" if row.overdue else "text2")
        look = RowLook(
            lead=Avatar(row.name, _AVATAR) if row.name else Mark("file", Tone.NEUTRAL, size=28),
            check=self._decides or self._erases,
            height=ROW_PEOPLE,
            trailing=[waits, *self._buttons(row)],
        )
        opens = partial(self._open, row) if row.record in _OPENED else None
        made = Row(row.name or say(row.line), sub[:1].upper() + sub[1:], look, opens)
        made.setAccessibleDescription(waits.text())
        return made

    def _buttons(self, row: QueueRow) -> Iterator[Button]:
        if self._decides:
            yield self._button(M("Keep …"), row, self._keep)
        if self._erases:
            yield self._button(M("Erase"), row, self._erase)

    def _button(self, text: M, row: QueueRow, act: Callable[[Sequence[QueueRow]], None]) -> Button:
        said = self._desk.say(text)
        who = row.name or self._desk.say(row.line)
        made = Button(said, kind=Kind.QUIET, name=self._desk.say(M("{act}: {who}", act=said, who=who)))
        made.clicked.connect(lambda: act([row]))
        return made

    def _empty(self) -> Empty:
        say = self._desk.say
        text = M("What has passed its time comes here by itself. Nothing goes before you say so.")
        return Empty("clock", say(M("Nothing waits for your yes")), say(text))

    # What is chosen

    def _picked(self) -> None:
        for row, told in self._rows:
            if row.check is not None and row.check.isChecked():
                self.chosen[told.item] = told
            else:
                self.chosen.pop(told.item, None)
        self._show_bar()

    def _tick_group(self, group: Group, on: bool) -> None:
        for row in group.rows:
            if on:
                self.chosen[row.item] = row
            else:
                self.chosen.pop(row.item, None)
        self._show_bar()

    def _show_bar(self) -> None:
        n = len(self.chosen)
        say = self._desk.say
        self.bar.beside = 0 if self._page.folded else RAIL + SPACE_5
        erase = {"erase": say(M("Erase {n} …", "Erase {n} …", n=n))} if self._erases else {}
        self.bar.show_count(say(M("{n} chosen", "{n} chosen", n=n)) if n else "", erase)

    def _act_on_chosen(self, key: str) -> None:
        acts = {"keep": self._keep, "hold": self._hold, "erase": self._erase}
        acts[key](list(self.chosen.values()))

    # Acts

    def _open(self, row: QueueRow) -> None:
        if row.person is not None:
            self._desk.go("contacts", person=row.person)

    def _keep(self, rows: Sequence[QueueRow]) -> None:
        self._note_place()
        open_keep(self._desk, RetentionAnswer.KEEP, rows, self.come_back)

    def _hold(self, rows: Sequence[QueueRow]) -> None:
        self._note_place()
        open_keep(self._desk, RetentionAnswer.HOLD, rows, self.come_back)

    def _erase(self, rows: Sequence[QueueRow]) -> None:
        self._note_place()
        ask_yes(self._desk, self, rows, self.come_back)

    def _note_place(self) -> None:
        """Where the keyboard is, so that it can go on there."""
        focus = QApplication.focusWidget()
        if focus is None or not self.isAncestorOf(focus):
            return
        places = (at for at, (row, _) in enumerate(self._rows) if row is focus or row.isAncestorOf(focus))
        self._last = next(places, self._last)
