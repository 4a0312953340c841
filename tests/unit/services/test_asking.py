"""Asking for permission: one object is what is shown, read and stored; a recent no is left alone."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest

from desktop_crm.records.audit import AuditEntry
from desktop_crm.records.consent import ConsentEvent, ConsentEvidence, ConsentHow, ConsentScreen, ConsentState
from desktop_crm.records.purpose import Notice, Wording
from desktop_crm.services import asking, consents, contacts, purposes
from desktop_crm.services.asking import Answer, Asking, Question, Signed
from desktop_crm.services.consents import SaidWith
from desktop_crm.services.office import Office
from desktop_crm.storage.where import eq
from desktop_crm.words import Problem
from tests.privacy.shop import TickingClock


@pytest.fixture
def person(office: Office) -> bytes:
    return contacts.add(office, contacts.NewContact(name="Eva Muster", emails=("eva@muster.example",)))


def question(office: Office, person: bytes, code: str = "newsletter", language: str | None = None) -> Question:
    (found,) = [one for one in asking.questions(office, person, language).questions if one.code == code]
    return found


def events(office: Office, person: bytes) -> list[ConsentEvent]:
    return office.read(lambda reading: reading.find(ConsentEvent, eq("contact_id", person), order=("happened_at",)))


def state(office: Office, person: bytes, code: str = "newsletter") -> ConsentState | None:
    (found,) = [one for one in consents.of_person(office, person) if one.purpose.code == code]
    return found.standing.state


def add_words(office: Office, language: str, text: str) -> None:
    asked = consents.purpose(office, "newsletter")
    made = Wording(
        id=office.new_id(),
        purpose_id=asked.id,
        language=language,
        version=1,
        text=text,
        text_sha256=hashlib.sha256(text.encode()).digest(),
        created_at=office.clock.now(),
    )
    office.store.write(lambda writing: writing.insert(made))


def test_questions_are_read_again_as_part_of_the_same_look(office: Office, person: bytes, clock: TickingClock) -> None:
    with pytest.raises(RuntimeError):
        asking.read_again(office, person)
    asking.questions(office, person)
    before = office.read(lambda reading: reading.count(AuditEntry))
    assert asking.read_again(office, person, "en").language == "en"
    assert asking.read_again(office, person, "de").language == "de"
    assert office.read(lambda reading: reading.count(AuditEntry)) == before
    clock.at += timedelta(hours=25)
    with pytest.raises(RuntimeError):
        asking.read_again(office, person)


def test_the_question_is_word_for_word_what_the_shop_has_and_what_is_stored(office: Office, person: bytes) -> None:
    asked = question(office, person, language="en")
    asking.take_answers(office, person, [(asked, Answer.YES)], ConsentHow.PAPER, evidence="Ordner 3")
    (event,) = events(office, person)
    wording = office.read(lambda reading: reading.get(Wording, event.wording_id))
    notice = office.read(lambda reading: reading.get(Notice, event.notice_id))
    assert wording
    assert notice
    assert "\n".join((asked.title, *asked.lines)) == wording.text
    assert (event.wording_id, event.notice_id) == (asked.wording, asked.notice)
    assert (wording.language, notice.language, asked.version) == ("en", "en", 1)
    assert (event.how, event.evidence, event.state) == (ConsentHow.PAPER, "Ordner 3", ConsentState.GIVEN)


def test_words_that_are_changed_meanwhile_are_not_those_that_were_read(office: Office, person: bytes) -> None:
    asked = question(office, person)
    newer = Wording(
        id=office.new_id(),
        purpose_id=consents.purpose(office, "newsletter").id,
        language="de",
        version=2,
        text="Neu",
        text_sha256=hashlib.sha256(b"Neu").digest(),
        created_at=office.clock.now(),
    )
    office.store.write(lambda writing: writing.insert(newer))
    asking.take_answers(office, person, [(asked, Answer.YES)], ConsentHow.SCREEN)
    assert events(office, person)[0].wording_id == asked.wording != newer.id
    assert question(office, person).wording == newer.id


def test_nothing_is_chosen_and_three_answers_are_equal() -> None:
    assert [answer for answer, _ in asking.ANSWERS] == list(Answer) == ["yes", "no", "not-now"]


def test_the_language_can_be_chosen_among_those_there_are_words_in(office: Office, person: bytes) -> None:
    add_words(office, "pl", "Newsletter?\nMniej więcej raz w miesiącu.")
    shown = asking.questions(office, person)
    assert [code for code, _ in shown.languages] == ["de", "en", "pl"]
    assert dict(shown.languages)["pl"] == "Polski"
    assert (shown.language, shown.said_in) == ("de", "de")
    polish = asking.questions(office, person, "pl")
    assert (polish.language, polish.said_in) == ("pl", "de")
    asked = {one.code: one for one in polish.questions}
    assert asked["newsletter"].title == "Newsletter?"
    assert asked["photos"].may_ask is False
    assert asked["photos"].why_not
    assert asking.questions(office, person, "xx").language == "de"


@pytest.mark.parametrize(("theirs", "asked"), [("en", "en"), ("en-GB", "en"), ("fr", "de"), (None, "de")])
def test_a_person_is_asked_in_their_language_where_there_are_words(
    office: Office, theirs: str | None, asked: str
) -> None:
    new = contacts.NewContact(name="Eve", emails=("eve@x.example",), language=theirs)
    assert asking.questions(office, contacts.add(office, new)).language == asked


def test_who_asks_and_what_is_done_with_data_is_told_with_it(office: Office, person: bytes) -> None:
    shown: Asking = asking.questions(office, person)
    assert shown.asker.startswith("Blumen Weber")
    assert "Blumen Weber" in shown.notice
    assert shown.notice_version == 1
    assert {one.notice for one in shown.questions} != {None}


def test_several_answers_are_one_act_and_one_chain(office: Office, person: bytes) -> None:
    shown = asking.questions(office, person).questions
    choices = dict(zip((one.code for one in shown), Answer, strict=True))
    given = [(one, choices[one.code]) for one in shown]
    before = len(log(office))
    added = asking.take_answers(office, person, given, ConsentHow.SCREEN)
    line = log(office)[-1]
    assert len(log(office)) == before + 1
    assert (line.act, line.number, line.row_id) == ("take_answers", 3, added[-1])
    assert [state(office, person, one.code) for one in shown] == [
        ConsentState.GIVEN,
        ConsentState.REFUSED,
        ConsentState.REQUESTED,
    ]
    assert office.read(lambda reading: consents.are_unbroken(reading, office.ledger_key))


def log(office: Office) -> list[AuditEntry]:
    return office.read(lambda reading: reading.find(AuditEntry, order=("seq",)))


def test_an_answer_cut_off_the_end_is_missed(office: Office, person: bytes) -> None:
    one, other = asking.questions(office, person).questions[:2]
    asking.take_answers(office, person, [(one, Answer.NO), (other, Answer.NO)], ConsentHow.SCREEN)
    database = office.store
    database.write(lambda writing: writing.connection.execute("DROP TRIGGER consent_event_no_delete"))
    last = events(office, person)[-1]
    database.write(lambda writing: writing.delete(ConsentEvent, eq("seal", last.seal)))
    assert not office.read(lambda reading: consents.are_unbroken(reading, office.ledger_key))


def test_not_now_takes_no_yes_back(office: Office, person: bytes) -> None:
    consents.give(office, person, "newsletter")
    asking.take_answers(office, person, [(question(office, person), Answer.NOT_NOW)], ConsentHow.SCREEN)
    assert state(office, person) is ConsentState.GIVEN
    assert question(office, person).may_ask


@pytest.mark.parametrize("taken_back", [False, True])
def test_who_said_no_is_left_alone_for_half_a_year(
    office: Office, person: bytes, clock: TickingClock, taken_back: bool
) -> None:
    clock.to(date(2026, 10, 12))
    if taken_back:
        consents.withdraw(office, person, "newsletter")
    else:
        consents.give(office, person, "newsletter", refused=True)
    asked = question(office, person)
    assert (asked.may_ask, asked.not_before, asked.since) == (False, date(2027, 4, 12), date(2026, 10, 12))
    with pytest.raises(Problem):
        asking.take_answers(office, person, [(asked, Answer.YES)], ConsentHow.SCREEN)
    assert len(events(office, person)) == 1
    clock.to(date(2027, 4, 11))
    assert not question(office, person).may_ask
    clock.to(date(2027, 4, 12))
    assert question(office, person).may_ask
    asking.take_answers(office, person, [(asked, Answer.YES)], ConsentHow.SCREEN)
    assert state(office, person) is ConsentState.GIVEN


def test_who_comes_up_with_it_themselves_may_change_their_mind_at_once(office: Office, person: bytes) -> None:
    consents.give(office, person, "newsletter", refused=True)
    asked = question(office, person)
    asking.take_answers(office, person, [(asked, Answer.YES)], ConsentHow.PHONE, own_accord=True)
    assert state(office, person) is ConsentState.GIVEN


def test_a_no_on_one_purpose_leaves_the_others_to_be_asked(office: Office, person: bytes) -> None:
    consents.give(office, person, "newsletter", refused=True)
    given = [(question(office, person, "photos"), Answer.YES), (question(office, person), Answer.YES)]
    with pytest.raises(Problem):
        asking.take_answers(office, person, given, ConsentHow.SCREEN)
    assert state(office, person, "photos") is None, "all or none"
    asking.take_answers(office, person, given[:1], ConsentHow.SCREEN)
    assert state(office, person, "photos") is ConsentState.GIVEN


def test_nobody_is_asked_about_what_the_shop_does_not_do(office: Office, person: bytes) -> None:
    asked = question(office, person, "photos")
    purposes.use(office, ["newsletter"])
    assert [one.code for one in asking.questions(office, person).questions] == ["newsletter"]
    with pytest.raises(Problem):
        asking.take_answers(office, person, [(asked, Answer.YES)], ConsentHow.SCREEN)
    with pytest.raises(Problem):
        consents.give(office, person, "photos")
    consents.give(office, person, "photos", refused=True)
    assert state(office, person, "photos") is ConsentState.REFUSED


def test_answers_to_other_questions_are_refused(office: Office, person: bytes) -> None:
    other = contacts.add(office, contacts.NewContact(name="Otto", emails=("otto@x.example",)))
    asked, photos = question(office, person), question(office, person, "photos")
    with pytest.raises(Problem):
        asking.take_answers(office, person, [], ConsentHow.SCREEN)
    for given in (
        [(question(office, other), Answer.YES)],
        [(asked, Answer.YES), (asked, Answer.NO)],
        [(replace(asked, wording=photos.wording), Answer.YES)],
        [(replace(asked, wording=None), Answer.YES)],
    ):
        with pytest.raises(ValueError, match=r"answer|question"):
            asking.take_answers(office, person, given, ConsentHow.SCREEN)
    assert events(office, person) == []


def test_nobody_is_asked_who_is_not_here(office: Office, person: bytes) -> None:
    asked = replace(question(office, person), person=office.new_id())
    with pytest.raises(Problem):
        asking.questions(office, asked.person)
    with pytest.raises(Problem):
        asking.take_answers(office, asked.person, [(asked, Answer.YES)], ConsentHow.SCREEN)


def test_what_is_kept_as_shown_holds_every_text_in_its_order(office: Office, person: bytes) -> None:
    asked = asking.questions(office, person, "en").only({"newsletter"})
    text = asked.as_shown()
    (one,) = asked.questions
    places = [text.index(part) for part in ("Good day, Eva Muster", asked.asker, "You can take back every yes")]
    places += [text.index(part) for part in ("(version 1)", one.title, *one.lines, "\nYes\n", "\nNo\n", "\nNot now")]
    assert places == sorted(places)
    assert text.endswith("\nEnglish")
    asking.take_answers(office, person, [(one, Answer.NOT_NOW)], ConsentHow.SCREEN, shown=asked)
    (event,) = events(office, person)
    kept = office.read(lambda reading: reading.get(ConsentScreen, event.screen_id))
    assert kept is not None
    assert (kept.text, kept.language, kept.notice_id) == (text, "en", one.notice)
    assert kept.text_sha256 == hashlib.sha256(text.encode()).digest()


def test_a_no_keeps_no_signature(office: Office, person: bytes) -> None:
    asked, signed = asking.questions(office, person).only({"newsletter"}), Signed("1,2 30,40", guardian="Ida")
    answers = [(asked.questions[0], Answer.NO)]
    asking.take_answers(office, person, answers, ConsentHow.SCREEN, shown=asked, signed=signed)
    assert office.read(lambda reading: reading.count(ConsentEvidence)) == 0
    assert [one.guardian for one in events(office, person)] == [None]


def test_only_what_was_shown_is_answered_and_only_lines_are_a_signature(office: Office, person: bytes) -> None:
    whole = asking.questions(office, person)
    answers = [(question(office, person), Answer.YES)]
    with pytest.raises(ValueError, match="shown"):
        asking.take_answers(office, person, answers, ConsentHow.SCREEN, shown=whole.only({"photos"}))
    for strokes in ("10,10 x", "1,2;3", "99999,1", "1,2 " * 20_000):
        with pytest.raises(ValueError, match="signature"):
            asking.take_answers(office, person, answers, ConsentHow.SCREEN, shown=whole, signed=Signed(strokes=strokes))
    assert events(office, person) == []


@pytest.mark.parametrize(
    ("birthday", "under_age", "needs"),
    [
        (None, False, False),
        (None, True, True),
        ("--05-03", True, True),
        ("--05-03", False, False),
        ("2012-05-03", False, True),
        ("1990-05-03", True, False),
    ],
)
def test_who_needs_a_parent(office: Office, birthday: str | None, under_age: bool, needs: bool) -> None:
    new = contacts.NewContact(name="Mia Klein", emails=("mia@klein.example",), birthday=birthday, under_age=under_age)
    young = contacts.add(office, new)
    assert asking.questions(office, young).needs_guardian is needs
    answers = [(question(office, young), Answer.YES)]
    if needs:
        with pytest.raises(Problem):
            asking.take_answers(office, young, answers, ConsentHow.PHONE)
        with pytest.raises(Problem):
            consents.give(office, young, "newsletter")
        assert events(office, young) == []
        consents.give(office, young, "newsletter", said_with=SaidWith(guardian="Ida Klein", witness="Tom"))
        assert [(one.guardian, one.witness) for one in events(office, young)] == [("Ida Klein", "Tom")]
    consents.give(office, young, "newsletter", refused=True)
    assert state(office, young) is ConsentState.REFUSED


def test_a_permission_given_elsewhere_keeps_the_language_it_was_asked_in(office: Office, person: bytes) -> None:
    consents.give(office, person, "newsletter", said_with=SaidWith(language="en"))
    (event,) = events(office, person)
    wording = office.read(lambda reading: reading.get(Wording, event.wording_id))
    assert wording is not None
    assert (event.language, wording.language) == ("en", "en")
    with pytest.raises(Problem):
        consents.give(office, person, "newsletter", said_with=SaidWith(language="fr"))
