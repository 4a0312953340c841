"""A list signed at an event: everybody or nobody, each with a line of their own and one proof together."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from desktop_crm.records.consent import (
    BlankForm,
    ConsentEvent,
    ConsentEvidence,
    ConsentScreen,
    ConsentState,
    SignUpList,
)
from desktop_crm.records.contact import Contact
from desktop_crm.records.declare import Basis
from desktop_crm.records.purpose import Purpose, SpecialGround
from desktop_crm.services import asking, consents, contacts, erasing, paper_forms, phone_script, sign_up
from desktop_crm.services.erasure_plan import ErasureOrder
from desktop_crm.services.office import Office
from desktop_crm.services.scans import Scan
from desktop_crm.services.sign_up import Line, Signed, SignUp, read_rows
from desktop_crm.storage.where import eq
from desktop_crm.words import Problem
from tests.privacy.shop import TickingClock

JPEG = Scan(b"\xff\xd8\xff\xe0 a list", "image/jpeg")
HELD_ON = date(2026, 11, 22)
EVA, ALI = Signed("Eva Muster", "eva@muster.example"), Signed("Ali Öz", "ali@oez.example")


@pytest.fixture(autouse=True)
def _later(clock: TickingClock) -> None:
    clock.to(HELD_ON + timedelta(days=2))


def signed(*rows: Signed, code: str = "") -> SignUp:
    return SignUp("newsletter", "Herbstmarkt", HELD_ON, rows, code)


def state(office: Office, person: bytes) -> ConsentState | None:
    (found,) = [one for one in consents.of_person(office, person) if one.purpose.code == "newsletter"]
    return found.standing.state


def people(office: Office) -> dict[str, Contact]:
    return {one.name: one for one in office.read(lambda reading: reading.find(Contact))}


def test_names_and_addresses_are_read_whatever_stands_between() -> None:
    for sign in ";,\t":
        text = f"\ufeffName{sign}E-Mail\nEva Muster{sign}eva@muster.example\n\nOhne{sign}\n"
        assert [(one.name, one.email) for one in read_rows(text)] == [
            ("Eva Muster", "eva@muster.example"),
            ("Ohne", ""),
        ]
    assert read_rows("") == []
    swallowed = read_rows('Name;E-Mail\n"Eva Muster;eva@muster.example\nAli Öz;ali@oez.example\n"' + "x" * 200_000)
    assert [one.email for one in swallowed] == ["", "ali@oez.example", ""], "a line that cannot be read stays one"


def test_everybody_gets_a_line_with_the_list_as_proof(office: Office) -> None:
    here = contacts.add(office, contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",)))
    looked = sign_up.enter_list(office, signed(EVA, ALI, EVA), JPEG)
    assert [one.line for one in looked] == [Line.HERE, Line.NEW, Line.TWICE]
    found = people(office)
    assert found["Eva Muster"].id == here
    assert (found["Ali Öz"].basis, found["Ali Öz"].source) == (Basis.CONSENT, "Herbstmarkt")
    assert {state(office, one.id) for one in found.values()} == {ConsentState.GIVEN}
    (kept,) = office.read(lambda reading: reading.find(SignUpList))
    assert kept.content == JPEG.content
    proofs = office.read(lambda reading: reading.find(ConsentEvidence))
    assert [(one.list_id, one.content, one.content_sha256) for one in proofs] == [
        (kept.id, None, kept.content_sha256)
    ] * 2
    events = office.read(lambda reading: reading.find(ConsentEvent))
    assert {event.happened_at.date() for event in events} == {HELD_ON}
    assert office.read(lambda reading: consents.are_unbroken(reading, office.ledger_key))


def test_one_bad_line_and_nobody_is_entered(office: Office) -> None:
    with pytest.raises(Problem):
        sign_up.enter_list(office, signed(EVA, Signed("", "x@x.example")), JPEG)
    with pytest.raises(Problem):
        sign_up.enter_list(office, signed(), JPEG)
    assert people(office) == {}
    assert office.read(lambda reading: reading.count(SignUpList)) == 0


def test_whoever_said_something_else_later_keeps_it(office: Office) -> None:
    here = contacts.add(office, contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",)))
    consents.withdraw(office, here, "newsletter")
    looked = sign_up.enter_list(office, signed(EVA, ALI), JPEG)
    assert [one.line for one in looked] == [Line.LATER, Line.NEW]
    assert state(office, here) is ConsentState.WITHDRAWN


def test_whoever_was_erased_comes_back_only_of_their_own_accord(office: Office, tmp_path: Path) -> None:
    here = contacts.add(office, contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",)))
    erasing.erase(office, here, tmp_path / "out", ErasureOrder())
    assert sign_up.look_through(office, signed(ALI, EVA))[1].line is Line.ERASED
    with pytest.raises(Problem):
        sign_up.enter_list(office, signed(ALI, EVA), JPEG, came_back={1})
    assert people(office) == {}
    sign_up.enter_list(office, signed(ALI, EVA), JPEG, came_back={2})
    assert set(people(office)) == {"Ali Öz", "Eva Muster"}


def test_an_address_of_somebody_else_is_told(office: Office) -> None:
    contacts.add(office, contacts.NewContact(name="Udo Muster", emails=("eva@muster.example",)))
    assert [one.line for one in sign_up.look_through(office, signed(EVA))] == [Line.SHARED]


def test_the_picture_goes_with_the_first_and_the_list_with_the_last(office: Office, tmp_path: Path) -> None:
    sign_up.enter_list(office, signed(EVA, ALI), JPEG)
    found = people(office)
    erasing.erase(office, found["Eva Muster"].id, tmp_path / "one", ErasureOrder())
    (kept,) = office.read(lambda reading: reading.find(SignUpList))
    assert kept.content is None
    assert state(office, found["Ali Öz"].id) is ConsentState.GIVEN
    erasing.erase(office, found["Ali Öz"].id, tmp_path / "two", ErasureOrder())
    assert office.read(lambda reading: reading.count(SignUpList)) == 0


def test_the_words_are_those_that_stood_on_the_list(office: Office, clock: TickingClock, tmp_path: Path) -> None:
    clock.to(HELD_ON, 5)
    code = paper_forms.print_sign_up(office, "newsletter", "Herbstmarkt", tmp_path, language="en").code
    clock.to(HELD_ON + timedelta(days=1))
    sign_up.enter_list(office, signed(EVA, code=code), JPEG)
    (event,) = office.read(lambda reading: reading.find(ConsentEvent))
    assert event.language == "en"
    with pytest.raises(Problem):
        sign_up.enter_list(office, SignUp("photos", "Markt", HELD_ON, [ALI], code), JPEG)
    with pytest.raises(Problem):
        sign_up.enter_list(office, SignUp("newsletter", "Markt", HELD_ON - timedelta(days=1), [ALI], code), JPEG)


def test_a_day_to_come_and_a_list_without_occasion_are_refused(office: Office) -> None:
    with pytest.raises(Problem):
        sign_up.enter_list(office, SignUp("newsletter", "Markt", office.today() + timedelta(days=1), [EVA]), JPEG)
    with pytest.raises(Problem):
        sign_up.enter_list(office, SignUp("newsletter", " ", HELD_ON, [EVA]), JPEG)
    with pytest.raises(Problem):
        sign_up.enter_list(office, SignUp("orders", "Markt", HELD_ON, [EVA]), JPEG)
    assert not office.read(lambda reading: reading.find(ConsentEvent, eq("contact_id", bytes(16))))


def test_nobody_too_young_says_yes_on_a_list(office: Office) -> None:
    new = contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",), birthday="2015-05-05")
    here = contacts.add(office, new)
    looked = sign_up.enter_list(office, signed(EVA, ALI), JPEG)
    assert [one.line for one in looked] == [Line.TOO_YOUNG, Line.NEW]
    assert state(office, here) is None


def test_what_is_very_private_stands_on_no_list(office: Office, tmp_path: Path) -> None:
    asked = consents.purpose(office, "newsletter")
    special = SpecialGround.EXPLICIT
    office.store.write(lambda writing: writing.update(Purpose, asked.id, special=special))
    with pytest.raises(Problem):
        paper_forms.print_sign_up(office, "newsletter", "Herbstmarkt", tmp_path)
    with pytest.raises(Problem):
        sign_up.enter_list(office, signed(EVA), JPEG)


def test_what_is_very_private_is_agreed_to_in_so_many_words_on_paper_and_by_phone(
    office: Office, tmp_path: Path
) -> None:
    here = contacts.add(office, contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",)))
    asked = consents.purpose(office, "newsletter")
    office.store.write(lambda writing: writing.update(Purpose, asked.id, special=SpecialGround.EXPLICIT))
    asking_for = asking.questions(office, here)
    paper_forms.print_form(office, asking_for, ["newsletter", "photos"], tmp_path)
    paper_forms.print_blank(office, ["newsletter"], tmp_path)
    (screen,) = office.read(lambda reading: reading.find(ConsentScreen))
    (blank,) = office.read(lambda reading: reading.find(BlankForm))
    said = office.words.say(asking.EXPRESSLY)
    script = phone_script.script(asking_for, asking_for.questions)
    assert [text.count(said) for text in (screen.text, blank.text, script)] == [1, 1, 1]
