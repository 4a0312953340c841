"""What an erasure takes, what it must leave, and what it may not touch."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.privacy.chain import CHAIN_START
from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.batch import ImportBatch
from desktop_crm.records.company import Company
from desktop_crm.records.contact import Contact, ContactEmail
from desktop_crm.records.declare import Basis, declaration
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.erasure import ErasingNow, Erasure, ErasureCount, ErasureMark
from desktop_crm.records.purchase import KeptInvoice, Original, Purchase, Sale
from desktop_crm.records.registry import inventory
from desktop_crm.records.request import PrivacyRequest
from desktop_crm.records.retention import RetentionAnswer, RetentionItem
from desktop_crm.records.tag import ContactTag, Tag
from desktop_crm.records.technical import SearchEntry
from desktop_crm.services import (
    access,
    consents,
    contacts,
    erasing,
    importing,
    log_keeping,
    log_notice,
    outside,
    retention,
    undoing,
)
from desktop_crm.services.access_entries import TO_PROTECT
from desktop_crm.services.erasing import ledger_seal
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.storage.connection import IntegrityError
from desktop_crm.storage.transaction import Writing
from desktop_crm.storage.where import eq
from desktop_crm.words import Money, Problem, Words
from tests.privacy import pages
from tests.privacy.canaries import Planter
from tests.privacy.papers import holding, json_text, path_of, pdf_text
from tests.privacy.shop import ShopFile, clock_of, opened

NUMBERS = itertools.count(1)


def person(office: Office, name: str = "Łucja Testowska", **values: Any) -> bytes:
    reach = {"emails": (f"person{next(NUMBERS)}@kundin.example",)} | values
    return contacts.add(office, contacts.NewContact(name=name, **reach))


def everything(office: Office) -> dict[str, list[tuple[object, ...]]]:
    return pages.tables(office.store.database, bytes(office.keys.database_key))


def rows(office: Office, record: type[Any]) -> list[Any]:
    return office.read(lambda reading: reading.find(record))


def erase(office: Office, who: bytes, out: Path, **order: Any) -> erasing.Erased:
    return erasing.erase(office, who, out, ErasureOrder(**order))


# Purchases and invoices


def test_a_purchase_whose_original_lies_elsewhere_keeps_day_and_amount_only(office: Office, tmp_path: Path) -> None:
    who = person(office)
    bought = contacts.purchase(
        office, who, Money(3500, "EUR"), bought_on=date(2026, 2, 14), invoice_no="X-77", description="Strauß"
    )
    erase(office, who, tmp_path / "out")
    (sale,) = rows(office, Sale)
    assert (sale.bought_on, sale.amount_minor, sale.currency) == (date(2026, 2, 14), 3500, "EUR")
    assert sale.id != bought
    assert sale.id[6] >> 4 == 4, "an id that tells when it was made would lead back"
    assert rows(office, Purchase) == rows(office, KeptInvoice) == []
    assert {column.name for column in declaration(Sale).columns} == {"id", "bought_on", "amount_minor", "currency"}


@pytest.mark.parametrize(
    ("country", "until"), [("DE", date(2034, 12, 31)), ("AT", date(2033, 12, 31)), ("FR", date(2036, 12, 31))]
)
def test_an_original_kept_here_stays_whole_until_its_legal_end(surroundings: Path, country: str, until: date) -> None:
    with opened(ShopFile(surroundings / "data", country=country)) as office:
        who = person(office, "Nora Käufer", address="Lindenstraße 14, 04107 Leipzig")
        contacts.purchase(
            office,
            who,
            Money(64000, "EUR"),
            bought_on=date(2026, 11, 17),
            invoice_no="2026-118",
            description="Brautstrauß",
            original=Original.HERE,
        )
        (stay,) = erasing.preview(office, who).stays
        assert (stay.until, stay.numbers) == (until, ("2026-118",))
        done = erase(office, who, surroundings / "out")
        (kept,) = rows(office, KeptInvoice)
        assert (kept.buyer_name, kept.buyer_address) == ("Nora Käufer", "Lindenstraße 14, 04107 Leipzig")
        assert (kept.bought_on, kept.amount_minor, kept.currency) == (date(2026, 11, 17), 64000, "EUR")
        assert (kept.invoice_no, kept.description, kept.kept_until) == ("2026-118", "Brautstrauß", until)
        assert kept.law
        assert kept.id[6] >> 4 == 4
        assert rows(office, Purchase) == rows(office, Sale) == []
        assert contacts.find(office, "Käufer") == [], "a kept invoice is locked away"
        assert done.searched.found == 0
        letter = pdf_text(path_of(done.papers, f"letter-{done.number}.pdf"))
        assert "2026-118" in letter
        assert "2026-118" not in pdf_text(path_of(done.papers, f"erasure-{done.number}.pdf"))


def test_an_original_whose_legal_time_is_over_goes_nameless(office: Office, tmp_path: Path) -> None:
    who = person(office)
    for day in (date(2017, 12, 31), date(2018, 1, 1)):
        contacts.purchase(office, who, Money(100, "EUR"), bought_on=day, original=Original.HERE)
    erase(office, who, tmp_path / "out")
    assert [s.bought_on for s in rows(office, Sale)] == [date(2017, 12, 31)]
    assert [(k.bought_on, k.kept_until) for k in rows(office, KeptInvoice)] == [(date(2018, 1, 1), date(2026, 12, 31))]


@pytest.mark.parametrize(("day", "kept"), [(date(2026, 12, 31), 1), (date(2027, 1, 1), 0)])
def test_the_last_legal_day_counts(office: Office, tmp_path: Path, day: date, kept: int) -> None:
    who = person(office)
    contacts.purchase(office, who, Money(100, "EUR"), bought_on=date(2018, 6, 1), original=Original.HERE)
    clock_of(office).to(day)
    erase(office, who, tmp_path / "out")
    assert (len(rows(office, KeptInvoice)), len(rows(office, Sale))) == (kept, 1 - kept)


# What several people share


def test_a_shared_company_and_label_stay_and_go_with_the_last(office: Office, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text(
        "Name,Email,Company,Labels\nAnna Erste,a@x.example,Gärtnerei Zorb,Stammkunde\n"
        "Bela Zweiter,b@x.example,Gärtnerei Zorb,Stammkunde\n",
        encoding="utf-8",
    )
    importing.bring_in(office, listed, importing.ImportOrder("Liste", Basis.CONTRACT, mapping={"Labels": "tag"}))
    first, second = (contacts.who_is(office, e) for e in ("a@x.example", "b@x.example"))
    assert (len(rows(office, Company)), len(rows(office, Tag)), len(rows(office, ContactTag))) == (1, 1, 2)
    done = erase(office, first, tmp_path / "out")
    assert (done.searched.found, len(rows(office, Company)), len(rows(office, Tag))) == (0, 1, 1)
    assert contacts.show(office, second).company == "Gärtnerei Zorb"
    done = erase(office, second, tmp_path / "out")
    assert (done.searched.found, rows(office, Company), rows(office, Tag), rows(office, ContactTag)) == (0, [], [], [])


def test_an_email_two_people_share_stays_with_the_other(office: Office, tmp_path: Path) -> None:
    shared = "familie@zorbinsky.example"
    one = person(office, "Nora Zorbinsky", emails=(shared,))
    other = person(office, "Piet Zorbinsky", emails=(shared,))
    done = erase(office, one, tmp_path / "out")
    assert [e.address for e in contacts.show(office, other).emails] == [shared]
    assert [found.id for found in contacts.find(office, shared)] == [other]
    assert done.searched.found == 0
    assert done.searched.shared > 0, "what somebody else still has is counted apart"


# Whom an order went to


def _delivery(office: Office) -> tuple[bytes, bytes]:
    who = person(office, "Bruno Besteller", emails=("bruno@besteller.example",))
    recipient = contacts.deliver(
        office,
        who,
        name="Gertrud Empfängerin",
        deliver_on=date(2026, 12, 1),
        address="Geheimweg 5",
        phone="0341 7654321",
        card_text="Alles Gute zum Fest",
    )
    return who, recipient


def test_buyer_and_recipient_are_hidden_from_each_other(office: Office, tmp_path: Path) -> None:
    who, recipient = _delivery(office)
    sides = {
        who: (("Bruno Besteller", "bruno@besteller.example"), ("Gertrud Empfängerin", "Geheimweg 5", "0341 7654321")),
        recipient: (
            ("Gertrud Empfängerin", "Geheimweg 5", "0341 7654321"),
            ("Bruno Besteller", "bruno@besteller.example"),
        ),
    }
    for asking, (mine, theirs) in sides.items():
        answered = access.access_report(office, asking, tmp_path / "out")
        said = json_text(path_of(answered.papers, ".json"))
        printed = pdf_text(path_of(answered.papers, ".pdf"))
        assert holding(said, mine) == set(mine)
        assert holding(said, theirs) == set()
        assert all("".join(text.split()) in printed for text in mine)
        assert not any("".join(text.split()) in printed for text in theirs)
        assert "Alles Gute zum Fest" in said
        reason = Words("de").say(TO_PROTECT)
        assert said.count(reason) == (3 if asking == who else 0), "what is withheld is named, with the reason"


def test_a_recipient_can_be_erased_alone(office: Office, tmp_path: Path) -> None:
    who, recipient = _delivery(office)
    access.access_report(office, recipient, tmp_path / "out")
    done = erase(office, recipient, tmp_path / "out")
    assert done.searched.found == 0
    assert rows(office, DeliveryRecipient) == rows(office, PrivacyRequest) == []
    assert contacts.show(office, who).contact.name == "Bruno Besteller"
    assert contacts.find(office, "Gertrud") == []


def test_a_recipient_goes_with_the_buyer(office: Office, tmp_path: Path) -> None:
    who, recipient = _delivery(office)
    access.access_report(office, recipient, tmp_path / "out")
    done = erase(office, who, tmp_path / "out")
    assert done.searched.found == 0
    assert rows(office, DeliveryRecipient) == rows(office, PrivacyRequest) == rows(office, SearchEntry) == []


# Ledger, log, marks


def test_ledger_and_log_name_nobody(office: Office, tmp_path: Path) -> None:
    who = person(office, "Zacharias Quengel", phones=("+49 341 7654321",), address="Xanthippeweg 9")
    contacts.note(office, who, "Geheimwort Xylophonquark")
    contacts.purchase(office, who, Money(4711_00, "EUR"), bought_on=date(2026, 1, 2), invoice_no="RE-88123")
    contacts.change(office, who, {"nickname": "Zacki", "name": "Zacharias Quengelius"})
    access.access_report(office, who, tmp_path / "out")
    erase(office, who, tmp_path / "out")
    values = ["zacharias", "quengel", "7654321", "xanthippe", "xylophon", "zacki", "471100", "re-88123", "kundin"]
    left = everything(office)
    for table in ("erasure", "erasure_count", "erasure_mark", "erasure_proof", "audit_entry"):
        assert left[table]
        assert pages.in_rows({table: left[table]}, values) == {}
    fields = {name for told in inventory() for name in (c.name for c in told.columns)}
    for entry in rows(office, AuditEntry):
        assert set(entry.fields.split()) <= fields | {"shop"}


def test_the_ledger_is_a_chain(office: Office, tmp_path: Path) -> None:
    for _ in range(3):
        erase(office, person(office), tmp_path / "out")
    lines = sorted(rows(office, Erasure), key=lambda line: line.number)
    assert [line.number for line in lines] == ["E-2026-001", "E-2026-002", "E-2026-003"]
    assert [line.previous for line in lines] == [CHAIN_START, lines[0].seal, lines[1].seal]
    for line in lines:
        counts = [count for count in rows(office, ErasureCount) if count.erasure_id == line.id]
        assert line.seal == ledger_seal(office.ledger_key, line, counts)


@pytest.mark.parametrize(
    "again",
    [
        {"name": "Ganz Anders", "emails": ("LUCJA@Testowska.Example",)},
        {"name": "Ganz Anders", "emails": (" łucja@testowska.example ",)},
        {"name": "Ganz Anders", "phones": ("0341 / 12 34-567",)},
        {"name": "Ganz Anders", "phones": ("0049 341 1234567",)},
        {"name": "lucja testówska", "address": "anderswo", "birthday": "1980-05-06"},
    ],
)
def test_an_erased_person_is_recognised(office: Office, tmp_path: Path, again: dict[str, Any]) -> None:
    who = person(
        office,
        emails=("lucja@testowska.example",),
        phones=("+49 341 1234567",),
        birthday="1980-05-06",
    )
    erase(office, who, tmp_path / "out")
    before = rows(office, Contact)
    with pytest.raises(Problem):
        contacts.add(office, contacts.NewContact(**again))
    assert rows(office, Contact) == before
    assert contacts.add(office, contacts.NewContact(**again), allow_erased=True)


def test_a_declined_mark_recognises_nobody(office: Office, tmp_path: Path) -> None:
    who = person(office, emails=("lucja@testowska.example",), birthday="1980-05-06")
    erase(office, who, tmp_path / "out", keep_mark=False)
    assert rows(office, ErasureMark) == []
    assert person(office, emails=("lucja@testowska.example",), birthday="1980-05-06")


def test_a_name_alone_is_no_mark(office: Office, tmp_path: Path) -> None:
    erase(office, person(office, birthday="1980-05-06"), tmp_path / "out")
    assert person(office)
    assert person(office, "Łucja Testowska", birthday="1990-05-06")


def test_a_mark_ends_with_its_time(office: Office, tmp_path: Path) -> None:
    erase(office, person(office, emails=("lucja@testowska.example",)), tmp_path / "out")
    assert {mark.kept_until for mark in rows(office, ErasureMark)} == {date(2029, 12, 31)}
    clock_of(office).to(date(2029, 12, 31))
    with pytest.raises(Problem):
        person(office, emails=("lucja@testowska.example",))
    clock_of(office).to(date(2030, 1, 1))
    assert person(office, emails=("lucja@testowska.example",))


def test_the_mark_of_a_list_goes_with_any_of_its_people(office: Office, tmp_path: Path) -> None:
    for name in ("eins", "zwei"):
        listed = tmp_path / f"{name}.csv"
        listed.write_text(f"Name,Email\nAnna {name},{name}@x.example\nBela {name},b{name}@x.example\n")
        importing.bring_in(office, listed, importing.ImportOrder(name, Basis.CONTRACT))
    erase(office, contacts.who_is(office, "eins@x.example"), tmp_path / "out")
    marks = {batch.source: batch.file_mark for batch in rows(office, ImportBatch)}
    assert marks["eins"] is None
    assert marks["zwei"]


# Append-only


@pytest.mark.parametrize("told", [d for d in inventory() if d.append_only], ids=lambda d: d.name)
@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}"])
def test_what_is_only_added_to_cannot_be_changed(office: Office, tmp_path: Path, told: Any, statement: str) -> None:
    Planter(office, seed=9).person(office.new_id())
    gone = person(office)
    outside.tick(office, gone, outside.add_place(office, "Postfach"))
    erase(office, gone, tmp_path / "out")
    log_notice.confirm_notice(office)
    clock_of(office).at += timedelta(days=430)
    log_keeping.prune(office)
    assert rows(office, told.record)
    before = everything(office)
    with pytest.raises(IntegrityError, match="append-only"):
        office.store.write(lambda w: w.connection.execute(statement.format(told.name, told.columns[-1].name)))
    assert everything(office) == before


def test_an_update_is_refused_even_while_an_erasure_runs(office: Office) -> None:
    consents.give(office, person(office), "newsletter")

    def attempt(writing: Writing) -> None:
        writing.insert(ErasingNow(id=office.new_id()))
        writing.connection.execute("UPDATE consent_event SET state = 'given'")

    with pytest.raises(IntegrityError, match="append-only"):
        office.store.write(attempt)
    assert rows(office, ErasingNow) == []


def test_no_erasure_stays_open(office: Office, tmp_path: Path) -> None:
    erase(office, person(office), tmp_path / "out")
    assert rows(office, ErasingNow) == []


# Refusals, and doing it again


def test_nobody_is_erased_twice(office: Office, tmp_path: Path) -> None:
    who = person(office)
    erase(office, who, tmp_path / "out")
    before = everything(office)
    for attempt in (lambda: erase(office, who, tmp_path / "out"), lambda: erasing.preview(office, who)):
        with pytest.raises(Problem):
            attempt()
    assert everything(office) == before


def test_a_folder_that_takes_no_papers_stops_everything_before_it_begins(office: Office, tmp_path: Path) -> None:
    who = person(office)
    (tmp_path / "out").write_text("a file, no folder")
    before = everything(office)
    for attempt in (
        lambda: erase(office, who, tmp_path / "out"),
        lambda: access.access_report(office, who, tmp_path / "out"),
    ):
        with pytest.raises(Problem):
            attempt()
    assert everything(office) == before


def test_what_waits_for_a_decision_goes_with_the_person(office: Office, tmp_path: Path) -> None:
    who, other = person(office), person(office, "Andere Person")
    contacts.note(office, who, "Notiz")
    clock_of(office).to(date(2030, 6, 1))
    retention.run(office, clock_is_right=True)
    waiting = rows(office, RetentionItem)
    assert {item.person_id for item in waiting} == {who, other}
    retention.decide(office, [waiting[0].id], RetentionAnswer.KEEP, reason="Garantie")
    erase(office, who, tmp_path / "out")
    assert {item.person_id for item in rows(office, RetentionItem)} == {other}
    assert {entry.subject for entry in rows(office, SearchEntry)} == {other}


def test_the_record_can_be_written_again_and_says_the_same(office: Office, tmp_path: Path) -> None:
    who = person(office)
    contacts.purchase(office, who, Money(1, "EUR"), bought_on=date(2026, 1, 2), original=Original.HERE)
    contacts.purchase(office, who, Money(1, "EUR"), bought_on=date(2026, 1, 2))
    done = erase(office, who, tmp_path / "out")
    clock_of(office).to(date(2027, 3, 4))
    again = erasing.erasure_record(office, done.number, tmp_path / "again")
    ending = f"erasure-{done.number}.json"
    assert path_of(again, ending).read_bytes() == path_of(done.papers, ending).read_bytes()
    assert {p.path.name for p in again} == {ending, ending.replace("json", "pdf")}
    assert sum(count.number for count in rows(office, ErasureCount) if not count.stays) == done.preview.entries
    with pytest.raises(Problem):
        erasing.erasure_record(office, "E-2026-099", tmp_path / "again")


def test_the_preview_says_what_the_erasure_then_does(office: Office, tmp_path: Path) -> None:
    who = person(office)
    contacts.note(office, who, "Notiz")
    contacts.purchase(office, who, Money(1, "EUR"), bought_on=date(2026, 1, 2))
    consents.give(office, who, "newsletter")
    before = everything(office)
    shown = erasing.preview(office, who)
    assert {n: r for n, r in everything(office).items() if n != "audit_entry"} == {
        n: r for n, r in before.items() if n != "audit_entry"
    }
    assert erase(office, who, tmp_path / "out").preview == shown


def test_the_others_are_left_as_they_were(office: Office, tmp_path: Path) -> None:
    other = person(office, "Andere Person", phones=("0341 555444",))
    contacts.note(office, other, "bleibt")
    consents.give(office, other, "newsletter")
    shown = contacts.show(office, other)
    who = person(office)
    consents.give(office, who, "newsletter")
    erase(office, who, tmp_path / "out")
    assert contacts.show(office, other) == shown
    assert [e.contact_id for e in rows(office, ContactEmail)] == [other]
    assert office.read(lambda r: r.count(SearchEntry, eq("subject", other))) == 2


# What others wrote about the person


def test_entries_of_others_that_name_the_person_have_to_be_decided(office: Office, tmp_path: Path) -> None:
    who = person(office, phones=("+49 30 23125 100",))
    friend, stranger = person(office, "Max Freund"), person(office, "Zoë Fremd")
    contacts.note(office, friend, "Kommt immer mit lucja testowska zusammen.")
    contacts.note(office, stranger, "Eine andere Lucja, nicht Testowska.")
    (mention,) = erasing.preview(office, who).mentions
    assert (mention.person, mention.name) == (friend, "Max Freund")
    with pytest.raises(Problem) as refused:
        erase(office, who, tmp_path / "out")
    assert refused.value.what.values["n"] == 1
    assert erase(office, who, tmp_path / "out", mentions_seen=True).searched.found == 0


# Holds


def test_a_hold_wins_over_the_erasure_and_over_undoing_a_list(office: Office, tmp_path: Path) -> None:
    listed = tmp_path / "list.csv"
    listed.write_text("Name,Email\nAnna Eins,anna@x.example\nBea Zwei,bea@x.example\n", encoding="utf-8")
    batch = importing.bring_in(office, listed, importing.ImportOrder("Liste", Basis.UNSORTED)).batch
    assert batch is not None
    clock_of(office).at += timedelta(days=40)
    assert retention.run(office).found == 2
    (held, _) = retention.queue(office)
    retention.decide(office, [held.item.id], RetentionAnswer.HOLD, reason="Klage")
    with pytest.raises(Problem) as refused:
        erase(office, held.item.person_id, tmp_path / "out")
    assert "may not be deleted" in refused.value.what.text
    assert undoing.undo_import(office, batch).stay == (held.item.person_id,)
    clock_of(office).at += timedelta(hours=1)
    retention.decide(office, [held.item.id], RetentionAnswer.KEEP, reason="verglichen")
    assert erase(office, held.item.person_id, tmp_path / "out").number
