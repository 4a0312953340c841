"""Noting that people were asked again: how, and who is left out because that way is not open to them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from desktop_crm.records.consent import ConsentHow
from desktop_crm.services.renewals import HOW_ASKED, DueRow, Marked, mark_asked
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M, Problem

_WIDTH = 560
_WORDS = {
    ConsentHow.SCREEN: M("At the counter"),
    ConsentHow.PHONE: M("On a call about an order"),
    ConsentHow.POST: M("By post"),
    ConsentHow.EMAIL: M("By email"),
}


def open_asked(desk: Desk, rows: Sequence[DueRow]) -> None:
    """Ask how these people were asked, and note it."""
    AskedSheet(desk, rows).open()


class AskedSheet(Sheet):
    """One way for all of them; nothing is chosen beforehand."""

    def __init__(self, desk: Desk, rows: Sequence[DueRow]) -> None:
        say, n = desk.say, len({row.person for row in rows})
        title = M("Note that {n} person was asked again", "Note that {n} people were asked again", n=n)
        super().__init__(desk.window, say(title), icon="pen", width=_WIDTH)
        self._desk, self._rows = desk, rows
        told = M("They answer when they like: until then everything stays as it is, and nobody asks for half a year.")
        self.body.addWidget(label(say(told), wrap=True, ink="text2"))
        self.body.addWidget(label(say(M("How were they asked?")), Type.STRONG))
        self.ways = ChipRow([(how, say(text)) for how, text in _WORDS.items()], name=say(M("How were they asked?")))
        self.ways.changed.connect(self._chosen)
        self.body.addWidget(self.ways)
        self.left_out = label("", Type.SMALL, "warning", wrap=True)
        self.body.addWidget(self.left_out)
        self.left_out.hide()
        cancel = Button(say(M("Cancel")), kind=Kind.QUIET)
        cancel.clicked.connect(self.dismiss)
        self.save_button = Button(say(M("Note as asked")), icon="check", kind=Kind.PRIMARY)
        self.save_button.clicked.connect(self.save)
        self.save_button.setEnabled(False)
        self.footer("", cancel, self.save_button)

    def save(self) -> None:
        """Note it, and close."""
        chosen = self.ways.chosen()
        if chosen is None or self.busy:
            return
        self.set_busy(True)
        pairs = [(row.person, row.code) for row in self._rows]
        work = partial(mark_asked, self._desk.office, pairs, ConsentHow(chosen))
        self._desk.courier.ask(self, work, self._done, failed=self._failed)

    def _chosen(self, key: str) -> None:
        way = HOW_ASKED[ConsentHow(key)]
        n = sum(way not in row.ways for row in self._rows)
        told = M(
            "{n} of them may not be asked this way now and is left out.",
            "{n} of them may not be asked this way now and are left out.",
            n=n,
        )
        self.left_out.setText(self._desk.say(told))
        self.left_out.setVisible(n > 0)
        self.save_button.setEnabled(n < len(self._rows))
        self.fit()

    def _done(self, marked: Marked) -> None:
        self.set_busy(False)
        self.close()
        n = marked.asked
        self._desk.toast(self._desk.say(M("{n} question is noted as asked.", "{n} questions are noted as asked.", n=n)))

    def _failed(self, _problem: Problem) -> bool:
        self.set_busy(False)
        return False
