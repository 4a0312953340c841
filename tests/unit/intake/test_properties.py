"""Whatever stands in a list: it is carried or named, and nothing but a Problem is ever raised."""

from __future__ import annotations

import csv
import io
import re
import string
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from desktop_crm.intake.cleaning import cleaned, is_clean
from desktop_crm.intake.headings import FIELDS
from desktop_crm.intake.person import LeftOut, PersonDraft
from desktop_crm.intake.reading import open_list
from desktop_crm.intake.values import yes_or_no
from desktop_crm.intake.vcard_lines import CardReader
from desktop_crm.words import Problem
from tests.unit.intake.lists import strings

HEADINGS = st.sampled_from(
    "Vorname,Nachname,Name,Middle Name,Anrede,Titel,Firma,E-Mail,E-Mail 2,Telefon,Handy privat,Straße,Hausnr.,PLZ,Ort,"
    "Land,Straße privat,Ort privat,Anschrift geschäftlich 2,Notizen,Tags,Geburtstag,Birth Year,Newsletter,Unsubscribed,"
    "Webseite,Lifecycle Stage,Legal basis,ID,Foto,Geschlecht,Hobby,Quatsch,PLZ/Ort,E-mail 1 - Label,E-mail 1 - Value,"
    "Address 1 - Formatted,Address 1 - City,Relation 1 - Label,Relation 1 - Value,Labels".split(",")
)
CELLS = st.one_of(
    st.sampled_from(
        ["", "", "Anna", "a@example.com", "0341 2312512", "26.12.1960", "ja", "nein", "lead", "a ::: b", "* x"]
    ),
    st.text(st.characters(codec="utf-8"), max_size=12),
    st.text(string.digits + "@.+-/;: <>", max_size=14),
)
PATIENT = settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def words_of(draft: PersonDraft) -> str:
    texts = strings(draft)
    if draft.newsletter is not None:
        texts.append("ja nein")
    return " ".join(texts)


def letters(text: str) -> str:
    """Letters and digits alone: separators fall between values."""
    return "".join(character for character in text if character.isalnum())


@PATIENT
@given(
    table=st.lists(HEADINGS, min_size=1, max_size=9).flatmap(
        lambda head: st.tuples(st.just(head), st.lists(st.lists(CELLS, min_size=1, max_size=len(head) + 1), max_size=4))
    )
)
def test_each_cell_is_carried_or_named(tmp_path: Path, table: tuple[list[str], list[list[str]]]) -> None:
    headings, rows = table
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_ALL).writerows([["Suffix", *headings], *(["Jr.", *row] for row in rows)])
    path = tmp_path / "list.csv"
    path.write_text(text.getvalue(), encoding="utf-8", newline="")
    try:
        file = open_list(path, country="DE")
        drafts = {draft.row: draft for draft in file.people()}
    except Problem:
        return
    if file.layout.header_row != 1:
        return
    for number, row in enumerate(rows, start=2):
        found = words_of(drafts[number])
        for cell in row:
            plain = cleaned(cell)[0].strip()
            # In a column of those who said no, a yes is a no.
            if drafts[number].newsletter is not None and yes_or_no(plain) is not None:
                continue
            is_day = plain == "26.12.1960" and "19601226" in letters(found)
            assert is_day or all(letters(piece) in letters(found) for piece in plain.split()), (plain, found)


@PATIENT
@given(content=st.binary(max_size=400))
def test_any_bytes(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "list"
    path.write_bytes(content)
    try:
        list(open_list(path, country="DE").people())
    except Problem:
        return


CARD_LINES = st.one_of(
    st.sampled_from(
        [
            *("BEGIN:VCARD", "END:VCARD", "VERSION:2.1", "VERSION:4.0", "AGENT:", "FN:Anna", "N:a;b;c", ""),
            *("PHOTO;ENCODING=b:", "NOTE;ENCODING=QUOTED-PRINTABLE:=C3=", "=41=", " folded", "ADR:;;a\\,b;c,d"),
            *("item1.X-ABLabel:x", "item1.TEL:1", "ADR:a;b;c;d;e;f;g;rest", "N:a;b;c;d;e;rest", "BDAY:19601226"),
        ]
    ),
    st.builds(
        "{}{}:{}".format,
        st.sampled_from(
            ["FN", "N", "ADR", "TEL", "BDAY", "X-Y", "LABEL", "ORG", "item2.EMAIL", "X-ANDROID-CUSTOM", "KIND"]
        ),
        st.sampled_from(["", ";TYPE=HOME", ";CHARSET=nonsense;QUOTED-PRINTABLE", ";ENCODING=BASE64", ';X="a:b']),
        st.text(max_size=15).map(lambda text: text.encode("utf-8", "replace").decode()),
    ),
)


@PATIENT
@given(lines=st.lists(CARD_LINES, max_size=25), ends=st.sampled_from(["\n", "\r\n"]))
def test_any_card(tmp_path: Path, lines: list[str], ends: str) -> None:
    path = tmp_path / "list.vcf"
    path.write_text(ends.join(["BEGIN:VCARD", *lines]), encoding="utf-8", newline="")
    try:
        file = open_list(path, country="DE")
    except Problem:
        return
    drafts = list(file.people())
    assert len(drafts) == file.row_count
    with path.open(encoding="utf-8", newline="") as text:
        for card, draft in zip(CardReader(iter(text)), drafts, strict=True):
            found = letters(words_of(draft))
            for prop in card.properties:
                value = cleaned(prop.value)[0].replace("\\n", " ").replace("\\N", " ")
                if not prop.size and prop.name != "BDAY":
                    assert all(letters(word) in found for word in re.split(r"[;,\s]", value)), prop.name


@given(st.text())
def test_cleaning_takes_no_more_than_it_must(text: str) -> None:
    after, taken = cleaned(text)
    assert is_clean(after)
    assert taken or after == text.replace("\r\n", "\n").replace("\r", "\n")
    after.encode("utf-8")


@pytest.mark.parametrize("field", FIELDS)
def test_fields_are_said_once(field: str) -> None:
    assert FIELDS.count(field) == 1


def test_left_out_values_are_not_shown_in_a_repr_of_a_draft() -> None:
    from desktop_crm.intake import reasons

    draft = PersonDraft(row=1, name="Anna", left_out=(LeftOut("x", "Anna", reasons.TECHNICAL),))
    assert "Anna" not in repr(draft)
