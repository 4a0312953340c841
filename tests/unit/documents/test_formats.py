import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from babel.dates import format_date, format_time

from desktop_crm.documents import formats
from desktop_crm.documents.model import Fact, Form, Layout, Section
from desktop_crm.words import M, Words
from tests.unit.documents import reading, samples
from tests.unit.documents.papers import access_report_files

GERMAN, ENGLISH = Words("de"), Words("en")


@pytest.mark.parametrize(
    ("form", "stored", "german", "english"),
    [
        (Form.BIRTHDAY, "1981-08-16", "16.08.1981", "16 Aug 1981"),
        (Form.BIRTHDAY, "--08-16", "16. August", "16 August"),
        (Form.BIRTHDAY, "--02-29", "29. Februar", "29 February"),
        (Form.BIRTHDAY, "1981-02-30", "1981-02-30", "1981-02-30"),
        (Form.BIRTHDAY, "im Mai", "im Mai", "im Mai"),
        (Form.COUNTRY, "DE", "Deutschland", "Germany"),
        (Form.COUNTRY, "XX", "XX", "XX"),
        (Form.COUNTRY, "Polska", "Polska", "Polska"),
        (Form.LANGUAGE, "pl", "Polnisch", "Polish"),
        (Form.LANGUAGE, "xx", "xx", "xx"),
        (Form.LANGUAGE, "Plattdeutsch", "Plattdeutsch", "Plattdeutsch"),
        (Form.KIND, "HOME", "privat", "Home"),
        (Form.KIND, "Laden", "Laden", "Laden"),
        (Form.PLAIN, "DE", "DE", "DE"),
    ],
)
def test_codes_are_read_in_words_and_others_stay(form: Form, stored: str, german: str, english: str) -> None:
    fact = Fact("x", M("X"), stored, form)
    assert (formats.fact_text(GERMAN, fact), formats.fact_text(ENGLISH, fact)) == (german, english)


def test_the_paper_says_the_word_and_the_file_for_computers_keeps_the_code() -> None:
    entry = replace(samples.contact(), facts=(Fact("country", M("Land"), "DE", Form.COUNTRY),))
    sections = (Section("contact", M("Kontaktdaten"), None, Layout.FACTS, (entry,)),)
    paper, machine = access_report_files(samples.report(sections=sections), GERMAN)
    assert "Land Deutschland" in reading.poppler(paper)
    (fact,) = json.loads(machine)["sections"][0]["entries"][0]["facts"]
    assert (fact["value"], fact["text"]) == ("DE", "Deutschland")


@pytest.mark.parametrize("month", range(1, 13))
def test_short_days_and_times_are_what_babel_makes_of_them(month: int) -> None:
    day, at = date(987, month, 9), datetime(2026, month, 9, 7, 5, 3, tzinfo=UTC)
    assert GERMAN.day(day) == format_date(day, "dd.MM.yyyy", locale="de_DE")
    assert ENGLISH.day(day) == format_date(day, "d MMM yyyy", locale="en_GB")
    for words in (GERMAN, ENGLISH):
        assert words.minute(at) == format_time(at, "HH:mm", locale=words.locale)
        assert words.minute(at, seconds=True) == format_time(at, "HH:mm:ss", locale=words.locale)
