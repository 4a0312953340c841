"""Proof 2: the access report holds all of a person and nothing of others; after the erasure nothing is left."""

from __future__ import annotations

import base64
import logging
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from desktop_crm.host.ids import id_text
from desktop_crm.privacy.folding import fold
from desktop_crm.records.change import Change, ChangeValue
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Basis, Category
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.draft import Draft
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.purchase import KeptInvoice, Original
from desktop_crm.records.retention import RetentionAnswer
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
    importing,
    inspection,
    proof,
    retention,
    tasks,
)
from desktop_crm.services.erasure_plan import ErasureOrder, plan_of
from desktop_crm.services.office import Office
from desktop_crm.storage import store
from desktop_crm.storage.held import LivingText
from desktop_crm.storage.rows import instant_text
from desktop_crm.storage.store import Store
from desktop_crm.storage.transaction import Writing
from desktop_crm.storage.where import eq
from desktop_crm.words import Money, Problem
from tests.privacy import pages
from tests.privacy.canaries import Planted, Planter, hidden, personal_records, visible
from tests.privacy.papers import holding, json_text, path_of, pdf_text
from tests.privacy.shop import ShopFile

ELSEWHERE = {"original": Original.ELSEWHERE, "deceased": True, "answer": RetentionAnswer.KEEP}
"""What waits for nothing that is due would go with the next look."""
RECENT = dict.fromkeys(("happened_at", "saved_at"), datetime(2026, 11, 20, 15, tzinfo=UTC))
"""Drafts and changes that can be taken back go by themselves when they are old."""
REPLACED = {"contact.nickname", "contact.last_activity_on", "contact.changed_at"}
"""What `_by_services` gives new values."""
BERLIN = ZoneInfo("Europe/Berlin")
HANDED_OUT = ("access-", "letter-")
"""Papers that hold the person on purpose: they are given to the person."""


@dataclass
class Planting:
    """Two people and whom their orders went to, and everything that was planted with them."""

    office: Office
    planter: Planter
    one: bytes
    other: bytes
    folder: Path

    @property
    def database(self) -> Path:
        return self.office.store.database

    @property
    def key(self) -> bytes:
        return bytes(self.office.keys.database_key)

    def texts(self, person: bytes) -> set[str]:
        return self.planter.texts(person)

    def recipient_of(self, person: bytes) -> bytes:
        (row,) = [p.row for p in self.planter.of(person) if p.place == "delivery_recipient.name"][:1]
        key: bytes = row.id
        return key


def _by_services(office: Office, planter: Planter, person: bytes) -> list[str]:
    """What the shop does with a person, each value a canary; returns those that are the person's to see."""
    words = [planter.word() for _ in range(7)]
    contacts.note(office, person, f"{words[0]} {words[1]}")
    contacts.purchase(office, person, Money(4321, "EUR"), bought_on=date(2026, 3, 4), description=words[2])
    contacts.deliver(office, person, name=planter.word(), deliver_on=date(2026, 12, 1), card_text=words[3])
    with_parent = consents.SaidWith(guardian=words[6])
    consents.give(office, person, "newsletter", evidence=words[4], said_with=with_parent)
    consents.withdraw(office, person, "newsletter")
    contacts.change(office, person, {"nickname": words[5]})
    words += _and_back(office, planter, person)
    retention.run(office, clock_is_right=True)
    contacts.show(office, person)
    return words


def _and_back(office: Office, planter: Planter, person: bytes) -> list[str]:
    """What is corrected, taken out or not saved yet is still here for a while, and the person's."""
    words = [planter.word() for _ in range(6)]
    entries.change_note(office, contacts.note(office, person, words[0]), words[1])
    bought = contacts.purchase(office, person, Money(1, "EUR"), bought_on=date(2026, 3, 5), description=words[2])
    entries.remove_purchase(office, bought)
    goes = contacts.deliver(office, person, name=planter.word(), deliver_on=date(2026, 12, 2), card_text=words[3])
    entries.remove_delivery(office, goes)
    drafts.keep(office, "note", person, {"text": words[4]})
    task = tasks.add_task(office, tasks.TaskForm(text=words[5], person=person))
    tasks.remove_task(office, task)
    form = editing.form_of(office, person)
    editing.edit(office, person, replace(form, job_title=planter.word(), company=planter.word(), birthday=""))
    return words


