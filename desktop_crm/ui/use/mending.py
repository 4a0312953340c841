"""Copies that left and are no longer right: each stays here until somebody says that it is mended."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_crm.services import labels, mending
from desktop_crm.services.mending import ToMend
from desktop_crm.ui import permits
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.look.typography import Type
from desktop_crm.ui.widgets.button import Button
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.rows import Row, RowList, RowLook
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M

_WIDTH = 760


def open_mending(desk: Desk) -> None:
    """Show the copies that wait to be mended."""
    desk.open_sheet(lambda: mending.to_mend(desk.office), lambda found: MendingSheet(desk, found))


class MendingSheet(Sheet):
    """A row for each copy and person."""

    def __init__(self, desk: Desk, found: Sequence[ToMend]) -> None:
        text = M("Take the person out of the copy, or correct it there, and tell whoever has it. Then say so here.")
        super().__init__(
            desk.window, desk.say(M("Copies to mend")), desk.say(text), icon="copy", tone=Tone.WARNING, width=_WIDTH
        )
        self._desk = desk
        self.rows = RowList(name=desk.say(M("Copies to mend")))
        self._nothing = label(desk.say(M("No copy waits to be mended.")), Type.BODY, "text2", wrap=True)
        self.body.addWidget(self.rows)
        self.body.addWidget(self._nothing)
        close = Button(desk.say(M("Close")))
        close.clicked.connect(self.close)
        self.footer("", close)
        self._show(found)

    def _show(self, found: Sequence[ToMend]) -> None:
        self.rows.show_rows([self._row(one) for one in found])
        self.rows.setVisible(bool(found))
        self._nothing.setVisible(not found)
        self.fit()

    def _row(self, one: ToMend) -> Row:
        say = self._desk.say
        where = M("{what}, left on {day}", what=mending.what(one), day=one.left_on)
        told = M("{where}, given to {whom}", where=where, whom=one.recipient) if one.recipient else where
        done = Button(say(M("Mended")), icon="check", name=say(M("Mended: {name}", name=one.name)))
        done.clicked.connect(lambda _on: self._mended(one))
        title = say(M("{name}: {why}", name=one.name, why=labels.of(one.cause)))
        trailing = [self._desk.only(done, permits.CHANGE_CONSENTS)]
        sub = say(told)
        return Row(title, sub[:1].upper() + sub[1:], RowLook(lead="copy", trailing=trailing))

    def _mended(self, one: ToMend) -> None:
        office = self._desk.office

        def work() -> list[ToMend]:
            mending.mended(office, [one.id])
            return mending.to_mend(office)

        self._desk.courier.ask(self, work, self._show, once=(mending.mended, one.id))
