"""Text is compared without case and accents, everywhere in one way."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_crm.privacy.folding import digits, fold, index_text

TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Łucja", "lucja"),
        ("STRASSE", "Straße"),
        ("Øster", "oster"),
        ("Đorđe", "dorde"),
        ("Æbler", "aebler"),
        ("Œuvre", "oeuvre"),
        ("ISTANBUL", "ıstanbul"),
        ("İzmir", "izmir"),
        ("Þór", "thor"),
        ("Müller", "mu\u0308ller"),
        ("Ångström", "angstrom"),
        ("ＡＢＣ", "abc"),
        ("Ελένη", "ΕΛΕΝΗ"),
        ("Жанна", "ЖАННА"),
        ("ﬁn", "fin"),
        ("Ǽgir", "aegir"),
        ("ǿ", "o"),
        ("ᴭ", "ae"),
    ],
)
def test_the_same_name_written_differently_folds_alike(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Anna", "Anne"), ("Müller", "Mueller"), ("王", "玉"), ("", "a")])
def test_different_names_stay_different(one: str, other: str) -> None:
    assert fold(one) != fold(other)


@given(TEXTS)
def test_folding_twice_is_folding_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(TEXTS)
def test_the_way_a_text_is_composed_does_not_matter(text: str) -> None:
    assert fold(unicodedata.normalize("NFC", text)) == fold(unicodedata.normalize("NFD", text))


@given(TEXTS)
def test_capitals_do_not_matter(text: str) -> None:
    assert fold(text.casefold()) == fold(text)


@given(TEXTS)
def test_what_is_indexed_is_what_is_folded_but_for_blanks(text: str) -> None:
    assert index_text(text).replace(" ", "") == fold(text).replace(" ", "")


@pytest.mark.parametrize(
    ("text", "words"), [("王小明", ["王", "小", "明"]), ("Wang 王", ["wang", "王"]), ("สมชาย", list("สมชาย"))]
)
def test_scripts_without_blanks_are_indexed_sign_by_sign(text: str, words: list[str]) -> None:
    assert "".join(index_text(text).split()) == "".join(fold(w) for w in words)
    if text != "สมชาย":
        assert index_text(text).split() == words


@pytest.mark.parametrize(
    ("text", "expected"),
    [("+49 (341) 55-50", "493415550"), ("٠١٢", "012"), ("０３４１", "0341"), ("", ""), ("abc", ""), ("①", "1")],
)
def test_digits_are_digits_in_any_script(text: str, expected: str) -> None:
    assert [unicodedata.decimal(c) for c in digits(text)] == [int(c) for c in expected]
