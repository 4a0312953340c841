"""Something to be done: one line and a date."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import ClassVar

from PySide6.QtWidgets import QLineEdit

from desktop_crm.services import changes, tasks
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.forms.form import FormSheet, Opened, Saved
from desktop_crm.ui.forms.inputs import beside
from desktop_crm.ui.look.tokens import SPACE_2
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.private_hint import PrivateHint
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.choice import CheckBox
from desktop_crm.ui.widgets.day import DayField
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import column
from desktop_crm.words import M

_WIDTH = 560
_CLOCK = re.compile(r"(\d{1,2})(?:[:.h ]?(\d{2}))?").fullmatch


def clock_time(typed: str) -> str | None:
    """`14:30` of 14:30, 14.30, 1430 or 14; None for what is no time of a day."""
    found = _CLOCK(typed.strip())
    if found is None:
        return None
    hour, minute = int(found[1]), int(found[2] or 0)
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None


def quick_days(today: date) -> dict[str, date]:
    """Days that are one press away."""
    return {
        "today": today,
        "tomorrow": today + timedelta(days=1),
        "week": today + timedelta(days=7 - today.weekday()),
    }


class TaskSheet(FormSheet):
    """A task shows on Today when its day has come."""

    place: ClassVar[str] = "task"

    def __init__(self, desk: Desk, person: bytes | None, found: Opened, today: date) -> None:
        super().__init__(desk, person, M("Task"), found.name, icon="task", width=_WIDTH)
        self._days = quick_days(today)
        self.text = Field(self.say(M("What is to be done?")), check=self._written)
        self.private = PrivateHint(desk, self.text.edit)
        self.private.turned.connect(self.fit)
        self.day = DayField(self.say(M("By when?")), optional=True, now=today, earliest=today)
        self.time = Field(self.say(M("Time")), optional=True, check=self._readable)
        self.time.edit.setPlaceholderText("14:30")
        self.call = CheckBox(self.say(M("Ring them about it")))
        if person is None:
            self.call.hide()
        self.chips = self._made_chips()
        self.hold(text=self.text, day=self.day, time=self.time, call=self.call)
        self._lay_out()
        self.begin(found.kept)
        self._show_day()

    def work(self) -> Callable[[], Saved]:
        office = self.desk.office
        form = tasks.TaskForm(
            text=self.text.text(),
            person=self.person,
            due_on=self.day.date(),
            due_time=clock_time(self.time.text()),
            call=self.call.isChecked(),
        )

        def save() -> Saved:
            change = changes.last_of(office, tasks.add_task(office, form))
            return Saved(form.person, (change,) if change else (), M("The task is noted."))

        return save

    def _made_chips(self) -> ChipRow:
        words = {"today": M("Today"), "tomorrow": M("Tomorrow"), "week": M("Next week")}
        options = [(key, self.say(text)) for key, text in words.items()]
        made = ChipRow(options, name=self.say(M("By when?")))
        made.changed.connect(lambda key: self.day.set_date(self._days[key]))
        made.changed.connect(lambda _: self.day.edited.emit())
        self.day.edited.connect(self._show_day)
        return made

    def _lay_out(self) -> None:
        self.body.addWidget(self.text)
        self.body.addWidget(self.private)
        self.body.addLayout(column(beside(self.day, self.time, below=360, stretch=(3, 2)), self.chips, space=SPACE_2))
        self.body.addWidget(self.call)
        if self.person is None:
            self.body.addWidget(label(self.say(M("A task for the shop, about nobody.")), Type.SMALL, "text2"))
        for field in (self.text, self.day, self.time):
            if isinstance(field.edit, QLineEdit):
                field.edit.returnPressed.connect(self.save)

    def _show_day(self) -> None:
        day = self.day.date()
        self.chips.choose(next((key for key, one in self._days.items() if one == day), None))

    def _written(self, text: str) -> str | None:
        return None if text else self.say(M("Please say in a few words what is to be done."))

    def _readable(self, text: str) -> str | None:
        return None if clock_time(text) else self.say(M("Please write the time like 14:30."))
