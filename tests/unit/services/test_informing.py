"""Who was told how their data is used, and telling those who were not."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_crm.records.contact import Contact, Told
from desktop_crm.records.declare import Basis
from desktop_crm.records.informing import Informing
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Notice
from desktop_crm.services import contacts, importing, informing, locks
from desktop_crm.services.office import Office
from desktop_crm.storage.where import eq
from desktop_crm.words import Problem
from tests.privacy.shop import TickingClock
from tests.unit.services.test_paper_forms import text_of


@pytest.fixture
def person(office: Office) -> bytes:
    return contacts.add(office, contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",), address="Weg 1"))


def new_notice(office: Office, text: str = "Neu\n\nAlles anders") -> None:
    row = Notice(id=office.new_id(), language="de", version=2, text=text, created_at=office.clock.now())
    office.store.write(lambda writing: writing.insert(row))


def names(office: Office, *, earlier: bool = False) -> list[str]:
    return [one.name for one in informing.not_told(office, earlier=earlier)]


def test_telling_somebody_is_kept_and_shown_on_the_contact(office: Office, person: bytes) -> None:
    assert names(office) == ["Eva Muster"]
    informing.tell(office, [person], Told.COUNTER)
    assert names(office) == []
    contact = office.read(lambda reading: reading.get(Contact, person))
    (told,) = office.read(lambda reading: reading.find(Informing, eq("contact_id", person)))
    assert contact
    assert (contact.informed_on, contact.informed_how) == (office.today(), Told.COUNTER)
    notice = office.read(lambda reading: reading.get(Notice, told.notice_id or b""))
    assert notice
    assert notice.version == 1


def test_what_was_told_long_ago_takes_nothing_from_what_was_told_last(office: Office, person: bytes) -> None:
    informing.tell(office, [person], Told.COUNTER)
    informing.tell(office, [person], Told.PAPER, on=date(2020, 1, 1))
    contact = office.read(lambda reading: reading.get(Contact, person))
    old = office.read(lambda reading: reading.find(Informing, eq("told_on", date(2020, 1, 1))))
    assert contact
    assert contact.informed_how is Told.COUNTER
    assert [one.notice_id for one in old] == [None], "there was no notice of ours yet"
    with pytest.raises(Problem):
        informing.tell(office, [person], Told.PAPER, on=office.today() + timedelta(days=1))


def test_the_dead_are_not_told(office: Office) -> None:
    contacts.add(office, contacts.NewContact(name="Opa", emails=("o@x.example",), deceased=True))
    assert informing.counts(office) == informing.UntoldCounts(0, 0)


def test_a_changed_notice_is_told_again(office: Office, person: bytes, clock: TickingClock) -> None:
    informing.tell(office, [person], Told.COUNTER)
    clock.to(office.today() + timedelta(days=10))
    assert names(office, earlier=True) == []
    new_notice(office)
    assert informing.counts(office) == informing.UntoldCounts(0, 1)
    assert names(office, earlier=True) == ["Eva Muster"]
    informing.tell(office, [person], Told.COUNTER)
    assert names(office, earlier=True) == []


def test_of_a_list_people_are_told_within_a_month(office: Office, person: bytes, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name,Email\nAnna Eins,anna@x.example\n", encoding="utf-8")
    importing.bring_in(office, path, importing.ImportOrder("Hochzeitsmesse", Basis.CONTRACT))
    eva, anna = informing.not_told(office)
    assert (eva.from_list, eva.due_on, eva.email, eva.has_address) == (
        False,
        office.today(),
        "eva@muster.example",
        True,
    )
    assert (anna.from_list, anna.due_on, anna.has_address) == (True, date(2026, 12, 21), False)
    mail = informing.notice_mail(office, anna.id)
    assert "Hochzeitsmesse" in mail.text, "where the details are from"
    assert "Hochzeitsmesse" not in informing.notice_mail(office, person).text


def test_letters_are_printed_each_with_its_address_and_noted(office: Office, person: bytes, tmp_path: Path) -> None:
    english = contacts.NewContact(name="Muhammad محمد", emails=("m@x.example",), language="en")
    other = contacts.add(office, english)
    made = informing.print_notices(office, [person, other], tmp_path)
    paper = text_of(made.paper.path)
    assert made.number == 2
    assert "Weg 1" in paper
    assert paper.count("Wie Blumen Weber Ihre Daten nutzt") == 1
    assert paper.count("How Blumen Weber uses your data") == 1
    assert "Muster" not in made.paper.path.name
    assert names(office) == []
    with pytest.raises(Problem):
        informing.print_notices(office, [], tmp_path)


def test_the_notice_for_the_counter_names_nobody(office: Office, tmp_path: Path) -> None:
    paper = text_of(informing.print_notice(office, tmp_path, language="en").path)
    assert "How Blumen Weber uses your data" in paper
    assert "version 1" in paper


def test_without_an_address_there_is_no_mail(office: Office) -> None:
    person = contacts.add(office, contacts.NewContact(name="Nur Telefon", phones=("0341 555 0123",)))
    with pytest.raises(Problem):
        informing.notice_mail(office, person)


def test_a_wish_to_be_left_alone_is_obeyed_by_letter_and_mail(office: Office, tmp_path: Path) -> None:
    both = contacts.NewContact(name="Eva Muster", emails=("eva@muster.example", "work@muster.example"), address="Weg 1")
    person = contacts.add(office, both)
    first = informing.notice_mail(office, person).address
    locks.add_wish(office, person, Channel.EMAIL, value=first)
    assert informing.notice_mail(office, person).address not in ("", first)
    locks.add_wish(office, person, Channel.EMAIL)
    with pytest.raises(Problem):
        informing.notice_mail(office, person)
    locks.add_wish(office, person, Channel.POST)
    paper = text_of(informing.print_notices(office, [person], tmp_path).paper.path)
    assert "Eva Muster" in paper
    assert "Weg 1" not in paper
