"""What was shown and what proves it belong to the ledger: bound to the answers, never changed, told to the person."""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlcipher3

from desktop_crm.records.consent import ConsentEvent, ConsentHow, ConsentState
from desktop_crm.records.consent import EvidenceKind as Kind
from desktop_crm.records.contact import ContactEmail
from desktop_crm.records.interaction import Channel
from desktop_crm.records.use import DisclosedPerson, Disclosure, Leaving, Objection, Outcome, Wish
from desktop_crm.services import access, consents, contacts
from desktop_crm.services.acts import Trace
from desktop_crm.services.consents import Proof, Said, SaidWith
from desktop_crm.services.office import Office
from desktop_crm.storage.transaction import Writing
from tests.privacy.papers import path_of, pdf_text
from tests.unit.services.lists import find
from tests.unit.services.test_ledgers import PERMISSIONS, sound, tamper

SIGNED = "100,200 300,40 420,260\n500,120"
SCAN = b"%PDF-1.7 a scan"
TEXT = "Guten Tag, Eva\nNewsletter per E-Mail: dürfen wir?\n[Ja] [Nein] [Nicht jetzt]"


@dataclass(frozen=True)
class Given:
    person: bytes
    screen: bytes
    proofs: tuple[bytes, ...]


@pytest.fixture
def told(office: Office) -> Given:
    """One person said yes on a screen, signed it, and a scan of the card lies by."""
    person = contacts.add(office, contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",)))

    def work(writing: Writing) -> Given:
        purpose = consents.purpose_by_code(writing, "newsletter")
        screen = consents.keep_screen(office, writing, person, TEXT, how=ConsentHow.SCREEN, language="de", notice=None)
        proofs = tuple(
            consents.keep_evidence(office, writing, person, screen, proof)
            for proof in (
                Proof(Kind.SIGNATURE, strokes=SIGNED),
                Proof(Kind.SCAN, note="Karte", content=SCAN, media_type="application/pdf"),
            )
        )
        said_with = SaidWith(
            screen=screen, proof=proofs[0], language="de", device="Kasse 1", guardian="Ida Muster", witness="Tom"
        )
        answer = Said(purpose, ConsentState.GIVEN, explicit=True)
        consents.enter(office, writing, Trace(), person, [answer], how=ConsentHow.SCREEN, said_with=said_with)
        return Given(person, screen, proofs)

    return office.store.write(work)


def test_an_untouched_ledger_with_screens_and_proofs_is_whole(office: Office, told: Given) -> None:
    assert sound(office, PERMISSIONS)
    (event,) = find(office, ConsentEvent)
    assert (event.screen_id, event.proof_id) == (told.screen, told.proofs[0])
    assert event.ends_at is not None


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("consent_screen", "UPDATE consent_screen SET text = 'Darf alles?'"),
        ("consent_screen", "UPDATE consent_screen SET text = 'Ja', text_sha256 = x'00'"),
        ("consent_screen", "UPDATE consent_screen SET language = 'en'"),
        ("consent_evidence", "UPDATE consent_evidence SET strokes = '1,1 2,2' WHERE kind = 'signature'"),
        ("consent_evidence", "UPDATE consent_evidence SET content = x'25' WHERE kind = 'scan'"),
        ("consent_event", "UPDATE consent_event SET proof_id = NULL"),
        ("consent_event", "UPDATE consent_event SET guardian = NULL"),
        ("consent_event", "UPDATE consent_event SET ends_at = NULL"),
    ],
)
def test_a_changed_screen_or_proof_is_found(office: Office, told: Given, table: str, change: str) -> None:
    assert told.person
    tamper(office, table, (change, ()))
    assert not sound(office, PERMISSIONS)