@pytest.fixture
def planting(office: Office, surroundings: Path) -> Planting:
    planter = Planter(office, seed=20261121, fixed=ELSEWHERE | RECENT)
    one, other = planter.person(office.new_id()), planter.person(office.new_id())
    return Planting(office, planter, one, other, surroundings)


def test_every_declared_field_of_a_person_is_planted(planting: Planting) -> None:
    places = {p.place for p in planting.planter.of(planting.one)}
    expected = {
        f"{told.name}.{column.name}"
        for told in personal_records()
        for column in told.columns
        if column.category is not Category.NONE
    }
    assert expected <= places
    texts = [p.text for p in planting.planter.planted if p.searchable_text]
    assert len(texts) == len(set(texts)) > 80


def test_the_access_report_holds_all_of_one_person_and_nothing_of_others(planting: Planting) -> None:
    office = planting.office
    mine, theirs = planting.planter.of(planting.one), planting.planter.of(planting.other)
    by_services = _by_services(office, planting.planter, planting.one)
    answered = access.access_report(office, planting.one, planting.folder / "papers")
    texts = (json_text(path_of(answered.papers, ".json")), pdf_text(path_of(answered.papers, ".pdf")))
    withheld = hidden(mine) | planting.texts(planting.other) | hidden(theirs)
    mine = [p for p in mine if p.place not in REPLACED]
    for text in texts:
        missing = visible(mine) | set(by_services)
        assert missing - holding(text, missing) == set()
        assert holding(text, withheld) == set()
    assert [p.place for p in mine if not p.column.derived and not _told(p, texts[0])] == []


def _told(one: Planted, text: str) -> bool:
    """Whether a day, an instant or a number stands in the report for machines."""
    value = getattr(one.row, one.column.name)
    if one.column.kind is datetime:
        day = value.astimezone(BERLIN)
        return any(form in text for form in (instant_text(value)[:19], f"{day:%Y-%m-%d}", f"{day:%d.%m.%Y, %H:%M}"))
    if one.column.kind is date:
        return value.isoformat() in text
    if one.place == "consent_evidence.content":
        return base64.b64encode(value).decode() in text
    return one.column.kind is not int or str(value) in text


def test_whom_an_order_went_to_gets_their_own_and_not_the_buyers(planting: Planting) -> None:
    person = planting.recipient_of(planting.one)
    answered = access.access_report(planting.office, person, planting.folder / "papers")
    rows = [p for p in planting.planter.of(planting.one) if p.told.record is DeliveryRecipient]
    own = {p.text for p in rows if p.searchable_text}
    others = (planting.texts(planting.one) | planting.texts(planting.other)) - own
    for text in (json_text(path_of(answered.papers, ".json")), pdf_text(path_of(answered.papers, ".pdf"))):
        assert own - holding(text, own) == set()
        assert holding(text, others) == set()
        assert id_text(planting.one) not in text


def _residue(planting: Planting, texts: Iterable[str]) -> dict[str, set[str]]:
    """Where any of the texts is still found: rows, full-text words, stored pages."""
    wanted = set(texts)
    found: dict[str, set[str]] = {}
    for part in (
        pages.in_rows(pages.tables(planting.database, planting.key), wanted),
        pages.in_pages(planting.database, planting.key, wanted),
    ):
        for text, places in part.items():
            found.setdefault(text, set()).update(places)
    for word in pages.full_text_words(planting.database, planting.key) & {fold(text) for text in wanted}:
        found.setdefault(word, set()).add("full-text word")
    return found


def _in_files(folder: Path, texts: Iterable[str]) -> dict[str, set[str]]:
    """Which files below a folder hold a text, papers that are handed out to the person apart."""
    found: dict[str, set[str]] = {}
    wanted = set(texts)
    for path in folder.rglob("*"):
        if path.is_file() and not path.name.startswith(HANDED_OUT):
            content = path.read_bytes().lower()
            said = pdf_text(path) if path.suffix == ".pdf" else ""
            for text in wanted:
                if text.lower().encode() in content or text in said or text.lower() in str(path).lower():
                    found.setdefault(text, set()).add(path.name)
    return found


