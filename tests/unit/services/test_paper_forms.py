"""Forms on paper: what is printed is what is kept, and a scan that comes back never outdoes what was said later."""

from __future__ import annotations

import hashlib
import subprocess
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_crm.privacy.permission import standing
from desktop_crm.records.consent import (
    ConsentEvent,
    ConsentEvidence,
    ConsentHow,
    ConsentScreen,
    ConsentState,
    EvidenceKind,
    PaperForm,
)
from desktop_crm.records.purpose import Purpose
from desktop_crm.services import asking, consents, contacts, erasing, filing, form_codes, paper_forms, renewals
from desktop_crm.services.asking import Answer
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.filing import FoundForm, Ticked
from desktop_crm.services.office import Office
from desktop_crm.services.paper_forms import Printed
from desktop_crm.services.scans import LARGEST, Scan, read_scan
from desktop_crm.storage.where import eq
from desktop_crm.words import Problem
from tests.privacy.shop import TickingClock

PDF = Scan(b"%PDF-1.7\nscan", "application/pdf")
PRINTED_ON = date(2026, 11, 21)
SIGNED_ON = date(2026, 11, 23)


@pytest.fixture
def person(office: Office) -> bytes:
    new = contacts.NewContact(name="محمد بن عبد الله الهاشمي", emails=("eva@muster.example",))
    return contacts.add(office, new)


@pytest.fixture
def printed(office: Office, person: bytes, clock: TickingClock, tmp_path: Path) -> Printed:
    found = asking.questions(office, person)
    made = paper_forms.print_form(office, found, ["newsletter", "photos"], tmp_path / "papers")
    clock.to(SIGNED_ON + timedelta(days=2))
    return made


def ticked(form: FoundForm, *answers: Answer, on: date = SIGNED_ON, **more: object) -> Ticked:
    pairs = list(zip(form.questions, answers, strict=False))
    return Ticked(pairs, on, **more)  # type: ignore[arg-type]  # further fields of a form


def state(office: Office, person: bytes, code: str) -> ConsentState | None:
    (found,) = [one for one in consents.of_person(office, person) if one.purpose.code == code]
    return found.standing.state


def lines(office: Office, person: bytes) -> list[ConsentEvent]:
    return office.read(lambda reading: reading.find(ConsentEvent, eq("contact_id", person), order=("recorded_at",)))


def text_of(paper: Path) -> str:
    done = subprocess.run(["pdftotext", "-layout", str(paper), "-"], capture_output=True, text=True, check=True)
    return done.stdout


def words_in_order(text: Sequence[str], words: Sequence[str]) -> list[str]:
    """The words that are missing in a text when they are looked for one after the other."""
    left = iter(text)
    return [word for word in words if not any(word == one for one in left)]


def test_every_slip_in_a_code_is_found() -> None:
    code = form_codes.new_code()
    assert form_codes.read_code(code.lower().replace("-", " ")) == code
    signs = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    plain = code.replace("-", "")
    wrong = [plain[:at] + sign + plain[at + 1 :] for at in range(7) for sign in signs if sign != plain[at]]
    wrong += [plain[:at] + plain[at + 1] + plain[at] + plain[at + 2 :] for at in range(6) if plain[at] != plain[at + 1]]
    for one in wrong:
        with pytest.raises(Problem):
            form_codes.read_code(one)


def test_paper_and_record_say_the_same_word_for_word(office: Office, person: bytes, printed: Printed) -> None:
    (form,) = office.read(lambda reading: reading.find(PaperForm, eq("contact_id", person)))
    screen = office.read(lambda reading: reading.get(ConsentScreen, form.screen_id))
    assert screen
    shown = {q.code: q for q in asking.questions(office, person).questions}
    for code in ("newsletter", "photos"):
        assert "\n".join([shown[code].title, *shown[code].lines]) in screen.text
    assert shown["birthday-card"].title not in screen.text
    assert form.questions == "newsletter/de/1 photos/de/1"
    paper = text_of(printed.paper.path)
    kept = [line for line in screen.text.splitlines() if "محمد" not in line and line not in ("Ja", "Nein")]
    for line in kept:
        assert not words_in_order(paper.split(), line.split()), line
    assert paper.count("Nein") == 3, "a box for each question, and the sentence that explains them"
    assert printed.code in paper
    assert "محمد" in paper


def test_an_english_blank_form_names_nobody_and_asks_for_a_parent(office: Office, tmp_path: Path) -> None:
    made = paper_forms.print_blank(office, ["newsletter"], tmp_path, language="en")
    paper = text_of(made.paper.path)
    assert "Under 16" in paper
    assert "may we send it to you?" in paper
    assert made.code in made.paper.path.name


