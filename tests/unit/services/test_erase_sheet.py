"""The erase sheet: what is still running, what lies outside, the name that is typed, and the way back until the end."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_crm.records.change import Change, ChangeValue
from desktop_crm.records.contact import Contact
from desktop_crm.records.erasure import Erasure, ErasurePlace, Ground
from desktop_crm.records.place import PlaceCheck
from desktop_crm.records.purchase import KeptInvoice, OpenMatter, Original
from desktop_crm.records.request import RequestKind
from desktop_crm.services import access, contacts, erasing, keeping, outside, papers, requests, retention
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.services.running import Matter
from desktop_crm.services.tasks import TaskForm, add_task
from desktop_crm.storage.where import eq
from desktop_crm.words import M, Money, Problem, Words
from tests.counting import open_requests, waiting_entries
from tests.privacy.papers import path_of, pdf_text
from tests.privacy.shop import TickingClock

WORDS = Words("en", "Europe/Berlin")
ORDER = ErasureOrder()


@pytest.fixture
def person(office: Office) -> bytes:
    return contacts.add(office, NewContact(name="Łucja Kowalska-Ångström", emails=("lucja@x.example",)))


def there(office: Office) -> int:
    return office.read(lambda reading: reading.count(Contact))


# Still running


def test_nothing_runs_with_somebody_who_only_stands_there(office: Office, person: bytes) -> None:
    shown = erasing.preview(office, person)
    assert (shown.running, shown.wait_until, shown.copy_is_open) == ((), None, False)


def test_what_is_still_running_is_told_with_its_days(office: Office, person: bytes) -> None:
    requests.register(office, person, RequestKind.ACCESS, received_on=date(2026, 11, 3))
    requests.register(office, person, RequestKind.ERASURE, received_on=date(2026, 11, 20))
    contacts.deliver(office, person, name="Gerda", deliver_on=date(2026, 12, 12))
    contacts.deliver(office, person, name="Gerda", deliver_on=date(2026, 11, 20))
    money = Money(100, "EUR")
    contacts.purchase(office, person, money, bought_on=date(2026, 11, 2), still_open=OpenMatter.INVOICE)
    contacts.purchase(office, person, money, bought_on=date(2026, 11, 4), still_open=OpenMatter.VOUCHER)
    contacts.purchase(office, person, money, bought_on=date(2026, 11, 5))
    add_task(office, TaskForm(text="anrufen", person=person, due_on=date(2026, 11, 24)))
    shown = erasing.preview(office, person)
    assert [(one.matter, WORDS.say(one.what)) for one in shown.running] == [
        (Matter.COPY, "the copy asked for on 3 Nov 2026 is not handed over"),
        (Matter.DELIVERY, "delivery on 12 Dec 2026"),
        (Matter.INVOICE, "invoice not paid yet, of 2 Nov 2026"),
        (Matter.VOUCHER, "voucher not used yet, of 4 Nov 2026"),
        (Matter.TASK, "task for 24 Nov 2026"),
    ]
    assert shown.wait_until == date(2026, 12, 14)
    assert shown.asked is not None
    assert shown.asked.due_on == date(2026, 12, 21)


def test_waiting_ends_three_days_before_the_answer_is_due(office: Office, person: bytes, clock: TickingClock) -> None:
    requests.register(office, person, RequestKind.ERASURE, received_on=date(2026, 11, 20))
    contacts.deliver(office, person, name="Gerda", deliver_on=date(2027, 2, 1))
    assert erasing.preview(office, person).wait_until == date(2026, 12, 18)
    clock.to(date(2026, 12, 18))
    assert erasing.preview(office, person).wait_until is None, "no time is left"


def test_what_has_no_day_is_given_a_fortnight(office: Office, person: bytes) -> None:
    money = Money(100, "EUR")
    contacts.purchase(office, person, money, bought_on=date(2026, 11, 2), still_open=OpenMatter.INVOICE)
    assert erasing.preview(office, person).wait_until == date(2026, 12, 5)


def test_a_copy_that_was_asked_for_comes_before_the_erasure(office: Office, person: bytes, tmp_path: Path) -> None:
    number = requests.register(office, person, RequestKind.ACCESS)
    with pytest.raises(Problem, match="not handed over"):
        erasing.erase(office, person, tmp_path, ORDER)
    assert (there(office), erasing.preview(office, person).copy_is_open) == (1, True)
    access.answer(office, number, tmp_path)
    erasing.erase(office, person, tmp_path, ORDER)
    assert there(office) == 0


def test_a_person_may_give_up_the_copy(office: Office, person: bytes, tmp_path: Path) -> None:
    requests.register(office, person, RequestKind.PORTABILITY)
    with pytest.raises(Problem, match="not handed over"):
        erasing.erase(office, person, tmp_path, ORDER)
    erasing.erase(office, person, tmp_path, replace(ORDER, given_up=True))
    assert (there(office), open_requests(office)) == (0, 0)


# What goes, part by part


def test_the_parts_add_up_to_what_the_button_says(office: Office, person: bytes) -> None:
    money = Money(100, "EUR")
    contacts.purchase(office, person, money, bought_on=date(2026, 11, 2))
    contacts.purchase(office, person, money, bought_on=date(2026, 11, 2), invoice_no="118", original=Original.HERE)
    contacts.note(office, person, "Mag Weiß")
    shown = erasing.preview(office, person)
    assert {WORDS.say(what): number for what, number in shown.parts} == {
        "Contact details": 2,
        "Notes and events": 1,
        "Drafts and earlier values": notes_of_undo(office, person),
        "Orders: only the name goes": 1,
    }
    assert sum(number for _, number in shown.parts) == shown.entries
    assert [(stay.until, stay.numbers) for stay in shown.stays] == [(date(2034, 12, 31), ("118",))]


def notes_of_undo(office: Office, person: bytes) -> int:
    """What the undo keeps for 30 days counts among what goes."""
    mine = eq("contact_id", person)
    return office.read(lambda reading: reading.count(Change, mine) + reading.count(ChangeValue, mine))


# The name


@pytest.mark.parametrize(
    "typed",
    ["Łucja Kowalska-Ångström", "lucja kowalska angstrom", "  LUCJA  KOWALSKA-ANGSTROM ", "Lucja KowalskaAngström"],
)
def test_plain_letters_are_enough(office: Office, person: bytes, typed: str) -> None:
    assert erasing.name_matches(office, person, typed)


@pytest.mark.parametrize("typed", ["", " ", "Lucja", "Lucja Kowalski Angstrom", "Kowalska-Ångström Łucja"])
def test_another_name_is_not(office: Office, person: bytes, typed: str) -> None:
    assert not erasing.name_matches(office, person, typed)


@pytest.mark.parametrize("name", ["王小明", "محمد الحسن", "☀☀☀"])
def test_a_name_of_any_script_can_be_typed(office: Office, name: str) -> None:
    who = contacts.add(office, NewContact(name=name, emails=("a@x.example",)))
    assert erasing.name_matches(office, who, name)
    assert not erasing.name_matches(office, who, "☂")


# Outside this program


def test_places_are_a_list_of_ones_own(office: Office, person: bytes) -> None:
    place = outside.add_place(office, " Postfach ")
    with pytest.raises(Problem, match="already"):
        outside.add_place(office, "postfach")
    with pytest.raises(Problem, match="name"):
        outside.add_place(office, "  ")
    outside.rename_place(office, place, "Mailbox")
    outside.tick(office, person, place)
    assert [(one.name, one.done_on) for one in outside.of_person(office, person)] == [("Mailbox", date(2026, 11, 21))]
    outside.remove_place(office, place)
    assert (outside.places(office), office.read(lambda reading: reading.count(PlaceCheck))) == ([], 0)
    with pytest.raises(Problem, match="no such place"):
        outside.tick(office, person, place)


def test_a_tick_can_be_taken_back(office: Office, person: bytes) -> None:
    place = outside.add_place(office, "Postfach")
    outside.tick(office, person, place)
    outside.tick(office, person, place)
    outside.tick(office, person, place, done=False)
    assert [one.done_on for one in outside.of_person(office, person)] == [None]


def test_the_record_names_the_places_that_were_ticked(office: Office, person: bytes, tmp_path: Path) -> None:
    requests.register(office, person, RequestKind.ERASURE, received_on=date(2026, 11, 20))
    done = outside.add_place(office, "Newsletterdienst")
    outside.add_place(office, "Auftragsbuch")
    outside.tick(office, person, done)
    assert [one.done_on is not None for one in erasing.preview(office, person).outside] == [True, False]
    erased = erasing.erase(office, person, tmp_path, ORDER)
    outside.rename_place(office, done, "Später anders")
    again = erasing.erasure_record(office, erased.number, tmp_path / "again")
    for made in (erased.papers, again):
        elsewhere = json.loads(path_of(made, f"{erased.number}.json").read_text(encoding="utf-8"))["elsewhere"]
        assert [(one["where"], one["when"]) for one in elsewhere if one["when"] == "2026-11-21"] == [
            ("Newsletterdienst", "2026-11-21")
        ]
        assert "Auftragsbuch" not in pdf_text(path_of(made, f"erasure-{erased.number}.pdf"))
    assert "Newsletterdienst" in pdf_text(path_of(erased.papers, f"letter-{erased.number}.pdf"))
    assert office.read(lambda reading: reading.count(PlaceCheck)) == 0
    assert ledger_is_whole(office)


def ledger_is_whole(office: Office) -> bool:
    return office.read(lambda reading: erasing.ledger_is_whole(reading, office.ledger_key))


def test_a_place_put_into_the_ledger_later_is_found(office: Office, person: bytes, tmp_path: Path) -> None:
    erasing.erase(office, person, tmp_path, ORDER)
    (entry,) = office.read(lambda reading: reading.find(Erasure))
    made_up = ErasurePlace(id=office.new_id(), erasure_id=entry.id, place="Postfach", done_on=date(2026, 11, 21))
    office.store.write(lambda writing: writing.insert(made_up))
    assert not ledger_is_whole(office)


def test_the_register_tells_on_which_day_the_erasure_was_asked_for(
    office: Office, person: bytes, tmp_path: Path
) -> None:
    requests.register(office, person, RequestKind.ERASURE, received_on=date(2026, 11, 16))
    erasing.erase(office, person, tmp_path, ORDER)
    assert [one.asked_on for one in office.read(lambda reading: reading.find(Erasure))] == [date(2026, 11, 16)]


# Steps, and the way back


def test_the_steps_are_told_in_their_order(office: Office, person: bytes, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    erasing.erase(office, person, tmp_path, ORDER, tell=lambda at, of, _: told.append((at, of)))
    assert list(dict.fromkeys(told)) == [(1, 3), (2, 3), (3, 3)]
    assert len(erasing.STEPS) == 3


@pytest.mark.parametrize("call", [1, 2])
def test_who_cancels_in_the_first_step_finds_everything_as_before(
    office: Office, person: bytes, tmp_path: Path, call: int
) -> None:
    told: list[int] = []

    def tell(at: int, _of: int, _what: M) -> None:
        told.append(at)
        if len(told) == call:
            raise Problem(M("Stopped."))

    with pytest.raises(Problem, match="Stopped"):
        erasing.erase(office, person, tmp_path / "out", ORDER, tell=tell)
    assert told == [1] * call
    assert (there(office), office.read(lambda reading: reading.count(Erasure))) == (1, 0)
    assert list((tmp_path / "out").glob("*.pdf")) == []


def test_nobody_cancels_what_is_done(office: Office, person: bytes, tmp_path: Path) -> None:
    def tell(at: int, _of: int, _what: M) -> None:
        if at > 1:
            raise Problem(M("Stopped."))

    erased = erasing.erase(office, person, tmp_path, ORDER, tell=tell)
    assert (there(office), len(erased.papers), erased.searched.pending) == (0, 3, False)


# At the end of a keeping time


def test_the_queue_erases_a_person_and_locks_their_invoice(
    office: Office, person: bytes, tmp_path: Path, clock: TickingClock
) -> None:
    money = Money(100, "EUR")
    contacts.purchase(office, person, money, bought_on=date(2026, 11, 2), invoice_no="118", original=Original.HERE)
    contacts.note(office, person, "Mag Weiß")
    clock.to(date(2030, 1, 2))
    retention.run(office, clock_is_right=True)
    (entries,) = [group for group in keeping.queue_view(office) if group.code == "customer"]
    going = keeping.going(office, [row.item for group in keeping.queue_view(office) for row in group.rows])
    assert (going.people, len(going.entries)) == ((person,), 1)
    assert entries.rows[0].whole_person
    retention.carry_out(office, going.entries)
    erasing.erase(office, person, tmp_path, ErasureOrder(Ground.KEEPING_TIME))
    (locked,) = office.read(lambda reading: reading.find(KeptInvoice))
    assert (locked.invoice_no, locked.kept_until) == ("118", date(2034, 12, 31))
    assert waiting_entries(office) == 0
    assert [(run.erased, run.found) for run in keeping.runs(office)][:2] == [(1, 0), (1, 0)]
    assert [(one.kind, one.again) for one in papers.made(office)] == [(papers.PaperKind.ERASURE, True)]
