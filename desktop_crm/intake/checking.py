"""Whether an e-mail address or a phone number looks like one, and its form to compare and to use."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?"
_PLAIN = re.compile(rf"({_ATOM}(?:\.{_ATOM})*)@((?:{_LABEL}\.)+[A-Za-z]{{2,63}})").fullmatch
_MAX_EMAIL = 254
_MAX_LOCAL = 64


def normal_email(text: str) -> str | None:
    """The address with its domain in lower case, or None if it does not look like one (RFC 5321, 5322, 6531).

    Nobody is asked whether the domain exists. Plain addresses are settled by one pattern; what it doubts (other
    scripts, very long ones, `xn--`) goes to the library, which takes thirty times as long.
    """
    match = _PLAIN(text) if len(text) <= _MAX_EMAIL else None
    if match is None or match.end(1) > _MAX_LOCAL or "--" in match[2]:
        return _doubted_email(text)
    domain = match[2]
    lowered = domain.lower()
    return text if lowered == domain else f"{match[1]}@{lowered}"


def _doubted_email(text: str) -> str | None:
    if "@" not in text or len(text) > 2 * _MAX_EMAIL or not text.isprintable():
        return None
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text, check_deliverability=False, strict=True, test_environment=True).normalized
    except EmailNotValidError:
        return None


_TIDY = str.maketrans("", "", " -/().\u00a0\u2010\u2011\u2012\u2013\u2014\u202a\u202c\u202f")
_MAX_PHONE = 60
_KINDS = (
    *("fixed_line", "mobile", "pager", "personal_number", "premium_rate", "shared_cost"),
    *("toll_free", "uan", "voip", "voicemail"),
)


def phone_e164(text: str, country: str) -> str | None:
    """The number in international form (ITU-T E.164), or None if it is not a valid one.

    `country` is the two-letter code of the shop, for numbers written without a country.
    """
    digits = text.translate(_TIDY)
    if digits[:1] == "+" and digits.isascii() and digits[1:].isdigit():
        quick = _international(digits[1:])
    elif digits[:1] == "0" and digits.isascii() and digits.isdigit():
        quick = _national(digits, country)
    else:
        quick = None
    return quick or (_doubted_phone(text, country) if len(text) <= _MAX_PHONE else None)


def _international(digits: str) -> str | None:
    if digits[:1] == "0":
        return None
    for length in (2, 3):
        is_valid = _numbers_of(digits[:length])
        if is_valid is not None:
            rest = digits[length:]
            return f"+{digits}" if is_valid(rest) else None
    return None


def _national(digits: str, country: str) -> str | None:
    plan = _simple_country(country)
    if plan is None or digits[1:2] == "0":
        return None
    code, is_valid = plan
    return f"+{code}{digits[1:]}" if is_valid(digits[1:]) else None


@cache
def _numbers_of(code: str) -> Callable[[str], object] | None:
    """Tells valid numbers of a country code that only one region uses; None for all others."""
    from phonenumbers import COUNTRY_CODE_TO_REGION_CODE, PhoneMetadata

    regions = COUNTRY_CODE_TO_REGION_CODE.get(int(code), ())
    if len(regions) != 1 or regions[0] == "001" or code == "39":
        return None
    plan: Any = PhoneMetadata.metadata_for_region(regions[0])
    kinds = (getattr(plan, kind) for kind in _KINDS)
    patterns = {kind.national_number_pattern for kind in kinds if kind is not None and kind.national_number_pattern}
    general = plan.general_desc.national_number_pattern
    return re.compile(f"(?={general}$)(?:{'|'.join(sorted(patterns))})", re.ASCII).fullmatch


@cache
def _simple_country(country: str) -> tuple[int, Callable[[str], object]] | None:
    """Code and number test of a country whose national prefix is a plain 0, as in most of Europe."""
    from phonenumbers import PhoneMetadata

    plan: Any = PhoneMetadata.metadata_for_region(country)
    if plan is None or plan.national_prefix_for_parsing != "0" or plan.national_prefix_transform_rule:
        return None
    is_valid = _numbers_of(str(plan.country_code))
    return None if is_valid is None else (plan.country_code, is_valid)


def _doubted_phone(text: str, country: str) -> str | None:
    import phonenumbers

    for attempt in (*_with_lost_plus(text, country), text, f"0{text}"):
        try:
            number = phonenumbers.parse(attempt, country)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
        if not text[:1].isdigit() or text[0] == "0":
            return None
    return None


def _with_lost_plus(text: str, country: str) -> tuple[str, ...]:
    """Excel takes `+49 151 …` for a number and drops the plus; without it Germany has a place with 04915."""
    code = _calling_code(country)
    return (f"+{text}",) if code and text.startswith(code) and text.isdigit() else ()


@cache
def _calling_code(country: str) -> str:
    from phonenumbers import country_code_for_region

    return str(country_code_for_region(country) or "")


@cache
def has_national_zero(country: str) -> bool:
    """Whether numbers of this country are written with a 0 in front at home, so that one without has lost it."""
    from phonenumbers import PhoneMetadata

    plan = PhoneMetadata.metadata_for_region(country)
    return plan is not None and plan.national_prefix == "0"
