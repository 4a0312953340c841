"""Keeping entries that wait, or saying that they must not be deleted: with the reason, and until when."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import partial
from typing import ClassVar

from desktop_crm.records.retention import RetentionAnswer
from desktop_crm.services import drafts, retention
from desktop_crm.services.keeping import QueueRow
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.forms.form import FormSheet, Saved, open_when_ready
from desktop_crm.ui.look.tokens import SPACE_2
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.day import DayField
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import column
from desktop_crm.words import M

_WIDTH = 560
_NAMED = 3
"""So many names stand under the title; then it says how many more."""
_CHIPS = {"quarter": M("3 months"), "year": M("1 year"), "years": M("3 years")}


@dataclass(frozen=True, slots=True, repr=False)
class Keeping:
    """What is to be kept, and what was typed about it before."""

    answer: RetentionAnswer
    rows: Sequence[QueueRow]
    today: date
    kept: dict[str, str] = field(default_factory=dict)

    @property
    def items(self) -> list[bytes]:
        """The entries of the queue."""
        return [row.item for row in self.rows]

    @property
    def person(self) -> bytes | None:
        """Whom all of these entries are about; None for several people, or where nobody may be named."""
        people = {row.person for row in self.rows}
        return people.pop() if len(people) == 1 else None


def open_keep(desk: Desk, answer: RetentionAnswer, rows: Sequence[QueueRow], closed: Callable[[], None]) -> None:
    """Ask why these entries are kept (KEEP) or must not be deleted (HOLD). `closed` is told when the sheet is gone."""

    def work() -> Keeping:
        found = Keeping(answer, rows, desk.office.today())
        if found.person is None:
            return found
        return replace(found, kept=drafts.take(desk.office, answer.value, found.person))

    def make(found: Keeping) -> KeepSheet:
        sheet = HoldSheet(desk, found) if answer is RetentionAnswer.HOLD else KeepSheet(desk, found)
        sheet.closed.connect(closed)
        return sheet

    open_when_ready(desk, work, make)


def who(desk: Desk, rows: Sequence[QueueRow]) -> str:
    """Whose entries these are: some names, and how many more."""
    names = list(dict.fromkeys(row.name or desk.say(row.line) for row in rows))
    shown, more = names[:_NAMED], len(names) - _NAMED
    listed = ", ".join(shown)
    return desk.say(M("{names} and {n} more", "{names} and {n} more", names=listed, n=more)) if more > 0 else listed


def months_on(day: date, months: int) -> date:
    """The same day so many months later; the last one of a shorter month."""
    year, month = divmod(day.month - 1 + months, 12)
    first = date(day.year + year, month + 1, 1)
    last = (first.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    return min(first + timedelta(days=day.day - 1), last)


class KeepSheet(FormSheet):
    """Reason and day. What must not be deleted may have no end: then it stays until somebody releases it."""

    place: ClassVar[str] = RetentionAnswer.KEEP.value

    def __init__(self, desk: Desk, found: Keeping) -> None:
        self.holds = found.answer is RetentionAnswer.HOLD
        n = len(found.rows)
        title = (
            M("Do not delete {n} entry", "Do not delete {n} entries", n=n)
            if self.holds
            else M("Keep {n} entry longer", "Keep {n} entries longer", n=n)
        )
        super().__init__(
            desk, found.person, title, who(desk, found.rows), icon="lock" if self.holds else "clock", width=_WIDTH
        )
        self._found = found
        self.keeps_drafts = found.person is not None
        tomorrow = found.today + timedelta(days=1)
        self._days = {"quarter": 3, "year": 12, "years": 36}
        self.reason = Field(self.say(M("Why?")), hint=self.say(self._hint()), check=self._written)
        self.until = DayField(self.say(M("Until when?")), optional=self.holds, now=found.today, earliest=tomorrow)
        self.chips = ChipRow([(key, self.say(text)) for key, text in _CHIPS.items()], name=self.say(M("Until when?")))
        self.chips.changed.connect(self._pick)
        self.until.edited.connect(self._show_day)
        self.hold(reason=self.reason, until=self.until)
        self.body.addWidget(self.reason)
        self.body.addLayout(column(self.until, self.chips, space=SPACE_2))
        if self.holds:
            told = M("Without a day it stays until you release it.")
            self.body.addWidget(label(self.say(told), Type.SMALL, "text2", wrap=True))
        self.save_button.setText(self.say(M("Do not delete") if self.holds else M("Keep")))
        self.begin(found.kept)
        self._show_day()

    def work(self) -> Callable[[], Saved]:
        office, found = self.desk.office, self._found
        reason, until = self.reason.text(), self.until.date()

        def save() -> Saved:
            n = retention.decide(office, found.items, found.answer, reason=reason, until=until)
            return Saved(None, (), self._said(n))

        return save

    def _said(self, n: int) -> M:
        if self.holds:
            return M("{n} entry is not deleted.", "{n} entries are not deleted.", n=n)
        return M("{n} entry is kept.", "{n} entries are kept.", n=n)

    def _done(self, saved: Saved) -> None:
        """Undone by releasing it: then it waits again."""
        self.set_busy(False)
        self.close()
        desk, items = self.desk, self._found.items
        work = partial(retention.release, desk.office, items)
        undo = partial(desk.courier.ask, desk, work, lambda _: None)
        desk.toast(self.say(saved.said), undo=undo)

    def _hint(self) -> M:
        if self.holds:
            return M("Such as: invoice in dispute, court case, audit.")
        return M("Such as: comes back every spring. It stands beside the entry when the day has come.")

    def _pick(self, key: str) -> None:
        self.until.set_date(months_on(self._found.today, self._days[key]))
        self.until.edited.emit()

    def _show_day(self) -> None:
        day, today = self.until.date(), self._found.today
        self.chips.choose(next((key for key, n in self._days.items() if months_on(today, n) == day), None))

    def _written(self, text: str) -> str | None:
        return None if text else self.say(M("Please give the reason."))


class HoldSheet(KeepSheet):
    """The same form with drafts of its own."""

    place: ClassVar[str] = RetentionAnswer.HOLD.value
