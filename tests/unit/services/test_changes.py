"""What was done can be taken back whole, unless somebody went on from there, and goes with its person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.records.change import Change, ChangeValue, ChangeVerb
from desktop_crm.records.company import Company
from desktop_crm.records.consent import ConsentEvent
from desktop_crm.records.contact import Contact, ContactEmail, Stage
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.draft import Draft
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.purchase import OpenMatter, Purchase
from desktop_crm.records.registry import inventory
from desktop_crm.records.retention import RetentionAnswer, RetentionItem
from desktop_crm.records.tag import ContactTag, Tag
from desktop_crm.records.task import Task
from desktop_crm.records.technical import SearchEntry
from desktop_crm.services import (
    access,
    changes,
    consents,
    contacts,
    drafts,
    editing,
    entries,
    erasing,
    retention,
    tasks,
)
from desktop_crm.services.acts import act
from desktop_crm.services.editing import AddressLine, ContactForm, Line
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.storage.where import eq
from desktop_crm.words import Money, Problem
from tests.privacy.papers import json_text, path_of
from tests.privacy.shop import ShopFile, TickingClock, opened

DAY = date(2026, 11, 20)
JOURNAL = (AuditEntry, Change, ChangeValue, SearchEntry)


def everything(office: Office) -> dict[str, Any]:
    """All rows but those of log and journal, and what the search box finds."""
    found: dict[str, Any] = {
        told.name: sorted(office.read(lambda r, t=told: r.find(t.record)), key=lambda row, t=told: getattr(row, t.key))  # type: ignore[misc]
        for told in inventory()
        if told.record not in JOURNAL
    }
    entries_ = office.read(lambda r: r.find(SearchEntry))
    words = ("subject", "name", "email", "phone", "company", "note")
    found["search"] = sorted(
        (e.kind, e.owner, *(tuple(sorted(getattr(e, w).split())) if w != "subject" else e.subject for w in words))
        for e in entries_
    )
    return found


def index_is_whole(office: Office) -> None:
    sql = "INSERT INTO search_text (search_text, rank) VALUES ('integrity-check', 1)"
    office.store.write(lambda writing: writing.connection.execute(sql))


@pytest.fixture
def person(office: Office) -> bytes:
    form = ContactForm(
        name="Łucja Kowalska",
        company="Čapek & Söhne",
        emails=(Line(text="lucja@kowalska.example"),),
        phones=(Line(text="+48 601 999 888", label="mobile"),),
        addresses=(AddressLine(street="Lindenstraße 14", postal_code="04107", city="Leipzig"),),
        tags=("Stammkundin",),
    )
    return editing.new_contact(office, form)


def of(office: Office, row: bytes) -> bytes:
    change = changes.last_of(office, row)
    assert change is not None
    return change


def buy(office: Office, person: bytes) -> bytes:
    open_ = OpenMatter.INVOICE
    return contacts.purchase(office, person, Money(6450, "EUR"), bought_on=DAY, description="Kranz", still_open=open_)


def bring(office: Office, person: bytes) -> bytes:
    return contacts.deliver(
        office, person, name="Gerda Geheim", deliver_on=DAY, address="Weg 1", card_text="Alles Gute"
    )


def to_do(office: Office, person: bytes) -> bytes:
    return tasks.add_task(office, tasks.TaskForm(text="Vasen kaufen", person=person, due_on=DAY, due_time="14:00"))


Row = Callable[[Office, bytes], bytes]
ROWS: dict[str, Row] = {
    "note": lambda office, who: contacts.note(office, who, "Mag keine Lilien"),
    "purchase": buy,
    "delivery": bring,
    "task": to_do,
}
TAKE_OUT: dict[str, Callable[[Office, bytes], bytes | None]] = {
    "note": entries.remove_note,
    "purchase": entries.remove_purchase,
    "delivery": entries.remove_delivery,
    "task": tasks.remove_task,
}


@pytest.mark.parametrize("kind", ROWS)
def test_what_was_entered_can_be_taken_back(office: Office, clock: TickingClock, person: bytes, kind: str) -> None:
    clock.to(date(2026, 11, 25))
    before = everything(office)
    row = ROWS[kind](office, person)
    assert everything(office) != before
    changes.undo(office, of(office, row))
    assert everything(office) == before
    index_is_whole(office)
    assert changes.last_of(office, row) is None


@pytest.mark.parametrize("kind", ROWS)
def test_what_was_taken_out_comes_back_as_it_was(office: Office, person: bytes, kind: str) -> None:
    row = ROWS[kind](office, person)
    before = everything(office)
    change = TAKE_OUT[kind](office, row)
    assert change is not None
    assert everything(office) != before
    changes.undo(office, change)
    assert everything(office) == before
    index_is_whole(office)


def test_corrections_of_rows_can_be_taken_back(office: Office, person: bytes) -> None:
    note, bought, task = contacts.note(office, person, "weiß"), buy(office, person), to_do(office, person)
    before = everything(office)
    other = tasks.TaskForm(text="Vasen kaufen", call=True)
    made = [
        entries.change_note(office, note, "rot"),
        entries.settle(office, bought),
        tasks.change_task(office, task, other),
        tasks.finish(office, task),
        entries.untag(office, [person], "stammkundin"),
        entries.tag(office, [person], "VIP"),
    ]
    assert office.read(lambda r: [t.name for t in r.find(Tag)]) == ["VIP"]
    for change in reversed(made):
        assert change is not None
        changes.undo(office, change)
    assert everything(office) == before


def test_what_changes_nothing_leaves_nothing_to_take_back(office: Office, person: bytes) -> None:
    note, bought = contacts.note(office, person, "weiß"), buy(office, person)
    entries.settle(office, bought)
    done = office.read(lambda r: r.count(Change))
    assert entries.change_note(office, note, " weiß ") is None
    assert entries.settle(office, bought) is None
    assert entries.tag(office, [person], "STAMMKUNDIN") is None
    assert entries.untag(office, [person], "nobody has it") is None
    assert editing.edit(office, person, editing.form_of(office, person)) is None
    assert office.read(lambda r: r.count(Change)) == done


LINES = st.lists(st.sampled_from(["a@x.example", "b@x.example", "Ç@odd", "lucja@kowalska.example"]), max_size=3)
TEXT = st.sampled_from(["", "Nora", "Čapek & Söhne", "Neue Firma", "Zimmermann-Öz"])
FORMS = st.builds(
    ContactForm,
    name=st.sampled_from(["Łucja Kowalska", "Nora Zimmer", "王小明"]),
    given=TEXT,
    nickname=TEXT,
    company=TEXT,
    job_title=TEXT,
    emails=LINES.map(lambda texts: tuple(Line(text=text) for text in texts)),
    phones=LINES.map(lambda texts: tuple(Line(text=text, label=text[:1]) for text in texts)),
    websites=LINES.map(lambda texts: tuple(Line(text=text) for text in texts)),
    addresses=TEXT.map(lambda text: (AddressLine(street=text, city="Leipzig"),)),
    birthday=st.sampled_from(["", "1.5.", "24.12.1961"]),
    stage=st.sampled_from(list(Stage)),
    tags=st.lists(TEXT, max_size=3).map(tuple),
    deceased=st.booleans(),
)


@dataclass
class Made:
    office: Office
    person: bytes


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Any:
    with opened(ShopFile(tmp_path_factory.mktemp("shop") / "data")) as office:
        first = ContactForm(name="Łucja Kowalska", company="Čapek & Söhne", emails=(Line(text="a@x.example"),))
        other = ContactForm(name="Piet", company="Neue Firma", phones=(Line(text="1"),), tags=("Nora",))
        editing.new_contact(office, other)
        yield Made(office, editing.new_contact(office, first))


@settings(max_examples=40, deadline=None)
@given(forms=st.lists(FORMS, min_size=1, max_size=3))
def test_any_edits_of_the_form_can_be_taken_back_exactly(made: Made, forms: list[ContactForm]) -> None:
    office, before = made.office, everything(made.office)
    done = [editing.edit(office, made.person, form) for form in forms]
    index_is_whole(office)
    for change in reversed(done):
        if change is not None:
            changes.undo(office, change)
    assert everything(office) == before
    index_is_whole(office)


def test_the_search_box_follows_there_and_back(office: Office, person: bytes) -> None:
    form = editing.form_of(office, person)
    change = editing.edit(office, person, replace(form, name="Nora Zimmer", company=""))
    assert [f.id for f in contacts.find(office, "zimmer")] == [person]
    assert contacts.find(office, "kowalska-hof") == contacts.find(office, "capek") == []
    assert change is not None
    changes.undo(office, change)
    assert [f.id for f in contacts.find(office, "capek")] == [person]
    assert contacts.find(office, "zimmer") == []


# What may not be taken back


def test_nothing_is_taken_back_twice_or_after_thirty_days(office: Office, clock: TickingClock, person: bytes) -> None:
    change = of(office, contacts.note(office, person, "weiß"))
    changes.undo(office, change)
    with pytest.raises(Problem):
        changes.undo(office, change)
    late = of(office, contacts.note(office, person, "rot"))
    clock.at += timedelta(days=30, minutes=1)
    with pytest.raises(Problem):
        changes.undo(office, late)
    with pytest.raises(Problem):
        changes.undo(office, office.new_id())
    assert [row.text for row in office.read(lambda r: r.find(Interaction))] == ["rot"]


@pytest.mark.parametrize("later", ["change", "remove"])
def test_what_somebody_went_on_with_stays(office: Office, person: bytes, later: str) -> None:
    note = contacts.note(office, person, "weiß")
    first = of(office, note)
    if later == "change":
        entries.change_note(office, note, "rot")
    else:
        entries.remove_note(office, note)
    before = everything(office)
    with pytest.raises(Problem, match="changed again"):
        changes.undo(office, first)
    assert everything(office) == before
    changes.undo(office, of(office, note))
    changes.undo(office, first)
    assert office.read(lambda r: r.count(Interaction)) == 0


def test_an_edit_is_kept_when_the_same_field_was_edited_since(office: Office, person: bytes) -> None:
    form = editing.form_of(office, person)
    first = editing.edit(office, person, replace(form, nickname="Lu"))
    second = editing.edit(office, person, replace(form, nickname="Lulu"))
    third = editing.edit(office, person, replace(form, nickname="Lulu", job_title="Floristin"))
    assert first is not None
    assert second is not None
    assert third is not None
    with pytest.raises(Problem):
        changes.undo(office, first)
    changes.undo(office, second)
    shown = contacts.show(office, person).contact
    assert (shown.nickname, shown.job_title) == ("Lu", "Floristin")


def test_a_company_that_came_again_under_another_number_is_a_reason_to_refuse(office: Office, person: bytes) -> None:
    form = editing.form_of(office, person)
    change = editing.edit(office, person, replace(form, company=""))
    assert office.read(lambda r: r.count(Company)) == 0
    editing.new_contact(office, ContactForm(name="Piet", company="čapek & söhne", phones=(Line(text="1"),)))
    before = everything(office)
    assert change is not None
    with pytest.raises(Problem, match="changed again"):
        changes.undo(office, change)
    assert everything(office) == before


def test_what_others_use_meanwhile_stays(office: Office, person: bytes) -> None:
    form = editing.form_of(office, person)
    change = editing.edit(office, person, replace(form, company="Neue Firma", tags=("Neu",)))
    other = editing.new_contact(
        office, ContactForm(name="Piet", company="Neue Firma", phones=(Line(text="1"),), tags=("Neu",))
    )
    assert change is not None
    changes.undo(office, change)
    assert editing.form_of(office, other).company == "Neue Firma"
    assert editing.form_of(office, other).tags == ("Neu",)
    assert editing.form_of(office, person).company == "Čapek & Söhne"


def test_a_person_stays_a_customer_while_another_purchase_is_there(
    office: Office, clock: TickingClock, person: bytes
) -> None:
    clock.to(date(2026, 11, 25))
    first = of(office, contacts.purchase(office, person, Money(1, "EUR"), bought_on=date(2026, 11, 25)))
    contacts.purchase(office, person, Money(2, "EUR"), bought_on=date(2026, 11, 25))
    changes.undo(office, first)
    shown = contacts.show(office, person)
    assert (shown.contact.stage, shown.contact.last_activity_on) == (Stage.CUSTOMER, date(2026, 11, 25))
    assert [p.amount_minor for p in shown.purchases] == [2]


def test_what_is_in_dispute_is_not_taken_out(office: Office, person: bytes) -> None:
    note = contacts.note(office, person, "weiß")
    held = RetentionItem(
        id=office.new_id(),
        person_id=person,
        rule="customer",
        record="contact",
        row_id=person,
        due_on=DAY,
        found_at=office.clock.now(),
        answer=RetentionAnswer.HOLD,
    )
    office.store.write(lambda writing: writing.insert(held))
    with pytest.raises(Problem, match="dispute"):
        entries.remove_note(office, note)
    with pytest.raises(Problem, match="dispute"):
        changes.undo(office, of(office, note))
    assert office.read(lambda r: r.count(Interaction)) == 1


def test_a_ledger_is_never_taken_back(office: Office, person: bytes) -> None:
    consents.give(office, person, "newsletter")
    (event,) = office.read(lambda r: r.find(ConsentEvent))

    @act(Verb.ADD, ConsentEvent)
    def again(office: Office) -> None:
        office.write(lambda writing, _trace: writing.insert(replace(event, id=office.new_id())), undoable=True)

    with pytest.raises(RuntimeError, match="ledger"):
        again(office)
    assert office.read(lambda r: r.count(ConsentEvent)) == 1


# Nothing of it is a hidden shelf


def test_values_are_gone_once_they_are_back(office: Office, person: bytes) -> None:
    change = editing.edit(office, person, replace(editing.form_of(office, person), nickname="Lu"))
    assert change is not None
    changes.undo(office, change)
    assert office.read(lambda r: r.count(ChangeValue, eq("change_id", change))) == 0
    undone = office.read(lambda r: r.get(Change, change))
    assert undone is not None
    assert undone.undone_at is not None


def test_the_daily_look_forgets_what_is_older_than_thirty_days(
    office: Office, clock: TickingClock, person: bytes
) -> None:
    done, waits = to_do(office, person), to_do(office, person)
    tasks.finish(office, done)
    entries.remove_note(office, contacts.note(office, person, "weiß"))
    drafts.keep(office, "note", person, {"text": "halb"})
    clock.at += timedelta(days=31)
    fresh = contacts.note(office, person, "rot")
    drafts.keep(office, "contact", person, {"name": "Nora"})
    retention.run(office)
    assert office.read(lambda r: [v.row_id for v in r.find(ChangeValue, eq("verb", ChangeVerb.ADD))]) == [fresh]
    assert office.read(lambda r: [d.place for d in r.find(Draft)]) == ["contact"]
    assert office.read(lambda r: r.count(Task)) == 2
    clock.at += timedelta(days=366)
    retention.run(office, clock_is_right=True)
    assert office.read(lambda r: [t.id for t in r.find(Task)]) == [waits]
    assert office.read(lambda r: r.count(Change) + r.count(ChangeValue) + r.count(Draft)) == 0


def _busy(office: Office, person: bytes) -> None:
    for kind, make in ROWS.items():
        make(office, person)
        TAKE_OUT[kind](office, make(office, person))
    form = editing.form_of(office, person)
    editing.edit(office, person, replace(form, company="Neue Firma", emails=(), tags=("Neu",)))
    drafts.keep(office, "note", person, {"text": "halb"})


def test_erasing_takes_changes_and_drafts_of_this_person_alone(office: Office, person: bytes, tmp_path: Path) -> None:
    other = editing.new_contact(office, ContactForm(name="Piet", phones=(Line(text="1"),)))
    _busy(office, person)
    _busy(office, other)
    entries.tag(office, [person, other], "Beide")
    theirs = office.read(lambda r: r.count(ChangeValue, eq("contact_id", other)))
    erasing.erase(office, person, tmp_path / "out", ErasureOrder())
    for record in (Change, ChangeValue, Draft, Task):
        assert office.read(lambda r, t=record: r.count(t, eq("contact_id", person))) == 0  # type: ignore[misc]
    kept = office.read(lambda r: r.count(ChangeValue, eq("contact_id", other)))
    assert 0 < kept <= theirs, "what is the same with both, such as a company that is gone now, goes there too"
    assert office.read(lambda r: r.count(ChangeValue, eq("contact_id", None))) == 1, "the label, which is nobody's"
    assert office.read(lambda r: r.count(ChangeValue)) == kept + 1


def test_after_an_erasure_the_rest_of_a_change_can_still_be_taken_back(
    office: Office, person: bytes, tmp_path: Path
) -> None:
    other = editing.new_contact(office, ContactForm(name="Piet", phones=(Line(text="1"),)))
    change = entries.tag(office, [person, other], "Beide")
    erasing.erase(office, person, tmp_path / "out", ErasureOrder())
    assert change is not None
    changes.undo(office, change)
    assert office.read(lambda r: r.count(ContactTag) + r.count(Tag)) == 0


def test_whom_a_delivery_went_to_is_hidden_from_the_buyer_there_too(
    office: Office, person: bytes, tmp_path: Path
) -> None:
    entries.remove_delivery(office, bring(office, person))
    text = json_text(path_of(access.access_report(office, person, tmp_path / "out").papers, ".json"))
    assert "Alles Gute" in text
    assert "Geheim" not in text
    assert "Weg 1" not in text


def test_erasing_whom_a_delivery_went_to_takes_what_was_before_with_it(
    office: Office, person: bytes, tmp_path: Path
) -> None:
    to = bring(office, person)
    change = of(office, to)
    erasing.erase(office, to, tmp_path / "out", ErasureOrder())
    assert office.read(lambda r: r.count(ChangeValue, eq("other_id", to))) == 0
    assert office.read(lambda r: r.count(DeliveryRecipient)) == 0
    with pytest.raises(Problem):
        changes.undo(office, change)


def test_an_old_company_stands_in_the_report_by_its_name(office: Office, person: bytes, tmp_path: Path) -> None:
    editing.edit(office, person, replace(editing.form_of(office, person), company="", phones=()))
    text = json_text(path_of(access.access_report(office, person, tmp_path / "out").papers, ".json"))
    assert "Čapek & Söhne" in text
    assert "+48 601 999 888" in text
    assert office.read(lambda r: r.count(ContactEmail)) == 1
    assert office.read(lambda r: r.count(Contact) + r.count(Purchase)) == 1
