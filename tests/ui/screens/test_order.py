"""The order form, by keyboard on a real customer file: an amount is exact, and an order goes in whole or not at all."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.purchase import OpenMatter, Purchase
from desktop_crm.services import contacts
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Writing
from desktop_crm.ui.forms.happenings import open_order
from desktop_crm.ui.forms.order import OrderForm, amount
from desktop_crm.ui.widgets.field import Field
from desktop_crm.ui.widgets.sheet import Overlay
from desktop_crm.words import M, Money, Problem
from desktop_crm.words.amounts import currency_of
from tests.ui.screens.conftest import AtDesk

EURO, POUND, DOLLAR = currency_of("DE", "de_DE"), currency_of("GB", "en_GB"), currency_of("AU", "en_GB")


@pytest.fixture
def person(office: Office) -> bytes:
    return contacts.add(office, contacts.NewContact(name="Anna Berg", emails=("anna@berg.example",)))


@pytest.fixture
def form(at_desk: AtDesk, person: bytes) -> OrderForm:
    at_desk.put(QWidget())
    open_order(at_desk.desk, person)
    at_desk.calm()
    shown = Overlay.top(at_desk.window)
    assert isinstance(shown, OrderForm)
    return shown


def fill(field: Field, text: str) -> None:
    field.set_text("")
    QTest.keyClicks(field.edit, text)


def deliver_to(form: OrderForm, name: str, day: str = "24.12.2026") -> None:
    form.deliver.click()
    fill(form.to, name)
    fill(form.on, day)


def save(at_desk: AtDesk, form: OrderForm) -> None:
    form.save_button.click()
    at_desk.calm()


def bought(office: Office) -> list[tuple[str | None, int]]:
    return [(p.description, p.amount_minor) for p in office.read(lambda reading: reading.find(Purchase))]


def test_an_order_with_its_delivery_is_entered_and_undone_together(
    at_desk: AtDesk, form: OrderForm, office: Office, person: bytes
) -> None:
    fill(form.what, "Bouquet")
    fill(form.amount, "1.640,00")
    form.still_open.chip(OpenMatter.INVOICE).click()
    form.deliver.click()
    save(at_desk, form)
    assert form.to.edit.hasFocus()
    fill(form.to, "Gasthof Lindenhof")
    fill(form.on, "24.12.2026")
    save(at_desk, form)
    shown = contacts.show(office, person)
    one = shown.purchases[0]
    assert (one.amount_minor, one.currency, one.still_open) == (164000, "EUR", OpenMatter.INVOICE)
    assert [(d.name, d.deliver_on) for d in shown.deliveries] == [("Gasthof Lindenhof", date(2026, 12, 24))]
    undo = at_desk.shell.toasts[-1][1]
    assert undo is not None
    undo()
    at_desk.calm()
    assert bought(office) == []
    assert contacts.show(office, person).deliveries == ()


def test_an_odd_number_for_the_delivery_is_remarked_on_and_saved_as_typed(
    at_desk: AtDesk, form: OrderForm, office: Office, person: bytes
) -> None:
    fill(form.what, "Bouquet")
    fill(form.amount, "12,00")
    deliver_to(form, "Gerda Lindner")
    fill(form.phone, "xyz")
    form.to.edit.setFocus()
    form.phone.edit.setFocus()
    form.to.edit.setFocus()
    at_desk.calm()
    assert "does not look like a phone number" in form.phone.edit.accessibleDescription()
    save(at_desk, form)
    assert [one.phone for one in contacts.show(office, person).deliveries] == ["xyz"]
    assert "A phone number does not look right" in at_desk.shell.toasts[-1][0]


def test_what_was_corrected_after_saving_failed_is_what_is_stored(
    at_desk: AtDesk, form: OrderForm, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(form.what, "Roses")
    fill(form.amount, "640,00")
    deliver_to(form, "Gasthof Lindenhof")
    insert = Writing.insert

    def full(writing: Writing, row: object) -> None:
        if isinstance(row, DeliveryRecipient):
            raise Problem(M("The disk is full."))
        insert(writing, row)

    with monkeypatch.context() as broken:
        broken.setattr(Writing, "insert", full)
        save(at_desk, form)
    assert len(at_desk.shell.problems) == 1
    assert {"Roses", "640,00", "Gasthof Lindenhof"} <= set(at_desk.shell.typed[0].split("\n"))
    assert bought(office) == []
    fill(form.what, "Tulips")
    fill(form.amount, "64,00")
    save(at_desk, form)
    assert bought(office) == [("Tulips", 6400)]
    assert office.read(lambda reading: reading.count(DeliveryRecipient)) == 1


@pytest.mark.parametrize(
    ("typed", "minor"),
    [("640,00", 64000), ("640.5", 64050), ("1.640,00", 164000), ("1,640.00 €", 164000), ("EUR 12", 1200)],
)
def test_an_amount_is_exact(typed: str, minor: int) -> None:
    assert amount(typed, EURO) == Money(minor, "EUR")


def test_a_shop_writes_its_own_sign() -> None:
    assert amount("£50", POUND) == Money(5000, "GBP")
    assert amount("$ 50", DOLLAR) == amount("A$50", DOLLAR) == amount("50 aud", DOLLAR) == Money(5000, "AUD")


@pytest.mark.parametrize("typed", ["£50", "$ 50", "50 USD", "5€0", "€ 50 €€"])
def test_the_sign_of_another_currency_is_not_taken_for_the_shops_own(typed: str) -> None:
    assert amount(typed, EURO) is None


@pytest.mark.parametrize("typed", ["", "€", "much", "1.640", "12,345", "1,64,00", "6 40,00"])
def test_an_amount_that_could_mean_two_things_is_not_guessed_at(typed: str) -> None:
    assert amount(typed, EURO) is None


@pytest.mark.parametrize("typed", ["0", "0,00", "-5", "-1.640,00"])
def test_an_order_costs_something(at_desk: AtDesk, form: OrderForm, office: Office, typed: str) -> None:
    fill(form.what, "Bouquet")
    fill(form.amount, typed)
    save(at_desk, form)
    assert form.amount.edit.hasFocus()
    assert bought(office) == []
