"""The yes in the review queue: what it deletes, what it refuses, and what the law keeps until then."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.contact import Contact, Stage
from desktop_crm.records.delivery import DeliveryRecipient
from desktop_crm.records.erasure import ErasingNow, Erasure, ErasureMark
from desktop_crm.records.interaction import Interaction
from desktop_crm.records.purchase import KeptInvoice, Original
from desktop_crm.records.retention import RetentionAnswer, RetentionRule
from desktop_crm.services import contacts, erasing, kept, retention
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.storage.where import eq
from desktop_crm.words import Problem, Words
from tests.privacy import pages
from tests.privacy.shop import ShopFile, TickingClock
from tests.unit.services.test_retention import TODAY, buy, counts, items, person

LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def left(office: Office, record: type[Any]) -> int:
    return office.read(lambda reading: reading.count(record))


def lines(office: Office) -> list[AuditEntry]:
    return office.read(lambda reading: reading.find(AuditEntry, order=("seq",)))


def entry_of(office: Office, row: bytes) -> bytes:
    """The number in the queue under which a row waits."""
    return next(one.item.id for one in retention.queue(office) if one.item.row_id == row)


def refused(office: Office, entry: bytes) -> str:
    """The sentences with which a yes is refused; nothing was deleted by it."""
    before = (items(office), counts(office))
    with pytest.raises(Problem) as problem:
        retention.carry_out(office, [entry])
    with pytest.raises(Problem) as looked_at:
        retention.would_go(office, [entry])
    assert (items(office), counts(office)) == before
    words = Words("en", "Europe/Berlin")
    assert looked_at.value.args == problem.value.args
    return " ".join(words.say(sentence) for sentence in problem.value.sentences())


def old_note(office: Office) -> tuple[bytes, bytes, bytes]:
    """A person, an old note about them, and its number in the queue."""
    who = person(office, stage=Stage.CUSTOMER)
    row = contacts.note(office, who, "Zwetschgenrot", happened_at=LONG_AGO)
    retention.run(office)
    return who, row, entry_of(office, row)


def locked_invoice(office: Office, file: ShopFile) -> bytes:
    who = person(office)
    buy(office, who, date(2026, 11, 17), original=Original.HERE, invoice_no="2026-7")
    erasing.erase(office, who, file.folder.path.parent / "out", ErasureOrder())
    (invoice,) = office.read(lambda reading: reading.find(KeptInvoice))
    return invoice.id


def test_a_yes_deletes_a_note_with_its_words_and_its_line_in_the_queue(office: Office) -> None:
    who, row, entry = old_note(office)
    fresh = contacts.note(office, who, "Anruf")
    assert [item.row_id for item in retention.would_go(office, [entry])] == [row]
    assert left(office, Interaction) == 2
    assert retention.carry_out(office, [entry, entry]) == 1
    assert [note.id for note in contacts.show(office, who).interactions] == [fresh]
    assert contacts.find(office, "Zwetschgenrot") == []
    assert (retention.queue(office), items(office), left(office, ErasingNow)) == ([], [], 0)
    line = next(one for one in lines(office) if one.act == "carry_out")
    assert (line.verb, line.person_id, line.number, line.actor) == ("erase", who, 1, "owner")
    office.store.checkpoint()
    database, key = office.store.database, bytes(office.keys.database_key)
    assert pages.in_rows(pages.tables(database, key), {"Zwetschgenrot", "zwetschgenrot"}) == {}


def test_a_yes_to_a_recipient_takes_all_of_theirs_and_leaves_the_sender(office: Office, clock: TickingClock) -> None:
    who = person(office, stage=Stage.CUSTOMER)
    row = contacts.deliver(office, who, name="Gerda", deliver_on=TODAY)
    clock.to(date(2027, 3, 1))
    retention.run(office)
    assert retention.carry_out(office, [entry_of(office, row)]) == 1
    assert (left(office, DeliveryRecipient), left(office, Contact), items(office)) == (0, 1, [])
    assert contacts.find(office, "Gerda") == []
    assert office.read(lambda reading: reading.connection.execute("PRAGMA foreign_key_check").fetchall()) == []


def test_a_yes_ends_a_kept_invoice_and_the_log_does_not_tell_which(
    office: Office, file: ShopFile, clock: TickingClock
) -> None:
    invoice = locked_invoice(office, file)
    clock.to(date(2034, 12, 31))
    retention.run(office, clock_is_right=True)
    assert [one.entry for one in kept.invoices(office)] == [None]
    clock.to(date(2035, 1, 1))
    retention.run(office, clock_is_right=True)
    (opened,) = kept.invoices(office)
    assert (opened.invoice.id, opened.invoice.invoice_no, opened.entry) == (
        invoice,
        "2026-7",
        entry_of(office, invoice),
    )
    assert opened.entry is not None
    assert retention.carry_out(office, [opened.entry]) == 1
    assert (left(office, KeptInvoice), kept.invoices(office)) == (0, [])
    told = [one for one in lines(office) if one.act in ("carry_out", "invoices")]
    assert len(told) == 4
    assert {(one.person_id, one.row_id) for one in told} == {(None, None)}


def test_marks_wait_when_their_time_is_over_and_go_with_a_yes(
    office: Office, file: ShopFile, clock: TickingClock
) -> None:
    locked_invoice(office, file)
    marks = left(office, ErasureMark)
    assert marks
    clock.to(date(2029, 12, 31))
    assert retention.run(office, clock_is_right=True).found == 0
    clock.to(date(2030, 1, 1))
    assert retention.run(office, clock_is_right=True).found == marks
    going = [one.item for one in retention.queue(office)]
    assert {(item.record, item.rule, item.due_on) for item in going} == {("erasure_mark", "ledger", date(2030, 1, 1))}
    assert retention.carry_out(office, [item.id for item in going]) == marks
    assert (left(office, ErasureMark), left(office, Erasure), left(office, KeptInvoice)) == (0, 1, 1)
    with pytest.raises(Exception, match="append-only"):
        office.store.write(lambda writing: writing.delete(Erasure))


def test_a_person_is_refused_and_the_way_to_erase_them_named(office: Office, clock: TickingClock) -> None:
    who = person(office)
    clock.to(date(2027, 6, 1))
    retention.run(office)
    assert "erase them as a whole" in refused(office, entry_of(office, who))


def test_one_that_may_not_go_keeps_them_all(office: Office) -> None:
    _, _, first = old_note(office)
    _, _, second = old_note(office)
    retention.decide(office, [second], RetentionAnswer.HOLD, reason="Streit")
    with pytest.raises(Problem, match="dispute"):
        retention.carry_out(office, [first, second])
    assert left(office, Interaction) == 2


@pytest.mark.parametrize("answer", [RetentionAnswer.HOLD, RetentionAnswer.KEEP])
def test_what_is_held_or_kept_stays(office: Office, answer: RetentionAnswer) -> None:
    _, _, entry = old_note(office)
    retention.decide(office, [entry], answer, reason="Streit")
    assert ("dispute" in refused(office, entry)) is (answer is RetentionAnswer.HOLD)


def test_a_hold_on_a_person_keeps_note_and_delivery_that_waited_before(office: Office, clock: TickingClock) -> None:
    who = person(office)
    note = contacts.note(office, who, "alt", happened_at=LONG_AGO)
    gets = contacts.deliver(office, who, name="Gerda", deliver_on=TODAY)
    clock.to(date(2027, 3, 1))
    retention.run(office, clock_is_right=True)
    entries = [entry_of(office, note), entry_of(office, gets)]
    retention.decide(office, [entry_of(office, who)], RetentionAnswer.HOLD, reason="Rechtsstreit")
    assert all("dispute" in refused(office, entry) for entry in entries)
    assert retention.run(office).found == 0


def test_a_kept_invoice_on_hold_stays(office: Office, file: ShopFile, clock: TickingClock) -> None:
    invoice = locked_invoice(office, file)
    clock.to(date(2035, 1, 1))
    retention.run(office, clock_is_right=True)
    entry = entry_of(office, invoice)
    retention.decide(office, [entry], RetentionAnswer.HOLD, reason="Prüfung", until=date(2035, 6, 30))
    assert "dispute" in refused(office, entry)
    clock.to(date(2035, 7, 1))
    retention.run(office, clock_is_right=True)
    assert retention.carry_out(office, [entry]) == 1


def test_what_is_due_no_longer_stays_though_it_waits(office: Office) -> None:
    _, _, entry = old_note(office)

    def longer(writing: Any) -> None:
        (rule,) = writing.find(RetentionRule, eq("code", "service-note"))
        writing.update(RetentionRule, rule.id, length=10)

    office.store.write(longer)
    assert "not due any more" in refused(office, entry)


def test_a_number_of_nothing_is_refused(office: Office) -> None:
    assert "not in the queue" in refused(office, bytes(16))


def test_the_daily_look_is_the_program_s_and_comes_once(office: Office, clock: TickingClock) -> None:
    person(office)
    clock.to(date(2027, 3, 1))
    assert retention.look_daily(office) == retention.Run(1, 1, 0)
    assert retention.look_daily(office) is None
    assert [line.actor for line in lines(office) if line.act == "run"] == ["program"]
    assert office.who.name == "owner"


def test_nothing_of_a_tidied_note_is_left_in_any_page(office: Office) -> None:
    _, _, entry = old_note(office)
    database, key = office.store.database, bytes(office.keys.database_key)
    office.store.checkpoint()
    assert pages.in_pages(database, key, ["Zwetschgenrot", "zwetschgenrot"])
    assert retention.carry_out(office, [entry]) == 1
    assert pages.in_pages(database, key, ["Zwetschgenrot", "zwetschgenrot"]) == {}
    assert "zwetschgenrot" not in pages.full_text_words(database, key)