def test_a_form_that_comes_back_is_proof_of_its_own_words(office: Office, person: bytes, printed: Printed) -> None:
    form = filing.find_form(office, printed.code)
    assert (form.person, form.printed_on, form.filed_on) == (person, PRINTED_ON, None)
    assert [question.code for question in form.questions] == ["newsletter", "photos"]
    filed = filing.file_form(office, form, ticked(form, Answer.YES, Answer.NO), PDF)
    assert (filed.later, filed.renewed) == ((), ())
    assert (state(office, person, "newsletter"), state(office, person, "photos")) == (
        ConsentState.GIVEN,
        ConsentState.REFUSED,
    )
    (proof,) = office.read(lambda reading: reading.find(ConsentEvidence, eq("contact_id", person)))
    assert (proof.kind, proof.content, proof.content_sha256) == (
        EvidenceKind.SCAN,
        PDF.content,
        hashlib.sha256(PDF.content).digest(),
    )
    for line in lines(office, person):
        assert (line.how, line.happened_at.date(), line.screen_id) == (ConsentHow.PAPER, SIGNED_ON, proof.screen_id)
    assert office.read(lambda reading: consents.are_unbroken(reading, office.ledger_key))


def test_a_form_filed_twice_is_told(office: Office, person: bytes, printed: Printed) -> None:
    form = filing.find_form(office, printed.code)
    filing.file_form(office, form, ticked(form, Answer.YES), PDF)
    assert filing.find_form(office, printed.code).filed_on == SIGNED_ON + timedelta(days=2)
    with pytest.raises(Problem):
        filing.file_form(office, form, ticked(form, Answer.YES), PDF)
    assert len(lines(office, person)) == 1
    filing.file_form(office, form, ticked(form, Answer.YES, again=True), PDF)
    assert len(lines(office, person)) == 2


def test_a_form_out_of_a_drawer_brings_nothing_back_to_life(office: Office, person: bytes, printed: Printed) -> None:
    consents.withdraw(office, person, "newsletter")
    form = filing.find_form(office, printed.code)
    filed = filing.file_form(office, form, ticked(form, Answer.YES, Answer.YES), PDF)
    assert state(office, person, "newsletter") is ConsentState.WITHDRAWN
    assert state(office, person, "photos") is ConsentState.GIVEN
    assert len(filed.later) == 1
    assert office.read(lambda reading: consents.are_unbroken(reading, office.ledger_key))


def test_on_the_same_day_a_no_stands_against_the_paper(
    office: Office, person: bytes, printed: Printed, clock: TickingClock
) -> None:
    consents.give(office, person, "newsletter", refused=True)
    form = filing.find_form(office, printed.code)
    filed = filing.file_form(office, form, ticked(form, Answer.YES, Answer.NO, on=office.today()), PDF)
    assert state(office, person, "newsletter") is ConsentState.REFUSED
    assert len(filed.later) == 1
    clock.at += timedelta(days=1)
    again = Ticked([(form.questions[0], Answer.NO)], office.today() - timedelta(days=1), again=True)
    assert filing.file_form(office, form, again, PDF).later == ()


def not_now(office: Office, person: bytes) -> None:
    """They are asked about the newsletter and answer neither yes nor no."""
    (asked,) = (one for one in asking.questions(office, person).questions if one.code == "newsletter")
    asking.take_answers(office, person, [(asked, Answer.NOT_NOW)], ConsentHow.SCREEN, own_accord=True)


def test_having_been_asked_since_hides_neither_a_no_nor_the_paper(
    office: Office, person: bytes, printed: Printed
) -> None:
    form = filing.find_form(office, printed.code)
    consents.withdraw(office, person, "newsletter")
    not_now(office, person)
    filing.file_form(office, form, ticked(form, Answer.YES, on=office.today()), PDF)
    assert state(office, person, "newsletter") is ConsentState.WITHDRAWN, "a no of the same day stands"


def test_a_no_on_paper_counts_although_they_were_asked_since(
    office: Office, person: bytes, printed: Printed, clock: TickingClock
) -> None:
    now = clock.at
    clock.to(SIGNED_ON - timedelta(days=1))
    consents.give(office, person, "newsletter")
    clock.at = now
    not_now(office, person)
    form = filing.find_form(office, printed.code)
    assert filing.file_form(office, form, ticked(form, Answer.NO), PDF).later == ()
    assert state(office, person, "newsletter") is ConsentState.REFUSED


