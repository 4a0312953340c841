"""What must not be deleted because of a dispute: why, since when, until when, and releasing it."""

from __future__ import annotations

from functools import partial

from desktop_crm.records.retention import RetentionAnswer
from desktop_crm.services import retention
from desktop_crm.services.keeping import HeldRow
from desktop_crm.services.signs import dotted
from desktop_crm.ui import permits
from desktop_crm.ui.keeping.pane import ListPane
from desktop_crm.ui.keeping.standing import Standing
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.avatar import Avatar
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.card import Mark
from desktop_crm.ui.widgets.empty import Empty
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import clear
from desktop_crm.ui.widgets.rows import ROW_HIGH, Row, RowList, RowLook
from desktop_crm.words import M


class HeldPane(ListPane):
    """What ended first stands first."""

    def show_standing(self, now: Standing) -> None:
        """Show what is held."""
        clear(self._page.main)
        say = self._desk.say
        self.list = None
        if not now.held:
            text = M(
                "In a dispute or an audit an entry may not be deleted, even when its time is over. It stands here."
            )
            self._page.add(Empty("lock", say(M("Everything may go when its time is over")), say(text)), 1)
            return
        self.list = RowList(name=say(M("Do not delete")))
        self.list.show_rows([self._row(row) for row in now.held])
        self._page.add(self.list)
        self._page.end()

    def _row(self, row: HeldRow) -> Row:
        say = self._desk.say
        name = row.name or say(row.line)
        release = Button(say(M("Release")), name=say(M("{act}: {who}", act=say(M("Release")), who=name)))
        release.clicked.connect(lambda: self._release(row))
        self._desk.only(release, permits.CHANGE_RULES)
        until = M("until {day}", day=row.until) if row.until else M("until you release it")
        look = RowLook(
            lead=Avatar(row.name) if row.name else Mark("file", Tone.NEUTRAL, size=28),
            height=ROW_HIGH,
            trailing=[label(say(until), Type.SMALL, "text2"), release],
        )
        since = M("since {day}", day=row.since) if row.since else None
        return Row(name, say(dotted([row.reason, since, row.who]) or M("")), look)

    def _release(self, row: HeldRow) -> None:
        work = partial(retention.release, self._desk.office, [row.item])
        self._desk.courier.ask(self, work, lambda _: self._released(row), once=(retention.release, row.item))

    def _released(self, row: HeldRow) -> None:
        office, say = self._desk.office, self._desk.say
        again = partial(retention.decide, office, [row.item], RetentionAnswer.HOLD, reason=row.reason, until=row.until)
        undo = partial(self._desk.courier.ask, self._desk, again, lambda _: None)
        self._desk.toast(say(M("Released. If its time is over, it waits for your yes.")), undo=undo)
