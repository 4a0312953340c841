"""The register of privacy requests: one click to enter, its deadline, its steps, its paper, its end."""

from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purchase import Original
from desktop_crm.records.request import IdentityCheck, PrivacyRequest, RequestKind
from desktop_crm.services import (
    access,
    changes,
    contacts,
    looking_through,
    outside,
    papers,
    portability,
    protecting,
    requests,
)
from desktop_crm.services.access import PaperForm, Wish
from desktop_crm.services.contacts import NewContact
from desktop_crm.services.due import due_counts
from desktop_crm.services.looking_through import ENTRIES, Part
from desktop_crm.services.office import Office
from desktop_crm.services.requests import Step
from desktop_crm.services.tasks import TaskForm, add_task
from desktop_crm.words import Money, Problem, Words
from tests.counting import open_requests
from tests.privacy.papers import path_of, pdf_text
from tests.privacy.shop import TickingClock

WORDS = Words("en", "Europe/Berlin")


@pytest.fixture
def person(office: Office) -> bytes:
    return contacts.add(office, NewContact(name="Łucja Kowalska", emails=("lucja@x.example",), phones=("0341 555",)))


def registered(office: Office) -> list[PrivacyRequest]:
    return office.read(lambda reading: reading.find(PrivacyRequest, order=("number",)))


def told(page: requests.RequestPage) -> list[str]:
    return [WORDS.say(one.what) for one in page.happened]


def test_one_click_enters_a_request_and_a_second_one_finds_it(office: Office, person: bytes) -> None:
    number = requests.register(office, person, RequestKind.ACCESS)
    assert number == "R-2026-001"
    assert requests.register(office, person, RequestKind.ACCESS, Channel.EMAIL) == number
    assert requests.register(office, person, RequestKind.ERASURE) == "R-2026-002"
    assert open_requests(office) == 2
    assert told(requests.request(office, number)) == ["Request entered: copy of the data"]


def test_the_deadline_is_told_with_its_reason(office: Office, person: bytes) -> None:
    number = requests.register(office, person, RequestKind.ACCESS, Channel.EMAIL, date(2026, 11, 20))
    page = requests.request(office, number)
    assert (page.unmoved, page.row.due_on, page.row.days_left) == (date(2026, 12, 20), date(2026, 12, 21), 30)
    assert "Sunday" in WORDS.say(page.reason)
    requests.set_received(office, number, date(2026, 11, 3))
    assert requests.request(office, number).row.due_on == date(2026, 12, 3)


def test_a_day_to_come_is_no_day_of_receipt(office: Office, person: bytes) -> None:
    with pytest.raises(Problem, match="still to come"):
        requests.register(office, person, RequestKind.ACCESS, received_on=date(2026, 11, 22))
    number = requests.register(office, person, RequestKind.ACCESS)
    with pytest.raises(Problem, match="still to come"):
        requests.set_received(office, number, date(2026, 11, 22))
    assert registered(office)[0].received_on == date(2026, 11, 21)


def test_nobody_asks_for_nothing(office: Office) -> None:
    with pytest.raises(Problem):
        requests.register(office, office.new_id(), RequestKind.ACCESS)
    assert registered(office) == []
    with pytest.raises(Problem, match="no privacy request"):
        requests.request(office, "R-2026-001")


def test_a_request_goes_step_by_step_to_its_end(office: Office, person: bytes, tmp_path: Path) -> None:
    number = requests.register(office, person, RequestKind.ACCESS, Channel.EMAIL)
    steps = [requests.request(office, number).row.step]
    requests.note_identity(office, number, IdentityCheck.LAST_ORDER)
    steps.append(requests.request(office, number).row.step)
    looking_through.found(office, person)
    looking_through.found(office, person)
    access.answer(office, number, tmp_path, closing=False)
    steps.append(requests.request(office, number).row.step)
    requests.close(office, number)
    page = requests.request(office, number)
    assert [*steps, page.row.step] == [Step.IDENTITY, Step.LOOK_THROUGH, Step.HAND_OVER, Step.CLOSED]
    assert told(page) == [
        "Closed",
        "Copy of their data made",
        "Found 8 entries",
        "Made sure who asks: knew their last order",
        "Request entered: copy of the data",
    ]
    assert (page.identity_on, page.row.closed_on) == (date(2026, 11, 21), date(2026, 11, 21))
    assert requests.open_requests(office) == []
    assert [row.number for row in requests.closed_requests(office)] == [number]
    with pytest.raises(Problem, match="closed"):
        requests.note_identity(office, number, IdentityCheck.KNOWN)


