"""What was tidied: each look at the keeping times and each yes, by numbers, never by names."""

from __future__ import annotations

from desktop_crm.records.retention import RetentionRun
from desktop_crm.services.signs import dotted
from desktop_crm.ui.keeping.pane import ListPane
from desktop_crm.ui.keeping.standing import Standing
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.card import Mark
from desktop_crm.ui.widgets.empty import Empty
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.layout import clear
from desktop_crm.ui.widgets.rows import ROW_TWO_LINES, Row, RowList, RowLook
from desktop_crm.words import M


class RunsPane(ListPane):
    """The newest first."""

    def show_standing(self, now: Standing) -> None:
        """Show what was done."""
        clear(self._page.main)
        say = self._desk.say
        if not now.runs:
            text = M("The keeping times are looked at once a day. What came of it stands here.")
            self._page.add(Empty("clock", say(M("Nothing was tidied yet")), say(text)), 1)
            return
        self.list = RowList(name=say(M("Already tidied")))
        self.list.show_rows([self._row(run, now.caller(run.actor)) for run in now.runs])
        self._page.add(self.list)
        self._page.end()

    def _row(self, run: RetentionRun, who: M) -> Row:
        say = self._desk.say
        look = RowLook(
            lead=Mark("trash", Tone.NEUTRAL, size=28) if run.erased else Mark("clock", Tone.VIOLET, size=28),
            height=ROW_TWO_LINES,
            trailing=[label(self._desk.words.instant(run.ran_at), Type.SMALL, "text2")],
        )
        return Row(say(_what(run)), say(dotted(_beside(run, who)) or M("")), look)


def _what(run: RetentionRun) -> M:
    if run.erased:
        return M("{n} entry erased after your yes", "{n} entries erased after your yes", n=run.erased)
    return M("{n} entry past its time", "{n} entries past their time", n=run.found)


def _beside(run: RetentionRun, who: M) -> list[M]:
    """What else there is to say of it: who, what is new, what is not due any more, what is kept."""
    parts = [who]
    if not run.erased:
        parts.append(M("{n} new", "{n} new", n=run.new))
    if run.gone:
        parts.append(M("{n} no longer due", "{n} no longer due", n=run.gone))
    if run.kept:
        parts.append(M("{n} kept by you", "{n} kept by you", n=run.kept))
    return parts
