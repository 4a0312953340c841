"""Country data: complete, strict, and saying what the law sheet says."""

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import holidays
import pytest

from desktop_crm.privacy import presets
from desktop_crm.privacy.presets import (
    Action,
    countries,
    load_preset,
)
from desktop_crm.privacy.strict_toml import read_table
from desktop_crm.privacy.terms import Anchor, Unit, ends
from desktop_crm.records.registry import inventory
from desktop_crm.resource_files import resource
from desktop_crm.words import Exit, Problem

EVERYWHERE = [*countries(), "CZ"]


def test_the_countries_of_the_law_sheet_are_there() -> None:
    asked = {"DE", "AT", "FR", "BE", "NL", "SE", "IT", "DK", "PL", "ES", "IE", "GB", "US", "BR"}
    assert asked <= set(countries())
    assert "GENERIC" not in countries()


@pytest.mark.parametrize("country", EVERYWHERE)
def test_every_preset_is_complete(country: str) -> None:
    preset = load_preset(country)
    assert {k.kind for k in preset.keepings} == {"invoice", "letter", "quote"}
    assert [r.code for r in preset.rules] == [r.code for r in load_preset("CZ").rules]
    for entry in (preset.age, preset.answer, *preset.keepings, *preset.rules):
        assert entry.source
        assert entry.habit or entry.law
        assert date(2026, 1, 1) <= entry.as_of


@pytest.mark.parametrize("country", EVERYWHERE)
def test_every_rule_is_about_a_declared_record(country: str) -> None:
    assert {rule.record for rule in load_preset(country).rules} <= {told.name for told in inventory()}


@pytest.mark.parametrize("country", EVERYWHERE)
def test_nothing_in_the_statutory_time_goes_without_a_question(country: str) -> None:
    preset = load_preset(country)
    invoice, rule = preset.keeping("invoice"), preset.rule("kept-invoice")
    assert (rule.length, rule.unit, rule.anchor, rule.law) == (
        invoice.length,
        invoice.unit,
        invoice.anchor,
        invoice.law,
    )
    assert rule.action is Action.ASK


@pytest.mark.parametrize(
    ("country", "years"),
    [
        *(("DE", 8), ("AT", 7), ("FR", 10), ("BE", 10), ("NL", 7), ("SE", 7), ("IT", 10), ("DK", 5), ("BR", 5)),
        *(("ES", 6), ("IE", 6), ("GB", 6)),
    ],
)
def test_invoices(country: str, years: int) -> None:
    keeping = load_preset(country).keeping("invoice")
    assert (keeping.length, keeping.unit, keeping.habit) == (years, Unit.YEARS, False)
    assert keeping.anchor is not Anchor.EVENT


def test_poland_counts_from_the_year_in_which_the_tax_is_payable() -> None:
    assert ends(date(2026, 12, 20), load_preset("PL").keeping("invoice")) == date(2032, 12, 31)


def test_germany() -> None:
    preset = load_preset("DE", "SN")
    assert ends(date(2026, 11, 21), preset.rule("kept-invoice")) == date(2034, 12, 31)
    assert ends(date(2018, 5, 1), preset.rule("kept-invoice")) == date(2026, 12, 31)
    assert ends(date(2026, 10, 12), preset.rule("customer")) == date(2029, 12, 31)
    assert not preset.rule("customer").habit
    assert preset.keeping("letter").length == preset.keeping("quote").length == 6
    assert ends(date(2026, 11, 21), preset.rule("consent-evidence-phone")) == date(2031, 11, 21)
    assert ends(date(2026, 11, 21), preset.rule("consent-evidence-email")) == date(2029, 12, 31)


def test_france_counts_prospects_from_their_own_contact() -> None:
    preset = load_preset("FR")
    assert preset.rule("contact-without-purchase").start == "last_contact_by_person"
    assert ends(date(2026, 11, 21), preset.rule("contact-without-purchase")) == date(2029, 11, 21)
    assert ends(date(2026, 11, 21), preset.rule("customer")) == date(2029, 11, 21)


@pytest.mark.parametrize(
    ("code", "length", "unit", "action", "habit"),
    [
        ("lead", 90, "days", "ask", True),
        ("contact-without-purchase", 730, "days", "ask", True),
        ("service-note", 3, "years", "erase", True),
        ("delivery-recipient", 90, "days", "erase", True),
        ("unsorted", 30, "days", "ask", True),
        ("consent", 365, "days", "ask", True),
        ("log", 12, "months", "erase", True),
        ("ledger", 3, "years", "erase", True),
    ],
)
def test_the_rules_that_hold_everywhere(code: str, length: int, unit: str, action: str, habit: bool) -> None:
    for country in ("DE", "NL", "CZ"):
        rule = load_preset(country).rule(code)
        assert (rule.length, rule.unit, rule.action, rule.habit) == (length, unit, action, habit)


def test_ages() -> None:
    ages = {country: load_preset(country).age.years for country in countries()}
    assert {c for c, age in ages.items() if age == 13} == {"BE", "DK", "GB", "SE", "US"}
    assert {c for c, age in ages.items() if age == 14} == {"AT", "ES", "IT"}
    assert {c for c, age in ages.items() if age == 15} == {"FR"}
    assert {"DE", "IE", "NL", "PL"} <= {c for c, age in ages.items() if age == 16}