def test_the_most_urgent_stands_first(office: Office, person: bytes) -> None:
    other = contacts.add(office, NewContact(name="Eva Muster", emails=("eva@x.example",)))
    late = requests.register(office, other, RequestKind.ACCESS, received_on=date(2026, 9, 1))
    soon = requests.register(office, person, RequestKind.ACCESS, received_on=date(2026, 11, 3))
    rows = requests.open_requests(office)
    assert [(row.number, row.days_left, row.who.name if row.who else "") for row in rows] == [
        (late, -51, "Eva Muster"),
        (soon, 12, "Łucja Kowalska"),
    ]
    assert [row.number for row in requests.open_of_person(office, person)] == [soon]


def test_a_request_waits_no_longer_than_the_answer_allows(office: Office, person: bytes) -> None:
    number = requests.register(office, person, RequestKind.ERASURE, received_on=date(2026, 11, 20))
    with pytest.raises(Problem, match="at the longest"):
        requests.wait(office, number, date(2026, 12, 19))
    with pytest.raises(Problem, match="a day to come"):
        requests.wait(office, number, date(2026, 11, 21))
    requests.wait(office, number, date(2026, 12, 18))
    assert requests.request(office, number).row.wait_until == date(2026, 12, 18)
    requests.wait(office, number, None)
    assert requests.request(office, number).row.wait_until is None


# The answer


def test_the_command_line_answers_what_the_window_registered(office: Office, person: bytes, tmp_path: Path) -> None:
    number = requests.register(office, person, RequestKind.ACCESS)
    assert access.access_report(office, person, tmp_path).number == number
    assert [one.closed_at is not None for one in registered(office)] == [True]


def test_only_what_was_told_of_a_request_stands_on_the_paper(office: Office, person: bytes, tmp_path: Path) -> None:
    number = requests.register(office, person, RequestKind.ACCESS)
    access.answer(office, number, tmp_path, closing=False)
    silent = json.loads((tmp_path / f"access-{number}.json").read_text(encoding="utf-8"))
    assert silent["request"] == {"channel": None, "received_on": None}
    requests.set_channel(office, number, Channel.EMAIL)
    access.answer(office, number, tmp_path)
    spoken = json.loads((tmp_path / f"access-{number}.json").read_text(encoding="utf-8"))
    assert spoken["request"] == {"channel": "E-Mail", "received_on": "2026-11-21"}, "the way is told of that day"


@pytest.mark.parametrize(
    ("forms", "names"),
    [
        ({PaperForm.PDF}, {"access-R-2026-001.pdf"}),
        ({PaperForm.JSON}, {"access-R-2026-001.json"}),
        (set(PaperForm), {"access-R-2026-001.pdf", "access-R-2026-001.json"}),
    ],
)
def test_the_answer_is_made_as_wished(
    office: Office, person: bytes, tmp_path: Path, forms: set[PaperForm], names: set[str]
) -> None:
    number = requests.register(office, person, RequestKind.ACCESS)
    answered = access.answer(office, number, tmp_path / "out", Wish(frozenset(forms), language="en"))
    assert {path.name for path in (tmp_path / "out").iterdir()} == names
    assert registered(office)[0].paper_sha256 == answered.papers[0].sha256


def test_a_locked_answer_is_one_file_that_only_the_password_opens(
    office: Office, person: bytes, tmp_path: Path
) -> None:
    number, password = requests.register(office, person, RequestKind.ACCESS), "grüne-Wiese-7"
    access.answer(office, number, tmp_path / "out", Wish(password=password))
    (file,) = (tmp_path / "out").iterdir()
    raw = file.read_bytes()
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(raw))
    with pikepdf.open(io.BytesIO(raw), password=password) as pdf:
        assert (pdf.encryption.R, pdf.encryption.bits) == (6, 256)
        inside = pdf.attachments[f"access-{number}.json"].get_file().read_bytes()
    assert json.loads(inside)["addressee"][0] == "Łucja Kowalska"


