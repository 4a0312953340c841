"""The originals that the law keeps after an erasure: a list for the tax office, opened on purpose alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from desktop_crm.services import kept
from desktop_crm.services.kept import Kept
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.look.tokens import Tone
from desktop_crm.ui.widgets.badge import Badge
from desktop_crm.ui.widgets.banner import Banner
from desktop_crm.ui.widgets.button import Button, Kind
from desktop_crm.ui.widgets.label import label
from desktop_crm.ui.widgets.rows import ROW_TWO_LINES, Row, RowList, RowLook
from desktop_crm.ui.widgets.sheet import Sheet
from desktop_crm.words import M, Money

_WIDTH = 860


class KeptInvoices(Sheet):
    """Says first what opening means; the list comes with the second click."""

    def __init__(self, desk: Desk) -> None:
        say = desk.say
        super().__init__(
            desk.window,
            say(M("Invoices the law keeps")),
            say(M("Originals of people who were erased. They go by themselves when their time is over.")),
            icon="lock",
            tone=Tone.VIOLET,
            width=_WIDTH,
        )
        self._desk = desk
        told = M("These names are out of daily work. Opening the list stands in the activity log.")
        self.warning = Banner(say(told), Tone.VIOLET, "eye")
        self.body.addWidget(self.warning)
        close = Button(say(M("Close")), kind=Kind.QUIET)
        close.clicked.connect(self.close)
        self.show_button = Button(say(M("Show the list")), kind=Kind.PRIMARY)
        self.show_button.clicked.connect(self._ask)
        self.footer("", close, self.show_button)

    def _ask(self) -> None:
        self.show_button.hide()
        self._desk.courier.ask(self, partial(kept.invoices, self._desk.office), self._show)

    def _show(self, invoices: Sequence[Kept]) -> None:
        self.warning.hide()
        if not invoices:
            self.body.addWidget(label(self._desk.say(M("There are none.")), ink="text2"))
        else:
            rows = RowList(name=self._desk.say(M("Invoices the law keeps")))
            rows.show_rows([self._row(one) for one in invoices])
            self.body.addWidget(rows)
        self.fit()

    def _row(self, one: Kept) -> Row:
        say, invoice = self._desk.say, one.invoice
        number = invoice.invoice_no or say(M("without a number"))
        title = M("{number} · {amount}", number=number, amount=Money(invoice.amount_minor, invoice.currency))
        sub = M("{day} · {who}", day=invoice.bought_on, who=invoice.buyer_name)
        until = M("until {day}", day=invoice.kept_until)
        waiting = [Badge(say(M("Waits for your yes")), Tone.VIOLET, "clock")] if one.entry is not None else []
        look = RowLook(lead="file", trailing=[*waiting, Badge(say(until))], height=ROW_TWO_LINES)
        return Row(say(title), say(sub), look)
