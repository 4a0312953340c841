"""Whatever happens to the rows, the full-text index says the same as one made anew from them."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from desktop_crm.privacy.folding import index_text
from desktop_crm.records.company import Company
from desktop_crm.records.contact import Contact, ContactEmail, ContactPhone
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.technical import SearchEntry
from desktop_crm.storage import search, search_index
from desktop_crm.storage.store import Store
from desktop_crm.storage.transaction import Reading, Writing
from desktop_crm.storage.where import eq
from tests.storage.people import NOW, company, contact, email, key, note, phone

Words = dict[tuple[str, bytes], tuple[Any, ...]]
COLUMNS = ("name", "email", "phone", "company", "note")


def stored(reading: Reading) -> Words:
    """What the search entries say."""
    return {
        (e.kind, e.owner): (e.subject, *(sorted(getattr(e, column).split()) for column in COLUMNS))
        for e in reading.find(SearchEntry)
    }


def made_anew(reading: Reading) -> Words:
    """What they must say, from the rows and written apart from the program."""

    def folded(*texts: str | None) -> list[str]:
        return sorted(" ".join(index_text(text) for text in texts if text).split())

    companies = {c.id: c.name for c in reading.find(Company)}
    words: Words = {}
    for c in reading.find(Contact):
        mine = eq("contact_id", c.id)
        numbers = [n for p in reading.find(ContactPhone, mine) for n in (p.number, p.match)]
        words["contact", c.id] = (
            c.id,
            folded(c.name, c.nickname),
            folded(*(e.address for e in reading.find(ContactEmail, mine))),
            sorted(" ".join(search_index.phone_words(n) for n in numbers).split()),
            folded(companies.get(c.company_id or b"")),
            [],
        )
    for i in reading.find(Interaction):
        words["interaction", i.id] = (i.contact_id, [], [], [], [], folded(i.text))
    return words


def in_step(store: Store) -> None:
    """Entries fit the rows, and the full-text index fits the entries."""
    store.write(
        lambda w: w.connection.execute("INSERT INTO search_text (search_text, rank) VALUES ('integrity-check', 1)")
    )
    assert store.read(stored) == store.read(made_anew)


def _insert(rows: list[Any], writing: Writing) -> None:
    for record, same in groupby(rows, type):
        writing.insert_many(record, list(same))


NAMES = st.sampled_from(["Łucja Kowalska", "王小明", "Anna", "Anna", "Zoë", "x" * 300, "Ben O'Neill"])
NUMBERS = st.sampled_from(["+49 341 555", "0341555", "+1 212 555 7890"])

Step = Callable[[Writing], object]


class Rows(RuleBasedStateMachine):
    """Random changes, some of them several in one transaction, some of them taken back."""

    folder: Path

    def __init__(self) -> None:
        super().__init__()
        self.store = Store(self.folder / f"{key().hex()}.db", bytes(32), create=True)
        self.people: list[bytes] = []
        self.parts: list[tuple[type, bytes]] = []
        self.companies: list[bytes] = []
        self.steps: list[Step] = []

    @initialize(names=st.lists(NAMES, min_size=1, max_size=4))
    def begin(self, names: list[str]) -> None:
        for name in names:
            self._insert(self.people, contact(name))
        self.commit()

    def _insert(self, among: list[bytes], row: Any) -> None:
        among.append(row.id)
        self.steps.append(lambda writing: writing.insert(row))

    def _part(self, row: Any) -> None:
        self.parts.append((type(row), row.id))
        self.steps.append(lambda writing: writing.insert(row))

    @rule(name=NAMES, nickname=st.none() | NAMES, data=st.data())
    def add_person(self, name: str, nickname: str | None, data: st.DataObject) -> None:
        employer = data.draw(st.sampled_from([None, *self.companies]))
        self._insert(self.people, contact(name, nickname=nickname, company_id=employer))

    @rule(name=NAMES)
    def add_company(self, name: str) -> None:
        row = company(f"{name} {len(self.companies)}")
        self._insert(self.companies, row)

    @rule(data=st.data(), number=NUMBERS, name=NAMES, kind=st.integers(0, 2))
    def add_part(self, data: st.DataObject, number: str, name: str, kind: int) -> None:
        if self.people:
            person = data.draw(st.sampled_from(self.people))
            made = (email(person, "a.b@example.com"), phone(person, number, "+49341555"), note(person, name))
            self._part(made[kind])

    @rule(data=st.data(), name=NAMES, nickname=st.none() | NAMES)
    def rename(self, data: st.DataObject, name: str, nickname: str | None) -> None:
        if self.people:
            person = data.draw(st.sampled_from(self.people))
            employer = data.draw(st.sampled_from([None, *self.companies]))
            self.steps.append(lambda w: w.update(Contact, person, name=name, nickname=nickname, company_id=employer))

    @rule(data=st.data(), name=NAMES)
    def rename_company(self, data: st.DataObject, name: str) -> None:
        if self.companies:
            one = data.draw(st.sampled_from(self.companies))
            new = f"{name} {key().hex()}"
            self.steps.append(lambda w: w.update(Company, one, name=new, match=new))

    @rule(data=st.data())
    def change_part(self, data: st.DataObject) -> None:
        if self.parts and self.people:
            record, one = data.draw(st.sampled_from(self.parts))
            person = data.draw(st.sampled_from(self.people))
            values: dict[str, Any] = {Interaction: {"text": "new text"}, ContactPhone: {"number": "0815 4711"}}.get(
                record, {"address": "new@example.org"}
            )
            if record is not Interaction:
                values["contact_id"] = person
            self.steps.append(lambda w: w.update(record, one, **values))

    @rule(data=st.data())
    def remove_part(self, data: st.DataObject) -> None:
        if self.parts:
            record, one = self.parts.pop(data.draw(st.integers(0, len(self.parts) - 1)))
            self.steps.append(lambda w: w.delete(record, eq("id", one)))

    @rule(data=st.data(), again=st.booleans())
    def remove_person(self, data: st.DataObject, again: bool) -> None:
        if self.people:
            person = self.people.pop(data.draw(st.integers(0, len(self.people) - 1)))
            for record in (ContactEmail, ContactPhone, Interaction):
                self.steps.append(lambda w, r=record: w.delete(r, eq("contact_id", person)))  # type: ignore[misc]
            self.steps.append(lambda w: w.delete(Contact, eq("id", person)))
            if again:
                self._insert(self.people, contact("Back Again", id=person))

    @rule()
    def commit(self) -> None:
        steps, self.steps = self.steps, []
        self.store.write(lambda writing: [step(writing) for step in steps])
        in_step(self.store)
        self._forget_what_is_gone()

    @rule()
    def take_back(self) -> None:
        """The same in a transaction that fails at its end."""
        steps, self.steps = self.steps, []
        before = self.store.read(stored)

        def work(writing: Writing) -> None:
            for step in steps:
                step(writing)
            writing.finish()
            raise InterruptedError

        with pytest.raises(InterruptedError):
            self.store.write(work)
        assert self.store.read(stored) == before
        in_step(self.store)
        self._forget_what_is_gone()

    def _forget_what_is_gone(self) -> None:
        self.people = self.store.read(lambda r: [c.id for c in r.find(Contact)])
        self.companies = self.store.read(lambda r: [c.id for c in r.find(Company)])
        self.parts = [
            (record, row.id)
            for record in (ContactEmail, ContactPhone, Interaction)
            for row in self.store.read(lambda r, of=record: r.find(of))  # type: ignore[misc]
        ]

    def teardown(self) -> None:
        self.store.close()


@pytest.mark.parametrize("rebuild_from", [search_index.REBUILD_FROM, 1], ids=["one by one", "made anew"])
def test_the_index_keeps_in_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, rebuild_from: int) -> None:
    from hypothesis.stateful import run_state_machine_as_test

    monkeypatch.setattr(search_index, "REBUILD_FROM", rebuild_from)
    monkeypatch.setattr(search_index, "SWEEP_FROM", max(rebuild_from, 2))
    machine = type("RowsHere", (Rows,), {"folder": tmp_path})
    run_state_machine_as_test(machine, settings=settings(max_examples=40, stateful_step_count=25, deadline=None))


def test_many_at_once_are_indexed_as_one_by_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[Any] = [contact(f"Person {number} Łucja") for number in range(300)]
    rows += [email(row.id, f"{row.id.hex()}@example.com") for row in rows]
    found = []
    for name, least in (("bulk", 100), ("single", 1000)):
        monkeypatch.setattr(search_index, "REBUILD_FROM", least)
        store = Store(tmp_path / name, bytes(32), create=True)
        store.write(partial(_insert, rows))
        in_step(store)
        words = store.read(lambda r: r.connection.execute("SELECT * FROM search_word ORDER BY term, col").fetchall())
        found.append((words, store.read(lambda r: search.exact(r, "lucja person 17"))))
        store.close()
    assert found[0] == found[1]
    assert len(found[0][1]) == len([17, *range(170, 180)])


def test_a_part_given_to_somebody_else_is_found_there_alone(store: Store) -> None:
    one, other = contact("One"), contact("Other")
    moving = email(one.id, "moving@example.com")
    store.write(partial(_insert, [one, other, moving]))
    store.write(lambda w: w.update(ContactEmail, moving.id, contact_id=other.id))
    assert [hit.subject for hit in store.read(lambda r: search.exact(r, "moving"))] == [other.id]
    in_step(store)


def test_the_recipient_of_a_delivery_is_found_by_name_and_is_a_person_of_their_own(store: Store) -> None:
    buyer = contact("Buyer")
    recipient = DeliveryRecipient(
        id=key(), contact_id=buyer.id, name="Gertrud Empfängerin", deliver_on=NOW.date(), created_at=NOW
    )
    store.write(partial(_insert, [buyer, recipient]))
    hits = store.read(lambda r: search.exact(r, "empfangerin"))
    assert hits == [search.Hit("delivery_recipient", recipient.id, recipient.id)]
    store.write(lambda w: w.delete(DeliveryRecipient))
    assert store.read(lambda r: search.exact(r, "empfangerin")) == []