def test_a_short_password_is_refused_before_anything_is_done(office: Office, person: bytes, tmp_path: Path) -> None:
    number = requests.register(office, person, RequestKind.ACCESS)
    before = office.read(lambda reading: reading.count(AuditEntry))
    with pytest.raises(Problem, match="password"):
        access.answer(office, number, tmp_path, Wish(password="kurz"))
    assert list(tmp_path.glob("*.pdf")) == []
    assert office.read(lambda reading: reading.count(AuditEntry)) == before


def test_a_made_password_can_be_read_out_and_is_never_the_same() -> None:
    made = {protecting.new_password() for _ in range(50)}
    assert len(made) == 50
    assert all(len(one.split("-")) == 4 and not set(one) & set("01iloIO") for one in made)


def test_a_request_for_something_else_gets_no_copy(office: Office, person: bytes, tmp_path: Path) -> None:
    number = requests.register(office, person, RequestKind.ERASURE)
    with pytest.raises(Problem, match="does not ask for a copy"):
        access.answer(office, number, tmp_path)
    assert open_requests(office) == 1


# What is found before


def parts(office: Office, person: bytes) -> dict[Part, looking_through.FoundPart]:
    return {one.part: one for one in looking_through.found(office, person)}


def test_what_is_found_is_what_the_answer_holds(office: Office, person: bytes, tmp_path: Path) -> None:
    contacts.note(office, person, "Mag Weiß")
    contacts.purchase(office, person, Money(100, "EUR"), bought_on=date(2026, 11, 1), original=Original.HERE)
    contacts.deliver(office, person, name="Gerda", deliver_on=date(2026, 12, 1))
    number = requests.register(office, person, RequestKind.ACCESS)
    found = parts(office, person)
    said = {part: WORDS.say(one.summary) for part, one in found.items()}
    assert said[Part.DETAILS] == "name, phone, email"
    assert said[Part.ORDERS] == "1 invoice must be kept until 31 Dec 2034"
    assert said[Part.EARLIER] == "This is the first time"
    assert not any(one.please_look for one in found.values())
    entries = access.answer(office, number, tmp_path).entries
    assert sum(one.number for one in found.values() if one.part in ENTRIES) == entries
    assert parts(office, person)[Part.EARLIER].number == 1


def test_a_note_that_names_somebody_else_asks_for_a_look(office: Office, person: bytes) -> None:
    contacts.add(office, NewContact(name="Jonas Ziegler-Weiß", emails=("jonas@x.example",)))
    contacts.add(office, NewContact(name="Anna", emails=("anna@x.example",)))
    contacts.note(office, person, "Kam mit Jonas Ziegler; Anna wartete")
    assert not parts(office, person)[Part.NOTES].please_look, "half a name, and a first name alone, are nobody's"
    contacts.note(office, person, "Rechnung an jonas ZIEGLER-WEISS, wie Łucja Kowalska sagt")
    notes = parts(office, person)[Part.NOTES]
    assert [one.other for one in notes.named] == ["Jonas Ziegler-Weiß"]
    assert WORDS.say(notes.summary) == "1 entry also names another person"


def test_places_outside_count_from_the_day_of_the_request(office: Office, person: bytes, clock: TickingClock) -> None:
    mailbox, book = outside.add_place(office, "Postfach"), outside.add_place(office, "Auftragsbuch")
    outside.tick(office, person, mailbox)
    clock.to(date(2026, 11, 25))
    requests.register(office, person, RequestKind.ACCESS)
    assert parts(office, person)[Part.OUTSIDE].ticked == 0
    clock.to(date(2026, 11, 27))
    outside.tick(office, person, book)
    found = parts(office, person)[Part.OUTSIDE]
    assert (found.ticked, found.number, WORDS.say(found.summary)) == (1, 2, "Postfach, Auftragsbuch")


def test_places_looked_through_stand_in_the_answer(office: Office, person: bytes, tmp_path: Path) -> None:
    outside.tick(office, person, outside.add_place(office, "Papierordner"))
    outside.add_place(office, "Nie besucht")
    answered = access.access_report(office, person, tmp_path)
    told_outside = json.loads(path_of(answered.papers, ".json").read_text(encoding="utf-8"))["outside"]
    assert [(one["place"], one["checked"]) for one in told_outside] == [("Papierordner", "2026-11-21")]
    assert "Papierordner" in pdf_text(path_of(answered.papers, ".pdf"))


# Papers, and what is due


