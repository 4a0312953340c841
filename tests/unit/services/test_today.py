"""The first page: work before duty, unless an answer is urgent; and exactly one primary button."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_crm.records.consent import ConsentHow
from desktop_crm.records.purchase import OpenMatter
from desktop_crm.records.request import IdentityCheck, RequestKind
from desktop_crm.services import (
    consents,
    contacts,
    erasing,
    record_page,
    recovery_sheet,
    renewals,
    requests,
    retention,
    setup,
    tasks,
    today,
)
from desktop_crm.services.actor import OWNER
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.services.recovery_sheet import SheetDue
from desktop_crm.services.signs import Tone
from desktop_crm.services.tasks import TaskForm
from desktop_crm.services.today import Item, ItemKind, TodayPage
from desktop_crm.words import M, Money, Words
from tests.privacy.shop import TickingClock

WORDS = Words("en", "Europe/Berlin")
TODAY = date(2026, 11, 21)


def add(office: Office, name: str = "Eva Muster", **fields: object) -> bytes:
    new = contacts.NewContact(name=name, emails=(f"{name.split(maxsplit=1)[0]}@x.example",), **fields)  # type: ignore[arg-type]
    return contacts.add(office, new)


def said(value: M | str | None) -> str:
    return WORDS.value(value)


def titles(items: tuple[Item, ...]) -> list[str]:
    return [said(item.title) for item in items]


def kinds(items: tuple[Item, ...]) -> list[ItemKind]:
    return [item.kind for item in items]


def primaries(page: TodayPage) -> list[Item]:
    return [item for item in (*page.shop, *page.waiting, *page.undated) if item.primary]


def test_an_empty_file_has_an_empty_day(office: Office) -> None:
    page = today.today(office)
    assert (page.shop, page.waiting, page.coming, page.opened, page.subtitle) == ((), (), (), (), None)
    assert page.empty
    assert [day.day for day in page.days] == [TODAY + timedelta(days=n) for n in range(1, 7)]


@pytest.mark.parametrize(
    ("hour", "greeting"),
    [(4, "Good morning, Anna"), (11, "Good afternoon, Anna"), (17, "Good evening, Anna"), (2, "Good evening, Anna")],
)
def test_the_greeting_knows_the_hour_at_the_shop(office: Office, clock: TickingClock, hour: int, greeting: str) -> None:
    setup.change_shop(office, {"responsible": "Anna Weber"})
    clock.to(TODAY, hour)
    assert said(today.today(office).greeting) == greeting


def test_a_shop_without_a_name_of_somebody_is_greeted_all_the_same(office: Office) -> None:
    assert said(today.today(office).greeting) == "Good morning"


def test_work_of_the_day_comes_by_the_clock_and_what_is_late_before_it(office: Office) -> None:
    eva = add(office, phones=("0151 2345",))
    for form in (
        TaskForm(text="Kasse", due_on=TODAY, due_time="18:00"),
        TaskForm(text="anrufen", due_on=TODAY, due_time="09:30", person=eva, call=True),
        TaskForm(text="Vasen", due_on=TODAY - timedelta(days=2)),
        TaskForm(text="morgen", due_on=TODAY + timedelta(days=1)),
        TaskForm(text="irgendwann"),
    ):
        tasks.add_task(office, form)
    contacts.deliver(office, eva, name="Gerda", deliver_on=TODAY)
    page = today.today(office)
    assert titles(page.shop) == ["Vasen", "anrufen", "Kasse", "Delivery to Gerda"]
    late, call, _, delivery = page.shop
    assert (said(late.sub), late.late, said(late.button)) == ("2 days late", True, "Done")
    assert (call.phone, said(call.button), said(call.sub), call.time) == ("0151 2345", "Call", "Eva Muster", "09:30")
    assert said(delivery.sub) == "ordered by Eva Muster"
    assert said(page.subtitle) == "1 delivery, 2 tasks, 1 call"
    assert primaries(page) == [late]


def test_a_task_without_a_day_stays_in_sight_until_it_is_done(office: Office) -> None:
    eva = add(office, phones=("0151 2345",))
    first = tasks.add_task(office, TaskForm(text="Vasen"))
    tasks.add_task(office, TaskForm(text="anrufen", person=eva, call=True))
    page = today.today(office)
    assert titles(page.undated) == ["Vasen", "anrufen"]
    assert [said(item.button) for item in page.undated] == ["Done", "Call"]
    assert (page.shop, page.subtitle) == ((), None)
    tasks.finish(office, first)
    assert titles(today.today(office).undated) == ["anrufen"]


def test_many_tasks_without_a_day_do_not_flood_the_page_and_none_is_lost(office: Office) -> None:
    made = [tasks.add_task(office, TaskForm(text=f"Aufgabe {n}")) for n in range(21)]
    page = today.today(office)
    assert titles(page.undated)[19:] == ["Aufgabe 19", "There are more tasks without a day"]
    assert [item.primary for item in page.undated].index(True) == 0
    tasks.finish(office, made[0])
    assert titles(today.today(office).undated)[18:] == ["Aufgabe 19", "Aufgabe 20"]


def test_an_invoice_is_asked_about_after_a_fortnight(office: Office, clock: TickingClock) -> None:
    eva = add(office)
    contacts.purchase(
        office, eva, Money(1, "EUR"), bought_on=TODAY, invoice_no="2026-104", still_open=OpenMatter.INVOICE
    )
    contacts.purchase(office, eva, Money(1, "EUR"), bought_on=TODAY, still_open=OpenMatter.VOUCHER)
    clock.to(TODAY + timedelta(days=13))
    assert today.today(office).shop == ()
    clock.to(TODAY + timedelta(days=14))
    (item,) = today.today(office).shop
    assert (said(item.title), said(item.sub)) == (
        "Ask Eva Muster about an invoice",
        "Invoice 2026-104 · open for 2 weeks",
    )


@pytest.mark.parametrize(
    ("birthday", "told"),
    [
        ("1980-11-21", "Eva Muster has a birthday: today"),
        ("--11-22", "Eva Muster has a birthday: tomorrow"),
        ("1980-11-24", "Eva Muster has a birthday: 24 Nov 2026"),
        ("1980-11-25", None),
        ("1980-11-20", None),
        (None, None),
    ],
)
def test_birthdays_are_of_those_who_want_a_card(office: Office, birthday: str | None, told: str | None) -> None:
    eva = add(office, birthday=birthday)
    assert ItemKind.BIRTHDAY not in kinds(today.today(office).shop)
    consents.give(office, eva, "birthday-card")
    assert titles(today.today(office).shop) == ([told] if told else [])
    consents.withdraw(office, eva, "birthday-card")
    assert today.today(office).shop == ()


@pytest.mark.parametrize(("day", "found"), [(date(2027, 2, 28), 1), (date(2028, 2, 28), 0), (date(2028, 2, 29), 1)])
def test_who_was_born_on_the_29th_of_february_is_congratulated_each_year(
    office: Office, clock: TickingClock, day: date, found: int
) -> None:
    clock.to(day)
    eva = add(office, birthday="1988-02-29")
    consents.give(office, eva, "birthday-card")
    assert [said(i.title).endswith("today") for i in today.today(office).shop].count(True) == found


def test_more_birthdays_than_fit_are_counted(office: Office) -> None:
    for n in range(12):
        consents.give(office, add(office, f"Name{n:02} X", birthday="1980-11-22"), "birthday-card")
    page = today.today(office)
    assert len(page.shop) == 11
    assert said(page.subtitle) == "12 birthdays"
    assert (said(page.shop[-1].title), page.shop[-1].button) == ("2 more birthdays until 24 Nov 2026", None)


def test_an_answer_waits_until_it_is_due_within_a_week(office: Office, clock: TickingClock) -> None:
    eva = add(office)
    number = requests.register(office, eva, RequestKind.ACCESS)
    tasks.add_task(office, TaskForm(text="Kasse", due_on=date(2026, 12, 14)))
    page = today.today(office)
    assert kinds(page.waiting) == [ItemKind.IDENTITY, ItemKind.NEVER_ASKED, ItemKind.NOT_TOLD]
    assert said(page.waiting[0].title) == "Who is asking? Eva Muster wants a copy of their data"
    assert said(page.waiting[0].sub) == "Answer by 21 Dec 2026, in 30 days"
    requests.note_identity(office, number, IdentityCheck.KNOWN)
    clock.to(date(2026, 12, 13))
    assert today.today(office).waiting[0].kind is ItemKind.REQUEST
    clock.to(date(2026, 12, 14))
    page = today.today(office)
    assert kinds(page.shop) == [ItemKind.REQUEST, ItemKind.TASK]
    assert (page.shop[0].urgent, page.shop[0].late, page.shop[0].number) == (True, False, number)
    assert primaries(page) == [page.shop[0]]
    clock.to(date(2026, 12, 22))
    page = today.today(office)
    assert (page.shop[0].late, page.shop[0].tone, said(page.shop[0].sub)) == (
        True,
        Tone.DANGER,
        "Answer by 21 Dec 2026, 1 day late",
    )


def test_where_no_work_is_the_first_duty_is_primary(office: Office, clock: TickingClock) -> None:
    add(office)
    clock.to(date(2031, 1, 1))
    retention.run(office, clock_is_right=True)
    page = today.today(office)
    assert kinds(page.waiting) == [ItemKind.TIDY_UP, ItemKind.NEVER_ASKED, ItemKind.NOT_TOLD]
    assert titles(page.waiting) == [
        "1 entry waits for your yes",
        "1 person was never asked for permission",
        "1 person was not told yet how you use their data",
    ]
    assert primaries(page) == [page.waiting[0]]
    assert not page.empty


def test_those_to_be_asked_again_are_told_as_they_were_counted_last(office: Office, clock: TickingClock) -> None:
    eva = add(office)
    consents.give(office, eva, "newsletter")
    clock.at += timedelta(days=310)
    assert ItemKind.ASK_AGAIN not in kinds(today.today(office).waiting)
    renewals.count_due(office)
    (item,) = (one for one in today.today(office).waiting if one.kind is ItemKind.ASK_AGAIN)
    assert said(item.title) == "1 permission ends soon or counts no more"
    renewals.mark_asked(office, [(eva, "newsletter")], ConsentHow.SCREEN)
    assert ItemKind.ASK_AGAIN not in kinds(today.today(office).waiting)


def test_what_is_coming_is_the_next_six_dates_and_days_have_their_counts(office: Office) -> None:
    eva = add(office, birthday="1980-11-23")
    consents.give(office, eva, "birthday-card")
    for days in (0, 1, 1, 2, 40, 41, 42):
        contacts.deliver(office, eva, name="Gerda", deliver_on=TODAY + timedelta(days=days))
    tasks.add_task(office, TaskForm(text="Kasse", due_on=TODAY + timedelta(days=1)))
    number = requests.register(office, eva, RequestKind.ACCESS, received_on=date(2026, 10, 26))
    page = today.today(office)
    assert [one.day for one in page.coming] == [TODAY + timedelta(days=n) for n in (1, 1, 1, 2, 5, 40)]
    assert [one.number for one in page.coming if one.number] == [number]
    counts = {day.day: [said(words) for _, words in day.counts] for day in page.days if day.counts}
    assert counts == {
        TODAY + timedelta(days=1): ["2 deliveries", "1 task"],
        TODAY + timedelta(days=2): ["1 delivery", "1 birthday"],
        TODAY + timedelta(days=5): ["1 answer due"],
    }


def test_those_opened_last_come_first_once_each_and_only_who_is_here(office: Office) -> None:
    people = [add(office, f"Name{n} X") for n in range(7)]
    for person in (*people, people[0]):
        record_page.open_record(office, person)
    assert [one.name for one in today.today(office).opened] == ["Name0 X", "Name6 X", "Name5 X", "Name4 X", "Name3 X"]
    office.who = replace(OWNER, name="somebody else")
    page_of_another = office.read(lambda reading: today._opened(office, reading))
    assert page_of_another == []


def test_an_erased_person_is_not_among_those_opened_last(office: Office) -> None:
    eva, otto = add(office), add(office, "Otto X")
    for person in (otto, eva):
        record_page.open_record(office, person)
    erasing.erase(office, eva, office.store.database.parent / "out", ErasureOrder())
    assert [one.name for one in today.today(office).opened] == ["Otto X"]


def test_the_recovery_sheet_is_asked_for_and_insisted_on_from_ten_people_on(
    office: Office, clock: TickingClock
) -> None:
    assert today.today(office).safety.sheet is SheetDue.NONE
    clock.to(TODAY + timedelta(days=1))
    assert today.today(office).safety.sheet is SheetDue.ASK_AGAIN
    recovery_sheet.put_off_sheet(office)
    assert today.today(office).safety.sheet is SheetDue.NONE
    for n in range(10):
        add(office, f"Name{n} X")
    assert today.today(office).safety.sheet is SheetDue.INSIST


def test_a_copy_of_ours_that_should_go_is_a_duty_until_it_is_gone(office: Office, clock: TickingClock) -> None:
    number = requests.register(office, add(office), RequestKind.ACCESS)
    requests.close(office, number)
    requests.remember_copy(office, number, TODAY + timedelta(days=2))
    assert ItemKind.OUR_COPY not in kinds(today.today(office).waiting)
    clock.to(TODAY + timedelta(days=2))
    (item,) = [one for one in today.today(office).waiting if one.kind is ItemKind.OUR_COPY]
    assert (said(item.title), item.number) == (f"Delete your copy of the answer {number}", number)
    requests.remember_copy(office, number, None)
    assert ItemKind.OUR_COPY not in kinds(today.today(office).waiting)


def test_an_erasure_that_was_cut_short_is_told_until_its_record_is_made(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object, **__: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(erasing, "search", killed)
        with pytest.raises(SystemExit):
            erasing.erase(office, add(office), tmp_path, ErasureOrder())
    (item,) = [one for one in today.today(office).waiting if one.kind is ItemKind.UNMADE]
    assert (said(item.title), item.primary) == ("Erasure E-2026-001 was cut short", True)
    whole = erasing.erase(office, add(office, "Ada Frei"), tmp_path, ErasureOrder())
    left = [one.number for one in today.today(office).waiting if one.kind is ItemKind.UNMADE]
    assert left == ["E-2026-001"], whole.number
    assert item.number is not None
    erasing.erasure_record(office, item.number, tmp_path)
    assert today.today(office).waiting == ()
