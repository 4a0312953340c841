"""Proof 3: each public function of the services is a declared act, and each act leaves its line in the log."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from desktop_crm import services
from desktop_crm.privacy.fair_asking import PurposeForm
from desktop_crm.records.audit import AuditEntry, Verb
from desktop_crm.records.batch import ImportBatch
from desktop_crm.records.consent import ConsentHow
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Basis
from desktop_crm.records.purchase import OpenMatter
from desktop_crm.records.registry import RECORDS
from desktop_crm.records.request import RequestKind
from desktop_crm.records.retention import RetentionAnswer, RetentionItem
from desktop_crm.records.safety_copy import SafetyCopy
from desktop_crm.services import (
    access,
    acts,
    asking,
    changes,
    consents,
    contacts,
    copies,
    drafts,
    editing,
    entries,
    erasing,
    importing,
    inspection,
    kept,
    listing,
    log_page,
    outside,
    permission_table,
    purpose_editing,
    record_page,
    requests,
    retention,
    sensitive,
    setup,
    shop,
    staff,
    tasks,
    today,
    undoing,
)
from desktop_crm.services.acts import Act, act
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.words import M, Money, Problem
from tests.privacy import apart_at_work, forms_at_work, pages, people_at_work, using_at_work
from tests.privacy.at_work import at_work
from tests.privacy.canaries import Planter
from tests.privacy.shop import ShopFile

NO_ACTS = {
    "erasing.marks_of": "arithmetic",
    "erasing.take_plan_out": "a part of acts: writes inside the writing it is given",
    "ledger_lines.folder_of": "a path",
    "ledger_lines.remember_erasures": "a part of `erase` and `make_copy`: the ledger, which names nobody",
    "changes.without_reviews": "a part of acts: writes inside the writing it is given",
    "contacts.refuse_erased": "a part of acts: reads inside the reading it is given",
    "entries.tag_id": "a part of acts: writes inside the writing it is given",
    "looks.require_opened": "a part of acts: reads inside the reading it is given",
    "looks.is_same_look": "arithmetic",
    "recording.mark": "arithmetic",
    "recording.mark_of_row": "arithmetic",
    "recording.remember": "a part of acts that can be undone: writes inside the writing it is given",
    "contacts.company_id": "a part of acts: writes inside the writing it is given",
    "erasing.ledger_seal": "arithmetic",
    "erasure_papers.letter_papers": "a part of `erase`: lays out what it is given",
    "erasure_papers.record_papers": "a part of `erase` and `erasure_record`: names nobody",
    "erasure_plan.with_surroundings": "a part of `preview`: reads inside the reading it is given",
    "requests.enter": "a part of acts: writes inside the writing it is given",
    "retention.note_run": "a part of `run`, `carry_out` and `erase`: writes inside the writing it is given",
    "erasure_plan.plan_of": "a part of `erase` and `preview`: reads inside the reading it is given",
    "proof.search": "a part of `erase`: reads pages, says numbers",
    "removal.take_out": "a part of `erase`, `undo_import` and `carry_out`: writes inside the writing it is given",
    "retention.is_due": "the schedule's question about the program itself; touches nobody's data",
    **at_work("NO_ACTS"),
    "retention.look_daily": "the act `run` under the program's own name, if it is due",
}
"""Public functions that take the office and are no acts, each with its reason."""


def modules() -> Iterator[Any]:
    for found in pkgutil.iter_modules(services.__path__):
        yield importlib.import_module(f"{services.__name__}.{found.name}")


def public_functions() -> Iterator[tuple[str, Callable[..., Any]]]:
    for module in modules():
        for name, function in inspect.getmembers(module, inspect.isfunction):
            if function.__module__ == module.__name__ and not name.startswith("_"):
                yield f"{module.__name__.rpartition('.')[2]}.{name}", function


def takes_office(function: Callable[..., Any]) -> bool:
    return any("Office" in str(p.annotation) for p in inspect.signature(function).parameters.values())


def declared() -> dict[str, Act]:
    return {name: function.__dict__["act"] for name, function in public_functions() if "act" in function.__dict__}


def test_every_function_that_takes_the_office_is_an_act_or_listed_with_a_reason() -> None:
    without = {name for name, function in public_functions() if takes_office(function)} - declared().keys()
    assert without <= NO_ACTS.keys()
    assert NO_ACTS.keys() <= {name for name, _ in public_functions()}, "the list holds what is no more"


def test_only_parts_of_acts_write_past_them() -> None:
    """`office.write` asks which act runs; only a dry run, the log itself and the office write by the store."""
    writing = {
        module.__name__.rpartition(".")[2] for module in modules() if "store.write(" in inspect.getsource(module)
    }
    assert writing <= {"office", "importing"}


def test_acts_are_called_differently() -> None:
    """The log tells acts by their names; lists are not in it."""
    names = [told.name for told in declared().values() if told.verb is not Verb.LIST]
    assert len(names) == len(set(names)) > 10
    assert all(told.record in RECORDS for told in declared().values())


def log(office: Office) -> list[AuditEntry]:
    return office.read(lambda reading: reading.find(AuditEntry, order=("seq",)))


@dataclass
class Scene(using_at_work.Prepared):
    """A shop with a person, in which each act can be made to run."""

    office: Office
    person: bytes
    folder: Path

    @property
    def listed(self) -> Path:
        path = self.folder / "list.csv"
        path.write_text("Name,Email\nAnna Eins,anna@x.example\n", encoding="utf-8")
        return path

    @cached_property
    def batch(self) -> bytes:
        batch = importing.bring_in(self.office, self.listed, ORDER).batch
        assert batch is not None
        return batch

    @cached_property
    def number(self) -> str:
        return erasing.erase(self.office, self.person, self.folder / "out", ErasureOrder()).number

    @cached_property
    def waiting(self) -> list[bytes]:
        item = RetentionItem(
            id=self.office.new_id(),
            person_id=self.person,
            rule="lead",
            record="contact",
            row_id=self.person,
            due_on=date(2026, 1, 1),
            found_at=self.office.clock.now(),
        )
        self.office.store.write(lambda writing: writing.insert(item))
        return [item.id]

    @cached_property
    def noted(self) -> bytes:
        return contacts.note(self.office, self.person, "Notiz")

    @cached_property
    def bought(self) -> bytes:
        money, still_open = Money(1, "EUR"), OpenMatter.INVOICE
        return contacts.purchase(self.office, self.person, money, bought_on=DAY, still_open=still_open)

    @cached_property
    def delivered(self) -> bytes:
        return contacts.deliver(self.office, self.person, name="Gerda", deliver_on=DAY)

    @cached_property
    def task(self) -> bytes:
        return tasks.add_task(self.office, tasks.TaskForm(text="anrufen", person=self.person))

    @cached_property
    def labelled(self) -> object:
        return entries.tag(self.office, [self.person], "Stamm")

    @cached_property
    def change(self) -> bytes:
        change = changes.last_of(self.office, self.noted)
        assert change is not None
        return change

    @cached_property
    def request(self) -> str:
        return requests.register(self.office, self.person, RequestKind.ACCESS)

    @cached_property
    def place(self) -> bytes:
        return outside.add_place(self.office, "Newsletter")

    @cached_property
    def opened(self) -> record_page.RecordPage:
        return record_page.open_record(self.office, self.person)

    @cached_property
    def answered(self) -> bytes:
        return consents.give(self.office, self.person, "newsletter")

    @cached_property
    def asked(self) -> asking.Question:
        return asking.questions(self.office, self.person).questions[0]

    @cached_property
    def forms(self) -> forms_at_work.Forms:
        return forms_at_work.Forms(self.office, self.person, self.folder)

    @cached_property
    def copy(self) -> SafetyCopy:
        (self.folder / "stick").mkdir()
        return copies.make_copy(self.office, self.folder / "stick")

    @cached_property
    def apart(self) -> bytes:
        return sensitive.add_detail(self.office, self.person, apart_at_work.IBAN)

    @cached_property
    def said_yes(self) -> bytes:
        return consents.give(self.office, self.person, "newsletter")

    @cached_property
    def letters(self) -> PurposeForm:
        return purpose_editing.purpose_entry(self.office, "newsletter").form

    @cached_property
    def history(self) -> permission_table.History:
        return permission_table.history(self.office, self.person, "newsletter")

    @cached_property
    def crew(self) -> people_at_work.Crew:
        return people_at_work.Crew(self.office)

    @cached_property
    def case(self) -> bytes:
        return staff.open_case(self.office, self.crew.dora, self.person, "Beschwerde", 7)

    @cached_property
    def due(self) -> list[bytes]:
        contacts.note(self.office, self.person, "alt", happened_at=datetime(2020, 1, 1, tzinfo=UTC))
        retention.run(self.office)
        return [one.item.id for one in retention.queue(self.office)]


ORDER = importing.ImportOrder("Liste", Basis.CONTRACT)
NEW = contacts.NewContact(name="Neu", emails=("n@x.example",))
DAY = date(2026, 12, 1)
FORM = editing.ContactForm(name="Frau Form", emails=(editing.Line(text="form@x.example"),))
PREPARED = {
    "record_page.read_again": "opened",
    "record_page.older": "opened",
    "asking.read_again": "asked",
    "permission_table.read_again": "history",
    "asking.take_answers": "asked",
    "erasing.erasure_record": "number",
    "undoing.undo_import": "batch",
    "undoing.would_stay": "batch",
    "retention.decide": "waiting",
    "retention.would_go": "due",
    "retention.carry_out": "due",
    "changes.undo": "change",
    "entries.change_note": "noted",
    "entries.remove_note": "noted",
    "entries.remove_purchase": "bought",
    "entries.settle": "bought",
    "entries.remove_delivery": "delivered",
    "entries.untag": "labelled",
    "tasks.change_task": "task",
    "tasks.finish": "task",
    "tasks.remove_task": "task",
    **at_work("PREPARED"),
}
"""What has to be there before an act can run."""
CASES: dict[str, Callable[[Scene], object]] = {
    "contacts.add": lambda s: contacts.add(s.office, NEW),
    "contacts.note": lambda s: contacts.note(s.office, s.person, "Notiz"),
    "contacts.purchase": lambda s: contacts.purchase(s.office, s.person, Money(1, "EUR"), bought_on=DAY),
    "contacts.deliver": lambda s: contacts.deliver(s.office, s.person, name="Gerda", deliver_on=DAY),
    "contacts.order": lambda s: contacts.order(
        s.office,
        s.person,
        contacts.NewPurchase(amount=Money(1, "EUR"), bought_on=DAY),
        contacts.NewDelivery(name="Gerda", deliver_on=DAY),
    ),
    "contacts.change": lambda s: contacts.change(s.office, s.person, {"nickname": "Nick"}),
    "contacts.show": lambda s: contacts.show(s.office, s.person),
    "contacts.find": lambda s: contacts.find(s.office, "Anna"),
    "contacts.who_is": lambda s: contacts.who_is(s.office, "eva@muster.example"),
    "changes.last_of": lambda s: changes.last_of(s.office, s.person),
    "changes.undo": lambda s: changes.undo(s.office, s.change),
    "drafts.keep": lambda s: drafts.keep(s.office, "note", s.person, {"text": "halb"}),
    "drafts.take": lambda s: drafts.take(s.office, "note", s.person),
    "drafts.drop": lambda s: drafts.drop(s.office, "note", s.person),
    "editing.concerns": lambda s: editing.concerns(s.office, FORM),
    "editing.edit": lambda s: editing.edit(s.office, s.person, FORM),
    "editing.form_of": lambda s: editing.form_of(s.office, s.person),
    "editing.new_contact": lambda s: editing.new_contact(s.office, FORM),
    "entries.change_note": lambda s: entries.change_note(s.office, s.noted, "anders"),
    "entries.remove_note": lambda s: entries.remove_note(s.office, s.noted),
    "entries.remove_purchase": lambda s: entries.remove_purchase(s.office, s.bought),
    "entries.remove_delivery": lambda s: entries.remove_delivery(s.office, s.delivered),
    "entries.settle": lambda s: entries.settle(s.office, s.bought),
    "entries.tag": lambda s: entries.tag(s.office, [s.person], "Stamm"),
    "entries.untag": lambda s: entries.untag(s.office, [s.person], "Stamm"),
    "tasks.add_task": lambda s: tasks.add_task(s.office, tasks.TaskForm(text="Vasen kaufen")),
    "tasks.change_task": lambda s: tasks.change_task(s.office, s.task, tasks.TaskForm(text="schreiben")),
    "tasks.finish": lambda s: tasks.finish(s.office, s.task),
    "tasks.remove_task": lambda s: tasks.remove_task(s.office, s.task),
    "tasks.list_open": lambda s: tasks.list_open(s.office, DAY),
    "tasks.of_contact": lambda s: tasks.of_contact(s.office, s.person),
    "access.access_report": lambda s: access.access_report(s.office, s.person, s.folder / "out"),
    "erasing.preview": lambda s: erasing.preview(s.office, s.person),
    "erasing.erase": lambda s: s.number,
    "erasing.erasure_record": lambda s: erasing.erasure_record(s.office, s.number, s.folder / "again"),
    "importing.bring_in": lambda s: s.batch,
    "importing.try_out": lambda s: importing.try_out(s.office, s.listed, ORDER),
    "importing.sort_by": lambda s: importing.sort_by(s.office),
    "undoing.undo_import": lambda s: undoing.undo_import(s.office, s.batch),
    "undoing.would_stay": lambda s: undoing.would_stay(s.office, s.batch),
    "retention.preview": lambda s: retention.preview(s.office, date(2035, 1, 1)),
    "retention.run": lambda s: retention.run(s.office),
    "retention.queue": lambda s: retention.queue(s.office),
    "retention.decide": lambda s: retention.decide(s.office, s.waiting, RetentionAnswer.KEEP, reason="Garantie"),
    "retention.would_go": lambda s: retention.would_go(s.office, s.due),
    "retention.carry_out": lambda s: retention.carry_out(s.office, s.due),
    "kept.invoices": lambda s: kept.invoices(s.office),
    "listing.order": lambda s: listing.order(s.office),
    "listing.chip_counts": lambda s: listing.chip_counts(s.office),
    "listing.rows": lambda s: listing.rows(s.office, [s.person]),
    "listing.search": lambda s: listing.search(s.office, "Anna"),
    "record_page.open_record": lambda s: record_page.open_record(s.office, s.person),
    "record_page.read_again": lambda s: record_page.read_again(s.office, s.person),
    "record_page.older": lambda s: record_page.older(s.office, s.person, DAY),
    "record_page.what_we_hold": lambda s: record_page.what_we_hold(s.office, s.person),
    "asking.questions": lambda s: asking.questions(s.office, s.person),
    "asking.take_answers": lambda s: asking.take_answers(
        s.office, s.person, [(s.asked, asking.Answer.YES)], ConsentHow.PAPER
    ),
    "today.today": lambda s: today.today(s.office),
    "today.opened_last": lambda s: today.opened_last(s.office),
    "permission_table.people": lambda s: permission_table.people(s.office),
    "permission_table.counts": lambda s: permission_table.counts(s.office),
    "permission_table.row_states": lambda s: permission_table.row_states(s.office, [s.person]),
    "asking.read_again": lambda s: asking.read_again(s.office, s.person),
    "permission_table.read_again": lambda s: permission_table.read_again(s.office, s.person, "newsletter"),
    "permission_table.history": lambda s: permission_table.history(s.office, s.person, "newsletter"),
    "log_page.entries": lambda s: log_page.entries(s.office),
    "log_page.actors": lambda s: log_page.actors(s.office),
    "inspection.log": lambda s: inspection.log(s.office),
    "inspection.check_log": lambda s: inspection.check_log(s.office),
    "inspection.check_up": lambda s: inspection.check_up(s.office),
    "retention.rules": lambda s: retention.rules(s.office),
    "setup.furnish": lambda s: s.office,
    "setup.change_shop": lambda s: setup.change_shop(s.office, {"phone": "0341 555 0123"}),
    "setup.note_invited": lambda s: setup.note_invited(s.office),
    "setup.note_recovery": lambda s: setup.note_recovery(s.office),
    "setup.note_unfinished_searches": lambda s: setup.note_unfinished_searches(s.office, [bytes(16)]),
    **at_work("CASES"),
}
"""How each act is made to run; `furnish` ran when the file was begun."""


def test_every_act_has_a_case() -> None:
    assert CASES.keys() == declared().keys()


@pytest.mark.parametrize("name", sorted(CASES.keys() - {"setup.furnish"}))
def test_an_act_leaves_one_line_and_a_list_none(office: Office, tmp_path: Path, name: str) -> None:
    person = contacts.add(office, contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",)))
    scene = Scene(office, person, tmp_path)
    if name in PREPARED:
        getattr(scene, PREPARED[name])
    told = declared()[name]
    before = log(office)
    CASES[name](scene)
    added = log(office)[len(before) :]
    assert [(line.act, line.verb) for line in added] == ([] if told.verb is Verb.LIST else [(told.name, told.verb)])


def test_setting_up_is_the_first_line(office: Office) -> None:
    assert [(line.act, line.verb, line.seq) for line in log(office)] == [("furnish", Verb.SET_UP, 1)]


def test_lines_name_rows_and_fields_and_never_hold_a_value(office: Office, surroundings: Path) -> None:
    planter = Planter(office, seed=3)
    person = planter.person(office.new_id())
    words = [planter.word() for _ in range(5)]
    contacts.note(office, person, words[0])
    contacts.change(office, person, {"name": words[1], "job_title": words[2]})
    with_parent = consents.SaidWith(guardian=words[4])
    consents.give(office, person, "newsletter", evidence=words[3], said_with=with_parent)
    access.access_report(office, person, surroundings / "out")
    by_act = {line.act: line for line in log(office)}
    assert by_act["change"].fields.split() == ["changed_at", "job_title", "name", "sort_name"]
    assert by_act["change"].person_id == by_act["change"].row_id == person
    assert by_act["note"].person_id == person
    database, key = office.store.database, bytes(office.keys.database_key)
    lines = {"audit_entry": pages.tables(database, key)["audit_entry"]}
    assert pages.in_rows(lines, planter.texts(person) | set(words)) == {}


def test_writing_outside_any_act_is_refused(office: Office) -> None:
    before = log(office)
    with pytest.raises(RuntimeError):
        office.write(lambda *_: None)
    with pytest.raises(RuntimeError):
        office.looked(None)
    assert log(office) == before


def test_an_act_that_leaves_no_line_is_refused(office: Office) -> None:
    @act(Verb.CHANGE, Contact)
    def forgetful(_office: Office) -> None:
        """Does nothing at all."""

    with pytest.raises(RuntimeError, match="forgetful"):
        forgetful(office)


def test_the_right_is_asked_for_before_anything_is_done(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def refuse(_self: Office, told: Act) -> None:
        asked.append(told.name)
        raise Problem(M("no"))

    monkeypatch.setattr(Office, "check_right", refuse)
    before = pages.tables(office.store.database, bytes(office.keys.database_key))
    for name, function in public_functions():
        if name in declared():
            with pytest.raises(Problem):
                function(office)
    assert sorted(asked) == sorted(told.name for told in declared().values())
    assert pages.tables(office.store.database, bytes(office.keys.database_key)) == before


def test_what_fails_leaves_neither_change_nor_line(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    person = contacts.add(office, contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",)))
    before = pages.tables(office.store.database, bytes(office.keys.database_key))
    monkeypatch.setattr("desktop_crm.services.journal.append", _fails)
    with pytest.raises(OSError, match="log"):
        contacts.note(office, person, "Notiz")
    assert pages.tables(office.store.database, bytes(office.keys.database_key)) == before


def _fails(*_args: object, **_kwargs: object) -> None:
    raise OSError("log")


def test_acts_are_known_to_nobody_after_they_ended(office: Office, file: ShopFile) -> None:
    contacts.find(office, "x")
    with pytest.raises(RuntimeError):
        acts.performing()
    assert file.folder.database.exists()


def test_what_is_set_up_can_be_read_back(office: Office) -> None:
    assert office.read(shop.load_shop).name == "Blumen Weber"
    assert setup.furnish.__dict__["act"].verb is Verb.SET_UP
    assert office.read(lambda reading: reading.count(ImportBatch)) == 0