def test_the_tools_of_this_proof_find_what_is_there(planting: Planting) -> None:
    """A search that finds nothing proves nothing unless it finds everything before."""
    everything = planting.texts(planting.one)
    apart = planting.planter.kept_apart(planting.one)
    planting.office.store.checkpoint()
    assert pages.in_pages(planting.database, planting.key, everything).keys() == everything - apart
    assert len(apart) == 2, "and what is kept apart is in no page, though the person's report tells it"
    rows = pages.in_rows(pages.tables(planting.database, planting.key), everything)
    assert rows.keys() == everything - apart
    words = pages.full_text_words(planting.database, planting.key)
    searchable = {
        p.text
        for p in planting.planter.of(planting.one)
        if p.searchable_text and p.column.searchable and p.told.searchable
    }
    assert {fold(text) for text in searchable} <= words


def test_nothing_of_an_erased_person_is_left_anywhere(
    planting: Planting, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG)
    office, planter = planting.office, planting.planter
    said = _by_services(office, planter, planting.one)
    _by_services(office, planter, planting.other)
    gone_before = {p.text for p in planter.of(planting.one) if p.place in REPLACED and p.text}
    mine = planting.texts(planting.one) - gone_before | set(said)
    theirs = planting.texts(planting.other)
    access.access_report(office, planting.one, planting.folder / "papers")
    office.store.checkpoint()
    assert mine - planter.kept_apart(planting.one) <= _residue(planting, mine).keys()

    done = erasing.erase(office, planting.one, planting.folder / "papers", ErasureOrder())

    mine |= gone_before
    assert _residue(planting, mine) == {}
    assert _in_files(planting.folder, mine | theirs) == {}
    assert (done.searched.found, done.searched.pending) == (0, False)
    replaced = {p.text for p in planter.of(planting.other) if p.place in REPLACED}
    assert theirs - replaced - planter.kept_apart(planting.other) <= _residue(planting, theirs).keys()
    out, err = capfd.readouterr()
    assert holding(out + err + caplog.text, mine | theirs) == set()


def test_nothing_is_left_after_the_next_start_either(planting: Planting, file: ShopFile) -> None:
    erasing.erase(planting.office, planting.one, planting.folder / "papers", ErasureOrder())
    mine, key = planting.texts(planting.one), planting.key
    planting.office.close()
    again = file.open()
    try:
        assert _residue(Planting(again, planting.planter, planting.one, planting.other, planting.folder), mine) == {}
        assert bytes(again.keys.database_key) == key
    finally:
        again.close()


def _erase(planting: Planting) -> erasing.Erased:
    planting.office.store.checkpoint()
    return erasing.erase(planting.office, planting.one, planting.folder / "papers", ErasureOrder())


def _leave_deleted_words(writing: Writing) -> None:
    writing.connection.execute("INSERT INTO search_text(search_text, rank) VALUES('secure-delete', 0)")


