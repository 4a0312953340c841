"""The list of contacts: its order, its chips, its rows, and what typing finds."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from desktop_crm.host.ids import id_text
from desktop_crm.records.contact import Contact, Stage
from desktop_crm.records.declare import Basis
from desktop_crm.records.purchase import OpenMatter
from desktop_crm.records.request import RequestKind
from desktop_crm.services import consents, contacts, entries, importing, listing, purposes, requests, retention
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.listing import Chip, PeopleOrder
from desktop_crm.services.office import Office
from desktop_crm.services.signs import Tone
from desktop_crm.words import M, Money, Words
from tests.privacy.shop import TickingClock

Add = Callable[..., bytes]


@pytest.fixture
def add(office: Office) -> Add:
    def add(name: str, **fields: object) -> bytes:
        return contacts.add(office, NewContact(name=name, emails=(f"{abs(hash(name))}@x.example",), **fields))  # type: ignore[arg-type]

    return add


def line(office: Office, person: bytes) -> str:
    (row,) = listing.rows(office, [person])
    return row.line if isinstance(row.line, str) else Words("en", "Europe/Berlin").say(row.line)


def tag(office: Office, person: bytes) -> tuple[str, Tone] | None:
    (row,) = listing.rows(office, [person])
    return (row.tag.text.text, row.tag.tone) if row.tag else None


def number(office: Office, key: str) -> int:
    return {chip.key: chip.number for chip in listing.chip_counts(office)}[key]


def test_the_packed_order_knows_who_stands_where() -> None:
    people = [bytes([n]) * 16 for n in range(5)]
    order = PeopleOrder(b"".join(people[:3]))
    order.append(b"".join(people[3:]))
    assert len(order) == 5
    assert list(order) == people
    assert [order.index_of(person) for person in people] == [0, 1, 2, 3, 4]
    assert order.ids(3, 9) == people[3:]
    assert order.ids(-2, 1) == people[:1]
    assert order.index_of(b"\xff" * 16) is None
    for place in (-1, 5):
        with pytest.raises(IndexError):
            order.id_at(place)


def test_an_id_that_only_appears_across_two_others_is_not_found() -> None:
    order = PeopleOrder(b"a" * 8 + b"b" * 16 + b"c" * 8)
    assert order.index_of(b"b" * 16) is None


def test_everybody_is_listed_by_name_and_handed_over_in_pieces(office: Office, add: Add) -> None:
    eva, anna = add("Eva"), add("Anna")
    pieces: list[bytes] = []
    order = listing.order(office, on_chunk=pieces.append)
    assert list(order) == [anna, eva]
    assert b"".join(pieces) == anna + eva


def test_reading_the_order_ends_when_nobody_wants_it_any_more(office: Office, add: Add) -> None:
    add("Eva")

    def stop(_: bytes) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        listing.order(office, on_chunk=stop)
    assert len(listing.order(office)) == 1


def test_a_chip_leaves_those_who_were_never_asked(office: Office, add: Add) -> None:
    eva, anna = add("Eva"), add("Anna")
    consents.give(office, eva, "photos", refused=True)
    assert list(listing.order(office, Chip.NEVER_ASKED)) == [anna]
    assert number(office, Chip.NEVER_ASKED) == 1
    purposes.use(office, ["newsletter"])
    assert list(listing.order(office, Chip.NEVER_ASKED)) == [anna, eva], "nobody asks for photos any more"


def test_a_chip_leaves_those_of_whom_something_waits(office: Office, add: Add, clock: TickingClock) -> None:
    add("Eva")
    clock.to(date(2036, 1, 1))
    anna = add("Anna")
    retention.run(office, clock_is_right=True)
    waiting = list(listing.order(office, Chip.TIDY_UP))
    assert len(waiting) == number(office, Chip.TIDY_UP) == 1
    assert anna not in waiting
    assert tag(office, waiting[0]) == ("Tidy-up", Tone.VIOLET)


def test_a_chip_leaves_those_without_a_reason(office: Office, add: Add) -> None:
    eva = add("Eva", basis=Basis.UNSORTED)
    add("Anna")
    assert list(listing.order(office, Chip.REASON_MISSING)) == [eva]
    assert tag(office, eva) == ("Reason missing", Tone.NEUTRAL)


def test_a_label_is_a_chip_of_its_own(office: Office, add: Add) -> None:
    eva, anna, otto = add("Eva"), add("Anna"), add("Otto")
    entries.tag(office, [otto, eva], "Stammkundschaft")
    chip = listing.chip_counts(office)[-1]
    assert (chip.text, chip.number) == ("Stammkundschaft", 2)
    assert list(listing.order(office, chip.key)) == [eva, otto]
    assert list(listing.order(office, f"{listing.LABEL}{id_text(anna)}")) == []


def test_there_is_no_other_chip(office: Office) -> None:
    with pytest.raises(ValueError, match="unknown"):
        listing.order(office, "unknown")


def test_a_row_says_the_company_or_what_was_bought_or_where_somebody_stands(office: Office, add: Add) -> None:
    eva, anna, otto = add("Eva", company="Hotel Lindenhof"), add("Anna"), add("Otto", stage=Stage.SUPPLIER)
    contacts.change(office, eva, {"job_title": "Empfang"})
    contacts.purchase(office, anna, Money(1, "EUR"), bought_on=date(2026, 1, 1), description="Alt")
    assert line(office, otto) == "supplier"
    assert line(office, eva) == "Hotel Lindenhof, Empfang"
    assert line(office, anna) == "Alt"
    contacts.purchase(office, anna, Money(1, "EUR"), bought_on=date(2026, 11, 1), description="Hochzeitsblumen")
    contacts.note(office, anna, "war da")
    assert line(office, anna) == "Hochzeitsblumen · last contact: today"
    contacts.note(office, otto, "rief an")
    assert line(office, otto) == "Last contact: today"


def test_a_note_that_a_list_brought_in_is_no_contact_of_today(office: Office, tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("Name;Mail;Notes\nAnna Eins;anna@eins.example;likes roses\n", encoding="utf-8")
    importing.bring_in(office, path, importing.order_for(importing.OrderReason.BUY, "Our own list"))
    (anna,) = listing.search(office, "anna")
    assert contacts.show(office, anna).interactions
    assert "today" not in line(office, anna)
    contacts.note(office, anna, "was here")
    assert line(office, anna) == "Last contact: today"


def test_an_open_invoice_stands_in_the_row(office: Office, add: Add) -> None:
    eva = add("Eva")
    day = date(2026, 11, 1)
    contacts.purchase(
        office, eva, Money(1, "EUR"), bought_on=day, description="Büropflanzen", still_open=OpenMatter.INVOICE
    )
    assert line(office, eva) == "Büropflanzen · invoice not paid yet"


def test_a_row_bears_one_sign_and_a_request_is_the_most_urgent(office: Office, add: Add) -> None:
    eva = add("Eva", basis=Basis.UNSORTED)
    requests.register(office, eva, RequestKind.ERASURE, received_on=date(2026, 11, 20))
    assert tag(office, eva) == ("Erasure due", Tone.WARNING)
    first = requests.register(office, eva, RequestKind.ACCESS, received_on=date(2026, 11, 10))
    assert tag(office, eva) == ("Copy due", Tone.WARNING), "of two, the one that is due first"
    requests.close(office, first)
    assert tag(office, eva) == ("Erasure due", Tone.WARNING)


def test_rows_come_in_the_order_they_were_asked_for(office: Office, add: Add) -> None:
    eva, anna = add("Eva"), add("Anna")
    assert [row.name for row in listing.rows(office, [eva, office.new_id(), anna])] == ["Eva", "Anna"]
    assert listing.rows(office, []) == []


def test_typing_finds_those_first_whose_name_begins_so(office: Office, add: Add) -> None:
    later, first, other = add("Lucas Brandt"), add("Łucja Kowalska"), add("Anna Luc")
    assert listing.search(office, "luc") == [later, first, other]
    assert listing.search(office, "Łucja K") == [first]
    assert listing.search(office, "lucia kowalska") == [first], "a near miss"
    assert listing.search(office, "luc", limit=2) == [later, first]


def test_typing_finds_by_note_and_phone_but_only_contacts(office: Office) -> None:
    eva = contacts.add(office, NewContact(name="Eva", phones=("0151 2345 678",)))
    contacts.note(office, eva, "weiße Lilien")
    contacts.deliver(office, eva, name="Lilienthal", deliver_on=date(2026, 12, 1))
    assert listing.search(office, "lilien") == [eva]
    assert listing.search(office, "0151 23") == [eva]
    assert listing.search(office, id_text(eva)) == [eva]


@pytest.mark.parametrize("text", ["", "  ", "!", "zzzz", "00000000-0000-0000-0000-000000000000"])
def test_what_means_nobody_finds_nobody(office: Office, add: Add, text: str) -> None:
    add("Eva")
    assert listing.search(office, text) == []


def test_names_of_erased_people_are_not_known(office: Office, add: Add) -> None:
    eva = add("Eva")
    contacts.deliver(office, eva, name="Gerda", deliver_on=date(2026, 12, 1))
    names = office.read(lambda reading: listing.names_of(reading, [eva, office.new_id()]))
    assert names == {eva: "Eva"}


def test_what_the_list_shows_is_no_look_at_a_record(office: Office, add: Add) -> None:
    eva = add("Eva")
    before = office.read(lambda reading: reading.count(Contact))
    row = listing.rows(office, [eva])[0]
    assert repr(row) != row.name
    assert "Eva" not in repr(row)
    assert before == 1
    assert isinstance(row.line, M)
