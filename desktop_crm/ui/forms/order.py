"""What somebody ordered: what, how much, what is not settled yet, and to whom it goes."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any, ClassVar

from PySide6.QtWidgets import QWidget

from desktop_crm.records.purchase import OpenMatter, Original
from desktop_crm.services import changes, contacts, editing, people
from desktop_crm.services.contacts import NewDelivery, NewPurchase
from desktop_crm.ui.desk import Desk
from desktop_crm.ui.forms.form import FormSheet, Opened, Saved
from desktop_crm.ui.forms.inputs import beside, named
from desktop_crm.ui.forms.lines import DoubtField
from desktop_crm.ui.look.tokens import SPACE_3
from desktop_crm.ui.widgets.chip import ChipRow
from desktop_crm.ui.widgets.choice import CheckBox
from desktop_crm.ui.widgets.day import DayField
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.layout import boxed, column
from desktop_crm.words import M, Money
from desktop_crm.words.amounts import Currency, read_amount

_GROUPED = re.compile(r"\d{1,3}(?:([., '’\u00a0\u202f])\d{3})(?:\1\d{3})*([.,])\d+").fullmatch
_SETTLED = "settled"


def amount(typed: str, currency: Currency) -> Money | None:
    """The exact amount of `640,00`, `640.00` or `1.640,00 €`; None for nothing or less, or what is not certain.

    Another currency's sign is none of this one: 50 pounds are not 50 euros.
    """
    sign = "|".join(re.escape(one) for one in sorted(currency.signs, key=len, reverse=True))
    shown = re.fullmatch(rf"(?:{sign})?\s*(.*?)\s*(?:{sign})?", typed.strip(), flags=re.IGNORECASE)
    bare = shown[1] if shown is not None else ""
    grouped = _GROUPED(bare)
    if grouped is not None and grouped[1] != grouped[2]:
        bare = bare.replace(grouped[1], "")
    try:
        read = read_amount(bare, currency.code)
    except ValueError:
        return None
    return read if read.minor > 0 else None


class OrderForm(FormSheet):
    """An order, and to whom it is delivered if to somebody else."""

    place: ClassVar[str] = "order"

    def __init__(self, desk: Desk, person: bytes, found: Opened, today: date, currency: Currency) -> None:
        super().__init__(desk, person, M("Order"), found.name, icon="bag")
        self._currency = currency
        self._make_order(today)
        self._make_delivery(today)
        self.body.setSpacing(SPACE_3)
        self.body.addWidget(beside(self.what, self.amount, stretch=(5, 2)))
        self.body.addWidget(beside(self.day, self.invoice))
        self.body.addWidget(beside(self._open_part, self._original_part))
        self.body.addWidget(self.deliver)
        self.body.addWidget(self._delivery)
        self.begin(found.kept)

    def work(self) -> Callable[[], Saved]:
        office, person = self.desk.office, self.person or b""
        cost = amount(self.amount.text(), self._currency)
        bought_on, delivery = self.day.date(), self._typed_delivery()
        if cost is None or bought_on is None:
            raise RuntimeError("what is wrong is not saved")
        matter = self.still_open.chosen()
        bought: dict[str, Any] = {
            "bought_on": bought_on,
            "invoice_no": self.invoice.text() or None,
            "description": self.what.text() or None,
            "original": Original(self.original.chosen() or Original.ELSEWHERE),
            "still_open": OpenMatter(matter) if matter and matter != _SETTLED else None,
        }

        def save() -> Saved:
            if delivery is not None:
                made = contacts.order(office, person, NewPurchase(amount=cost, **bought), delivery)
            else:
                made = contacts.purchase(office, person, cost, **bought)
            change = changes.last_of(office, made)
            numbers = [delivery.phone] if delivery is not None and delivery.phone else []
            odd = people.doubts((), numbers, office.shop.country)
            return Saved(person, () if change is None else (change,), M("The order is entered."), odd)

        return save

    def _make_order(self, today: date) -> None:
        self.what = Field(self.say(M("What was ordered?")), check=self._described)
        self.amount = Field(self.say(M("Amount in {currency}", currency=self._currency.code)), check=self._costs)
        self.amount.edit.setPlaceholderText(self.desk.words.money(Money(64000, self._currency.code)))
        self.day = DayField(self.say(M("Ordered on")), now=today, latest=today)
        self.day.set_date(today)
        self.invoice = Field(self.say(M("Invoice number")), optional=True)
        self._open_part, self.still_open = self._chips(
            M("Is anything still open?"),
            {_SETTLED: M("No"), OpenMatter.INVOICE: M("Invoice not paid"), OpenMatter.VOUCHER: M("Voucher not used")},
        )
        self._original_part, self.original = self._chips(
            M("Where is the original invoice kept?"),
            {Original.ELSEWHERE: M("Elsewhere"), Original.HERE: M("Here")},
        )
        self.hold(what=self.what, amount=self.amount, day=self.day, invoice=self.invoice)
        self.hold(still_open=self.still_open, original=self.original)

    def _make_delivery(self, today: date) -> None:
        self.deliver = CheckBox(self.say(M("Deliver it to somebody else")))
        told = M("Used for this delivery only, never for advertising, and gone 90 days after it.")
        self.to = Field(self.say(M("Who gets it?")), check=self._gets_it, hint=self.say(told))
        self.on = DayField(self.say(M("On which day?")), now=today, earliest=today)
        self.address = Field(self.say(M("Where to?")), optional=True)
        self.phone = DoubtField(self.desk, self.say(M("Their phone number")), self._odd_number, optional=True)
        self.card = Field(self.say(M("Text on the card")), optional=True, multiline=True)
        self._delivery = boxed(
            column(
                beside(self.to, self.on, stretch=(3, 2)),
                beside(self.address, self.phone, stretch=(3, 2)),
                self.card,
                space=SPACE_3,
            )
        )
        self._delivery.hide()
        self.deliver.toggled.connect(self._delivery.setVisible)
        self.hold(deliver=self.deliver, to=self.to, on=self.on, address=self.address, phone=self.phone, card=self.card)

    def _chips(self, text: M, options: dict[str, M]) -> tuple[QWidget, ChipRow]:
        """Chips of which the first is usual."""
        said = self.say(text)
        chips = ChipRow(
            [(key, self.say(option)) for key, option in options.items()], name=said, chosen=next(iter(options))
        )
        return named(said, chips), chips

    def _typed_delivery(self) -> NewDelivery | None:
        day = self.on.date()
        if not self.deliver.isChecked() or day is None:
            return None
        return NewDelivery(
            name=self.to.text(),
            deliver_on=day,
            address=self.address.text() or None,
            phone=self.phone.text() or None,
            card_text=self.card.text() or None,
        )

    def _described(self, text: str) -> str | None:
        return None if text else self.say(M("Please say in a few words what was ordered."))

    def _costs(self, text: str) -> str | None:
        if amount(text, self._currency) is not None:
            return None
        return self.say(M("Please write the amount like {example}.", example=Money(64000, self._currency.code)))

    def _odd_number(self, text: str) -> M | None:
        return editing.check_phone(text, self.desk.office.shop.country)

    def _gets_it(self, text: str) -> str | None:
        return None if text else self.say(M("Please say who gets the delivery."))
