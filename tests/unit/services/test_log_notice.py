"""Everybody who works here reads what the log notes, once for each version; the log can be saved as a file."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop_crm.records.audit import AuditEntry, LogGroup
from desktop_crm.services import contacts, inspection, log_export, log_keeping, log_notice, log_page
from desktop_crm.services.actor import OWNER, PROGRAM
from desktop_crm.services.log_export import LogFormat
from desktop_crm.services.log_page import EVERYTHING, LogFilter
from desktop_crm.services.office import Office
from desktop_crm.words import Words
from tests.privacy.shop import TickingClock


def said(office: Office, language: str = "en") -> str:
    words = Words(language, "Europe/Berlin")
    return " ".join(words.say(part) for section in log_notice.notice(office).sections for part in section)


@pytest.mark.parametrize(("language", "months"), [("en", "24 months"), ("de", "24 Monate")])
def test_the_text_tells_the_months_that_hold(office: Office, language: str, months: str) -> None:
    log_keeping.choose_months(office, 24)
    assert months in said(office, language)


def test_it_is_confirmed_once_and_by_whom_and_when(office: Office) -> None:
    assert log_notice.notice(office).confirmed is None
    log_notice.confirm_notice(office)
    log_notice.confirm_notice(office)
    (one,) = log_notice.readers(office)
    assert (one.reader, one.version, one.language) == ("owner", log_notice.VERSION, "de")
    assert log_notice.notice(office).confirmed == one


def test_a_new_version_is_to_be_read_again(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    log_notice.confirm_notice(office)
    monkeypatch.setattr(log_notice, "VERSION", log_notice.VERSION + 1)
    assert log_notice.notice(office).confirmed is None
    log_notice.confirm_notice(office)
    assert len(log_notice.readers(office)) == 2


def test_each_person_confirms_for_themselves(office: Office) -> None:
    log_notice.confirm_notice(office)
    office.who = PROGRAM
    assert log_notice.notice(office).confirmed is None


@pytest.fixture
def person(office: Office) -> bytes:
    return contacts.add(office, contacts.NewContact(name="Łucja Kowalska", emails=("lucja@example.com",)))


def test_a_saved_table_has_every_line_and_no_name(office: Office, person: bytes) -> None:
    contacts.show(office, person)
    data = log_export.export_log(office, EVERYTHING, LogFormat.CSV).decode("utf-8-sig")
    assert "Kowalska" not in data
    rows = list(csv.reader(io.StringIO(data)))
    assert [row[4] for row in rows[1:]] == ["furnish", "add", "show"]


@pytest.mark.parametrize("evil", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "＝1"])
def test_no_cell_of_it_is_taken_for_a_formula(office: Office, evil: str) -> None:
    """Nothing of a customer stands there; but whoever tampered with the file may have put something in."""
    office.who = replace(OWNER, name=evil)
    office.store.write(lambda w: w.connection.execute("DROP TRIGGER audit_entry_no_update"))
    office.store.write(lambda w: w.connection.execute("UPDATE audit_entry SET act = ?, fields = ?", (evil, evil)))
    office.who = OWNER
    data = log_export.export_log(office, EVERYTHING, LogFormat.CSV).decode("utf-8-sig")
    for row in list(csv.reader(io.StringIO(data)))[1:]:
        assert not any(cell.strip()[:1] in {"=", "+", "-", "@", "＝"} for cell in row), row


def test_a_saved_document_holds_what_a_check_needs(office: Office, person: bytes) -> None:
    told = json.loads(log_export.export_log(office, EVERYTHING, LogFormat.JSON))
    assert [line["seq"] for line in told["lines"]] == [1, 2]
    assert told["lines"][0]["seal"] == told["lines"][1]["previous"]
    assert told["tidied"] == []
    assert person.hex() in told["lines"][1]["person_id"].replace("-", "")


def test_saving_stands_in_the_log(office: Office, person: bytes) -> None:
    log_export.export_log(office, LogFilter(person=person), LogFormat.CSV)
    line = inspection.log(office, limit=1)[0]
    assert (line.act, line.number, line.person_id, line.fields) == ("export_log", 1, person, "csv")


def test_lines_are_narrowed_by_actor_act_person_and_time(office: Office, person: bytes, clock: TickingClock) -> None:
    contacts.show(office, person)
    clock.at += timedelta(days=10)
    contacts.show(office, person)
    day = date(2026, 12, 1)

    def seqs(chosen: LogFilter) -> list[int]:
        return [line.seq for line in inspection.log(office, chosen)]

    assert seqs(LogFilter(actor="owner")) == [4, 3, 2, 1]
    assert seqs(LogFilter(actor="program")) == []
    assert seqs(LogFilter(group=LogGroup.LOOKED)) == [4, 3]
    assert seqs(LogFilter(since=day)) == [4]
    assert seqs(LogFilter(until=day - timedelta(days=1))) == [3, 2, 1]
    assert seqs(LogFilter(since=day, until=day)) == [4]
    assert seqs(LogFilter(person=person, until=day - timedelta(days=2))) == [3, 2]


def test_who_looked_is_told_newest_first_and_only_looks(office: Office, person: bytes) -> None:
    other = contacts.add(office, contacts.NewContact(name="Bert", emails=("bert@example.com",)))
    contacts.show(office, other)
    for _ in range(7):
        contacts.show(office, person)
    contacts.note(office, person, "Notiz")
    told = log_page.who_looked(office, person)
    seqs = [line.seq for line in told]
    assert len(seqs) == 5
    assert seqs == sorted(seqs, reverse=True)
    assert {line.act for line in office.read(lambda r: [r.get(AuditEntry, seq) for seq in seqs]) if line} == {"show"}