def test_a_screen_taken_out_by_another_program_is_found(office: Office, told: Given) -> None:
    """Another program need not care for what refers to it."""
    other = sqlcipher3.connect(str(office.store.database), isolation_level=None)
    other.execute(f"PRAGMA key = \"x'{bytes(office.keys.database_key).hex()}'\"")
    for table, key in (("consent_screen", told.screen), ("consent_evidence", told.proofs[0])):
        other.execute(f"DROP TRIGGER {table}_no_delete")
        assert other.execute(f"DELETE FROM {table} WHERE id = ?", (key,)).rowcount == 1
        assert not sound(office, PERMISSIONS)
    other.close()


# What the person is told of it


def report(office: Office, person: bytes, out: Path) -> tuple[dict[str, Any], str]:
    answered = access.access_report(office, person, out)
    return json.loads(path_of(answered.papers, ".json").read_text("utf-8")), pdf_text(path_of(answered.papers, ".pdf"))


def entries(told: dict[str, Any], record: str) -> list[dict[str, Any]]:
    rows = [entry for section in told["sections"] for entry in section["entries"] if entry["record"] == record]
    return [{fact["name"]: fact for fact in entry["facts"]} for entry in rows]


def test_the_report_tells_screen_scan_and_signature(office: Office, told: Given, tmp_path: Path) -> None:
    machine, paper = report(office, told.person, tmp_path)
    (screen,) = entries(machine, "consent_screen")
    assert screen["text"]["value"] == TEXT
    signed, scanned = sorted(entries(machine, "consent_evidence"), key=lambda one: "content" in one)
    assert signed["strokes"]["value"] == SIGNED
    file = scanned["content"]["value"]
    assert (base64.b64decode(file["base64"]), file["media_type"], file["size"]) == (SCAN, "application/pdf", len(SCAN))
    assert file["sha256"] in paper
    assert "untengezeichnet" in paper
    assert "100,200" not in paper
    (event,) = next(topic for topic in machine["consents"] if topic["name"] == "newsletter")["events"]
    facts = {fact["name"]: fact["value"] for fact in event["facts"]}
    assert (facts["guardian"], facts["witness"], facts["device"], facts["explicit"]) == (
        "Ida Muster",
        "Tom",
        "Kasse 1",
        True,
    )
    assert "IdaMuster" in paper


def test_the_report_tells_who_got_the_data_and_what_the_person_wished(
    office: Office, told: Given, tmp_path: Path
) -> None:
    (email,) = find(office, ContactEmail)
    purpose = consents.purpose(office, "newsletter")

    def work(writing: Writing) -> None:
        now, left = office.clock.now(), office.new_id()
        rows: tuple[Any, ...] = (
            Disclosure(
                id=left, left_at=now, form=Leaving.FILE, purpose_id=purpose.id, recipient="Brevo", people=1,
                left_out=0, actor="owner",
            ),
            DisclosedPerson(id=office.new_id(), contact_id=told.person, disclosure_id=left, used_at=now),
            Objection(
                id=office.new_id(), contact_id=told.person, how=ConsentHow.PHONE, since=now, actor="owner",
                outcome=Outcome.UPHELD, ended_by="owner",
            ),
            Wish(
                id=office.new_id(), contact_id=told.person, channel=Channel.EMAIL, value_id=email.id, actor="owner",
                created_at=now,
            ),
        )  # fmt: skip
        for row in rows:
            writing.insert(row)

    office.store.write(work)
    machine, _ = report(office, told.person, tmp_path)
    (recipient,) = machine["recipients"]
    assert (recipient["name"], recipient["why"]) == ("Brevo", purpose.name)
    assert "Brevo" in machine["summary"]["to_whom"]
    (used,) = entries(machine, "disclosed_person")
    assert "Brevo" in used["disclosure_id"]["text"]
    (objection,) = entries(machine, "objection")
    assert objection["purpose_id"]["text"] == "alle Werbung"
    assert objection["ended_by"]["text"] == "Leitung"
    (wish,) = entries(machine, "wish")
    assert wish["value_id"]["value"] == "eva@muster.example"