def test_each_german_land_has_its_authority() -> None:
    authorities = {code: load_preset("DE", code).authority for code in load_preset("DE").regions}
    names = {authority.name for authority in authorities.values() if authority}
    assert len(authorities) == len(names) == 16
    bavaria, saxony = authorities["BY"], authorities["SN"]
    assert bavaria
    assert "BayLDA" in bavaria.name
    assert saxony
    assert (saxony.name, saxony.place) == ("Sächsische Datenschutz- und Transparenzbeauftragte", "Dresden")
    assert load_preset("DE").authority is None


@pytest.mark.parametrize("country", sorted(set(countries()) - {"DE", "US"}))
def test_other_countries_have_one_authority(country: str) -> None:
    authority = load_preset(country).authority
    assert authority
    assert re.fullmatch(r"https://[a-z0-9.-]+(/[a-z]+)?", authority.website)


@pytest.mark.parametrize("country", countries())
def test_regions_are_those_of_the_holiday_calendar(country: str) -> None:
    assert set(load_preset(country).regions) <= set(holidays.country_holidays(country).subdivisions)


def test_a_region_by_name_and_a_country_in_any_case() -> None:
    assert load_preset("de", "sachsen") == load_preset("DE", "SN")
    assert load_preset(" uk ").country == "GB"
    assert load_preset("us", "ca").region == "CA"


def test_an_unknown_country_gets_the_generic_preset() -> None:
    preset = load_preset("cz")
    assert (preset.country, preset.generic, preset.authority) == ("CZ", True, None)
    assert not load_preset("DE").generic


@pytest.mark.parametrize(("country", "region"), [("", ""), ("DEU", ""), ("../de", ""), ("D1", ""), ("DE", "XX")])
def test_nonsense_is_told_in_plain_words(country: str, region: str) -> None:
    with pytest.raises(Problem) as told:
        load_preset(country, region)
    assert told.value.code is Exit.USAGE
    assert told.value.todo


RULE = """
[rules.lead]
record = "contact"
condition = "lead"
start = "last_activity"
anchor = "event"
length = 90
unit = "days"
action = "ask"
habit = true
law = ""
source = "our habit"
as_of = 2026-11-21

[channels.phone]
need = "consent"
habit = false
law = "§ 7 UWG"
source = "Gesetz"
as_of = 2026-11-21
checked = true
hours = ["mon-fri 10:00-13:00"]
"""


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """An empty folder of presets with the real generic one, in place of the shipped folder."""
    (tmp_path / "generic.toml").write_bytes(resource("presets", "generic.toml").read_bytes())
    monkeypatch.setattr(presets, "resource", lambda _folder, *rest: tmp_path.joinpath(*rest))
    monkeypatch.setattr(presets, "countries", lambda: ("DE",))
    presets.load_preset.cache_clear()
    yield tmp_path
    presets.load_preset.cache_clear()


def test_the_test_file_is_right(folder: Path) -> None:
    (folder / "de.toml").write_text(RULE, "utf-8")
    assert load_preset("DE").rule("lead").length == 90


@pytest.mark.parametrize(
    ("before", "after", "named"),
    [
        ('unit = "days"', 'unit = "weeks"', r"rules\.lead\.unit is not one of days, months, years"),
        ('unit = "days"', "", r"rules\.lead\.unit is missing"),
        ("length = 90", "length = 90\nlenght = 9", r"rules\.lead\.lenght is not known"),
        ("length = 90", "length = true", r"rules\.lead\.length is of the wrong kind"),
        ("length = 90", "length = -1", r"rules\.lead\.length is not between"),
        ("length = 90", 'length = "90"', r"rules\.lead\.length is of the wrong kind"),
        ("2026-11-21", "2026-11-21T10:00:00Z", r"rules\.lead\.as_of is of the wrong kind"),
        ("habit = true", "habit = false", r"rules\.lead\.law is empty"),
        ('"our habit"', '""', r"rules\.lead\.source is empty"),
        ('"last_activity"', '"whenever"', r"rules\.lead\.start is not one of"),
        ("[rules.lead]", "colour = 1\n[rules.lead]", "colour is not known"),
        ("[rules.lead]", "[rules.Lead]", r"rules\.Lead is not a code"),
        ("[rules.lead]", "[rules.lead", ""),
        ("[channels.phone]", "[channels.pigeon]", "is no way"),
        ("[channels.phone]", "[channels.counter]", "needs no rule"),
        ('"consent"', '"consent-or-own-customer"', r"channels\.phone\.conditions is missing"),
        ('"consent"', '"maybe"', r"channels\.phone\.need is not one of"),
        ("checked = true", "", r"channels\.phone\.checked is missing"),
        ("checked = true", "checked = true\nsince = 2026-08-11", r"channels\.phone\.before is missing"),
        ("mon-fri 10:00-13:00", "weekdays", r"channels\.phone\.hours is not like"),
        ("mon-fri 10:00-13:00", "mon-fri 13:00-10:00", r"channels\.phone\.hours ends before"),
        ("mon-fri 10:00-13:00", "mon-fri 10:00-25:00", r"channels\.phone\.hours tells no time"),
        ("[rules.lead]", '[[authorities]]\nregions = ["ZZ"]\n[rules.lead]', "unknown regions"),
    ],
)
def test_a_wrong_file_is_refused_by_name(folder: Path, before: str, after: str, named: str) -> None:
    assert before in RULE
    (folder / "de.toml").write_text(RULE.replace(before, after), "utf-8")
    with pytest.raises(ValueError, match=rf"^de\.toml: .*{named}"):
        load_preset("DE")


def test_a_file_that_is_no_text_is_refused_by_name(tmp_path: Path) -> None:
    path = tmp_path / "de.toml"
    path.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ValueError, match=r"^de\.toml: "):
        read_table(path)
