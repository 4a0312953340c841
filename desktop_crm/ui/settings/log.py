"""How long the activity log is kept, and what is told about it to those who work here."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from desktop_crm.services import log_keeping, log_notice
from desktop_crm.services.log_keeping import LogKeeping
from desktop_crm.services.log_notice import Told
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.log.notice import NoticeSheet
from desktop_crm.ui.settings.pane import Pane, setting, told
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.card import Card
from desktop_crm.ui.widgets.select import Select
from desktop_crm.words import M

_MONTHS = (6, 12, 18, 24, 36)


@dataclass(frozen=True, slots=True)
class _Seen:
    kept: LogKeeping
    notice: Told


class LogPane(Pane):
    """The months, what they mean, and whether the text for those who work here was read."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(desk, M("Activity log"), M("Who did what, and when. Nothing in it can be changed."))
        self._before = 0
        self.months = Select([], name=self.say(M("Keep the log for")))
        self.months.picked.connect(self._choose)
        card = Card(self.say(M("How long it is kept")))
        means = M(
            "What is older goes by itself, once a day. Shorter protects those who work here, longer lets you look "
            "further back. What tells of safety, of what was handed out and of erasures stays up to 3 years."
        )
        self.months.setEnabled(desk.may(permits.CHANGE_SHOP))
        card.add(setting(self.say(M("Keep the log for")), self.say(means), self.months))
        self.add(card)
        self.state = Card(self.say(M("What there is")), action=self._to_log())
        self.add(self.state)
        self.read = Button(self.say(M("Read")), icon="file")
        self.read.clicked.connect(lambda _on: self._open())
        self.told = Card(self.say(log_notice.TITLE), action=self.read)
        self.add(self.told)
        self.end()

    def come(self) -> None:
        office = self.desk.office
        self.ask(lambda: _Seen(log_keeping.keeping_of_log(office), log_notice.notice(office)), self._show)

    def _to_log(self) -> Button:
        self.log = Button(self.say(M("Look at the log")), icon="list")
        self.log.clicked.connect(lambda _on: self.desk.go("log"))
        return self.log

    def _show(self, seen: _Seen) -> None:
        kept, notice = seen.kept, seen.notice
        self._before = kept.months
        offered = sorted({*_MONTHS, kept.months})
        options = [(str(n), self.say(M("{n} month", "{n} months", n=n))) for n in offered]
        self.months.set_options(options, chosen=str(kept.months))
        self._show_state(kept)
        self.told.clear()
        if notice.confirmed is None:
            self.told.add(told("alert", self.say(M("Not confirmed yet")), ink="warning"))
        else:
            at = notice.confirmed.read_at
            said = M("You confirmed it on {at}", at=at)
            self.told.add(told("check", self.say(said), ink="success"))

    def _show_state(self, kept: LogKeeping) -> None:
        self.state.clear()
        lines = M("{n} line", "{n} lines", n=kept.lines)
        since = M("The oldest is of {day}.", day=self.desk.words.day_at(kept.oldest)) if kept.oldest else None
        self.state.add(told("list", self.say(lines), self.say(since) if since else ""))
        if kept.last_run is not None:
            gone = M(
                "Tidied last on {at}: {n} line went.",
                "Tidied last on {at}: {n} lines went.",
                at=kept.last_run,
                n=kept.last_gone,
            )
            self.state.separator()
            self.state.add(told("clock", self.say(gone)))

    def _choose(self, key: str) -> None:
        office, months, before = self.desk.office, int(key), self._before
        self._before = months
        said = M("The log is kept for {n} month now.", "The log is kept for {n} months now.", n=months)
        choose = log_keeping.choose_months
        self.change(partial(choose, office, months), partial(choose, office, before), said)

    def _open(self) -> None:
        office = self.desk.office
        self.desk.courier.ask(
            self,
            lambda: log_notice.notice(office),
            lambda now: NoticeSheet(self.desk, now, self.come).open(),
            once=NoticeSheet,
        )