def test_without_overwriting_in_the_full_text_index_both_searches_find_residue(
    planting: Planting, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The switch of this ingredient: were it off in the program, the proof above would fail."""
    planting.office.store.write(_leave_deleted_words)
    monkeypatch.setattr(Store, "rebuild_search", lambda _store: None)
    done = _erase(planting)
    assert _residue(planting, planting.texts(planting.one))
    assert done.searched.found > 0


def test_what_the_search_finds_in_the_full_text_index_is_cleaned_away(planting: Planting) -> None:
    planting.office.store.write(_leave_deleted_words)
    done = _erase(planting)
    assert _residue(planting, planting.texts(planting.one)) == {}
    assert (done.searched.found, done.searched.pending) == (0, False)


def _keep_an_invoice(planting: Planting) -> None:
    contacts.purchase(
        planting.office,
        planting.one,
        Money(64000, "EUR"),
        bought_on=planting.office.today(),
        invoice_no="X-2026-118",
        description="Brautstrauß mit Zauberpalmen",
        original=Original.HERE,
    )


def test_a_locked_invoice_is_no_residue(planting: Planting) -> None:
    _keep_an_invoice(planting)
    done = _erase(planting)
    assert (done.searched.found, done.searched.pending) == (0, False)
    assert len(planting.office.read(lambda reading: reading.find(KeptInvoice))) == 1


def test_a_locked_invoice_does_not_blind_the_search(planting: Planting, monkeypatch: pytest.MonkeyPatch) -> None:
    """The name stands in the invoice, and that excuses no find of it in the full-text index."""
    _keep_an_invoice(planting)
    planting.office.store.write(_leave_deleted_words)
    monkeypatch.setattr(Store, "rebuild_search", lambda _store: None)
    (contact,) = planting.office.read(lambda reading: reading.find(Contact, eq("id", planting.one)))
    planting.office.store.checkpoint()
    plan = planting.office.read(lambda reading: plan_of(planting.office, reading, planting.one))
    erasing.erase(planting.office, planting.one, planting.folder / "papers", ErasureOrder())
    only_the_name = proof.search(planting.office, (contact.name,))
    assert only_the_name.found == 1
    assert proof.search(planting.office, plan.details).found > 1


def test_a_name_in_han_is_found_as_the_index_holds_it(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    who = contacts.add(office, contacts.NewContact(name="王小明陳大文", emails=("w@x.example",)))
    details = office.read(lambda reading: plan_of(office, reading, who)).details

    def forget_the_rows_only(writing: Writing) -> None:
        for table in ("change_value", "change", "contact_email", "contact"):
            writing.connection.execute(f"DELETE FROM {table}")

    office.store.write(forget_the_rows_only)
    monkeypatch.setattr(LivingText, "holds", lambda *_: False)
    assert proof.search(office, details).found > 0


@pytest.mark.parametrize("claims", [True, False])
def test_without_the_checkpoint_both_searches_find_residue(
    planting: Planting, monkeypatch: pytest.MonkeyPatch, claims: bool
) -> None:
    planting.office.store.checkpoint()
    # Nor the one that comes by itself while a slow computer still searches.
    monkeypatch.setattr(store, "CHECKPOINT_AFTER", 3600.0)
    checkpoint: Callable[[Store], bool] = lambda _store: claims  # noqa: E731
    monkeypatch.setattr(Store, "checkpoint", checkpoint)
    done = erasing.erase(planting.office, planting.one, planting.folder / "papers", ErasureOrder())
    mine = planting.texts(planting.one)
    assert pages.in_pages(planting.database, planting.key, mine)
    assert done.searched.found > 0
    assert done.searched.pending is not claims


def test_while_another_program_reads_the_search_is_told_to_be_repeated(
    planting: Planting, file: ShopFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it still holds back is overwritten at the next start."""
    monkeypatch.setattr(store, "_PATIENCE", 0.05)
    planting.office.store.checkpoint()
    mine, key = planting.texts(planting.one), planting.key
    with pages.reading(planting.database, key):
        done = erasing.erase(planting.office, planting.one, planting.folder / "papers", ErasureOrder())
        assert done.searched.pending
        assert pages.in_pages(planting.database, key, mine)
    planting.office.close()
    again = file.open()
    try:
        assert pages.in_pages(planting.database, key, mine) == {}
        findings = inspection.check_up(again)
        assert [f.sound for f in findings].count(False) >= 1, "that it was not proved is said"
    finally:
        again.close()


def test_a_full_text_word_cut_by_a_shared_beginning_is_found(planting: Planting) -> None:
    """Two words that begin alike: of the second, a leaf keeps the end alone."""
    planting.office.store.write(lambda writing: _two_alike(writing, planting.office))
    planting.office.store.checkpoint()
    assert pages.in_pages(planting.database, planting.key, ["zanzibarstreet42qq"])


def _two_alike(writing: Writing, office: Office) -> None:
    for rid, word in ((900_001, "zanaaaaaaaaa"), (900_002, "zanzibarstreet42qq")):
        writing.connection.execute(
            "INSERT INTO search_text (rowid, name, email, phone, company, note) VALUES (?, ?, '', '', '', '')",
            (rid, word),
        )
    assert office.store.database.exists()


def test_a_corrected_value_is_gone_after_the_next_checkpoint(planting: Planting) -> None:
    old = {p.text for p in planting.planter.of(planting.one) if p.place in {"contact.name", "contact.given"}}
    planting.office.store.checkpoint()
    contacts.change(planting.office, planting.one, {"name": "Nora Neu", "given": "Nora"})
    planting.office.store.checkpoint()
    assert _residue(planting, old) == {}


def test_the_erased_leave_no_row_but_numbers(planting: Planting) -> None:
    """By the declarations: no record about people holds a row of the erased, the activity log's numbers apart."""
    _by_services(planting.office, planting.planter, planting.one)
    _erase(planting)
    recipient = planting.recipient_of(planting.one)
    for told in personal_records():
        for subject in told.subjects:
            for person in (planting.one, recipient):
                assert (
                    planting.office.read(
                        lambda r, told=told, s=subject, p=person: r.count(told.record, eq(s.column, p))  # type: ignore[misc]
                    )
                    == 0
                ), told.name
    left: Any = planting.office.read(lambda r: r.count(SearchEntry, eq("subject", planting.one)))
    assert left == 0


def test_importing_and_erasing_leaves_nothing_either(office: Office, surroundings: Path) -> None:
    planter = Planter(office, seed=7)
    words = {name: planter.word() for name in ("given", "family", "street", "note", "company", "tag")}
    phone = "+49341" + planter.number()[:7]
    line = f"{words['given']},{words['family']},{words['given']}@{words['family']}.example,{phone},{words['street']},"
    listed = surroundings / "list.csv"
    listed.write_text(
        "First name,Last name,Email,Phone,Street,Company,Notes,Newsletter\n"
        + line
        + f"{words['company']},{words['note']},yes\n",
        encoding="utf-8",
    )
    report = importing.bring_in(office, listed, importing.ImportOrder("Annas Liste", Basis.CONTRACT))
    assert report.outcomes == {importing.Outcome.ADDED: 1}
    listed.unlink()
    person = contacts.who_is(office, f"{words['given']}@{words['family']}.example")
    office.store.checkpoint()
    planting = Planting(office, planter, person, person, surroundings)
    texts = {words[name] for name in ("given", "family", "street", "note", "company")}
    assert texts <= _residue(planting, texts).keys()
    erasing.erase(office, person, surroundings / "papers", ErasureOrder())
    assert _residue(planting, texts) == {}
    assert _in_files(surroundings, texts) == {}


@pytest.mark.parametrize("named_still", [False, True])
def test_earlier_values_and_drafts_of_others_do_not_bring_the_erased_back(
    office: Office, surroundings: Path, named_still: bool
) -> None:
    gone = contacts.add(
        office,
        contacts.NewContact(name="Zdenka Quastenflosser", emails=("zdenka@quasten.example",), phones=("0341 557788",)),
    )
    other = contacts.add(office, contacts.NewContact(name="Rolf Bleibt", emails=("r@x.example",)))
    texts = ["Tochter von ZDENKA QUASTENFLOSSER", "ruft unter 0341/55 77 88 an", "schreibt als zdenka@quasten.example"]
    for text in texts:
        entries.change_note(office, contacts.note(office, other, text), "Tochter kommt")
    entries.change_note(office, contacts.note(office, other, "Mag Tulpen"), "Mag Nelken")
    drafts.keep(office, "note", other, {"text": texts[0], "place": "Tulpen"})
    drafts.keep(office, "new", None, {"text": texts[0]})
    if named_still:
        contacts.note(office, other, texts[0])
    telling = {value.change_id for value in office.read(lambda r: r.find(ChangeValue)) if value.old in texts}
    assert len(telling) == 3
    office.store.checkpoint()

    done = erasing.erase(office, gone, surroundings / "papers", ErasureOrder(mentions_seen=True))

    assert (done.searched.found, done.searched.pending) == (0, False)
    left = [*office.read(lambda r: r.find(ChangeValue)), *office.read(lambda r: r.find(Draft))]
    assert not [row for row in left if "quasten" in repr(row).lower() or "77" in str(getattr(row, "old", ""))]
    assert drafts.take(office, "note", other) == {"place": "Tulpen"}
    assert drafts.take(office, "new", None) == {}
    for key in telling:
        with pytest.raises(Problem):
            changes.undo(office, key)
    notes = [row.text for row in office.read(lambda r: r.find(Interaction))]
    assert notes.count(texts[0]) == named_still
    can_be_undone = {value.change_id for value in office.read(lambda r: r.find(ChangeValue))}
    every = office.read(lambda r: r.find(Change, order=("happened_at", "id")))
    changes.undo(office, [one.id for one in every if one.id in can_be_undone][-1])


def test_what_others_say_of_anything_else_can_still_be_taken_back(office: Office, surroundings: Path) -> None:
    gone, other, third = (
        contacts.add(office, contacts.NewContact(name=n, emails=(f"{n[:3]}@x.example",)))
        for n in ("Ada Weg", "Rolf Bleibt", "Uta Da")
    )
    contacts.note(office, gone, "Mag Sonnenblumen, follow up")
    contacts.note(office, third, "Mag Sonnenblumen")
    note = contacts.note(office, other, "Mag Sonnenblumen")
    entries.change_note(office, note, "Mag Nelken")
    done = erasing.erase(office, gone, surroundings / "papers", ErasureOrder())
    assert done.searched.found == 0
    found = changes.last_of(office, note)
    assert found is not None
    changes.undo(office, found)
