"""What a role may not see or change does not come to light or to harm by a side door."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.privacy.rights import (
    _DEED_OF,
    DATA_PROTECTION,
    EVERYTHING,
    MANAGER,
    OWNER,
    READ_ONLY,
    STAFF,
    Deed,
    Rights,
    grants,
    hidden,
)
from desktop_crm.records.contact import Stage
from desktop_crm.records.declare import Part
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.purchase import Purchase
from desktop_crm.records.request import PrivacyRequest, RequestKind
from desktop_crm.records.staff import OpenCase, Staff
from desktop_crm.services import (
    access,
    changes,
    consents,
    contacts,
    drafts,
    entries,
    erasing,
    importing,
    kept,
    listing,
    log_export,
    log_notice,
    log_page,
    outside,
    permission_table,
    portability,
    purposes,
    record_page,
    requests,
    today,
)
from desktop_crm.services.actor import UNKNOWN, Actor
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.log_page import LogFilter
from desktop_crm.services.office import Office
from desktop_crm.services.role_words import DEEDS, MEANT, PARTS
from desktop_crm.storage.where import eq
from desktop_crm.ui.keeping.standing import standing
from desktop_crm.words import Exit, Money, Problem, Words
from tests.privacy.coming_out import leaves, written
from tests.privacy.shop import TickingClock
from tests.privacy.test_acts import declared
from tests.unit.services.lists import order, write

ANNA, BEN = "a1" * 16, "b2" * 16
WITHOUT_NOTES: Rights = EVERYTHING - grants(Deed, (Part.NOTES,))
SEES_NOTES: Rights = EVERYTHING - grants((Deed.CHANGE,), (Part.NOTES,))


@contextmanager
def working(office: Office, rights: Rights, number: str = ANNA, staff: bytes | None = None) -> Iterator[None]:
    before, office.who = office.who, Actor(number, rights, staff)
    try:
        yield
    finally:
        office.who = before


def works_here(office: Office, number: str, name: str | None, role: str = "staff", **more: Any) -> bytes:
    row = Staff(id=office.new_id(), number=number, name=name, role=role, added_at=office.clock.now(), **more)
    office.store.write(lambda writing: writing.insert(row))
    return row.id


@pytest.fixture
def person(office: Office) -> bytes:
    return contacts.add(office, contacts.NewContact(name="Łucja Kowalska", emails=("lucja@kowalska.example",)))


def refused(problem: pytest.ExceptionInfo[Problem]) -> bool:
    return problem.value.code is Exit.NOT_ALLOWED


# About the whole of a person


def test_who_does_not_see_everything_is_told_who_can_make_a_paper_and_makes_none(
    office: Office, person: bytes, tmp_path: Path
) -> None:
    number = requests.register(office, person, RequestKind.ACCESS)
    out = tmp_path / "out"
    with working(office, WITHOUT_NOTES):
        for whole in (
            lambda: access.access_report(office, person, out),
            lambda: access.answer(office, number, out),
            lambda: portability.take_along(office, person, out),
            lambda: erasing.preview(office, person),
            lambda: erasing.erase(office, person, out, ErasureOrder()),
            lambda: record_page.what_we_hold(office, person),
        ):
            with pytest.raises(Problem) as problem:
                whole()
            assert refused(problem)
            assert problem.value.todo is not None
            assert "Owner, Manager" in Words("en", "UTC").say(problem.value.todo)
    assert not out.exists() or not list(out.iterdir())
    assert contacts.show(office, person).contact.id == person


def test_what_the_shop_decides_and_what_is_locked_away_is_not_for_whoever_serves_customers(office: Office) -> None:
    with working(office, STAFF.rights):
        assert purposes.cards(office)
        for what in (
            lambda: purposes.turn(office, "newsletter", on=False),
            lambda: purposes.use(office, ["newsletter"]),
            lambda: kept.invoices(office),
        ):
            with pytest.raises(Problem) as problem:
                what()
            assert refused(problem)
    with working(office, MANAGER.rights):
        purposes.turn(office, "newsletter", on=False)
        assert kept.invoices(office) == []


def test_every_right_that_a_role_is_told_of_is_one_that_something_asks_for() -> None:
    asked = {(deed, told.part) for told in declared().values() if (deed := _DEED_OF[told.verb])}
    seen = {(Deed.VIEW, part) for part in Part if hidden(EVERYTHING - {(Deed.VIEW, part)})}
    assert asked | seen | {(Deed.ERASE, Part.CONTACTS)} == MEANT, "lists are taken out by whoever may erase contacts"
    assert set(PARTS) == set(Part)
    assert set(DEEDS) == set(Deed)


# Undo


def test_what_one_may_not_change_is_not_changed_by_taking_it_back(office: Office, person: bytes) -> None:
    note = contacts.note(office, person, "zuerst")
    change = entries.change_note(office, note, "danach")
    assert change is not None
    for rights in (WITHOUT_NOTES, SEES_NOTES):
        with working(office, rights), pytest.raises(Problem) as problem:
            changes.undo(office, change)
        assert refused(problem)
    assert contacts.show(office, person).interactions[0].text == "danach"
    changes.undo(office, change)
    assert contacts.show(office, person).interactions[0].text == "zuerst"


def test_a_change_of_what_is_hidden_cannot_be_found(office: Office, person: bytes) -> None:
    note = contacts.note(office, person, "zuerst")
    entries.change_note(office, note, "danach")
    with working(office, WITHOUT_NOTES):
        assert changes.last_of(office, note) is None
        assert changes.last_of(office, person) is not None
    assert changes.last_of(office, note) is not None


# Lists that are brought in


def test_a_list_with_notes_needs_the_right_to_write_notes(office: Office, tmp_path: Path) -> None:
    plain = write(tmp_path, "Eva,Eins,eva@x.example,,,,,,,,,", name="list-1.csv")
    noted = write(tmp_path, "Ina,Zwei,ina@x.example,,,,,,,kommt dienstags,,", name="list-2.csv")
    with working(office, SEES_NOTES):
        for bring in (importing.try_out, importing.bring_in):
            with pytest.raises(Problem) as problem:
                bring(office, noted, order())
            assert refused(problem)
        assert contacts.find(office, "Ina") == []
        assert importing.try_out(office, plain, order()).read == 1
        importing.bring_in(office, plain, order())
    with working(office, STAFF.rights):
        importing.bring_in(office, noted, order())
    assert len(contacts.find(office, "Ina")) == 1


# Cases


def test_a_case_opens_notes_and_purchases_of_one_person_until_it_ends(office: Office, clock: TickingClock) -> None:
    one, other = (
        contacts.add(office, contacts.NewContact(name=f"{name} Fall", emails=(f"{name}@fall.example",)))
        for name in ("eins", "zwei")
    )
    for person in (one, other):
        contacts.note(office, person, "Unterlage")
        contacts.purchase(office, person, Money(1200, "EUR"), bought_on=date(2026, 11, 1), description="Strauß")
    staff = works_here(office, ANNA, "Anna", DATA_PROTECTION.code)

    def seen() -> tuple[list[bytes], list[bytes], list[bytes]]:
        notes = [row.contact_id for row in office.read(lambda reading: reading.find(Interaction))]
        bought = [row.contact_id for row in office.read(lambda reading: reading.find(Purchase))]
        return notes, bought, [row.id for row in contacts.find(office, "Unterlage")]

    with working(office, DATA_PROTECTION.rights, staff=staff):
        assert seen() == ([], [], [])
        now = office.clock.now()
        case = OpenCase(
            id=office.new_id(),
            person_id=one,
            staff_id=staff,
            reason="Beschwerde",
            opened_at=now,
            until=now + timedelta(days=7),
        )
        office.store.write(lambda writing: writing.insert(case))
        assert seen() == ([one], [one], [one])
        assert [row.text for row in contacts.show(office, one).interactions] == ["Unterlage"]
        assert contacts.show(office, other).interactions == ()
        assert contacts.show(office, one).unseen == ()
        assert contacts.show(office, other).unseen == (Part.NOTES, Part.PURCHASES)
        assert record_page.open_record(office, other).unseen is not None
        clock.at += timedelta(days=8)
        assert seen() == ([], [], [])
    colleague = works_here(office, BEN, "Ben", DATA_PROTECTION.code)
    with working(office, DATA_PROTECTION.rights, BEN, colleague):
        assert seen() == ([], [], [])


# Drafts


def test_nobody_sees_what_a_colleague_is_typing(office: Office, person: bytes) -> None:
    with working(office, STAFF.rights, ANNA):
        drafts.keep(office, "note", person, {"text": "von Anna"})
    with working(office, EVERYTHING, BEN):
        assert drafts.take(office, "note", person) == {}
        drafts.keep(office, "note", person, {"text": "von Ben"})
        drafts.drop(office, "note", person)
    with working(office, STAFF.rights, ANNA):
        assert drafts.take(office, "note", person) == {"text": "von Anna"}


def test_whoever_may_change_nothing_keeps_no_draft(office: Office, person: bytes) -> None:
    with working(office, READ_ONLY.rights), pytest.raises(Problem) as problem:
        drafts.keep(office, "note", person, {"text": "halb"})
    assert refused(problem)


def test_a_draft_of_whoever_typed_it_is_the_person_s_to_know(office: Office, person: bytes, tmp_path: Path) -> None:
    with working(office, STAFF.rights, ANNA):
        drafts.keep(office, "note", person, {"text": "halbgetippt"})
    access.access_report(office, person, tmp_path / "out")
    papers = "".join(written(tmp_path / "out"))
    assert "halbgetippt" in papers
    assert ANNA not in papers


# Who did it


def test_names_are_for_those_who_see_the_log_and_papers_name_nobody(
    office: Office, person: bytes, tmp_path: Path
) -> None:
    works_here(office, ANNA, "Zdenka Ungewöhnlich")
    works_here(office, BEN, "Chiara Chefin", OWNER.code)
    works_here(office, "c3" * 16, None, former=3)
    place = outside.add_place(office, "Auftragsbuch")
    with working(office, STAFF.rights, ANNA):
        contacts.note(office, person, "Notiz")
        consents.give(office, person, "newsletter", evidence="Karte")
        contacts.show(office, person)
        requests.register(office, person, RequestKind.ACCESS)
        outside.tick(office, person, place)
        assert _whos(outside.of_person(office, person)) == ["Staff"]
        assert _whos(permission_table.history(office, person, "newsletter").lines) == ["Staff"]
    with working(office, EVERYTHING, BEN):
        assert _whos(permission_table.history(office, person, "newsletter").lines) == ["Zdenka Ungewöhnlich"]
        assert _whos(log_page.entries(office, LogFilter(actor=ANNA), limit=1)) == ["Zdenka Ungewöhnlich"]
        assert _whos(outside.of_person(office, person)) == ["Zdenka Ungewöhnlich"]
        assert Words("en", "UTC").say(standing(office).caller(ANNA)) == "Zdenka Ungewöhnlich"
        assert "former staff 3" in [Words("en", "UTC").say(told) for _, told in log_page.actors(office)]
        assert "Zdenka" in log_export.export_log(office, log_page.EVERYTHING, log_export.LogFormat.CSV).decode()
        access.access_report(office, person, tmp_path / "out")
        erasing.erase(office, person, tmp_path / "out", ErasureOrder())
    papers = "".join(written(tmp_path / "out"))
    assert "Inhaber" in papers or "Leitung" in papers or "Owner" in papers
    for name in (ANNA, BEN, "Zdenka", "Ungewöhnlich", "Chiara", "Chefin"):
        assert name not in papers


def test_whom_the_role_is_not_shown_is_not_told_as_gone(office: Office, person: bytes) -> None:
    other = contacts.deliver(office, person, name="Ben Beschenkter", deliver_on=date(2026, 12, 1))
    gone = contacts.deliver(office, person, name="Kurt Kurz", deliver_on=date(2026, 12, 1))
    for one in (other, gone):
        requests.register(office, one, RequestKind.ACCESS)
    office.store.write(lambda writing: writing.delete(PrivacyRequest, eq("person_id", gone)))
    entries.remove_delivery(office, gone)
    with working(office, DATA_PROTECTION.rights):
        told = [Words("en", "UTC").say(line.sentence) for line in log_page.entries(office, limit=20)]
    asked = [one for one in told if "entered a privacy request" in one]
    assert [one.partition(" of ")[2] for one in asked] == [
        "somebody no longer here",
        "somebody who is not shown to your role",
    ]
    assert "Ben" not in "".join(told)


def _whos(lines: Any) -> list[str]:
    return [Words("en", "UTC").say(line.who) for line in lines]


# What the program must know itself


def test_somebody_s_own_looks_and_notice_are_known_without_the_log(office: Office, person: bytes) -> None:
    with working(office, STAFF.rights):
        record_page.open_record(office, person)
        assert record_page.read_again(office, person).person == person
        assert [one.person for one in today.opened_last(office)] == [person]
        assert log_notice.notice(office).confirmed is None
        log_notice.confirm_notice(office)
        assert log_notice.notice(office).confirmed is not None
    with working(office, STAFF.rights, BEN):
        assert today.opened_last(office) == ()
        assert log_notice.notice(office).confirmed is None


def test_until_when_somebody_is_kept_is_the_same_for_whoever_asks(office: Office) -> None:
    new = contacts.NewContact(name="Nora Früher", emails=("nora@frueher.example",), stage=Stage.FORMER)
    person = contacts.add(office, new)
    before = record_page.open_record(office, person).keeping[0].until
    contacts.purchase(office, person, Money(1200, "EUR"), bought_on=date(2026, 11, 1))
    whole = record_page.open_record(office, person)
    assert whole.keeping[0].until != before
    for rights in (DATA_PROTECTION.rights, STAFF.rights):
        with working(office, rights):
            assert record_page.open_record(office, person).keeping[0].until == whole.keeping[0].until
    with working(office, DATA_PROTECTION.rights):
        assert "1200" not in [*leaves(record_page.open_record(office, person))]
    assert "1200" in [*leaves(whole)]


def test_the_end_of_the_log_is_found_whoever_works(office: Office, person: bytes) -> None:
    with working(office, READ_ONLY.rights):
        contacts.show(office, person)
        assert not office.read(office.log_was_cut)
        assert office.read(office.log_breaks)[1] == []


def test_a_chip_that_needs_what_is_hidden_is_not_there(office: Office) -> None:
    whole = {one.key for one in listing.chip_counts(office)}
    with working(office, STAFF.rights):
        assert whole - {one.key for one in listing.chip_counts(office)} == {listing.Chip.TIDY_UP}


def test_nobody_without_any_right_sees_even_the_settings(office: Office) -> None:
    office.who = UNKNOWN
    with pytest.raises(Problem) as problem:
        log_notice.notice(office)
    assert refused(problem)
