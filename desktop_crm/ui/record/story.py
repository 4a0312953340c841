"""What happened with a person, in the words and with the acts of the line of time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from functools import partial
from zoneinfo import ZoneInfo

from desktop_crm.privacy.rights import Right
from desktop_crm.services import entries, tasks
from desktop_crm.services.office import Office
from desktop_crm.services.timeline import Entry as Happened
from desktop_crm.services.timeline import Kind
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.undo import toast_with_undo
from desktop_crm.ui.widgets.timeline import Act, Entry
from desktop_crm.words import M

Change = Callable[[Office, bytes], bytes | None]
"""An act on a row that tells under which number it can be taken back."""

_REMOVALS: dict[str, tuple[Change, M, Right]] = {
    "interaction": (entries.remove_note, M("Entry removed"), permits.CHANGE_NOTES),
    "purchase": (entries.remove_purchase, M("Order removed"), permits.CHANGE_PURCHASES),
    "delivery_recipient": (entries.remove_delivery, M("Delivery removed"), permits.CHANGE_PURCHASES),
    "task": (tasks.remove_task, M("Task removed"), permits.CHANGE_CONTACTS),
}


class Story:
    """Puts entries into the language of the desk, on this day."""

    def __init__(self, desk: Desk, today: date) -> None:
        self._desk = desk
        self._today = today
        self._zone = ZoneInfo(desk.words.zone)

    def planned(self, coming: Iterable[Happened]) -> Iterator[Entry]:
        """What is planned: the latest first, as everything here, and what is late or has no day with today's."""
        for one in sorted(coming, key=self._planned_for, reverse=True):
            yield self._entry(one, self._planned_for(one))

    def past(self, happened: Iterable[Happened]) -> Iterator[Entry]:
        """What happened, in the order in which it comes."""
        for one in happened:
            yield self._entry(one, self._day(one) or self._today)

    def _planned_for(self, one: Happened) -> date:
        return max(self._day(one) or self._today, self._today)

    def _day(self, one: Happened) -> date | None:
        when = one.when
        return when.astimezone(self._zone).date() if isinstance(when, datetime) else when

    def _entry(self, one: Happened, day: date) -> Entry:
        return Entry(
            title=self._say(one.title),
            sub=self._second_line(one),
            when=self._when(one, day),
            icon=one.icon,
            tone=Tone(one.tone.value),
            month=self._desk.words.part(day, "LLLL" if day.year == self._today.year else "LLLL y"),
            body=one.text,
            acts=tuple(self._acts(one)),
            opens=(lambda: self._desk.go("requests", number=one.number)) if self._has_request(one) else None,
            ticks=(lambda: self._finish(one)) if self._ticks(one) else None,
        )

    def _second_line(self, one: Happened) -> str:
        sub = self._say(one.sub) if one.sub is not None else ""
        if isinstance(one.sub, M):
            sub = sub[:1].upper() + sub[1:]
        day = self._day(one)
        if not one.planned or day is None or (one.kind is Kind.TASK and sub):
            return sub
        when = self._desk.words.day_of_year(day, weekday=True, long=True)
        return f"{when} · {sub}" if sub else when

    def _when(self, one: Happened, day: date) -> str:
        if not one.planned:
            this_month = (day.year, day.month) == (self._today.year, self._today.month)
            return self._desk.words.day_of_year(day, weekday=this_month)
        late = (self._day(one) or self._today) < self._today
        return self._desk.say(M("late") if late else M("planned"))

    def _acts(self, one: Happened) -> Iterator[Act]:
        say = self._desk.say
        if self._ticks(one):
            yield Act(say(M("Tick off")), lambda: self._finish(one), "check")
        if one.unsettled and self._desk.may(permits.CHANGE_PURCHASES):
            yield Act(say(M("This is settled")), lambda: self._settle(one), "check")
        if one.removable and self._desk.may(_REMOVALS[one.record][-1]):
            yield Act(say(M("Remove")), lambda: self._remove(one), "trash")

    def _ticks(self, one: Happened) -> bool:
        return one.planned and one.kind is Kind.TASK and self._desk.may(permits.CHANGE_CONTACTS)

    def _has_request(self, one: Happened) -> bool:
        return bool(one.number) and self._desk.may(permits.SEE_REQUESTS)

    def _finish(self, one: Happened) -> None:
        self._do(tasks.finish, one, M("Task done"))

    def _settle(self, one: Happened) -> None:
        self._do(entries.settle, one, M("Settled"))

    def _remove(self, one: Happened) -> None:
        act, done, _ = _REMOVALS[one.record]
        self._do(act, one, done)

    def _do(self, act: Change, one: Happened, done: M) -> None:
        """Do it on a worker thread. The page hears of it by itself; here it is said, with *Undo*."""
        desk = self._desk
        then = partial(toast_with_undo, desk, done)
        desk.courier.ask(desk, partial(act, desk.office, one.row), then, once=(act, one.row))

    def _say(self, text: M | str) -> str:
        return self._desk.say(text) if isinstance(text, M) else text