def test_a_yes_to_words_of_before_is_kept_and_not_valid(
    office: Office, person: bytes, printed: Printed, clock: TickingClock
) -> None:
    clock.to(SIGNED_ON, 6)
    (purpose,) = office.read(lambda reading: reading.find(Purpose, eq("code", "newsletter")))
    office.store.write(lambda writing: writing.update(Purpose, purpose.id, renewed_at=clock.now()))
    clock.to(SIGNED_ON + timedelta(days=2))
    form = filing.find_form(office, printed.code)
    assert form.renewed == (purpose.name,)
    filed = filing.file_form(office, form, ticked(form, Answer.YES, Answer.YES), PDF)
    assert filed.renewed == (purpose.name,)
    assert state(office, person, "newsletter") is ConsentState.INVALIDATED
    assert state(office, person, "photos") is ConsentState.GIVEN
    mine = [line for line in lines(office, person) if line.purpose_id == purpose.id]
    assert [line.state for line in mine] == [ConsentState.GIVEN, ConsentState.INVALIDATED]
    assert not standing(mine, now=clock.now(), valid_days=365, renewed_at=None).allows
    assert [(row.person, row.turn) for row in renewals.due(office).rows] == [(person, renewals.Turn.NEW_WORDS)]


@pytest.mark.parametrize("on", [PRINTED_ON - timedelta(days=1), SIGNED_ON + timedelta(days=3)])
def test_a_day_on_which_it_cannot_have_been_signed_is_refused(
    office: Office, person: bytes, printed: Printed, on: date
) -> None:
    form = filing.find_form(office, printed.code)
    with pytest.raises(Problem):
        filing.file_form(office, form, ticked(form, Answer.YES, on=on), PDF)
    assert lines(office, person) == []


def test_whoever_is_under_age_needs_a_parent_for_a_yes(office: Office, printed: Printed, person: bytes) -> None:
    contacts.change(office, person, {"birthday": "2015-05-05"})
    assert filing.find_form(office, printed.code).under_age
    contacts.change(office, person, {"birthday": None, "under_age": True})
    form = filing.find_form(office, printed.code)
    with pytest.raises(Problem):
        filing.file_form(office, form, ticked(form, Answer.YES), PDF)
    filing.file_form(office, form, ticked(form, Answer.YES, guardian=" Petra Muster "), PDF)
    assert [line.guardian for line in lines(office, person)] == ["Petra Muster"]


def test_a_blank_form_goes_to_whom_it_is_said_to_be_of(
    office: Office, person: bytes, clock: TickingClock, tmp_path: Path
) -> None:
    code = paper_forms.print_blank(office, ["newsletter"], tmp_path).code
    clock.to(SIGNED_ON)
    nobodys = filing.find_form(office, code)
    assert nobodys.person is None
    with pytest.raises(Problem):
        filing.file_form(office, nobodys, ticked(nobodys, Answer.YES), PDF)
    form = filing.find_form(office, code, person)
    filing.file_form(office, form, ticked(form, Answer.YES), PDF)
    (screen,) = office.read(lambda reading: reading.find(ConsentScreen, eq("contact_id", person)))
    assert form.questions[0].title in screen.text


def test_the_form_of_somebody_erased_leads_to_nobody(
    office: Office, person: bytes, printed: Printed, tmp_path: Path
) -> None:
    form = filing.find_form(office, printed.code)
    filing.file_form(office, form, ticked(form, Answer.YES), PDF)
    erasing.erase(office, person, tmp_path / "out", ErasureOrder())
    with pytest.raises(Problem):
        filing.find_form(office, printed.code)
    assert office.read(lambda reading: reading.count(ConsentEvidence)) == 0


def test_only_papers_of_a_sensible_size_are_scans(tmp_path: Path) -> None:
    path = tmp_path / "scan.pdf"
    for content, media_type in ((b"%PDF-1.4\n%%EOF", "application/pdf"), (b"\xff\xd8\xff\xe0\xff\xd9", "image/jpeg")):
        path.write_bytes(content)
        assert read_scan(path) == Scan(content, media_type)
        path.write_bytes(content[:-2])
        with pytest.raises(Problem, match="not whole"):
            read_scan(path)
    for content in (b"MZ\x90\x00", b"<html>", b"", b"%PDF-" + bytes(LARGEST)):
        path.write_bytes(content)
        with pytest.raises(Problem):
            read_scan(path)
    for place in (tmp_path / "nowhere.pdf", tmp_path, Path("/dev/zero")):
        with pytest.raises(Problem):
            read_scan(place)
