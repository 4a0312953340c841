"""What data is used for: ready-made and own purposes, new words, and a new meaning that is asked anew."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_crm.privacy.fair_asking import PurposeForm
from desktop_crm.privacy.wordings import load_wordings, parts
from desktop_crm.records.consent import ConsentEvent, ConsentHow, ConsentState
from desktop_crm.records.declare import Basis
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import Purpose, PurposeData, PurposeKind, SpecialGround, Wording
from desktop_crm.services import asking, consents, contacts, purpose_editing, purposes
from desktop_crm.services.asking import Answer
from desktop_crm.services.office import Office
from desktop_crm.services.purpose_editing import add_purpose, change_purpose, purpose_entry, renew_notice, reword
from desktop_crm.storage.where import eq
from desktop_crm.words import Problem
from tests.unit.services.lists import find

OFFERED = {"allergies", "applicants", "loyalty-card", "post-advertising"}
WORDS = (
    "Weinabend per E-Mail: Dürfen wir Sie einladen?\nViermal im Jahr, an Ihre E-Mail-Adresse.\n"
    "Ihr Ja können Sie jederzeit zurücknehmen: im Laden.\nJede Antwort ist in Ordnung und ändert nichts."
)
WINE = PurposeForm(
    name=" Weinabend ",
    what_for="Um Sie zu einem Abend im Laden einzuladen.",
    basis=Basis.CONSENT,
    kind=PurposeKind.ADVERTISING,
    channels=(Channel.EMAIL,),
    valid_days=100,
    data=("contact_email.address",),
    texts={"de": WORDS},
)


def person(office: Office, name: str) -> bytes:
    return contacts.add(office, contacts.NewContact(name=name, emails=(f"{name.lower()}@muster.example",)))


def state(office: Office, who: bytes, code: str) -> ConsentState | None:
    (found,) = [one for one in consents.of_person(office, who) if one.purpose.code == code]
    return found.standing.state


def card(office: Office, code: str) -> purposes.PurposeCard:
    return next(one for one in purposes.cards(office) if one.code == code)


def changed_words(office: Office, language: str = "de") -> str:
    """The newsletter's words with one more sentence."""
    now = next(one for one in purpose_entry(office, "newsletter").words if one.language == language)
    old = parts(now.text)
    return replace(old, text=f"{old.text} X.").whole


def test_what_is_ready_made_and_not_used_is_on_offer_and_comes_in_when_it_is_taken_up(office: Office) -> None:
    assert {one.code for one in purposes.cards(office) if one.offered} == OFFERED
    assert not OFFERED & {one.code for one in find(office, Purpose)}
    purposes.turn(office, "allergies", on=True)
    (stored,) = [one for one in find(office, Purpose) if one.code == "allergies"]
    assert (stored.active, stored.special, stored.basis) == (True, SpecialGround.EXPLICIT, Basis.CONSENT)
    assert [one.field for one in find(office, PurposeData) if one.purpose_id == stored.id] == [
        "sensitive_detail.health"
    ]
    template = next(one for one in load_wordings("de") if one.code == "allergies")
    assert card(office, "allergies").wording == template.filled(office.shop.name).wording
    assert not card(office, "allergies").offered
    purposes.use(office, ["post-advertising"])
    assert {one.code for one in purposes.cards(office) if one.active} == {"orders", "post-advertising"}
    assert {one.code for one in purposes.cards(office) if one.offered} == OFFERED - {"allergies", "post-advertising"}
    assert "ab und zu" in card(office, "post-advertising").balancing
    with pytest.raises(Problem):
        purposes.turn(office, "nothing-such", on=True)


def test_a_purpose_of_the_shops_own_is_asked_like_any_other(office: Office) -> None:
    code = add_purpose(office, WINE)
    assert code == "weinabend"
    assert add_purpose(office, replace(WINE, name="Weinabend!")) == "weinabend-2"
    eva = person(office, "Eva")
    (asked,) = [one for one in asking.questions(office, eva).questions if one.code == code]
    assert (asked.title, *asked.lines) == tuple(WORDS.split("\n"))
    assert purpose_editing.as_read(office, code, "de", WORDS).questions[0].lines == asked.lines
    asking.take_answers(office, eva, [(asked, Answer.YES)], ConsentHow.SCREEN)
    assert state(office, eva, code) is ConsentState.GIVEN
    entry = purpose_entry(office, code)
    assert entry.form == replace(WINE, name="Weinabend")
    assert entry.fixed


def test_what_is_not_fair_is_refused_and_nothing_is_stored(office: Office) -> None:
    before = find(office, Purpose)
    for wrong in (
        replace(WINE, name="Weinabend und Fotos"),
        replace(WINE, texts={"de": WORDS.replace("Viermal", "Nur, wenn Sie zustimmen, liefern wir. Viermal")}),
        replace(WINE, texts={"de": WORDS.rsplit("\n", 1)[0]}),
        replace(WINE, basis=Basis.LEGITIMATE_INTEREST, balancing="  "),
        replace(WINE, texts={"de": WORDS, "not a language": WORDS}),
        replace(WINE, texts={"de": WORDS + "x" * 20_000}),
        replace(WINE, name="Wein\0"),
        replace(WINE, name=card(office, "newsletter").name.upper()),
    ):
        with pytest.raises(Problem):
            add_purpose(office, wrong)
    with pytest.raises(ValueError, match="no purpose can need"):
        add_purpose(office, replace(WINE, data=("contact.name",)))
    assert find(office, Purpose) == before
    with pytest.raises(Problem):
        reword(office, "newsletter", "de", "Newsletter?\nNur so.")
    assert {one.version for one in find(office, Wording)} == {1}


