from __future__ import annotations

import pytest

from desktop_crm.vault.passphrase import check_new
from desktop_crm.words import Problem


@pytest.mark.parametrize(
    "weak",
    [
        "",
        "elevensigns",
        "passwordpassword",
        "Passwort123456",
        "PASSWORD 2026!",
        "123456789012",
        "987654321098",
        "839201847562",
        "aaaaaaaaaaaa",
        "abababababab",
        "abcdefghijkl",
        "qwertzuiopas",
        "lkjhgfdsapoiu",
        "Summer-2026-2027",
        "sommersommer",
        "............",
    ],
)
def test_a_password_anybody_would_try_is_refused(weak: str) -> None:
    with pytest.raises(Problem) as told:
        check_new(weak)
    assert not weak or weak not in repr(told.value) + str(told.value.args)


@pytest.mark.parametrize(
    "good", ["four plain wooden chairs", "Käsebrötchen mit Übermut", "t7#Kp2!xQv9z", "правильный конь"]
)
def test_a_password_of_several_words_is_taken(good: str) -> None:
    check_new(good)
