"""What the account's settings say of language and country."""

from __future__ import annotations

import re
from collections.abc import Mapping

from desktop_crm.words import LANGUAGES

_VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
_GERMAN_SPEAKING = {"DE", "AT", "CH", "LI"}
_NAMES = {"german": "de", "english": "en"}
"""How Windows begins the names of its locales."""


def _setting(environment: Mapping[str, str]) -> str:
    named = next((value for name in _VARIABLES if (value := environment.get(name))), "")
    if named:
        return named
    import locale

    return locale.getlocale()[0] or ""


def language_of(environment: Mapping[str, str]) -> str | None:
    """The first language of the account that the program speaks, or None."""
    name = re.split(r"[_.@\s-]", _setting(environment).lower())[0]
    code = _NAMES.get(name, name)
    return code if code in LANGUAGES else None


def country_of(environment: Mapping[str, str]) -> str | None:
    """The country of the account's locale (`de_AT.UTF-8`), or None."""
    found = re.match(r"[a-z]{2,3}[_-]([A-Z]{2})(?![A-Za-z])", _setting(environment))
    return found[1] if found else None


def language_for(country: str, environment: Mapping[str, str]) -> str:
    """The language for a shop nobody has told: the account's, else that of its country."""
    return language_of(environment) or ("de" if country in _GERMAN_SPEAKING else "en")
