"""What can be chosen in the form of a person: languages, countries, kinds of numbers and addresses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_crm.documents import formats
from desktop_crm.privacy.basis import Evidence
from desktop_crm.privacy.presets import countries
from desktop_crm.services import labels
from desktop_crm.words import M, Words

Option = tuple[str, str]

KIND_CODES = ("mobile", "home", "work", "fax", "other")
PLACE_CODES = ("home", "work", "other")
_SPOKEN = "ar bg cs da de el en es et fa fi fr hr hu it lt lv nl no pl pt ro ru sk sl sq sr sv tr uk vi zh".split()
_BESIDES = ("CH", "GB", "LI", "NO", "TR", "UA", "US")
"""Countries without rules of their own here, from which people come all the same."""


@dataclass(frozen=True, slots=True)
class Lists:
    """What is looked up once for the form: languages and countries by name, the shop's country, and the day.

    `asked`: the details that purposes in use ask for, with the names of these. `age`: from when people agree alone.
    `shown`: what the file shows of the person.
    """

    languages: tuple[Option, ...]
    countries: tuple[Option, ...]
    country: str
    today: date
    asked: Mapping[str, tuple[str, ...]]
    age: int
    shown: Evidence


def language_options(words: Words) -> tuple[Option, ...]:
    """Languages as their speakers call them; first that it is not known."""
    named = sorted(((code, formats.language_itself(code)) for code in _SPOKEN), key=_by_name)
    return (("", words.say(M("Not known"))), *named)


def country_options(words: Words) -> tuple[Option, ...]:
    """Countries in the reader's language; first that none is given."""
    codes = {*countries(), *_BESIDES}
    return (
        ("", words.say(M("Not given"))),
        *sorted(((code, formats.country(words, code)) for code in codes), key=_by_name),
    )


def kinds(words: Words, codes: Sequence[str]) -> tuple[Option, ...]:
    """Kinds of numbers or addresses; first that none is given."""
    return (("", words.say(M("Kind"))), *((code, formats.kind(words, code)) for code in codes))


def options(words: Words, codes: Sequence[StrEnum]) -> tuple[Option, ...]:
    """Codes with what they are called, beginning with a capital as in a list."""
    return tuple((code.value, _capital(words.say(labels.of(code)))) for code in codes)


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _by_name(option: Option) -> str:
    return option[1].casefold()
