"""What was entered can be corrected and taken out, unless a law or somebody's request stands against it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.purchase import OpenMatter, Original, Purchase
from desktop_crm.records.retention import RetentionItem
from desktop_crm.records.tag import ContactTag, Tag
from desktop_crm.services import access, contacts, entries, retention
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.office import Office
from desktop_crm.words import Money, Problem
from tests.privacy.shop import TickingClock

DAY = date(2026, 11, 20)


@pytest.fixture
def person(office: Office) -> bytes:
    return contacts.add(office, NewContact(name="Łucja Kowalska", emails=("lucja@kowalska.example",)))


def buy(office: Office, person: bytes, day: date = DAY, original: Original = Original.ELSEWHERE) -> bytes:
    voucher = OpenMatter.VOUCHER
    return contacts.purchase(office, person, Money(1, "EUR"), bought_on=day, original=original, still_open=voucher)


def test_an_open_matter_is_settled(office: Office, person: bytes) -> None:
    key = buy(office, person)
    assert [p.still_open for p in contacts.show(office, person).purchases] == [OpenMatter.VOUCHER]
    entries.settle(office, key)
    assert [p.still_open for p in contacts.show(office, person).purchases] == [None]


def test_an_original_invoice_stays_as_long_as_the_law_demands(
    office: Office, clock: TickingClock, person: bytes
) -> None:
    key = buy(office, person, original=Original.HERE)
    with pytest.raises(Problem, match="law"):
        entries.remove_purchase(office, key)
    assert office.read(lambda r: r.count(Purchase)) == 1
    clock.to(date(2040, 1, 1))
    entries.remove_purchase(office, key)
    assert office.read(lambda r: r.count(Purchase)) == 0


def test_whoever_gets_a_delivery_and_asked_about_it_is_erased_as_a_person(
    office: Office, person: bytes, tmp_path: Path
) -> None:
    key = contacts.deliver(office, person, name="Gerda", deliver_on=DAY)
    access.access_report(office, key, tmp_path / "out")
    with pytest.raises(Problem, match="asked"):
        entries.remove_delivery(office, key)
    assert office.read(lambda r: r.count(DeliveryRecipient)) == 1


def test_what_is_taken_out_waits_no_longer_for_a_yes(office: Office, clock: TickingClock, person: bytes) -> None:
    key = contacts.note(office, person, "alt")
    clock.to(date(2029, 12, 1))
    retention.run(office, clock_is_right=True)
    assert key in {i.row_id for i in office.read(lambda r: r.find(RetentionItem))}
    entries.remove_note(office, key)
    assert key not in {i.row_id for i in office.read(lambda r: r.find(RetentionItem))}


@pytest.mark.parametrize("text", ["", "  ", "x\0"])
def test_a_note_is_not_emptied(office: Office, person: bytes, text: str) -> None:
    key = contacts.note(office, person, "weiß")
    with pytest.raises(Problem):
        entries.change_note(office, key, text)
    assert [i.text for i in office.read(lambda r: r.find(Interaction))] == ["weiß"]


def test_a_label_is_put_on_several_people_at_once_and_goes_with_the_last(office: Office, person: bytes) -> None:
    other = contacts.add(office, NewContact(name="Piet", phones=("1",)))
    entries.tag(office, [person, other, person], " Hochzeit ")
    entries.tag(office, [other], "HOCHZEIT")
    assert office.read(lambda r: sorted(t.contact_id for t in r.find(ContactTag))) == sorted([person, other])
    assert office.read(lambda r: [t.name for t in r.find(Tag)]) == ["Hochzeit"]
    entries.untag(office, [person], "hochzeit")
    assert contacts.show(office, other).tags == ("Hochzeit",)
    entries.untag(office, [person, other], "Hochzeit")
    assert office.read(lambda r: r.count(Tag) + r.count(ContactTag)) == 0


def test_a_label_for_nobody_leaves_nothing(office: Office, person: bytes) -> None:
    assert entries.tag(office, [], "Hochzeit") is None
    with pytest.raises(Problem):
        entries.tag(office, [person], " ")
    with pytest.raises(Problem):
        entries.tag(office, [person, office.new_id()], "Hochzeit")
    assert office.read(lambda r: r.count(Tag) + r.count(ContactTag)) == 0


GONE: list[Callable[[Office, bytes], object]] = [
    entries.remove_note,
    entries.remove_purchase,
    entries.remove_delivery,
    entries.settle,
    lambda office, key: entries.change_note(office, key, "x"),
]


@pytest.mark.parametrize("attempt", GONE)
def test_what_is_not_there_any_more_is_told_as_such(office: Office, attempt: Callable[[Office, bytes], object]) -> None:
    with pytest.raises(Problem, match="not there"):
        attempt(office, office.new_id())
