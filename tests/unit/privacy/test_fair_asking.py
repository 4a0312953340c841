"""What may not be asked: two uses at once, several ways at once, a yes that something is tied to."""

from __future__ import annotations

from dataclasses import replace

import pytest

from desktop_crm.privacy.fair_asking import Flaw, PurposeForm, faults
from desktop_crm.privacy.wordings import load_wordings, parts
from desktop_crm.records.declare import Basis
from desktop_crm.records.interaction import Channel
from desktop_crm.records.purpose import PurposeKind, SpecialGround
from desktop_crm.words import LANGUAGES

BACK = {
    "en": "You can take your yes back at any time: in the shop or by phone.",
    "de": "Ihr Ja können Sie jederzeit zurücknehmen: im Laden oder am Telefon.",
}
FREE = {
    "en": "Every answer is fine and changes nothing about your orders.",
    "de": "Jede Antwort ist in Ordnung und ändert nichts an Ihren Aufträgen.",
}
ASKS = {"en": ("Wine evening by e-mail: may we invite you?", "Four times a year, to your e-mail address.")}
ASKS["de"] = ("Weinabend per E-Mail: Dürfen wir Sie einladen?", "Viermal im Jahr, an Ihre E-Mail-Adresse.")


def whole(
    language: str = "en", *, question: str = "", text: str = "", back: str | None = None, free: str | None = None
) -> str:
    lines = (
        question or ASKS[language][0],
        text or ASKS[language][1],
        BACK[language] if back is None else back,
        FREE[language] if free is None else free,
    )
    return "\n".join(line for line in lines if line)


FAIR = PurposeForm(
    name="Wine evening",
    what_for="To invite you to an evening in the shop.",
    basis=Basis.CONSENT,
    kind=PurposeKind.ADVERTISING,
    channels=(Channel.EMAIL,),
    valid_days=365,
    texts={language: whole(language) for language in LANGUAGES},
)


def flaws(form: PurposeForm) -> set[Flaw]:
    return {fault.flaw for fault in faults(form)}


def asked(language: str, **changed: str) -> set[Flaw]:
    return flaws(replace(FAIR, texts={language: whole(language, **changed)}))


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_ready_made_may_be_asked(language: str) -> None:
    assert flaws(FAIR) == set()
    for one in load_wordings(language):
        form = PurposeForm(
            one.name,
            one.what_for,
            one.basis,
            one.kind,
            one.channels,
            one.validity_days or None,
            one.recipients,
            one.balancing,
            one.special,
            one.data,
            {language: one.filled("Blumen und Wein Weber").wording},
        )
        assert faults(form) == [], one.code
        assert parts(one.wording).whole == one.wording


