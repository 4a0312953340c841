"""The words that may tell something very private: found as people write them, and not where they only look so."""

from __future__ import annotations

import pytest

from desktop_crm.privacy.very_private import PrivateKind, kinds_in, word_lists
from desktop_crm.words import LANGUAGES

BOTH = word_lists(*LANGUAGES)
H, F, P, U, S, O = PrivateKind  # noqa: E741 - as short as the table below


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Hat eine Nussallergie", [H]),
        ("nach der HERZ-OP wieder da", [H]),
        ("Blumen auf Station 4 bringen", [H]),
        ("flowers to ward 4", [H]),
        ("allergic to lilies", [H]),
        ("ist schwanger, mag keine Lilien", [H]),
        ("nach dem Schlaganfall\nim Rollstuhl", [H]),
        ("feiert Erstkommunion", [F]),
        ("needs kosher wine", [F]),
        ("sitzt für die SPD im Rat", [P]),
        ("wählt die Grünen", [P]),
        ("trade unionist", [U]),
        ("ist im Betriebsrat", [U]),
        ("sein Freund, er ist schwul", [S]),
        ("came as a refugee", [O]),
        ("jüdische Feier, Gast mit Diabetes", [H, F]),
    ],
)
def test_what_people_write_is_found(text: str, told: list[PrivateKind]) -> None:
    assert kinds_in(text, BOTH) == told


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Gesundheit!",
        "wünscht Glück und Gesundheit",
        "Christian Berg holt ab",
        "für Christine, Christa und Christel",
        "rief wegen Jude Law an",
        "grüne Vase, die Grünen Tulpen",
        "schwüle Luft verträgt der Strauß nicht",
        "Sternzeichen Krebs, aus Sehnsucht gekauft",
        "Kooperation mit der Bäckerei",
        "eine taubenblaue Schleife",
        "Roma-Tomaten und ein Blind Date",
        "Paket liegt an der Tankstation 4",
        "likes green, ordered the Union Jack",
        "Mr Ward moved to Parkside, a stroke of luck",
        "transport by train",
        "Frau Kranz bestellt einen Kranz",
    ],
)
def test_false_friends_are_left_alone(text: str) -> None:
    assert kinds_in(text, BOTH) == []


def test_what_is_harmless_does_not_hide_what_stands_beside_it() -> None:
    assert kinds_in("Sternzeichen Krebs, hat Krebs", BOTH) == [H]


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_a_list_for_each_kind_in_each_language(language: str) -> None:
    assert {one.kind for one in word_lists(language)} == set(PrivateKind)


def test_a_language_without_a_list_reads_the_english_one() -> None:
    assert word_lists("fr") == word_lists("en")


def test_a_long_note_is_read_while_somebody_types() -> None:
    """No pattern goes back over the text again and again: 200,000 letters that nearly fit take no time worth noting."""
    from time import process_time

    begun = process_time()
    assert kinds_in("kran" * 50_000, BOTH) == []
    assert process_time() - begun < 2
