"""Stored codes as people read them: birthdays, countries, languages, kinds of address. Unknown ones stay as is."""

from __future__ import annotations

import re
from datetime import date

from desktop_crm.documents.model import Fact, File, Form
from desktop_crm.documents.strokes import strokes_of
from desktop_crm.words import M, Words

_LEAP_YEAR = 2000
_BIRTHDAY = re.compile(r"(?:(\d{4})|-)-(\d\d)-(\d\d)")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")

_KINDS = {
    "home": M("Home"),
    "private": M("Home"),
    "personal": M("Home"),
    "work": M("Work"),
    "business": M("Work"),
    "other": M("Other"),
    "main": M("Main"),
    "mobile": M("Mobile"),
    "cell": M("Mobile"),
    "bank-account": M("Bank account"),
    "health": M("Health or allergy"),
    "identity-number": M("Number of an identity card"),
    "fax": M("Fax"),
    "home fax": M("Fax, home"),
    "work fax": M("Fax, work"),
    "work mobile": M("Mobile, work"),
    "home mobile": M("Mobile, home"),
    "pager": M("Pager"),
    "assistant": M("Assistant"),
    "car": M("Car"),
    "profile": M("Profile"),
}
"""Kinds of address and number by the words that other programs write."""


def fact_text(words: Words, fact: Fact) -> str:
    """What a fact says, for people. `fact.value` itself stays as it is stored."""
    if isinstance(fact.value, File):
        return words.say(
            M("{kind}, {n} byte, {sum}", "{kind}, {n} bytes, {sum}", n=len(fact.value.content), **_told(fact.value))
        )
    if isinstance(fact.value, str):
        match fact.form:
            case Form.BIRTHDAY:
                return birthday(words, fact.value)
            case Form.COUNTRY:
                return country(words, fact.value)
            case Form.LANGUAGE:
                return language(words, fact.value)
            case Form.KIND:
                return kind(words, fact.value)
            case Form.STROKES:
                return words.say(M("drawn below")) if strokes_of(fact.value) else fact.value
            case Form.PLAIN:
                pass
    return words.value(fact.value)


def _told(file: File) -> dict[str, str]:
    return {"kind": file.media_type, "sum": f"SHA-256 {file.sha256}"}


def birthday(words: Words, text: str) -> str:
    """`1981-08-16` as a date, `--08-16` (RFC 6350, 4.3.1) as `16. August`."""
    found = _BIRTHDAY.fullmatch(text)
    if found is None:
        return text
    year, month, day = found.groups()
    try:
        on = date(int(year or _LEAP_YEAR), int(month), int(day))
    except ValueError:
        return text
    if year:
        return words.day(on)
    from babel.dates import format_skeleton

    return format_skeleton("MMMMd", on, locale=words.locale)


def country(words: Words, text: str) -> str:
    """The name of a country from its code (ISO 3166-1 alpha-2, capitals)."""
    if len(text) != 2 or not text.isupper():
        return text
    from babel import Locale

    return str(Locale.parse(words.locale).territories.get(text, text))


def language(words: Words, text: str) -> str:
    """The name of a language from its tag (BCP 47)."""
    if not _LANGUAGE.fullmatch(text):
        return text
    from babel import Locale, UnknownLocaleError

    try:
        return Locale.parse(text.replace("-", "_")).get_display_name(words.locale) or text
    except (UnknownLocaleError, ValueError):
        return text


def language_itself(text: str) -> str:
    """The name of a language as its speakers call it, from its tag."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(text.replace("-", "_")).get_display_name() or text
    except (UnknownLocaleError, ValueError):
        return text
    return name[:1].upper() + name[1:]


def kind(words: Words, text: str) -> str:
    """A kind of address or number in the reader's words."""
    known = _KINDS.get(" ".join(text.split()).casefold())
    return words.say(known) if known is not None else text
