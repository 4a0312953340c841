"""The page of one contact: everything on it is about this person, and opening it is one look."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.contact import ContactPhone, Stage, Told
from desktop_crm.records.declare import declaration
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.purchase import Original
from desktop_crm.records.request import RequestKind
from desktop_crm.records.retention import RetentionAnswer
from desktop_crm.services import consents, contacts, record_page, requests, retention, tasks
from desktop_crm.services.office import Office
from desktop_crm.services.record_page import DetailKind, RecordPage
from desktop_crm.services.signs import Tone
from desktop_crm.services.timeline import Entry, Kind
from desktop_crm.storage.where import eq
from desktop_crm.words import Money, Problem, Words
from tests.privacy.shop import TickingClock

WORDS = Words("en", "Europe/Berlin")


@pytest.fixture
def person(office: Office) -> bytes:
    new = contacts.NewContact(
        name="Łucja Kowalska",
        emails=("lucja@example.com",),
        phones=("+49 151 2345 6789",),
        address="Lindenstraße 14",
        birthday="1980-11-23",
        language="pl",
        stage=Stage.CUSTOMER,
        source="Visitenkarte",
        informed_on=date(2024, 5, 12),
        informed_how=Told.COUNTER,
    )
    return contacts.add(office, new)


def said(value: object) -> str:
    return WORDS.value(value)  # type: ignore[arg-type]


def titles(entries: tuple[Entry, ...]) -> list[str]:
    return [said(entry.title) for entry in entries]


def looks(office: Office) -> list[str]:
    return [line.act for line in office.read(lambda reading: reading.find(AuditEntry, order=("seq",)))]


def badges(page: RecordPage) -> dict[str, Tone]:
    return {said(badge.text): badge.tone for badge in page.badges}


def test_opening_is_one_look_and_reading_on_is_the_same(office: Office, person: bytes) -> None:
    before = looks(office)
    page = record_page.open_record(office, person)
    assert looks(office) == [*before, "open_record"]
    assert record_page.read_again(office, person).name == page.name == "Łucja Kowalska"
    record_page.older(office, person, date(2026, 1, 1))
    assert looks(office) == [*before, "open_record"]


def test_nothing_is_read_on_that_was_not_opened_within_a_day(
    office: Office, person: bytes, clock: TickingClock
) -> None:
    for again in (
        lambda: record_page.read_again(office, person),
        lambda: record_page.older(office, person, date(2026, 1, 1)),
    ):
        with pytest.raises(RuntimeError):
            again()
    contacts.show(office, person)
    with pytest.raises(RuntimeError):
        record_page.read_again(office, person)
    record_page.open_record(office, person)
    clock.at += timedelta(hours=25)
    with pytest.raises(RuntimeError):
        record_page.read_again(office, person)


def test_there_is_no_page_of_nobody(office: Office) -> None:
    with pytest.raises(Problem):
        record_page.open_record(office, office.new_id())
    with pytest.raises(Problem):
        record_page.read_again(office, office.new_id())


def test_the_header_says_what_stands_out(office: Office, person: bytes) -> None:
    consents.give(office, person, "newsletter")
    consents.give(office, person, "birthday-card", refused=True)
    number = requests.register(office, person, RequestKind.ACCESS, received_on=date(2026, 11, 3))
    page = record_page.open_record(office, person)
    found = badges(page)
    assert found["Reason: orders"] is Tone.INFO
    assert found["Newsletter: yes"] is Tone.SUCCESS
    assert found["Photos: not asked yet"] is Tone.NEUTRAL
    assert not any("Birthday" in text for text in found)
    assert found["Keep until 2029"] is Tone.VIOLET
    assert found["Copy due in 12 days"] is Tone.WARNING
    assert (page.request, page.request_kind, page.since) == (number, RequestKind.ACCESS, date(2026, 11, 21))


def test_what_was_never_asked_stands_out_once(office: Office, person: bytes) -> None:
    found = badges(record_page.open_record(office, person))
    assert found["3 not asked yet"] is Tone.NEUTRAL
    assert not any(text.endswith(": not asked yet") for text in found)


def test_a_late_answer_is_red(office: Office, person: bytes, clock: TickingClock) -> None:
    requests.register(office, person, RequestKind.ERASURE, received_on=date(2026, 10, 1))
    clock.to(date(2026, 11, 21))
    (late,) = [text for text, tone in badges(record_page.open_record(office, person)).items() if tone is Tone.DANGER]
    assert late == "Erasure due 19 days late"


def test_each_detail_says_why_it_is_held_straight_from_its_declaration(office: Office, person: bytes) -> None:
    details = {one.kind: one for one in record_page.open_record(office, person).details}
    phone = details[DetailKind.PHONE]
    handling = declaration(ContactPhone).column("number").handling
    assert (phone.value, phone.why.purpose, phone.record) == ("+49 151 2345 6789", handling.purpose, "contact_phone")
    assert said(phone.why.source) == "from the person"
    assert "31 Dec 2029" in said(phone.why.keep)
    assert said(details[DetailKind.BIRTHDAY].why.source) == "Visitenkarte"
    assert said(details[DetailKind.ADDRESS].value) == "Lindenstraße 14"
    assert said(details[DetailKind.LANGUAGE].value) == "Polnisch"
    assert said(details[DetailKind.TOLD].value) == "12 May 2024, notice on the counter"
    assert all(one.why.since == date(2026, 11, 21) for one in details.values())


def test_what_happened_and_what_was_said_stands_in_one_line_of_time(
    office: Office, person: bytes, clock: TickingClock
) -> None:
    clock.to(date(2026, 10, 21))
    contacts.note(office, person, "keine Lilien")
    clock.to(date(2026, 10, 28))
    consents.give(office, person, "newsletter")
    clock.to(date(2026, 11, 21))
    contacts.purchase(
        office, person, Money(64000, "EUR"), bought_on=date(2026, 11, 17), description="Strauß", invoice_no="118"
    )
    contacts.deliver(office, person, name="Gerda", deliver_on=date(2026, 10, 30))
    requests.register(office, person, RequestKind.ACCESS, received_on=date(2026, 11, 3))
    page = record_page.open_record(office, person)
    assert titles(page.history.entries) == [
        "Strauß",
        "Asked for a copy of their data",
        "Delivery to Gerda",
        "Said yes: Newsletter per E-Mail",
        "Note",
        "Told how we use data",
    ]
    assert page.history.older is None
    order, request, _, answer, note, told = page.history.entries
    assert said(order.sub) == "Order 118 · €640.00"
    assert said(request.sub) == "at the counter · answer by 3 Dec 2026"
    assert said(answer.sub) == "on the screen in the shop · wording 1 (Deutsch)"
    assert (note.text, note.removable, answer.removable, request.removable) == ("keine Lilien", True, False, False)
    assert told.when == date(2024, 5, 12)


def test_within_a_day_what_was_entered_last_stands_first(office: Office, person: bytes, clock: TickingClock) -> None:
    today = date(2026, 11, 21)
    contacts.note(office, person, "am Morgen")
    contacts.purchase(office, person, Money(1, "EUR"), bought_on=today, description="Strauß")
    contacts.note(office, person, "am Mittag")
    requests.register(office, person, RequestKind.ACCESS)
    clock.to(date(2026, 11, 22))
    contacts.purchase(office, person, Money(1, "EUR"), bought_on=today, description="Nachgetragen")
    shown = record_page.open_record(office, person).history.entries
    assert [entry.text or said(entry.title) for entry in shown[:5]] == [
        "Asked for a copy of their data",
        "am Mittag",
        "Strauß",
        "am Morgen",
        "Nachgetragen",
    ]


def test_planned_things_stand_apart_the_next_one_first(office: Office, person: bytes) -> None:
    tasks.add_task(office, tasks.TaskForm(text="irgendwann", person=person))
    tasks.add_task(office, tasks.TaskForm(text="anrufen", person=person, due_on=date(2026, 11, 26), call=True))
    late = tasks.add_task(office, tasks.TaskForm(text="längst", person=person, due_on=date(2026, 11, 1)))
    contacts.deliver(office, person, name="Gerda", deliver_on=date(2026, 11, 24))
    page = record_page.open_record(office, person)
    assert titles(page.planned) == ["Task: längst", "Delivery to Gerda", "Task: anrufen", "Task: irgendwann"]
    assert (page.planned[0].tone, page.planned[2].icon) == (Tone.WARNING, "phone")
    assert all(entry.planned for entry in page.planned)
    tasks.finish(office, late)
    again = record_page.read_again(office, person)
    assert titles(again.planned)[0] == "Delivery to Gerda"
    assert said(again.history.entries[0].sub) == "done"


def test_an_original_invoice_says_when_the_law_lets_it_go_and_cannot_be_taken_out(
    office: Office, person: bytes
) -> None:
    contacts.purchase(office, person, Money(1, "EUR"), bought_on=date(2026, 11, 1), original=Original.HERE)
    page = record_page.open_record(office, person)
    assert [(said(one.what), one.until) for one in page.keeping] == [
        ("Record", date(2029, 12, 31)),
        ("Invoices", date(2034, 12, 31)),
    ]
    assert [entry.removable for entry in page.history.entries if entry.kind is Kind.PURCHASE] == [False]


def test_a_dispute_is_shown_while_it_lasts(office: Office, person: bytes, clock: TickingClock) -> None:
    clock.to(date(2031, 1, 1))
    retention.run(office, clock_is_right=True)
    waiting = [one.item.id for one in retention.queue(office)]
    retention.decide(office, waiting, RetentionAnswer.HOLD, reason="Streit", until=date(2031, 2, 1))
    assert record_page.open_record(office, person).held
    clock.to(date(2031, 2, 2))
    assert not record_page.open_record(office, person).held


def test_a_long_history_comes_in_whole_days_and_nothing_is_lost_or_doubled(office: Office, person: bytes) -> None:
    rows = [
        Interaction(
            id=office.new_id(),
            contact_id=person,
            happened_at=datetime(2026, 11, 20, 12, tzinfo=UTC) - timedelta(hours=5 * n),
            text=str(n),
            actor="owner",
            created_at=office.clock.now(),
        )
        for n in range(200)
    ]
    office.store.write(lambda writing: writing.insert_many(Interaction, rows))
    for day in (3, 3, 3, 30):
        contacts.purchase(office, person, Money(1, "EUR"), bought_on=date(2026, 10, day))
    page = record_page.open_record(office, person).history
    seen, pages = list(page.entries), 1
    while page.older is not None:
        assert all(_day(entry) >= page.older for entry in page.entries)
        page = record_page.older(office, person, page.older)
        assert page.entries
        seen, pages = [*seen, *page.entries], pages + 1
    notes = [entry.text for entry in seen if entry.kind is Kind.NOTE]
    assert pages > 2
    assert notes == [str(n) for n in range(200)]
    assert sum(entry.kind is Kind.PURCHASE for entry in seen) == 4
    assert sum(entry.kind is Kind.TOLD for entry in seen) == 1
    days = [_day(entry) for entry in seen]
    assert days == sorted(days, reverse=True)


def _day(entry: Entry) -> date:
    assert entry.when
    return entry.when.astimezone(ZoneInfo(WORDS.zone)).date() if isinstance(entry.when, datetime) else entry.when


def test_more_on_one_day_than_is_read_at_once_stays_together(office: Office, person: bytes) -> None:
    at = datetime(2026, 11, 20, 12, tzinfo=UTC)
    made = {"contact_id": person, "happened_at": at, "actor": "owner", "created_at": at}
    rows = [Interaction(id=office.new_id(), text=str(n), **made) for n in range(150)]  # type: ignore[arg-type]
    office.store.write(lambda writing: writing.insert_many(Interaction, rows))
    page = record_page.open_record(office, person).history
    assert sum(entry.kind is Kind.NOTE for entry in page.entries) == 150
    assert page.older == date(2026, 11, 20)
    assert titles(record_page.older(office, person, page.older).entries) == ["Told how we use data"]


def test_all_that_is_held_is_shown_with_every_value(office: Office, person: bytes) -> None:
    contacts.note(office, person, "keine Lilien")
    consents.give(office, person, "newsletter", evidence="Ordner 3")
    held = record_page.what_we_hold(office, person)
    values = {value for section in held for entry in section.entries for _, value in entry.facts}
    assert {"Łucja Kowalska", "lucja@example.com", "keine Lilien", "Ordner 3", "23.11.1980"} <= values
    assert all(value for value in values)
    line = office.read(lambda reading: reading.find(AuditEntry, order=("-seq",), limit=1))[0]
    assert (line.act, line.person_id) == ("what_we_hold", person)
    assert line.number == sum(len(section.entries) for section in held)
    assert office.read(lambda reading: reading.count(AuditEntry, eq("act", "what_we_hold"))) == 1
