"""People are added, found and opened; what cannot be stored is refused in words, and no value leaks in an error."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.host.ids import id_text
from desktop_crm.records.contact import Contact, Stage
from desktop_crm.records.declare import Basis
from desktop_crm.records.retention import RetentionAnswer
from desktop_crm.services import consents, contacts, importing, retention
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.office import Office
from desktop_crm.words import Money, Problem

BAD = ["Geheimname\ud800", "Geheimname\0"]


@pytest.fixture
def person(office: Office) -> bytes:
    return contacts.add(
        office,
        NewContact(name="Łucja Kowalska-Hofmann", emails=("lucja@kowalska.example",), phones=("0341 1234567",)),
    )


@pytest.mark.parametrize(
    "new",
    [
        NewContact(name=""),
        NewContact(name="Anna"),
        NewContact(name="  ", emails=("a@x.example",)),
        NewContact(name="Anna", emails=("  ",), phones=("",), address=" "),
    ],
)
def test_a_name_and_one_way_to_reach_are_needed(office: Office, new: NewContact) -> None:
    with pytest.raises(Problem):
        contacts.add(office, new)
    assert office.read(lambda reading: reading.count(Contact)) == 0


@pytest.mark.parametrize("reach", [{"emails": ("a@x.example",)}, {"phones": ("1",)}, {"address": "Weg 1"}])
def test_a_name_and_one_way_to_reach_are_enough(office: Office, reach: dict[str, Any]) -> None:
    assert contacts.add(office, NewContact(name="Anna", **reach))


def test_the_same_person_is_not_added_twice(office: Office, person: bytes) -> None:
    for again in (
        NewContact(name="lucja kowalska-hofmann", emails=("LUCJA@kowalska.example",)),
        NewContact(name="ŁUCJA KOWALSKA-HOFMANN", phones=("+49 341 1234567",)),
    ):
        with pytest.raises(Problem):
            contacts.add(office, again)
    assert contacts.add(office, NewContact(name="Piet Kowalski", emails=("lucja@kowalska.example",))) != person


@pytest.mark.parametrize(
    "text",
    [
        *("lucja", "Łucja", "LUCJA KOW", "kowalska hofm", "lucja@kowalska", "0341 123", "+493411234567"),
        *("lucka", "kowalksa", "hofman"),
    ],
)
def test_a_person_is_found_as_one_types(office: Office, person: bytes, text: str) -> None:
    assert [found.id for found in contacts.find(office, text)] == [person]


@pytest.mark.parametrize("text", ["", "  ", '"', "*", "NEAR(", "a OR", "-", "'; DROP TABLE contact", "\0", "\ud800"])
def test_odd_searches_find_nobody_and_break_nothing(office: Office, person: bytes, text: str) -> None:
    assert contacts.find(office, text) == []
    assert contacts.show(office, person).contact.name == "Łucja Kowalska-Hofmann"


def test_a_person_is_found_by_number_and_email(office: Office, person: bytes) -> None:
    assert contacts.who_is(office, id_text(person)) == person
    assert contacts.who_is(office, " LUCJA@KOWALSKA.example ") == person
    assert [found.id for found in contacts.find(office, id_text(person))] == [person]
    for nobody in (id_text(office.new_id()), "x@y.example", ""):
        with pytest.raises(Problem):
            contacts.who_is(office, nobody)


def test_an_email_of_several_people_means_none_of_them(office: Office, person: bytes) -> None:
    assert person
    contacts.add(office, NewContact(name="Piet", emails=("lucja@kowalska.example",)))
    with pytest.raises(Problem):
        contacts.who_is(office, "lucja@kowalska.example")


def test_a_changed_name_is_found_and_the_old_one_is_not(office: Office, person: bytes) -> None:
    contacts.change(office, person, {"name": "Nora Zimmer"})
    assert [found.id for found in contacts.find(office, "Zimmer")] == [person]
    assert contacts.find(office, "kowalska-hofmann") == []
    shown = contacts.show(office, person).contact
    assert (shown.name, shown.sort_name) == ("Nora Zimmer", "nora zimmer")
    assert shown.changed_at is not None


def test_a_purchase_makes_a_customer_of_a_lead_alone(office: Office, person: bytes) -> None:
    contacts.purchase(office, person, Money(100, "EUR"), bought_on=date(2026, 1, 1))
    assert contacts.show(office, person).contact.stage is Stage.CUSTOMER
    supplier = contacts.add(office, NewContact(name="Lief", phones=("1",), stage=Stage.SUPPLIER))
    contacts.purchase(office, supplier, Money(100, "EUR"), bought_on=date(2026, 1, 1))
    assert contacts.show(office, supplier).contact.stage is Stage.SUPPLIER


def test_a_mistyped_year_does_not_keep_a_person_for_ever(office: Office, person: bytes) -> None:
    """The clock of a contact counts what happened, and nothing happened later than today."""
    contacts.purchase(office, person, Money(100, "EUR"), bought_on=date(2062, 11, 21))
    contacts.note(office, person, "Termin", happened_at=datetime(2030, 1, 1, tzinfo=UTC))
    assert contacts.show(office, person).contact.last_activity_on == date(2026, 11, 21)


Attempt = Callable[[Office, bytes, str, Path], object]
ATTEMPTS: dict[str, Attempt] = {
    "name": lambda o, _p, bad, _f: contacts.add(o, NewContact(name=bad, phones=("1",))),
    "email": lambda o, _p, bad, _f: contacts.add(o, NewContact(name="Anna", emails=(bad,))),
    "phone": lambda o, _p, bad, _f: contacts.add(o, NewContact(name="Anna", phones=(bad,))),
    "company": lambda o, _p, bad, _f: contacts.add(o, NewContact(name="Anna", phones=("1",), company=bad)),
    "birthday": lambda o, _p, bad, _f: contacts.add(o, NewContact(name="Anna", phones=("1",), birthday=bad)),
    "language": lambda o, _p, bad, _f: contacts.add(o, NewContact(name="Anna", phones=("1",), language=bad)),
    "change": lambda o, p, bad, _f: contacts.change(o, p, {"nickname": bad}),
    "note": lambda o, p, bad, _f: contacts.note(o, p, bad),
    "invoice": lambda o, p, bad, _f: contacts.purchase(
        o, p, Money(1, "EUR"), bought_on=date(2026, 1, 1), invoice_no=bad
    ),
    "card": lambda o, p, bad, _f: contacts.deliver(o, p, name="G", deliver_on=date(2026, 12, 1), card_text=bad),
    "evidence": lambda o, p, bad, _f: consents.give(o, p, "newsletter", evidence=bad),
    "reason": lambda o, _p, bad, _f: retention.decide(o, [o.new_id()], RetentionAnswer.KEEP, reason=bad),
    "source": lambda o, _p, bad, f: importing.bring_in(o, f, importing.ImportOrder(bad, Basis.CONTRACT)),
}


@pytest.mark.parametrize("bad", BAD, ids=["surrogate", "nul"])
@pytest.mark.parametrize("name", ATTEMPTS)
def test_what_no_file_can_hold_is_refused_in_words(
    office: Office, person: bytes, tmp_path: Path, name: str, bad: str
) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("Name,Email\nAnna,a@x.example\n", encoding="utf-8")
    with pytest.raises(Problem) as refused:
        ATTEMPTS[name](office, person, bad, listed)
    told = "".join(traceback.format_exception(refused.value))
    assert "Geheimname" not in told + repr(refused.value) + str(refused.value.args)


@pytest.mark.parametrize("field", ["id", "batch_id", "created_at", "sort_name", "last_activity_on", "gone"])
def test_only_a_persons_own_fields_can_be_changed(office: Office, person: bytes, field: str) -> None:
    before = contacts.show(office, person).contact
    with pytest.raises((KeyError, ValueError)):
        contacts.change(office, person, {field: None})
    assert contacts.show(office, person).contact == before


def test_nothing_is_written_about_nobody(office: Office) -> None:
    nobody = office.new_id()
    for attempt in (
        lambda: contacts.note(office, nobody, "x"),
        lambda: contacts.purchase(office, nobody, Money(1, "EUR"), bought_on=date(2026, 1, 1)),
        lambda: contacts.deliver(office, nobody, name="G", deliver_on=date(2026, 1, 1)),
        lambda: contacts.change(office, nobody, {"nickname": "x"}),
        lambda: contacts.show(office, nobody),
    ):
        with pytest.raises(Problem):
            attempt()
