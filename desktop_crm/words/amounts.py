"""Amounts of money as people type them."""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_crm.words.message import Money

_LARGEST = 10**15
"""Ten trillion in a currency with cents: more is a slip of the finger, and a column holds no more than 19 digits."""


def read_amount(typed: str, currency: str) -> Money:
    """The exact amount of `12.50` or `12,50` in an ISO 4217 currency. ValueError for anything that is none.

    A sign for thousands is not guessed at: 1.234 is 1234 in one country and 1.23 in another.
    """
    from babel.numbers import get_currency_precision, is_currency

    code = currency.strip().upper()
    found = re.fullmatch(r"(-?)(\d+)(?:[.,](\d+))?", typed.strip(), re.ASCII)
    if found is None or not is_currency(code):
        raise ValueError
    places = get_currency_precision(code)
    fraction = found[3] or ""
    if len(fraction) > places:
        raise ValueError
    minor = int(found[2] + fraction.ljust(places, "0"))
    if minor > _LARGEST:
        raise ValueError
    return Money(-minor if found[1] else minor, code)


def usual_currency(country: str) -> str:
    """The currency people pay with in a country (ISO 3166 code), EUR where that is not known."""
    from babel.numbers import get_territory_currencies

    known = get_territory_currencies(country)
    return str(known[0]) if known else "EUR"


@dataclass(frozen=True, slots=True)
class Currency:
    """What people pay with, and every sign they write for it: its code, and its sign at home and elsewhere."""

    code: str
    signs: frozenset[str]


def currency_of(country: str, locale: str) -> Currency:
    """The usual currency of a country, with the signs people write for it there and in this locale."""
    from babel.core import Locale, UnknownLocaleError
    from babel.numbers import get_currency_symbol

    code = usual_currency(country)
    try:
        at_home = get_currency_symbol(code, Locale.parse(f"und_{country}"))
    except UnknownLocaleError:
        at_home = code
    return Currency(code, frozenset({code, at_home, get_currency_symbol(code, locale)}))
