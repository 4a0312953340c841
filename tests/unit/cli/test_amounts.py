import pytest
from hypothesis import given
from hypothesis import strategies as some

from desktop_crm.words import Money
from desktop_crm.words.amounts import read_amount, usual_currency


def readable(typed: str, currency: str) -> bool:
    try:
        read_amount(typed, currency)
    except ValueError:
        return False
    return True


@pytest.mark.parametrize(
    ("typed", "currency", "minor"),
    [("12.50", "EUR", 1250), ("12,5", "eur", 1250), ("12", "EUR", 1200), ("100", "JPY", 100), ("-3", "EUR", -300)],
)
def test_amounts_are_exact(typed: str, currency: str, minor: int) -> None:
    assert read_amount(typed, currency) == Money(minor, currency.upper())


@pytest.mark.parametrize(
    ("typed", "currency"),
    [
        ("1.234,50", "EUR"),
        ("1.234", "EUR"),
        ("12.5", "JPY"),
        ("", "EUR"),
        ("1e3", "EUR"),
        ("1", "XX"),
        ("1", "ABC"),
        ("٣", "EUR"),
    ],
)
def test_what_could_mean_two_things_is_refused(typed: str, currency: str) -> None:
    assert not readable(typed, currency)


@given(some.integers(0, 10**12))
def test_cents_come_back_as_typed(cents: int) -> None:
    assert read_amount(f"{cents // 100},{cents % 100:02}", "EUR").minor == cents


def test_a_country_has_its_currency() -> None:
    assert [usual_currency(country) for country in ("DE", "CH", "GB", "ZZ")] == ["EUR", "CHF", "GBP", "EUR"]
