"""Every sentence a person can see is one literal message, in plain words, and complete in every language."""

import io
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages import Catalog
from babel.messages import Message as Translated
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from desktop_crm.cli.commands import COMMANDS
from desktop_crm.words import LANGUAGES
from tests.architecture.messages import Said, messages, placeholders
from tests.architecture.source import ROOT, source, sources

TRANSLATIONS = ROOT / "resources" / "translations"
OTHERS = pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])

# Words of our trade that mean nothing, or something else, to the people who use the program.
FORBIDDEN = re.compile(
    r"\b(vaults?|slots?|keyrings?|DEK|SQLCipher|backends?|hash(es|ed)?|GDPR.compliant|DSGVO.konform)\b", re.IGNORECASE
)

TYPED = ("desktop_crm/cli/", "desktop_crm/app/")
COMMAND = re.compile(
    r"(?<!\w)--[a-z]|`[a-z-]+`|\b(?:" + "|".join(one.name for one in COMMANDS if not one.name.isalpha()) + r")\b"
)
"""Switches, and names of commands that are no plain word."""

# A message in which such a word is meant all the same, and why.
MEANT: dict[str, str] = {}


@cache
def all_said() -> tuple[Said, ...]:
    return tuple(said for file in sources() for said in messages(file))


@cache
def catalogues(language: str) -> dict[Path, Catalog]:
    """The catalogues of a language, a file per room."""
    found = {}
    for path in sorted((TRANSLATIONS / language / "LC_MESSAGES").glob("*.po")):
        with path.open("rb") as file:
            found[path] = read_po(file, locale=language, abort_invalid=True)
    return found


def entries(language: str) -> Iterator[tuple[Path, Translated]]:
    for path, catalogue in catalogues(language).items():
        yield from ((path, entry) for entry in catalogue if entry.id)


def forms(value: str | tuple[str, ...] | list[str] | None) -> tuple[str, ...]:
    """One string for a plain message, one per number for a plural."""
    return (value,) if isinstance(value, str) else tuple(value or ())


def held(compiled: Catalog) -> dict[tuple[str, ...], tuple[str, ...]]:
    """What a compiled catalogue says; its head also tells when it was compiled."""
    return {forms(entry.id): forms(entry.string) for entry in compiled if entry.id} | {(): (compiled.plural_expr,)}


def complete(entry: Translated, many: int) -> bool:
    strings = forms(entry.string)
    return len(strings) == (many if entry.pluralizable else 1) and all(strings) and not entry.fuzzy


def test_every_message_is_a_literal_with_its_values() -> None:
    assert {said.where: said.fault for said in all_said() if said.fault} == {}


def test_no_message_uses_a_word_of_our_trade() -> None:
    found = [said for said in all_said() if FORBIDDEN.search(f"{said.text} {said.plural}")]
    assert {said.where: said.text for said in found if said.text not in MEANT} == {}


def test_what_the_window_says_too_names_no_command() -> None:
    found = [
        said for said in all_said() if not said.where.startswith(TYPED) and COMMAND.search(f"{said.text} {said.plural}")
    ]
    assert {said.where: said.text for said in found} == {}


def test_commands_are_known_when_they_are_named() -> None:
    named = ("say so: retention run", "again (erasure-record 7)", "add it (--allow-erased)", "type `doctor`")
    plain = ("Our erasure record", "3--4 days", "keep it -- or not", "Run it again", "the erasure-recorder")
    assert all(map(COMMAND.search, named))
    assert not any(map(COMMAND.search, plain))


def test_every_exception_to_plain_words_is_used() -> None:
    assert set(MEANT) <= {said.text for said in all_said() if FORBIDDEN.search(f"{said.text} {said.plural}")}


@OTHERS
def test_every_message_is_translated(language: str) -> None:
    done = {
        forms(entry.id) for path, entry in entries(language) if complete(entry, catalogues(language)[path].num_plurals)
    }
    wanted = {(said.text, said.plural) if said.plural else (said.text,): said.where for said in all_said() if said.text}
    assert {where: text for text, where in wanted.items() if text not in done} == {}


@OTHERS
def test_no_translation_outlives_its_message(language: str) -> None:
    alive = {(said.text, said.plural) if said.plural else (said.text,) for said in all_said()}
    assert [f"{path.name}: {entry.id}" for path, entry in entries(language) if forms(entry.id) not in alive] == []


@OTHERS
def test_translations_have_the_values_of_their_message(language: str) -> None:
    def wrong(entry: Translated) -> bool:
        # A form for one may say "eine Person" and leave the number out.
        wanted = placeholders(" ".join(forms(entry.id)))
        spare = {"n"} if entry.pluralizable else set()
        return any(not wanted - spare <= placeholders(string) <= wanted for string in forms(entry.string))

    assert [f"{path.name}: {entry.id}" for path, entry in entries(language) if wrong(entry)] == []


@OTHERS
def test_rooms_agree_on_a_translation(language: str) -> None:
    """The rooms' catalogues are chained: of two different translations one would never be seen."""
    known: dict[tuple[str, ...], tuple[str, ...]] = {}
    for path, entry in entries(language):
        assert known.setdefault(forms(entry.id), forms(entry.string)) == forms(entry.string), path.name


@OTHERS
def test_no_translation_uses_a_word_of_our_trade(language: str) -> None:
    found = [(path, entry) for path, entry in entries(language) if FORBIDDEN.search(" ".join(forms(entry.string)))]
    assert [f"{path.name}: {entry.string}" for path, entry in found if forms(entry.id)[0] not in MEANT] == []


@OTHERS
def test_compiled_catalogues_are_those_of_the_text(language: str) -> None:
    folder = TRANSLATIONS / language / "LC_MESSAGES"
    assert {path.stem for path in folder.glob("*.mo")} == {path.stem for path in folder.glob("*.po")}
    for path, catalogue in catalogues(language).items():
        fresh = io.BytesIO()
        write_mo(fresh, catalogue)
        fresh.seek(0)
        with path.with_suffix(".mo").open("rb") as shipped:
            assert held(read_mo(shipped)) == held(read_mo(fresh)), f"compile {path.name} again"


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ('M("Found " + name)', "the sentence is not one literal string"),
        ('M(f"Found {name}")', "the sentence is not one literal string"),
        ('words.M("{n} person", "{n} people")', "a plural needs the value n"),
        ('M("Found {name}")', "no value for ['name']"),
        ('M("Found", name=1)', "['name'] not in the sentence"),
        ('M("Found " "{name}", name=1)', None),
        ('M("one person", "{n} people", n=2)', None),
        ('M("Found {name}", **values)', None),
    ],
)
def test_a_faulty_message_is_found(text: str, fault: str | None) -> None:
    (said,) = messages(source("desktop_crm/cli/find.py", text))
    assert said.fault == fault
