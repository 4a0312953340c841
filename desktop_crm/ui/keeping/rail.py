"""Beside what waits: how much more there is by New Year, and the last tidy-up."""

from __future__ import annotations

from datetime import date

from desktop_crm.records.retention import RetentionRun
from desktop_crm.services.signs import dotted, near
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import SPACE_3
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import row
from desktop_crm.words import M


class NewYear(Card):
    """Many times run from the end of a year, so most of a year's work comes at once. Hidden until it is counted."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say(M("By New Year")))
        self._desk = desk
        self._number = label("", Type.HERO)
        self._words = label("", Type.SMALL, "text2", wrap=True)
        line = row(self._number, self._words, space=SPACE_3)
        line.setStretch(1, 1)
        self.add(line)
        self.hide()

    def show_number(self, n: int) -> None:
        """Show how many entries will have passed their time."""
        say = self._desk.say
        self._number.setText(self._desk.words.number(n))
        told = M(
            "entry will have passed its time if nothing is decided before",
            "entries will have passed their time if nothing is decided before",
            n=n,
        )
        self._words.setText(say(told))
        self.setVisible(n > 0)


class LastTidyUp(Card):
    """When the keeping times were looked at, and what came of it."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk.say(M("Last tidy-up")))
        self._desk = desk
        self._words = label("", Type.SMALL, "text2", wrap=True)
        self.add(self._words)

    def show_run(self, run: RetentionRun | None, today: date) -> None:
        """Show the newest one; without one it says that there was none yet."""
        say, words = self._desk.say, self._desk.words
        if run is None:
            self._words.setText(say(M("There was none yet. It comes by itself, once a day.")))
            return
        day = say(near(words.day_at(run.ran_at), today))
        at = M("{day} {time}", day=day[:1].upper() + day[1:], time=words.minute(run.ran_at))
        self._words.setText(say(dotted([at, what_came(run)]) or at))


def what_came(run: RetentionRun) -> M:
    """What a look or a yes did, in one sentence."""
    if run.erased:
        return M("{n} entry erased after your yes", "{n} entries erased after your yes", n=run.erased)
    past = M("{n} entry past its time", "{n} entries past their time", n=run.found)
    return M("{past}, {new} new in this list, nothing gone by itself", past=past, new=run.new)