def test_what_people_answered_to_stays_as_it_is(office: Office) -> None:
    code = add_purpose(office, WINE)
    change_purpose(office, code, replace(WINE, kind=PurposeKind.OTHER, data=("contact.birthday",), recipients="Winzer"))
    form = purpose_entry(office, code).form
    assert (form.kind, form.data, form.recipients) == (PurposeKind.OTHER, ("contact.birthday",), "Winzer")
    consents.give(office, person(office, "Eva"), code)
    for wrong in (
        replace(form, channels=(Channel.POST,)),
        replace(form, kind=PurposeKind.SERVICE),
        replace(form, special=SpecialGround.EXPLICIT),
        replace(form, data=("contact.birthday", "contact_phone.number")),
        replace(form, recipients="Winzer, Druckerei"),
    ):
        with pytest.raises(Problem):
            change_purpose(office, code, wrong)
    reword(office, code, "de", WORDS.replace("Viermal", "Mit einem Anruf vorher, viermal"), means_else=True)
    change_purpose(office, code, replace(form, data=("contact.birthday", "contact_phone.number")))
    change_purpose(office, code, replace(form, name="Abend beim Wein", valid_days=50))
    assert card(office, code).name == "Abend beim Wein"
    with pytest.raises(Problem):
        change_purpose(office, "newsletter", replace(purpose_entry(office, "newsletter").form, kind=PurposeKind.OTHER))


def test_a_longer_time_makes_no_answer_of_an_older_version_count_again(office: Office) -> None:
    code = add_purpose(office, WINE)
    consents.give(office, person(office, "Eva"), code)
    change_purpose(office, code, replace(WINE, valid_days=200))
    (said,) = find(office, ConsentEvent)
    older = replace(said, id=office.new_id(), form=1, ends_at=None)
    office.store.write(lambda writing: writing.insert(older))
    with pytest.raises(Problem):
        change_purpose(office, code, replace(WINE, valid_days=300))
    change_purpose(office, code, replace(WINE, valid_days=150))


def test_spelling_leaves_every_answer_as_it_is(office: Office) -> None:
    eva = person(office, "Eva")
    consents.give(office, eva, "newsletter")
    assert reword(office, "newsletter", "de", changed_words(office)) == 2
    assert state(office, eva, "newsletter") is ConsentState.GIVEN
    assert len(purposes.no_longer_covered(office, "newsletter")) == 0
    with pytest.raises(Problem):
        reword(office, "newsletter", "de", card(office, "newsletter").wording)
    (asked,) = [one for one in asking.questions(office, eva).questions if one.code == "newsletter"]
    assert asked.version == 2


def test_another_meaning_asks_those_again_who_said_yes_and_only_with_new_words(office: Office) -> None:
    eva, uwe, ida = (person(office, name) for name in ("Eva", "Uwe", "Ida"))
    for one in (eva, uwe):
        consents.give(office, one, "newsletter")
    consents.give(office, ida, "newsletter", refused=True)
    old = next(one for one in asking.questions(office, uwe).questions if one.code == "newsletter")
    assert purposes.would_be_uncovered(office, "newsletter") == 2
    reword(office, "newsletter", "de", changed_words(office), means_else=True)
    assert list(purposes.no_longer_covered(office, "newsletter")) == [eva, uwe]
    assert (card(office, "newsletter").uncovered, purposes.would_be_uncovered(office, "newsletter")) == (2, 0)
    assert [state(office, one, "newsletter") for one in (eva, ida)] == [
        ConsentState.INVALIDATED,
        ConsentState.REFUSED,
    ]
    with pytest.raises(Problem, match="something else by now"):
        asking.take_answers(office, uwe, [(old, Answer.YES)], ConsentHow.PAPER)
    asking.take_answers(office, uwe, [(old, Answer.NO)], ConsentHow.PAPER)
    (english,) = [one for one in asking.questions(office, eva, "en").questions if one.code == "newsletter"]
    assert (english.may_ask, english.wording) == (False, None)
    assert [one.language for one in card(office, "newsletter").words if not one.current] == ["en"]
    reword(office, "newsletter", "en", changed_words(office, "en"))
    (english,) = [one for one in asking.questions(office, eva, "en").questions if one.code == "newsletter"]
    asking.take_answers(office, eva, [(english, Answer.YES)], ConsentHow.SCREEN)
    assert state(office, eva, "newsletter") is ConsentState.GIVEN
    assert list(purposes.no_longer_covered(office, "newsletter")) == []


def test_where_no_words_say_the_new_meaning_no_yes_is_recorded(office: Office) -> None:
    """The shop speaks German, and only the English words were put anew."""
    eva = person(office, "Eva")
    reword(office, "newsletter", "en", changed_words(office, "en"), means_else=True)
    with pytest.raises(Problem):
        consents.give(office, eva, "newsletter")
    assert office.read(lambda reading: reading.count(ConsentEvent, eq("contact_id", eva))) == 0


def test_a_privacy_notice_gets_versions(office: Office) -> None:
    first = purpose_editing.notices(office)[0]
    assert (first.language, first.version) == ("de", 1)
    assert renew_notice(office, "de", f"{first.text}\n\nNeu.") == 2
    assert renew_notice(office, "pl", "Jak używamy danych") == 1
    assert {(one.language, one.version) for one in purpose_editing.notices(office)} == {("de", 2), ("en", 1), ("pl", 1)}
    eva = person(office, "Eva")
    assert asking.questions(office, eva, "de").notice.endswith("Neu.")
    for wrong in (" ", f"{first.text}\n\nNeu."):
        with pytest.raises(Problem):
            renew_notice(office, "de", wrong)