def test_the_history_of_papers_is_newest_first(office: Office, person: bytes, tmp_path: Path) -> None:
    first = access.access_report(office, person, tmp_path)
    number = requests.register(office, person, RequestKind.ACCESS)
    second = access.answer(office, number, tmp_path, closing=False)
    made = papers.made(office)
    assert [(one.number, one.check) for one in made] == [
        (second.number, second.papers[0].sha256.hex()[:12]),
        (first.number, first.papers[0].sha256.hex()[:12]),
    ]
    assert [one.number for one in papers.made(office, limit=1)] == [second.number]
    assert not any(one.again for one in made)


def test_our_own_copy_is_remembered_to_be_deleted(
    office: Office, person: bytes, tmp_path: Path, clock: TickingClock
) -> None:
    number = access.access_report(office, person, tmp_path).number
    requests.remember_copy(office, number, date(2026, 12, 21))
    assert requests.copies_to_delete(office) == []
    clock.to(date(2026, 12, 21))
    assert [row.number for row in requests.copies_to_delete(office)] == [number]
    requests.remember_copy(office, number, None)
    assert requests.copies_to_delete(office) == []


def test_what_is_due_is_told_in_numbers_that_hold_while_locked(office: Office, person: bytes) -> None:
    assert due_counts(office).next_answer(office.today()) is None
    requests.register(office, person, RequestKind.ACCESS, received_on=date(2026, 11, 3))
    requests.register(office, person, RequestKind.ERASURE, received_on=date(2026, 11, 20))
    for day in (date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23), None):
        add_task(office, TaskForm(text="anrufen", person=person, due_on=day))
    due = due_counts(office)
    assert (due.next_answer(date(2026, 11, 21)), due.next_answer(date(2026, 12, 4))) == (12, -1)
    assert (due.answers_within(12, date(2026, 11, 21)), due.answers_within(30, date(2026, 11, 21))) == (1, 2)
    assert (due.tasks_on(date(2026, 11, 21)), due.tasks_on(date(2026, 11, 23)), due.waiting) == (2, 3, 0)


# Which way it came


def test_the_way_is_assumed_until_somebody_says_so(office: Office, person: bytes) -> None:
    number = requests.register(office, person, RequestKind.ACCESS)
    spoken = requests.register(office, person, RequestKind.ERASURE, Channel.PHONE)
    rows = {row.number: row for row in requests.open_requests(office)}
    assert (rows[number].channel, rows[number].way_told) == (Channel.COUNTER, False)
    assert rows[spoken].way_told
    requests.set_channel(office, number, Channel.COUNTER)
    row = requests.request(office, number).row
    assert (row.channel, row.way_told) == (Channel.COUNTER, True), "who says what was assumed has said it"


# Entered by mistake


def test_what_was_entered_by_mistake_is_taken_out_and_comes_back(office: Office, person: bytes) -> None:
    number = requests.register(office, person, RequestKind.ACCESS, Channel.EMAIL, date(2026, 11, 3))
    (before,) = registered(office)
    change = requests.take_out_mistaken(office, number)
    assert registered(office) == []
    line = office.read(lambda reading: reading.find(AuditEntry, order=("-seq",), limit=1))[0]
    assert (line.act, line.person_id, line.row_id) == ("take_out_mistaken", person, before.id)
    assert requests.register(office, person, RequestKind.ERASURE) == "R-2026-002", "its number is not given again"
    assert change is not None
    changes.undo(office, change)
    assert registered(office)[0] == before
    assert told(requests.request(office, number))[0] == "Taken out as a mistake, and brought back"


def test_what_was_answered_was_no_mistake(office: Office, person: bytes, tmp_path: Path) -> None:
    made, taken, closed = (
        requests.register(office, person, kind)
        for kind in (RequestKind.ACCESS, RequestKind.PORTABILITY, RequestKind.OBJECTION)
    )
    access.answer(office, made, tmp_path, closing=False)
    portability.take_along(office, person, tmp_path, number=taken, closing=False)
    requests.close(office, closed)
    for number in (made, taken, closed):
        with pytest.raises(Problem):
            requests.take_out_mistaken(office, number)
    assert [one.number for one in registered(office)] == [made, taken, closed]


def test_a_request_under_which_data_was_taken_along_bears_a_paper(
    office: Office, person: bytes, tmp_path: Path
) -> None:
    number = requests.register(office, person, RequestKind.ACCESS)
    portability.take_along(office, person, tmp_path, number=number)
    with pytest.raises(Problem, match="paper with this number"):
        requests.take_out_mistaken(office, number)
