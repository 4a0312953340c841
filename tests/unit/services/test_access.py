"""The answer to "what do you have about me?" in its odd cases; that it is complete, the canaries prove."""

from __future__ import annotations

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Basis
from desktop_crm.records.interaction import Channel
from desktop_crm.records.request import PrivacyRequest
from desktop_crm.services import access, contacts, retention
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.office import Office
from desktop_crm.words import Money, Problem
from tests.privacy.papers import path_of, pdf_text
from tests.privacy.shop import TickingClock


@pytest.fixture
def person(office: Office) -> bytes:
    return contacts.add(office, NewContact(name="Eva Muster", emails=("eva@muster.example",)))


def answer(office: Office, person: bytes, out: Path) -> dict[str, Any]:
    answered = access.access_report(office, person, out)
    told: dict[str, Any] = json.loads(path_of(answered.papers, ".json").read_text(encoding="utf-8"))
    return told


def facts(told: dict[str, Any], record: str) -> list[dict[str, Any]]:
    entries = [e for section in told["sections"] for e in section["entries"] if e["record"] == record]
    return [{fact["name"]: fact["value"] for fact in entry["facts"]} for entry in entries]


def test_a_purchase_for_nothing_still_has_an_amount(office: Office, person: bytes, tmp_path: Path) -> None:
    contacts.purchase(office, person, Money(0, "EUR"), bought_on=date(2026, 1, 1))
    (found,) = facts(answer(office, person, tmp_path), "purchase")
    assert found["amount"] == {"minor": 0, "currency": "EUR"}


def test_the_request_is_registered_answered_and_numbered(office: Office, person: bytes, tmp_path: Path) -> None:
    first, second = (access.access_report(office, person, tmp_path) for _ in range(2))
    assert (first.number, second.number) == ("R-2026-001", "R-2026-002")
    requests = office.read(lambda reading: reading.find(PrivacyRequest, order=("number",)))
    assert [r.paper_sha256 for r in requests] == [first.papers[0].sha256, second.papers[0].sha256]
    assert all(r.closed_at is not None for r in requests)
    assert {p.path.name for p in first.papers} == {"access-R-2026-001.pdf", "access-R-2026-001.json"}


def test_a_copy_is_counted_once_in_who_looked(office: Office, person: bytes, tmp_path: Path) -> None:
    answer(office, person, tmp_path)
    looks = answer(office, person, tmp_path)["looks"]
    assert sorted(look["times"] for look in looks) == [1, 2], "added once, two copies made"


@pytest.mark.parametrize(
    ("language", "title"), [("de", "E-Mail"), ("en", "Email"), ("de-AT", "E-Mail"), ("xx", "E-Mail")]
)
def test_the_paper_speaks_the_language_of_the_person(office: Office, tmp_path: Path, language: str, title: str) -> None:
    who = contacts.add(office, NewContact(name="Eva", emails=("eva@x.example",), language=language))
    told = answer(office, who, tmp_path)
    labels = {f["label"] for s in told["sections"] for e in s["entries"] for f in e["facts"]}
    assert title in labels


def test_a_recipient_sees_their_requests_and_reviews(office: Office, person: bytes, tmp_path: Path) -> None:
    recipient = contacts.deliver(office, person, name="Gerda", deliver_on=date(2026, 11, 22), card_text="Alles Gute")
    clock = office.clock
    assert isinstance(clock, TickingClock)
    clock.to(date(2027, 6, 1))
    retention.run(office, clock_is_right=True)
    answer(office, recipient, tmp_path)
    told = answer(office, recipient, tmp_path)
    assert len(facts(told, "privacy_request")) == 2
    assert len(facts(told, "retention_item")) == 1
    assert len(facts(told, "delivery_recipient")) == 1
    assert told["entry_count"] == 4


@pytest.mark.parametrize(
    "name",
    ["Bo</para>", "<img src='/etc/hostname'>", "Anna <b Jensen", "&amp; {n} %s", "Zoë \u202efdp.exe", "x" * 5000],
)
def test_hostile_names_are_printed_as_they_are(office: Office, tmp_path: Path, name: str) -> None:
    who = contacts.add(office, NewContact(name=name, emails=("a@x.example",)))
    answered = access.access_report(office, who, tmp_path)
    told = json.loads(path_of(answered.papers, ".json").read_text(encoding="utf-8"))
    assert facts(told, "contact")[0]["name"] == name
    printed = pdf_text(path_of(answered.papers, ".pdf"))
    if name.isascii() and len(name) < 100:
        assert "".join(name.split()) in printed


def test_nobody_gets_no_report(office: Office, tmp_path: Path) -> None:
    with pytest.raises(Problem):
        access.access_report(office, office.new_id(), tmp_path)
    assert office.read(lambda reading: reading.count(PrivacyRequest)) == 0
    assert list(tmp_path.glob("*.pdf")) == []
    assert office.read(lambda reading: reading.count(Contact)) == 0


def test_what_was_not_told_of_the_request_stands_on_no_paper(office: Office, person: bytes, tmp_path: Path) -> None:
    untold = access.access_report(office, person, tmp_path)
    told = json.loads(path_of(untold.papers, ".json").read_text(encoding="utf-8"))
    assert told["request"] == {"channel": None, "received_on": None}
    assert "channel" not in facts(told, "privacy_request")[0]
    assert "Besuchvom" not in pdf_text(path_of(untold.papers, ".pdf"))
    by_phone = access.access_report(office, person, tmp_path, channel=Channel.PHONE, received_on=date(2026, 1, 5))
    told = json.loads(path_of(by_phone.papers, ".json").read_text(encoding="utf-8"))
    assert told["request"]["received_on"] == "2026-01-05"
    assert any(request.get("channel") for request in facts(told, "privacy_request"))


def test_only_the_looks_of_the_last_twelve_months_are_told(office: Office, person: bytes, tmp_path: Path) -> None:
    clock = office.clock
    assert isinstance(clock, TickingClock)
    clock.to(clock.now().date() + timedelta(days=367))
    answer(office, person, tmp_path)
    (look,) = answer(office, person, tmp_path)["looks"]
    assert (look["why"], look["times"]) == ("Datenauskunft erstellt", 2), "added more than a year ago, two copies since"


def test_a_person_not_sorted_yet_is_kept_as_such(office: Office, tmp_path: Path) -> None:
    who = contacts.add(office, NewContact(name="Eva", emails=("eva@x.example",), basis=Basis.UNSORTED))
    told = answer(office, who, tmp_path)
    (entry,) = [e for s in told["sections"] for e in s["entries"] if e["record"] == "contact"]
    assert entry["until"] == (office.today() + timedelta(days=30)).isoformat()
    assert any("30 Tage" in line["how_long"] for line in told["purposes"])
