"""A field for a day: typed as people write days, or picked from a month."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from functools import partial

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QSizePolicy, QWidget

from desktop_crm.host.clock import SystemClock, today
from desktop_crm.ui.look import paint
from desktop_crm.ui.look.spoken import say, words
from desktop_crm.ui.look.tokens import RADIUS_ROW, TARGET
from desktop_crm.ui.look.typography import Type, digits
from desktop_crm.ui.widgets.button import Button, Kind, Painted
from desktop_crm.ui.widgets.field import Field, put_inside
from desktop_crm.ui.widgets.label import Label
from desktop_crm.ui.widgets.layout import column, row
from desktop_crm.words import M, Words

_WEEKS = 6
_STEPS = {Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7, Qt.Key.Key_PageUp: -28, Qt.Key.Key_PageDown: 28}
_WALKING = {Qt.Key.Key_Left, Qt.Key.Key_Right, *_STEPS}


def read_day(typed: str, words: Words) -> date | None:
    """The day of `21.11.2026`, `21/11/26`, `21 Nov 2026`, `2026-11-21`; None for anything else.

    The day stands before the month, as in all languages of the program; a year of two digits is in this century.
    """
    parts = re.findall(r"\d+|[^\W\d_]+", typed)
    if len(parts) != 3 or not re.fullmatch(r"[\w\s./\-,]+", typed):
        return None
    if re.fullmatch(r"\s*\d{4}-\d{1,2}-\d{1,2}\s*", typed):
        parts.reverse()
    day, month, year = parts[0], _month(parts[1], words), parts[2]
    if month is None or not day.isdecimal() or not year.isdecimal() or len(year) not in {2, 4}:
        return None
    try:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, int(day))
    except ValueError:
        return None


def _month(typed: str, words: Words) -> int | None:
    """The number of a month, from its number or the beginning of its name."""
    if typed.isdecimal():
        return int(typed)
    names = (words.part(date(2001, month, 1), "LLLL").casefold() for month in range(1, 13))
    found = [month for month, name in enumerate(names, 1) if name.startswith(typed.casefold()) and len(typed) >= 3]
    return found[0] if found else None


def _first_shown(month: date) -> date:
    """The Monday of the week in which a month begins."""
    first = month.replace(day=1)
    return first - timedelta(days=first.weekday())


class _DayButton(Painted):
    """One day of a month."""

    def __init__(self) -> None:
        super().__init__("", " ")
        self.day = date.min
        self.faint = self.chosen = self.now = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_day(self, day: date, *, faint: bool, chosen: bool, now: bool) -> None:
        self.day, self.faint, self.chosen, self.now = day, faint, chosen, now
        self.setAccessibleName(words().day(day, long=True))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(36, TARGET)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in _WALKING:
            event.ignore()  # for the calendar: a button alone would go to any neighbour
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = paint.painter_on(self)
        inner = self.rect().adjusted(1, 0, -1, 0)
        fill = "accent" if self.chosen else "hover" if self.lit else None
        if fill or self.now:
            paint.box(painter, inner, 8, fill=fill, edge="accent" if self.now else None)
        ink = "on_accent" if self.chosen else "text3" if self.faint or not self.isEnabled() else "text"
        number = digits(Type.STRONG if self.now or self.chosen else Type.BODY)
        paint.text(painter, self.rect(), str(self.day.day), number, ink, Qt.AlignmentFlag.AlignHCenter)
        if self.ringed or self.hasFocus():
            paint.ring(painter, inner, 8, "text" if self.chosen else "accent")


class Calendar(QFrame):
    """A month to pick a day from; arrows go by days and weeks, Page keys by four weeks, Enter picks."""

    picked = Signal(object)

    def __init__(self, now: date, chosen: date | None, allowed: Callable[[date], bool]) -> None:
        super().__init__()
        self.setAccessibleName(say(M("Calendar")))
        self._now, self._chosen, self._allowed = now, chosen, allowed
        self._month = chosen or now
        self._title = Label("", Type.CARD)
        self._title.setAlignment(Qt.AlignmentFlag.AlignCenter)
        earlier = Button(icon="chevron-left", kind=Kind.ICON, name=say(M("Month before")))
        later = Button(icon="chevron-right", kind=Kind.ICON, name=say(M("Next month")))
        earlier.clicked.connect(lambda: self._turn(-1))
        later.clicked.connect(lambda: self._turn(1))
        self._days = [_DayButton() for _ in range(7 * _WEEKS)]
        for button in self._days:
            button.clicked.connect(partial(self._pick, button))
        self.setLayout(column(row(earlier, self._title, later), self._grid(), space=6, margins=10))
        self._show()

    def paintEvent(self, _event: QPaintEvent) -> None:
        paint.box(paint.painter_on(self), self.rect(), RADIUS_ROW, fill="raised", edge="edge")

    def focus_day(self, day: date) -> None:
        """Put the keyboard on a day, turning to its month."""
        if (day.year, day.month) != (self._month.year, self._month.month):
            self._month = day
            self._show()
        for button in self._days:
            if button.day == day:
                button.setFocus(Qt.FocusReason.TabFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        steps = dict(_STEPS)
        side = -1 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
        steps |= {Qt.Key.Key_Left: -side, Qt.Key.Key_Right: side}
        here = self.focusWidget()
        step = steps.get(Qt.Key(event.key()))
        if step is None or not isinstance(here, _DayButton):
            super().keyPressEvent(event)
        else:
            self.focus_day(here.day + timedelta(days=step))

    def _grid(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(2)
        monday = _first_shown(self._now)
        for at in range(7):
            name = Label(words().part(monday + timedelta(days=at), "EEEEEE").rstrip("."), Type.HINT, "text3")
            name.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(name, 0, at)
        for at, button in enumerate(self._days):
            grid.addWidget(button, 1 + at // 7, at % 7)
        return grid

    def _turn(self, months: int) -> None:
        count = self._month.year * 12 + self._month.month - 1 + months
        self._month = date(max(1, min(9998, count // 12)), count % 12 + 1, 1)
        self._show()

    def _show(self) -> None:
        self._title.setText(words().part(self._month, "LLLL y"))
        for button, day in zip(self._days, _days_from(_first_shown(self._month)), strict=False):
            button.show_day(day, faint=day.month != self._month.month, chosen=day == self._chosen, now=day == self._now)
            button.setEnabled(self._allowed(day))

    def _pick(self, button: _DayButton) -> None:
        self.picked.emit(button.day)


def _days_from(first: date) -> Iterator[date]:
    return (first + timedelta(days=count) for count in range(7 * _WEEKS))


Day = date
"""For the field below, in which `date` is what it is asked for."""


class DayField(Field):
    """A field for a day. `now` is the day of the shop; the day may not be before `earliest` nor after `latest`."""

    def __init__(
        self,
        text: str,
        *,
        hint: str = "",
        optional: bool = False,
        now: date | None = None,
        earliest: date = date(1800, 1, 1),
        latest: date = date(9990, 12, 31),
    ) -> None:
        super().__init__(text, hint=hint, optional=optional, check=self._wrong)
        self._now = now or today(SystemClock(), words().zone)
        self._earliest, self._latest = earliest, latest
        self._calendar: Calendar | None = None
        opener = Button(icon="calendar", kind=Kind.ICON, name=say(M("Pick a day")))
        opener.clicked.connect(self._open)
        self.edit.setPlaceholderText(words().day(self._now))
        if isinstance(self.edit, QLineEdit):
            put_inside(self.edit, opener)

    def date(self) -> Day | None:
        """The day, None where there is none or what was typed is no day."""
        return read_day(self.text(), words())

    def set_date(self, day: Day | None) -> None:
        """Fill in a day, or empty the field."""
        self.set_text(words().day(day) if day else "")

    def left(self) -> None:
        if self.is_right() and (day := self.date()):
            self.set_date(day)

    def _allowed(self, day: Day) -> bool:
        return self._earliest <= day <= self._latest

    def _wrong(self, typed: str) -> str | None:
        day = read_day(typed, words())
        if day is None:
            return say(M("Please write a day such as {day}.", day=self._now))
        if day < self._earliest:
            return say(M("The first day that fits is {day}.", day=self._earliest))
        return say(M("The last day that fits is {day}.", day=self._latest)) if day > self._latest else None

    def _open(self) -> None:
        calendar = Calendar(self._now, self.date(), self._allowed)
        calendar.setParent(self, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        calendar.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        calendar.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        calendar.picked.connect(self._take)
        self._calendar = calendar
        calendar.adjustSize()
        calendar.move(self._place(calendar))
        calendar.show()
        calendar.focus_day(self.date() or self._now)

    def _place(self, calendar: QWidget) -> QPoint:
        """Below the field, its end at the end of the field; inside the screen."""
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = 0 if mirrored else self.edit.width() - calendar.sizeHint().width()
        corner = self.edit.mapToGlobal(QPoint(x, self.edit.height() + 4))
        room = self.screen().availableGeometry()
        return QPoint(
            max(room.left(), min(corner.x(), room.right() - calendar.width())),
            max(room.top(), min(corner.y(), room.bottom() - calendar.height())),
        )

    def _take(self, day: Day) -> None:
        self.set_date(day)
        self.error(None)
        self.edited.emit()
        if self._calendar is not None:
            self._calendar.close()
            self._calendar = None
        self.edit.setFocus()
