"""The texts a shop starts with: alike in each language, naming the shop and the way back, strictly read."""

import re
from pathlib import Path

import pytest

from desktop_crm.privacy import wordings
from desktop_crm.privacy.wordings import NOTICE_PLACEHOLDERS, PurposeTemplate, load_notice, load_wordings
from desktop_crm.records.declare import Basis
from desktop_crm.records.registry import inventory
from desktop_crm.resource_files import resource
from desktop_crm.words import LANGUAGES


def by_code(language: str) -> dict[str, PurposeTemplate]:
    return {purpose.code: purpose for purpose in load_wordings(language)}


def test_the_languages_have_the_same_purposes() -> None:
    english, german = by_code("en"), by_code("de")
    usual = {code for code, purpose in english.items() if purpose.usual}
    assert usual == {"orders", "newsletter", "birthday-card", "photos"}
    assert set(english) - usual == {"allergies", "applicants", "loyalty-card", "post-advertising"}
    for code, purpose in english.items():
        assert _not_words(purpose) == _not_words(german[code])
        assert purpose.wording != german[code].wording


def _not_words(purpose: PurposeTemplate) -> tuple[object, ...]:
    """What has to be the same in each language."""
    return (
        purpose.basis,
        purpose.kind,
        purpose.channels,
        purpose.validity_days,
        purpose.usual,
        purpose.special,
        purpose.data,
        bool(purpose.balancing),
        bool(purpose.recipients),
    )


def test_the_data_a_ready_made_purpose_needs_is_declared() -> None:
    declared = {f"{told.name}.{column.name}" for told in inventory() for column in told.columns if column.provided}
    assert {field for purpose in load_wordings("en") for field in purpose.data} <= declared


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_question_names_the_shop_and_the_way_back(language: str) -> None:
    spoken = {"en": ("You can take your yes back at any time", "changes nothing"), "de": ("jederzeit", "ändert nichts")}
    years = {"en": {365: "one year", 730: "two years"}, "de": {365: "ein Jahr", 730: "zwei Jahre"}}
    for purpose in load_wordings(language):
        filled = purpose.filled("Blumen {shop} Weber")
        assert "Blumen {shop} Weber" in filled.wording
        if purpose.basis is not Basis.CONSENT:
            assert (purpose.question, purpose.take_back, purpose.free, purpose.validity_days) == ("", "", "", 0)
            continue
        assert len(purpose.channels) == 1, "one question per purpose and channel"
        assert purpose.question.endswith("?")
        assert spoken[language][0] in purpose.take_back
        assert spoken[language][1] in purpose.free
        assert years[language][purpose.validity_days] in purpose.text


def test_german_addresses_everyone_alike() -> None:
    for text in (*(p.wording for p in load_wordings("de")), *(text for _, text in load_notice("de").sections)):
        assert not re.search(r"\b(du|dein\w*|dich|dir|Kunde|Kunden|Kundin\w*)\b|\w[*:_]innen|\wInnen\b", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_is_filled_in_one_pass(language: str) -> None:
    notice = load_notice(language)
    values = dict.fromkeys(NOTICE_PLACEHOLDERS, "7") | {"shop": "Laden {contact}"}
    filled = notice.filled(**values)
    whole = "\n".join([filled.title, *(f"{head}\n{text}" for head, text in filled.sections)])
    assert "Laden {contact}" in whole
    assert not re.search(r"\{(?!contact\})", whole)
    assert len(notice.sections) == len(load_notice("en").sections)
    with pytest.raises(KeyError):
        notice.filled(shop="x")


def test_no_wordings_in_an_unknown_language() -> None:
    with pytest.raises(ValueError, match="no wordings"):
        load_wordings("tlh")


ASKED = resource("wordings", "en", "newsletter.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ("{shop}", "the shop", "text does not name the {shop}"),
        ("about once a month", "about once a {month}", r"text leaves open what nobody fills: \['month'\]"),
        ("validity_days = 365", "validity_days = 0", "validity_days is not between"),
        ('channels = ["email"]', 'channels = ["email", "email"]', "channels is empty or says something twice"),
        ('channels = ["email"]', 'channels = ["pigeon"]', "channels is not one of"),
        ('basis = "consent"', 'basis = "contract"', "validity_days is not between"),
        ('free = "', 'freee = "', "free is missing"),
        ('kind = "advertising"', 'kind = "nagging"', "kind is not one of"),
        ("usual = true\n", "", "usual is missing"),
    ],
)
def test_a_wrong_wording_is_refused_by_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: str, after: str, named: str
) -> None:
    assert before in ASKED
    (tmp_path / "newsletter.toml").write_text(ASKED.replace(before, after), "utf-8")
    monkeypatch.setattr(wordings, "resource", lambda *_: tmp_path)
    wordings.load_wordings.cache_clear()
    with pytest.raises(ValueError, match=rf"^newsletter\.toml: {named}"):
        load_wordings("en")