@pytest.mark.parametrize(
    ("language", "question"),
    [
        ("en", "Newsletter and birthday card: may we send them?"),
        ("en", "News & photos: may we?"),
        ("de", "Newsletter und Geburtstagskarte: Dürfen wir sie schicken?"),
        ("de", "Neuigkeiten sowie Fotos: Dürfen wir?"),
    ],
)
def test_two_uses_in_one_question_are_refused(language: str, question: str) -> None:
    assert Flaw.BUNDLED in asked(language, question=question)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We send you our newsletter. We also pass your address on to our partners."),
        ("de", "Wir schicken Ihnen den Newsletter. Auch zeigen wir Fotos von Ihrer Feier."),
        ("de", "Wir laden Sie ein. Ihre Anschrift dürfen wir an Dritte weitergeben, den Newsletter schicken wir auch."),
    ],
)
def test_a_second_use_behind_the_question_is_found(language: str, text: str) -> None:
    assert Flaw.BUNDLED in asked(language, text=text)
    assert Flaw.BUNDLED in flaws(replace(FAIR, name="Newsletter und Fotos"))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We write by e-mail or call you."),
        ("en", "You hear from us by e-mail, by post and by SMS."),
        ("de", "Wir schreiben per E-Mail oder per Post."),
        ("de", "Manchmal möchten wir Sie anrufen."),
    ],
)
def test_a_way_that_was_not_chosen_is_found(language: str, text: str) -> None:
    assert asked(language, text=text) == {Flaw.CHANNELS}
    assert Flaw.CHANNELS in flaws(replace(FAIR, channels=(Channel.EMAIL, Channel.POST)))


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We deliver only if you agree."),
        ("en", "With your order you agree to this."),
        ("en", "By ordering here you automatically consent."),
        ("en", "Without your yes we cannot take your order."),
        ("en", "If you say no, we can no longer serve you."),
        ("en", "Your permission is a condition for the delivery."),
        ("en", "You must agree before you pay."),
        ("de", "Wir liefern nur, wenn Sie zustimmen."),
        ("de", "Mit Ihrer Bestellung stimmen Sie dem zu."),
        ("de", "Durch Ihren Einkauf sind Sie einverstanden."),
        ("de", "Ohne Ihre Einwilligung können wir den Auftrag nicht annehmen."),
        ("de", "Wenn Sie Nein sagen, können wir Ihnen nichts liefern, auch nicht später."),
        ("de", "Ihr Ja ist Voraussetzung für den Auftrag."),
        ("de", "Für die Bestellung willigen Sie automatisch ein."),
    ],
)
def test_what_is_tied_to_a_yes_is_refused(language: str, text: str) -> None:
    assert asked(language, text=text) == {Flaw.TIED}
    assert Flaw.TIED in asked(language, free=f"{FREE[language]} {text}")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_say_how_to_take_a_yes_back_and_that_a_no_changes_nothing(language: str) -> None:
    assert asked(language, free="") >= {Flaw.FREE}
    assert asked(language, free="Danke. Thank you.") == {Flaw.FREE}
    assert asked(language, back="Danke. Thank you.") == {Flaw.TAKE_BACK}
    assert asked(language, question="Wine evening") == {Flaw.QUESTION}
    assert flaws(replace(FAIR, texts={language: " \n"})) == {Flaw.TEXT}
    assert flaws(replace(FAIR, texts={})) == {Flaw.TEXT}


def test_of_a_language_nobody_taught_the_form_is_looked_at() -> None:
    lines = ["Wieczór: czy możemy zaprosić?", "Cztery razy w roku.", "Zgodę można cofnąć.", "Odmowa nic nie zmienia."]
    assert flaws(replace(FAIR, texts={"pl": "\n".join(lines)})) == set()
    assert flaws(replace(FAIR, texts={"pl": "\n".join(lines[:3])})) == {Flaw.FREE}


def test_each_basis_gets_the_reasons_it_needs() -> None:
    letters = replace(FAIR, basis=Basis.LEGITIMATE_INTEREST, channels=(Channel.POST,), valid_days=None)
    assert flaws(letters) == {Flaw.BALANCING}
    assert flaws(replace(letters, balancing="Few letters, a word stops them.")) == set()
    assert flaws(replace(letters, basis=Basis.CONTRACT)) == {Flaw.SERVICE}
    assert flaws(replace(letters, basis=Basis.CONTRACT, kind=PurposeKind.SERVICE)) == set()
    assert flaws(replace(letters, basis=Basis.UNSORTED)) == {Flaw.BASIS}
    assert flaws(replace(FAIR, name="", what_for="")) == {Flaw.NAME}
    assert flaws(replace(FAIR, valid_days=None)) == flaws(replace(FAIR, valid_days=0)) == {Flaw.TIME}


def test_what_is_very_private_needs_its_condition() -> None:
    health = replace(FAIR, data=("sensitive_detail.health",))
    assert flaws(health) == {Flaw.SPECIAL}
    assert flaws(replace(health, special=SpecialGround.EXPLICIT)) == set()
    assert flaws(replace(FAIR, special=SpecialGround.CLAIMS)) == {Flaw.SPECIAL}
    law = replace(health, basis=Basis.LEGAL_OBLIGATION)
    assert flaws(replace(law, special=SpecialGround.EXPLICIT)) == {Flaw.SPECIAL}
    assert flaws(replace(law, special=SpecialGround.EMPLOYMENT)) == set()
