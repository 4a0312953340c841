"""What a person takes home of their answers: one page, and two forms for machines that tell the same."""

from __future__ import annotations

import json
import subprocess
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from desktop_crm.documents.schema import check
from desktop_crm.privacy.receipt import number_of
from desktop_crm.records.consent import ConsentEvent, ConsentHow, ConsentState
from desktop_crm.records.purpose import Purpose, PurposeKind, SpecialGround
from desktop_crm.services import asking, consents, contacts, receipts, setup
from desktop_crm.services.acts import Trace
from desktop_crm.services.asking import Answer
from desktop_crm.services.consents import Said, SaidWith
from desktop_crm.services.office import Office
from desktop_crm.words import Problem
from tests.privacy.papers import path_of, pdf_text
from tests.privacy.shop import TickingClock
from tests.unit.services.lists import find

LONG = "Theodora Wilhelmine Freifrau von und zu Hohenlohe-Waldenburg-Schillingsfürst geborene Łukaszewicz " * 2


@pytest.fixture
def person(office: Office) -> bytes:
    (news,) = find(office, Purpose, code="newsletter")
    office.store.write(lambda writing: writing.update(Purpose, news.id, kind=PurposeKind.ADVERTISING))
    setup.change_shop(office, {"phone": "0351 555 0123", "email": "post@blume.example", "responsible": "Anna Grün"})
    return contacts.add(office, contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",)))


def answer(office: Office, person: bytes, **said: Answer) -> list[bytes]:
    asked = asking.questions(office, person).questions
    chosen = [(one, said[one.code.replace("-", "_")]) for one in asked if one.code.replace("-", "_") in said]
    return asking.take_answers(office, person, chosen, ConsentHow.SCREEN)


def machine(made: receipts.Receipted, ending: str) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(path_of(made.papers, ending).read_text("utf-8"))
    return told


def statuses(told: dict[str, Any]) -> list[list[str]]:
    return [[state["@type"][0] for state in one["dpv:hasConsentStatus"]] for one in told["dpv:hasProcess"]]


def test_one_page_tells_every_answer_of_the_set(office: Office, person: bytes, tmp_path: Path) -> None:
    answer(office, person, newsletter=Answer.YES, photos=Answer.NO, birthday_card=Answer.NOT_NOW)
    made = receipts.receipt(office, person, tmp_path)
    pdf = path_of(made.papers, ".pdf")
    assert subprocess.run(["qpdf", "--check", str(pdf)], check=False, capture_output=True).returncode == 0
    told = subprocess.run(["pdfinfo", str(pdf)], check=True, capture_output=True, text=True).stdout
    assert "Pages:           1\n" in told
    text = pdf_text(pdf)
    for words in ("EvaMuster", "NewsletterperE-Mail", "Ja", "Nein", made.number, "0351", "post@blume.example"):
        assert words in text, words
    (event,) = [one for one in find(office, ConsentEvent) if one.state is ConsentState.GIVEN]
    assert str(UUID(bytes=event.receipt)) == made.number
    assert all("Eva" not in paper.path.name for paper in made.papers)
    assert {paper.path.suffix for paper in made.papers} == {".pdf", ".json", ".jsonld"}


def test_only_a_yes_stands_where_programs_look_for_permissions(office: Office, person: bytes, tmp_path: Path) -> None:
    answer(office, person, newsletter=Answer.YES, photos=Answer.NO)
    made = receipts.receipt(office, person, tmp_path)
    told = machine(made, ".json")
    check("consent-receipt-kantara", told)
    (service,) = told["services"]
    (purpose,) = service["purposes"]
    assert (purpose["purposeCategory"], purpose["thirdPartyDisclosure"]) == (["Marketing"], False)
    assert len(purpose["piiCategory"]) == 2
    assert told["piiPrincipalId"] == str(UUID(bytes=person))
    assert told["piiControllers"][0]["contact"] == "Anna Grün"
    (line,) = [one for one in find(office, ConsentEvent) if one.state is ConsentState.GIVEN]
    assert told["consentTimestamp"] == int(line.happened_at.timestamp())
    assert [(one["purpose"], one["state"]) for one in told["answers"]] == [
        ("newsletter", "given"),
        ("photos", "refused"),
    ]
    assert told["answers"][0]["wording"]["text"].startswith("Newsletter per E-Mail")
    assert "Eva" not in json.dumps(told)
    linked = machine(made, ".jsonld")
    check("consent-receipt-dpv", linked)
    assert statuses(linked) == [["dpv:ConsentGiven"], ["dpv:ConsentRefused"]]


def test_past_states_stay_and_what_was_taken_back_counts_no_more(office: Office, person: bytes, tmp_path: Path) -> None:
    answer(office, person, newsletter=Answer.YES)
    first = receipts.receipt(office, person, tmp_path)
    consents.withdraw(office, person, "newsletter", how=ConsentHow.PHONE)
    second = receipts.receipt(office, person, tmp_path)
    assert first.number != second.number
    again = receipts.receipt(office, person, tmp_path, number=first.number.upper())
    answer(office, person, photos=Answer.YES)
    assert receipts.receipt(office, person, tmp_path, purpose="newsletter").number == second.number
    for made in (again, second):
        assert machine(made, ".json")["services"] == []
        assert machine(made, ".json")["answers"][0]["standing"] == "withdrawn"
        assert statuses(machine(made, ".jsonld")) == [["dpv:ConsentGiven", "dpv:ConsentWithdrawn"]]
        said = "ja;seit21.11.2026:widerrufen" if made is again else "widerrufenam21.11.2026"
        assert said in pdf_text(path_of(made.papers, ".pdf"))
        assert "NewsletterperE-Mail" in pdf_text(path_of(made.papers, ".pdf"))


def test_a_yes_that_ran_out_says_so(office: Office, person: bytes, clock: TickingClock, tmp_path: Path) -> None:
    answer(office, person, newsletter=Answer.YES)
    clock.at += timedelta(days=366)
    made = receipts.receipt(office, person, tmp_path)
    assert machine(made, ".json")["services"] == []
    assert statuses(machine(made, ".jsonld")) == [["dpv:ConsentGiven", "dpv:ConsentExpired"]]


def test_what_is_very_private_is_told_with_guardian_and_recipients(
    office: Office, person: bytes, tmp_path: Path
) -> None:
    (photos,) = find(office, Purpose, code="photos")
    office.store.write(lambda w: w.update(Purpose, photos.id, special=SpecialGround.EXPLICIT, recipients="Brevo SAS"))
    said_with = SaidWith(guardian="Ida Muster", witness="Tom", language="de")
    said = Said(consents.purpose(office, "photos"), ConsentState.GIVEN, explicit=True)
    office.store.write(
        lambda w: consents.enter(office, w, Trace(), person, [said], how=ConsentHow.PAPER, said_with=said_with)
    )
    made = receipts.receipt(office, person, tmp_path)
    told = machine(made, ".json")
    assert (told["sensitive"], told["spiCat"]) == (True, ["das ausdrückliche Ja der Person"])
    (purpose,) = told["services"][0]["purposes"]
    assert (purpose["consentType"], purpose["thirdPartyName"]) == ("EXPLICIT", "Brevo SAS")
    (process,) = machine(made, ".jsonld")["dpv:hasProcess"]
    assert "eu-gdpr:A9-2-a" in process["dpv:hasLegalBasis"]["@type"]
    (status,) = process["dpv:hasConsentStatus"]
    assert status["@type"][1] == "dpv:ExplicitlyExpressedConsent"
    assert status["dpv:isIndicatedBy"]["schema:name"] == "Ida Muster"
    assert "IdaMuster" in pdf_text(path_of(made.papers, ".pdf"))


@pytest.mark.parametrize(
    ("name", "language"), [(LONG, "de"), ("فاطمة الزهراء بنت محمد", "en"), ("<b>{n} %s</b>", "en")]
)
def test_names_of_every_kind_fit_on_the_page(office: Office, tmp_path: Path, name: str, language: str) -> None:
    who = contacts.add(office, contacts.NewContact(name=name, emails=("a@x.example",), language=language))
    answer(office, who, newsletter=Answer.YES, photos=Answer.YES, birthday_card=Answer.NO)
    paper = receipts.receipt(office, who, tmp_path).papers[0]
    pages = subprocess.run(["pdfinfo", str(paper.path)], check=True, capture_output=True, text=True).stdout
    assert "Pages:           1\n" in pages
    title = {"de": "BestätigungIhrerAntworten", "en": "Receiptforyouranswers"}[language]
    assert title in pdf_text(paper.path)


def test_lines_of_older_files_have_a_receipt_too_and_always_the_same(office: Office, person: bytes) -> None:
    consents.give(office, person, "newsletter")
    (line,) = find(office, ConsentEvent)
    old = type(line)(**{name: getattr(line, name) for name in line.__slots__} | {"receipt": None})
    assert number_of(old) == number_of(old)
    assert number_of(old).version == 4
    assert number_of(old) != number_of(line)


def test_without_an_answer_or_of_somebody_else_there_is_none(office: Office, person: bytes, tmp_path: Path) -> None:
    with pytest.raises(Problem):
        receipts.receipt(office, person, tmp_path)
    answer(office, person, newsletter=Answer.YES)
    made = receipts.receipt(office, person, tmp_path / "first")
    other = contacts.add(office, contacts.NewContact(name="Otto", emails=("otto@x.example",)))
    answer(office, other, newsletter=Answer.YES)
    with pytest.raises(Problem):
        receipts.receipt(office, other, tmp_path / "second", number=made.number)
    assert list((tmp_path / "second").iterdir()) == []
