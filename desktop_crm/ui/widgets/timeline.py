"""What happened with somebody, newest first, by month."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop_crm.ui.look import paint
from desktop_crm.ui.look.spoken import say
from desktop_crm.ui.look.tokens import RADIUS, SPACE_2, Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.card import Panel, capitals, paint_disc
from desktop_crm.ui.widgets.facts import SmallButton
from desktop_crm.ui.widgets.label import Elided, label
from desktop_crm.ui.widgets.layout import clear, column
from desktop_crm.ui.widgets.menu import Menu
from desktop_crm.ui.widgets.nav import Pressable
from desktop_crm.words import M

_DISC = 32
_INSET = 2
_WORDS = 52
_TOP, _END = 7, 17
_BEYOND = 5
"""How far the button of an entry reaches over and under the line it stands in."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be done with an entry, as a line of its menu."""

    text: str
    do: Callable[[], None]
    icon: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Entry:
    """One thing that happened. Entries with the same `month` in a row stand under one head.

    `body` is the text of a note. `extra` is a widget below, such as a Banner. `acts` make the menu behind ⋯. With
    `ticks` the icon is a box to tick off what is to be done.
    """

    title: str
    sub: str = ""
    when: str = ""
    icon: str = "note"
    tone: Tone = Tone.NEUTRAL
    month: str = ""
    body: str = ""
    extra: QWidget | None = None
    acts: Sequence[Act] = ()
    opens: Callable[[], None] | None = None
    ticks: Callable[[], None] | None = None


class _TickOff(Pressable):
    """Lies over the icon of what is to be done. The keyboard ticks off by the menu of the entry."""

    def __init__(self, entry: Entry, ticks: Callable[[], None]) -> None:
        super().__init__("", say(M("Tick off: {what}", what=entry.title)))
        self._entry = entry
        self.setToolTip(say(M("Tick off")))
        self.setFixedSize(_DISC, _DISC)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.clicked.connect(lambda _on: ticks())

    def paintEvent(self, _event: QPaintEvent) -> None:
        icon, tone = ("check", Tone.SUCCESS) if self.underMouse() else (self._entry.icon, self._entry.tone)
        paint_disc(paint.painter_on(self), self.rect(), icon, tone)


class EntryView(Pressable):
    """One entry; Up and Down go to its neighbours, Enter opens it or its menu."""

    def __init__(self, entry: Entry, timeline: Timeline) -> None:
        spoken = ", ".join(filter(None, (entry.title, entry.sub, entry.when, entry.body)))
        super().__init__("", spoken)
        self._entry = entry
        self._timeline = timeline
        self.joined = False
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor if entry.opens else Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.dots = SmallButton("dots", say(M("More about: {what}", what=entry.title)))
        self.dots.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.dots.clicked.connect(self.show_menu)
        self.tick = _TickOff(entry, entry.ticks) if entry.ticks is not None else None
        if self.tick is not None:
            self.tick.setParent(self)
        self._build()
        self.clicked.connect(self._open)
        self._show_dots()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._across.totalHeightForWidth(width)

    def hitButton(self, _point: QPoint) -> bool:
        return self._entry.opens is not None

    def menu(self) -> Menu:
        """What can be done with the entry."""
        made = Menu(self)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for act in self._entry.acts:
            made.add(act.text, act.do, icon=act.icon or None)
        return made

    def show_menu(self) -> None:
        """Open the menu below its ⋯."""
        if self._entry.acts:
            self.menu().open_below(self.dots)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if not self._entry.acts:
            event.ignore()
        elif event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.show_menu()
        else:
            self.menu().popup(event.globalPos())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps: dict[int, int] = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps:
            self._timeline.step(self, steps[event.key()])
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        if event.type() in {QEvent.Type.HoverEnter, QEvent.Type.HoverLeave}:
            self._show_dots()
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._timeline.stop_at(self)
        self._show_dots()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._show_dots()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        if self.joined:
            line = paint.visual(self, QRect(_INSET + _DISC // 2, _DISC, 1, self.height() - _DISC))
            painter.fillRect(line, paint.color("line"))
        if self.tick is None:
            paint_disc(painter, self._disc(), self._entry.icon, self._entry.tone)
        if self.ringed:
            words = QRect(_WORDS - 8, 0, self.width() - _WORDS + 8, self.height() - 10)
            paint.ring(painter, paint.visual(self, words), RADIUS)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self.tick is not None:
            self.tick.move(self._disc().topLeft())

    def _disc(self) -> QRect:
        return paint.visual(self, QRect(_INSET, 0, _DISC, _DISC))

    def _open(self) -> None:
        if self._entry.opens is not None:
            self._entry.opens()
        else:
            self.show_menu()

    def _show_dots(self) -> None:
        self.dots.setVisible(bool(self._entry.acts) and (self.underMouse() or self.hasFocus()))

    def _build(self) -> None:
        entry = self._entry
        self._across = outer = QHBoxLayout(self)
        outer.setContentsMargins(0, _TOP, 0, _END)
        outer.setSpacing(0)
        outer.addSpacing(_WORDS)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addLayout(self._first_line())
        if entry.sub:
            words.addWidget(label(entry.sub, Type.SMALL, "text2", wrap=True))
        if entry.body:
            words.addSpacing(4)
            words.addWidget(_note(entry.body))
        if entry.extra is not None:
            words.addSpacing(4)
            words.addWidget(entry.extra)
        outer.addLayout(words, 1)

    def _first_line(self) -> QHBoxLayout:
        first = QHBoxLayout()
        first.setSpacing(SPACE_2)
        title = self._entry.title
        # Beside a time it is one line; alone it may take two.
        first.addWidget(Elided(title, Type.STRONG) if self._entry.when else label(title, Type.STRONG, wrap=True), 1)
        # What lies below must not move when the mouse comes.
        first.addLayout(column(-_BEYOND, self.dots, -_BEYOND, space=0))
        if self._entry.when:
            first.addWidget(label(self._entry.when, Type.HINT, "text3"))
        return first


class Timeline(QWidget):
    """Entries under the heads of their months."""

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        super().__init__()
        self.views: list[EntryView] = []
        self.months: list[str] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self.add(entries)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Show these instead of what was there."""
        clear(self._column)
        self.views, self.months = [], []
        self.add(entries)

    def add(self, entries: Sequence[Entry]) -> None:
        """Go on with older entries."""
        for entry in entries:
            begins = bool(entry.month) and entry.month != (self.months[-1] if self.months else "")
            if begins:
                self.months.append(entry.month)
                self._column.addWidget(capitals(entry.month))
                self._column.addSpacing(SPACE_2)
            elif self.views:
                self.views[-1].joined = True
            self.views.append(EntryView(entry, self))
            self._column.addWidget(self.views[-1])
        if self.views:
            self.stop_at(self.views[0])

    def step(self, view: EntryView, steps: int) -> None:
        """Put the keyboard on a neighbour of an entry."""
        at = self.views.index(view) + steps
        if 0 <= at < len(self.views):
            self.views[at].setFocus(Qt.FocusReason.TabFocusReason)

    def stop_at(self, stop: EntryView) -> None:
        """Tab reaches one entry; Up and Down go to the others."""
        for view in self.views:
            view.setFocusPolicy(Qt.FocusPolicy.StrongFocus if view is stop else Qt.FocusPolicy.ClickFocus)


def _note(text: str) -> QWidget:
    box = Panel("sunken", "line", RADIUS)
    inside = QVBoxLayout(box)
    inside.setContentsMargins(13, 11, 13, 11)
    inside.addWidget(label(text, Type.SMALL, "text2", wrap=True, selectable=True))
    box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return box
