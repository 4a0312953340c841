from pathlib import Path

import pytest

from desktop_crm.cli.commands import COMMANDS
from desktop_crm.cli.helping import detail, overview
from desktop_crm.cli.locale_names import country_of, language_for, language_of
from desktop_crm.words import LANGUAGES, Words

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("language", LANGUAGES)
def test_help_names_every_command_and_option(language: str) -> None:
    words = Words(language)
    whole = overview(words)
    for command in COMMANDS:
        assert f"  {command.name}" in whole
        assert all(option.name in detail(command, words) for option in command.options)


def test_german_help_is_german() -> None:
    text = overview(Words("de")) + "".join(detail(command, Words("de")) for command in COMMANDS)
    assert not any(word in text for word in (" the ", " of ", "person;", "without"))


@pytest.mark.parametrize(
    ("setting", "language", "country"),
    [
        ("de_AT.UTF-8", "de", "AT"),
        ("en_GB", "en", "GB"),
        ("German_Germany.1252", "de", None),
        ("pl_PL.UTF-8", None, "PL"),
        ("C.UTF-8", None, None),
        ("C", None, None),
        ("de", "de", None),
    ],
)
def test_the_account_tells_language_and_country(setting: str, language: str | None, country: str | None) -> None:
    assert language_of({"LANG": setting}) == language
    assert country_of({"LANG": setting}) == country


def test_lc_all_wins_and_a_country_lends_its_language() -> None:
    assert language_of({"LANG": "de_DE", "LC_ALL": "en_US.UTF-8"}) == "en"
    assert language_for("AT", {"LANG": "C"}) == "de"
    assert language_for("PL", {"LANG": "C"}) == "en"
    assert language_for("DE", {"LANG": "en_GB.UTF-8"}) == "en"
