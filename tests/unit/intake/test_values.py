"""E-mail addresses, phone numbers, days and names, one by one."""

from __future__ import annotations

import random

import phonenumbers
import pytest

from desktop_crm.intake import reasons
from desktop_crm.intake.checking import normal_email, phone_e164
from desktop_crm.intake.days import read_day
from desktop_crm.intake.names import display_name, same_words


@pytest.mark.parametrize(
    ("text", "normal"),
    [
        ("Anna.B+x@Example.COM", "Anna.B+x@example.com"),
        ("jürgen@blüten.example.org", "jürgen@blüten.example.org"),
        ("anna@" + "blüten".encode("idna").decode() + ".example", "anna@blüten.example"),
        ("anna@example", None),
        ("anna", None),
        ("a@b@example.com", None),
        ("anna@-x.example.com", None),
        ("anna..b@example.com", None),
        ("a" * 65 + "@example.com", None),
        ("anna@example.com\n", None),
        ("x" * 100_000 + "@example.com", None),
    ],
)
def test_email(text: str, normal: str | None) -> None:
    assert normal_email(text) == normal


def library_says(text: str, country: str) -> str | None:
    try:
        number = phonenumbers.parse(text, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)


def test_quick_phone_numbers_are_those_of_the_library() -> None:
    dice = random.Random(5)
    for country in sorted(phonenumbers.SUPPORTED_REGIONS):
        for kind in (phonenumbers.PhoneNumberType.MOBILE, phonenumbers.PhoneNumberType.FIXED_LINE):
            example = phonenumbers.example_number_for_type(country, kind)
            if example is None:
                continue
            for form in (0, 1, 2):
                text = phonenumbers.format_number(example, form)
                spoilt = "".join(dice.choice("0123456789") if c.isdigit() and dice.random() < 0.1 else c for c in text)
                for attempt in (text, spoilt):
                    assert phone_e164(attempt, country) == library_says(attempt, country), (attempt, country)


@pytest.mark.parametrize(
    ("text", "e164"),
    [
        ("+49 (0)341 2312512", "+493412312512"),
        ("0049 341 2312512", "+493412312512"),
        ("0341/2312512", "+493412312512"),
        ("1713920012", "+491713920012"),
        ("+1 212 555 0123", "+12125550123"),
        ("siehe Karte", None),
        ("", None),
        ("+", None),
        ("٠٣٤١٢٣١٢٥١٢", "+493412312512"),
        ("0" * 100_000, None),
    ],
)
def test_phone(text: str, e164: str | None) -> None:
    assert phone_e164(text, "DE") == e164


def test_an_italian_zero_lost_in_excel_is_found() -> None:
    assert phone_e164("0669812345", "IT") == "+390669812345"
    assert phone_e164("669812345", "IT") == "+390669812345"


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        *(("1960-12-26", "1960-12-26"), ("19601226", "1960-12-26"), ("26.12.1960", "1960-12-26")),
        *(("26. 12. 1960", "1960-12-26"), ("12/26/1960", "1960-12-26"), ("26. Dezember 1960", "1960-12-26")),
        *(("Dec 26, 1960", "1960-12-26"), ("26 de diciembre de 1960", "1960-12-26"), ("1 stycznia 1970", "1970-01-01")),
        *(("1er janvier 1970", "1970-01-01"), ("26. März", "--03-26"), ("--12-26", "--12-26"), ("26.12.", "--12-26")),
        *(("1604-12-26", "--12-26"), ("29.02.", "--02-29"), ("1960-12-26T00:00:00Z", "1960-12-26")),
    ],
)
def test_days(text: str, iso: str) -> None:
    assert read_day(text) == (iso, None)


@pytest.mark.parametrize(
    ("text", "iso", "reason"),
    [
        ("26.12.60", "--12-26", reasons.DATE_SHORT_YEAR),
        ("31.02.1980", None, reasons.DATE_UNREADABLE),
        ("gestern", None, reasons.DATE_UNREADABLE),
        ("22276", None, reasons.DATE_UNREADABLE),
        ("26.12.1060", None, reasons.DATE_UNREADABLE),
        ("1985-12", None, reasons.DATE_NO_DAY),
        ("0.0.00", None, reasons.DATE_EMPTY),
        ("1" * 100_000, None, reasons.DATE_UNREADABLE),
    ],
)
def test_odd_days(text: str, iso: str | None, reason: object) -> None:
    assert read_day(text) == (iso, reason)


def test_names() -> None:
    assert display_name("Anna", "Lena", "von Muster") == "Anna Lena von Muster"
    assert display_name("小明", None, "王") == "王小明"
    assert display_name("王", None, "小明") == "王小明", "columns filled the Chinese way round"
    assert display_name("誠", None, "田中") == "田中誠"
    assert display_name("민준", None, "김") == "김민준"
    assert display_name("マイケル", None, "スミス") == "マイケル スミス"
    assert display_name("Anna", None, "王") == "Anna 王"
    assert display_name(None, None, None) == ""


def test_same_words() -> None:
    assert same_words("Muster, Anna", "Anna", "Muster")
    assert same_words("王小明", "小明", "王")
    assert not same_words("Anna Muster", "Anna", "Meister")
